"""The measures of a run, its train lines, and all of it as one raw result that a score is made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import Library
from corridor_tui.level.base import Desk
from corridor_tui.level.goals import Objective
from corridor_tui.level.model import Level
from corridor_tui.scoring.detection import Share, alarmed, detection_reasons, fault, found
from corridor_tui.scoring.losses import (
    lateness_s,
    resource_reasons,
    safety_reasons,
    time_reasons,
    total,
)
from corridor_tui.scoring.onward import onward_measures, onward_reasons
from corridor_tui.scoring.record import Record, gather
from corridor_tui.scoring.score import Losses, Reason, TrainLine


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


def measure(level: Level, events: Sequence[Event], library: Library, desks: frozenset[Desk]) -> Raw:
    """Measure a finished run; `desks` are those the trainee works."""
    record = gather(level, events, library)
    reasons = [
        *time_reasons(level, record, desks),
        *onward_reasons(level, record, desks),
        *detection_reasons(level, record, desks),
        *resource_reasons(level, record, desks),
    ]
    safety = safety_reasons(level, record, desks)
    losses = Losses(total(reasons, "time"), total(reasons, "detection"), total(reasons, "resources"))
    lines = tuple(_line(record, name) for name, unit in record.view.units.items() if is_load(unit))
    ended = record.end_s
    out = [line.number for line in lines if line.departed_s is not None and line.departed_s <= ended]
    arrived = [line for line in lines if line.arrived_s is not None and line.arrived_s <= ended]
    loads = [record.view.boxes[number] for name in out for number in record.cargo_out.get(name, ())]
    numbers = [reason.code for reason in reasons]
    measures: dict[str, float | None] = {
        "trains_out": len(out),
        "containers_out": sum(bool(box.teu) for box in loads),
        "grain_out_t": round(sum(box.declared_kg for box in loads if not box.teu) / 1_000, 1),
        "faults_missed": _not_found(record),
        "false_alarms": numbers.count("false_alarm"),
        "hit_pct": _per_cent(found(record)),
        "false_alarm_pct": _per_cent(alarmed(record)),
        "safety_mistakes": len(record.mistakes),
        "calls_failed": len(record.failed_calls),
        "late_min": round(sum(lateness_s(record).values()) / 60, 2),
        **onward_measures(record),
    }
    objectives = {goal.id: (_value(record, measures, goal), _in_time(record, goal)) for goal in level.objectives}
    return Raw(
        losses,
        sum(reason.loss for reason in safety),
        tuple(sorted([*reasons, *safety], key=lambda reason: (-reason.loss, reason.from_s, reason.args))),
        measures,
        objectives,
        lines,
        len(arrived),
        len(out),
        int(measures["containers_out"] or 0),
    )


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
    """When the last container that left with a train's rake was loaded and cleared; None where the rake never left."""
    boxes = record.cargo_out.get(train)
    if not boxes:
        return None
    dossiers = {record.view.boxes[number].consignment for number in boxes}
    cleared = [record.view.dossiers[name].decided_s or 0 for name in sorted(dossiers)]
    return max([record.lifted_s.get(number, 0) for number in boxes] + cleared)


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
