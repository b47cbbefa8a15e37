"""The hint of a level that is told now: the last that has come, unless its trainee knows it, or it is idle by now."""

from collections.abc import Iterator

from corridor_tui.corridor.conditions import queue_of
from corridor_tui.level.disruptions import Condition
from corridor_tui.level.teaching import Hint
from corridor_tui.session.happened import Happened
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill


class Hints:
    """What of a level's hints is still of use to who sits there. A hint that is done or moot does not come again.

    The corridor says when a hint comes and when `until` ends it. Here it goes as soon as what it says is done or cannot be done:
    what ends it came before it, something makes it moot, its train has gone, or the queue that it is about is shorter again.
    """

    def __init__(self, shift: Shift, skill: Skill = Skill()) -> None:  # noqa: B008 - it is frozen
        self._shift = shift
        self._hints = [hint for hint in shift.level.hints if not hint.waits and skill.needs(hint)]
        self._happened = Happened(shift, _awaited(self._hints))
        self._idle: set[str] = set()

    def now(self) -> Hint | None:
        """The hint to be told now, if there is one."""
        shown = [hint for hint in self._hints if self.tells(hint)]
        return shown[-1] if shown else None

    def tells(self, hint: Hint) -> bool:
        """Whether a hint has come, and is of use to this trainee."""
        if hint.id not in self._shift.view.hints or hint not in self._hints or hint.id in self._idle:
            return False
        if self._is_idle(hint):
            self._idle.add(hint.id)
            return False
        return True

    def _is_idle(self, hint: Hint) -> bool:
        shift, view, came = self._shift, self._shift.view, self._happened.look()
        when, until = hint.when, hint.until
        if until is not None:
            unit = view.units.get(until.train or "")
            if (hint.id, "") in came or (unit is not None and unit.gone_s is not None):
                return True
        if when is not None and when.queue is not None and queue_of(view) < when.queue:
            return True
        return any(
            shift.now_s >= shift.level.at_s(moot.at)
            if moot.at is not None
            else all((hint.id, key) in came for key in moot.orders or (_stage(moot.train, moot.done),))
            for moot in hint.moot
        )


def _awaited(hints: list[Hint]) -> Iterator[tuple[tuple[str, str], Condition]]:
    """What would make each hint idle, by the hint and what it is."""
    for hint in hints:
        if hint.until is not None and hint.until.told is not None:
            yield (hint.id, ""), hint.until
        for moot in hint.moot:
            for order in moot.orders:
                yield (hint.id, order), Condition(ordered=order)
            if moot.done is not None:
                yield (hint.id, _stage(moot.train, moot.done)), Condition(train=moot.train, done=moot.done)


def _stage(train: str | None, done: str | None) -> str:
    return f"{done} of {train}"
