"""One shift at work: the corridor, the desks and who works them, from the first second to the outcome."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from corridor_tui import ENGINE
from corridor_tui.corridor import checks
from corridor_tui.corridor.corridor import Corridor
from corridor_tui.corridor.events import Event, Listener, Log
from corridor_tui.corridor.orders import Order, OrderError, parse
from corridor_tui.corridor.work import ROUTINE
from corridor_tui.dispatcher.base import Dispatcher
from corridor_tui.dispatcher.players import adviser, hand, player
from corridor_tui.language import _
from corridor_tui.level.base import DESKS, Desk, Giver
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.level.text import fault_in
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scoring.judge import judge
from corridor_tui.scoring.measures import Account, Raw, measure
from corridor_tui.session.calls import CALLING, calls
from corridor_tui.session.journal import GAVE, MOST_ORDER, NOTES, Given, Journal, JournalError
from corridor_tui.session.outcome import Answer, Outcome
from corridor_tui.session.wording import refusal_text, word

TRAINEE = "trainee"
BASELINES = ("do-nothing", "reference")
"""Whose losses on the same scenario the total is scaled between."""
KEPT = 1_000
"""How many events a run keeps whose trains are settled on the way: what a desk looks back on."""
Progress: TypeAlias = Callable[[int], None]
"""Told the second that a run has come to."""
Played: TypeAlias = Callable[[str], Raw | None]
"""What a baseline came to that was played elsewhere; None where it was not."""
_SLICE_S = 86_400
"""How far a shift goes before it tells how far it has come: a day."""


Injected: TypeAlias = tuple[tuple[int, Order], ...]
"""What the instructor lets happen: the second and the order of each."""


class Seat:
    """An automatic player at its desks, and the second at which it next acts."""

    def __init__(self, dispatcher: Dispatcher, desks: frozenset[Desk]) -> None:
        self.dispatcher = dispatcher
        self.desks = desks
        self.wake_s: int | None = 1


class Shift:
    """A shift being played. `view` is what the desks know; `now_s` is the first second not yet simulated.

    `players` names who works each desk where it is not as the level says; a dispatcher's name or "trainee". `injected` is
    what an instructor let happen in another shift on the same scenario: it happens here too.
    """

    def __init__(
        self,
        level: Level,
        seed: int,
        players: Mapping[Desk, str] | None = None,
        *,
        scenario: Scenario | None = None,
        listener: Listener | None = None,
        injected: Injected = (),
    ) -> None:
        self.level = level
        self.seed = seed
        self.scenario = scenario or resolve(level, seed)
        self.now_s = 0
        self.orders: list[tuple[int, Giver, str]] = []
        self.given: list[Given] = []
        """What the trainee has ordered, whatever became of it."""
        self.ended_s: int | None = None
        """When the trainee ended the shift, or its time was up."""
        self.instructor = False
        """Whether an instructor stands by, who may let happen what the level keeps ready."""
        self._to_inject = deque(injected)
        self.journal: Journal | None = None
        """Where orders are written down before they take effect; None where they are not."""
        self.players: dict[Desk, str] = {desk: (players or {}).get(desk, level.player(desk)) for desk in DESKS}
        long = level.shift.settle_h is not None
        self._log = Log(keep=KEPT if long else None)
        if listener is not None:
            self._log.listen(listener)
        self._corridor = Corridor(self.scenario, self._log, hand)
        self.view = self._corridor.view
        """What the desks know."""
        self._account = Account(level, self.view, self.desks) if long else None
        """Kept while the run goes on where its events are not."""
        if self._account is not None:
            self._account.follow(self._log)
        self._log.listen(self._hear, besides=ROUTINE)
        self._seats = _seats(self.players)
        self._adviser = adviser()
        self._over = False
        self._minding = self._called = False
        """Whether it stops at what needs the trainee, and whether something did since it went on."""
        for code in CALLING:
            self._log.watch(code, self._mind)
        self._advance_to(1)

    @property
    def begun(self) -> Mapping[str, int]:
        """The disruptions that have begun, and when; all that they do is told as events."""
        return self._corridor.begun

    @property
    def events(self) -> list[Event]:
        """Every event so far, or the last ones where trains are settled on the way."""
        return self._log.events

    @property
    def count(self) -> int:
        """How many events there were, kept or not."""
        return self._log.count

    def since(self, count: int) -> list[Event]:
        """The events after the first so many, as far as they are kept."""
        return self._log.since(count)

    @property
    def digest(self) -> str:
        """The hash of every event so far."""
        return self._log.digest

    @property
    def next_s(self) -> float:
        """The second of the next thing due in the corridor; infinity where nothing is."""
        return self._corridor.next_s()

    @property
    def over(self) -> bool:
        """Whether the shift has ended: its time is up, or nothing is left to do."""
        return self._over

    @property
    def desks(self) -> frozenset[Desk]:
        """The desks the trainee works."""
        return frozenset(desk for desk in DESKS if self.level.player(desk) == TRAINEE)

    def _hear(self, event: Event) -> None:
        """Note that something happened that may give the automatic desks work, or that may be the last departure."""
        if event.code in ("departed", "gone"):
            self._corridor.stop_by(event.t + 1)
        for seat in self._seats:
            due = event.t + seat.dispatcher.react_s
            if seat.wake_s is None or seat.wake_s > due:
                seat.wake_s = due
                self._corridor.stop_by(due)

    def _mind(self, event: Event) -> None:
        """Stop after the second of what needs the trainee, where that was asked for."""
        if self._minding and calls(self.view, event, self.desks):
            self._called = True
            self._corridor.stop_by(event.t + 1)

    def advance(self, to_s: int) -> None:
        """Simulate every second before `to_s`, never past the end of the shift; automatic desks act on the way."""
        if self._over:
            return
        end_s = self.level.shift_s
        self._advance_to(min(to_s, end_s))
        if self.now_s >= end_s or self._corridor.all_done():
            self._over = True
            self._corridor.note(self.now_s, "over")

    def go_to(self, to_s: int, progress: Progress | None = None) -> None:
        """The same over a longer time; `progress` hears of every simulated day, and what it raises stops it."""
        while self.now_s < to_s and not self._over:
            self.advance(min(to_s, self.now_s + _SLICE_S))
            if progress is not None:
                progress(self.now_s)

    def _advance_to(self, to_s: int) -> None:
        while self.now_s < to_s and not self._called:
            wake = to_s
            for seat in self._seats:
                if seat.wake_s is not None and seat.wake_s < wake:
                    wake = seat.wake_s
            if self._to_inject:
                wake = min(wake, self._to_inject[0][0])
            self.now_s = max(self.now_s, self._corridor.advance(max(self.now_s, wake)))
            if self._corridor.all_done():
                return
            if self.now_s < to_s and not self._called:
                self._act()

    def _act(self) -> None:
        while self._to_inject and self._to_inject[0][0] <= self.now_s:
            order = self._to_inject.popleft()[1]
            self.take(order, checks.desk_of(self.level, order))
        for seat in self._seats:
            if seat.wake_s is None or seat.wake_s > self.now_s:
                continue
            seat.wake_s = None
            for order in seat.dispatcher.act(self.view, seat.desks):
                self.take(order, checks.desk_of(self.level, order))
            if seat.dispatcher.alarm_s is not None:
                alarm_s = max(seat.dispatcher.alarm_s, self.now_s + 1)
                seat.wake_s = alarm_s if seat.wake_s is None else min(seat.wake_s, alarm_s)

    def take(self, order: Order, desk: Giver) -> Answer:
        """Give an order at `now_s` in a desk's name, whoever works it."""
        if self._account is None:
            self.orders.append((self.now_s, desk, order.text))
        fault = self._corridor.order(self.now_s, order, desk)
        return Answer(True) if fault is None else Answer(False, refusal_text(fault.code, fault.args, self.level))

    def order(self, text: str, *, helped: bool = False) -> Answer:
        """Give an order as the trainee at `now_s`, or make a note (see `NOTES`). Never raises on what a trainee writes.

        It is in the journal before it takes effect; where it cannot be written down it is refused. `helped`: it is given as
        the guide or the coach has it, and a note before it says so.
        """
        order = self._read(text)
        said = order.text if isinstance(order, Order) else _said(text)
        given = [Given(self.now_s, said, isinstance(order, Order))]
        if helped:
            given.insert(0, Given(self.now_s, _said(f"{GAVE}{text}"), heard=False))
        if self.journal is not None:
            try:
                self.journal.order(*given)
            except JournalError as error:
                return Answer(False, _("it cannot be written down, so it does not count: {error}", error=error))
        self.given += given
        if isinstance(order, Order):
            return self.take(order, checks.desk_of(self.level, order))
        return Answer(True) if order is None else Answer(False, order)

    def _read(self, text: str) -> Order | str | None:
        """The order that a text is, or why the corridor does not even hear of it; None: a note, of which it need not."""
        if self._over:
            return _("the shift is over")
        if len(text) > MOST_ORDER:
            return _("no order is longer than {most} characters", most=MOST_ORDER)
        if fault := fault_in(text, breaks=False):
            return fault
        if text.startswith(NOTES):
            return (
                None
                if text.partition(" ")[2].strip()
                else _("`{what}` needs some words", what=text.split(maxsplit=1)[0])
            )
        try:
            order = parse(text)
        except OrderError as error:
            return str(error)
        return self.not_given(order) or order

    def not_given(self, order: Order) -> str | None:
        """Why an order is nobody's to give who sits here: another works its desk, or no instructor stands by; or None."""
        desk = checks.desk_of(self.level, order)
        if desk == "instructor":
            return None if self.instructor else _("only an instructor lets things happen: start with --instructor")
        return (
            None
            if self.players[desk] == TRAINEE
            else _("the {desk} desk is worked by the {player}", desk=word(desk), player=self.players[desk])
        )

    def keep_time(self) -> None:
        """Note in the journal how far the shift has come. Raises `JournalError`."""
        if self.journal is not None:
            self.journal.clock(self.now_s)

    def keep_end(self) -> None:
        """Note that the trainee has ended the shift, or its time is up, in the journal too. Raises `JournalError`."""
        self.ended_s = self.now_s
        if self.journal is not None:
            self.journal.end(self.now_s)

    def refusal(self, order: Order) -> str | None:
        """Why an order would be refused now, in plain text, or None where it would be accepted. Changes nothing."""
        if (alien := self.not_given(order)) is not None:
            return alien
        fault = checks.refusal(self.view, order)
        return None if fault is None else refusal_text(fault.code, fault.args, self.level)

    def proposals(self) -> Iterator[Order]:
        """What a good railwayman at the trainee's desks would order now; he sees the view and nothing else.

        Only the first is good for certain: those after it suppose that those before were given.
        """
        return self._adviser().act(self.view, self.desks)

    def run_on(self, limit_s: int) -> bool:
        """Run on to the next event that needs the trainee; False where `limit_s` or the end of the shift comes first."""
        self._minding = True
        self.advance(limit_s)
        self._minding, called, self._called = False, self._called, False
        return called or self._over

    def outcome(self, raw: Raw, nothing: Raw | None, reference: Raw | None, dispatcher: str | None) -> Outcome:
        """Put the finished run and its score together; without the baselines there is no total."""
        return Outcome(
            self.level.id,
            self.level.digest,
            self.seed,
            dispatcher,
            ENGINE,
            self.digest,
            judge(raw, nothing, reference, self.level),
            tuple(self.orders),
            tuple(self._log.events),
            tuple(self.players.items()),
        )

    def put(self, seats: Iterable[Seat]) -> None:
        """Put dispatchers at their desks, to act from now on; whoever worked them is relieved."""
        self._seats = list(seats)
        for seat in self._seats:
            seat.wake_s = self.now_s

    def run_out(self) -> None:
        """Go on for the level's overtime, or until nothing is left to do."""
        self._advance_to(self.now_s + round(self.level.shift.overtime_min * 60))

    def close(self) -> Raw:
        """End the shift: the reference finishes what is open; then what slipped through comes to light.

        Who leaves early gains nothing: nobody is at the trainee's desks until the shift's time is up.
        """
        self.advance(self.level.shift_s)
        players = {desk: "reference" if desk in self.desks else name for desk, name in self.players.items()}
        self.put(_seats(players))
        self.run_out()
        self._corridor.note(self.now_s, "closed")
        self._corridor.audit(self.now_s)
        if self._account is not None:
            return self._account.close()
        return measure(self.level, self._log.events, self.scenario, self.desks)

    def finish(
        self, dispatcher: str | None = None, progress: Progress | None = None, played: Played | None = None
    ) -> Outcome:
        """End the shift, run the baselines on the same scenario, and make the score.

        `played` says what a baseline came to where it was played beside the shift: not with what was injected into this one.
        """
        raw, injected = self.close(), injected_in(self.given)

        def of(name: str) -> Raw:
            beside = None if played is None or injected else played(name)
            return baseline(self.scenario, name, progress, injected) if beside is None else beside

        nothing, reference = (raw if dispatcher == name else of(name) for name in BASELINES)
        return self.outcome(raw, nothing, reference, dispatcher)


