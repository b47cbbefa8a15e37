"""What a seed holds in store, for the instructor's eyes only."""

from dataclasses import dataclass
from itertools import islice

from corridor_tui.level.disruptions import DocumentHold
from corridor_tui.level.model import Level
from corridor_tui.scenario.disruptions import Upcoming, holds
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scenario.onward import closed
from corridor_tui.scenario.selectivity import opening
from corridor_tui.scenario.values import Consignment

MOST_DRAWN = 200
"""How many trains of the services are shown: a year's would fill a book."""
MOST_SAILINGS = 30
"""Of how many sailings of a connection it is told whether weather closes them: a month of daily ones."""


@dataclass(frozen=True, slots=True)
class TrainPreview:
    """A train: when it is offered by timetable and really (seconds of the shift), its load, and how long its work takes.

    `tasks_s` gives the seconds of each task of the station, `lift_s` the mean of the first lifts of its containers (None
    where the cranes have nothing to do with it).
    """

    number: str
    kind: str
    planned_s: int
    offered_s: int
    containers: int
    consignments: int
    tasks_s: dict[str, int]
    lift_s: float | None


@dataclass(frozen=True, slots=True)
class ConsignmentPreview:
    """A consignment: its lane, goods, containers, what is odd and in which cells, and how long its clearing takes.

    `lane` is that under the criteria as the shift opens. `kind` is "clean" where nothing is odd. `ready_s`: when its declaration can be worked, in seconds after its train's
    arrival. `check_s`: the check of its documents.
    """

    id: str
    lane: str
    goods: str
    containers: int
    kind: str
    family: str
    fields: tuple[str, ...]
    ready_s: int
    check_s: int

    @property
    def notable(self) -> bool:
        """Whether it is flagged or odd: what an instructor looks for."""
        return self.lane != "green" or self.kind != "clean"


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it. `rakes_s`: how long after its call each rake of empties is offered, in seconds.

    `closed_s`: the sailings of each connection that weather closes, of the first that there are. `upsets`: what goes wrong, and
    who calls; `held`: the papers that are called in by a share of the trains, as hold, consignment and seconds.
    """

    trains: tuple[TrainPreview, ...]
    consignments: tuple[ConsignmentPreview, ...]
    rakes_s: dict[str, int]
    closed_s: dict[str, tuple[int, ...]]
    upsets: tuple[Upcoming, ...]
    held: tuple[tuple[DocumentHold, str, int], ...]


def preview(level: Level, seed: int) -> Preview:
    """Resolve a level with a seed and show what comes."""
    scenario = resolve(level, seed)
    numbers = [*scenario.plans, *(plan.spec.number for plan in islice(scenario.arrivals(), MOST_DRAWN))]
    trains = tuple(_train(scenario, number) for number in numbers)
    consignments = tuple(_consignment(scenario, item) for number in numbers for item in scenario.consignments(number))
    closures = {item.id: closed(level, seed, item, MOST_SAILINGS) for item in level.connections}
    rakes = {name: scenario.rake_s(name)["notice"] for name, rake in level.each_rake.items() if rake.park is not None}
    held = tuple(
        (hold, item.id, lasts_s)
        for hold in holds(level)
        for number in numbers
        for item in scenario.consignments(number)
        if (lasts_s := scenario.held_s(hold, item)) is not None
    )
    return Preview(trains, consignments, rakes, closures, scenario.disruptions, held)


def _train(scenario: Scenario, number: str) -> TrainPreview:
    plan, loads = scenario.plans[number], scenario.consignments(number)
    lifts = [scenario.lift_s(box, 0) for item in loads for box in item.containers]
    mean = sum(lifts) / len(lifts) if lifts and plan.spec.kind == "container" else None
    return TrainPreview(
        number, plan.spec.kind, plan.planned_s, plan.offered_s, len(lifts), len(loads), dict(plan.tasks_s), mean
    )


def _consignment(scenario: Scenario, item: Consignment) -> ConsignmentPreview:
    truth = scenario.truth(item.id)
    kind, family = (truth.kind, truth.family) if truth else ("clean", "")
    fields = tuple(sorted(truth.fields)) if truth else ()
    criteria = scenario.level.customs.selectivity
    lane = scenario.lane(item, {} if criteria is None else opening(criteria))
    return ConsignmentPreview(
        item.id, lane, item.goods, len(item.containers), kind, family, fields, item.ready_s, item.work.check_s
    )
