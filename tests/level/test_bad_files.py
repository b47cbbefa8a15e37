"""A level with errors is refused with every one of them, each where an editor's cursor would find it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import load

OTHER = Path(sys.executable).with_name("tombi")
"""A checker of TOML by schemas that is not ours."""
BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))
_ELSEWHERE = {
    "deep-arrays": "the other names the value, we the bracket that is one too many",
    "deeper-arrays": "as above",
    "disruption-of-no-kind": "the other names the keys of every kind that it is not",
    "dotted-key-forty-kilobytes": "the other dies of it",
    "dotted-key-of-500-parts": "the other names the key, we the part that is one too many",
    "lift-of-two-shapes": "the other takes the duration for the shape that its keys fit less",
    "toml11-escape": "the other names the text, we the escape in it",
    "twice-the-same-key": "the other names the key, we where its value begins",
    "twice-the-same-table": "the other names the begin of the header, we its end",
    "unclosed": "the other names where the text begins, we where its quotes are missed",
    "unquoted": "the other names where the value ends, we where it begins",
}
"""Files that the other checker places differently, and why."""


def _expected(path: Path) -> list[str]:
    return re.findall(r"^# expect (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_there_are_enough_bad_files() -> None:
    assert len(BAD) >= 45


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_names_every_error_at_its_place(path: Path) -> None:
    expected = _expected(path)
    with pytest.raises(LevelFileError) as caught:
        load(path)
    assert [str(error) for error in caught.value.errors] == [f"{path}:{line}" for line in expected]


def test_an_independent_checker_with_our_schema_finds_errors_at_the_same_places() -> None:
    files = {path.name: path for path in BAD if path.stem not in _ELSEWHERE}
    run = subprocess.run(
        [OTHER, "lint", "--offline", "--no-cache", *files],
        cwd=BAD[0].parent, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    said = re.sub(r"\x1b\[[0-9;]*m", "", run.stdout + run.stderr)
    found = re.findall(r"Error: (.*)\n\s+at (\S+?):(\d+:\d+)", said)
    assert len(found) >= 50, said[-2000:]
    apart = [
        (name, place, words)
        for words, name, place in found
        if not any(line.startswith(f"{place}: ") for line in _expected(files[name]))
    ]
    assert apart == []
