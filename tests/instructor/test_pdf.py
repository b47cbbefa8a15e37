"""The debriefing as a PDF: laid out on sheets, nothing fetched, and a word where it cannot be made."""

import os
import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from conftest import shipped
from played import played
from pypdf import PdfReader
from terminals import corridor

from corridor_tui.instructor.page import page
from corridor_tui.instructor.pdf import PdfError, check_pdf, pdf
from corridor_tui.session.result import export

REQUIRED = "CORRIDOR_NEEDS_PANGO"
"""Where this is set, tests of a PDF fail without the library that lays it out; elsewhere they are skipped."""
# a part of it that makes files smaller, which not every system has yet
pytestmark = pytest.mark.filterwarnings("ignore:HarfBuzz-Subset will be required:DeprecationWarning")


@pytest.fixture
def fit() -> None:
    """Skip, or fail where it is required, on a machine on which no PDF can be made."""
    try:
        pdf("<p>words</p>")
    except PdfError as error:
        if os.environ.get(REQUIRED):
            pytest.fail(str(error))
        pytest.skip(f"NO PDF ON THIS MACHINE: {error}; .ci/run tests it")


def sheets(made: bytes) -> list[str]:
    """What stands on each sheet of a PDF."""
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(made)).pages]


@pytest.mark.usefixtures("fit")
def test_a_debriefing_is_a_few_sheets_with_all_that_the_page_tells(tmp_path: Path) -> None:
    result = played("fifty-five-minutes")
    run, file = tmp_path / "run.json", tmp_path / "report.PDF"
    run.write_text(export(result), encoding="utf-8")
    done = corridor("debrief", str(run), "--no-decisions", "-o", str(file))
    assert done.stderr == ""
    found = sheets(file.read_bytes())
    assert 2 <= len(found) <= 6
    for number, sheet in enumerate(found, 1):
        assert f"{number} / {len(found)}" in sheet
        assert result.run.key in sheet
        # no heading stands alone at the foot of a sheet
        assert not re.search(r"(The train graph|The shift in time|Measures) Aigul", sheet)
    text = " ".join(found)
    assert f"{result.score.total:.1f} of 100" in text
    for reason in result.score.reasons:
        assert f"-{reason.loss:.1f}" in text
    for card in shipped("fifty-five-minutes").questions:
        assert " ".join(str(card.because).split())[:60] in text
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_on_paper_the_answers_are_open() -> None:
    result = played("first-train")
    assert "<details open>" in page(result, printed=True)
    assert "<details open>" not in page(result)


@pytest.mark.usefixtures("fit")
def test_nothing_is_fetched_for_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret", encoding="utf-8")
    made = pdf(f'<link rel="attachment" href="{(tmp_path / "secret").as_uri()}"><p>words</p>')
    assert sheets(made) == ["words"]
    assert b"EmbeddedFile" not in made


def test_an_extra_that_does_not_load_is_told_with_the_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text('raise ImportError("no symbol\\n\\x1b[2J")', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(PdfError, match=r"^what makes a PDF cannot be loaded \(no symbol\\n.*install") as caught:
        check_pdf()
    assert str(caught.value).isprintable()


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfError, match=r"^a PDF needs the extra: pip install 'corridor_tui\[pdf\]'$"):
        pdf("<p>words</p>")
