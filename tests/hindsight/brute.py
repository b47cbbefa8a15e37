"""Every order that is worth trying, tried on the real corridor: the best score of a level that is small enough for it.

At each moment at which anything has happened, each order that the registry offers and the corridor would take is either
given, or set aside until another has been given that wants the same thing, or has come into a throat that it needs. Where nothing is gained by having a locomotive or
a rake just in time, no other moment is better: who waits for nothing that another wants is only later. Left out is what is
no better than something else that is tried, each with its reason below.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from least import Stakes, stays, under

from corridor_tui.corridor import checks
from corridor_tui.corridor.checks_terminal import is_rake
from corridor_tui.corridor.network import Network
from corridor_tui.corridor.options import all_orders
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.rules import RULES, reason_stands
from corridor_tui.scoring.judge import judge_on, worth
from corridor_tui.scoring.score import Scale
from corridor_tui.session.shift import Shift, baseline

_IDLE = ("hold", "withdraw", "drop-path", "request", "weigh", "detain", "set-out", "load", "answer", "tie", "untie")
"""What only takes back, or takes time and opens no way: a box that is to stay is put aside by `ground` sooner and for nothing."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """Orders given, the second from which on there is more to try, what is set aside by then, and the most it can reach."""

    given: tuple[tuple[int, str], ...] = ()
    now_s: int = 1
    aside: frozenset[str] = frozenset()
    most: float = float("inf")

    @property
    def key(self) -> object:
        """What tells it from others: of all orders of a second only who is pulled first matters."""
        pulls = tuple(one for one in self.given if one[1].startswith("move "))
        return frozenset(self.given), pulls, self.now_s, self.aside


@dataclass
class Search:
    """The best total found, and how many runs were played to their end."""

    level: Level
    seed: int
    best: float = 100.0
    """The best total found; before, what is known to be reached or is not asked about. The reference's is a run too."""
    orders: tuple[tuple[int, str], ...] = ()
    runs: int = 0
    moments: int = 0
    _stack: list["_Branch"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scenario = resolve(self.level, self.seed)
        self.scale = Scale(*(baseline(self.scenario, name).losses for name in ("do-nothing", "reference")))
        names = [item.id for train in self.level.trains for item in self.scenario.consignments(train.number)]
        self.truths = {name: self.scenario.truth(name) for name in names}
        self.network = Network(self.level)
        self.stakes = Stakes(self.scenario, *worth(self.scale, self.level))

    def run(self) -> "Search":
        """Try everything that could end above `best`."""
        seen = set[object]()
        self._stack = [_Branch()]
        while self._stack:
            branch = self._stack.pop()
            if self.promising(branch.most) and branch.key not in seen:
                seen.add(branch.key)
                self._follow(branch)
        return self

    def promising(self, most: float) -> bool:
        """Whether what can reach so much at the most is worth trying."""
        return most > self.best

    def _follow(self, branch: _Branch) -> None:
        """Live the orders again, and go on from there: what else could be done is put on the stack."""
        given, aside, most = branch.given, branch.aside, branch.most
        shift = Shift(self.level, self.seed, scenario=self.scenario)
        for at_s, text in given:
            shift.advance(at_s)
            shift.order(text)
        shift.advance(branch.now_s)
        tried = set[str]()
        while not shift.over:
            self.moments += 1
            offered = [one for one in self.worth_trying(shift.view) if one.text not in aside | tried]
            # a locomotive takes nothing from anybody, and is not called for what is being pulled
            offered.sort(key=lambda one: one.verb != "call-loco")
            if not offered:
                if shift.next_s >= self.level.shift_s:
                    return
                seen = shift.count
                shift.advance(int(shift.next_s) + 1)
                passed = frozenset(str(event.args[1]) for event in shift.since(seen) if event.code == "entered")
                aside = frozenset(text for text in aside if not passed & self._wants(shift.view, _read(text)))
                tried.clear()
            else:
                order = offered[0]
                wants = self._wants(shift.view, order)
                later = wants and self._rivals(shift, order, offered[1:])
                rest = frozenset(text for text in aside if not wants & self._wants(shift.view, _read(text)))
                with_it = (*given, (shift.now_s, order.text))
                if later and self._odd(shift.view, order):
                    self._stack.append(_Branch(with_it, shift.now_s, rest, most))
                    aside |= {order.text}
                    continue
                if not shift.order(order.text).accepted:  # what was ordered in this second has only now begun
                    tried.add(order.text)
                    continue
                if later:
                    self._stack.append(_Branch(given, shift.now_s, aside | {order.text}, most))
                given, aside = with_it, rest
            most = min(most, self.stakes.most(shift))
            if not self.promising(most):
                return
        self._score(shift, given, most)

    def _odd(self, view: View, order: Order) -> bool:
        """Whether an order is seldom the best, so that what comes without it is looked at first."""
        args = order.args
        match order.verb:
            case "move":
                unit, tracks = view.units[args[0]], self.level.tracks
                return unit.did("lift") or tracks[unit.place or ""][0].id == tracks[args[1]][0].id
            case "transfer" | "brake-test":
                return args[1] in ("stack", "full")
        return order.verb in ("lane", "ground")

    def _rivals(self, shift: Shift, order: Order, offered: list[Order]) -> bool:
        """Whether anything can still be given that wants the same thing: an order is set aside for nothing else."""
        name, view = order.args[0], shift.view
        alike = [one for one in offered if self._wants(view, one) & self._wants(view, order)]
        match order.verb:
            case "ground":
                return True
            case "move":
                others = [other for other in view.units if other != name and self._to_pull(view, other)]
                same = [
                    other
                    for other in others
                    if not under(view, view.units[other]) and view.units[other].kind == "container"
                ]
                scarce = self.level.staff.shunters < len(view.units)
                coming = not scarce and any(self._will_pass(view, unit, order) for unit in view.units.values())
                return bool(alike or coming) or bool(
                    others if scarce else same if not under(view, view.units[name]) else ()
                )
            case "inspect" | "waybill" | "brake-test":
                return bool(alike) or "yard" in order.args or self._to_pull(view, name)
            case "release" | "check" | "lane" | "find":
                aside = all(stays(view, box) for box in view.dossiers[name].boxes)
                open_ = [
                    one for one in view.dossiers.values() if one.id != name and one.state in ("expected", "lodged")
                ]
                scarce = self.level.customs.officers < len(view.dossiers)
                return bool(alike) or aside or self.stakes.faulty(name) or (bool(open_) and scarce)
            case "depart":
                return bool(alike) or self._in_the_way(shift, name)
            case "crane" | "accept":
                return sum(train.kind == "container" for train in self.level.trains) > 1
        return bool(alike)

    def _to_pull(self, view: View, name: str) -> bool:
        """Whether a unit is still to be pulled to the cranes or away from them."""
        unit = view.units[name]
        if unit.place in self.level.tracks and self.level.tracks[unit.place][0].role == "terminal":
            return (
                unit.kind == "container"
                or bool(unit.partners)
                or any(not each.did("lift") for each in view.units.values() if each.kind == "container")
            )
        return unit.kind == "container" and not unit.did("lift")

    def _in_the_way(self, shift: Shift, name: str) -> bool:
        """Whether another might have to wait for the line that a departure takes."""
        view, unit = shift.view, shift.view.units[name]
        hops = [hop for hop in self.network.all_hops() if not hop.shunting]
        free_s = shift.now_s + max(hop.length_s(view.mass_t(unit), shift.now_s) for hop in hops if hop.out)
        others = [other for other in view.units.values() if other is not unit and other.gauge == unit.gauge]
        return any(self.stakes.runs_s(shift, other) < free_s for other in others)

    def _throats(self, *ends: str | None) -> frozenset[str]:
        """The throats through which a unit is pulled between two tracks."""
        here, there = (self.level.tracks[end or ""][0] for end in ends)
        hops = self.network.hops(here.id, there.id, self.level.tracks[ends[1] or ""][1].gauge)
        return frozenset(end for hop in hops for end in (hop.out, hop.into) if end is not None)

    def _will_pass(self, view: View, unit: Unit, order: Order) -> bool:
        """Whether a unit that is being pulled has still to come through a throat that an order needs."""
        if unit.to not in self.level.tracks or order.args[0] == unit.id:
            return False
        into = {self.network.hop(*ends, unit.gauge) for ends in self._between(unit.to)}
        return bool({hop.into for hop in into if hop is not None} & self._wants(view, order))

    def _between(self, track: str) -> list[tuple[str, str]]:
        goal = self.level.tracks[track][0].id
        return [(station.id, goal) for station in self.level.stations if station.role in ("station", "terminal")]

    def _score(self, shift: Shift, given: tuple[tuple[int, str], ...], _most: float) -> None:
        """Score a run that was played to its end; at its moments it was held to reach so much at the most."""
        self.runs += 1
        total = judge_on(shift.close(), self.scale, self.level).total
        if total > self.best:
            self.best, self.orders = total, given

    def worth_trying(self, view: View) -> Iterator[Order]:
        for order in (*all_orders(view), *self._findings(view)):
            if order.verb not in _IDLE and not self._idle(view, order) and checks.refusal(view, order) is None:
                yield order

    def _findings(self, view: View) -> Iterator[Order]:
        """The finding that stands, where something is wrong: what an eye that misses nothing would claim."""
        for name, dossier in view.dossiers.items():
            truth = self.truths[name]
            if truth is not None and self.stakes.faulty(name) and dossier.state == "lodged" and not dossier.findings:
                cells = combinations(sorted(RULES[truth.family].fields), 2)
                claims = (Order("find", (name, *pair, truth.family)) for pair in cells if reason_stands(truth, *pair))
                yield from [claim for claim in claims if checks.refusal(view, claim) is None][:1]

    def _idle(self, view: View, order: Order) -> bool:
        """Whether an order is no better than another that is tried."""
        args = order.args
        match order.verb:
            case "accept" | "move":
                return self._to_and_fro(view, *args)
            case "uncouple":  # a safety mistake: capped far below the reference
                return not view.units[args[0]].did("secure")
            case "release":  # the train's name stands for its consignments
                return args[0] in view.units
            case "lane":  # a higher lane asks for more, and one reason is as good as another
                refused = (
                    view.dossiers[args[0]].lane in ("yellow", "red")
                    and not self.scenario.consignment(args[0]).work.consents
                )
                blue = view.dossiers[args[0]].lane == "blue"
                return args[1] not in ("green", "blue") or args[2] != "risk" or refused or blue
            case "check" | "scan" | "open" | "unload":
                return view.dossiers[args[0]].lane != ("yellow" if order.verb == "check" else "red")
            case "crane":  # there is one crane, and it is taken off by being put on another train
                return (
                    args[1] == "off" or len(args) > 2 or is_rake(view.units[args[1]]) or view.units[args[1]].did("lift")
                )
            case "ground":  # once it is on the rake it costs a lift more than before
                return is_rake(view.units.get(view.boxes[args[0]].at))
            case "depart":  # a safety mistake, as above
                unit = view.units[args[0]]
                return (
                    not unit.did("empty")
                    if unit.kind == "container"
                    else not (unit.did("brake_full") or unit.did("brake_short"))
                )
            case "brake-test":  # who goes home empty need not be tested, and one test is enough
                unit = view.units[args[0]]
                return unit.kind == "container" or any(test in unit.jobs for test in ("brake_full", "brake_short"))
        return False

    def _to_and_fro(self, view: View, name: str, track: str) -> bool:
        """Whether a unit would go somewhere for nothing, or to another track than the first free of several that are alike."""
        unit, tracks = view.units[name], self.level.tracks
        station, goal = tracks[track]
        if unit.place in tracks:
            here = tracks[unit.place][0]
            done = unit.did("lift") or unit.did("load")
            if here.id == station.id:  # a pull before the first counts once, and only where no cranes are
                return "shunt" in unit.jobs or done or here.role == "terminal"
            if (station.role == "terminal") == done:
                return True
            if (
                unit.kind == "container"
                and not done
                and not all(unit.did(task) for task in ("border", "commercial", "technical"))
            ):
                return True
        alike = [
            each
            for each in station.tracks
            if each.gauge == goal.gauge and each.id != unit.place and each.id not in view.holds
        ]
        return bool(alike) and alike[0].id != track

    def _wants(self, view: View, order: Order) -> frozenset[str]:
        """What others may want too, so that an order can be worth setting aside; empty: it takes nothing from anybody."""
        name, args = order.args[0], order.args
        match order.verb:
            case "move":
                if self.level.staff.shunters < len(view.units):  # then no two are under way at once
                    return frozenset({name, "shunter"})
                return frozenset({name, f"track {args[1]}", *self._throats(view.units[name].place, args[1])})
            case "inspect" | "waybill" | "brake-test":  # while that is done nobody pulls it
                return frozenset({name}) if order.verb != "inspect" or view.units[name].did("lift") else frozenset()
            case "transfer":
                return frozenset({f"load {name}", f"load {args[1]}"})
            case "crane":
                return frozenset({"crane"})
            case "ground":
                return frozenset({f"load {view.boxes[name].train}", view.boxes[name].consignment})
            case "release" | "check":  # blue is let go unread
                return frozenset({name, "officers"}) if view.dossiers[name].lane != "blue" else frozenset()
            case "lane" | "find":
                return frozenset({name})
            case "depart" | "accept":
                trains = sum(train.kind == "container" for train in self.level.trains)
                return frozenset({f"line {view.units[name].gauge}"}) if trains > 1 else frozenset()
        return frozenset()


def _read(text: str) -> Order:
    verb, *args = text.split()
    return Order(verb, tuple(args))
