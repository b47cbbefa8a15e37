"""What it takes at the least to get a consignment through customs, whatever the desk does and however good its eye is."""

from collections.abc import Iterator
from dataclasses import dataclass

from corridor_tui.corridor.work import pools_of
from corridor_tui.hindsight.calendar import Calendar, Cost, Fact, Given, Time
from corridor_tui.level.base import Lane
from corridor_tui.level.goals import DetectionLoss
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scenario.selectivity import opening
from corridor_tui.scenario.values import Consignment


@dataclass(frozen=True, slots=True)
class Clearing:
    """A way to have a consignment released: tasks one after the other with their seconds, and what it costs the desk's name.

    `there`: only once its train stands here.
    """

    tasks: tuple[tuple[str, int], ...]
    loss: float
    there: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """A consignment in the calendar: whether any of it travels on, and the first second of a departure with it."""

    boxes: int
    travels: Fact
    go: Time
    kept_free: bool
    """Whether holding it back costs nothing: it is an offence."""


def clearings(level: Level, item: Consignment, lane: Lane, *, faulty: bool) -> Iterator[Clearing]:
    """The ways to have a consignment released, those left out that another is no worse than in anything.

    On what is faulty no rung is without ground. A lane is raised for the price of one rung without ground, and blue is let
    go unread; the supervisor's consent lowers one for nothing.
    """
    work, bare = item.work, 0.0 if faulty else level.scoring.detection.unjustified
    physical = [("scan", work.scan_s)] if level.customs.scanners else []
    there = [("open", work.open_s), ("unload", work.unload_s)] if level.customs.bays else []
    if lane == "blue":
        yield Clearing((), 0.0)
        return
    if lane == "green":
        yield Clearing((), bare)
        if bare:
            yield Clearing((("read", work.green_s),), 0.0)
        return
    if work.consents:
        asked = ("supervisor", work.supervisor_s)
        yield Clearing((asked,), bare)
        if bare:
            yield Clearing((asked, ("read", work.green_s)), 0.0)
    if lane == "yellow":
        yield Clearing((("check", work.check_s),), 0.0)
    rungs = 2 * bare if lane == "yellow" else 0.0
    for tasks, here in ((physical, False), (there, True)):
        for task in tasks:
            yield Clearing((task,), rungs, here)


class Customs:
    """Puts consignments into a calendar."""

    def __init__(self, calendar: Calendar, scenario: Scenario, name: Cost, costs: Cost) -> None:
        self._calendar, self._scenario = calendar, scenario
        self._name, self._costs = name, costs
        rules = scenario.level.customs.selectivity
        self._criteria = {} if rules is None else opening(rules)

    def lodged(self, item: Consignment, arrival: Time) -> Time:
        """When its declaration can be worked."""
        plan = self._scenario.plans[item.train]
        if plan.spec.standing is not None:
            return max(0, item.ready_s + plan.offered_s)
        if plan.spec.papers == "lodged":
            return item.ready_s
        return item.ready_s + (plan.offered_s if plan.spec.papers == "electronic" else arrival)

    def clear(self, item: Consignment, arrival: Time, leaves: Fact) -> Cleared:
        """Put a consignment into the calendar; `leaves`: whether its train's load leaves at all."""
        calendar, level = self._calendar, self._scenario.level
        model, lag_s, rates = calendar.model, calendar.lag_s, level.scoring.detection
        truth = self._scenario.truth(item.id)
        fault = None if truth is None or truth.kind == "lookalike" else truth.kind
        lane = self._scenario.lane(item, self._criteria)
        travels, go = calendar.fact(f"{item.id} travels"), calendar.second(f"{item.id} may go")
        model.add_implication(travels, leaves)
        lodged = self.lodged(item, arrival)
        ways = list(clearings(level, item, lane, faulty=fault is not None))
        taken = [calendar.fact(f"{item.id} way {number}") for number in range(len(ways))]
        model.add(sum(taken) == travels)
        for way, here in zip(ways, taken, strict=True):
            ready: Time = lodged + lag_s
            for task, takes_s in way.tasks:
                work = calendar.work(f"{item.id} {task}", task, takes_s, here)
                calendar.after(work.start, [ready], here)
                if way.there:
                    calendar.after(work.start, [arrival + lag_s], here)
                ready = work.end + lag_s
                if pools_of(task):
                    self._costs.add(here, takes_s / 3_600 * level.scoring.resources.officer_hour)
            calendar.after(go, [ready], here)
            self._name.add(here, way.loss)
        self._verdict(item, fault, rates, travels, go, lodged)
        return Cleared(len(item.containers), travels, go, fault == "offence")

    def _verdict(
        self, item: Consignment, fault: str | None, rates: DetectionLoss, travels: Fact, go: Time, lodged: Time
    ) -> None:
        """A fault is set right first, or slips through; what is decided after the shift was left undecided."""
        calendar, model = self._calendar, self._calendar.model
        lag_s, end_s = calendar.lag_s, calendar.end_s
        late, known = calendar.fact(f"{item.id} undecided"), calendar.fact(f"{item.id} lodged in time")
        open_: list[Given] = [late, known]
        model.add(go <= end_s - 1 + lag_s).only_enforce_if(~late)
        model.add(lodged >= end_s).only_enforce_if(~known)
        if fault is not None:
            missed, mended = calendar.fact(f"{item.id} missed"), calendar.fact(f"{item.id} mended")
            model.add_bool_or(missed, mended, late, ~travels)
            if fault == "offence":
                model.add(mended == 0)
            else:
                work = item.work
                mended_s = work.answer_s + max(1, work.correct_s - work.answer_s)
                calendar.after(go, [lodged + lag_s + mended_s + lag_s], mended)
            self._name.add(missed, rates.offence_miss if fault == "offence" else rates.miss)
            open_.append(~mended)
        left = calendar.fact(f"{item.id} left undecided")
        model.add_bool_or(left, ~travels, *(~each for each in open_))
        self._name.add(left, rates.undecided)