def _said(text: str) -> str:
    """What was written, as a journal may hold it."""
    return plain(text[:MOST_ORDER])[:MOST_ORDER]


def injected_in(given: Iterable[Given], *verbs: str) -> Injected:
    """What the instructor let happen, among all that was ordered; `verbs` are other orders to be taken too."""
    orders = ((one.t, parse(one.text)) for one in given if one.heard)
    return tuple((t, order) for t, order in orders if order.verb in ("inject", *verbs))


def baseline(scenario: Scenario, dispatcher: str, progress: Progress | None = None, injected: Injected = ()) -> Raw:
    """What a dispatcher at the trainee's desks comes to on a scenario, with what was injected into the trainee's shift."""
    return unattended(scenario, dispatcher, progress, injected=injected).close()


def unattended(
    scenario: Scenario,
    dispatcher: str,
    progress: Progress | None = None,
    listener: Listener | None = None,
    injected: Injected = (),
) -> Shift:
    """A shift played to its end by a dispatcher at the trainee's desks.

    `progress` hears of every simulated day, `listener` of every event.
    """
    level = scenario.level
    players: dict[Desk, str] = {desk: dispatcher for desk in DESKS if level.player(desk) == TRAINEE}
    shift = Shift(level, scenario.seed, players, scenario=scenario, listener=listener, injected=injected)
    shift.go_to(level.shift_s, progress)
    return shift


def play(
    level: Level,
    seed: int,
    dispatcher: str,
    *,
    baselines: bool = True,
    progress: Progress | None = None,
    listener: Listener | None = None,
) -> Outcome:
    """Play a level unattended, a dispatcher at the trainee's desks; without the baselines there is no total."""
    shift = unattended(resolve(level, seed), dispatcher, progress, listener)
    return shift.finish(dispatcher, progress) if baselines else shift.outcome(shift.close(), None, None, dispatcher)


def _seats(players: Mapping[Desk, str]) -> list[Seat]:
    names = dict.fromkeys(name for name in players.values() if name != TRAINEE)
    return [Seat(player(name), frozenset(desk for desk in DESKS if players[desk] == name)) for name in names]
