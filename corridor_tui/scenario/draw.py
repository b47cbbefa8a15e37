"""Level + seed -> scenario: every chance resolved before anyone acts, train by train and only when it is asked for."""

from collections.abc import Iterator, Mapping
from functools import partial

from corridor_tui.level.base import Duration, Gauge, Lane
from corridor_tui.level.disruptions import DocumentHold
from corridor_tui.level.model import Level
from corridor_tui.level.traffic import Train
from corridor_tui.scenario import bulk, disruptions, goods, papers, selectivity
from corridor_tui.scenario.cases import scatter, shown
from corridor_tui.scenario.loading import Loader, consignment_id, lanes_of, listed
from corridor_tui.scenario.papers import Declared
from corridor_tui.scenario.risk import Frame
from corridor_tui.scenario.rules import finding_stands
from corridor_tui.scenario.services import Drawn, coming, lateness_s
from corridor_tui.scenario.streams import seconds, stream
from corridor_tui.scenario.times import Times
from corridor_tui.scenario.values import (
    Consignment,
    Container,
    Haul,
    Manifest,
    Papers,
    TrainPlan,
    Truth,
)


class Scenario:
    """A level with its chances resolved by a seed. What is hidden stays here; `manifest` and `papers` go to the desk.

    `plans` holds the trains that the level lists, and those of its services from when `arrivals` gives them until they are
    forgotten.
    """

    def __init__(self, level: Level, seed: int) -> None:
        self.level = level
        self.seed = seed
        self._durations = Times(level)
        self.plans = {train.number: _plan(level, self._durations, seed, train) for train in level.trains}
        self.disruptions = disruptions.draw(level, seed)
        self._order = {train.number: index for index, train in enumerate(level.trains)}
        self._scattered = scatter(level, seed, partial(lanes_of, level, seed), consignment_id)
        self._frame = Frame(level)
        self._loads: dict[str, tuple[Consignment, ...]] = {}
        self._papers: dict[tuple[str, bool], Papers] = {}
        self._declared: dict[str, tuple[Declared, ...]] = {}

    def arrivals(self) -> Iterator[TrainPlan]:
        """The trains of the services in the order in which they are announced, each drawn when it is asked for."""
        for drawn in coming(self.level, self.seed):
            number = drawn.train.number
            self.plans[number] = plan = _drawn(self._durations, self.seed, drawn)
            self._order[number] = drawn.ordinal
            yield plan

    def order_of(self, train: str) -> int:
        """A train's place in the count of all trains of the level."""
        return self._order[train]

    def consignments(self, train: str) -> tuple[Consignment, ...]:
        """The consignments of a train, in order; containers included."""
        if train not in self._loads:
            spec = self.plans[train].spec
            self._loads[train] = Loader(
                self.level, self._durations, self.seed, spec, self._order[train], self._scattered, self._frame
            ).draw()
        return self._loads[train]

    def consignment(self, name: str) -> Consignment:
        """A consignment by its name, as `consignment_id` makes it."""
        train, _, number = name.rpartition("-")
        return self.consignments(train)[int(number) - 1]

    def manifest(self, train: str) -> Manifest:
        """The handover list of a train."""
        return Manifest(train, tuple(listed(self.consignments(train))))

    def papers(self, consignment: str, *, corrected: bool) -> Papers:
        """The documents of a consignment, as first lodged or as corrected after a finding was upheld."""
        key = (consignment, corrected)
        if key not in self._papers:
            item = self.consignment(consignment)
            draw = papers.corrected_papers if corrected else papers.draw_papers
            self._papers[key] = draw(self.seed, self.plans[item.train].spec, item, self._day(item.train))
        return self._papers[key]

    def truth(self, consignment: str) -> Truth | None:
        """What is really odd about a consignment; None where nothing is."""
        item = self.consignment(consignment)
        if item.case is None:
            return None
        return papers.truth(self.seed, self.plans[item.train].spec, item, self._day(item.train))

    def upholds(self, consignment: str, first: str, second: str, rule: str) -> bool:
        """Whether a declarant has to uphold the claim that two fields clash against a rule."""
        return finding_stands(self.truth(consignment), first, second, rule)

    def bears(self, consignment: str, document: str) -> bool:
        """Whether what is wrong with a consignment stands in a document of it."""
        truth = self.truth(consignment)
        return truth is not None and truth.kind != "lookalike" and truth.stands_in(document)

    def shown(self, consignment: str, rung: str) -> str:
        """What a physical rung brings to light: "clean", "suspect" of a scan, or the family of what is wrong."""
        case = self.consignment(consignment).case
        return shown(rung, case.kind, case.family) if case is not None else "clean"

    def _day(self, train: str) -> str:
        """The date on a train's papers: of the shift, or of the planned handover where it comes over days."""
        plan = self.plans[train]
        return self.level.shift.date if plan.service is None else self.level.date_at(plan.planned_s)

    def lane(self, item: Consignment, settings: Mapping[str, str]) -> Lane:
        """The lane of a consignment under the criteria in force; without criteria, or where the level says, the drawn one."""
        rules = self.level.customs.selectivity
        if rules is None or item.risk.fixed:
            return item.lane
        lots = [each.risk.lots for each in self.consignments(item.train)]
        return selectivity.lanes(rules, settings, self._as_declared(item.train), lots)[item.number - 1]

    def _as_declared(self, train: str) -> tuple[Declared, ...]:
        if train not in self._declared:
            spec, day = self.plans[train].spec, self.level.shift.date
            load = self.consignments(train)
            self._declared[train] = tuple(papers.declared(self.seed, spec, each, day) for each in load)
        return self._declared[train]

    def risk(self, consignment: str) -> float:
        """How risky a consignment looks by what is declared, from 0 to 1."""
        item = self.consignment(consignment)
        return selectivity.risk(self.level.customs.signs, self._as_declared(item.train)[item.number - 1])

    def lift_s(self, container: Container, lift: int) -> int:
        """The seconds of a container's lift, counted from 0."""
        if lift < len(container.lifts_s):
            return container.lifts_s[lift]
        return self._durations.lift_s(stream(self.seed, f"lift/{lift}", container.number).random())

    def move_s(self, number: str, move: int, takes: Duration) -> int:
        """The seconds of a container's move by a machine of the stack, counted from 0."""
        return seconds(takes, stream(self.seed, f"move/{move}", number).random())

    def haul_s(self, number: str) -> Haul:
        """How long a lorry takes with a container."""
        road, draws = self.level.road, stream(self.seed, "haul", number)
        assert road is not None
        load_s, drive_s, stay = seconds(road.load, draws.random()), seconds(road.drive, draws.random()), draws.random()
        stay_s = None if road.stay is None else seconds(road.stay, stay)
        return Haul(load_s, max(1, drive_s // 2), max(1, drive_s - drive_s // 2), stay_s)

    def crane_s(self, crane: str, purpose: str) -> int:
        """The seconds it takes to tie a crane down or free it; `purpose` tells one time from another."""
        return seconds(self.level.tasks.tie.takes, stream(self.seed, purpose, crane).random())

    def setout_s(self, unit: str, wagon: int) -> int:
        """The seconds it takes to set a wagon out."""
        return seconds(self.level.tasks.setout.takes, stream(self.seed, f"setout/{wagon}", unit).random())

    def batch_s(self, train: str, batch: int, wagons: int) -> int:
        """The seconds it takes to unload a train's batch of grain wagons, counted from 0."""
        return bulk.batch_s(self.level, self.seed, train, batch, wagons)

    def fill_s(self, train: str, wagon: int, mass_kg: int) -> int:
        """The seconds it takes to fill a wagon with a train's grain, counted from 0."""
        return bulk.fill_s(self.level, self.seed, train, wagon, mass_kg)

    def sample(self, consignment: str) -> bulk.Sample | None:
        """The sample that plant health wants of a consignment; None: nothing."""
        kind = goods.by_code(self.consignment(consignment).goods)
        return bulk.sample(self.level, self.seed, consignment, kind)

    def held_s(self, hold: DocumentHold, item: Consignment) -> int | None:
        """For how many seconds the papers of a consignment are called in as soon as they are here; None: they are not."""
        found = disruptions.held(hold, self.seed, item.train, self.plans[item.train].spec.consignments)
        return found[1] if found is not None and found[0] == item.number else None

    def rake_s(self, rake: str) -> dict[str, int]:
        """The seconds of each task on a rake of the desk, its notice and its way back included."""
        draws, spec = stream(self.seed, "rake", rake), self.level.rake(rake)
        if spec is None:
            return self._durations.tasks(draws, self.plans[rake].spec.wagons)
        drawn = {"notice": seconds(spec.notice, draws.random()), **self._durations.tasks(draws, spec.wagons)}
        if spec.back is not None:
            drawn["back"] = seconds(spec.back, draws.random())
        return drawn

    def stay_s(self, unit: str, gauge: Gauge, neighbour: str) -> int:
        """The seconds that the locomotive which took a unit to a neighbour stands there before it can run back."""
        turns = (turn for pool in self.level.locomotives if pool.gauge == gauge for turn in pool.turns)
        stay = next(turn.stay for turn in turns if turn.to == neighbour)
        return seconds(stay, stream(self.seed, "stay", unit).random())

    def forget(self, train: str) -> None:
        """Let the values of a finished train go, so that a long run needs no more memory than a short one."""
        self._declared.pop(train, None)
        if self.plans[train].service is not None:
            del self.plans[train], self._order[train]
        for consignment in self._loads.pop(train, ()):
            for corrected in (False, True):
                self._papers.pop((consignment.id, corrected), None)


def resolve(level: Level, seed: int) -> Scenario:
    """Resolve every chance of a level."""
    return Scenario(level, seed)


def _plan(level: Level, times: Times, seed: int, train: Train) -> TrainPlan:
    draws = stream(seed, "train", train.number)
    late = draws.random()
    if train.standing is not None:
        planned = offered = -int(train.standing.since_min * 60)
    else:
        planned = level.at_s(train.at)
        offered = max(0, planned + lateness_s(level, seed, train, late))
    due = None if train.due is None else level.at_s(train.due)
    return TrainPlan(train, offered, planned, due, times.tasks(draws, train.wagons))


def _drawn(times: Times, seed: int, drawn: Drawn) -> TrainPlan:
    train, draws = drawn.train, stream(seed, "tasks", drawn.train.number)
    tasks = times.tasks(draws, train.wagons)
    return TrainPlan(
        train, drawn.offered_s, drawn.planned_s, drawn.due_s, tasks, drawn.service, drawn.announced_s
    )  # fmt: skip
