"""What a seed holds in store, for the instructor's eyes only."""

from dataclasses import dataclass

from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve


@dataclass(frozen=True, slots=True)
class TrainPreview:
    """A train: its number, kind, when it is offered by timetable and really (seconds of the shift), its containers."""

    number: str
    kind: str
    planned_s: int
    offered_s: int
    containers: int
    consignments: int


@dataclass(frozen=True, slots=True)
class ConsignmentPreview:
    """A consignment that is flagged or has a case: its lane, goods, containers, what is odd and in which cells."""

    id: str
    lane: str
    goods: str
    containers: int
    kind: str
    family: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it."""

    trains: tuple[TrainPreview, ...]
    consignments: tuple[ConsignmentPreview, ...]


def preview(level: Level, seed: int) -> Preview:
    """Resolve a level with a seed and show what comes."""
    scenario = resolve(level, seed)
    trains, notable = [], []
    for number, plan in scenario.plans.items():
        loads = scenario.consignments(number)
        boxes = sum(len(item.containers) for item in loads)
        trains.append(TrainPreview(number, plan.spec.kind, plan.planned_s, plan.offered_s, boxes, len(loads)))
        for item in loads:
            truth = scenario.truth(item.id)
            if item.lane == "green" and truth is None:
                continue
            kind, family = (truth.kind, truth.family) if truth else ("clean", "")
            fields = tuple(sorted(truth.fields)) if truth else ()
            notable.append(
                ConsignmentPreview(item.id, item.lane, item.goods, len(item.containers), kind, family, fields)
            )
    return Preview(tuple(trains), tuple(notable))
