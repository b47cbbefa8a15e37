"""The whole of a scenario in the calendar, and the least it can lose on the scale of the score."""

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from corridor_tui.hindsight.calendar import UNITS, Calendar, Cost, Fact, Time
from corridor_tui.hindsight.lifts import Cranes, Lifted, Loaded, Pairing
from corridor_tui.hindsight.papers import Cleared, Customs
from corridor_tui.hindsight.scope import NoBoundError, check_scope
from corridor_tui.hindsight.trains import Ready, Unit, Yard
from corridor_tui.language import _
from corridor_tui.level.base import Gauge
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scoring.judge import worth
from corridor_tui.scoring.score import Component, Losses, Scale

_SLIP = 1e-3
"""Points by which a known loss may be off by rounding."""


@dataclass(frozen=True, slots=True)
class _Wagons:
    """Wagons that the cranes may load: a rake of the desk, or a train of empties.

    `entry`: where they come from, and `offered_s` when they can be; None: they stand here, on `track`.
    """

    name: str
    wagon: str
    wagons: int
    entry: str | None = None
    offered_s: int = 0
    track: str = ""
    attached: bool = True
    """Whether a line locomotive is on them when they are here."""


class Hindsight:
    """The solver's model of a scenario: `model` makes the loss on the scale of the score, in `UNITS`, as small as can be.

    `known`: the losses of a run without a safety mistake; what loses more need not be looked at. Raises `NoBoundError`
    where there is no bound.
    """

    def __init__(self, scenario: Scenario, scale: Scale, known: Losses | None = None) -> None:
        level = self.level = scenario.level
        self._layout = check_scope(level)
        self.worth, self._best = worth(scale, level)
        self._scenario = scenario
        self._costs: dict[Component, Cost] = {"time": Cost(), "detection": Cost(), "resources": Cost()}
        calendar = self._calendar = Calendar(level)
        self._yard = Yard(calendar, scenario, self._layout, self._costs["resources"])
        self._customs = Customs(calendar, scenario, self._costs["detection"], self._costs["resources"])
        self.model = calendar.model
        self._build()
        calendar.close()
        self._yard.close()
        items = [
            (count, math.floor(each * self.worth[part] * UNITS))
            for part, cost in self._costs.items()
            if part in self.worth
            for count, each in cost.items
        ]
        loss = sum(count * each for count, each in items)
        if known is not None:
            most = sum(each * known.of(part) for part, each in self.worth.items())
            self.model.add(loss <= math.ceil((most + _SLIP) * UNITS))
        self.model.minimize(loss)

    def total(self, least: float) -> float:
        """The total that a loss of so many points at the least leaves, as a score is written.

        Who made a safety mistake is deducted points and capped, so that he passes nobody but below the cap.
        """
        safety = self.level.scoring.safety
        reached = self._best - least
        return round(max(reached, min(self._best, safety.cap)) + 1e-9, 2)

    def lost(self, part: Component, solver: cp_model.CpSolver) -> float:
        """What the solver's plan loses in a component, in loss units."""
        return math.fsum(solver.value(count) * each for count, each in self._costs[part].items)

    # what is in it

    def _build(self) -> None:
        offered = [
            train for train in self.level.trains if self._scenario.plans[train.number].offered_s < self.level.shift_s
        ]
        over = [train for train in offered if train.kind == "container"]
        goals = list(dict.fromkeys(train.exit for train in over))
        if len(goals) > 1:
            raise NoBoundError(_("its loads leave for more than one neighbour"))
        lifted = [self._container(train) for train in over]
        if lifted:
            self._over(over, lifted, goals[0] or "")
        for train in offered:
            if train.kind == "through":
                self._through(train)

    def _gauge(self, wagon: str) -> Gauge:
        return self.level.wagon_types[wagon].gauge

    def _under(self, track: str) -> bool:
        return self.level.tracks[track][1].use == "crane"

    def _clear(self, train: Train, ready: Ready, leaves: Fact) -> tuple[Cleared, ...]:
        return tuple(
            self._customs.clear(item, ready.arrived, leaves) for item in self._scenario.consignments(train.number)
        )

    def _container(self, train: Train) -> Lifted:
        """A container train up to the cranes, and its emptied wagons home."""
        calendar, yard, lag_s = self._calendar, self._yard, self._calendar.lag_s
        plan, name = self._scenario.plans[train.number], train.number
        lifted, home = calendar.fact(f"{name} is lifted"), calendar.fact(f"{name} goes home")
        under = train.standing is not None and self._under(train.standing.track)
        unit = Unit(name, self._gauge(train.wagon), plan.tasks_s, lifted, under)
        ready = yard.come(train, unit, plan.offered_s)
        begun, emptied = calendar.second(f"{name} is begun", 1), calendar.second(f"{name} is empty", 1)
        held = self._bring(unit, ready, begun)
        # home again
        self.model.add_implication(home, lifted)
        back = Unit(name, unit.gauge, unit.tasks_s, home, under)
        out = yard.pull(back, [emptied + lag_s], 1, out=True)
        check = calendar.work(f"{name} empty", "empty", unit.tasks_s["empty"], home)
        calendar.after(check.start, [emptied + lag_s], home)
        if calendar.alone("technical", len(self.level.trains)):
            self.model.add_no_overlap([out.interval, check.interval])
        couple = yard.couple(back, [emptied + lag_s], out.end)
        away = yard.send(back, train.entry, [check.end + lag_s, couple.on + lag_s], [out.end + lag_s], couple, lag_s)
        free = calendar.second(f"{name} frees its crane track", 1)
        calendar.after(free, [out.freed], home)
        calendar.after(free, [calendar.last_s], lifted, ~home)
        yard.occupies(self._layout.terminal, unit, held, free)
        least_s = lag_s + max(yard.leaving_s(unit, train.entry, lag_s))
        kept = calendar.between(f"{name} empty here", emptied, away.left, lifted, least_s=least_s)
        self._costs["resources"].add(kept, self.level.scoring.resources.rake_hour / 3_600)
        load = zip(self._scenario.consignments(name), self._clear(train, ready, lifted), strict=True)
        return Lifted(name, lifted, begun, emptied, tuple(load))

    def _bring(self, unit: Unit, ready: Ready, under: cp_model.IntVar) -> cp_model.IntVar:
        """Pull a unit under the cranes, where it is by the second `under`; since when it holds its track there."""
        calendar, yard = self._calendar, self._yard
        if unit.under:
            return under
        pull = yard.pull(unit, [ready.off, *ready.checked], ready.off, out=False)
        calendar.after(under, [pull.end + calendar.lag_s], unit.here)
        # who was pulled before may have stood under the cranes meanwhile, and left its track to another
        till = calendar.second(f"{unit.name} frees its track")
        calendar.after(till, [ready.off], unit.here)
        calendar.after(till, [pull.freed], unit.here, ~pull.before)
        yard.occupies(self._layout.station, unit, ready.held, till)
        return pull.start

    def _over(self, trains: list[Train], lifted: list[Lifted], goal: str) -> None:
        """The load of the container trains onto rakes and away."""
        calendar, costs = self._calendar, self._costs["resources"]
        pairings, away = list[Pairing](), list[tuple[Pairing, cp_model.IntVar]]()
        for wagons in self._wagons():
            given = {each.name: calendar.fact(f"{each.name} on {wagons.name}") for each in lifted}
            at = {each.name: calendar.second(f"{each.name} is given {wagons.name}", 1) for each in lifted}
            rake, left = self._rake(wagons, goal, given, at)
            for each in lifted:
                fact, second = given[each.name], at[each.name]
                self.model.add_implication(fact, rake.used)
                self.model.add_implication(fact, each.lifted)
                calendar.after(second, [each.begun], fact)
                pairings.append(Pairing(each, rake, fact, second))
                away.append((pairings[-1], left))
        Cranes(calendar, self._scenario, pairings, costs).put()
        for train, each in zip(trains, lifted, strict=True):
            leaves, out = calendar.fact(f"{each.name} leaves"), calendar.second(f"{each.name} is away", 1)
            self.model.add_implication(leaves, each.lifted)
            mine = [(pairing, left) for pairing, left in away if pairing.train is each]
            self.model.add_bool_or(~leaves, *(pairing.given for pairing, _ in mine))
            for pairing, left in mine:
                calendar.after(out, [left], leaves, pairing.given)
            calendar.after(out, [each.emptied], leaves)
            calendar.after(out, [calendar.last_s], ~leaves)
            for _item, cleared in each.load:
                calendar.after(out, [cleared.go], leaves, cleared.travels)
            self._late(train, out)

    def _wagons(self) -> list[_Wagons]:
        """Every rake there is for the cranes, and every train of empties that comes in the shift."""
        found, plans = list[_Wagons](), self._scenario.plans
        for name, rake in self.level.each_rake.items():
            notice_s = 1 + self._scenario.rake_s(name)["notice"]
            there = rake.track is not None
            found.append(
                _Wagons(
                    name,
                    rake.wagon,
                    rake.wagons,
                    None if there else rake.park,
                    notice_s,
                    rake.track or "",
                    not there,
                )
            )
        for train in self.level.trains:
            plan, stands = plans[train.number], train.standing
            if train.kind != "empties" or self._gauge(train.wagon) != 1520 or plan.offered_s >= self.level.shift_s:
                continue
            if stands is None:
                found.append(_Wagons(train.number, train.wagon, train.wagons, train.entry, plan.offered_s))
            else:
                found.append(
                    _Wagons(train.number, train.wagon, train.wagons, None, 0, stands.track, stands.stage == "arrived")
                )
        return found

    def _rake(
        self, wagons: _Wagons, goal: str, given: dict[str, Fact], at: dict[str, cp_model.IntVar]
    ) -> tuple[Loaded, cp_model.IntVar]:
        """A rake from where it is to where it goes."""
        calendar, yard, model, lag_s, name = self._calendar, self._yard, self.model, self._calendar.lag_s, wagons.name
        used, late = calendar.fact(f"{name} is used"), calendar.fact(f"{name} leaves after the shift")
        under = wagons.entry is None and self._under(wagons.track)
        unit = Unit(name, self._gauge(wagons.wagon), self._scenario.rake_s(name), used, under)
        ready = Ready(0, 0) if wagons.entry is None else yard.arrive(unit, wagons.entry, wagons.offered_s)
        if wagons.attached and not under:
            yard.uncouple(unit, ready)
        first, laden = calendar.second(f"{name} is first given", 1), calendar.second(f"{name} is loaded", 1)
        held = self._bring(unit, ready, first)
        for train, fact in given.items():
            calendar.after(at[train], [first], fact)
        self._first(used, first, given, at)
        out = yard.pull(unit, [laden + lag_s], 1, out=True)
        yard.occupies(self._layout.terminal, unit, held, out.freed)
        listed = calendar.work(f"{name} waybill", "waybill", unit.tasks_s["waybill"], used)
        if calendar.alone("clerks", len(self.level.each_rake) + len(self.level.trains)):
            model.add_no_overlap([out.interval, listed.interval])
        couple = yard.couple(unit, [first], out.end)
        tested = self._brakes(unit, laden, couple.on, out.interval)
        after = [listed.end + lag_s, couple.on + lag_s, tested + lag_s]
        tests_s = min(unit.tasks_s["brake_full"], unit.tasks_s["brake_short"]) + 2 * lag_s
        away = yard.send(unit, goal, after, [out.end + lag_s], couple, tests_s)
        model.add(away.left <= self.level.shift_s - 1).only_enforce_if(used, ~late)
        pulled_s, called_s = yard.leaving_s(unit, goal, tests_s)
        kept = calendar.between(f"{name} here", first, away.left, used, least_s=called_s)
        calendar.after(kept, [laden - first + lag_s + pulled_s], used)
        self._costs["resources"].add(kept, self.level.scoring.resources.rake_hour / 3_600)
        room = wagons.wagons * self.level.wagon_types[wagons.wagon].teu
        return Loaded(name, used, room, laden, listed.start, away.order, late), away.left

    def _first(
        self, used: Fact, first: cp_model.IntVar, given: dict[str, Fact], at: dict[str, cp_model.IntVar]
    ) -> None:
        """A rake is first given to one of its trains."""
        calendar, picked = self._calendar, list[Fact]()
        for train, fact in given.items():
            picked.append(chosen := calendar.fact(f"{train} is the first"))
            self.model.add_implication(chosen, fact)
            calendar.after(first, [at[train]], chosen)
        self.model.add_bool_or(~used, *picked)

    def _brakes(self, unit: Unit, laden: Time, on: Time, out: cp_model.IntervalVar) -> cp_model.IntVar:
        """A full brake test once the locomotive is on, or one from the yard's plant and a short one: when it is done."""
        calendar, lag_s, name = self._calendar, self._calendar.lag_s, unit.name
        full, yard = calendar.fact(f"{name} full test"), calendar.fact(f"{name} yard test")
        self.model.add(full + yard == unit.here)
        done = calendar.second(f"{name} tested", 1)
        whole = calendar.work(f"{name} brake_full", "brake_full", unit.tasks_s["brake_full"], full)
        plant = calendar.work(f"{name} brake_yard", "brake_yard", unit.tasks_s["brake_yard"], yard)
        short = calendar.work(f"{name} brake_short", "brake_short", unit.tasks_s["brake_short"], yard)
        calendar.after(whole.start, [on + lag_s], full)
        calendar.after(plant.start, [laden + lag_s], yard)
        calendar.after(short.start, [on + lag_s, plant.end + lag_s], yard)
        calendar.after(done, [whole.end], full)
        calendar.after(done, [short.end], yard)
        if calendar.alone("brake", len(self.level.each_rake) + len(self.level.trains)):
            self.model.add_no_overlap([out, plant.interval])
        return done

    def _through(self, train: Train) -> None:
        """A train that goes on with its own wheels and locomotive."""
        calendar, yard, model, lag_s = self._calendar, self._yard, self.model, self._calendar.lag_s
        name, plan, costs = train.number, self._scenario.plans[train.number], self._costs["resources"]
        leaves, late = calendar.fact(f"{name} leaves"), calendar.fact(f"{name} leaves after the shift")
        unit = Unit(name, self._gauge(train.wagon), plan.tasks_s, leaves)
        ready = yard.come(train, unit, plan.offered_s)
        items = self._scenario.consignments(name)
        load = self._clear(train, ready, leaves)
        away = yard.send(unit, train.exit or "", [*ready.checked, ready.arrived + lag_s], [ready.arrived + lag_s])
        yard.occupies(self._layout.station, unit, ready.held, away.left)
        model.add(away.left <= self.level.shift_s - 1).only_enforce_if(leaves, ~late)
        set_out_s = min(self._scenario.setout_s(name, wagon) for wagon in range(train.wagons))
        for item, cleared in zip(items, load, strict=True):
            size = len(item.containers)
            calendar.after(away.order, [cleared.go], leaves, cleared.travels)
            calendar.after(away.order, [ready.arrived + set_out_s + 2 * lag_s], leaves, ~cleared.travels)
            missed = calendar.fact(f"{item.id} is not away")
            model.add_bool_or(missed, cleared.travels)
            model.add_bool_or(missed, ~late)
            if not cleared.kept_free:
                costs.add(missed, self.level.scoring.resources.undelivered * size)
        self._late(train, away.left)

    def _late(self, train: Train, out: cp_model.IntVar) -> None:
        """What a load's lateness costs: its minutes less the delay that it brought with it, and the fees."""
        plan, rates, costs = self._scenario.plans[train.number], self.level.scoring.time, self._costs["time"]
        if plan.due_s is None:
            return
        brought_s = max(0, plan.offered_s - plan.planned_s) if plan.offered_s > 0 else 0
        due_s = plan.due_s + brought_s
        # no more is charged than the time that it was here
        late = self._calendar.between(f"{train.number} late", max(due_s, plan.offered_s, 0), out)
        costs.add(late, rates.late_minute * train.late_times / 60)
        items = self._scenario.consignments(train.number)
        if any(item.goal is not None for item in items):
            return
        boxes, charged = sum(len(item.containers) for item in items), 0.0
        for fee in sorted(rates.fees, key=lambda fee: fee.from_h):
            if fee.times > charged:
                owed = self._calendar.fact(f"{train.number} owes from {fee.from_h} h")
                from_s = max(1, math.ceil(fee.from_h * 3_600))
                self.model.add(out <= max(due_s + from_s - 1, 0)).only_enforce_if(~owed)
                costs.add(owed, (fee.times - charged) * rates.tariff * boxes)
                charged = fee.times
