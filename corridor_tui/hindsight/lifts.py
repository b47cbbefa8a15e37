"""The cranes in the calendar: not each lift, but the least time in which they can do those of a train, and of some trains."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from corridor_tui.corridor.work import NEARLY_LOADED
from corridor_tui.hindsight.calendar import Calendar, Cost, Fact
from corridor_tui.hindsight.papers import Cleared
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scenario.values import Consignment, Container

_MOST_TOGETHER = 5
"""Of how many trains at most the lifts are taken together: each set of them is a constraint of its own."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """A container train under the cranes: whether it is lifted, from when on that can be and when it is empty."""

    name: str
    lifted: Fact
    begun: cp_model.IntVar
    emptied: cp_model.IntVar
    load: tuple[tuple[Consignment, Cleared], ...]

    @property
    def boxes(self) -> tuple[Container, ...]:
        """Its containers."""
        return tuple(box for item, _ in self.load for box in item.containers)

    @property
    def nearly(self) -> int:
        """With how many still to lift the waybill may be begun."""
        count = len(self.boxes)
        return max(left for left in range(count + 1) if left <= NEARLY_LOADED * count)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rake under the cranes: its room in TEU, when it has all it takes, when its waybill is begun and when it is sent.

    `late`: whether it leaves only after the shift.
    """

    name: str
    used: Fact
    teu: int
    laden: cp_model.IntVar
    listed: cp_model.IntVar
    order: cp_model.IntVar
    late: Fact


@dataclass(frozen=True, slots=True)
class Pairing:
    """A train and a rake that takes some of its load, if it does, and from when on."""

    train: Lifted
    rake: Loaded
    given: Fact
    at: cp_model.IntVar


