"""The runs and results that a data directory keeps, as tables and as CSV."""

import csv
import time
from collections.abc import Iterable
from dataclasses import fields
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from corridor_tui.language import NP_, _, pgettext
from corridor_tui.level.errors import plain
from corridor_tui.records.journals import Found
from corridor_tui.records.values import Kept
from corridor_tui.tables import stars_text

_STATES = {
    "finished": NP_("state of a run", "finished"),
    "interrupted": NP_("state of a run", "interrupted"),
    "abandoned": NP_("state of a run", "abandoned"),
    "played": NP_("state of a run", "being played"),
    "unreadable": NP_("state of a run", "unreadable"),
}
_ORIGINS = {
    "imported": NP_("state of a run", "imported"),
    "sent": NP_("state of a run", "sent"),
    "first records": NP_("state of a run", "first records"),
}
_MOST_WORD = 18
"""The widest word that a listing does not break: the name of a level."""


def runs_table(unfinished: Iterable[Found], finished: Iterable[Kept]) -> Table:
    """Every run of this data directory, the unfinished ones first."""
    rows = [_unfinished(found) for found in unfinished]
    rows += [
        (
            run.key,
            _finished(run),
            plain(run.trainee),
            plain(run.level),
            str(run.seed),
            _when(run.started_ms),
            str(run.orders),
            f"{run.total:.1f} {stars_text(run.stars)}",
        )
        for run in finished
    ]
    headings = (
        pgettext("shift played", "run"),
        _("state"),
        pgettext("heading", "trainee"),
        _("level"),
        _("seed"),
        _("begun (UTC)"),
        _("orders"),
        _("came to"),
    )
    return listing(_("Runs"), headings, rows)


def _finished(run: Kept) -> str:
    words = [_(_STATES["finished"])]
    if run.origin != "played":
        words.append(_(_ORIGINS.get(run.origin, run.origin)))
    if run.branch:
        words.append(pgettext("state of a run", "branch"))
    if run.allowance:
        words.append(_("+{percent} % time", percent=run.allowance))
    return ", ".join(words)


def records_table(runs: Iterable[Kept]) -> Table:
    """The results of all trainees."""
    rows = [
        (
            run.key,
            plain(run.trainee),
            plain(run.level),
            str(run.seed),
            f"{run.total:.1f} {stars_text(run.stars)}",
            f"{run.time_loss:.0f}, {run.detection_loss:.0f}, {run.resources_loss:.0f}; {run.safety:.0f}",
            _when(run.finished_ms),
        )
        for run in runs
    ]
    headings = (
        pgettext("shift played", "run"),
        pgettext("heading", "trainee"),
        _("level"),
        _("seed"),
        _("points"),
        _("lost in time, detection, resources; for safety"),
        _("finished (UTC)"),
    )
    return listing(_("Results: points, and what was lost"), headings, rows)


def records_csv(runs: Iterable[Kept]) -> str:
    """Every run as CSV with a heading line; a text that a spreadsheet would take for a formula gets an apostrophe."""
    names = [field.name for field in fields(Kept)]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    for run in runs:
        values = [getattr(run, name) for name in names]
        values = [round(value, 2) if isinstance(value, float) else value for value in values]
        writer.writerow([_harmless(value) if isinstance(value, str) else value for value in values])
    return file.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _unfinished(found: Found) -> tuple[str, ...]:
    trouble = "" if found.trouble is None else plain(found.trouble)
    state = _(_STATES[found.state])
    if found.run is None:
        return (found.key, state, "", "", "", "", "", trouble)
    run = found.run
    came = _("minute {minute}", minute=run.clock_s // 60) + (f"; {trouble}" if trouble else "")
    return (
        found.key,
        state,
        plain(run.trainee),
        plain(run.level_id),
        str(run.seed),
        _when(run.started_ms),
        str(run.heard),
        came,
    )


def _when(ms: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(ms / 1_000))


def listing(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table without lines, which breaks its cells between words: what stands in it may be typed again."""
    found = list(rows)
    drawn = Table(title=Text(title), box=SIMPLE_HEAD, show_edge=False, padding=0)
    for cells in zip(headings, *found, strict=True):
        whole = all(" " not in cell and cell_len(cell) <= _MOST_WORD for cell in cells)
        longest = max(cell_len(word) for cell in cells for word in cell.split())
        drawn.add_column(cells[0], overflow="fold", no_wrap=whole, min_width=min(longest, _MOST_WORD))
    for row in found:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn
