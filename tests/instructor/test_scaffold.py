"""`corridor new`: an instructor has a level that can be checked and played, and makes it another one."""

from pathlib import Path

import pytest
import tomli
from conftest import CAMPAIGN, FINALE, LEVELS
from terminals import corridor

from corridor_tui.instructor.load import load_figures
from corridor_tui.instructor.scaffold import from_guide, like
from corridor_tui.level.load import load
from corridor_tui.session.shift import play


def test_a_new_level_is_valid_and_can_be_won(tmp_path: Path) -> None:
    told = corridor("new", str(tmp_path / "night-shift.toml")).stdout
    assert f"corridor check {tmp_path / 'night-shift.toml'}" in told
    level = load(tmp_path / "night-shift.toml")
    assert (level.id, str(level.title)) == ("night-shift", "Night shift")
    assert all(goal.met for goal in play(level, 7, "reference").score.objectives)
    assert "night-shift" in corridor("check", str(tmp_path / "night-shift.toml")).stdout
    assert load_figures(level).faults == ()
    assert (tmp_path / "level.schema.json").is_file()


def test_its_sections_are_those_of_the_guide() -> None:
    text = from_guide("mine", "Mine")
    assert "\n# The shift and the desks\n\n[shift]\n" in text
    assert text.startswith("#:schema ./level.schema.json")


@pytest.mark.parametrize("name", [*CAMPAIGN, FINALE])
def test_every_shipped_level_can_be_begun_from(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(like(LEVELS / f"{name}.toml", "mine", 'Mine: "so" it is'.replace('"', "'")), encoding="utf-8")
    level = load(path)
    assert (level.id, str(level.title)) == ("mine", "Mine: 'so' it is")
    theirs = tomli.loads((LEVELS / f"{name}.toml").read_text(encoding="utf-8"))
    mine = tomli.loads(path.read_text(encoding="utf-8"))
    assert {key: mine[key] for key in mine if key not in ("id", "title")} == {
        key: theirs[key] for key in theirs if key not in ("id", "title")
    }


def test_nothing_is_written_over_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("x = 1\n", encoding="utf-8")
    assert "is there already" in corridor("new", str(mine), code=2).stderr
    assert mine.read_text(encoding="utf-8") == "x = 1\n"
    assert "ends with .toml" in corridor("new", str(tmp_path / "mine"), code=2).stderr
    assert "cannot be a level's id" in corridor("new", str(tmp_path / "my level.toml"), code=2).stderr
    assert (
        "did you mean single-line" in corridor("new", str(tmp_path / "a.toml"), "--like", "singleline", code=2).stderr
    )
    odd = tmp_path / "odd.toml"
    odd.write_text('"id" = "odd"\ntitle = """Odd"""\n', encoding="utf-8")
    assert "no plain `id`" in corridor("new", str(tmp_path / "b.toml"), "--like", str(odd), code=2).stderr
    assert not list(tmp_path.glob("[ab].toml"))
    for title in ('a"b', "", " ", "x" * 121, "线" * 61):
        assert "one plain line" in corridor("new", str(tmp_path / "c.toml"), "--title", title, code=2).stderr
    broken = tmp_path / "broken.toml"
    for wrong in (b"\xff", b"id = "):
        broken.write_bytes(wrong)
        told = corridor("new", str(tmp_path / "d.toml"), "--like", str(broken), code=2).stderr
        assert told == "corridor: broken.toml has errors; `corridor check` names them\n"
    assert not list(tmp_path.glob("[cd].toml"))
