"""What a run has lost at the least, whatever is still done in it: by what it has lost, and by what its units' own work takes.

It shares nothing with the solver's model: a search that leaves out what cannot be better is to prove that model.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corridor_tui.corridor.checks_terminal import is_rake
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import POOL_OF
from corridor_tui.level.model import Level
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scenario.values import Container
from corridor_tui.scoring.score import Component
from corridor_tui.session.shift import Shift

_TESTS = ("brake_full", "brake_short")


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a loss is worth on a scenario: the points of a loss unit of each component, and the total without any loss."""

    scenario: Scenario
    points: Mapping[Component, float]
    lossless: float

    @property
    def level(self) -> Level:
        """The level that is played."""
        return self.scenario.level

    def __post_init__(self) -> None:
        """No rake has room for a second train, so that each train has a rake to itself."""
        level = self.level
        room = max(rake.wagons * level.wagon_types[rake.wagon].teu for rake in level.rakes)
        loads = sorted(sum(box.teu for box in self.load(train.number)) for train in level.trains)
        assert len(loads) == 1 or loads[0] + loads[1] > room

    def faulty(self, name: str) -> bool:
        """Whether something is wrong with a consignment."""
        truth = self.scenario.truth(name)
        return truth is not None and truth.kind != "lookalike"

    def load(self, train: str) -> list[Container]:
        """The containers of a train."""
        return [box for item in self.scenario.consignments(train) for box in item.containers]

    def most(self, shift: Shift) -> float:
        """The total that a run can still reach at the most."""
        least = _Least(self, shift)
        lost = self.points.get("detection", 0.0) * least.wrong() + self.points.get("resources", 0.0) * least.spent()
        return round(self.lossless - lost - sum(least.train(each) for each in self.level.trains), 2)

    def runs_s(self, shift: Shift, unit: Unit) -> float:
        """The second before which a unit is not on a line: in, if it has still to come, or out; infinity: no more."""
        return _Least(self, shift).runs_s(unit)


def stays(view: View, number: str) -> bool:
    """Whether a container was put aside, so that it does not travel on."""
    box = view.boxes[number]
    return box.goal == "stack" or (box.at == "stack" and number not in view.units[box.train].stacked)


def under(view: View, unit: Unit) -> bool:
    """Whether a unit stands under the cranes."""
    tracks = view.level.tracks
    return unit.place in tracks and tracks[unit.place][0].role == "terminal"


