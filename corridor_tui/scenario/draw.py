"""Level + seed -> scenario: every chance resolved before anyone acts, train by train and only when it is asked for."""

from collections.abc import Iterator, Mapping
from functools import partial
from random import Random

from corridor_tui.level.base import Duration, Lane
from corridor_tui.level.model import Level
from corridor_tui.level.road import LOCAL, LaneShares, Regime
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.level.traffic import Train
from corridor_tui.scenario import bulk, disruptions, goods, iso6346, papers, selectivity
from corridor_tui.scenario.cases import Lot, kind_of, scatter, shown
from corridor_tui.scenario.onward import goal_of
from corridor_tui.scenario.risk import Nature, Profiler, Ware
from corridor_tui.scenario.rules import finding_stands
from corridor_tui.scenario.services import Drawn, coming, lateness_s
from corridor_tui.scenario.special import ware
from corridor_tui.scenario.streams import below, seconds, stream
from corridor_tui.scenario.times import Times
from corridor_tui.scenario.values import (
    Consignment,
    Container,
    Haul,
    Loading,
    Manifest,
    Papers,
    Special,
    TrainPlan,
    Truth,
)

_TARE_KG = {1: 2_300, 2: 3_900}
"""Tare of a 20-foot and a 40-foot box; common builders' figures, assumed."""
_PAPER_SPREAD = 0.2
"""Registration of a consignment's declaration varies by a fifth, the tolerance of the published 8 h and 30 min."""
_MASS_ERROR = (1.12, 1.35)
"""How much heavier a container with a wrong mass really is; assumed, more than the 10 % a portal can tell."""


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
        self._scattered = scatter(level, seed, partial(_lanes, level, seed), consignment_id)
        self._profiler = Profiler(level)
        self._loads: dict[str, tuple[Consignment, ...]] = {}
        self._papers: dict[tuple[str, bool], Papers] = {}
        self._owner: dict[str, str] = {}
        self._declared: dict[str, tuple[papers.Declared, ...]] = {}

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
            self._loads[train] = load = _Loader(
                self.level, self._durations, self.seed, spec, self._order[train], self._scattered, self._profiler
            ).draw()
            for consignment in load:
                self._owner[consignment.id] = train
        return self._loads[train]

    def consignment(self, name: str) -> Consignment:
        """A consignment of a train that was asked for before."""
        train = self._owner.get(name) or name.rpartition("-")[0]
        return next(item for item in self.consignments(train) if item.id == name)

    def manifest(self, train: str) -> Manifest:
        """The handover list of a train."""
        loads = self.consignments(train)
        goals = {item.id: item.goal for item in loads if item.goal is not None}
        regimes = {item.id: item.risk.regime for item in loads if item.risk.regime is not None}
        return Manifest(train, tuple(_on_wagons(loads)), goals, regimes)

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
        load, day = self.consignments(item.train), self.level.shift.date
        if item.train not in self._declared:
            spec = self.plans[item.train].spec
            self._declared[item.train] = tuple(papers.declared(self.seed, spec, each, day) for each in load)
        lots = [each.risk.lots for each in load]
        return selectivity.lanes(rules, settings, self._declared[item.train], lots)[item.number - 1]

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

    def rake_s(self, rake: str) -> dict[str, int]:
        """The seconds of each task on a rake of the desk, its notice and its way back included."""
        draws, spec = stream(self.seed, "rake", rake), self.level.rake(rake)
        if spec is None:
            return self._durations.tasks(draws, self.plans[rake].spec.wagons)
        drawn = {"notice": seconds(spec.notice, draws.random()), **self._durations.tasks(draws, spec.wagons)}
        if spec.back is not None:
            drawn["back"] = seconds(spec.back, draws.random())
        return drawn

    def forget(self, train: str) -> None:
        """Let the values of a finished train go, so that a long run needs no more memory than a short one."""
        self._declared.pop(train, None)
        if self.plans[train].service is not None:
            del self.plans[train], self._order[train]
        for consignment in self._loads.pop(train, ()):
            self._owner.pop(consignment.id, None)
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


BY_ROAD_TOO = ("container", "export")
"""Kinds of trains whose goods go west, by rail or first by road."""


def consignment_id(train: str, number: int) -> str:
    """The identifier of a train's consignment."""
    return f"{train}-{number:02d}"


