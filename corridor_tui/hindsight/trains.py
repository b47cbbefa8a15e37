"""Trains and rakes in the calendar: the least that has to happen to each before it is away."""

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from corridor_tui.corridor.checks import PATH_GRACE_S
from corridor_tui.corridor.station import CLEARS_S
from corridor_tui.corridor.work import INSPECTED_SHARE, INSPECTIONS
from corridor_tui.hindsight.calendar import Calendar, Cost, Fact, Time
from corridor_tui.hindsight.scope import Layout, NoBoundError
from corridor_tui.language import _
from corridor_tui.level.base import Gauge
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.draw import Scenario

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Unit:
    """A train or a rake on its way through the station: its name, gauge, the seconds of its tasks, and whether it is used.

    `under`: it stands under the cranes as the shift begins.
    """

    name: str
    gauge: Gauge
    tasks_s: dict[str, int]
    here: Fact
    under: bool = False


@dataclass(slots=True)
class Ready:
    """When a unit stands in the station, since when a track is held for it, and the seconds before which it is not pulled.

    `off`: when its locomotive is off, so that it could be pulled somewhere; `checked`: when its inspections are done.
    """

    arrived: Time
    held: Time
    off: Time = 1
    checked: list[Time] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull by the shunter, and when it has freed the track on which it began; `before`: another pull went before it."""

    start: cp_model.IntVar
    end: Time
    interval: cp_model.IntervalVar
    freed: Time
    before: Fact


@dataclass(frozen=True, slots=True)
class Couple:
    """A locomotive of ours: when it is called, when it begins to couple, and when it is on."""

    call: cp_model.IntVar
    begun: cp_model.IntVar
    on: Time


@dataclass(frozen=True, slots=True)
class Departure:
    """A departure: the second of the order, and the one at which the track is left; the last second where it is never."""

    order: cp_model.IntVar
    left: cp_model.IntVar
    leaves: Fact


class Yard:
    """Puts trains and rakes into a calendar."""

    def __init__(self, calendar: Calendar, scenario: Scenario, layout: Layout, costs: Cost) -> None:
        self.calendar, self.scenario, self.layout, self.costs = calendar, scenario, layout, costs
        level = scenario.level
        self.rates = level.scoring.resources
        self._turn_s = {pool.gauge: max(1, int(pool.turn_min * 60)) for pool in level.locomotives}
        self._locos = {pool.gauge: pool.count for pool in level.locomotives}
        self._paths: list[cp_model.IntVar] = []

    def close(self) -> None:
        """No two trains leave on one path."""
        if len(self._paths) > 1:
            self.calendar.model.add_all_different(self._paths)

    def occupies(self, station: str, unit: Unit, start: Time, end: Time) -> None:
        """A unit holds one of a station's tracks of its gauge; whoever follows has to see it free."""
        calendar = self.calendar
        tracks = next(place.tracks for place in self.scenario.level.stations if place.id == station)
        span = calendar.lasting(f"{unit.name} at {station}", start, end + calendar.lag_s, unit.here)
        calendar.stands(f"{station} {unit.gauge}", sum(track.gauge == unit.gauge for track in tracks), span)

    def arrive(self, unit: Unit, entry: str, offered_s: int) -> Ready:
        """A unit comes in from a neighbour."""
        calendar, way = self.calendar, self.layout.way_in(entry, unit.gauge)
        if way is None:
            raise NoBoundError(_("no line brings {unit} to its station", unit=unit.name))
        start = calendar.second(f"{unit.name} sets off", max(calendar.first_s, offered_s + calendar.lag_s) + CLEARS_S)
        return Ready(calendar.moves(f"{unit.name} in", way, start, unit.here), start - CLEARS_S)

    def uncouple(self, unit: Unit, ready: Ready) -> None:
        """Its line locomotive is taken off once it is secured."""
        calendar = self.calendar
        secured = calendar.work(f"{unit.name} secure", "secure", unit.tasks_s["secure"], unit.here)
        off = calendar.work(f"{unit.name} uncouple", "uncouple", unit.tasks_s["uncouple"], unit.here)
        calendar.after(secured.start, [ready.arrived + calendar.lag_s], unit.here)
        calendar.after(off.start, [secured.end + calendar.lag_s], unit.here)
        ready.off = off.end + calendar.lag_s

    def inspect(self, unit: Unit, ready: Ready, *, begun: bool = False) -> None:
        """Its three inspections; `begun`: it stands in the middle of them as the shift begins."""
        calendar = self.calendar
        for task in INSPECTIONS:
            takes_s = max(1, round(unit.tasks_s[task] * (1 - INSPECTED_SHARE if begun else 1)))
            work = calendar.work(f"{unit.name} {task}", task, takes_s, unit.here, 0 if begun else 1)
            if not begun:
                calendar.after(work.start, [ready.arrived + calendar.lag_s], unit.here)
            ready.checked.append(work.end + calendar.lag_s)

    def come(self, train: Train, unit: Unit, offered_s: int) -> Ready:
        """A loaded train up to where it may be pulled or sent on."""
        if train.standing is None:
            ready, stage = self.arrive(unit, train.entry, offered_s), "arrived"
        else:
            ready, stage = Ready(0, 0), train.standing.stage
        if unit.under:
            return ready
        if train.kind == "container" and stage == "arrived":
            self.uncouple(unit, ready)
        if stage != "inspected":
            self.inspect(unit, ready, begun=stage == "inspection")
        return ready

    def pull(self, unit: Unit, after: list[Time], off: Time, *, out: bool) -> Pull:
        """Pull a unit to the cranes or away from them: when that begins and ends.

        A unit's first pull takes other seconds than all later ones: who has it pulled elsewhere before pays for that pull.
        `off`: from when on it could be pulled at all.
        """
        calendar, tasks_s = self.calendar, unit.tasks_s
        first = unit.under if out else True
        way = self.layout.pull(unit.gauge, tasks_s["shunt" if first else "shunt2"], out=out)
        later = self.layout.pull(unit.gauge, tasks_s["shunt2"], out=out)
        if way is None or later is None:
            raise NoBoundError(_("no shunter's way leads {unit} under the cranes", unit=unit.name))
        start = calendar.second(f"{unit.name} is pulled {'out' if out else 'in'}", 1)
        calendar.after(start, after, unit.here)
        self.costs.add(unit.here, self.rates.shunt)
        before = calendar.fact(f"{unit.name} was pulled before")
        calendar.after(start, [off + tasks_s["shunt"] + calendar.lag_s], before)
        self.costs.add(before, self.rates.shunt)
        saved_s = max(0, way.all_s - later.all_s)
        end = calendar.moves(f"{unit.name} pulled", way, start, unit.here, saved_s * before)
        interval = calendar.lasting(f"{unit.name} pull", start, end, unit.here)
        calendar.takes("shunters", interval)
        return Pull(start, end, interval, start + way.freed_s, before)

    def least_pull_s(self, unit: Unit, *, out: bool) -> int:
        """The least seconds of any pull of a unit to or from the cranes."""
        ways = [self.layout.pull(unit.gauge, unit.tasks_s[task], out=out) for task in ("shunt", "shunt2")]
        return min(way.all_s for way in ways if way is not None)

    def leaving_s(self, unit: Unit, goal: str, tested_s: int) -> tuple[int, int]:
        """The least seconds until a unit has left: from when it can be pulled out, and from when its locomotive is called.

        `tested_s`: from when its locomotive is on until the order.
        """
        way = self.layout.way_out(goal, unit.gauge)
        last_s = unit.tasks_s["couple"] + tested_s + (0 if way is None else way.freed_s)
        return self.least_pull_s(unit, out=True) + last_s, unit.tasks_s["loco"] + last_s

    def couple(self, unit: Unit, called: list[Time], out: Time) -> Couple:
        """A locomotive of ours comes once it is called, and couples once the unit stands where it can leave from."""
        calendar = self.calendar
        call = calendar.second(f"{unit.name} calls its locomotive", 1)
        couple = calendar.work(f"{unit.name} couple", "couple", unit.tasks_s["couple"], unit.here)
        calendar.after(call, called, unit.here)
        calendar.after(couple.start, [call + unit.tasks_s["loco"], out], unit.here)
        return Couple(call, couple.start, couple.end)

    def send(
        self,
        unit: Unit,
        goal: str,
        after: list[Time],
        booked: list[Time],
        couple: Couple | None = None,
        least_s: int = 0,
    ) -> Departure:
        """A unit leaves for a neighbour once all that is asked is done.

        `booked`: from when on a path can be asked for. `couple`: the locomotive of ours that takes it, and `least_s` how
        long that is on at the least before the order.
        """
        calendar, model, name = self.calendar, self.calendar.model, unit.name
        way = self.layout.way_out(goal, unit.gauge)
        if way is None:
            raise NoBoundError(_("no line leads {unit} from its station to {goal}", unit=name, goal=goal))
        order, start = calendar.second(f"{name} departs", 1), calendar.second(f"{name} is under way", 1)
        left = calendar.second(f"{name} has left")
        calendar.after(order, after, unit.here)
        calendar.after(start, [order], unit.here)
        model.add(left == start + way.freed_s).only_enforce_if(unit.here)
        model.add(left == calendar.last_s).only_enforce_if(~unit.here)
        there = calendar.moves(f"{name} out", way, start, unit.here)
        if way.paths_s:
            path = self._path(name, way.paths_s)
            calendar.after(path, booked, unit.here)
            calendar.after(start, [path], unit.here)
            model.add(order <= path + PATH_GRACE_S).only_enforce_if(unit.here)
        if couple is not None:
            back = there + self._turn_s.get(unit.gauge, 1) + calendar.lag_s
            away = calendar.lasting(f"{name} locomotive", couple.call, back, unit.here)
            calendar.stands(f"locomotives {unit.gauge}", self._locos.get(unit.gauge, 0), away)
            kept = calendar.between(
                f"{name} keeps its locomotive", couple.on, left, unit.here, least_s=least_s + way.freed_s
            )
            self.costs.add(kept, self.rates.locomotive_hour / 3_600)
            self.occupies(self.layout.station, unit, couple.begun, left)
        return Departure(order, left, unit.here)

    def _path(self, name: str, paths_s: tuple[int, ...]) -> cp_model.IntVar:
        last_s = self.calendar.last_s
        times = [at_s + day * _DAY_S for day in range(last_s // _DAY_S + 1) for at_s in paths_s]
        domain = cp_model.Domain.from_values([at_s for at_s in times if at_s <= last_s] or [last_s])
        path = self.calendar.model.new_int_var_from_domain(domain, f"{name} path")
        self._paths.append(path)
        return path
