"""The page that says how the score stands while the shift runs."""

from rich.cells import cell_len

from corridor_tui.language import _
from corridor_tui.scoring.score import Reason
from corridor_tui.scoring.words import component, reason_text
from corridor_tui.session.debrief import moment_s
from corridor_tui.session.holdups import holdups, taken
from corridor_tui.session.running import PARTS, Meter, Running, untold
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import so_far
from corridor_tui.session.wording import clock
from corridor_tui.tui.briefing import hanging, prose
from corridor_tui.tui.moments import when_column
from corridor_tui.tui.rows import Part, Row, fit, row

_BAR = 30
_MOST = 15
"""How many of the last reasons are told."""


def lost_texts(shift: Shift, now: Running | None) -> list[list[Part]]:
    """What is lost so far in one line, from the longest wording to the shortest; none where the level does not let it be seen.

    Parts that do not count in this level are left out, or a dash; safety is left out as long as nothing is deducted.
    """
    if now is None:
        return []
    rates = shift.level.scoring
    weights = {"time": rates.time.weight, "resources": rates.resources.weight}
    weights["detection"] = rates.detection.weight if "customs" in shift.desks else 0.0
    lost = _("lost")
    long: list[Part] = [(lost, "dim", "score")]
    short: list[Part] = [(f"{lost} ", "dim", "score")]
    for part in PARTS:
        figure, counts = f"{now.lost[part]:.0f}", weights.get(part, now.lost[part]) > 0
        look = "dim" if not counts or figure == "0" else "bad" if part == "safety" else "warn"
        if counts:
            long += [(f" {component(part)} ", "dim", "score"), (figure, look, "score")]
        if part != "safety" or counts:
            short += [
                *([("/", "dim", "score")] if part != PARTS[0] else []),
                (figure if counts else "-", look, "score"),
            ]
    return [long, short]


def so_far_rows(meter: Meter, width: int) -> list[Row]:
    """What is lost so far, by part, then the last reasons, and what the work has cost; as far as the level lets it be seen."""
    shift = meter.shift
    level = shift.level
    at = clock(level.start_s, shift.now_s)
    rows = [row((_("How it stands at {at}", at=at), "head")), row("")]
    now = meter.read()
    if now is None:
        return rows + prose(untold(shift), width) + _held_up(shift, width)
    rows += [row(so_far(shift)[0]), row("")]
    names = {part: component(part) for part in PARTS}
    widest = max(map(cell_len, names.values()))
    most = max(1.0, *now.lost.values())
    for part in PARTS:
        lost = now.lost[part]
        bar = "█" * round(lost / most * _BAR)
        look = "bad" if part == "safety" and lost else "warn" if lost else "dim"
        rows.append(row(f"  {fit(names[part], widest)} {lost:8.1f} ", (bar, look)))
    rows += [
        row(""),
        *prose(
            _(
                "Loss units of this level. What is late goes on counting; what slipped through customs is told by the audit, what is "
                "left undecided or undelivered when the shift is over. Only then is it set against a good railwayman."
            ),
            width,
        ),
    ]
    moments = [one for one in now.reasons if moment_s(one) is not None]
    costs = [one for one in now.reasons if moment_s(one) is None]
    if moments:
        rows += [row((_("The last reasons"), "head"), (_("   loss units, when, why"), "dim"))]
        last = moments[:_MOST]
        for reason, when in zip(last, when_column(shift.level, last), strict=True):
            rows += _told(shift, reason, when, width)
    if costs:
        rows += [row(""), row((_("What the work has cost"), "head"))]
        rows += [row((f"{one.loss:7.1f}  ", "dim"), reason_text(one, shift.level)) for one in costs]
    return rows + _held_up(shift, width)


def _held_up(shift: Shift, width: int) -> list[Row]:
    """What the loads wait for now, and how much of each kind of plant is taken."""
    at_work, found = holdups(shift.view)
    rows = [row(""), row((_("What holds the traffic up now"), "head"))]
    rows.append(row((f"{at_work:5}  ", "dim"), _("loads at work")))
    for count, text, name in found:
        told = _("wait for {what}, {train} first", what=text, train=name)
        rows += hanging(f"{count:5}  ", told, width, "warn")
    parts = (f"{text} {busy}/{total}" for text, busy, total in taken(shift.view))
    return [*rows, *hanging(_("taken  "), ", ".join(parts), width, "")]


def _told(shift: Shift, reason: Reason, when: str, width: int) -> list[Row]:
    head = f"{reason.loss:7.1f}  {when} "
    return hanging(head, reason_text(reason, shift.level), width, "bad" if reason.component == "safety" else "warn")
