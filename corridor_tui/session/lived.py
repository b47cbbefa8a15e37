"""A run lived again in its own way or in another: the same orders at the same pace, with one decision taken otherwise.

All else stays equal in the sense that matters at a desk: every other order is given as long after it became possible as
the trainee gave it. So a train let in sooner is worked on sooner, by the same hands at the same pace. Where the reference
would have done something else, it works that one train or consignment from then on; the rest stays the trainee's.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Literal, TypeAlias

from corridor_tui.corridor import checks
from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.corridor.checks_terminal import is_rake
from corridor_tui.corridor.orders import ASIDE, Order, parse
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.base import Dispatcher
from corridor_tui.dispatcher.players import player
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scoring.measures import Raw
from corridor_tui.session.run import Run, check_engine, check_kept, level_of
from corridor_tui.session.shift import Shift, baseline, injected_in

Way: TypeAlias = Literal["late", "other", "never"]
"""How a decision differs from the reference's: taken later, something else, or not taken."""
LOOK_S = 20
"""How often the reference is asked what it would do: as fast as it reacts."""
GIVE_UP_S = 1_800
"""An order that has not become possible so long after its second is left out, and those after it have their turn."""
_MOST_PROPOSALS = 200
"""How many orders the reference is let propose at one moment, at the most."""
_MOST_ASKED = 300
"""How often in a shift the reference is asked what it would do now, at the most."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that the reference would have taken otherwise.

    `t` is when the trainee took it, or, of one never taken, when the reference would have; `text` the trainee's order, or
    that of the reference where there was none; `instead` what the reference would have ordered on the same subject, and
    `instead_s` when.
    """

    way: Way
    t: int
    subject: str
    text: str
    instead: tuple[str, ...]
    instead_s: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An order as the trainee gave it: its place among all, its second, and for how long it had been possible by then."""

    place: int
    t: int
    order: Order
    lag_s: int = 0


@dataclass(slots=True)
class _Course:
    """One way of living the run: the trainee's orders by subject, with what is changed in it.

    `taken_over`: subjects that the reference works, each from a second on. `possible` and `waited` are, by subject, since
    when its next order has been possible, and how long it was so in all before.
    """

    pending: dict[str, deque[Taken]]
    taken_over: Mapping[str, int] = field(default_factory=dict)
    reference: Dispatcher = field(default_factory=lambda: player("reference"))
    seen: int = -1
    possible: dict[str, int] = field(default_factory=dict)
    waited: dict[str, int] = field(default_factory=dict)

    def done(self, subject: str, now_s: int) -> int:
        """The next order of a subject is given: how long it has been possible in all."""
        self.pending[subject].popleft()
        return self.waited.pop(subject, 0) + now_s - self.possible.pop(subject, now_s)

    def look(self, shift: Shift) -> list[Taken]:
        """Note since when the next order of each subject has been possible; those that are possible now."""
        now_s, fit = shift.now_s, list[Taken]()
        for subject, queue in self.pending.items():
            if (
                queue
                and checks.refusal(shift.view, queue[0].order, checks.desk_of(shift.level, queue[0].order)) is None
            ):
                self.possible.setdefault(subject, now_s)
                fit.append(queue[0])
            elif subject in self.possible:
                self.waited[subject] = self.waited.get(subject, 0) + now_s - self.possible.pop(subject)
        return fit


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen while a run was lived as it was, by one process of several that ask the reference in turn.

    `lags_s`: for how long each order had been possible when it was given. `first`: the second at which the reference was
    first heard to want an order. `then`: by the place of an order, what the reference wanted instead of it.
    """

    raw: Raw
    lags_s: tuple[int, ...]
    first: Mapping[str, int]
    then: Mapping[int, tuple[str, ...]]


