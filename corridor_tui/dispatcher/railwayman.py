"""A railwayman at the desks: one way of working, from the novice's step by step to the reference's looking ahead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from corridor_tui.corridor.chain import at_terminal, deadline_s, departs_to, is_load, sent_home
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_terminal import is_rake, room_teu
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.dispatcher.clerk import Clerk, Reader
from corridor_tui.level.base import Desk

AHEAD_S = 3 * 3_600
"""How long before a train's time wagons are called for it: their notice and the pull to the cranes; assumed."""
Looks: TypeAlias = tuple[int | None, int | None, int]
"""How a unit, its partner and the plant stood when the unit was last looked at, by the view's stamps."""
PREPARING_S = 80 * 60
"""From a loaded rake to its departure: pull, locomotive, brake test and a path, by the chain's assumed times."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a railwayman works.

    `ahead`: orders wagons and locomotives before they are needed and starts work side by side. `react_s`: seconds of the
    shift until he acts on what happens. `reads`: how he reads papers. `early`: works papers before the train is in.
    """

    name: str
    react_s: int
    ahead: bool
    early: bool
    reads: Reader


class Railwayman:
    """Plays any of the three desks by the view alone."""

    def __init__(self, habits: Habits) -> None:
        self.name = habits.name
        self.react_s = habits.react_s
        self._habits = habits
        self._clerk = Clerk(habits.reads, early=habits.early)
        self._quiet: dict[str, Looks] = {}

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The orders it gives now, the most urgent train's first."""
        units = sorted(
            (unit for unit in view.units.values() if unit.departed_s is None or sent_home(unit)),
            key=lambda unit: _urgency(unit, view.now_s),
        )
        if "dispatch" in desks:
            for unit in units:
                if unit.departed_s is None:
                    yield from self._unless_quiet(view, unit)
            yield from self._wagons(view, units)
        if "terminal" in desks:
            yield from self._terminal(view, units)
        if "customs" in desks:
            yield from self._clerk.act(view, units)

    # dispatch

    def _unless_quiet(self, view: View, unit: Unit) -> Iterator[Order]:
        """Look at a unit only where something has changed since it last asked for nothing."""
        looks = (view.stamps.get(unit.id), view.stamps.get(unit.partner or ""), view.plant_stamp)
        if self._quiet.get(unit.id) == looks:
            return
        silent = True
        for order in self._dispatch(view, unit):
            silent = False
            yield order
        if silent:
            self._quiet[unit.id] = looks

    def _dispatch(self, view: View, unit: Unit) -> Iterator[Order]:
        if unit.moving or unit.to is not None:
            return
        if unit.arrived_s is None:
            if unit.offered_s is not None and unit.accepted is None:
                yield from _first(
                    view, (_order("accept", unit.id, track) for track in _tracks(view, unit, "receiving"))
                )
            return
        if unit.kind == "through":
            yield from self._through(view, unit)
        elif unit.loco == "attached" and departs_to(unit) is None:
            yield from self._stable(view, unit)
        elif unit.kind == "container":
            yield from self._homeward(view, unit) if sent_home(unit) else self._inward(view, unit)
        else:
            yield from self._onward(view, unit)

    def _stable(self, view: View, unit: Unit) -> Iterator[Order]:
        """Secure an arrived train, begin its inspection, and take the locomotive off."""
        if "secure" not in unit.jobs:
            yield _order("secure", unit.id)
        if unit.did("secure") and "uncouple" not in unit.jobs:
            yield _order("uncouple", unit.id)
        if self._habits.ahead and is_load(unit) and "border" not in unit.jobs:
            yield _order("inspect", unit.id)

    def _inward(self, view: View, unit: Unit) -> Iterator[Order]:
        if "border" not in unit.jobs:
            yield _order("inspect", unit.id)
        if all(unit.did(task) for task in INSPECTIONS) and not at_terminal(view, unit):
            yield from _first(view, (_order("move", unit.id, track) for track in _tracks(view, unit, "crane")))

    def _through(self, view: View, unit: Unit) -> Iterator[Order]:
        if "border" not in unit.jobs:
            yield _order("inspect", unit.id)
        elif all(unit.did(task) for task in INSPECTIONS):
            yield from _first(view, [_order("depart", unit.id)])

    def _homeward(self, view: View, unit: Unit) -> Iterator[Order]:
        if "empty" not in unit.jobs:
            yield _order("inspect", unit.id)
        if self._habits.ahead and unit.loco == "none":
            yield from _first(view, [_order("call-loco", unit.id)])
        if not unit.did("empty"):
            return
        if at_terminal(view, unit):
            yield from _first(view, (_order("move", unit.id, track) for track in _tracks(view, unit, "departure")))
        elif unit.loco == "none":
            yield from _first(view, [_order("call-loco", unit.id)])
        elif unit.loco == "attached":
            yield from _first(view, [_order("depart", unit.id)])

    def _onward(self, view: View, unit: Unit) -> Iterator[Order]:
        """A rake: to the cranes while it is empty, out to the line once it is loaded."""
        if unit.partner is None:
            if not at_terminal(view, unit):
                yield from _first(view, (_order("move", unit.id, track) for track in _tracks(view, unit, "crane")))
            return
        nearly = _nearly(view, unit)
        if "waybill" not in unit.jobs and (unit.did("load") or (self._habits.ahead and nearly)):
            yield from _first(view, [_order("waybill", unit.id)])
        if self._habits.ahead and unit.loco == "none" and (nearly or unit.did("load")):
            yield from _first(view, [_order("call-loco", unit.id)])
        if not unit.did("load"):
            return
        if "weigh" not in unit.jobs:
            yield _order("weigh", unit.id)
        if unit.did("weigh") and unit.did("waybill") and not unit.overloaded:
            if at_terminal(view, unit):
                if not self._held(view, unit):
                    yield from _first(
                        view, (_order("move", unit.id, track) for track in _tracks(view, unit, "departure"))
                    )
            else:
                yield from self._ready(view, unit)

    def _held(self, view: View, unit: Unit) -> bool:
        """Whether containers still have to come off the rake, or may have to: a correction is waited for while it can be."""
        return any(view.boxes[number].goal is not None or _stuck(view, number) for number in unit.boxes)

    def _ready(self, view: View, unit: Unit) -> Iterator[Order]:
        """Locomotive, brake test, path, departure; before it whatever was detained in the meantime is set out."""
        detained = {place for number, place in unit.boxes.items() if _detained(view, number)}
        if detained:
            yield from _first(view, (_order("set-out", unit.id, str(wagon + 1)) for wagon in sorted(detained)))
        if unit.loco == "none":
            yield from _first(view, [_order("call-loco", unit.id)])
        if self._habits.ahead and not unit.did("brake_full"):
            if unit.loco != "attached" and "brake_yard" not in unit.jobs and "couple" not in unit.jobs:
                yield _order("brake-test", unit.id, "yard")
            elif unit.loco == "attached" and unit.did("brake_yard") and "brake_short" not in unit.jobs:
                yield _order("brake-test", unit.id, "short")
        if unit.loco == "attached" and not any(test in unit.jobs for test in ("brake_full", "brake_yard")):
            yield _order("brake-test", unit.id, "full")
        tested = unit.did("brake_full") or unit.did("brake_short")
        if unit.path_s is None and tested and not view.uncleared(unit):
            yield from _first(view, [_order("path", unit.id)])
        if tested:
            yield from _first(view, [_order("depart", unit.id)])

    def _wagons(self, view: View, units: list[Unit]) -> Iterator[Order]:
        """Order wagons from the park: ahead for every train that has none, or only once a train stands under the cranes."""
        free = sum(1 for unit in units if is_rake(unit) and unit.partner is None and _coming(unit))
        trains = [
            unit for unit in units
            if unit.kind == "container" and "lift" not in unit.jobs
            and (unit.offered_s is not None or (unit.planned_s or 0) < view.now_s + AHEAD_S)
        ]  # fmt: skip
        need = len(trains) if self._habits.ahead else sum(1 for unit in trains if at_terminal(view, unit))
        for rake in view.units.values():
            if need > free and rake.kind == "rake" and refusal(view, _order("call-rake", rake.id)) is None:
                free += 1
                yield _order("call-rake", rake.id)

    # terminal

    def _terminal(self, view: View, units: list[Unit]) -> Iterator[Order]:
        for unit in units:
            if unit.kind == "container" and unit.partner is None and (at_terminal(view, unit) or "lift" in unit.jobs):
                teu = sum(view.boxes[number].teu for number in view.boxes if view.boxes[number].train == unit.id)
                rakes = [rake for rake in view.units.values() if is_rake(rake) and rake.partner is None]
                rakes.sort(key=lambda rake: (room_teu(view, rake) < teu, room_teu(view, rake), rake.id))
                yield from _first(view, (_order("transfer", unit.id, rake.id) for rake in rakes))
        for unit in units:
            yield from self._ease(view, unit)
        yield from self._cranes(view, units)

    def _cranes(self, view: View, units: list[Unit]) -> Iterator[Order]:
        """Put every free crane on the most urgent transfer that has lifts left."""
        wanting = [
            unit for unit in units
            if unit.kind == "container" and "lift" in unit.jobs and unit.partner is not None
            and not (unit.did("lift") and view.units[unit.partner].did("load"))
        ]  # fmt: skip
        if not wanting:
            return
        target = wanting[0]
        for crane in view.cranes.values():
            there = view.units.get(crane.train or "")
            if crane.train == target.id or (there is not None and there in wanting and there.left):
                continue
            name = target.id if not target.did("lift") else target.partner or target.id
            yield from _first(view, [_order("crane", crane.id, name)])

    def _ease(self, view: View, unit: Unit) -> Iterator[Order]:
        """Ground what may not travel: boxes of detained or long-held consignments, and one box of each overloaded wagon."""
        if not is_rake(unit) or unit.partner is None or not unit.did("load") or not at_terminal(view, unit):
            return
        must_s = deadline_s(unit, view.now_s)
        late = must_s is not None and view.now_s > must_s - PREPARING_S
        for number in list(unit.boxes):
            if _detained(view, number) or (late and _stuck(view, number)):
                yield from _first(view, [_order("ground", number)])
        for wagon in unit.overloaded:
            loads = [number for number, place in unit.boxes.items() if place == wagon]
            heaviest = max(loads, key=lambda number: (view.boxes[number].declared_kg, number))
            yield from _first(view, [_order("ground", heaviest)])


