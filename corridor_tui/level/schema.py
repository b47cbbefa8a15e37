"""The JSON Schema of a level, so that editors complete and check it."""

from typing import cast

from corridor_tui.level.model import Level


def level_schema() -> dict[str, object]:
    """The schema, made from the models; what only the meaning of a level decides is left to `check`."""
    schema = cast("dict[str, object]", Level.model_json_schema(mode="validation"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "corridor_tui level",
        **{key: value for key, value in schema.items() if key != "title"},
    }
