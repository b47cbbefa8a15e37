"""The lines above and below the desk: clocks, speed, how it goes, tabs, the last answer, the coach, the keys."""

from collections.abc import Sequence

from corridor_tui.corridor.chain import carrier, is_load
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import clock
from corridor_tui.tui.rows import Row, row

_BEIJING_H = 8


def header_row(shift: Shift, pace: Pace, *, running_on: bool) -> Row:
    """Both clocks, the speed, and as much of the score as the level lets be seen."""
    start_s, now_s = shift.level.start_s, shift.now_s
    beijing_s = start_s + (_BEIJING_H - shift.level.shift.utc_offset_h) * 3_600
    state = (
        ("▶▶ next event", "warn")
        if running_on
        else ("‖ PAUSED", "bad")
        if pace.paused
        else (f"▶ {pace.speed}x", "good")
    )
    speed = f" ({pace.speed}x)" if pace.paused or running_on else ""
    end = clock(start_s, shift.level.shift_s)
    return row(
        (f" {clock(start_s, now_s)}:{now_s % 60:02d}", "bold"), (" Altynkol  ", "dim"),
        (clock(beijing_s, now_s), "bold"), (" Beijing  ", "dim"), state, (f"{speed} until {end}  ", "dim"), _standing(shift),
    )  # fmt: skip


def _standing(shift: Shift) -> tuple[str, str]:
    if shift.level.shift.feedback == "none":
        return ("", "")
    view = shift.view
    late_s = 0
    for unit in view.units.values():
        if is_load(unit) and unit.due_s is not None:
            left = carrier(view, unit).departed_s
            late_s += max(0, (view.now_s if left is None else left) - unit.due_s)
    decided = sum(dossier.state in ("released", "detained") for dossier in view.dossiers.values())
    return (f"late {late_s // 60}min papers {decided}/{len(view.dossiers)} out {view.out_boxes}", "")


def tabs_row(names: Sequence[str], active: str) -> Row:
    """The panes as tabs."""
    return row(*((f" {place} {name} ", "mark" if name == active else "dim") for place, name in enumerate(names, 1)))


def notice_row(notice: tuple[str, str], proposal: Order | None) -> Row:
    """The answer to the last order, and what the coach proposes."""
    text, style = notice
    if proposal is None:
        return row((f" {text}", style))
    return row((f" {text}  " if text else " ", style), ("Next: ", "dim"), (proposal.text, "bold"),
               (f" - {VERBS[proposal.verb].help} ", "dim"), ("c", "warn"))  # fmt: skip


def hints_row(active: str, *, coach: bool) -> Row:
    """The keys that are good for something now."""
    keys = [("space", "pause"), ("n", "next"), ("+-", "speed"), ("enter", "orders")]
    if coach:
        keys.append(("c", "do it"))
    if active == "papers":
        keys = [("←→↑↓", "cell"), ("m", "mark"), ("f", "finding"), ("r", "rules"), ("enter", "orders")]
    elif active == "customs":
        keys += [("4", "papers"), ("r", "rules")]
    keys += [("1-5", "panes"), (":", "text"), ("?", "help"), ("q", "leave")]
    parts: list[tuple[str, str]] = []
    for key, what in keys:
        parts += [(f" {key}", "warn"), (f" {what} ", "dim")]
    return row(*parts)
