"""What happened in a run, gathered for the scoring: everything the losses and measures are made of."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from corridor_tui.corridor.advice import Climbed
from corridor_tui.corridor.state import Box
from corridor_tui.corridor.view import View
from corridor_tui.scenario.values import Truth
from corridor_tui.scoring.dwell import Span


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
    rungs: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """The rungs climbed for each consignment (raising its lane included), and when."""
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
    diverted: int = 0
    """Containers of trains that were sent over another border for want of room."""
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
    stored_teu_s: int = 0
    """What containers fetched by lorry stood in the stack beyond their free time, in TEU times seconds."""
    spoilt: list[tuple[str, int]] = field(default_factory=list)
    """Reefers that lost their cold before the shift ended, and when."""
    failed_calls: list[tuple[str, str | None, int]] = field(default_factory=list)
    """Calls answered wrongly, with the word, or not at all; and when."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    """What was asked that may have a price, as orders, and when; of help every rung that was climbed, however many at once."""

    climbed: Climbed = field(default_factory=Climbed)
    """How far help has come."""

    @property
    def end_s(self) -> int:
        """The end of the shift."""
        return self.closed_s if self.over_s is None else self.over_s

    def part(self, names: Sequence[str]) -> "Record":
        """Take what concerns some units and what came on them out of this record, as a record of its own.

        What is counted for the whole run (shunts, officers' hours, calls) stays.
        """
        own, units = self.view.part(names), dict.fromkeys(names)
        about = own.dossiers
        part = Record(own, self.over_s, own.now_s)
        for field_name in _BY_UNIT:
            _move(getattr(self, field_name), getattr(part, field_name), units)
        for field_name in _BY_CONSIGNMENT:
            _move(getattr(self, field_name), getattr(part, field_name), about)
        part.grounds = {name for name in about if name in self.grounds}
        self.grounds -= part.grounds
        self.denied, part.denied = _parted(self.denied, about, lambda item: item[0])
        self.settled, part.settled = _parted(self.settled, about, lambda item: item.consignment)
        return part


_BY_UNIT = ("loco_on_s", "paired_s", "emptied_s", "cargo_out")
_BY_CONSIGNMENT = ("audit", "rungs", "lanes", "released", "detained", "deliveries", "connections")
_Item = TypeVar("_Item")


def _move(source: dict[str, _Item], target: dict[str, _Item], names: Iterable[str]) -> None:
    for name in names if source else ():
        if name in source:
            target[name] = source.pop(name)


def _parted(items: list[_Item], names: Container[str], key: Callable[[_Item], str]) -> tuple[list[_Item], list[_Item]]:
    others, theirs = list[_Item](), list[_Item]()
    for item in items:
        (theirs if key(item) in names else others).append(item)
    return others, theirs


def stored_teu_s(record: Record, box: Box, to_s: int) -> int:
    """How long a container for the zone stood in the stack beyond its free time, in TEU times seconds."""
    road = record.view.level.road
    free_s = 0 if road is None else round(road.free_h * 3_600)
    set_down_s = to_s if box.lifted is None else box.lifted[2]
    return box.teu * max(0, to_s - set_down_s - free_s)