def _lanes(level: Level, seed: int, train: Train) -> list[Lane]:
    """The lane of each consignment: exactly `flagged` are yellow or red where the level says so."""
    draws = stream(seed, "lanes", train.number)
    shares = level.customs.lanes
    count = train.consignments
    if train.flagged is None:
        lanes = [_lane(draws.random(), _shares(level, regime)) for regime in regimes(level, seed, train)]
    else:
        picked = sorted(range(count), key=[draws.random() for _ in range(count)].__getitem__)[: train.flagged]
        inspected, free = shares.yellow + shares.red, shares.green + shares.blue
        lanes = []
        for index in range(count):
            u = draws.random()
            if index in picked:
                lanes.append("yellow" if u * inspected < shares.yellow else "red")
            else:
                lanes.append("green" if u * free < shares.green or free == 0 else "blue")
    for script in train.scripted:
        if script.lane is not None and script.number <= count:
            lanes[script.number - 1] = script.lane
    return lanes


def regimes(level: Level, seed: int, train: Train) -> tuple[Regime | None, ...]:
    """The customs procedure of each consignment of a train; None where the level knows of none.

    One consignment at least goes on by rail.
    """
    if level.road is None or train.kind != "container":
        alike: Regime | None = "export" if train.kind == "export" else None
        return (alike,) * train.consignments
    draws, found = stream(seed, "regimes", train.number), list[Regime | None]()
    scripts = {script.number: script.regime for script in train.scripted}
    for number in range(1, train.consignments + 1):
        rest, regime = draws.random(), scripts.get(number)
        for one in train.regimes:
            if regime is None and rest < one.share:
                regime = one.regime
            rest -= one.share
        found.append(regime or "transit")
    if all(regime in LOCAL for regime in found):
        found[next(place for place in range(len(found)) if scripts.get(place + 1) is None)] = "transit"
    return tuple(found)


def _shares(level: Level, regime: Regime | None) -> LaneShares:
    """How the risk engine sorts what is declared for a procedure."""
    return level.customs.imports.lanes if regime == "import" else level.customs.lanes


def _lane(u: float, shares: LaneShares) -> Lane:
    if u < shares.green:
        return "green"
    if u < shares.green + shares.yellow:
        return "yellow"
    return "blue" if u < shares.green + shares.yellow + shares.blue else "red"


