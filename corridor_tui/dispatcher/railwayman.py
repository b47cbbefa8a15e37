"""A railwayman at the desks: one way of working, from the novice's step by step to the reference's looking ahead."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corridor_tui.corridor.chain import (
    at_terminal,
    deadline_s,
    departs_to,
    goes_over,
    is_load,
    sent_home,
    stands_outside,
)
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_grain import takes_grain
from corridor_tui.corridor.checks_terminal import left_teu, room_teu
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.corridor.state import Purse, Unit
from corridor_tui.corridor.view import View, free_locomotive, free_slots, free_track
from corridor_tui.corridor.waits import refused_by, stands_before
from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.dispatcher.agenda import Agenda, Outside, Waiting
from corridor_tui.dispatcher.clerk import Clerk, Reader
from corridor_tui.dispatcher.cranes import grounding, keep_cranes
from corridor_tui.dispatcher.forwarder import Forwarder
from corridor_tui.dispatcher.granary import Granary, spares_slots
from corridor_tui.dispatcher.line import TRIES, LineDesk, urgency
from corridor_tui.dispatcher.turns import Turns, by_urgency, has_place, late_rake, near, part_loaded, stuck, urgency_of
from corridor_tui.level.base import GAUGES, Desk, Gauge
from corridor_tui.level.plant import Use

_STATION_RULES = frozenset({"auto-accept", "auto-prepare", "auto-place", "auto-send"})
_RAKE_RULES = frozenset({"auto-rakes"})
_CRANE_RULES = frozenset({"auto-lift"})
_LISTED = _STATION_RULES | _RAKE_RULES | _CRANE_RULES
"""The rules that do all that he keeps the lists of `Turns` for."""
_LOOK_S = 300
"""How long a rake is kept for a train before that is thought over again."""
PREPARING_S = 80 * 60
"""From a loaded rake to its departure: pull, locomotive, brake test and a path, by the chain's assumed times."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a railwayman works.

    `ahead`: orders wagons and locomotives before they are needed and starts work side by side. `react_s`: seconds of the
    shift until he acts on what happens. `reads`: how he reads papers. `early`: works papers before the train is in.
    """

    name: str
    react_s: int
    ahead: bool
    early: bool
    reads: Reader
    rules: bool = False
    """Sets every standing order that the level allows, first of all."""
    tries: int = TRIES
    """How many changes to a plan of the line he thinks over."""


class Railwayman:
    """Plays any of the three desks by the view alone."""

    def __init__(self, habits: Habits) -> None:
        self.name = habits.name
        self.react_s = habits.react_s
        self.alarm_s: int | None = None
        self._habits = habits
        self._agenda = Agenda()
        self._waiting, self._outside = Waiting(), Outside()
        self._clerk = Clerk(habits.reads, early=habits.early)
        self._lists = Turns(ahead=habits.ahead)
        self._line = LineDesk(habits.tries)
        self._none_for: dict[tuple[Gauge, Use], tuple[float, tuple[str, ...]]] = {}
        """The length of the shortest unit for which no track of a gauge and a use is free now, and what to wait for."""
        self._granary = Granary(ahead=habits.ahead)
        self._forwarder = Forwarder(self._waiting, ahead=habits.ahead)
        self._listed = False
        """Whether his lists are kept up."""
        self._counted: tuple[int, int] | None = None
        """The money and the number of purchases at which he last bought nothing more."""

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The orders it gives now, the most urgent train's first."""
        touched, freed = self._agenda.due(view)
        with_papers = touched | self._clerk.woken(freed)
        woken = self._waiting.woken(freed) | self._outside.woken(view, freed)
        due = [view.units[name] for name in with_papers | woken if name in view.units]
        self._none_for.clear()
        units = [unit for unit in due if unit.departed_s is None or sent_home(unit)]
        if len(units) > 1:
            units.sort(key=lambda unit: urgency_of(unit, view.now_s))
        self._sort_in(view, due)
        self.alarm_s = None
        if self._habits.rules and len(view.standing) < len(view.level.standing_orders):
            yield from self._rules(view, desks)
        if view.calls:
            yield from self._answers(view, desks)
        if "dispatch" in desks:
            yield from self._at_dispatch(view, units)
        if "terminal" in desks:
            yield from self._at_terminal(view, due)
        if "customs" in desks:
            yield from self._at_customs(view, [unit for unit in units if unit.id in with_papers])

    def _sort_in(self, view: View, due: list[Unit]) -> None:
        """Keep the lists up; those of the cranes not while standing orders do all that they are for."""
        for unit in due:
            self._granary.sort_in(unit)
        if self._covered(view, _LISTED):
            self._listed = False
            return
        for unit in due if self._listed else view.units.values():
            self._lists.sort_in(view, unit)
        self._listed = True

    def _rules(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        for rule in view.level.standing_orders:
            if rule not in view.standing and VERBS[rule].desk in desks:
                yield _order(rule, str(_room(view)) if rule == "auto-accept" else "on")

    def _covered(self, view: View, rules: frozenset[str]) -> bool:
        """Whether standing orders do a part of the work, so that he need not look after it himself."""
        return self._habits.rules and len(view.standing) >= len(rules) and view.standing.keys() >= rules

    def _at_customs(self, view: View, units: list[Unit]) -> Iterable[Order]:
        if not units:
            return ()
        # Where customs is all there is to work there is time to read what nobody flagged.
        others = view.level.desks
        alone = others.dispatch != "trainee" and others.terminal != "trainee"
        return self._clerk.act(view, units, thorough=self._habits.ahead and alone)

    # dispatch

    def _at_dispatch(self, view: View, units: list[Unit]) -> Iterator[Order]:
        if view.purse is not None:
            yield from self._purchases(view, view.purse)
        if not self._covered(view, _STATION_RULES):
            for unit in units:
                if unit.departed_s is None:
                    yield from self._dispatch(view, unit)
        yield from self._on_the_line(view)
        if self._lists.park and not self._covered(view, _RAKE_RULES):
            yield from self._wagons(view)
        if self._granary.trains:
            yield from self._granary.wagons(view)

    def _on_the_line(self, view: View) -> Iterator[Order]:
        """Plan meets ahead; have one train of a knot run back, the least urgent that can."""
        if not view.network.has_loops:
            return
        yield from self._redirect(view)
        if self._habits.ahead:
            yield from self._line.act(view)
        caught = sorted((view.units[name] for name in view.knot), key=urgency, reverse=True)
        given_up = [_order("drop-meet", unit.id, place) for unit in caught for place in unit.meets]
        for order in given_up:
            if refusal(view, order) is None:
                yield order
        if not given_up:
            yield from _first(view, (_order("back", unit.id) for unit in caught))

    def _purchases(self, view: View, purse: Purse) -> Iterator[Order]:
        """Spend the budget: in the order of the offers as far as the money goes, or on whatever is cheapest."""
        if (purse.money, len(purse.bought)) == self._counted:
            return
        offers = () if view.level.budget is None else view.level.budget.offers
        for offer in offers if self._habits.ahead else sorted(offers, key=lambda offer: offer.price):
            if offer.id not in purse.bought:
                order = _order("buy", offer.id)
                if offer.price > purse.money or refusal(view, order) is not None:
                    break
                yield order
        self._counted = purse.money, len(purse.bought)

    def _answers(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """Answer calls: by the rules of the trade, or with the first thing that comes to mind."""
        for ring in view.ringing(desks):
            answers = view.level.calls[ring.id].answers
            right = (answer for answer in answers if answer.right or not self._habits.ahead)
            yield _order("answer", ring.id, next(right).word)

    def _dispatch(self, view: View, unit: Unit) -> Iterable[Order]:
        if unit.moving or unit.to is not None or unit.kind == "export":
            return ()
        if unit.arrived_s is None:
            return self._take_in(view, unit) if stands_outside(unit) else ()
        if unit.kind == "through":
            return self._through(view, unit)
        if unit.loco == "attached" and departs_to(unit) is None:
            return self._stable(view, unit)
        if goes_over(unit):
            return self._homeward(view, unit) if sent_home(unit) else self._inward(view, unit)
        return self._onward(view, unit)

    def _take_in(self, view: View, unit: Unit) -> tuple[Order, ...]:
        """Accept a train for a free track, or over the line for any: that is locked only hours later."""
        tracks: Sequence[str]
        tracks, kinds = self._fitting(view, unit, "receiving")
        if not tracks:
            self._outside.park(view, unit, kinds)
            tracks = view.network.far_tracks(unit.entry, unit.gauge)
        return _first(view, (_order("accept", unit.id, track) for track in tracks)) if tracks else ()

    def _redirect(self, view: View) -> Iterator[Order]:
        """Another track for a train that stands before the station, where its own is held."""
        for unit in view.units.values():
            if unit.moving and unit.waiting_at is not None and stands_before(view, unit):
                tracks = [*self._tracks(view, unit, "receiving"), *self._tracks(view, unit, "departure")]
                yield from _first(view, (_order("accept", unit.id, track) for track in tracks))

    def _stable(self, view: View, unit: Unit) -> Iterator[Order]:
        """Secure an arrived train, begin its inspection, and take the locomotive off."""
        if "secure" not in unit.jobs:
            yield _order("secure", unit.id)
        if unit.did("secure") and "uncouple" not in unit.jobs:
            yield _order("uncouple", unit.id)
        if self._habits.ahead and is_load(unit) and "border" not in unit.jobs:
            yield _order("inspect", unit.id)

    def _inward(self, view: View, unit: Unit) -> Iterator[Order]:
        if "border" not in unit.jobs:
            yield _order("inspect", unit.id)
        if all(unit.did(task) for task in INSPECTIONS) and not at_terminal(view, unit):
            yield from self._pull_in(view, unit, "grain" if unit.kind == "grain" else "crane")

    def _pull_in(self, view: View, unit: Unit, use: Use) -> Iterator[Order]:
        """Pull a unit to a track of a use; out of a terminal that is not its own by way of the station."""
        stray = view.level.tracks[unit.place or ""][1].use in ("crane", "grain")
        yield from _first(
            view, (_order("move", unit.id, track) for track in self._tracks(view, unit, "receiving" if stray else use))
        )

    def _through(self, view: View, unit: Unit) -> Iterator[Order]:
        if "border" not in unit.jobs:
            yield _order("inspect", unit.id)
        elif all(unit.did(task) for task in INSPECTIONS):
            yield from self._leave_behind(view, unit)
            if unit.path_s is None and not view.uncleared(unit):
                yield from _first(view, [_order("path", unit.id)])
            yield from self._depart(view, unit)

    def _depart(self, view: View, unit: Unit) -> Iterator[Order]:
        """Send a train, or have it looked at again once the neighbour takes it."""
        order, goal = _order("depart", unit.id), departs_to(unit)
        if goal in view.cuts and (refused_by(view, unit) or (self._habits.ahead and spares_slots(view, unit))):
            self._waiting.park(free_slots(goal), unit.id)
        elif refusal(view, order) is None:
            yield order

    def _homeward(self, view: View, unit: Unit) -> Iterator[Order]:
        if "empty" not in unit.jobs:
            yield _order("inspect", unit.id)
        if self._habits.ahead and unit.loco == "none":
            yield from self._call_loco(view, unit)
        if not unit.did("empty"):
            return
        if at_terminal(view, unit):
            yield from _first(view, (_order("move", unit.id, track) for track in self._tracks(view, unit, "departure")))
        elif unit.loco == "none":
            yield from self._call_loco(view, unit)
        elif unit.loco == "attached":
            if unit.path_s is None and unit.gauge == 1520:
                yield from _first(view, [_order("path", unit.id)])
            yield from self._depart(view, unit)

    def _onward(self, view: View, unit: Unit) -> Iterator[Order]:
        """A rake: to the cranes while it is empty, out to the line once it is loaded."""
        if not unit.partners:
            if not at_terminal(view, unit):
                yield from self._pull_in(view, unit, "grain" if takes_grain(unit) else "crane")
            return
        if not self._waits_for_more(view, unit):
            yield from self._outward(view, unit)

    def _outward(self, view: View, unit: Unit) -> Iterator[Order]:
        nearly, loaded = _nearly(view, unit), unit.did("load")
        if "waybill" not in unit.jobs and (loaded or (self._habits.ahead and nearly)):
            yield from _first(view, [_order("waybill", unit.id)])
        if self._habits.ahead and unit.loco == "none" and (nearly or loaded):
            yield from self._call_loco(view, unit)
        if not loaded:
            return
        if "weigh" not in unit.jobs:
            yield _order("weigh", unit.id)
        if unit.did("weigh") and unit.did("waybill") and not unit.overloaded:
            if at_terminal(view, unit):
                if takes_grain(unit) or not self._held(view, unit):
                    yield from _first(
                        view, (_order("move", unit.id, track) for track in self._tracks(view, unit, "departure"))
                    )
            else:
                yield from self._ready(view, unit)

    def _waits_for_more(self, view: View, unit: Unit) -> bool:
        """Whether a rake with many free places is kept for a train that would find no other, while its own load has time."""
        if not self._habits.ahead or not self._lists.unlifted or not part_loaded(view, unit):
            return False
        must_s = deadline_s(unit, view.now_s)
        if must_s is not None and view.now_s > must_s - PREPARING_S:
            return False
        coming = [train for train in map(view.units.__getitem__, self._lists.unlifted) if near(view, train)]
        kept = any(train.exit == unit.exit for train in coming) and len(coming) > self._lists.certain(view)
        if kept:
            self._set_alarm(view.now_s + _LOOK_S)
        return kept

    def _held(self, view: View, unit: Unit) -> bool:
        """Whether containers still have to come off the rake, or may have to: a correction is waited for while it can be."""
        if any(stuck(view, name) for name in unit.bears):
            return True
        return any(view.boxes[number].goal is not None for number in unit.boxes)

    def _leave_behind(self, view: View, unit: Unit) -> Iterator[Order]:
        """Set out a wagon with what was detained, if there is one."""
        if any(_detained(view, name) for name in unit.bears):
            on_wagons = [(place, view.boxes[number].consignment) for number, place in unit.boxes.items()]
            detained = {place for place, name in unit.fills.items() or on_wagons if _detained(view, name)}
            yield from _first(view, (_order("set-out", unit.id, str(wagon + 1)) for wagon in sorted(detained)))

    def _ready(self, view: View, unit: Unit) -> Iterator[Order]:
        """Locomotive, brake test, path, departure; before it whatever was detained in the meantime is set out."""
        yield from self._leave_behind(view, unit)
        if unit.loco == "none":
            yield from self._call_loco(view, unit)
        if self._habits.ahead and not unit.did("brake_full"):
            if unit.loco != "attached" and "brake_yard" not in unit.jobs and "couple" not in unit.jobs:
                yield _order("brake-test", unit.id, "yard")
            elif unit.loco == "attached" and unit.did("brake_yard") and "brake_short" not in unit.jobs:
                yield _order("brake-test", unit.id, "short")
        if unit.loco == "attached" and not any(test in unit.jobs for test in ("brake_full", "brake_yard")):
            yield _order("brake-test", unit.id, "full")
        tested = unit.did("brake_full") or unit.did("brake_short")
        if unit.path_s is None and tested and not view.uncleared(unit):
            yield from _first(view, [_order("path", unit.id)])
        if tested:
            yield from self._depart(view, unit)

    def _call_loco(self, view: View, unit: Unit) -> Iterator[Order]:
        order = _order("call-loco", unit.id)
        if refusal(view, order) is None:
            yield order
        elif not view.locos.get(unit.gauge):
            self._waiting.park(free_locomotive(unit.gauge), unit.id)

    def _tracks(self, view: View, unit: Unit, use: Use) -> list[str]:
        """Free tracks of a use for a unit, the shortest that fits first, so that long ones stay for long trains."""
        free, kinds = self._fitting(view, unit, use)
        for kind in kinds:
            self._waiting.park(kind, unit.id)
        return free

    def _fitting(self, view: View, unit: Unit, use: Use) -> tuple[list[str], tuple[str, ...]]:
        """Free tracks of a use for a unit, or what to wait for. Where a shorter one has found none, it need not look."""
        length_m, kinds = self._none_for.get((unit.gauge, use), (math.inf, ()))
        if unit.length_m < length_m:
            fitting = [track for track in view.network.by_use(unit.gauge, use) if track.length_m >= unit.length_m]
            free = [track.id for track in fitting if track.id not in view.holds]
            if free:
                return free, ()
            kinds = tuple(free_track(unit.gauge, each) for each in dict.fromkeys(track.use for track in fitting))
            self._none_for[(unit.gauge, use)] = (unit.length_m, kinds)
        return [], kinds

    def _wagons(self, view: View) -> Iterator[Order]:
        """Order wagons from the park: ahead for every train that has none, or only once a train stands under the cranes."""
        lists, free = self._lists, len(self._lists.spare)
        if len(lists.unlifted) <= free:
            return
        trains = [unit for unit in map(view.units.__getitem__, lists.unlifted) if near(view, unit)]
        need = len(trains) if self._habits.ahead else sum(1 for unit in trains if at_terminal(view, unit))
        for name in list(lists.park) if need > free else ():
            order = _order("call-rake", name)
            if need > free and refusal(view, order) is None:
                free += 1
                yield order

    # terminal

    def _at_terminal(self, view: View, due: Sequence[Unit]) -> Iterator[Order]:
        yield from self._at_cranes(view)
        if view.level.road is not None:
            yield from self._forwarder.act(view, due)
        if self._granary.trains:
            yield from self._granary.terminal(view)

    def _at_cranes(self, view: View) -> Iterator[Order]:
        lists = self._lists
        calm = yield from keep_cranes(view, self._set_alarm, ahead=self._habits.ahead)
        if self._covered(view, _CRANE_RULES):
            return
        part = self._part_loaded(view) if lists.unpaired and lists.laden else []
        for unit in by_urgency(view, lists.unpaired) if lists.ready or part else ():
            rakes = [view.units[name] for name in lists.ready]
            if len(rakes) > 1:
                teu = left_teu(view, unit)
                rakes.sort(key=lambda rake: (room_teu(view, rake) < teu, room_teu(view, rake), rake.id))
            rakes[:0] = part
            yield from _first(view, (_order("transfer", unit.id, rake.id) for rake in rakes))
            for each in (unit, *rakes):
                lists.sort_in(view, each)
        for unit in by_urgency(view, lists.odd):
            yield from self._ease(view, unit)
        if calm:
            yield from self._cranes(view)

    def _part_loaded(self, view: View) -> list[Unit]:
        """The rakes at the cranes that were kept for another train."""
        rakes = [view.units[name] for name in self._lists.laden] if self._habits.ahead else []
        return [rake for rake in rakes if part_loaded(view, rake)]

    def _set_alarm(self, at_s: int) -> None:
        self.alarm_s = at_s if self.alarm_s is None else min(self.alarm_s, at_s)

    def _cranes(self, view: View) -> Iterator[Order]:
        """Put every free crane on the most urgent transfer that has lifts left."""
        lists, wanting = self._lists, list(self._lists.lifting)
        if self._habits.ahead and lists.unpaired and (lists.spare or lists.park):
            short = [view.units[name] for name in wanting if name in lists.unpaired]
            full = [unit.id for unit in short if not has_place(view, unit)]
            wanting = [name for name in wanting if name not in full] if full else wanting
            if not wanting:
                off = [_order("crane", crane.id, "off") for crane in view.cranes.values() if crane.train in full]
                yield from off
        if not wanting or not _free(view, wanting):
            return
        target = min(map(view.units.__getitem__, wanting), key=lambda unit: urgency_of(unit, view.now_s))
        for crane in view.cranes.values():
            if crane.train != target.id and crane.id in _free(view, wanting):
                name = target.id if not target.did("lift") else late_rake(view, target) or target.id
                yield from _first(view, [_order("crane", crane.id, name)])

    def _ease(self, view: View, unit: Unit) -> Iterator[Order]:
        """Ground what may not travel: boxes of detained or long-held consignments, and one box of each overloaded wagon."""
        must_s = deadline_s(unit, view.now_s)
        late = must_s is not None and view.now_s > must_s - PREPARING_S
        held = [name for name in unit.bears if _detained(view, name) or (late and stuck(view, name))]
        for number in [number for number in unit.boxes if view.boxes[number].consignment in held] if held else ():
            yield from _first(view, [grounding(view, number, ahead=self._habits.ahead)])
        for wagon in unit.overloaded:
            loads = [number for number, place in unit.boxes.items() if place == wagon]
            if loads:  # none where what was on it has been grounded for another reason
                heaviest = max(loads, key=lambda number: (view.boxes[number].declared_kg, number))
                yield from _first(view, [grounding(view, heaviest, ahead=self._habits.ahead)])


def _free(view: View, wanting: Sequence[str]) -> list[str]:
    """The cranes that can be put on a transfer: they are on none of those that want cranes, or no more is to be lifted there."""
    busy = [name for name in wanting if view.units[name].left]
    return [crane.id for crane in view.cranes.values() if crane.train not in busy and crane.able]


def _detained(view: View, name: str) -> bool:
    return view.dossiers[name].state == "detained"


def _nearly(view: View, rake: Unit) -> bool:
    return "waybill" in rake.jobs or refusal(view, _order("waybill", rake.id)) is None


def _room(view: View) -> int:
    """How many trains the station takes with ease: one for each receiving and each crane track of the rarer gauge."""
    by_use = view.network.by_use
    return max(1, min(len(by_use(gauge, "receiving")) + len(by_use(gauge, "crane")) for gauge in GAUGES))


def _order(verb: str, *args: str) -> Order:
    return Order(verb, args)


def _first(view: View, orders: Iterable[Order]) -> tuple[Order, ...]:
    """The first of some orders that would be accepted now, alone; none where all would be refused."""
    for order in orders:
        if refusal(view, order) is None:
            return (order,)
    return ()
