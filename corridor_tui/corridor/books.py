"""Closing the books on trains that are done with, so that a year needs no more room than a week."""

from collections.abc import Callable

from corridor_tui.corridor.chain import stands_outside
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import WAREHOUSE, ZONE, Unit
from corridor_tui.corridor.view import View

_ENDS = ("gone", "delivered", "hauled")
_WAITS = ("offered", "accepted", "held")
_BY_ROAD = (ZONE, WAREHOUSE)


class Books:
    """Follows which trains and rakes belong together by what they carried, and settles them once all is done.

    `audit` tells what is true of a consignment; `forget` has what is hidden of a unit let go.
    """

    def __init__(self, kernel: Kernel, audit: Callable[[str], None], forget: Callable[[Unit], None]) -> None:
        self._kernel = kernel
        self._audit = audit
        self._forget = forget
        self._outside: dict[str | None, dict[str, None]] = {}
        """The trains that stand at each neighbour, as far as too many might."""
        if kernel.level.shift.most_waiting is not None:
            for code in _WAITS:
                kernel.watch(code, self._waits)
        settle_h = kernel.level.shift.settle_h
        if settle_h is not None:
            self._after_s = round(settle_h * 3_600)
            for code in _ENDS:
                kernel.watch(code, self._ends)

    def _ends(self, event: Event) -> None:
        name = str(event.args[0])
        view = self._kernel.view
        unit = name
        if event.code != "gone":
            unit = (view.boxes[name] if event.code == "hauled" else view.dossiers[name]).train
        self._kernel.after(self._after_s, lambda: self._settle(unit))

    def _waits(self, event: Event) -> None:
        unit = self._kernel.view.units[str(event.args[0])]
        there = self._outside.setdefault(unit.entry, {})
        if stands_outside(unit):
            there[unit.id] = None
        else:
            there.pop(unit.id, None)

    def divert(self, name: str) -> bool:
        """Send a train that is to be offered over another border where too many wait already; whether it was sent."""
        view, most = self._kernel.view, self._kernel.level.shift.most_waiting
        if most is None:
            return False
        if len(self._outside.get(view.units[name].entry, ())) < most:
            return False
        spec = self._kernel.scenario.plans[name].spec
        self._kernel.emit("diverted", name, spec.feu + spec.twenties)
        self._forget(view.units[name])
        self._kernel.emit("forgotten", name)
        return True

    def _settle(self, name: str) -> None:
        view = self._kernel.view
        if view.over or name not in view.units:
            return
        party = [view.units[each] for each in parties(view, name)]
        if not all(_done_with(view, unit) for unit in party):
            return
        for unit in party:
            for consignment in view.cargo.get(unit.id, ()):
                self._audit(consignment)
        names = " ".join(unit.id for unit in party)
        self._kernel.emit("settled_up", names)
        for unit in party:
            self._forget(unit)
        self._kernel.emit("forgotten", names)


def parties(view: View, name: str) -> dict[str, None]:
    """A unit and all that its load came from or went on with, in the order in which they are found."""
    found: dict[str, None] = {}
    ahead = [name]
    while ahead:
        unit = view.units.get(ahead.pop())
        if unit is None or unit.id in found:
            continue
        found[unit.id] = None
        ahead += unit.partners
        ahead += dict.fromkeys(view.boxes[number].train for number in unit.boxes)
        loads = (view.dossiers[consignment] for consignment in view.cargo.get(unit.id, ()))
        ahead += dict.fromkeys(view.boxes[number].at for dossier in loads for number in dossier.boxes)
    return found


def _is_away(view: View, place: str) -> bool:
    """Whether a container is on a train, or where lorries have brought it."""
    return place in view.units or place in _BY_ROAD


def _done_with(view: View, unit: Unit) -> bool:
    """Whether a unit is gone for good, and everything that came on it has left, is detained, or has been delivered."""
    if unit.gone_s is None:
        return False
    for name in view.cargo.get(unit.id, ()):
        dossier = view.dossiers[name]
        if dossier.state == "detained":
            continue
        if any(not _is_away(view, view.boxes[number].at) for number in dossier.boxes):
            return False
        if name in view.goals and not dossier.delivered:
            return False
    return True