class _Loader:
    """Draws what one train carries."""

    def __init__(
        self,
        level: Level,
        times: Times,
        seed: int,
        train: Train,
        index: int,
        scattered: dict[str, Lot] | None,
        profiler: Profiler,
    ) -> None:
        self._level, self._durations, self._seed, self._train, self._index = level, times, seed, train, index
        self._scattered, self._profiler = scattered, profiler
        self._draws = stream(seed, "load", train.number)
        self._scripts: dict[int, Script] = {script.number: script for script in train.scripted}
        self._regimes = regimes(level, seed, train)

    def draw(self) -> tuple[Consignment, ...]:
        train = self._train
        if not train.consignments:
            return ()
        lanes = _lanes(self._level, self._seed, train)
        bulky = train.kind == "grain"
        sizes = self._sizes(train.wagons if bulky else train.feu + train.twenties, train.consignments)
        teus = [0] * train.wagons if bulky else self._mixed()
        serial = below(self._draws.random(), 10_000)
        made: list[Consignment] = []
        for number, size in enumerate(sizes, 1):
            boxes = [teus.pop() for _ in range(size)]
            made.append(self._consignment(number, boxes, lanes[number - 1], serial))
            serial += size
        return tuple(made)

    def _sizes(self, boxes: int, count: int) -> list[int]:
        """Split a train's boxes over its consignments: at least one each, the rest by chance."""
        fixed = {n: s.boxes for n, s in self._scripts.items() if s.boxes is not None}
        sizes = [fixed.get(number) or 1 for number in range(1, count + 1)]
        free = [number for number in range(1, count + 1) if number not in fixed] or [count]
        for _ in range(boxes - sum(sizes)):
            sizes[free[below(self._draws.random(), len(free))] - 1] += 1
        return sizes

    def _mixed(self) -> list[int]:
        teus = [2] * self._train.feu + [1] * self._train.twenties
        if self._train.twenties and self._train.feu:
            for index in range(len(teus) - 1, 0, -1):
                other = below(self._draws.random(), index + 1)
                teus[index], teus[other] = teus[other], teus[index]
        return teus

    def _lot(self, name: str, draws: Random) -> Lot | None:
        """The kind of case that a consignment is given, and the chance of its family; both are drawn for every one."""
        which, u = draws.random(), draws.random()
        if self._scattered is not None:
            return self._scattered.get(name)
        kind = kind_of(self._level.customs.cases, u) if self._train.kind in BY_ROAD_TOO else None
        return None if kind is None else (kind, which)

    def _consignment(self, number: int, teus: list[int], lane: Lane, serial: int) -> Consignment:
        name = consignment_id(self._train.number, number)
        draws = stream(self._seed, "consignment", name)
        script = self._scripts.get(number)
        lot = self._lot(name, draws)
        eastward, bulky = self._train.kind not in BY_ROAD_TOO, self._train.kind == "grain"
        which = draws.random() if script is None or not script.goods else 0.0
        if script is not None and script.goods:
            kind = goods.by_code(script.goods)
        else:
            kind = goods.pick_grain(which) if bulky else goods.pick(which, eastward=eastward)
        ready_s = self._ready_s(number, draws)
        cargo = self._level.cargo if self._train.kind == "container" else None
        chosen = Ware(kind) if cargo is None else ware(cargo, self._seed, name, kind, script)
        regime = self._regimes[number - 1]
        if regime is not None:
            chosen = chosen._replace(regime=regime)
        nature = self._nature(draws, chosen, ready_s, lot, script)
        kind, case = goods.by_code(nature.goods), nature.case
        heavier = 1.0
        mass_draw = draws.random()
        if case is not None and case.kind == "error" and case.family == "mass":
            low, high = _MASS_ERROR
            heavier = low + (high - low) * mass_draw
        containers = tuple(self._container(serial + place, teu, kind, draws, heavier) for place, teu in enumerate(teus))
        goal = None if regime in LOCAL else goal_of(self._seed, self._train, name)
        countries = () if goal is None else self._level.route.destinations[goal].countries
        special = nature.risk.special or Special()
        reefer = special.set_c is not None or (script is not None and script.reefer)
        danger = (script and script.danger) or (special.entry.kind if special.entry else "")
        return Consignment(
            name, self._train.number, number, kind.code, containers, lane, case, ready_s,
            self._durations.work(draws, len(teus), regime), nature.risk, goal, countries, reefer, danger,
        )  # fmt: skip

    def _nature(self, draws: Random, chosen: Ware, ready_s: int, lot: Lot | None, script: Script | None) -> Nature:
        fixed = script is not None and script.lane is not None
        if script is not None and script.case is not None:
            return self._profiler.scripted(draws, self._train, chosen, ready_s, script, fixed=fixed)
        given = None if script is not None and script.clean else lot
        return self._profiler.drawn(draws, self._train, chosen, ready_s, given, fixed=fixed)

    def _container(self, serial: int, teu: int, kind: goods.Goods, draws: Random, heavier: float) -> Container:
        if not teu:
            mass = bulk.load_kg(self._level.wagon_types[self._train.wagon].grain_t or 0.0, draws.random())
            return Container(bulk.wagon_number(self._index, serial), 0, mass, mass, ())
        low, high = kind.feu_kg if teu == 2 else kind.twenty_kg
        declared = int(low + (high - low) * draws.random()) + _TARE_KG[teu]
        return Container(
            iso6346.number(self._index, serial),
            teu,
            int(declared * heavier),
            declared,
            (self._durations.lift_s(draws.random()),),
        )

    def _ready_s(self, number: int, draws: Random) -> int:
        u = draws.random()
        customs, papers_by = self._level.customs, self._train.papers
        if papers_by == "lodged":
            return 0
        whole = customs.paper_min if papers_by == "paper" else customs.electronic_min
        spread = 1 + _PAPER_SPREAD * (2 * u - 1) / self._train.consignments
        return max(1, round(whole * 60 * number / self._train.consignments * spread))


def _on_wagons(loads: tuple[Consignment, ...]) -> list[Loading]:
    """Put a train's containers on its wagons in order: a 40-foot box fills one, two 20-foot boxes share one.

    Grain in bulk fills the wagon whose number it bears.
    """
    loadings: list[Loading] = []
    wagons, half = 0, None
    for consignment in loads:
        for container in consignment.containers:
            if container.teu == 1 and half is not None:
                place, half = half, None
            else:
                place, wagons = wagons, wagons + 1
                half = place if container.teu == 1 else half
            loadings.append(
                Loading(
                    container.number, container.teu, container.declared_kg, consignment.id, place,
                    consignment.reefer, consignment.danger, consignment.risk.local,
                )
            )  # fmt: skip
    return loadings
