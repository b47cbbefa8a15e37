"""What a good line dispatcher orders: where a train waits so that others need not."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.projection import Course, courses, project
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View

WORTH_S = 2_000
"""How much all trains together have to gain by a meet for it to be ordered; assumed."""
_EARLY = 0.1
"""What a second is worth that a train is earlier than it is due, to one that it is late; assumed."""
_FAR = 6
"""How many places ahead of a rival are looked at: what is farther off may still come otherwise."""
_CAUGHT_S = 86_400


def meets(view: View, unit: Unit) -> Iterator[Order]:
    """The meet to order for a train under way: at its next loop, where all trains together gain by its wait."""
    trains = courses(view)
    mine = next((train for train in trains if train.unit == unit.id), None)
    if mine is None or mine.at + 2 >= len(mine.route):
        return
    here, there = mine.route[mine.at + 1 : mine.at + 3]
    if view.network.stations[here].role != "loop" or here in unit.meets:
        return
    rivals = [train.unit for train in trains if (there, here) in pairwise(train.route[train.at : train.at + _FAR])]
    if not rivals:
        return
    known = {(each.id, place): other for each in view.units.values() for place, other in each.meets.items()}
    best, least = None, cost(view, trains, known) - WORTH_S
    for rival in rivals:
        loss = cost(view, trains, {**known, (unit.id, here): rival})
        if loss < least:
            best, least = rival, loss
    if best is not None:
        order = Order("meet", (unit.id, here, best))
        if refusal(view, order) is None:
            yield order


def drops(view: View) -> Iterator[Order]:
    """The meets that are better given up, as things have come since."""
    known = {(each.id, place): other for each in view.units.values() for place, other in each.meets.items()}
    waiting = [(unit, place) for unit, place in known if _waits(view, view.units[unit], place)]
    if not waiting:
        return
    trains = courses(view)
    for unit, place in waiting:
        without = {key: other for key, other in known.items() if key != (unit, place)}
        if cost(view, trains, without) < cost(view, trains, known):
            yield Order("drop-meet", (unit, place))
            return


def _waits(view: View, unit: Unit, place: str) -> bool:
    track = view.level.tracks.get(unit.place or "")
    return track is not None and track[0].id == place and unit.gone_s is None and unit.waiting_at is not None


def cost(view: View, trains: list[Course], known: Mapping[tuple[str, str], str]) -> float:
    """What the projected times of all trains come to: late seconds, and a little for every second."""
    total = 0.0
    for name, end_s in project(view, trains, known).items():
        unit = view.units[name]
        due_s = unit.due_s if unit.due_there_s is None else unit.due_there_s
        at_s = view.now_s + _CAUGHT_S if end_s is None else end_s
        late_s = 0 if due_s is None else max(0, at_s - due_s)
        total += _EARLY * at_s + (1 - _EARLY) * late_s * unit.late_times
    return total


def urgency(unit: Unit) -> tuple[int, str]:
    """The sooner it is due at the end of the line the more urgent it is."""
    due_s = unit.due_s if unit.due_there_s is None else unit.due_there_s
    return (10**9 if due_s is None else due_s, unit.id)
