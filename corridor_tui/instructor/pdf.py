"""The page of a debriefing as a PDF, laid out on sheets of A4: the same page, the same charts, no browser."""

import io
import re
import shutil
import subprocess
from contextlib import redirect_stdout

from corridor_tui.language import _
from corridor_tui.level.errors import brief


class PdfError(RuntimeError):
    """No PDF can be made here; the message is one plain line that says how to mend it."""


def check_pdf() -> None:
    """Raise `PdfError` where no PDF can be made here."""
    try:
        with redirect_stdout(io.StringIO()):  # it prints pages of advice where a library is missing
            import weasyprint  # noqa: F401, PLC0415 - an extra, and slow to import
    except ModuleNotFoundError:
        raise PdfError(_("a PDF needs the extra: pip install 'corridor_tui[pdf]'")) from None
    except ImportError as error:
        raise PdfError(
            _("what makes a PDF cannot be loaded ({why}): install corridor_tui[pdf] again", why=brief(str(error)))
        ) from None
    except OSError:
        raise PdfError(
            _("a PDF needs the system's Pango library, such as apt install libpangoft2-1.0-0 or brew install pango")
        ) from None


def lacks_chinese() -> str | None:
    """Why Chinese would be empty boxes in a PDF made here, and how to mend it; None where nothing is known against it."""
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    try:
        done = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - the system's own program, with words of ours
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode or done.stdout.strip():
        return None
    return _("no font here has Chinese signs, which a PDF shows as empty boxes: apt install fonts-noto-cjk brings one")


def is_chinese(page: str) -> bool:
    """Whether there are Chinese signs in a page."""
    return re.search("[\u3400-\u9fff]", page) is not None


def pdf(page: str) -> bytes:
    """A page of HTML that stands by itself, as a PDF. Nothing is fetched. Raises `PdfError`."""
    check_pdf()
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    fetcher = URLFetcher(allowed_protocols=())
    made: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf()
    return made
