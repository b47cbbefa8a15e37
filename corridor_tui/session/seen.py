"""What has shown itself of a scenario up to a second: read off the events and what the desks knew at each, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.lifts import slower
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Lane

NOTICE, BACK, LOCO, STAY, ANSWER, CORRECT = "notice", "back", "loco", "stay", "answer", "correct"
AT_STACK, THERE = "at the stack", "there"
"""What takes its time without being a piece of work: a called rake's way here, its way back to the park, a called
locomotive's, a declarant's answer to a finding, his correction; a lorry's time at the stack, and its way from there."""


@dataclass(slots=True)
class Spell:
    """A stretch of time of hidden length: when it began, when it ended (None: it goes on), and what it was told to take.

    `told`: its length has shown itself before its end. `times` is how many times longer than usual it takes.
    """

    began_s: int
    expected_s: int | None = None
    ended_s: int | None = None
    told: bool = False
    times: float = 1.0

    @property
    def known(self) -> bool:
        """Whether its length has shown itself."""
        return self.told or self.ended_s is not None


@dataclass(slots=True)
class Hanging:
    """What hangs on a crane or a machine: the container and which of its lifts, or moves by machines, it is, from 0; for how
    many seconds it was worked at before `since_s`, and since when it is without a stop (None: it stands still).
    """

    number: str
    turn: int
    since_s: int | None
    times: float
    worked_s: int = 0


@dataclass(slots=True)
class Receipt:
    """When a train's declarations were begun, how many seconds before that counted, and how many times longer they take."""

    at_s: int
    since_s: int = 0
    times: float = 1.0


