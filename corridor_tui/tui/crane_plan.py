"""The cranes against the clock: a row a crane, a block a lift, what has been and what is expected."""

from collections.abc import Iterable, Mapping

from corridor_tui.corridor.view import View
from corridor_tui.session.lift_plan import Planned
from corridor_tui.session.wording import clock
from corridor_tui.tui.rows import Part, Row, fit, row
from corridor_tui.tui.sheet import axis
from corridor_tui.tui.things import CRANE

_LABEL = 9
_BEFORE = 4
"""The part of the time that is shown before now: a fourth."""
_CELL_S = (60, 120, 180, 300, 600)
"""How much time a cell may stand for."""
_LEAST_S = 5_400
"""At least so much time is shown."""
_EVERY_S = 900
_BEEN, _COMES = "█▓", "▒░"
"""The signs of one lift and the next, in turn, so that each can be told from the one beside it."""


def plan_rows(view: View, plans: Mapping[str, list[Planned]], width: int) -> list[Row]:
    """The lifts of some trains' containers over the clock; none where nothing was or will be lifted. `plans`: by train."""
    lifts = _lifts(view, plans)
    if not lifts:
        return []
    cells = max(20, width - _LABEL)
    cell_s = next((size for size in _CELL_S if size * cells >= _LEAST_S), _CELL_S[-1])
    from_s = (view.now_s - cell_s * cells // _BEFORE) // cell_s * cell_s
    rows = [_axis(view, from_s, cell_s, cells)]
    for crane in view.cranes.values():
        line: list[tuple[str, str]] = [
            ("·" if (from_s + n * cell_s) >= view.now_s else " ", "dim") for n in range(cells)
        ]
        own = sorted(lift for lift in lifts if lift[0] == crane.id)
        for turn, (_crane, begun_s, ended_s, been) in enumerate(own):
            first, last = (begun_s - from_s) // cell_s, max(begun_s, ended_s - 1) - from_s
            for cell in range(max(0, first), min(cells, last // cell_s + 1)):
                line[cell] = ((_BEEN if been else _COMES)[turn % 2], "good" if been else "broad")
        parts: list[Part] = [(fit(f"  {crane.id}", _LABEL), "dim", f"{CRANE}{crane.id}")]
        rows.append(row(*parts, *_runs(line)))
    return rows


def _lifts(view: View, plans: Mapping[str, list[Planned]]) -> list[tuple[str, int, int, bool]]:
    """The crane, the beginning and the end of each lift, and whether it has been; what hangs on a hook has been until now."""
    found = set()
    for train in plans:
        for name in view.cargo.get(train, ()):
            for number in view.dossiers[name].boxes:
                lifted = view.boxes[number].lifted
                if lifted is not None:
                    found.add((*lifted, True))
    for lift in (lift for plan in plans.values() for lift in plan):
        if lift.from_s < view.now_s:
            found.add((lift.crane, lift.from_s, view.now_s, True))
        found.add((lift.crane, max(view.now_s, lift.from_s), lift.until_s, False))
    return sorted(found)


def _axis(view: View, from_s: int, cell_s: int, cells: int) -> Row:
    """The quarters of an hour, and where now is."""
    start_s = view.level.start_s
    first = -(-(from_s + start_s) // _EVERY_S) * _EVERY_S - start_s
    step = _EVERY_S if _EVERY_S // cell_s > 6 else 2 * _EVERY_S if _EVERY_S // cell_s > 3 else 4 * _EVERY_S
    now = min(cells - 1, (view.now_s - from_s) // cell_s)
    ticks = range(first, from_s + cells * cell_s, step)
    line = axis({(second - from_s) // cell_s: clock(start_s, second) for second in ticks}, now, cells)
    return row(" " * _LABEL, (line[:now], "dim"), ("▼", "bold"), (line[now + 1 :], "dim"))


def _runs(cells: Iterable[tuple[str, str]]) -> list[Part]:
    """Cells of one style as one part."""
    parts: list[tuple[str, str]] = []
    for sign, style in cells:
        if parts and parts[-1][1] == style:
            parts[-1] = (parts[-1][0] + sign, style)
        else:
            parts.append((sign, style))
    return list(parts)
