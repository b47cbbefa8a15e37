"""Level + seed -> scenario: every chance resolved before anyone acts, train by train and only when it is asked for."""

from random import Random
from typing import TypeAlias

from corridor_tui.level.base import Lane, Triangular
from corridor_tui.level.model import Level
from corridor_tui.level.traffic import FAMILIES, Case, Family, Kind, LaneShares, Train
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.scenario import bulk, disruptions, goods, iso6346, papers
from corridor_tui.scenario.streams import below, expected_s, seconds, stream
from corridor_tui.scenario.values import Consignment, Container, Loading, Manifest, Papers, TrainPlan, Truth, Work

_TARE_KG = {1: 2_300, 2: 3_900}
"""Tare of a 20-foot and a 40-foot box; common builders' figures, assumed."""
_PAPER_SPREAD = 0.2
"""Registration of a consignment's declaration varies by a fifth, the tolerance of the published 8 h and 30 min."""
_MASS_ERROR = (1.12, 1.35)
"""How much heavier a container with a wrong mass really is; assumed, more than the 10 % a portal can tell."""


class Scenario:
    """A level with its chances resolved by a seed. What is hidden stays here; `manifest` and `papers` go to the desk."""

    def __init__(self, level: Level, seed: int) -> None:
        self.level = level
        self.seed = seed
        self.plans: dict[str, TrainPlan] = {train.number: _plan(level, seed, train) for train in level.trains}
        self.disruptions = disruptions.draw(level, seed)
        self._order = {train.number: index for index, train in enumerate(level.trains)}
        self._scattered = _scatter(level, seed)
        self._loads: dict[str, tuple[Consignment, ...]] = {}
        self._papers: dict[tuple[str, bool], Papers] = {}
        self._owner: dict[str, str] = {}

    def consignments(self, train: str) -> tuple[Consignment, ...]:
        """The consignments of a train, in order; containers included."""
        if train not in self._loads:
            spec = self.plans[train].spec
            self._loads[train] = load = _Loader(self.level, self.seed, spec, self._order[train], self._scattered).draw()
            for consignment in load:
                self._owner[consignment.id] = train
        return self._loads[train]

    def consignment(self, name: str) -> Consignment:
        """A consignment of a train that was asked for before."""
        return next(item for item in self.consignments(self._owner[name]) if item.id == name)

    def manifest(self, train: str) -> Manifest:
        """The handover list of a train."""
        loads = self.consignments(train)
        return Manifest(train, tuple(_on_wagons(loads)))

    def papers(self, consignment: str, *, corrected: bool) -> Papers:
        """The documents of a consignment, as first lodged or as corrected after a finding was upheld."""
        key = (consignment, corrected)
        if key not in self._papers:
            item = self.consignment(consignment)
            draw = papers.corrected_papers if corrected else papers.draw_papers
            self._papers[key] = draw(self.seed, self.plans[item.train].spec, item, self.level.shift.date)
        return self._papers[key]

    def truth(self, consignment: str) -> Truth | None:
        """What is really odd about a consignment; None where nothing is."""
        item = self.consignment(consignment)
        if item.case is None:
            return None
        return papers.truth(self.seed, self.plans[item.train].spec, item, self.level.shift.date)

    def lift_s(self, container: Container, lift: int) -> int:
        """The seconds of a container's lift, counted from 0."""
        if lift < len(container.lifts_s):
            return container.lifts_s[lift]
        return seconds(self.level.terminal.lift, stream(self.seed, f"lift/{lift}", container.number).random())

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
        """The seconds of each task on a rake of the desk, its notice included."""
        for spec in self.level.rakes:
            if spec.id == rake:
                draws = stream(self.seed, "rake", rake)
                notice = seconds(spec.notice, draws.random())
                return {"notice": notice, **_tasks(self.level, draws, spec.wagons)}
        spec_train = self.plans[rake].spec
        return _tasks(self.level, stream(self.seed, "rake", rake), spec_train.wagons)

    def forget(self, train: str) -> None:
        """Let the values of a finished train go, so that a long run needs no more memory than a short one."""
        for consignment in self._loads.pop(train, ()):
            for corrected in (False, True):
                self._papers.pop((consignment.id, corrected), None)


def resolve(level: Level, seed: int) -> Scenario:
    """Resolve every chance of a level."""
    return Scenario(level, seed)


def _plan(level: Level, seed: int, train: Train) -> TrainPlan:
    draws = stream(seed, "train", train.number)
    late = draws.random()
    if train.standing is not None:
        planned = offered = -int(train.standing.since_min * 60)
    else:
        planned = level.at_s(train.at)
        offered = planned if train.late is None else planned + seconds(train.late, late)
    due = None if train.due is None else level.at_s(train.due)
    return TrainPlan(train, offered, planned, due, _tasks(level, draws, train.wagons))