class Cranes:
    """Puts the lifts of some trains onto some rakes into a calendar."""

    def __init__(self, calendar: Calendar, scenario: Scenario, pairings: Sequence[Pairing], costs: Cost) -> None:
        self._calendar, self._scenario, self._costs = calendar, scenario, costs
        self._pairings = pairings
        self._trains = list({each.train.name: each.train for each in pairings}.values())
        self._rakes = list({each.rake.name: each.rake for each in pairings}.values())
        self._cranes = len(scenario.level.terminal.cranes)
        self._rates = scenario.level.scoring.resources
        self._teu: dict[str, list[cp_model.LinearExprT]] = {rake.name: [] for rake in self._rakes}
        self._most: dict[str, list[cp_model.LinearExprT]] = {rake.name: [] for rake in self._rakes}

    def put(self) -> None:
        """Put all of them in."""
        for train in self._trains:
            free = sum(len(item.containers) for item, cleared in train.load if cleared.kept_free)
            self._costs.add(train.lifted, self._rates.lift * len(train.boxes))
            self._costs.add(1 - train.lifted, self._rates.undelivered * (len(train.boxes) - free))
            self._share_out(train, [each for each in self._pairings if each.train is train])
        self._share_cranes()
        for rake in self._rakes:
            self._fill(rake)

    def _share_out(self, train: Lifted, pairings: list[Pairing]) -> None:
        """Each box of a train goes onto one of its rakes, at once or by way of the stack, or stays in the stack."""
        model, boxes, staying = self._calendar.model, train.boxes, list[cp_model.IntVar]()
        count = len(boxes)
        for item, cleared in train.load:
            size = len(item.containers)
            stay = model.new_int_var(0, size, f"{item.id} stays")
            model.add(stay == size).only_enforce_if(train.lifted, ~cleared.travels)
            model.add(stay == 0).only_enforce_if(~train.lifted)
            staying.append(stay)
            if not cleared.kept_free:
                self._costs.add(stay, self._rates.undelivered)
            for each in pairings:
                others = [~other.given for other in pairings if other is not each]
                self._calendar.after(each.rake.order, [cleared.go], each.given, cleared.travels, *others)
        goes = [model.new_int_var(0, count, f"{train.name} on {each.rake.name}") for each in pairings]
        model.add(sum(goes) + sum(staying) == count * train.lifted)
        for each, number in zip(pairings, goes, strict=True):
            self._lift(each, number)

    def _lift(self, pairing: Pairing, number: cp_model.IntVar) -> None:
        """So many boxes of a train go onto a rake, each lifted onto it in one go once it is given, or out of the stack."""
        model, train, rake, given = self._calendar.model, pairing.train, pairing.rake, pairing.given
        boxes, count = train.boxes, len(train.boxes)
        model.add(number <= count * given)
        teu = model.new_int_var(0, 2 * count, f"{train.name} teu on {rake.name}")
        model.add(teu >= number)
        model.add(teu >= 2 * number - sum(box.teu == 1 for box in boxes))
        self._teu[rake.name].append(teu)
        self._most[rake.name].append(2 * number)
        twice = model.new_int_var(0, count, f"{train.name} by the stack onto {rake.name}")
        model.add(twice <= number)
        self._costs.add(twice, self._rates.lift)
        first = [box.lifts_s[0] for box in boxes]
        saved_s = max(box.lifts_s[0] - min(box.lifts_s[0], self._scenario.lift_s(box, 1)) for box in boxes)
        here = count - number
        work_s = sum(first) - max(first) * here
        model.add(self._cranes * (rake.laden - pairing.at) >= work_s - saved_s * twice).only_enforce_if(given)
        model.add(self._cranes * (train.emptied - pairing.at) >= work_s - max(first) * twice).only_enforce_if(given)
        whole = self._calendar.fact(f"{train.name} all onto {rake.name}")
        model.add(here + twice >= 1).only_enforce_if(~whole)
        self._calendar.after(rake.laden, [pairing.at + least_s(first, self._cranes)], given, whole)
        self._calendar.after(train.emptied, [pairing.at + least_s(first, self._cranes)], given, whole)
        self._calendar.after(rake.laden, [train.emptied], given, whole)
        missed = model.new_int_var(0, count, f"{train.name} late on {rake.name}")
        model.add(missed >= number - count * (1 - rake.late))
        self._costs.add(missed, self._rates.undelivered)

    def _fill(self, rake: Loaded) -> None:
        """A rake takes no more than it has room for, and is loaded when it is full or all its trains are empty."""
        calendar, model = self._calendar, self._calendar.model
        full = calendar.fact(f"{rake.name} is full")
        model.add(sum(self._teu[rake.name]) <= rake.teu)
        model.add(sum(self._most[rake.name]) >= rake.teu).only_enforce_if(full)
        nearly = calendar.fact(f"{rake.name} is listed before it is loaded")
        calendar.after(rake.listed, [rake.laden + calendar.lag_s], rake.used, ~nearly)
        for each in self._pairings:
            if each.rake is rake:
                calendar.after(rake.laden, [each.train.emptied], each.given, ~full)
                calendar.after(rake.listed, [each.at], each.given)
                self._list(each, nearly)

    def _list(self, pairing: Pairing, nearly: Fact) -> None:
        """Before a rake is loaded its waybill is begun with a fifth of its train's boxes left at the most."""
        train = pairing.train
        done = max(0, len(train.boxes) - train.nearly - self._cranes)
        lifts = sorted(box.lifts_s[0] for box in train.boxes)[:done]
        early_s = least_s(lifts, self._cranes)
        self._calendar.after(pairing.rake.listed, [train.begun + early_s], pairing.given, nearly)

    def _share_cranes(self) -> None:
        """The cranes do all the lifts of some trains between the first beginning and the last end."""
        model = self._calendar.model
        for size in range(1, min(len(self._trains), _MOST_TOGETHER) + 1):
            for some in combinations(self._trains, size):
                takes_s = least_s([box.lifts_s[0] for train in some for box in train.boxes], self._cranes)
                first, last = (self._calendar.second(name) for name in ("first lift", "last lift"))
                model.add_min_equality(first, [train.begun for train in some])
                model.add_max_equality(last, [train.emptied for train in some])
                model.add(last - first >= takes_s).only_enforce_if([train.lifted for train in some])


def least_s(lifts_s: Sequence[int], cranes: int) -> int:
    """In how many seconds some lifts can be done by so many cranes at the least: exact for two, and no more for others."""
    if not lifts_s:
        return 0
    work_s = sum(lifts_s)
    if cranes != 2:
        return max(-(-work_s // cranes), *lifts_s)
    # every sum of seconds that one of the two can come to, as the bits of a number
    sums = 1
    for lift_s in lifts_s:
        sums |= sums << lift_s
    half = -(-work_s // 2)
    return half + next(more for more in range(work_s) if sums >> (half + more) & 1)
