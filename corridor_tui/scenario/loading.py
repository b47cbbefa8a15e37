"""What one train carries: its consignments with their procedures, lanes and containers, and on which wagons these stand."""

from collections.abc import Iterator
from functools import partial

from corridor_tui.level.base import Lane
from corridor_tui.level.model import Level
from corridor_tui.level.road import LOCAL, LaneShares, Regime
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.level.traffic import Train
from corridor_tui.scenario import bulk, goods, iso6346
from corridor_tui.scenario.cases import Lot, kind_of
from corridor_tui.scenario.onward import goal_of
from corridor_tui.scenario.risk import Frame, Nature, Profiler, Ware
from corridor_tui.scenario.special import ware
from corridor_tui.scenario.streams import Draws, below, stream
from corridor_tui.scenario.times import Times
from corridor_tui.scenario.values import TARE_KG, Consignment, Container, Listed, Loading, Special

_PAPER_SPREAD = 0.2
"""Registration of a consignment's declaration varies by a fifth, the tolerance of the published 8 h and 30 min."""
_MASS_ERROR = (1.12, 1.35)
"""How much heavier a container with a wrong mass really is; assumed, more than the 10 % a portal can tell."""
_container, _loading = partial(tuple.__new__, Container), partial(tuple.__new__, Loading)
"""The same from their parts, in half the time."""
_WESTWARD = ("container", "export")
"""Kinds of trains whose goods go west, by rail or first by road."""


def consignment_id(train: str, number: int) -> str:
    """The identifier of a train's consignment."""
    return f"{train}-{number:02d}"


def lanes_of(level: Level, seed: int, train: Train) -> list[Lane]:
    """The lane of each consignment: exactly `flagged` are yellow or red where the level says so."""
    draws = stream(seed, "lanes", train.number)
    shares = level.customs.lanes
    count = train.consignments
    if train.flagged is None:
        lanes = [_lane(draws.random(), _shares(level, regime)) for regime in _regimes_of(level, seed, train)]
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


def _regimes_of(level: Level, seed: int, train: Train) -> tuple[Regime | None, ...]:
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


class Loader:
    """Draws what one train carries."""

    def __init__(
        self,
        level: Level,
        times: Times,
        seed: int,
        train: Train,
        index: int,
        scattered: dict[str, Lot] | None,
        frame: Frame,
    ) -> None:
        self._level, self._durations, self._seed, self._train, self._index = level, times, seed, train, index
        self._scattered, self._profiler = scattered, Profiler(frame, train)
        self._draws = stream(seed, "load", train.number)
        self._scripts: dict[int, Script] = {script.number: script for script in train.scripted}
        self._regimes = _regimes_of(level, seed, train)

    def draw(self) -> tuple[Consignment, ...]:
        """The consignments of the train, in order; containers included."""
        train = self._train
        if not train.consignments:
            return ()
        lanes = lanes_of(self._level, self._seed, train)
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

    def _lot(self, name: str, draws: Draws) -> Lot | None:
        """The kind of case that a consignment is given, and the chance of its family; both are drawn for every one."""
        which, u = draws.random(), draws.random()
        if self._scattered is not None:
            return self._scattered.get(name)
        kind = kind_of(self._level.customs.cases, u) if self._train.kind in _WESTWARD else None
        return None if kind is None else (kind, which)

    def _consignment(self, number: int, teus: list[int], lane: Lane, serial: int) -> Consignment:
        name = consignment_id(self._train.number, number)
        draws = stream(self._seed, "consignment", name)
        script = self._scripts.get(number)
        lot = self._lot(name, draws)
        eastward, bulky = self._train.kind not in _WESTWARD, self._train.kind == "grain"
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
        containers = tuple(self._containers(serial, teus, kind, draws, heavier))
        goal = None if regime in LOCAL else goal_of(self._seed, self._train, name)
        countries = () if goal is None else self._level.route.destinations[goal].countries
        special = nature.risk.special or Special()
        reefer = special.set_c is not None or (script is not None and script.reefer)
        danger = (script and script.danger) or (special.entry.kind if special.entry else "")
        return Consignment(
            name, self._train.number, number, kind.code, containers, lane, case, ready_s,
            self._durations.work(draws, len(teus), regime), nature.risk, goal, countries, reefer, danger,
        )  # fmt: skip

    def _nature(self, draws: Draws, chosen: Ware, ready_s: int, lot: Lot | None, script: Script | None) -> Nature:
        fixed = script is not None and script.lane is not None
        if script is not None and script.case is not None:
            return self._profiler.scripted(draws, chosen, ready_s, script, fixed=fixed)
        given = None if script is not None and script.clean else lot
        return self._profiler.drawn(draws, chosen, ready_s, given, fixed=fixed)

    def _containers(
        self, serial: int, teus: list[int], kind: goods.Goods, draws: Draws, heavier: float
    ) -> Iterator[Container]:
        chance, lift_s = draws.random, self._durations.lift_s
        if not teus[0]:
            takes_t = self._level.wagon_types[self._train.wagon].grain_t or 0.0
            for place in range(len(teus)):
                mass = bulk.load_kg(takes_t, chance())
                yield Container(bulk.wagon_number(self._index, serial + place), 0, mass, mass, ())
            return
        for number, teu in zip(iso6346.numbers(self._index, serial), teus, strict=False):
            declared = kind.box_kg(teu, chance()) + TARE_KG[teu]
            yield _container((number, teu, int(declared * heavier), declared, (lift_s(chance()),)))

    def _ready_s(self, number: int, draws: Draws) -> int:
        u = draws.random()
        customs, papers_by = self._level.customs, self._train.papers
        if papers_by == "lodged":
            return 0
        whole = customs.paper_min if papers_by == "paper" else customs.electronic_min
        spread = 1 + _PAPER_SPREAD * (2 * u - 1) / self._train.consignments
        return max(1, round(whole * 60 * number / self._train.consignments * spread))


def listed(loads: tuple[Consignment, ...]) -> Iterator[Listed]:
    """The handover list, with a train's containers on its wagons in order: a 40-foot box fills one, two 20-foot boxes share one.

    Grain in bulk fills the wagon whose number it bears.
    """
    wagons, half = 0, None
    for item in loads:
        loadings: list[Loading] = []
        for number, teu, _, declared_kg, _ in item.containers:
            if teu == 1 and half is not None:
                place, half = half, None
            else:
                place, wagons = wagons, wagons + 1
                half = place if teu == 1 else half
            loadings.append(_loading((number, teu, declared_kg, place)))
        risk = item.risk
        yield Listed(item.id, tuple(loadings), item.goal, risk.regime, item.reefer, item.danger, risk.local)
