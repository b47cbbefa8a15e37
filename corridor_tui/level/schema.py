"""The JSON Schema of a level, so that editors complete and check it."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import cast

from pydantic import BaseModel

from corridor_tui.level.base import Part
from corridor_tui.level.model import Level


def level_schema() -> dict[str, object]:
    """The schema, made from the models; what only the meaning of a level decides is left to `check`."""
    schema = cast("dict[str, object]", Level.model_json_schema(mode="validation"))
    parts = cast(
        "dict[str, dict[str, dict[str, dict[str, object]]]]",
        {"Level": schema, **cast("dict[str, object]", schema["$defs"])},
    )
    for model in _models(Part):
        for name, text in _said(model):
            if model.__name__ in parts and name in (fields := parts[model.__name__].get("properties", {})):
                fields[name].setdefault("description", text)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "corridor_tui level",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in model.__subclasses__():
        yield each
        yield from _models(each)


def _said(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """What stands below each field in the source, those of the model's parents included.

    Models do not look for it themselves: to read the source of each takes half of the time in which they are made.
    """
    for each in reversed(model.__mro__):
        if issubclass(each, Part):
            body = _classes(each.__module__)[each.__name__].body
            for field, said in pairwise(body):
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and (text := _text(said)):
                    yield field.target.id, text


def _text(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return None


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
