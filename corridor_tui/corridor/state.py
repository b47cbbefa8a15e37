"""What a desk can know of each thing at a moment: plain values that a view folds from events."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from corridor_tui.level.base import Gauge, Lane
from corridor_tui.level.road import Regime

Progress: TypeAlias = Literal["queued", "doing", "done"]
NEVER_S = 10**9
"""Later than any shift ends: it sorts what has no time behind all that has one."""
ZONE, WAREHOUSE, LORRY = "zone", "warehouse", "lorry"
"""Where a container may be that has left the stack by road."""
UnitKind: TypeAlias = Literal["container", "through", "empties", "rake", "grain", "export"]
Cargo: TypeAlias = Literal["grain", "containers"]
Clearing: TypeAlias = Literal["expected", "lodged", "releasing", "released", "detained"]


@dataclass(slots=True)
class Job:
    """A piece of work on a unit or a consignment: how far it is, since when, and when it is expected to end."""

    progress: Progress
    since_s: int
    expected_s: int | None = None
    void: bool = False
    """Overtaken by events: when it is done it has to be ordered again."""


@dataclass(slots=True)
class Unit:
    """A train or a rake of empties, as the desk sees it. All times are seconds since the start of the shift.

    `place` is a track, a block section or a neighbour's station; `to` the track or neighbour it moves to. `boxes` are
    the containers on it, `left` how many the cranes still take off it, `aboard` how many of its plan stand on it. `fate`
    of `planned` is the neighbour it is next sent to.
    """

    id: str
    kind: UnitKind
    title: str
    gauge: Gauge
    length_m: float
    wagons: int
    wagon: str
    entry: str | None
    exit: str | None
    planned_s: int | None = None
    due_s: int | None = None
    leave_by_s: int | None = None
    """When its load must leave us for the sailings booked for it, and for what was promised, by expected running times."""
    advised_s: int | None = None
    """When the neighbour says that it will really be offered."""
    offered_s: int | None = None
    called_s: int | None = None
    place: str | None = None
    to: str | None = None
    moving: bool = False
    waiting_at: str | None = None
    eta_s: int | None = None
    accepted: str | None = None
    arrived_s: int | None = None
    departed_s: int | None = None
    gone_s: int | None = None
    loco: Literal["none", "attached", "called"] = "none"
    loco_s: int | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    """A train's rakes, or the trains that a rake takes from, in the order in which they were given to each other."""
    stacked: dict[str, None] = field(default_factory=dict)
    """Its containers that stand in the stack for want of a wagon, and are still to travel with its load."""
    boxes: dict[str, int] = field(default_factory=dict)
    bears: dict[str, int] = field(default_factory=dict)
    """The consignments on it, and how many containers of each."""
    total: int = 0
    load_teu: int = 0
    """What came on it, in TEU."""
    left: int = 0
    first_lift_s: int | None = None
    last_lift_s: int | None = None
    path_s: int | None = None
    entered_s: int = 0
    """When it came to where it is: a track, a section or a neighbour's station."""
    meets: dict[str, str] = field(default_factory=dict)
    """Loop -> the train it is to wait for there."""
    backing: bool = False
    """Running back to the loop behind it."""
    due_there_s: int | None = None
    late_times: float = 1.0
    """How many times a late minute of its load counts."""
    teu: int = 0
    kg: int = 0
    """What stands on it, by its papers."""
    overloaded: tuple[int, ...] = ()
    set_out: tuple[int, ...] = ()
    fills: dict[int, str] = field(default_factory=dict)
    """Wagons filled with grain, and the consignment in each: no two are mixed in one wagon."""

    def did(self, task: str) -> bool:
        """Whether a task on it is done."""
        job = self.jobs.get(task)
        return job is not None and job.progress == "done"

    def put(self, box: "Box", wagon: int) -> None:
        """Let a container stand on a wagon of it."""
        self.boxes[box.number] = wagon
        self.teu += box.teu
        self.kg += box.declared_kg
        self.bears[box.consignment] = self.bears.get(box.consignment, 0) + 1

    def take(self, box: "Box") -> None:
        """Let a container be off it."""
        del self.boxes[box.number]
        self.teu -= box.teu
        self.kg -= box.declared_kg
        if self.bears[box.consignment] == 1:
            del self.bears[box.consignment]
        else:
            self.bears[box.consignment] -= 1

    def busy(self) -> str | None:
        """The task being worked on it, if any."""
        for name, job in self.jobs.items():
            if job.progress == "doing":
                return name
        return None