TASK_NAMES = (
    "secure", "uncouple", "border", "commercial", "technical", "shunt", "shunt2", "weigh", "waybill", "brake_full",
    "brake_yard", "brake_short", "couple", "empty", "loco",
)  # fmt: skip


def task_spec(level: Level, task: str, wagons: int) -> tuple[Triangular, float]:
    """A task's duration and the factor for a train of so many wagons."""
    spec = getattr(level.tasks, "shunt" if task == "shunt2" else task)
    factor = wagons / spec.per_wagons if spec.per_wagons else 1.0
    return spec.takes, factor


def task_expected_s(level: Level, task: str, wagons: int) -> int:
    """What the desk plans with for a task on a train of so many wagons, in seconds."""
    takes, factor = task_spec(level, task, wagons)
    return expected_s(takes, factor=factor)


def _tasks(level: Level, draws: Random, wagons: int) -> dict[str, int]:
    drawn: dict[str, int] = {}
    for task in TASK_NAMES:
        u = draws.random()
        if task == "loco":
            notice = next((pool.notice for pool in level.locomotives), None)
            drawn[task] = 1 if notice is None else seconds(notice, u)
        else:
            takes, factor = task_spec(level, task, wagons)
            drawn[task] = seconds(takes, u, factor=factor)
    return drawn


def consignment_id(train: str, number: int) -> str:
    """The identifier of a train's consignment."""
    return f"{train}-{number:02d}"


def _lanes(level: Level, seed: int, train: Train) -> list[Lane]:
    """The lane of each consignment: exactly `flagged` are yellow or red where the level says so."""
    draws = stream(seed, "lanes", train.number)
    shares = level.customs.lanes
    count = train.consignments
    if train.flagged is None:
        lanes = [_lane(draws.random(), shares) for _ in range(count)]
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


def _lane(u: float, shares: LaneShares) -> Lane:
    if u < shares.green:
        return "green"
    if u < shares.green + shares.yellow:
        return "yellow"
    return "blue" if u < shares.green + shares.yellow + shares.blue else "red"


def _ready_share(train: Train, number: int) -> float:
    return number / train.consignments


def _scatter(level: Level, seed: int) -> dict[str, Case] | None:
    """Spread an exact number of cases, first over what can be worked in the shift; None where shares rule."""
    cases = level.customs.cases
    if cases.errors is None and cases.lookalikes is None:
        return None
    placed, flagged, green = _candidates(level, seed)
    draws = stream(seed, "cases", level.id)
    for names in (flagged, green):
        _shuffle(names, draws)
        names.sort(key=lambda item: not item[1])
    for name, _ in green[: cases.unflagged]:
        placed[name] = Case(kind="error", family=_family(draws.random()))
    kinds: list[Kind] = ["error"] * ((cases.errors or 0) - cases.unflagged)
    kinds += ["lookalike"] * (cases.lookalikes or 0)
    if draws.random() < cases.offence_chance:
        kinds.insert(0, "offence")
    for kind, (name, _) in zip(kinds, flagged, strict=False):
        placed[name] = _case(kind, draws.random())
    return placed


_Candidates: TypeAlias = list[tuple[str, bool]]
"""Consignments, and whether their papers come early enough to be decided in the shift."""


def _candidates(level: Level, seed: int) -> tuple[dict[str, Case], _Candidates, _Candidates]:
    """The cases that the level scripts, and the flagged and the green consignments that may be given one."""
    placed: dict[str, Case] = {}
    flagged: _Candidates = []
    green: _Candidates = []
    for train in level.trains:
        scripts = {script.number: script for script in train.scripted}
        lanes = _lanes(level, seed, train) if train.kind == "container" else []
        for number, lane in enumerate(lanes, 1):
            name, script = consignment_id(train.number, number), scripts.get(number)
            if script is not None and script.case is not None:
                placed[name] = script.case
            elif script is None or not script.clean:
                (flagged if lane in ("yellow", "red") else green).append((name, _workable(level, train, number)))
    return placed, flagged, green


def _workable(level: Level, train: Train, number: int) -> bool:
    """Whether a consignment's papers should come early enough in the shift to be decided in it."""
    if train.papers == "lodged":
        return True
    whole = level.customs.paper_min if train.papers == "paper" else level.customs.electronic_min
    arrival = -train.standing.since_min * 60 if train.standing else level.at_s(train.at)
    return arrival + _ready_share(train, number) * whole * 60 < level.shift_s * 0.8


