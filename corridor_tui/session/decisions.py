"""What each decision was worth: the shift lived again with that one taken as the reference would have taken it.

All else stays equal in the sense that matters at a desk: every other order is given as long after it became possible as
the trainee gave it. So a train let in sooner is worked on sooner, by the same hands at the same pace. Where the reference
would have done something else, it works that one train or consignment from then on; the rest stays the trainee's.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Literal, TypeAlias

from corridor_tui.corridor import checks
from corridor_tui.corridor.orders import Order, parse
from corridor_tui.dispatcher.base import Dispatcher
from corridor_tui.dispatcher.players import player
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scoring.judge import judge
from corridor_tui.scoring.measures import Raw
from corridor_tui.scoring.score import Score
from corridor_tui.session.run import Run, check_engine, check_kept, level_of
from corridor_tui.session.shift import Shift, baseline, injected_in
from corridor_tui.session.wording import clock

Way: TypeAlias = Literal["late", "other", "never"]
"""How a decision differs from the reference's: taken later, something else, or not taken."""
LATE_S = 60
"""A decision this much later than the reference's is one: what it takes to read a screen; assumed."""
LOOK_S = 20
"""How often the reference is asked what it would do: as fast as it reacts."""
GIVE_UP_S = 1_800
"""An order that has not become possible so long after its second is left out, and those after it have their turn."""
MOST = 40
"""How many decisions are lived again at the most, those first that differ most."""
_MOST_PROPOSALS = 200
_MOST_ASKED = 300
"""How often in a shift the reference is asked what it would do now, at the most."""


SHOWN = 0.05
"""Points and loss units below this are nothing."""


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
class Worth:
    """What a decision was worth: the score with the reference's decision less the score as it was, all and by part."""

    decision: Decision
    total: float
    time: float
    detection: float
    resources: float
    safety: float


@dataclass(slots=True)
class _Given:
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

    pending: dict[str, deque[_Given]]
    taken_over: Mapping[str, int] = field(default_factory=dict)
    reference: Dispatcher = field(default_factory=lambda: player("reference"))
    seen: int = -1
    possible: dict[str, int] = field(default_factory=dict)
    waited: dict[str, int] = field(default_factory=dict)

    def done(self, subject: str, now_s: int) -> int:
        """The next order of a subject is given: how long it has been possible in all."""
        self.pending[subject].popleft()
        return self.waited.pop(subject, 0) + now_s - self.possible.pop(subject, now_s)

    def look(self, shift: Shift) -> list[_Given]:
        """Note since when the next order of each subject has been possible; those that are possible now."""
        now_s, fit = shift.now_s, list[_Given]()
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


