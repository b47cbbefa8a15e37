"""The words that translators keep to: what is listed as not meant stands in no catalogue and in no level."""

import re

import pytest
from catalogues import TRANSLATED, read
from conftest import LEVELS, ROOT

from corridor_tui.language import Language

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "words.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
][1:]
COLUMN: dict[Language, int] = {"ru": 1, "kk": 2, "zh": 3}


def _all_that_is_said(language: Language) -> str:
    said = [" ".join(m.string) if isinstance(m.string, (tuple, list)) else str(m.string) for m in read(language)]
    for path in sorted(LEVELS.glob("*.toml")):
        said += re.findall(rf'\b{language} = (""".*?"""|".*?(?<!\\)")', path.read_text(encoding="utf-8"), re.DOTALL)
    return "\n".join(said).lower()


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_listed_as_not_meant_is_said_nowhere(language: Language) -> None:
    said = _all_that_is_said(language)
    wrong = [word for row in ROWS for word in row[4].split(", ") if word]
    assert len(wrong) > 10
    assert [word for word in wrong if re.search(rf"\b{word}\b" if word[0] < "\u2e80" else word, said)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_listed_is_what_is_said(language: Language) -> None:
    """A word counts by the beginnings of its parts: endings follow the sentence."""
    said = _all_that_is_said(language)
    terms = [term for row in ROWS for term in re.split(r"[,、]", row[COLUMN[language]])]
    unsaid = [
        term
        for term in terms
        if not all(part[: max(2, len(part) - 3)].lower() in said for part in term.split())
    ]  # fmt: skip
    assert unsaid == []