def _shuffle(names: _Candidates, draws: Random) -> None:
    for index in range(len(names) - 1, 0, -1):
        other = below(draws.random(), index + 1)
        names[index], names[other] = names[other], names[index]


_FAMILY_SHARES = (25, 15, 20, 15, 10, 15)
"""Mass, packages, HS code, consignee or station, seal, missing certificate: the facts' split, assumed there."""


def _family(u: float) -> Family:
    rest = u * sum(_FAMILY_SHARES)
    for family, share in zip(FAMILIES, _FAMILY_SHARES, strict=False):
        if rest < share:
            return family
        rest -= share
    return FAMILIES[0]


def _case(kind: Kind, u: float) -> Case:
    return Case(kind=kind, family="goods" if kind == "offence" else _family(u))


class _Loader:
    """Draws what one train carries."""

    def __init__(self, level: Level, seed: int, train: Train, index: int, scattered: dict[str, Case] | None) -> None:
        self._level, self._seed, self._train, self._index = level, seed, train, index
        self._scattered = scattered
        self._draws = stream(seed, "load", train.number)
        self._scripts: dict[int, Script] = {script.number: script for script in train.scripted}

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

    def _case(self, number: int, name: str, draws: Random) -> Case | None:
        cases, which, kind = self._level.customs.cases, draws.random(), draws.random()
        script = self._scripts.get(number)
        if script is not None and (script.case is not None or script.clean):
            return script.case
        if self._scattered is not None:
            return self._scattered.get(name)
        if self._train.kind != "container":
            return None
        if kind < cases.offence_share:
            return _case("offence", which)
        if kind < cases.offence_share + cases.error_share:
            return _case("error", which)
        if kind < cases.offence_share + cases.error_share + cases.lookalike_share:
            return _case("lookalike", which)
        return None

    def _consignment(self, number: int, teus: list[int], lane: Lane, serial: int) -> Consignment:
        name = consignment_id(self._train.number, number)
        draws = stream(self._seed, "consignment", name)
        script = self._scripts.get(number)
        case = self._case(number, name, draws)
        eastward, bulky = self._train.kind != "container", self._train.kind == "grain"
        which = draws.random() if script is None or not script.goods else 0.0
        if script is not None and script.goods:
            kind = goods.by_code(script.goods)
        else:
            kind = goods.pick_grain(which) if bulky else goods.pick(which, eastward=eastward)
        heavier = 1.0
        mass_draw = draws.random()
        if case is not None and case.kind == "error" and case.family == "mass":
            low, high = _MASS_ERROR
            heavier = low + (high - low) * mass_draw
        containers = tuple(self._container(serial + place, teu, kind, draws, heavier) for place, teu in enumerate(teus))
        return Consignment(
            name, self._train.number, number, kind.code, containers, lane, case, self._ready_s(number, draws),
            self._work(len(teus), draws),
        )  # fmt: skip

    def _container(self, serial: int, teu: int, kind: goods.Goods, draws: Random, heavier: float) -> Container:
        if not teu:
            mass = bulk.load_kg(self._level.wagon_types[self._train.wagon].grain_t or 0.0, draws.random())
            return Container(bulk.wagon_number(self._index, serial), 0, mass, mass, ())
        lift = self._level.terminal.lift
        low, high = kind.feu_kg if teu == 2 else kind.twenty_kg
        declared = int(low + (high - low) * draws.random()) + _TARE_KG[teu]
        return Container(
            iso6346.number(self._index, serial),
            teu,
            int(declared * heavier),
            declared,
            (seconds(lift, draws.random()),),
        )

    def _ready_s(self, number: int, draws: Random) -> int:
        u = draws.random()
        customs, papers_by = self._level.customs, self._train.papers
        if papers_by == "lodged":
            return 0
        whole = customs.paper_min if papers_by == "paper" else customs.electronic_min
        spread = 1 + _PAPER_SPREAD * (2 * u - 1) / self._train.consignments
        return max(1, round(whole * 60 * _ready_share(self._train, number) * spread))

    def _work(self, boxes: int, draws: Random) -> Work:
        work = self._level.customs.work
        green = sum(seconds(work.green, draws.random()) for _ in range(boxes))
        scan = seconds(work.scan, draws.random()) * boxes
        drawn = [
            seconds(duration, draws.random())
            for duration in (
                work.check,
                work.request,
                work.open,
                work.unload,
                work.correct,
                work.answer,
                work.supervisor,
            )
        ]
        check, request, opened, unload, correct, answer, supervisor = drawn
        consents = draws.random() < work.consent_share
        return Work(green, check, request, scan, opened, unload, correct, answer, supervisor, consents)


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
            loadings.append(Loading(container.number, container.teu, container.declared_kg, consignment.id, place))
    return loadings
