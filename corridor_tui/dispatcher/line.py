"""What a good line dispatcher orders: where a train waits so that others need not, and so that none of them is caught."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.projection import Course, Meets, Outcome, courses, project
from corridor_tui.corridor.state import NEVER_S, Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.scenario.times import task_expected_s

WORTH_S = 2_000
"""How much all trains together have to gain by a meet for it to be ordered; assumed."""
_EARLY = 0.1
"""What a second is worth that a train is earlier than it is due, to one that it is late; assumed."""
_LONG_S = 300
"""A wait that is worth thinking about; assumed."""
_NEXT = 3
"""How many places further than where a train waits are looked at for its meet; assumed."""
TRIES = 400
"""How many changes are tried for a plan, those of the longest waits first: it has to be there in time."""
_AGAIN_S = 900
"""How long a plan is left alone when things come otherwise and no other train is there; assumed."""
_CAUGHT_S = 10 * 86_400
Dues: TypeAlias = Mapping[str, tuple[int | None, float]]
"""When each train has to be at the end of its way, and how many times a late second of it counts."""


class LineDesk:
    """Plans the line anew whenever another train is on it, or things have come otherwise than planned."""

    def __init__(self, tries: int = TRIES) -> None:
        self._tries = tries
        self._trains: frozenset[str] = frozenset()
        self._planned = 0.0
        self._planned_s = -_AGAIN_S

    def act(self, view: View) -> Iterator[Order]:
        """The meets to order, and those to give up."""
        trains = courses(view)
        names = frozenset(train.unit for train in trains)
        if len(trains) < 2:
            self._trains, self._planned = names, 0.0
            return
        known = {(each.id, place): other for each in view.units.values() for place, other in each.meets.items()}
        dues = _dues(view, trains)
        now = _cost(dues, project(view, trains, known))
        as_planned = now < self._planned + WORTH_S or view.now_s < self._planned_s + _AGAIN_S
        if names <= self._trains and as_planned:
            self._trains = names
            return
        self._planned_s = view.now_s
        plan, self._planned = _better(view, trains, known, dues, self._tries)
        self._trains = names
        for unit, place in [key for key in known if key not in plan]:
            yield from _if_allowed(view, Order("drop-meet", (unit, place)))
        for (unit, place), other in plan.items():
            if known.get((unit, place)) != other:
                yield from _if_allowed(view, Order("meet", (unit, place, other)))


def _better(
    view: View, trains: list[Course], known: Meets, dues: Dues, tries: int
) -> tuple[dict[tuple[str, str], str], float]:
    """The meets of a plan that costs less than the one that is known, as long as one more change is worth it."""
    plan = dict(known)
    outcome = project(view, trains, plan)
    least = _cost(dues, outcome)
    while tries > 0:
        best = None
        for change in islice(_changes(trains, outcome, plan), tries):
            tries -= 1
            loss = _cost(dues, project(view, trains, change))
            if loss < least - (WORTH_S if best is None else 0):
                best, least = change, loss
        if best is None:
            break
        plan, outcome = best, project(view, trains, best)
    return plan, least


def _changes(trains: list[Course], outcome: Outcome, plan: Meets) -> Iterator[dict[tuple[str, str], str]]:
    """Plans that differ in one meet."""
    for key in plan:
        yield {other: unit for other, unit in plan.items() if other != key}
    if None in outcome.ends.values():
        caught = [train for train in trains if outcome.ends[train.unit] is None]
        for one in caught:
            for two in caught:
                if one.forward and not two.forward:
                    yield from ({**plan, **change} for change in _both(one, two))
    of = {train.unit: train for train in trains}
    for unit, place, waited in sorted(outcome.waits, key=lambda wait: -wait[2]):
        if waited >= _LONG_S:
            for rival in trains:
                if rival.unit != unit:
                    yield from ({**plan, **change} for change in _instead(of[unit], place, rival))


def _both(one: Course, two: Course) -> Iterator[dict[tuple[str, str], str]]:
    """Meets of two trains at every place where both still come and both have room: whoever is there first waits."""
    ahead = two.route[two.at + (two.running is not None) :]
    for index in range(one.at + (one.running is not None), len(one.route) - 1):
        place = one.route[index]
        fits = one.fits[index]
        if place not in ahead or fits is None:
            continue
        others = two.fits[two.route.index(place)] or ()
        if len({*fits, *others}) > 1:
            yield {(one.unit, place): two.unit, (two.unit, place): one.unit}
            yield {(one.unit, place): two.unit}
            yield {(two.unit, place): one.unit}


def _instead(train: Course, place: str, rival: Course) -> Iterator[dict[tuple[str, str], str]]:
    """A rival waits in one of the next places so that a train need not wait where it does."""
    if rival.forward == train.forward:
        first = rival.at + (rival.running is not None)
        places = rival.route[first : first + _NEXT]
    else:
        at = train.route.index(place)
        places = train.route[at + 1 : at + 1 + _NEXT]
    ahead = rival.route[rival.at + (rival.running is not None) : -1]
    for there in places:
        if there in ahead and rival.fits[rival.route.index(there)] is not None:
            yield {(rival.unit, there): train.unit}


def _cost(dues: Dues, outcome: Outcome) -> float:
    """What the projected times of all trains come to: late seconds, and a little for every second."""
    total = 0.0
    for name, end_s in outcome.ends.items():
        at_s = _CAUGHT_S if end_s is None else end_s
        due_s, late_times = dues[name]
        late_s = 0 if due_s is None else max(0, at_s - due_s)
        total += _EARLY * at_s + (1 - _EARLY) * late_s * late_times
    return total


def _dues(view: View, trains: list[Course]) -> Dues:
    units = [view.units[train.unit] for train in trains]
    return {unit.id: (_due_s(view, unit), unit.late_times) for unit in units}


def _due_s(view: View, unit: Unit) -> int | None:
    """When a train has to be at the end of its way over the line; one that goes on is inspected there first, and has to be
    on its way when the shift ends.
    """
    if unit.due_there_s is not None:
        return unit.due_there_s
    if unit.due_s is None or unit.departed_s is not None:
        return unit.due_s
    return min(unit.due_s, view.level.shift_s) - max(
        task_expected_s(view.level, task, unit.wagons) for task in INSPECTIONS
    )


def _if_allowed(view: View, order: Order) -> Iterator[Order]:
    if refusal(view, order) is None:
        yield order


def urgency(unit: Unit) -> tuple[int, str]:
    """The sooner it is due at the end of the line the more urgent it is."""
    due_s = unit.due_s if unit.due_there_s is None else unit.due_there_s
    return (NEVER_S if due_s is None else due_s, unit.id)
