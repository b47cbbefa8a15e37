"""What happens if I do this now: the corridor run ahead from what the desks have seen, without an order and with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corridor_tui.corridor.chain import goes_over, is_load, load_left_s
from corridor_tui.corridor.checks import desk_of
from corridor_tui.corridor.events import Event, Listener
from corridor_tui.corridor.orders import WHAT_IF, Order, OrderError, parse
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import Cause
from corridor_tui.dispatcher.players import in_brief
from corridor_tui.language import _
from corridor_tui.level.base import DESKS, Desk
from corridor_tui.scoring.dwell import Dwells, Span
from corridor_tui.session.foreseen import Foreseen
from corridor_tui.session.seen import Seen
from corridor_tui.session.shift import TRAINEE, Seat, Shift

NOTHING = "nothing"
"""The question how it stands, as the log writes it."""
LOOK_S = 60
"""How often it is looked at what trains wait for, and the shortest wait that is named; assumed."""


class UnforeseenError(RuntimeError):
    """The corridor cannot be run ahead; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a train is in, when its load is ready (lifted over and cleared) and when it leaves, in seconds of the shift.

    None: not as far as the corridor was run ahead.
    """

    in_s: int | None
    ready_s: int | None
    leaves_s: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a train waits for, and for how many seconds; of two ways for how many more, or less, than in the other."""

    cause: Cause
    desk: Desk | None
    length_s: int


@dataclass(frozen=True, slots=True)
class Prospect:
    """A train: as it stands and with the order, and the wait that changes most (None: none does)."""

    train: str
    due_s: int | None
    stands: Times
    given: Times
    wait: Waiting | None = None

    @property
    def later_s(self) -> int | None:
        """How many seconds later its load leaves with the order; None where it leaves in one of the two only, or in none."""
        if self.stands.leaves_s is None or self.given.leaves_s is None:
            return None
        return self.given.leaves_s - self.stands.leaves_s

    @property
    def changed(self) -> bool:
        """Whether the order changes any of its times."""
        return self.stands != self.given


@dataclass(frozen=True, slots=True)
class Answer:
    """What an order does to every train, asked at `now_s`; without an order how it stands.

    `refusal`: why it would be refused, in plain text; then nothing of it is run ahead.
    """

    order: str
    now_s: int
    trains: tuple[Prospect, ...]
    refusal: str | None = None

    @property
    def changed(self) -> tuple[Prospect, ...]:
        """The trains whose times the order changes, those first that it changes most."""
        found = [train for train in self.trains if train.changed]
        return tuple(sorted(found, key=lambda one: -abs(one.later_s or 0)))

    @property
    def later_s(self) -> int:
        """By how many seconds in all trains leave later."""
        return sum(train.later_s or 0 for train in self.trains)


@dataclass(frozen=True, slots=True)
class Ahead:
    """One way the corridor was run ahead: the times of every load, and for how long it waited for what."""

    times: Mapping[str, Times]
    waits: Mapping[str, tuple[Waiting, ...]]


def ask_leave(shift: Shift, text: str) -> str | None:
    """Ask for an answer: where the level has set a price it is paid by an order in the log. Why there is none, or None.

    What would be refused anyway costs nothing.
    """
    aids = shift.level.aids
    if not aids.what_if:
        return _("this level does not tell beforehand what an order would do")
    if not aids.priced or understood(shift, text)[1] is not None:
        return None
    paid = shift.order(f"{WHAT_IF} {text or NOTHING}")
    return None if paid.accepted else paid.reason


def understood(shift: Shift, text: str) -> tuple[Order | None, str | None]:
    """The order that a text is if it would be accepted, or why it would not be; neither where there is no text."""
    if not text:
        return None, None
    try:
        order = parse(text)
    except OrderError as error:
        return None, str(error)
    if order.verb == WHAT_IF:
        return None, _("that is itself a question")
    refusal = shift.refusal(order)
    return (order, None) if refusal is None else (None, refusal)


