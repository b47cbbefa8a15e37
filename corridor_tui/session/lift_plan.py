"""The crane plan against the clock: which crane lifts which container of a train when, by expected times and no surprises.

A crane works through its stretch of the train from one end; who is through with his own takes from the longest stretch.
"""

from collections import deque
from typing import NamedTuple

from corridor_tui.corridor.lifts import slower
from corridor_tui.corridor.state import Crane, Unit
from corridor_tui.corridor.view import View
from corridor_tui.scenario.streams import expected_s


class Planned(NamedTuple):
    """A lift that is expected: the container, the crane, and the seconds from and until which it hangs on it."""

    box: str
    crane: str
    from_s: int
    until_s: int


def lift_plan(view: View, train: Unit) -> list[Planned]:
    """What hangs on the hooks, then what is left of a train, in the order in which it is lifted; empty where no crane can.

    Twin lifts count as two, and no crane waits for another.
    """
    cranes = [crane for crane in view.cranes.values() if crane.train == train.id and crane.able]
    if not cranes:
        return []
    lift_s = round(expected_s(view.level.terminal.lift) * slower(view.weather, view.level.terminal))
    plan, free_s = [], {}
    for crane in cranes:
        free_s[crane.id] = view.now_s
        if crane.box is not None:
            free_s[crane.id] = max(view.now_s + 1, crane.since_s + lift_s)
            plan += [
                Planned(box, crane.id, crane.since_s, free_s[crane.id]) for box in (crane.box, crane.twin) if box is not None
            ]  # fmt: skip
    zones = _zones(view, train, cranes)
    while any(zones.values()):
        crane_id = min(free_s, key=lambda name: (free_s[name], list(free_s).index(name)))
        own = zones[crane_id] or _longest(zones, cranes, crane_id)
        if own is None:
            del free_s[crane_id]
            if not free_s:
                break
            continue
        box = own.popleft() if own is zones[crane_id] else own.pop()
        plan.append(Planned(box, crane_id, free_s[crane_id], free_s[crane_id] + lift_s))
        free_s[crane_id] += lift_s
    return plan


def _longest(zones: dict[str, deque[str]], cranes: list[Crane], me: str) -> deque[str] | None:
    """The stretch out of which a crane helps that has none left; a crane with a part of its own helps nobody."""
    if next(crane for crane in cranes if crane.id == me).part is not None:
        return None
    longest = max(zones.values(), key=len)
    return longest if len(longest) > 1 or (longest and len(zones) == 1) else None


def _zones(view: View, train: Unit, cranes: list[Crane]) -> dict[str, deque[str]]:
    """What is left on a train as stretches of its cranes: the parts they were given, else from where each of them works on to
    the next, else even shares.
    """
    length_m = view.level.wagon_types[train.wagon].length_m
    left = sorted((wagon, number) for number, wagon in train.boxes.items())
    zones: dict[str, deque[str]] = {crane.id: deque() for crane in cranes}
    for crane in cranes:
        if crane.part is not None:
            first, last = crane.part
            zones[crane.id] = deque(number for wagon, number in left if first - 1 <= wagon <= last - 1)
            left = [each for each in left if not first - 1 <= each[0] <= last - 1]
    free = [crane for crane in cranes if crane.part is None]
    if not free:
        return zones
    if all(crane.box is not None for crane in free):
        for wagon, number in left:
            passed = [crane for crane in free if crane.at_m <= round(wagon * length_m)]
            zones[(passed or free[:1])[-1].id].append(number)
        return zones
    for place, crane in enumerate(free):
        share = left[len(left) * place // len(free) : len(left) * (place + 1) // len(free)]
        zones[crane.id] = deque(number for _wagon, number in share)
    return zones
