"""One pass over the events of a run: everything the losses and measures are made of."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from corridor_tui.corridor.chain import goes_over
from corridor_tui.corridor.checks_customs import PHYSICAL
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.orders import ASKING
from corridor_tui.corridor.view import Library, View
from corridor_tui.corridor.work import POOL_OF
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import RULES
from corridor_tui.scenario.values import Truth
from corridor_tui.scoring.dwell import Dwells, Span

RUNGS = ("check", "request", "scan", "open", "unload")
_LIFTS = frozenset(
    {
        "lifting",
        "lifted",
        "twin_lifting",
        "twin_lifted",
        "moving_aside",
        "moved_aside",
        "stacked",
    }
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer to a finding: the consignment, the outcome, the cells and the rule claimed, and when it came."""

    consignment: str
    outcome: str
    first: str
    second: str
    rule: str
    at_s: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """When a consignment is delivered at its destination, when it would have been had the desk hurried, and its promise.

    `left` is false where it never left: then `at_s` is what it comes to by the end of the run.
    """

    goal: str
    at_s: int
    swift_s: int
    promised_s: int | None
    left: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A connection: its booked sailing's cut-off, when the containers were there, when they sail, and whether they made it."""

    connection: str
    cutoff_s: int
    reached_s: int
    sails_s: int
    made: bool


