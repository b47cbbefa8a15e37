"""The rows of a debriefing: every lost point, what each load's time went to, the eye, and what decisions were worth."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.cells import cell_len

from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family
from corridor_tui.scoring.families import Eye
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import CAUSE_NAMES, CAUSES, Debrief, Dwell, moment_s, ranked
from corridor_tui.session.decisions import SHOWN, dearest, otherwise
from corridor_tui.session.valuing import Progress
from corridor_tui.session.wording import day_clock, said_text
from corridor_tui.tui.briefing import hanging
from corridor_tui.tui.moments import when_column
from corridor_tui.tui.rows import Part, Row, fit, row

_SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "work": ("░", "dim"), "trainee": ("Y", "bad"), "track": ("T", "warn"), "staff": ("S", "head"), "crane": ("C", "warn"),
    "machine": ("R", "warn"),
    "silo": ("G", "warn"), "stack": ("K", "warn"), "papers": ("P", "key"), "wagons": ("W", "good"), "locomotive": ("L", "narrow"), "path": ("H", "head"),
    "neighbour": ("N", "dim"), "line": ("=", "broad"),
})  # fmt: skip
"""Each cause has a sign of its own, so that bars can be read without colours."""
_NUMBER = 8
_BAR = 20


def place_of(key: str) -> int:
    """The second of the shift that a row with a key is about."""
    return int(key.partition(" ")[0])


def point_rows(level: Level, found: Debrief, width: int) -> list[Row]:
    """Every lost point, the dearest first; a row is chosen to see its moment again."""
    score = found.score
    allowed = f"   {found.allowed}" if found.allowed else ""
    points = _("{points:.1f} points", points=score.total)
    rows = [
        row((points, "warn"), (allowed, "warn"), ("   " + _("loss units, when, why"), "dim")),
        row(""),
    ]
    small = 0
    reasons = ranked(score.reasons)
    for number, (reason, when) in enumerate(zip(reasons, when_column(level, reasons), strict=True)):
        if reason.loss < SHOWN:
            small += 1
            continue
        style, moment = "bad" if reason.component == "safety" else "warn", moment_s(reason)
        lines = hanging(f"{reason.loss:8.1f}  {when}  ", reason_text(reason, level), width, style)
        rows += [line._replace(key="" if moment is None else f"{moment} {number}") for line in lines]
    if small:
        rows.append(row((_("and {n} of next to nothing", n=small), "dim")))
    if not score.reasons:
        rows.append(row((_("nothing was lost"), "good")))
    return rows


def time_rows(dwells: Sequence[Dwell], width: int) -> list[Row]:
    """What each load's time went to, from its offer until it left, as bars of one scale."""
    causes = [cause for cause in CAUSES if any(cause in dwell.seconds for dwell in dwells)]
    parts: list[Part] = []
    for cause in causes:
        if any(dwell.seconds.get(cause, 0) >= 60 for dwell in dwells):
            parts += [_SIGNS[cause], f" {_(CAUSE_NAMES[cause])}  "]
    rows = [row((_("minutes of each load by what they went to"), "dim")), *_in_lines(parts, width), row("")]
    longest, room = max((dwell.total_s for dwell in dwells), default=1), max(10, width - _NUMBER - 8)
    for dwell in dwells:
        bars: list[Part] = [(fit(dwell.train, _NUMBER), "train")]
        done_s = drawn = 0
        for cause in causes:
            done_s += dwell.seconds.get(cause, 0)
            cells = round(room * done_s / max(1, longest)) - drawn
            sign, style = _SIGNS[cause]
            bars.append((sign * cells, style))
            drawn += cells
        rows.append(row(*bars, f" {dwell.total_s // 60}"))
        spent = [
            f"{_(CAUSE_NAMES[cause])} {dwell.seconds[cause] // 60}"
            for cause in causes
            if dwell.seconds.get(cause, 0) >= 60
        ]
        rows += [line for line in hanging(" " * _NUMBER, ", ".join(spent), width, "dim") if spent]
    return rows


def _cells(texts: Sequence[str], widths: Sequence[int]) -> str:
    """The first text at the left of its column, the others at the right of theirs."""
    first, *rest = zip(texts, widths, strict=True)
    return " ".join([fit(*first), *(" " * (width - cell_len(text)) + text for text, width in rest)])


def _in_lines(parts: Sequence[Part], width: int) -> list[Row]:
    """Pairs of a sign and its word, as many on a line as there is room for."""
    lines: list[list[Part]] = [[]]
    used = 0
    for sign, word in zip(parts[::2], parts[1::2], strict=True):
        length = 1 + cell_len(str(word))
        if used + length > width:
            lines.append([])
            used = 0
        lines[-1] += [sign, word]
        used += length
    return [row(*line) for line in lines]


def eye_rows(eyes: Sequence[Eye]) -> list[Row]:
    """How good the eye was for each family of discrepancies."""
    if not eyes:
        return [row((_("the customs desk was not yours"), "dim"))]
    heads = [_("family"), _("faults"), _("found"), _("missed"), _("false alarms")]
    names = [family(eye.family) for eye in eyes]
    least = (max(13, *map(cell_len, names)), 6, 6, 6, 13)
    wide = [max(cells, cell_len(head)) for cells, head in zip(least, heads, strict=True)]
    rows = [row((f"{_cells(heads, wide)}  A'", "dim"))]
    for eye, name in zip(eyes, names, strict=True):
        sure = _("too few cases") if eye.a_prime is None else f"{eye.a_prime:.2f}"
        style = "bad" if eye.missed else "good" if eye.found else ""
        alarms = _("{alarms} of {sound}", alarms=eye.false_alarms, sound=eye.sound)
        figures = _cells([name, str(eye.faults), str(eye.found), str(eye.missed)], wide[:4])
        rows.append(row((figures, style), f" {' ' * (wide[4] - cell_len(alarms))}{alarms}  {sure}"))
    return [*rows, row(""), row((_("A' is 0.5 for guessing and 1 for a perfect eye"), "dim"))]


def decision_rows(level: Level, come: Progress | None, width: int) -> list[Row]:
    """What each decision was worth, the dearest first; `come`: how far that has been found out, None: it has just begun."""
    if come is not None and come.trouble is not None:
        return hanging("", _("the decisions cannot be valued: {why}", why=come.trouble), width, "bad")
    worths = () if come is None else come.worths
    if come is None or come.decisions is None:
        told = _("living the shift again to see what was decided otherwise than a good railwayman would ...")
    else:
        told = _("{n} of {of} decisions valued", n=len(worths), of=come.decisions)
    done = 0 if come is None else _BAR * come.done // max(1, come.of)  # full only when all of it is done
    over = come is not None and come.over
    rows = hanging(f"{'█' * done}{'░' * (_BAR - done)} ", told, width, "dim" if over else "warn")
    rows += [
        row((_("points won or lost by it, all else equal; what the reference would have done instead"), "dim")),
        row(""),
    ]
    shown = dearest(worths)
    for number, worth in enumerate(shown):
        one = worth.decision
        said, instead = said_text(one.text, level), otherwise(level, one)
        said = (
            _("{order}; rather: {instead}", order=said, instead=instead) if one.way == "other" else f"{said}: {instead}"
        )
        lines = hanging(
            f"{-worth.total:+7.1f}  {day_clock(level.start_s, one.t)}  ",
            said,
            width,
            "bad" if worth.total > 0 else "good",
        )
        rows += [line._replace(key=f"{one.t} {number}") for line in lines]
    if over and not shown:
        rows.append(row((_("no single decision made a difference"), "good")))
    return rows
