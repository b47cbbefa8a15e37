"""The trains of the services: drawn one by one in the order in which they are announced, so that a year needs no room."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import count

from corridor_tui.level.drawn import sample
from corridor_tui.level.model import Level
from corridor_tui.level.services import Between, Service
from corridor_tui.level.told import ToldLine
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.streams import below, seconds, stream, triangular

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Drawn:
    """A train of a service: the train as a level would write it, when it is planned, announced and really offered.

    `ordinal` is its place in a count of all trains of the level, the same whatever the others do.
    """

    train: Train
    service: str
    ordinal: int
    planned_s: int
    announced_s: int
    offered_s: int
    due_s: int | None


def coming(level: Level, seed: int) -> Iterator[Drawn]:
    """Every train of the services in the order of announcement; what came before the shift is left out."""
    return merge(
        *(_of(level, seed, place, service) for place, service in enumerate(level.services)),
        key=lambda drawn: (drawn.announced_s, drawn.train.number),
    )


def lateness_s(level: Level, seed: int, train: Train, u: float) -> int:
    """How much later than planned a train comes: what its journey from the origin took longer, or its own `late`.

    Negative where the journey was quicker than its timetable.
    """
    if train.origin is not None:
        travel = level.route.origins[train.origin].travel
        drawn = stream(seed, "journey", train.number).random()
        return round(triangular(drawn, travel.min_d, travel.mode_d, travel.max_d) * _DAY_S) - travel.expected_s
    return 0 if train.late is None else seconds(train.late, u)


def _of(level: Level, seed: int, place: int, service: Service) -> Iterator[Drawn]:
    latest_s, samples = _latest_s(level, service), dict[tuple[int, int], Train]()
    for index, planned_s in _planned(level, seed, service, latest_s):
        number = f"{service.id}{index}"
        draws = stream(seed, "service", number)
        size = _between(service.wagons, draws.random()), _sets(service, draws.random())
        if size not in samples:
            samples[size] = sample(service, *size)
        about = _title(level, service, number)
        train = samples[size].model_copy(update={"number": number, "title": about, "at": level.clock_at(planned_s)})
        offered_s = planned_s + lateness_s(level, seed, train, stream(seed, "train", number).random())
        if offered_s <= 0:
            continue
        announced_s = max(0, planned_s - round(service.forecast_h * 3_600))
        due_s = None if service.stay_h is None else planned_s + round(service.stay_h * 3_600)
        ordinal = len(level.trains) + index * len(level.services) + place
        yield Drawn(train, service.id, ordinal, planned_s, announced_s, max(offered_s, announced_s), due_s)


def _between(bounds: Between, u: float) -> int:
    return bounds.least + below(u, bounds.most - bounds.least + 1)


def _sets(service: Service, u: float) -> int:
    return 0 if service.consignments is None else _between(service.consignments, u)


def _title(level: Level, service: Service, number: str) -> ToldLine:
    name = service.title or (level.route.origins[service.origin].name if service.origin else None)
    return ToldLine(f"{number} {'' if name is None else name.own}".strip()[:120])


def _latest_s(level: Level, service: Service) -> int:
    """How much later than planned a train of the service may come at the most."""
    if service.origin is not None:
        travel = level.route.origins[service.origin].travel
        return max(0, math.ceil(travel.max_d * _DAY_S) - travel.expected_s)
    return 0 if service.late is None else math.ceil(service.late.max_min * 60)


def _planned(level: Level, seed: int, service: Service, latest_s: int) -> Iterator[tuple[int, int]]:
    """The index and the planned second of each train, from those that may still be on their way when the shift starts."""
    start_s = round(service.from_h * 3_600)
    first_s = start_s - (latest_s if start_s == 0 else 0)
    end_s = level.shift_s if service.until_h is None else min(level.shift_s, round(service.until_h * 3_600))
    for index, planned_s in enumerate(_times(level, seed, service, start_s, first_s), 1):
        if planned_s >= end_s:
            return
        yield index, planned_s


def _times(level: Level, seed: int, service: Service, start_s: int, first_s: int) -> Iterator[int]:
    if service.every_h is not None:
        every_s = round(service.every_h * 3_600)
        before = (start_s - first_s) // every_s
        yield from (start_s + every_s * turn for turn in count(-before))
    elif service.per_day is not None:
        draws, at = stream(seed, "gaps", service.id), float(first_s)
        while True:
            at -= math.log(1 - draws.random()) * _DAY_S / service.per_day
            yield round(at)
    else:
        clocks = sorted(level.at_s(clock) for clock in service.timetable)
        days = (day * _DAY_S + second for day in count(first_s // _DAY_S) for second in clocks)
        yield from (second for second in days if second >= first_s)
