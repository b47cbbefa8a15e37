"""Levels are found by name, in the nearest folder first, or by path."""

from pathlib import Path

import pytest
from conftest import CAMPAIGN, FINALE, LEVELS, shipped

from corridor_tui.level.shelf import NoLevelError, data_dir, find, shelf

GOOD = (LEVELS / "first-train.toml").read_text(encoding="utf-8")


def _write(folder: Path, name: str = "first-train") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_shipped_levels_are_found_by_name() -> None:
    assert {"first-train", "fifty-five-minutes"} <= set(shelf())
    assert find("first-train") == LEVELS / "first-train.toml"


@pytest.mark.parametrize("name", [*CAMPAIGN, FINALE])
def test_every_level_of_the_campaign_teaches_before_in_and_after_the_shift(name: str) -> None:
    level = shipped(name)
    assert str(level.briefing.background).strip()
    assert level.objectives
    assert level.hints
    assert level.questions


def test_the_folder_named_by_hand_goes_before_the_users_and_that_before_the_shipped_one(tmp_path: Path) -> None:
    users = _write(data_dir() / "levels")
    assert find("first-train") == users
    named = _write(tmp_path / "named")
    assert find("first-train", tmp_path / "named") == named
    assert find("fifty-five-minutes", tmp_path / "named") == LEVELS / "fifty-five-minutes.toml"


def test_a_path_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path, "mine")
    assert find(str(path)) == path
    monkeypatch.chdir(tmp_path)
    assert find("mine.toml") == Path("mine.toml")


def test_a_name_that_is_none_is_told_the_nearest_or_all() -> None:
    with pytest.raises(NoLevelError, match="did you mean first-train"):
        find("first-trian")
    with pytest.raises(NoLevelError, match=r"there are .*fifty-five-minutes, first-train"):
        find("zzz")
    with pytest.raises(NoLevelError, match="there is no file"):
        find("nowhere/zzz.toml")


def test_a_name_that_would_drive_the_terminal_is_not_repeated_raw() -> None:
    with pytest.raises(NoLevelError) as caught:
        find("\x1b]0;owned\x07")
    assert str(caught.value).isprintable()


def test_a_file_whose_name_cannot_be_shown_is_not_on_the_shelf(tmp_path: Path) -> None:
    _write(tmp_path, "\u202eeno")
    _write(tmp_path, "two")
    assert set(shelf(tmp_path)) - set(shelf()) == {"two"}
