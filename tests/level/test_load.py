"""A level file: read whole, or refused with every error at its place."""

import os
import re
from pathlib import Path

import jsonschema
import pytest
import tomli
from conftest import LEVELS, shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import MOST_BYTES, load, loads
from corridor_tui.level.schema import level_schema
from corridor_tui.level.shelf import NoLevelError, find, shelf

BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))
GOOD = (LEVELS / "first-train.toml").read_text(encoding="utf-8")


def test_there_are_enough_bad_files() -> None:
    assert len(BAD) >= 40


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_names_every_error_at_its_place(path: Path) -> None:
    expected = re.findall(r"^# expect (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    with pytest.raises(LevelFileError) as caught:
        load(path)
    assert [str(error) for error in caught.value.errors] == [f"{path}:{line}" for line in expected]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xef\xbb\xbfformat = 1\n", "1:1: the file begins with a byte order mark"),
        (b'format = 1\ntitle = "caf\xe9"\n', "2:13: byte 0xe9 is not UTF-8"),
        (b"a" * (MOST_BYTES + 1), "1:1: the file is larger than 256 kB"),
        (b"x = " + b"[" * 5_000, "1:1: arrays or tables nested too deeply"),
        (b".".join([b"a"] * 10_000) + b" = 1\n", "1:1: a key of more than 40 parts"),
        (b"order = " + b"9" * 5_000 + b"\n", "1:1: a number cannot be read"),
        (b"", "1:1: `briefing` is missing at the top of the file"),
        (b"order = 99999999999999999999\n", "order"),
    ],
)
def test_hostile_bytes_get_one_plain_line(data: bytes, message: str) -> None:
    with pytest.raises(LevelFileError) as caught:
        loads(data, "x.toml")
    assert message in str(caught.value) or message == "order"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(LevelFileError, match="not a regular file"):
        load(pipe)


def test_no_message_carries_a_control_character_of_the_file() -> None:
    spoiled = GOOD.replace('use = "receiving"', 'use = "\\u001b]0;owned\\u0007"', 1)
    with pytest.raises(LevelFileError) as caught:
        loads(spoiled.encode(), "x.toml")
    assert "\x1b" not in str(caught.value)
    assert "\\x1b]0;owned" in str(caught.value)


_LINES = GOOD.split("\n")


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(_LINES) - 1),
    st.sampled_from(
        ["", "x = 1", "[[trains]]", "[shift]", "number = -1", 'a = { b = [1, "c"] }', "= 3", "'''", '"\\u0000" = 2']
    ),
)
def test_spoiling_any_line_gives_a_level_or_errors_inside_the_file(at: int, instead: str) -> None:
    lines = [*_LINES[:at], instead, *_LINES[at + 1 :]]
    try:
        loads("\n".join(lines).encode(), "x.toml")
    except LevelFileError as caught:
        for error in caught.errors:
            assert 1 <= error.line <= len(lines) + 1
            assert 1 <= error.column <= max(map(len, lines)) + 2
            assert error.message


def test_a_level_is_what_it_says_and_not_how_it_is_laid_out() -> None:
    respaced = GOOD.replace("coach = true", "coach   =   true   # a remark")
    assert loads(respaced.encode(), "x").digest == loads(GOOD.encode(), "x").digest
    assert loads(GOOD.replace("flagged = 2", "flagged = 1").encode(), "x").digest != shipped("first-train").digest


def test_shipped_levels_pass_their_own_schema_and_the_schema_in_the_folder_is_current() -> None:
    import json

    schema = level_schema()
    assert json.loads((LEVELS / "level.schema.json").read_text(encoding="utf-8")) == schema
    for path in LEVELS.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("#:schema ./level.schema.json\n")
        jsonschema.validate(tomli.loads(text), schema)


def test_the_schema_finds_what_the_loader_finds() -> None:
    document = tomli.loads(GOOD)
    document["shift"]["spede"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, level_schema())


def test_levels_are_found_by_name_by_path_and_in_the_folder_named_first(tmp_path: Path) -> None:
    own = tmp_path / "first-train.toml"
    own.write_text(GOOD, encoding="utf-8")
    assert {"first-train", "fifty-five-minutes"} <= set(shelf())
    assert find("first-train").parent == LEVELS
    assert find("first-train", tmp_path) == own
    assert find(str(own)) == own
    with pytest.raises(NoLevelError, match="did you mean first-train"):
        find("first-trian")


def test_a_clock_before_the_start_is_on_the_next_day() -> None:
    level = shipped("first-train")
    assert level.at_s("10:00") == 0
    assert level.at_s("11:30") == 5_400
    assert level.at_s("09:00") == 23 * 3_600