class Ground:
    """A run ready to be lived again, as it was or in another way. Raises `RunError` where it cannot be."""

    def __init__(self, run: Run) -> None:
        check_engine(run)
        self.level: Level = level_of(run)
        check_kept(self.level)
        self._scenario: Scenario = resolve(self.level, run.seed)
        self._injected = injected_in(run.given)
        self._beside = injected_in(run.given, *ASIDE)
        self.accepted = self._taken(run)
        """The orders that the corridor took."""

    def _taken(self, run: Run) -> list[Taken]:
        shift, taken = self._shift(), list[Taken]()
        for place, one in enumerate(run.given):
            if one.heard:
                shift.advance(one.t)
                order = parse(one.text)
                if order.verb not in ("inject", *ASIDE) and shift.order(one.text).accepted:
                    taken.append(Taken(place, one.t, order))
        return taken

    def _shift(self) -> Shift:
        return Shift(self.level, self._scenario.seed, scenario=self._scenario, injected=self._beside)

    def baseline(self, dispatcher: str) -> Raw:
        """What a dispatcher comes to at the trainee's desks."""
        return baseline(self._scenario, dispatcher, injected=self._injected)

    def watch(self, part: int = 0, of: int = 1) -> Watched:
        """Live the run as it was, and ask the reference now and again what it would do: every `of`-th time, from `part` on."""
        shift, course = self._shift(), _Course(_by_subject(self.accepted))
        left, given = deque(self.accepted), set[str]()
        lags_s, first, then = list[int](), dict[str, int](), dict[int, tuple[str, ...]]()
        ask_every_s = -(-self.level.shift_s // _MOST_ASKED // LOOK_S) * LOOK_S
        times = 0
        while not shift.over:
            now_s = shift.now_s
            said, mine = list[Order](), False
            if (left and left[0].t <= now_s) or (now_s % ask_every_s == 0 and len(shift.events) != course.seen):
                course.seen, mine = len(shift.events), times % of == part
                times += 1
                said = _fresh(shift) if mine else []
            for texts in _by_name(said).values():
                first.setdefault(texts[0], now_s)  # those after it suppose that it was given
            course.look(shift)
            while left and left[0].t <= now_s:
                one = left.popleft()
                subject = one.order.args[0]
                if mine and one.order.text not in first:
                    wanted = [text for text in _by_name(said).get(subject, ()) if text not in given]
                    if one.order.text not in wanted[:1]:
                        then[one.place] = tuple(_by_name(_fresh(shift)).get(subject, ()))[:1]
                given.add(one.order.text)
                lags_s.append(course.done(subject, now_s))
                shift.order(one.order.text)
                course.look(shift)
            shift.advance(_wake(shift, left[0].t if left else self.level.shift_s))
        return Watched(shift.close(), tuple(lags_s), first, then)

    def live(self, lags_s: Sequence[int], decision: Decision | None = None) -> Raw:
        """Live the run to its end with one decision taken as the reference would have, or with none: as it was."""
        accepted = [replace(one, lag_s=lag_s) for one, lag_s in zip(self.accepted, lags_s, strict=True)]
        shift, course = self._shift(), _changed(accepted, decision)
        while not shift.over:
            if any(
                from_s <= shift.now_s and not is_done_with(shift.view, name)
                for name, from_s in course.taken_over.items()
            ):
                for order in _proposed(shift, course):
                    if course.taken_over.get(order.args[0], shift.now_s + 1) <= shift.now_s:
                        shift.order(order.text)
            shift.advance(_wake(shift, _give(shift, course)))
        return shift.close()


def is_done_with(view: View, subject: str) -> bool:
    """Whether nothing can be ordered any more of a call or a train, so that nobody need be asked about it."""
    if subject in view.calls:
        return not view.calls[subject].open
    unit = view.units.get(subject)
    if unit is None or unit.gone_s is None or is_rake(unit):
        return False
    return not is_load(unit) or load_left_s(view, unit) is not None


@lru_cache(maxsize=1)
def ground(run: Run) -> Ground:
    """The run that this process was asked about last, ready to be lived again. Raises `RunError` as `Ground`."""
    return Ground(run)


def _changed(accepted: list[Taken], decision: Decision | None) -> _Course:
    """The course of a run with one decision taken otherwise."""
    if decision is None:
        return _Course(_by_subject(accepted))
    if decision.way == "late":
        sooner = decision.t - decision.instead_s
        given = [replace(one, lag_s=max(0, one.lag_s - sooner)) if _is(one, decision) else one for one in accepted]
        return _Course(_by_subject(given))
    left = [one for one in accepted if not (one.order.args[0] == decision.subject and one.t >= decision.instead_s)]
    return _Course(_by_subject(left), {decision.subject: decision.instead_s})


def _proposed(shift: Shift, course: _Course) -> list[Order]:
    """What the reference that follows this course would order now, if it is to be asked: on the grid, when something is new."""
    alarm_s = course.reference.alarm_s
    if shift.now_s % LOOK_S or (len(shift.events) == course.seen and (alarm_s is None or alarm_s > shift.now_s)):
        return []
    course.seen = len(shift.events)
    return list(islice(course.reference.act(shift.view, shift.desks), _MOST_PROPOSALS))


def _fresh(shift: Shift) -> list[Order]:
    """What the reference would order now if it had just come to the desk; without what supposes more than is there."""
    proposed = islice(player("reference").act(shift.view, shift.desks), _MOST_PROPOSALS)
    return [
        order for order in proposed if checks.refusal(shift.view, order, checks.desk_of(shift.level, order)) is None
    ]


def _by_name(orders: Iterable[Order]) -> dict[str, list[str]]:
    """Orders by what they are about, in their order."""
    texts: dict[str, list[str]] = {}
    for order in orders:
        texts.setdefault(order.args[0], []).append(order.text)
    return texts


def _wake(shift: Shift, due_s: float) -> int:
    """The next second to look at: of every course alike, so that all see what becomes possible at the same second."""
    grid_s = (shift.now_s // LOOK_S + 1) * LOOK_S
    return max(shift.now_s + 1, int(min(due_s, grid_s, shift.next_s + 1)))


def _give(shift: Shift, course: _Course) -> float:
    """Give what is due, in the trainee's order; the second at which the next is."""
    now_s = shift.now_s
    while True:
        fit = course.look(shift)
        due = {one.place: _due_s(course, one) for one in fit}
        ready = [one for one in fit if due[one.place] <= now_s]
        if not ready:
            break
        one = min(ready, key=lambda each: each.place)
        course.done(one.order.args[0], now_s)
        shift.order(one.order.text)
    for subject, queue in course.pending.items():
        if queue and subject not in course.possible and now_s > queue[0].t + GIVE_UP_S:
            queue.popleft()
    return min(due.values(), default=float("inf"))


def _due_s(course: _Course, one: Taken) -> int:
    subject = one.order.args[0]
    return course.possible[subject] + one.lag_s - course.waited.get(subject, 0)


def _by_subject(given: list[Taken]) -> dict[str, deque[Taken]]:
    pending: dict[str, deque[Taken]] = {}
    for one in given:
        pending.setdefault(one.order.args[0], deque()).append(one)
    return pending


def _is(one: Taken, decision: Decision) -> bool:
    return one.t == decision.t and one.order.text == decision.text