@dataclass(slots=True)
class Seen:
    """A fold of the events, with the view that is folded from them."""

    view: View
    spells: dict[tuple[str, str], list[Spell]] = field(default_factory=dict)
    """By what it is on and which work it is."""
    lifted: dict[str, int] = field(default_factory=dict)
    """How many lifts of each container were begun."""
    moved: dict[str, int] = field(default_factory=dict)
    """How many moves of each container by the machines of the stack were begun."""
    hanging: dict[str, Hanging] = field(default_factory=dict)
    weighed: dict[str, None] = field(default_factory=dict)
    """The containers whose mass has shown itself: on the weighbridge, or by what was wrong on the line."""
    alone: dict[tuple[str, str], str] = field(default_factory=dict)
    """20-foot boxes that a crane did not take along with the one beside them, and the crane."""
    set_out: dict[tuple[str, int], None] = field(default_factory=dict)
    filled: dict[tuple[str, int], None] = field(default_factory=dict)
    """Train and wagon, counted from 0, of every wagon filled with its grain."""
    batches: dict[tuple[str, int], Spell] = field(default_factory=dict)
    """By train and first wagon: how long each batch is, or was, being unloaded."""
    receipts: dict[str, Receipt] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    """The lane each consignment was given when it was lodged."""
    answers: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    """What became of each finding: the consignment, its two cells and the rule -> upheld or answered."""
    results: dict[tuple[str, str], str] = field(default_factory=dict)
    """What came of a rung, a request or a question to the supervisor."""
    consents: dict[str, bool] = field(default_factory=dict)
    came_back: dict[str, None] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    """The service of each train that has been announced, in their order."""

    def hear(self, event: Event) -> None:
        """Take an event in."""
        apply(self.view, event)
        handler = _HANDLERS.get(event.code)
        if handler is not None:
            handler(self, event.t, *event.args)

    def _papers(self, train: str) -> str | None:
        """How a train's papers come, by the level or its service."""
        service = self.services.get(train)
        if service is not None:
            return self.view.level.route.services[service].papers
        return next((each.papers for each in self.view.level.trains if each.number == train), None)

    def last(self, subject: str, task: str) -> Spell | None:
        """The last spell of a work on something."""
        spells = self.spells.get((subject, task))
        return spells[-1] if spells else None

    # each is named after the event's code

    def on_started(self, t: int, subject: str, task: str, expected_s: int) -> None:
        self._begin(subject, task, Spell(t, expected_s))
        if task == "couple":
            self._end(subject, LOCO, t)

    def on_queued(self, t: int, subject: str, task: str) -> None:
        if task == "couple":
            self._end(subject, LOCO, t)

    def on_done(self, t: int, subject: str, task: str) -> None:
        self._end(subject, task, t)

    def _begin(self, subject: str, task: str, spell: Spell) -> None:
        self.spells.setdefault((subject, task), []).append(spell)

    def _end(self, subject: str, task: str, t: int) -> None:
        open_ = (spell for spell in self.spells.get((subject, task), ()) if spell.ended_s is None)
        spell = next(open_, None)
        if spell is not None:
            spell.ended_s = t

    def on_moving(self, t: int, unit: str, to: str, eta_s: int) -> None:
        spell = self.last(unit, "shunt")
        if spell is not None and spell.ended_s is None:
            spell.told = True  # the shunter says when it will be there

    def on_called(self, t: int, rake: str, expected_s: int) -> None:
        self._begin(rake, NOTICE, Spell(t, times=self.view.shortage))

    def on_loco_called(self, t: int, unit: str, expected_s: int) -> None:
        self._begin(unit, LOCO, Spell(t))

    def on_gone(self, t: int, unit: str) -> None:
        if self.view.units[unit].kind == "rake":
            self._begin(unit, BACK, Spell(t))
        if any(engine.unit == unit for engine in self.view.engines):
            self._begin(unit, STAY, Spell(t))

    def on_loco_turns(self, t: int, gauge: int, unit: str, back_s: int) -> None:
        self._end(unit, STAY, t)

    def on_parked(self, t: int, again: str, park: str) -> None:
        base, _, turn = again.partition("/")
        self._end(base if turn == "2" else f"{base}/{int(turn) - 1}", BACK, t)

    # trains and papers

    def on_announced(self, t: int, train: str, service: str, planned_s: int, due_s: int | None, wagons: int) -> None:
        self.services[train] = service

    def on_stood(self, t: int, unit: str, track: str, arrived_s: int, stage: str) -> None:
        self.receipts[unit] = Receipt(t, max(0, -arrived_s))

    def on_handed_over(self, t: int, train: str) -> None:
        self.receipts[train] = Receipt(t)

    def on_offered(self, t: int, unit: str) -> None:
        self._end(unit, NOTICE, t)
        customs, papers = self.view.level.customs, self._papers(unit)
        if papers == "electronic":
            self.receipts[unit] = Receipt(t)
        elif papers == "paper" and self.view.electronic:
            self.receipts[unit] = Receipt(t, times=customs.electronic_min / customs.paper_min)

    def on_arrived(self, t: int, unit: str, track: str) -> None:
        if self._papers(unit) == "paper" and unit not in self.receipts:
            self.receipts[unit] = Receipt(t)

    def on_lodged(self, t: int, consignment: str, lane: Lane) -> None:
        self.lanes[consignment] = lane

    def on_found(self, t: int, consignment: str, *_claim: str) -> None:
        self._begin(consignment, ANSWER, Spell(t))

    def on_settled(self, t: int, consignment: str, outcome: str) -> None:
        self._end(consignment, ANSWER, t)
        claim = self.view.dossiers[consignment].findings[-1]
        if outcome != "withdrawn":
            self.answers[(consignment, claim.first, claim.second, claim.rule)] = outcome
        if outcome == "upheld":
            self._begin(consignment, CORRECT, Spell(t))

    def on_corrected(self, t: int, consignment: str) -> None:
        self._end(consignment, CORRECT, t)

    def on_seen(self, t: int, consignment: str, rung: str, result: str) -> None:
        self.results[(consignment, rung)] = result
        if rung.startswith("supervisor:"):
            self.consents[consignment] = result == "yes"

    def on_came_back(self, t: int, consignment: str, *_truth: str | None) -> None:
        self.came_back[consignment] = None

    # loads

    def on_lifting(self, t: int, crane: str, number: str, dest: str, at_m: int) -> None:
        self._hang(t, crane, number)
        box = self.view.boxes[number]
        unit = self.view.units.get(box.train)
        first = unit is not None and box.teu == 1 and self.lifted[number] == 1
        for mate, wagon in unit.boxes.items() if unit is not None and first else ():
            if wagon == box.wagon:
                self.alone[(number, mate)] = crane

    def on_moving_aside(self, t: int, name: str, number: str, under: str) -> None:
        self._hang(t, name, number)

    def on_carrying(self, t: int, machine: str, number: str, goal: str) -> None:
        self._hang(t, machine, number)

    def _hang(self, t: int, name: str, number: str) -> None:
        turns = self.moved if name in self.view.machines else self.lifted
        times = slower(self.view.weather, self.view.level.terminal)
        self.hanging[name] = Hanging(number, turns.get(number, 0), t, times)
        turns[number] = turns.get(number, 0) + 1

    def on_twin_lifting(self, t: int, crane: str, number: str) -> None:
        hanging = self.hanging[crane]
        hanging.times *= self.view.level.terminal.twin_times or 1.0
        self.alone.pop((hanging.number, number), None)
        self.lifted[number] = self.lifted.get(number, 0) + 1

    def on_lifted(self, t: int, name: str, *_where: str | int) -> None:
        self.hanging.pop(name, None)

    on_moved_aside = on_carried = on_lifted

    def on_crane_stopped(self, t: int, crane: str, why: str) -> None:
        if why == "stopped":
            self.on_machine_stopped(t, crane)

    def on_machine_stopped(self, t: int, name: str) -> None:
        hanging = self.hanging.get(name)
        if hanging is not None and hanging.since_s is not None:
            hanging.worked_s, hanging.since_s = hanging.worked_s + t - hanging.since_s, None

    def on_machine_up(self, t: int, name: str) -> None:
        hanging = self.hanging.get(name)
        if hanging is not None and hanging.since_s is None:
            hanging.since_s = t

    on_crane_up = on_machine_up

    def on_hauling(self, t: int, number: str) -> None:
        self._begin(number, AT_STACK, Spell(t))

    def on_trucked(self, t: int, number: str) -> None:
        self._end(number, AT_STACK, t)
        self._begin(number, THERE, Spell(t))

    def on_hauled(self, t: int, number: str, place: str) -> None:
        self._end(number, THERE, t)

    def on_brought(self, t: int, number: str) -> None:
        self._begin(number, AT_STACK, Spell(t, ended_s=t))
        train = self.view.boxes[number].train
        if not self.view.units[train].boxes:
            self.on_arrived(t, train, "")

    def on_weighed(self, t: int, unit: str, wagons: str) -> None:
        self.weighed.update(dict.fromkeys(self.view.units[unit].boxes))

    def on_mistake(self, t: int, kind: str, subject: str) -> None:
        if kind == "overloaded":
            self.weighed.update(dict.fromkeys(self.view.units[subject].boxes))

    def on_set_out(self, t: int, unit: str, wagon: int, track: str) -> None:
        self.set_out[(unit, wagon)] = None

    def on_tipping(self, t: int, train: str, first: int, last: int, expected_s: int) -> None:
        self.batches[(train, first)] = Spell(t)

    def on_tipped(self, t: int, train: str, first: int, last: int) -> None:
        self.batches[(train, first)].ended_s = t

    def on_filled(self, t: int, rake: str, wagon: int, consignment: str, mass_kg: int) -> None:
        self.filled[(self.view.dossiers[consignment].train, wagon)] = None


_HANDLERS: dict[str, Callable[..., None]] = {
    name.removeprefix("on_"): handler for name, handler in vars(Seen).items() if name.startswith("on_")
}