def _stuck(view: View, number: str) -> bool:
    """Whether a container may not travel as things stand: detained, or its papers wait to be set right."""
    dossier = view.dossiers[view.boxes[number].consignment]
    if dossier.state in ("released", "releasing"):
        return False
    upheld = bool(dossier.findings) and dossier.findings[-1].outcome in ("upheld", "open")
    return dossier.state == "detained" or (upheld and not dossier.corrected)


def _detained(view: View, number: str) -> bool:
    return view.dossiers[view.boxes[number].consignment].state == "detained"


def _urgency(unit: Unit, now_s: int) -> tuple[int, str]:
    at_s = deadline_s(unit, now_s)
    return (10**9 if at_s is None else at_s, unit.id)


def _coming(unit: Unit) -> bool:
    return unit.kind == "empties" or unit.called_s is not None or unit.arrived_s is not None


def _nearly(view: View, rake: Unit) -> bool:
    return refusal(view, _order("waybill", rake.id)) is None or "waybill" in rake.jobs


def _order(verb: str, *args: str) -> Order:
    return Order(verb, args)


def _tracks(view: View, unit: Unit, use: str) -> list[str]:
    """Free tracks of a use for a unit, the shortest that fits first, so that long ones stay for long trains."""
    fitting = [track for track in view.network.by_use(unit.gauge, use) if track.id not in view.holds]
    return [track.id for track in fitting if track.length_m >= unit.length_m]


def _first(view: View, orders: Iterable[Order]) -> Iterator[Order]:
    """The first of some orders that would be accepted now."""
    for order in orders:
        if refusal(view, order) is None:
            yield order
            return