class _Least:
    """The least of everything from one moment of a run on. Whoever sees what has happened answers a second later."""

    def __init__(self, stakes: Stakes, shift: Shift) -> None:
        self._stakes, self._shift, self._view, self._now_s = stakes, shift, shift.view, shift.now_s
        self._rates = stakes.level.scoring
        self._trains = stakes.level.trains
        self._last_s = stakes.level.shift_s + round(stakes.level.shift.overtime_min * 60)
        self._out_s = min(hop.out_s for hop in self._view.network.all_hops() if not hop.shunting)
        self._pulls = Counter(
            str(event.args[0]) for event in shift.events if event.code == "done" and event.args[1] == "shunt"
        )
        self._at_s = {
            (event.code, str(event.args[0])): event.t
            for event in shift.events
            if event.code in ("loco_called", "emptied")
        }
        self._paired_s: dict[str, int] = {}
        for event in shift.events:
            if event.code == "paired" and event.args[1]:
                self._paired_s.setdefault(str(event.args[1]), event.t)

    # what is lost

    def train(self, train: Train) -> float:
        """The points that a train will have cost, whether its load leaves or not, without what was spent until now."""
        each = self._stakes.points.get("resources", 0.0) * self._rates.resources.undelivered
        load = self._stakes.load(train.number)
        travelling = [box for box in load if not stays(self._view, box.number)]
        ways = [each * (len(load) - len(travelling)) + self._away(train, travelling)]
        # what is not on a rake yet may be put aside, so that this leaves without anything
        if not any(is_rake(self._view.units.get(self._view.boxes[box.number].at)) for box in travelling):
            ways.append(each * len(load) + self._away(train, []))
        # what is left here the reference sends away after the shift, if there is time for it
        late_s = self._last_s - self._due_s(train)
        left = min(self._away(train, [], self._stakes.level.shift_s), self._each_s(train) * late_s)
        return min(each * len(load) + left, *ways)

    def _each_s(self, train: Train) -> float:
        return train.late_times * self._rates.time.late_minute / 60 * self._stakes.points.get("time", 0.0)

    def _due_s(self, train: Train) -> int:
        return self._stakes.level.at_s(train.due or "")

    def _away(self, train: Train, boxes: list[Container], from_s: int = 0) -> float:
        """The points that it will have cost to send those of a train's boxes away that travel, or empty rakes, from then on."""
        view, rates, unit = self._view, self._rates.resources, self._view.units[train.number]
        due_s, each_s = self._due_s(train), self._each_s(train)
        rakes = [view.units[rake] for rake in unit.partners] or self._with_room()
        laden = [rake for rake in rakes if any(view.boxes[box.number].at == rake.id for box in boxes)]
        leave_s = [self._rake_leaves_s(unit, rake, boxes) for rake in laden or rakes]
        away_s = max(leave_s) if laden else min(leave_s, default=self._last_s)
        to_lift = [
            box for box in self._stakes.load(train.number) if box in boxes or view.boxes[box.number].at == unit.id
        ]
        lifts = sum(not is_rake(view.units.get(view.boxes[box.number].at)) for box in to_lift)
        pulls = not unit.did("lift") and not under(view, unit) and not self._on_its_way(unit)
        wait = min((self._rake(unit, rake, boxes) for rake in rakes), default=0.0)
        paid = rates.lift * lifts + rates.shunt * pulls + self._home(unit) + wait
        here = each_s * max(0, max(away_s, from_s) - due_s)
        faults = self._faults(train.number, here, each_s, due_s) if boxes else []
        return self._stakes.points.get("resources", 0.0) * paid + max([here, *faults])

    def _faults(self, train: str, here: float, each_s: float, due_s: int) -> Iterator[float]:
        """What the lateness and each fault cost: it is set right first, its containers stay, or it is let pass."""
        rates, points, scenario = self._rates, self._stakes.points, self._stakes.scenario
        found_s = {str(event.args[0]): event.t for event in self._shift.events if event.code == "found"}
        for item in scenario.consignments(train):
            one, boxes = self._view.dossiers[item.id], item.containers
            if not self._stakes.faulty(item.id) or one.corrected or one.state in ("released", "releasing"):
                continue
            if all(stays(self._view, box.number) for box in boxes):
                continue
            mended_s = max(self._now_s, found_s.get(item.id, self._now_s) + item.work.correct_s)
            waits = each_s * max(0, mended_s + self._out_s - due_s)
            aside = here + points.get("resources", 0.0) * rates.resources.undelivered
            passed = [] if one.findings else [here + points.get("detection", 0.0) * rates.detection.miss]
            yield min(max(here, waits), aside, *passed)

    def wrong(self) -> float:
        """What is lost at customs: lanes set without ground, and faults let pass."""
        rates, dossiers = self._rates.detection, self._view.dossiers
        raised = sum(
            event.code == "lane" and self._stakes.scenario.truth(str(event.args[0])) is None
            for event in self._shift.events
        )
        missed = [one for one in dossiers.values() if one.state in ("released", "releasing") and not one.findings]
        return raised * rates.unjustified + rates.miss * sum(self._stakes.faulty(one.id) for one in missed)

    def spent(self) -> float:
        """What was lifted and pulled until now, and for how long officers were at work."""
        rates, begun_s = self._rates.resources, dict[tuple[str | int | None, ...], int]()
        spent = 0.0
        for event in self._shift.events:
            match event.code:
                case "lifted":
                    spent += rates.lift
                case "started":
                    begun_s[event.args[:2]] = event.t
                    spent += rates.shunt * (event.args[1] == "shunt")
                case "done" if POOL_OF.get(str(event.args[1])) == "officers":
                    spent += (event.t - begun_s[event.args[:2]]) / 3_600 * rates.officer_hour
        return spent

    def _to_come_back(self, unit: Unit) -> bool:
        """Whether a rake stands empty in the station, so that it has to be pulled under the cranes for any load."""
        return is_rake(unit) and not unit.teu and unit.to is None and not under(self._view, unit)

    def _rake(self, train: Unit, rake: Unit, boxes: list[Container]) -> float:
        """What a rake costs that takes the load of a train: its time here from when it is given, and its pull out."""
        rates, from_s = self._rates.resources, self._paired_s.get(rake.id, self._under_s(train))
        pull = rates.shunt if under(self._view, rake) and not self._on_its_way(rake) else 0.0
        return (self._rake_leaves_s(train, rake, boxes) - from_s) / 3_600 * rates.rake_hour + pull

    def _home(self, unit: Unit) -> float:
        """What a container train's wagons cost from when they are empty: until they are home, or the run is over."""
        rates, emptied_s = self._rates.resources, self._emptied_s(unit)
        pull = rates.shunt if not unit.did("lift") or (under(self._view, unit) and not self._on_its_way(unit)) else 0.0
        home = (self._leaves_s(unit, emptied_s, emptied_s) - emptied_s) / 3_600 * rates.rake_hour + pull
        return min(home, (self._last_s - emptied_s) / 3_600 * rates.rake_hour)

    def _with_room(self) -> list[Unit]:
        """The rakes that nothing stands on yet: what does is not taken off again."""
        return [
            unit for unit in self._view.units.values() if is_rake(unit) and not unit.teu and unit.departed_s is None
        ]

    # the seconds before which something cannot be

    def _on_its_way(self, unit: Unit) -> bool:
        return unit.moving or unit.to is not None

    def _takes_s(self, unit: Unit, before: int = 0) -> int:
        """The next pull of a unit, or that after `before` others."""
        plans, name = self._stakes.scenario.plans, unit.id
        tasks_s = plans[name].tasks_s if name in plans else self._stakes.scenario.rake_s(name)
        return tasks_s["shunt2" if self._pulls[name] + before else "shunt"]

    def _under_s(self, unit: Unit) -> int:
        """When a container train stands under the cranes, and can be given a rake."""
        if unit.did("lift") or (under(self._view, unit) and not unit.moving):
            return self._now_s
        if unit.moving and unit.to is not None and self._view.level.tracks[unit.to][0].role == "terminal":
            return (unit.eta_s or 0) + 1
        station = (unit.eta_s or 0) + 1 if unit.moving else self._now_s
        return max(station, self._neck_free_s(unit)) + self._takes_s(unit, int(unit.moving)) + 1

    def _neck_free_s(self, unit: Unit) -> int:
        """When the only crane track and the line to it are free of another train, which is pulled out over the same line."""
        view, level = self._view, self._view.level
        cranes = [track.id for _, track in level.tracks.values() if track.use == "crane" and track.gauge == unit.gauge]
        lines = [line for line in level.lines if line.shunting for track in line.tracks if track.gauge == unit.gauge]
        if len(cranes) > 1 or len(lines) > 1:
            return self._now_s
        others = [view.units[train.number] for train in self._trains if train.number != unit.id]
        return max((self._out_of_the_way_s(other, cranes[0]) for other in others), default=self._now_s)

    def _out_of_the_way_s(self, other: Unit, crane: str) -> int:
        inwards = other.to == crane
        if other.departed_s is not None or not (
            inwards or self._view.holds.get(crane) == other.id or self._on_neck(other)
        ):
            return self._now_s
        if other.moving and not inwards:
            return other.eta_s or self._now_s
        ready_s = self._under_s(other)
        if "lift" in other.jobs and not other.did("lift"):
            ready_s = self._emptied_s(other) + 1
        return ready_s + self._takes_s(other, int(inwards))

    def runs_s(self, unit: Unit) -> float:
        """The second before which a unit that is not on a line is on one."""
        if unit.departed_s is not None or (unit.to is not None and unit.to not in self._view.level.tracks):
            return float("inf")
        if unit.arrived_s is None:
            return self._now_s
        if not is_rake(unit):
            return self._leaves_s(unit, self._emptied_s(unit), self._under_s(unit)) - self._out_s
        mine = [self._view.units[each] for each in unit.partners]
        trains = mine or [each for each in self._view.units.values() if not is_rake(each) and not each.partners]
        return min((self._rake_leaves_s(each, unit, []) - self._out_s for each in trains), default=float("inf"))

    def _on_neck(self, other: Unit) -> bool:
        return other.moving and other.arrived_s is not None and other.place not in self._view.level.tracks

    def _emptied_s(self, unit: Unit) -> int:
        """When a container train is empty: one crane lifts one box after the other."""
        if unit.did("lift"):
            return self._at_s.get(("emptied", unit.id), self._now_s)
        lifts_s = sum(box.lifts_s[0] for box in self._stakes.load(unit.id))
        begun_s = unit.first_lift_s
        return (self._under_s(unit) if begun_s is None else begun_s) + lifts_s

    def _rake_leaves_s(self, train: Unit, rake: Unit, boxes: list[Container]) -> int:
        """When a rake leaves with some boxes of a train: what is in the stack is lifted onto it before, and by one crane."""
        view, lift_s = self._view, self._stakes.scenario.lift_s
        more_s = sum(lift_s(box, 1) for box in boxes if view.boxes[box.number].at == "stack")
        return self._leaves_s(rake, self._emptied_s(train) + more_s, self._under_s(train), more_s if boxes else None)

    def _leaves_s(self, unit: Unit, ready_s: int, given_s: int, lifts_s: int | None = None) -> int:
        """When a unit leaves that is ready to be pulled out at one second, and can have its locomotive called at another.

        `lifts_s`: for how long it is lifted onto at the least, once it is under the cranes; None: not at all.
        """
        if unit.departed_s is not None:
            return unit.departed_s
        now_s, empty = self._now_s, unit.kind == "container"
        tasks_s = self._stakes.scenario.plans[unit.id].tasks_s if empty else self._stakes.scenario.rake_s(unit.id)
        if unit.to is not None and unit.to not in self._view.level.tracks:
            return (unit.entered_s if unit.moving else now_s) + self._out_s
        pulled_s = max(now_s, ready_s + 1)
        if lifts_s is not None and self._to_come_back(unit):
            in_s = now_s + self._takes_s(unit)
            pulled_s = max(pulled_s, in_s + 1 + lifts_s) + self._takes_s(unit, 1)
        elif unit.moving and self._view.level.tracks[unit.to or ""][0].role == "station":
            pulled_s = unit.eta_s or now_s
        elif under(self._view, unit) or (empty and not unit.did("lift")):
            pulled_s += self._takes_s(unit, int(empty and not unit.did("lift") and not under(self._view, unit)))
        if unit.loco == "attached":
            on_s = now_s
        elif "couple" in unit.jobs:
            on_s = unit.jobs["couple"].since_s + tasks_s["couple"] + 1
        else:
            called_s = self._at_s.get(("loco_called", unit.id), max(now_s, given_s + (1 if empty else 0)))
            on_s = max(pulled_s, called_s + tasks_s["loco"]) + tasks_s["couple"] + 1
        if empty or any(unit.did(test) for test in _TESTS):
            return max(on_s, now_s) + self._out_s
        begun = [unit.jobs[test].since_s + tasks_s[test] + 1 for test in _TESTS if test in unit.jobs]
        tested_s = min(begun) if begun else on_s + min(tasks_s[test] for test in _TESTS) + 1
        return max(tested_s, now_s) + self._out_s
