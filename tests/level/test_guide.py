"""The guide to writing a level is true: what it has you type is a level, and it leaves no key unexplained."""

import re
from pathlib import Path

import jsonschema
import pytest
import tomli
from conftest import LEVELS
from keys import unsourced, written

from corridor_tui.level.load import load
from corridor_tui.level.schema import level_schema
from corridor_tui.session.shift import play

GUIDE = (LEVELS / "README.md").read_text(encoding="utf-8")
TYPED = "\n".join(re.findall(r"^```toml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "my-level.toml"
    path.write_text(TYPED, encoding="utf-8")
    return path


def test_the_blocks_of_the_guide_make_a_level_that_passes_and_plays(mine: Path) -> None:
    level = load(mine)
    jsonschema.validate(tomli.loads(TYPED), level_schema())
    outcome = play(level, 7, "reference")
    assert {goal.id: goal.met for goal in outcome.score.objectives} == {"away": True, "all-out": True}


def test_the_asides_of_the_guide_fit_the_level(mine: Path) -> None:
    standing, scripted = re.findall(r"^    (standing = .*|scripted = \[\n(?:.*\n)*?    \])$", GUIDE, re.MULTILINE)
    for aside in (standing, scripted):
        mine.write_text(TYPED.replace('papers = "lodged"', f'papers = "lodged"\n{aside}'), encoding="utf-8")
        assert load(mine).trains[0].number == "G1"


def test_the_services_and_connections_of_the_guide_fit_the_level(mine: Path) -> None:
    tables = re.findall(
        r"^    (\[\[(?:services|origins|destinations|connections)\]\]\n(?:    .*\n)*)", GUIDE, re.MULTILINE
    )
    assert len(tables) == 5
    without_exact_cases = re.sub(r"^(errors|lookalikes|unflagged) = .*\n", "", TYPED, flags=re.MULTILINE)
    mine.write_text(without_exact_cases + "".join(table.replace("\n    ", "\n") for table in tables), encoding="utf-8")
    outcome = play(load(mine), 7, "reference")
    assert any(line.number.startswith("LY") and line.departed_s for line in outcome.score.trains)
    assert any(event.code == "delivered" for event in outcome.events)


def test_every_key_and_every_word_of_a_level_is_in_the_guide() -> None:
    def words(node: object) -> set[str]:
        if isinstance(node, list):
            return {word for item in node for word in words(item)}
        if not isinstance(node, dict):
            return set()
        inner = {word for value in node.values() for word in words(value)}
        if isinstance(node.get("properties"), dict):
            inner |= set(node["properties"])
        return inner | {word for word in node.get("enum", ()) if isinstance(word, str) and len(node["enum"]) < 12}

    said = set(re.findall(r"[A-Za-z][\w-]*", GUIDE))
    assert words(level_schema()) - said - {"shape", "triangular", "lognormal"} == set()


def test_every_key_is_listed_with_its_unit_and_default_as_the_models_have_them() -> None:
    assert written(GUIDE) == GUIDE, "bring it up to date with `python tests/keys.py`"
    listed = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", GUIDE.partition("<!-- keys")[2], re.MULTILINE)
    assert len(listed) > 400
    assert [key for key, kind, default, text in listed if not kind or kind == "-" or not default or not text] == []


def test_every_figure_that_is_left_out_says_where_its_default_comes_from() -> None:
    assert unsourced() == []
