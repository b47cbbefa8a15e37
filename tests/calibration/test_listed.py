"""Every line of the facts' calibration targets has its standing, and what is reproduced has a test that says so."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from targets import TARGETS

FACTS = ROOT.parent / "shared" / "corridor-facts.md"


def test_each_line_is_listed_once_and_with_a_reason_where_it_is_not_reproduced() -> None:
    names = [target.observable for target in TARGETS]
    assert len(names) == len(set(names)) == 27
    assert [target.observable for target in TARGETS if target.standing != "reproduced" and not target.why] == []


def test_what_is_reproduced_has_a_test() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    missing = [t.observable for t in TARGETS if f'"{t.observable}"' not in said]
    assert missing == []


@pytest.mark.skipif(not FACTS.exists(), reason="the facts are not beside this checkout")
def test_the_list_is_that_of_the_facts() -> None:
    section = FACTS.read_text(encoding="utf-8").split("## 8. Calibration targets")[1]
    lines = re.findall(r"^\| ([^|]+?) \|", section, re.MULTILINE)[1:]
    listed = [re.sub(r" \(20\d\d\)$", "", target.observable) for target in TARGETS]
    assert sorted(listed) == sorted(lines)