@dataclass(slots=True)
class Record:
    """What happened in a run, gathered for the scoring. Times are seconds of the shift."""

    view: View
    over_s: int | None = None
    closed_s: int = 0
    dwells: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    audit: dict[str, Truth] = field(default_factory=dict)
    """What is odd about the consignments in which anything is."""
    mistakes: list[tuple[str, str, int]] = field(default_factory=list)
    rungs: list[tuple[str, str, int]] = field(default_factory=list)
    """Consignment, rung climbed (raising its lane included), second."""
    lanes: dict[str, str] = field(default_factory=dict)
    """The lane that the risk engine gave each consignment."""
    settled: list[Settled] = field(default_factory=list)
    released: dict[str, int] = field(default_factory=dict)
    """When each consignment was first released before the shift ended."""
    detained: dict[str, int] = field(default_factory=dict)
    grounds: set[str] = field(default_factory=set)
    """Consignments on which a physical rung brought something to light, or a finding was upheld."""
    denied: list[tuple[str, int]] = field(default_factory=list)
    """Consignment and second of each request to lower a lane that the supervisor refused."""
    lifted_s: dict[str, int] = field(default_factory=dict)
    diverted: int = 0
    """Containers of trains that were sent over another border for want of room."""
    lifts: int = 0
    officer_s: int = 0
    shunts: int = 0
    loco_on_s: dict[str, int] = field(default_factory=dict)
    paired_s: dict[str, int] = field(default_factory=dict)
    emptied_s: dict[str, int] = field(default_factory=dict)
    cargo_out: dict[str, dict[str, int]] = field(default_factory=dict)
    """The containers of each train's load that have left, and when each did."""
    left_at_over: int = 0
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    """What became of each consignment with a destination."""
    connections: dict[str, list[Call]] = field(default_factory=dict)
    """The connections on the way of each."""
    set_down_s: dict[str, int] = field(default_factory=dict)
    """When each container that waits in the stack for a lorry was set down there."""
    stored_teu_s: int = 0
    """What containers fetched by lorry stood in the stack beyond their free time, in TEU times seconds."""
    spoilt: list[tuple[str, int]] = field(default_factory=list)
    """Reefers that lost their cold before the shift ended, and when."""
    failed_calls: list[tuple[str, str | None, int]] = field(default_factory=list)
    """Calls answered wrongly, with the word, or not at all; and when."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    """What was asked that may have a price, as orders, and when."""

    @property
    def end_s(self) -> int:
        """The end of the shift."""
        return self.closed_s if self.over_s is None else self.over_s

    def part(self, names: Sequence[str]) -> "Record":
        """Take what concerns some units and what came on them out of this record, as a record of its own.

        What is counted for the whole run (lifts, shunts, officers' hours, calls) stays.
        """
        own, units = self.view.part(names), dict.fromkeys(names)
        about = own.dossiers
        part = Record(own, self.over_s, own.now_s)
        for field_name in _BY_UNIT:
            _move(getattr(self, field_name), getattr(part, field_name), units)
        for field_name in _BY_CONSIGNMENT:
            _move(getattr(self, field_name), getattr(part, field_name), about)
        _move(self.lifted_s, part.lifted_s, own.boxes)
        part.grounds = {name for name in about if name in self.grounds}
        self.grounds -= part.grounds
        self.rungs, part.rungs = _parted(self.rungs, about, lambda item: item[0])
        self.denied, part.denied = _parted(self.denied, about, lambda item: item[0])
        self.settled, part.settled = _parted(self.settled, about, lambda item: item.consignment)
        return part


_BY_UNIT = ("loco_on_s", "paired_s", "emptied_s", "cargo_out")
_BY_CONSIGNMENT = ("audit", "lanes", "released", "detained", "deliveries", "connections")
_Item = TypeVar("_Item")


def _move(source: dict[str, _Item], target: dict[str, _Item], names: Iterable[str]) -> None:
    for name in names:
        if name in source:
            target[name] = source.pop(name)


def _parted(items: list[_Item], names: Container[str], key: Callable[[_Item], str]) -> tuple[list[_Item], list[_Item]]:
    return [item for item in items if key(item) not in names], [item for item in items if key(item) in names]


class Gatherer:
    """Gathers what happens, event by event, each once the view has taken it in.

    `every_s`: how often the waits are looked at. 0 is after every second in which anything happened.
    """

    def __init__(self, view: View, every_s: int = 0) -> None:
        self.record = Record(view)
        self._dwells = Dwells()
        self._every_s, self._next_s = every_s, 0
        self.second = 0
        """The second of the last event."""
        self._stale = False

    def turn(self, now_s: int) -> None:
        """Look at the waits before the first event of another second is taken in."""
        if now_s != self.second:
            if self._stale and now_s >= self._next_s:
                self._dwells.look(self.record.view, self.second)
                self._stale, self._next_s = False, self.second + self._every_s
            self.second = now_s

    def take(self, event: Event) -> None:
        """Take an event in that the view has just taken in."""
        record = self.record
        note = _NOTES.get(event.code)
        if note is not None:
            note(record, event)
        if event.code not in _LIFTS or (event.code == "lifting" and record.view.cranes[str(event.args[0])].lifts == 0):
            self._stale = True

    def part(self, names: list[str]) -> Record:
        """Take all that concerns some units, all of them gone, out of the record, as one of its own."""
        record = self.record.part(names)
        for name in names:
            record.dwells[name] = self._dwells.settle(name)
        return record

    def close(self) -> Record:
        """The record at the end of the events."""
        self._dwells.look(self.record.view, self.second)
        self.record.dwells = self._dwells.close(self.record.closed_s)
        return self.record


def gather(level: Level, events: Sequence[Event], library: Library) -> Record:
    """Fold a run's events."""
    view = View(level, library)
    gatherer = Gatherer(view)
    for event in events:
        gatherer.turn(event.t)
        apply(view, event)
        gatherer.take(event)
    return gatherer.close()


def _over(record: Record, event: Event) -> None:
    view = record.view
    record.over_s = event.t
    gone = sum(len(boxes) for boxes in record.cargo_out.values())
    record.left_at_over = sum(unit.total for unit in view.units.values()) - gone


def _closed(record: Record, event: Event) -> None:
    record.closed_s = event.t


def _audited(record: Record, event: Event) -> None:
    name, kind, family, fields = event.args
    if family in RULES:
        record.audit[str(name)] = Truth(str(kind), RULES[str(family)].code, frozenset(str(fields).split()))


def _diverted(record: Record, event: Event) -> None:
    record.diverted += int(event.args[1] or 0)


def _mistake(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.mistakes.append((str(event.args[0]), str(event.args[1]), event.t))


def _ordered(record: Record, event: Event) -> None:
    text = str(event.args[1])
    if text.startswith(ASKING):
        record.asked.append((text, event.t))


def _started(record: Record, event: Event) -> None:
    subject, task = str(event.args[0]), str(event.args[1])
    if task == "shunt":
        record.shunts += 1
    if task in RUNGS and subject in record.view.dossiers and record.over_s is None:
        record.rungs.append((subject, task, event.t))


def _lifted(record: Record, event: Event) -> None:
    record.lifts += 1
    _twin_lifted(record, event)


def _twin_lifted(record: Record, event: Event) -> None:
    number = str(event.args[1])
    record.lifted_s[number] = event.t
    if event.args[2] == "stack" and record.view.boxes[number].road:
        record.set_down_s[number] = event.t


def _moved(record: Record, _event: Event) -> None:
    record.lifts += 1


def _done(record: Record, event: Event) -> None:
    subject, task = str(event.args[0]), str(event.args[1])
    if POOL_OF.get(task) == "officers":
        record.officer_s += event.t - record.view.dossiers[subject].jobs[task].since_s


def _detained(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.detained.setdefault(str(event.args[0]), event.t)


def _released(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.released.setdefault(str(event.args[0]), event.t)


def _seen(record: Record, event: Event) -> None:
    name, rung, result = (str(arg) for arg in event.args)
    if record.over_s is not None:
        return
    if rung in PHYSICAL and result != "clean":
        record.grounds.add(name)
    elif rung.startswith("supervisor:") and result == "no":
        record.denied.append((name, event.t))


def _lodged(record: Record, event: Event) -> None:
    record.lanes[str(event.args[0])] = str(event.args[1])


def _lane(record: Record, event: Event) -> None:
    if record.over_s is None and event.args[1] != "green":
        record.rungs.append((str(event.args[0]), "lane", event.t))


def _settled(record: Record, event: Event) -> None:
    if record.over_s is not None:
        return
    name, outcome = str(event.args[0]), str(event.args[1])
    findings = record.view.dossiers[name].findings
    claim = findings[-1] if findings else None
    first, second, rule = ("", "", "") if claim is None else (claim.first, claim.second, claim.rule)
    record.settled.append(Settled(name, outcome, first, second, rule, event.t))
    if outcome == "upheld":
        record.grounds.add(name)


def _spoilt(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.spoilt.append((str(event.args[0]), event.t))


def _trucked(record: Record, event: Event) -> None:
    number = str(event.args[0])
    record.stored_teu_s += stored_teu_s(record, number, record.set_down_s.pop(number), event.t)


def stored_teu_s(record: Record, number: str, from_s: int, to_s: int) -> int:
    """How long a container for the zone stood in the stack beyond its free time, in TEU times seconds."""
    road = record.view.level.road
    free_s = 0 if road is None else round(road.free_h * 3_600)
    return record.view.boxes[number].teu * max(0, to_s - from_s - free_s)


def _hauled(record: Record, event: Event) -> None:
    number = str(event.args[0])
    record.cargo_out.setdefault(record.view.boxes[number].train, {}).setdefault(number, event.t)


def _loco_on(record: Record, event: Event) -> None:
    record.loco_on_s[str(event.args[0])] = event.t


def _paired(record: Record, event: Event) -> None:
    if event.args[1] is not None:
        record.paired_s.setdefault(str(event.args[1]), event.t)


def _emptied(record: Record, event: Event) -> None:
    record.emptied_s[str(event.args[0])] = event.t


def _answered(record: Record, event: Event) -> None:
    if not event.args[2] and record.over_s is None:
        record.failed_calls.append((str(event.args[0]), str(event.args[1]), event.t))


def _call_missed(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.failed_calls.append((str(event.args[0]), None, event.t))


def _departed(record: Record, event: Event) -> None:
    unit = record.view.units[str(event.args[0])]
    if not goes_over(unit):
        for number in unit.boxes:
            record.cargo_out.setdefault(record.view.boxes[number].train, {}).setdefault(number, event.t)


def _delivered(record: Record, event: Event) -> None:
    name, goal, at_s, swift_s, promised_s = event.args
    record.deliveries[str(name)] = Delivery(
        str(goal), int(at_s or 0), int(swift_s or 0), None if promised_s is None else int(promised_s),
        event.code == "delivered",
    )  # fmt: skip


def _called(record: Record, event: Event) -> None:
    name, connection, cutoff_s, reached_s, sails_s = event.args
    call = Call(
        str(connection), int(cutoff_s or 0), int(reached_s or 0), int(sails_s or 0), event.code != "sailing_missed"
    )
    record.connections.setdefault(str(name), []).append(call)


_NOTES = {
    "over": _over,
    "closed": _closed,
    "audited": _audited,
    "mistake": _mistake,
    "spoilt": _spoilt,
    "trucked": _trucked,
    "hauled": _hauled,
    "diverted": _diverted,
    "ordered": _ordered,
    "started": _started,
    "done": _done,
    "lifted": _lifted,
    "twin_lifted": _twin_lifted,
    "moved_aside": _moved,
    "carried": _moved,
    "detained": _detained,
    "released": _released,
    "seen": _seen,
    "lodged": _lodged,
    "lane": _lane,
    "settled": _settled,
    "loco_on": _loco_on,
    "paired": _paired,
    "emptied": _emptied,
    "departed": _departed,
    "delivered": _delivered,
    "stranded": _delivered,
    "connected": _called,
    "sailing_closed": _called,
    "sailing_missed": _called,
    "answered": _answered,
    "call_missed": _call_missed,
}
