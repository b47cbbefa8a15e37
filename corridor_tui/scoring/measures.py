"""The measures of a run, its train lines, and all of it as one raw result that a score is made from."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.corridor.events import Event, Log
from corridor_tui.corridor.view import Library, View
from corridor_tui.level.base import Desk
from corridor_tui.level.goals import Objective
from corridor_tui.level.model import Level
from corridor_tui.scoring.detection import Share, alarmed, detection_reasons, fault, found
from corridor_tui.scoring.gather import Gatherer, gather
from corridor_tui.scoring.losses import (
    lateness_s,
    missing,
    resource_reasons,
    safety_reasons,
    time_reasons,
    total,
    undeclared,
    undeclared_reasons,
    used,
)
from corridor_tui.scoring.onward import Reached, onward_reasons, reached
from corridor_tui.scoring.record import Record
from corridor_tui.scoring.score import COMPONENTS, Losses, Reason, TrainLine


@dataclass(frozen=True, slots=True)
class Raw:
    """What a run comes to before it is set against the baselines."""

    losses: Losses
    safety: float
    reasons: tuple[Reason, ...]
    measures: dict[str, float | None]
    objectives: dict[str, tuple[float | None, bool]]
    """The value of each objective, and whether it was come to before the shift ended."""
    trains: tuple[TrainLine, ...]
    trains_in: int
    trains_out: int
    containers_out: int


_MOST_KEPT = 200
"""How many reasons are kept one by one where trains are forgotten; of the others only the loss counts."""
_SLACK = 5
"""How many times as many are gathered before those that are not kept are let go: to sort them is most of the work."""


_NOTHING, _NOWHERE = Share(0, 0), Reached()


@dataclass(slots=True)
class Tally:
    """What some trains of a run come to; two tallies of different trains add up to that of both."""

    reasons: list[Reason] = field(default_factory=list)
    lost: dict[str, float] = field(default_factory=dict)
    """The loss of each component."""
    lines: tuple[TrainLine, ...] = ()
    trains_in: int = 0
    trains_out: int = 0
    boxes_out: int = 0
    grain_kg: int = 0
    faults_missed: int = 0
    false_alarms: int = 0
    found: Share = _NOTHING
    alarmed: Share = _NOTHING
    late_s: int = 0
    loco_h: float = 0.0
    rake_h: float = 0.0
    missing: int = 0
    reached: Reached = _NOWHERE
    undeclared: int = 0
    """Consignments let go with dangerous goods that nobody had declared."""
    safety: float = 0.0
    """What is deducted for them."""

    def add(self, other: "Tally") -> None:
        """Add another's; of many more reasons than are told only the costliest stay."""
        self.reasons += other.reasons
        if len(self.reasons) > _SLACK * _MOST_KEPT:
            self.cut()
        for component, loss in other.lost.items():
            self.lost[component] = self.lost.get(component, 0.0) + loss
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def cut(self) -> None:
        """Keep of the reasons the costliest."""
        self.reasons = heapq.nlargest(_MOST_KEPT, self.reasons, key=lambda reason: reason.loss)


_SUMS = (
    "trains_in", "trains_out", "boxes_out", "grain_kg", "faults_missed", "false_alarms", "found", "alarmed", "late_s", "loco_h",
    "rake_h", "missing", "reached", "undeclared", "safety",
)  # fmt: skip


def tally(level: Level, record: Record, desks: frozenset[Desk]) -> Tally:
    """What the trains of a record come to; `desks` are those the trainee works."""
    reasons = [
        *time_reasons(level, record, desks),
        *onward_reasons(level, record, desks),
        *detection_reasons(level, record, desks),
    ]
    hidden = undeclared_reasons(level, record, desks)
    lines = tuple(_line(record, name) for name, unit in record.view.units.items() if is_load(unit))
    ended = record.end_s
    rail = [line for line in lines if record.view.units[line.number].kind != "export"]
    out = [line.number for line in rail if line.departed_s is not None and line.departed_s <= ended]
    loads = [
        record.view.boxes[number]
        for name, boxes in record.cargo_out.items()
        for number, at_s in boxes.items()
        if at_s <= ended and (name in out or record.view.units[name].due_there_s is None)
    ]
    loco_h, rake_h = used(record)
    return Tally(
        [*reasons, *hidden],
        {component: total(reasons, component) for component in COMPONENTS},
        lines,
        sum(line.arrived_s is not None and line.arrived_s <= ended for line in rail),
        len(out),
        sum(bool(box.teu) for box in loads),
        sum(box.declared_kg for box in loads if not box.teu),
        _not_found(record),
        sum(reason.code == "false_alarm" for reason in reasons),
        found(record),
        alarmed(record),
        sum(lateness_s(record).values()),
        loco_h,
        rake_h,
        missing(record),
        reached(record),
        len(undeclared(record)),
        sum((reason.loss for reason in hidden), 0.0),
    )


def measure(level: Level, events: Sequence[Event], library: Library, desks: frozenset[Desk]) -> Raw:
    """Measure a finished run; `desks` are those the trainee works."""
    return sum_up(level, gather(level, events, library), desks)


