"""An automatic hand at the cranes: which load goes onto which rake, which crane works where, and what has to come off again."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from corridor_tui.corridor.chain import deadline_s
from corridor_tui.corridor.checks_terminal import left_teu, room_teu
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.base import first_heard, if_heard, wish
from corridor_tui.dispatcher.cranes import expected_ms, grounding, keep_cranes
from corridor_tui.dispatcher.habits import Habits
from corridor_tui.dispatcher.turns import (
    PREPARING_S,
    Turns,
    by_urgency,
    detained,
    has_place,
    late_rake,
    part_loaded,
    stuck,
    urgency_of,
)


class Hoisting:
    """Works the cranes. `alarm` is told when to look again."""

    def __init__(self, habits: Habits, lists: Turns, alarm: Callable[[int], None]) -> None:
        self._habits = habits
        self._lists = lists
        self._set_alarm = alarm

    def act(self, view: View, *, by_rule: bool) -> Iterable[Order]:
        """The orders about the cranes; `by_rule`: standing orders say what they lift."""
        speed_ms = expected_ms(view, self._set_alarm, ahead=self._habits.ahead)
        kept = keep_cranes(view, speed_ms, self._set_alarm)
        if by_rule:
            return kept
        lists = self._lists
        if kept or lists.odd or (lists.unpaired and (lists.ready or lists.laden)):
            return chain(kept, self._lift(view, speed_ms))
        return self._cranes(view, speed_ms) if lists.lifting else ()

    def _lift(self, view: View, speed_ms: float) -> Iterator[Order]:
        """What the cranes lift in such a wind."""
        lists = self._lists
        part = self._part_loaded(view) if lists.unpaired and lists.laden else []
        for unit in by_urgency(view, lists.unpaired) if lists.ready or part else ():
            rakes = [view.units[name] for name in lists.ready]
            if len(rakes) > 1:
                teu = left_teu(view, unit)
                rakes.sort(key=lambda rake: (room_teu(view, rake) < teu, room_teu(view, rake), rake.id))
            rakes[:0] = part
            yield from first_heard(view, (wish("transfer", unit.id, rake.id) for rake in rakes))
            for each in (unit, *rakes):
                lists.sort_in(view, each)
        for unit in by_urgency(view, lists.odd) if lists.odd else ():
            yield from self._ease(view, unit)
        if lists.lifting:
            yield from self._cranes(view, speed_ms)

    def _part_loaded(self, view: View) -> list[Unit]:
        """The rakes at the cranes that were kept for another train."""
        rakes = [view.units[name] for name in self._lists.laden] if self._habits.ahead else []
        return [rake for rake in rakes if part_loaded(view, rake)]

    def _cranes(self, view: View, speed_ms: float) -> Iterable[Order]:
        """Put every free crane on the most urgent transfer that has lifts left; none in a wind that stops them."""
        if speed_ms > view.level.terminal.stop_ms:
            return ()
        lists, wanting = self._lists, list(self._lists.lifting)
        if self._habits.ahead and lists.unpaired and (lists.spare or lists.park):
            short = [view.units[name] for name in wanting if name in lists.unpaired]
            full = [unit.id for unit in short if not has_place(view, unit)]
            wanting = [name for name in wanting if name not in full] if full else wanting
            if not wanting:
                return [wish("crane", crane.id, "off") for crane in view.cranes.values() if crane.train in full]
        free = _free(view, wanting) if wanting else ()
        return self._put(view, wanting, free) if free else ()

    def _put(self, view: View, wanting: Sequence[str], free: Collection[str]) -> Iterator[Order]:
        """Put every crane that is free for some transfers on the most urgent of them."""
        target = min(map(view.units.__getitem__, wanting), key=partial(urgency_of, view.now_s))
        for crane in view.cranes.values():
            if crane.train != target.id and crane.id in free:
                name = target.id if not target.did("lift") else late_rake(view, target) or target.id
                yield from if_heard(view, "crane", crane.id, name)
                free = _free(view, wanting)

    def _ease(self, view: View, unit: Unit) -> Iterator[Order]:
        """Ground what may not travel: boxes of detained or long-held consignments, and one box of each overloaded wagon."""
        must_s = deadline_s(unit, view.now_s)
        late = must_s is not None and view.now_s > must_s - PREPARING_S
        held = [name for name in unit.bears if detained(view, name) or (late and stuck(view, name))]
        for number in [number for number in unit.boxes if view.boxes[number].consignment in held] if held else ():
            yield from first_heard(view, [grounding(view, number, ahead=self._habits.ahead)])
        for wagon in unit.overloaded:
            loads = [number for number, place in unit.boxes.items() if place == wagon]
            if loads:  # none where what was on it has been grounded for another reason
                heaviest = max(loads, key=lambda number: (view.boxes[number].declared_kg, number))
                yield from first_heard(view, [grounding(view, heaviest, ahead=self._habits.ahead)])


def _free(view: View, wanting: Sequence[str]) -> list[str]:
    """The cranes that can be put on a transfer: they are on none of those that want cranes, or no more is to be lifted there."""
    busy = {name for name in wanting if view.units[name].left}
    return [crane.id for crane in view.cranes.values() if crane.train not in busy and crane.able]