@dataclass(slots=True)
class Box:
    """A container: where it is ("stack", a unit's id, or "crane"), on which wagon (from 0), and its plan.

    With 0 TEU it is the load of a grain wagon: then it may lie in the "silo", and `silo_kg` of it still does; it is on a
    wagon it is filled into from the moment its last kilogram is.
    """

    number: str
    teu: int
    declared_kg: int
    consignment: str
    train: str
    at: str
    wagon: int
    goal: str | None = None
    silo_kg: int = 0
    reefer: bool = False
    danger: str = ""
    """Its class of dangerous goods; empty: it is none."""
    road: bool = False
    """Whether it leaves by road, or came by it."""
    dark_s: int | None = None
    """Since when it stands in the stack without the socket it needs."""
    spoilt: bool = False
    block: str = ""
    """The block of the stack in which it stands or is to be put; empty: nobody has said."""
    hold: str = ""
    """In the stack's keeping but not in its place there: "ground", beside the cranes, the machine that carries it, or "lorry", on one that is about to leave."""
    lifted: tuple[str, int, int] | None = None
    """The crane of its last lift, and the seconds at which that began and ended."""

    @property
    def piled(self) -> bool:
        """Whether it stands in its place in a block of the stack."""
        return bool(self.block) and self.at == "stack" and not self.hold


@dataclass(slots=True)
class Finding:
    """A claim of the customs desk: two field addresses, the rule, when, and how the declarant's answer came out."""

    first: str
    second: str
    rule: str
    at_s: int
    outcome: Literal["open", "upheld", "answered", "withdrawn"] = "open"


@dataclass(slots=True)
class Dossier:
    """A consignment at the customs desk: its boxes, its lane, how far its clearing is, its rungs and its findings."""

    id: str
    train: str
    boxes: tuple[str, ...]
    lane: Lane | None = None
    state: Clearing = "expected"
    lodged_s: int | None = None
    decided_s: int | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    """What the rungs brought: rung -> "clean", "suspect" or the family found; consents -> "yes" or "no"."""
    corrected: bool = False
    delivered: bool = False
    regime: Regime = "transit"
    """The customs procedure it is declared for."""
    requested: tuple[str, ...] = ()
    sample: Literal["none", "wanted", "clean"] = "none"
    """Whether plant health wants a sample of it before it may be released, and whether the laboratory found it clean."""
    held_s: int | None = None
    """Until when another authority has its papers; None: they are here."""

    @property
    def finding(self) -> Finding | None:
        """The finding that is still open, if any."""
        if self.findings and self.findings[-1].outcome == "open":
            return self.findings[-1]
        return None

    def did(self, rung: str) -> bool:
        """Whether a rung of the ladder is done."""
        job = self.jobs.get(rung)
        return job is not None and job.progress == "done"


@dataclass(slots=True)
class Crane:
    """An RMG: the transfer it is put on, the container it lifts, where to, since when, and where it stands (m)."""

    id: str
    train: str | None = None
    box: str | None = None
    twin: str | None = None
    """The second 20-foot box of a twin lift."""
    dest: str | None = None
    since_s: int = 0
    at_m: int = 0
    lifts: int = 0
    part: tuple[int, int] | None = None
    """The first and the last wagon of its part of the train, from 1; None: whatever is left of it."""
    blocked: bool = False
    down: Literal["stopped", "service", "unbuilt"] | None = None
    tied: bool = False
    jobs: dict[str, Job] = field(default_factory=dict)

    @property
    def plan(self) -> tuple[str, ...]:
        """Its part of the train as an order writes it; empty where it has none."""
        return () if self.part is None else (f"{self.part[0]}-{self.part[1]}",)

    @property
    def able(self) -> bool:
        """Whether it can be put to work."""
        return self.down is None and not self.tied and "tie" not in self.jobs and "untie" not in self.jobs