def sum_up(level: Level, record: Record, desks: frozenset[Desk], settled: Tally | None = None) -> Raw:
    """Make the result of a record, and of the trains that were settled before."""
    whole = tally(level, record, desks)
    lines = whole.lines
    if settled is not None:
        whole.add(settled)
        whole.cut()
    work = resource_reasons(level, record, desks, whole.loco_h, whole.rake_h, whole.missing)
    safety = safety_reasons(level, record, desks)
    lost = whole.lost
    losses = Losses(lost["time"], lost["detection"], lost["resources"] + total(work, "resources"))
    measures: dict[str, float | None] = {
        "trains_out": whole.trains_out,
        "containers_out": whole.boxes_out,
        "grain_out_t": round(whole.grain_kg / 1_000, 1),
        "faults_missed": whole.faults_missed,
        "false_alarms": whole.false_alarms,
        "hit_pct": _per_cent(whole.found),
        "false_alarm_pct": _per_cent(whole.alarmed),
        "safety_mistakes": len(record.mistakes) + whole.undeclared,
        **({"rehandles": record.view.rehandles} if level.terminal.blocks else {}),
        "calls_failed": len(record.failed_calls),
        "late_min": round(whole.late_s / 60, 2),
        **whole.reached.measures,
    }
    objectives = {goal.id: (_value(record, measures, goal), _in_time(record, goal)) for goal in level.objectives}
    return Raw(
        losses,
        sum((reason.loss for reason in safety), whole.safety),
        tuple(sorted([*whole.reasons, *work, *safety], key=lambda reason: (-reason.loss, reason.from_s, reason.args))),
        measures,
        objectives,
        lines,
        whole.trains_in,
        whole.trains_out,
        whole.boxes_out,
    )


LOOK_S = 600
"""How often a long run looks at what trains wait for: to the second it would cost more than the run; assumed."""


class Account:
    """The account of a run whose trains are settled on the way, kept while it runs; `desks` are those the trainee works."""

    def __init__(self, level: Level, view: View, desks: frozenset[Desk]) -> None:
        self._level, self._desks = level, desks
        self._gatherer = Gatherer(view, LOOK_S)
        self._settled = Tally()

    def follow(self, log: Log) -> None:
        """Take in every event of a log from now on, and settle trains when they are."""
        log.listen(self._gatherer.take)
        log.watch("settled_up", self._settle)

    def _settle(self, event: Event) -> None:
        part = self._gatherer.part(str(event.args[0]).split())
        self._settled.add(tally(self._level, part, self._desks))

    def close(self) -> Raw:
        """What the run comes to."""
        return sum_up(self._level, self._gatherer.close(), self._desks, self._settled)


def _value(record: Record, measures: dict[str, float | None], goal: Objective) -> float | None:
    if goal.train is None:
        return measures[goal.measure]
    if goal.measure == "departed_late_min":
        left = load_left_s(record.view, record.view.units[goal.train])
        return None if left is None else round(lateness_s(record).get(goal.train, 0) / 60, 2)
    start_s = record.view.units[goal.train].first_lift_s
    end_s = record.emptied_s.get(goal.train) if goal.measure == "crane_phase_min" else ready_s(record, goal.train)
    return None if start_s is None or end_s is None else round((end_s - start_s) / 60, 2)


def _in_time(record: Record, goal: Objective) -> bool:
    """Whether what an objective of a train measures was over when the shift was: what others finish does not count."""
    if goal.train is None or goal.measure == "departed_late_min":
        return True
    done_s = record.emptied_s.get(goal.train) if goal.measure == "crane_phase_min" else ready_s(record, goal.train)
    return done_s is not None and done_s <= record.end_s


def _per_cent(share: Share) -> float | None:
    return None if share.value is None else round(100 * share.value, 1)


def _not_found(record: Record) -> int:
    """Faults released, or on the desk and not found, when the shift ended."""
    known = {answer.consignment for answer in record.settled if answer.outcome == "upheld"} | set(record.detained)
    lodged = {name for name, d in record.view.dossiers.items() if d.lodged_s is not None and d.lodged_s < record.end_s}
    return sum(fault(record, name) is not None and name in lodged - known for name in record.audit)


def ready_s(record: Record, train: str) -> int | None:
    """When the last container that left of a train's load was loaded and cleared; None where some of it never left."""
    out = (record.view.boxes[number] for number in record.cargo_out.get(train, ()))
    boxes = [box for box in out if not box.road]
    if not boxes or load_left_s(record.view, record.view.units[train]) is None:
        return None
    loaded = [0 if box.lifted is None else box.lifted[2] for box in boxes]
    dossiers = [record.view.dossiers[name] for name in dict.fromkeys(box.consignment for box in boxes)]
    return max([*loaded, *(dossier.decided_s or 0 for dossier in dossiers)])


def _line(record: Record, name: str) -> TrainLine:
    unit = record.view.units[name]
    decided = [record.view.dossiers[each].decided_s for each in record.view.cargo.get(name, ())]
    cleared = None if not decided or None in decided else max(second or 0 for second in decided)
    return TrainLine(
        name,
        unit.arrived_s,
        unit.first_lift_s,
        record.emptied_s.get(name),
        cleared,
        load_left_s(record.view, unit),
        unit.total,
    )
