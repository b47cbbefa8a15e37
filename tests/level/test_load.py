"""A level file: read whole, or refused in plain words; never a hang, a crash or a raw character."""

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from conftest import LEVELS, ROOT, shipped

from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import MOST_BYTES, load, loads
from corridor_tui.level.risk import GoodsCode
from corridor_tui.scenario import goods

GOOD = (LEVELS / "first-train.toml").read_text(encoding="utf-8")
SMALL = (ROOT / "tests" / "levels" / "small.toml").read_text(encoding="utf-8")


def errors_of(data: bytes | str) -> list[str]:
    """What the loader says of a file named x."""
    with pytest.raises(LevelFileError) as caught:
        loads(data.encode() if isinstance(data, str) else data, "x")
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"\xef\xbb\xbfformat = 1\n", "x:1:1: the file begins with a byte order mark", id="bom"),
        pytest.param(b'format = 1\ntitle = "caf\xe9"\n', "x:2:13: byte 0xe9 is not UTF-8", id="latin-1"),
        pytest.param('title = "ж'.encode() + b"\xff", "x:1:11: byte 0xff is not UTF-8", id="columns are characters"),
        pytest.param(b"a" * (MOST_BYTES + 1), "x:1:1: the file is larger than 256 kB", id="too large"),
        pytest.param(b"x = " + b"[" * 5_000, "x:1:45: the file is nested too deeply", id="brackets"),
        pytest.param(b"\n[" + b".".join([b"a"] * 20_000) + b"]", "x:2:2: the file is nested too deeply", id="header"),
        pytest.param(b"\norder = " + b"9" * 5_000, "x:2:9: this number is too large", id="digits"),
        pytest.param(b"a = 1\x00", "x:1:6: not TOML", id="nul"),
        pytest.param(b'a = "\x1b"', "x:1:6: not TOML: illegal character '\\x1b'", id="raw escape"),
    ],
)
def test_what_no_parser_should_see_gets_one_plain_line(data: bytes, message: str) -> None:
    (line,) = errors_of(data)
    assert line.startswith(message)
    assert line.isprintable()


def test_an_empty_file_is_told_everything_that_a_level_needs() -> None:
    needs = [
        "briefing",
        "format",
        "id",
        "lines",
        "shift",
        "stations",
        "summary",
        "terminal",
        "title",
        "wagons",
    ]
    assert errors_of(b"") == [f"x:1:1: `{name}` is missing at the top of the file" for name in needs]


def test_a_pipe_or_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(LevelFileError, match="not a regular file"):
            load(path)


def test_no_message_carries_a_control_character_of_the_file_or_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;owned\x07.toml"
    path.write_text(
        GOOD.replace('use = "receiving"', 'use = "\\u001b[31m"', 1).replace("[shift]", '[shift]\n"\\u009b2J" = 1', 1),
        encoding="utf-8",
    )
    with pytest.raises(LevelFileError) as caught:
        load(path)
    lines = str(caught.value).split("\n")
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)
    assert "\\x1b[31m" in lines[1]
    assert "unknown key `\\x9b2J`" in lines[0]


def test_brackets_in_a_text_are_no_nesting() -> None:
    drawn = SMALL.replace('handover = "R1 stands empty on PW1."', "handover = '''\n" + "[#]" * 50 + "\n{{{'''")
    assert str(loads(drawn.encode(), "x").briefing.handover).endswith("{{{")


def test_what_toml_1_0_allows_is_not_mistaken_for_toml_1_1() -> None:
    odd = SMALL.replace(
        'handover = "R1 stands empty on PW1."',
        'handover = """\n08:30 { a,\n} \\\\x41 \\\\e \\u0041 \\"""" # { 12:30,\n',
    ).replace('throats = ["west"]', "throats = [\n  'west', # with a comma\n]", 1)
    level = loads(odd.replace("\n", "\r\n").encode(), "x")
    assert level.briefing.handover.own == '08:30 { a,\n} \\x41 \\e A "'
    assert level.stations[0].throats == ("west",)


def test_what_names_a_missing_thing_is_not_judged_further_but_the_rest_is() -> None:
    spoiled = SMALL.replace('wagon = "flat40-cn"', 'wagon = "flat40"').replace("officers = 2", "officers = 0")
    lines = errors_of(spoiled)
    assert [line.split(": ", 1)[1] for line in lines] == [
        "there is no wagon type `flat40`; did you mean `flat80`?",
        "without officers nothing can be released: at least 1",
    ]


def test_the_goods_that_a_level_may_name_are_those_of_the_catalogue() -> None:
    assert get_args(GoodsCode) == goods.codes()


def test_a_valid_level_is_read_without_the_index_of_places() -> None:
    code = (
        "import sys, pathlib; from corridor_tui.level.load import load;"
        f"load(pathlib.Path({str(LEVELS / 'first-train.toml')!r}));"
        "sys.exit('tree_sitter' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_level_is_what_it_says_and_not_how_it_is_laid_out() -> None:
    respaced = GOOD.replace("coach = true", "coach   =   true   # a remark")
    assert loads(respaced.encode(), "x").digest == loads(GOOD.encode(), "x").digest
    assert loads(GOOD.replace("wagons = 30", "wagons = 31").encode(), "x").digest != shipped("first-train").digest


def test_a_clock_before_the_start_is_on_the_next_day() -> None:
    level = shipped("first-train")
    assert level.at_s("10:00") == 0
    assert level.at_s("11:30") == 5_400
    assert level.at_s("09:00") == 23 * 3_600


@pytest.mark.parametrize("path", sorted(LEVELS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_line_of_a_handover_breaks_off_within_a_sentence(path: Path) -> None:
    for line in str(shipped(path.stem).briefing.handover).strip().splitlines():
        assert line.rstrip().endswith((".", ":")), line
