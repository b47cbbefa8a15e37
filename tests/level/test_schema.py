"""The schema for editors says of a file what the program says, and lies beside the levels as it is."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import tomli
from conftest import LEVELS, ROOT

from corridor_tui.level.schema import level_schema

GOOD = (LEVELS / "first-train.toml").read_text(encoding="utf-8")
FILES = [*sorted(LEVELS.glob("*.toml")), ROOT / "tests" / "levels" / "small.toml"]


def test_the_schema_beside_the_levels_is_current() -> None:
    assert json.loads((LEVELS / "level.schema.json").read_text(encoding="utf-8")) == level_schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_valid_level_points_to_the_schema_and_passes_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pointer = text.split("\n", 1)[0].removeprefix("#:schema ")
    assert path.parent.joinpath(pointer).resolve() == LEVELS / "level.schema.json"
    jsonschema.Draft202012Validator.check_schema(level_schema())
    jsonschema.validate(tomli.loads(text), level_schema())


def test_an_independent_checker_finds_nothing_in_valid_levels() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("tombi"), "lint", "--offline", "--no-cache", "--error-on-warnings", *map(str, FILES)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("default_speed", "defualt_speed"),
        ('pause = "free"', 'pause = "freely"'),
        ("length_min = 250", "length_min = 5"),
        ('start = "10:00"', 'start = "10:60"'),
        ("min_min = 2.5, ", ""),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(good: str, bad: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomli.loads(GOOD.replace(good, bad, 1)), level_schema())


def test_an_editor_can_say_what_every_table_is_for() -> None:
    tables = level_schema()["$defs"]
    assert isinstance(tables, dict)
    assert [name for name, table in tables.items() if "enum" not in table and not table.get("description")] == []