@dataclass(slots=True)
class Machine:
    """A reach stacker or an RTG: the container it carries or moves aside, where to, since when, and what it has moved."""

    id: str
    kind: Literal["reach-stacker", "rtg"]
    box: str | None = None
    dest: str | None = None
    since_s: int = 0
    lifts: int = 0
    down: Literal["stopped", "unbuilt"] | None = None
    jobs: dict[str, Job] = field(default_factory=dict)


@dataclass(slots=True)
class Weather:
    """The wind now, the wind that is announced and for which second, and whether there is frost or fog."""

    wind_ms: float = 0.0
    coming_ms: float = 0.0
    coming_s: int | None = None
    frost: bool = False
    fog: bool = False


@dataclass(slots=True)
class Slots:
    """How many more trains a neighbour takes while it has cut its acceptance, and how many with each cargo; None: any."""

    trains: int
    until_s: int
    grain: int | None = None
    containers: int | None = None

    def left(self, cargo: Cargo | None) -> int:
        """How many more trains with a cargo it takes; None: without one."""
        own = self.grain if cargo == "grain" else self.containers if cargo == "containers" else None
        return self.trains if own is None else min(self.trains, own)

    def take(self, cargo: Cargo | None) -> None:
        """Let a train with a cargo have one."""
        self.trains -= 1
        if cargo == "grain" and self.grain is not None:
            self.grain -= 1
        elif cargo == "containers" and self.containers is not None:
            self.containers -= 1


@dataclass(slots=True)
class Ring:
    """A call: since when it rings, until when the caller waits, and how it ended."""

    id: str
    since_s: int
    until_s: int
    answer: str | None = None
    missed: bool = False

    @property
    def open(self) -> bool:
        """Whether the caller still waits."""
        return self.answer is None and not self.missed


def light_engine(unit: str) -> str:
    """What the locomotive that took a unit away is called on its way back."""
    return f"{unit}/L"


class Engine(NamedTuple):
    """A line locomotive of a pool that is at work: its gauge, the unit it was called for, and the second at which it is to be
    back (None: it has not taken its train to the end of the line yet). `to`: the neighbour from which it comes back over the
    line, if it does; `light`: it can run back, or does.
    """

    gauge: Gauge
    unit: str
    back_s: int | None = None
    to: str | None = None
    light: bool = False

    @property
    def id(self) -> str:
        """What it is called where it runs by itself."""
        return light_engine(self.unit)


@dataclass(slots=True)
class Pool:
    """People or places of one kind: how many there are, how many work, how many jobs wait for one."""

    name: str
    total: int
    busy: int = 0
    queue: int = 0


@dataclass(slots=True)
class Purse:
    """The budget: the money left, what is bought with the second at which it is built, and what is not there by offer."""

    money: int
    bought: dict[str, int] = field(default_factory=dict)
    built: dict[str, None] = field(default_factory=dict)
    unbuilt: dict[str, str] = field(default_factory=dict)
    """Each crane, machine, track and section that does not stand yet, and the offer that brings it."""
    wagons: dict[str, str] = field(default_factory=dict)
    """Each rake that is not in its park yet, and the offer that brings it."""


@dataclass(slots=True)
class Silo:
    """The grain terminal's silo: what lies in it, and what has left through it, in kilograms."""

    kg: int
    full: bool = False
    """Whether the front waits for room in it."""
    out_kg: int = 0
    heaps: dict[str, list[Box]] = field(default_factory=dict)
    """What lies there of each consignment, in the order in which it came; parts of wagons included."""


def void(unit: Unit, *tasks: str) -> None:
    """What was done of some tasks no longer holds; what is being done of them will not."""
    for task in tasks:
        job = unit.jobs.get(task)
        if job is not None and job.progress == "done":
            del unit.jobs[task]
        elif job is not None:
            job.void = True
