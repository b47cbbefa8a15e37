"""The README keeps its promises: what it tells a newcomer to type exists."""

import re

import pytest
from conftest import LEVELS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_one_command_tests_and_the_checks_of_a_change_run_that_very_command() -> None:
    marked = re.findall(r"^<!-- test -->\n    (.+)\n<!-- end -->$", README, re.MULTILINE)
    assert len(marked) == 1
    assert marked[0].endswith("-m pytest -q -n auto")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pytest" not in script
    assert "/^<!-- test -->$/,/^<!-- end -->$/" in script


def test_one_command_plays_a_level_that_is_there() -> None:
    commands = [line for line in README.splitlines() if line.startswith("    python3") and " play " in line]
    assert len(commands) == 1
    assert (LEVELS / f"{commands[0].split()[-1]}.toml").is_file()


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)|^\| `([\w/]+/)` \|", README, re.MULTILINE))
def test_what_it_points_to_is_there(target: tuple[str, str]) -> None:
    assert (ROOT / (target[0] or target[1])).exists()