class Analysis:
    """The decisions of a finished run and what each was worth. Raises `RunError` where the run cannot be lived again."""

    def __init__(self, run: Run) -> None:
        check_engine(run)
        self.level: Level = level_of(run)
        check_kept(self.level)
        self._scenario: Scenario = resolve(self.level, run.seed)
        self._first: dict[str, int] = {}
        self._then: dict[int, tuple[str, ...]] = {}
        self._injected = injected_in(run.given)
        self._accepted = self._taken(run)
        actual = self._measure()
        self._nothing = baseline(self._scenario, "do-nothing", injected=self._injected)
        self._reference = baseline(self._scenario, "reference", injected=self._injected)
        self.score = self._judged(actual)
        self.decisions: tuple[Decision, ...] = tuple(self._decisions())

    def _judged(self, raw: Raw) -> Score:
        return judge(raw, self._nothing, self._reference, self.level)

    def worth(self, decision: Decision) -> Worth:
        """Live the run again with one decision taken as the reference would have."""
        score = self._judged(self._live(self._changed(decision)))
        lost = self.score.losses
        return Worth(
            decision,
            round(score.total - self.score.total, 2),
            round(lost.time - score.losses.time, 2),
            round(lost.detection - score.losses.detection, 2),
            round(lost.resources - score.losses.resources, 2),
            round(self.score.safety - score.safety, 2),
        )

    def unchanged(self) -> Score:
        """The score of the trainee's own orders, each as long after it became possible as it was given: the run's own."""
        return self._judged(self._live(_Course(_by_subject(self._accepted))))

    def _changed(self, decision: Decision) -> _Course:
        if decision.way == "late":
            sooner = decision.t - decision.instead_s
            given = [
                replace(one, lag_s=max(0, one.lag_s - sooner)) if _is(one, decision) else one for one in self._accepted
            ]
            return _Course(_by_subject(given))
        left = [
            one for one in self._accepted if not (one.order.args[0] == decision.subject and one.t >= decision.instead_s)
        ]
        return _Course(_by_subject(left), {decision.subject: decision.instead_s})

    # living it

    def _taken(self, run: Run) -> list[_Given]:
        """The orders that the corridor took."""
        shift, taken = self._shift(), list[_Given]()
        for place, one in enumerate(run.given):
            if one.heard:
                shift.advance(one.t)
                order = parse(one.text)
                if order.verb != "inject" and shift.order(one.text).accepted:
                    taken.append(_Given(place, one.t, order))
        return taken

    def _shift(self) -> Shift:
        return Shift(self.level, self._scenario.seed, scenario=self._scenario, injected=self._injected)

    def _measure(self) -> Raw:
        """Live the run as it was: find out since when each order was possible, and what the reference would have done."""
        shift, course = self._shift(), _Course(_by_subject(self._accepted))
        left, given = deque(self._accepted), set[str]()
        ask_every_s = -(-self.level.shift_s // _MOST_ASKED // LOOK_S) * LOOK_S
        while not shift.over:
            now_s = shift.now_s
            said = list[Order]()
            if (left and left[0].t <= now_s) or (now_s % ask_every_s == 0 and len(shift.events) != course.seen):
                said, course.seen = _fresh(shift), len(shift.events)
            for texts in _by_name(said).values():
                self._first.setdefault(texts[0], now_s)  # those after it suppose that it was given
            course.look(shift)
            while left and left[0].t <= now_s:
                one = left.popleft()
                subject = one.order.args[0]
                if one.order.text not in self._first:
                    wanted = [text for text in _by_name(said).get(subject, ()) if text not in given]
                    if one.order.text not in wanted[:1]:
                        self._then[one.place] = tuple(_by_name(_fresh(shift)).get(subject, ()))[:1]
                given.add(one.order.text)
                one.lag_s = course.done(subject, now_s)
                shift.order(one.order.text)
                course.look(shift)
            shift.advance(_wake(shift, left[0].t if left else self.level.shift_s))
        return shift.close()

    def _live(self, course: _Course) -> Raw:
        """Live the run in another way to its end."""
        shift = self._shift()
        while not shift.over:
            if any(from_s <= shift.now_s for from_s in course.taken_over.values()):
                for order in _proposed(shift, course):
                    if course.taken_over.get(order.args[0], shift.now_s + 1) <= shift.now_s:
                        shift.order(order.text)
            shift.advance(_wake(shift, _give(shift, course)))
        return shift.close()

    # what was decided otherwise

    def _decisions(self) -> Iterator[Decision]:
        found = [*self._late(), *self._other(), *self._never()]
        found.sort(
            key=lambda one: (one.way == "late", one.instead_s - one.t if one.way == "late" else 0, one.t, one.text)
        )
        yield from found[:MOST]

    def _late(self) -> Iterator[Decision]:
        for one in self._accepted:
            first_s = self._first.get(one.order.text)
            if first_s is None:
                continue
            from_s = max(first_s, one.t - one.lag_s)
            if one.t - from_s >= LATE_S:
                yield Decision("late", one.t, one.order.args[0], one.order.text, (one.order.text,), from_s)

    def _other(self) -> Iterator[Decision]:
        seen: set[str] = set()
        for one in self._accepted:
            subject = one.order.args[0]
            if subject not in seen and one.place in self._then and one.order.text not in self._then[one.place]:
                seen.add(subject)
                yield Decision("other", one.t, subject, one.order.text, self._then[one.place], one.t)

    def _never(self) -> Iterator[Decision]:
        given = {(one.order.verb, one.order.args[0]) for one in self._accepted}
        seen = {one.order.args[0] for one in self._accepted if one.place in self._then}
        for text, first_s in self._first.items():
            order = parse(text)
            subject = order.args[0]
            if (order.verb, subject) not in given and subject not in seen and first_s + GIVE_UP_S <= self.level.shift_s:
                seen.add(subject)
                yield Decision("never", first_s, subject, text, (text,), first_s)


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


@lru_cache(maxsize=1)
def _analysis(run: Run) -> Analysis:
    """The run that this process was asked about last, taken apart."""
    return Analysis(run)


def count_decisions(run: Run) -> int:
    """How many decisions of a run can be valued; for processes that share the work. Raises `RunError` as `Analysis`."""
    return len(_analysis(run).decisions)


def worth_at(run: Run, number: int) -> Worth:
    """What a decision of a run was worth, by its number from 0; for processes that share the work."""
    analysis = _analysis(run)
    return analysis.worth(analysis.decisions[number])


def _due_s(course: _Course, one: _Given) -> int:
    subject = one.order.args[0]
    return course.possible[subject] + one.lag_s - course.waited.get(subject, 0)


def _by_subject(given: list[_Given]) -> dict[str, deque[_Given]]:
    pending: dict[str, deque[_Given]] = {}
    for one in given:
        pending.setdefault(one.order.args[0], deque()).append(one)
    return pending


def _is(one: _Given, decision: Decision) -> bool:
    return one.t == decision.t and one.order.text == decision.text


def dearest(worths: Iterable[Worth]) -> list[Worth]:
    """Those that made a difference, the one that cost most first."""
    return sorted((one for one in worths if abs(one.total) >= SHOWN), key=lambda one: (-one.total, one.decision.t))


def otherwise(level: Level, decision: Decision) -> str:
    """In plain words what the reference would have done instead."""
    if decision.way == "late":
        at = clock(level.start_s, decision.instead_s)
        return f"at {at}, {(decision.t - decision.instead_s) // 60} min sooner"
    if decision.way == "never":
        return "was never ordered"
    return plain(", ".join(decision.instead)) or "not this, then"
