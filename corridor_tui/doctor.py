"""What is in use and whether it is fit: versions, database, paths, terminal."""

import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corridor_tui
from corridor_tui.config import config_path
from corridor_tui.instructor.pdf import PdfError, check_pdf, lacks_chinese
from corridor_tui.language import LANGUAGES, NP_, _, is_compiled, ngettext, spoken
from corridor_tui.level.errors import plain
from corridor_tui.level.shelf import data_dir, shelf
from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.records.store import Records, default_path
from corridor_tui.records.values import RecordsError
from corridor_tui.tui.settings import read
from corridor_tui.tui.small import LEAST

_PACKAGES = ("textual", "rich", "simpy", "pydantic", "SQLAlchemy", "alembic", "psycopg", "weasyprint")
_WAL_RESET_MENDED = (3, 51, 3)
"""From this version on SQLite cannot spoil a write-ahead log that several connections begin anew at once."""
_LITTLE_MB = 50
"""Less free space than this stands in the way of keeping runs; assumed."""
_MISSING = "its texts are missing: install the program again"
"""Said in English: there is nothing to say it in the language with."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what (it goes through `_` where it is shown), what was found, and whether it is fit.

    `needed`: something stands in the way where it is not.
    """

    what: str
    told: str
    good: bool = True
    needed: bool = True

    @property
    def mark(self) -> str:
        """How it stands, in two signs: fit, in the way, or lacking where nothing else needs it."""
        return "ok" if self.good else "!!" if self.needed else "--"


def examine(environment: Mapping[str, str], server: str | None, language_by: str) -> Iterator[Finding]:
    """Look at everything; `language_by` is what asked for the language that is spoken."""
    yield Finding(
        "corridor", _("{version}, engine {engine}", version=corridor_tui.__version__, engine=corridor_tui.ENGINE)
    )
    yield Finding(
        "python",
        _(
            "{version} on {system}",
            version=platform.python_version(),
            system=f"{platform.system()} {platform.machine()}",
        ),
    )
    yield Finding(NP_("examined", "packages"), ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    yield _sqlite()
    yield _folder(data_dir())
    yield _levels()
    yield from _kept(server)
    yield _language(language_by)
    yield _config()
    yield _pdf()
    yield _terminal(environment)


def _language(by: str) -> Finding:
    language = spoken()
    why = _("as {source} says", source=by) if by else _("by default")
    told = _(
        "{language}, {why}; there are {all}",
        language=f"{language} ({LANGUAGES[language]})",
        why=why,
        all=", ".join(LANGUAGES),
    )
    good = is_compiled(language)
    return Finding(NP_("examined", "language"), told if good else f"{told}; {_MISSING}", good=good)


def _config() -> Finding:
    path = config_path()
    settings = read(path)
    if settings.faults:
        return Finding(NP_("examined", "config"), "; ".join(settings.faults), good=False)
    return Finding(
        NP_("examined", "config"),
        plain(str(path)) if path.exists() else _("none, and none is needed: {path}", path=plain(str(path))),
    )


def _pdf() -> Finding:
    try:
        check_pdf()
    except PdfError as error:
        return Finding("pdf", str(error), good=False, needed=False)
    lacking = lacks_chinese()
    return Finding("pdf", lacking or _("can be made"), good=lacking is None or spoken() != "zh", needed=False)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _("not installed")


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info >= _WAL_RESET_MENDED:
        return Finding("sqlite", _("{version}; free of the WAL-reset fault", version=sqlite3.sqlite_version))
    return Finding(
        "sqlite",
        _(
            "{version}; has the WAL-reset fault (until 3.51.2); harmless here: one connection has a file at a time",
            version=sqlite3.sqlite_version,
        ),
    )


def _folder(path: Path) -> Finding:
    shown = plain(str(path))
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
        free_mb = shutil.disk_usage(path).free // 1_000_000
    except OSError as error:
        why = (error.strerror or "").lower()
        told = _("{path} cannot be written: {why}; nothing is kept", path=shown, why=why)
        return Finding(NP_("examined", "data"), told, good=False)
    return Finding(
        NP_("examined", "data"), _("{path}, {free} MB free", path=shown, free=free_mb), good=free_mb >= _LITTLE_MB
    )


def _levels() -> Finding:
    found = shelf()
    return Finding(NP_("examined", "levels"), f"{len(found)}: {plain(', '.join(sorted(found)))}", good=bool(found))


def _kept(server: str | None) -> Iterator[Finding]:
    data = data_dir()
    for what, place in ((NP_("examined", "records"), default_path(data)), (NP_("examined", "server"), server)):
        if place is None:
            yield Finding(what, _("none is named (--db, CORRIDOR_DB): results stay here"))
            continue
        try:
            count = len(Records(place).run_keys())
        except RecordsError as error:
            yield Finding(what, plain(str(error)), good=False)
        else:
            yield Finding(what, ngettext("{n} finished run", "{n} finished runs", count))
    unfinished = Journals(default_folder(data)).all()
    lost = [found.key for found in unfinished if found.state == "unreadable" or found.trouble]
    told = ngettext("{n} unfinished run", "{n} unfinished runs", len(unfinished))
    if lost:
        told += _(", damaged: {runs}", runs=", ".join(lost))
    yield Finding(NP_("examined", "journals"), told, good=not lost)


def _terminal(environment: Mapping[str, str]) -> Finding:
    term = environment.get("TERM", _("not set"))
    encoding = (sys.stdout.encoding or _("unknown")).lower()
    if not sys.stdout.isatty():
        return Finding(
            NP_("examined", "terminal"),
            _("none here (TERM {term}, {encoding}): the desk needs one", term=plain(term), encoding=encoding),
        )
    columns, lines = shutil.get_terminal_size()
    fit = columns >= LEAST[0] and lines >= LEAST[1] and term != "dumb" and "utf" in encoding
    needs = _("the desk needs {columns}x{lines} and UTF-8", columns=LEAST[0], lines=LEAST[1])
    told = f"{columns}x{lines}, TERM {plain(term)}, {encoding}"
    return Finding(NP_("examined", "terminal"), told if fit else f"{told}; {needs}", good=fit)