class Follower:
    """A shift that is run ahead whenever it is asked about; what the shift has seen is folded as it goes on."""

    def __init__(self, shift: Shift) -> None:
        self.shift = shift
        self._seen = Seen(View(shift.level, shift.scenario))
        self._heard = 0
        self._stands: tuple[tuple[int, int], Ahead] | None = None

    def ask(self, text: str) -> Answer:
        """What an order does if it is given now; an empty text: how it stands. Raises `UnforeseenError`."""
        shift = self.shift
        if shift.level.shift.settle_h is not None:
            raise UnforeseenError(_("a run over months keeps no events: nobody can run it ahead"))
        if shift.over:
            raise UnforeseenError(_("the shift is over: there is nothing left to order"))
        order, refusal = understood(shift, text)
        stands, given = self.both(order)
        return Answer(text, shift.now_s, tuple(self._prospects(stands, given)), refusal)

    def both(self, order: Order | None) -> tuple[Ahead, Ahead]:
        """How it goes on without the order and with it."""
        stands = self.known or self.run(None)
        self.keep(stands)
        return stands, stands if order is None else self.run(order)

    @property
    def known(self) -> Ahead | None:
        """How it goes on without an order, where that was asked in this very second."""
        at = (self.shift.now_s, self.shift.count)
        return self._stands[1] if self._stands is not None and self._stands[0] == at else None

    def keep(self, stands: Ahead) -> None:
        """Keep how it goes on without an order, for whoever asks again in this second."""
        self._stands = ((self.shift.now_s, self.shift.count), stands)

    def foreseen(self, listener: Listener | None = None) -> Shift:
        """The shift lived again, as far as it has come, on what the desks have to expect; nobody is at them from here on.

        Raises `UnforeseenError` where the same orders do not lead to the same view on that.
        """
        shift, seen = self.shift, self._seen
        for event in shift.since(self._heard):
            seen.hear(event)
        self._heard = shift.count
        scenario = Foreseen(shift.scenario, seen, shift.begun, shift.now_s)
        players = dict.fromkeys(DESKS, TRAINEE)
        again = Shift(shift.level, scenario.seed, players, scenario=scenario, listener=listener)
        scenario.clock = lambda: again.view.now_s
        for at_s, desk, text in shift.orders:
            again.advance(at_s)
            again.take(parse(text), desk)
        again.advance(shift.now_s)
        if again.now_s != shift.now_s or again.view.units != shift.view.units:
            raise UnforeseenError(_("what has been seen so far does not fit together: it cannot be run ahead"))
        return again

    def run(self, order: Order | None) -> Ahead:
        """Run ahead, the reference at every desk, until the level's overtime is over or nothing is left to do."""
        watch = _Watch()
        shift = self.foreseen(watch.hear)
        if order is not None:
            shift.take(order, desk_of(shift.level, order))
        watch.begin(shift)
        shift.put([Seat(in_brief(), frozenset(DESKS))])
        shift.advance(shift.level.shift_s)
        shift.run_out()
        view = shift.view
        waits = {name: _by_cause(spans) for name, spans in watch.dwells.close(shift.now_s).items()}
        return Ahead({unit.id: _times(view, unit) for unit in view.units.values() if is_load(unit)}, waits)

    def _prospects(self, stands: Ahead, given: Ahead) -> Iterator[Prospect]:
        """The loads that have not left, in the order of the list of trains."""
        view = self.shift.view
        for unit in view.units.values():
            if is_load(unit) and load_left_s(view, unit) is None:
                before, after = stands.times[unit.id], given.times[unit.id]
                wait = _wait(stands.waits.get(unit.id, ()), given.waits.get(unit.id, ())) if before != after else None
                yield Prospect(unit.id, unit.due_s, before, after, wait)


class _Watch:
    """Looks at what every load waits for while the corridor is run ahead."""

    def __init__(self) -> None:
        self.dwells = Dwells()
        self._shift: Shift | None = None
        self._next_s = 0

    def begin(self, shift: Shift) -> None:
        """Look from now on."""
        self._shift = shift
        self._look(shift.now_s)

    def hear(self, event: Event) -> None:
        """Look again with an event, not too often."""
        if event.t >= self._next_s:
            self._look(event.t)

    def _look(self, now_s: int) -> None:
        if self._shift is not None:
            self.dwells.look(self._shift.view, now_s)
            self._next_s = now_s + LOOK_S


def _times(view: View, unit: Unit) -> Times:
    decided = [view.dossiers[name].decided_s for name in view.cargo.get(unit.id, ())]
    cleared_s = None if not decided or None in decided else max(at or 0 for at in decided)
    lifted = unit.did("lift") or not goes_over(unit)
    ready_s = max(cleared_s, unit.last_lift_s or 0) if cleared_s is not None and lifted else None
    return Times(unit.arrived_s, ready_s, load_left_s(view, unit))


def _by_cause(spans: tuple[Span, ...]) -> tuple[Waiting, ...]:
    found: dict[tuple[Cause, Desk | None], int] = {}
    for span in spans:
        if span.cause != "work":
            found[(span.cause, span.desk)] = found.get((span.cause, span.desk), 0) + span.length_s
    return tuple(Waiting(*key, length_s) for key, length_s in found.items())


def _wait(stands: tuple[Waiting, ...], given: tuple[Waiting, ...]) -> Waiting | None:
    """The wait that an order changes most."""
    more = {(wait.cause, wait.desk): -wait.length_s for wait in stands}
    for wait in given:
        key = (wait.cause, wait.desk)
        more[key] = more.get(key, 0) + wait.length_s
    waits = [Waiting(*key, length_s) for key, length_s in more.items() if abs(length_s) >= LOOK_S]
    return max(waits, key=lambda wait: abs(wait.length_s), default=None)
