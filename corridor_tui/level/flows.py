"""Drawn traffic and what lies beyond: services that can run, journeys that lead somewhere, connections that can be caught."""

import re
from collections.abc import Iterator

from corridor_tui.language import _
from corridor_tui.level.base import Gauge
from corridor_tui.level.cargo import cargo
from corridor_tui.level.drawn import sample
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault
from corridor_tui.level.services import Service
from corridor_tui.level.traffic import Train
from corridor_tui.level.ways import ways

GAUGE: dict[str, Gauge] = {"container": 1435, "through": 1520, "empties": 1520, "grain": 1520, "export": 1520}
"""The gauge on which a train of each kind runs."""
_OF_CONNECTIONS = ("connections_made", "connections_missed")


def flows(level: Level, lost: set[tuple[str | int, ...]], *, plant_sound: bool) -> Iterator[Fault]:
    """What is wrong with services, destinations and connections; what hangs on the `lost` is not judged."""
    for i, service in enumerate(level.services):
        path = ("services", i)
        yield from _comes(level, service, path)
        yield from _loaded(service, path)
        if path not in lost:
            yield from _runs(level, service, path, plant_sound=plant_sound)
    for i, train in enumerate(level.trains):
        yield from _train(train, ("trains", i))
    yield from _beyond(level)


def _beyond(level: Level) -> Iterator[Fault]:
    for i, destination in enumerate(level.destinations):
        if not destination.legs:
            yield ("destinations", i), _("`{destination}` needs at least one leg", destination=destination.id)
        for j, leg in enumerate(destination.legs):
            if sum(part is not None for part in (leg.run, leg.wait, leg.by)) != 1:
                yield ("destinations", i, "legs", j), _("a leg is either a `run`, a `wait` or `by` a connection")
    exact = level.customs.cases
    if level.services and (exact.errors is not None or exact.lookalikes is not None):
        yield (
            ("customs", "cases"),
            _(
                "exact numbers of cases cannot be spread over trains that are drawn: use shares where there are services"
            ),
        )
    for i, goal in enumerate(level.objectives):
        if goal.measure in _OF_CONNECTIONS and not level.connections:
            yield ("objectives", i, "measure"), _("without connections there is no `{measure}`", measure=goal.measure)


def _comes(level: Level, service: Service, path: tuple[str | int, ...]) -> Iterator[Fault]:
    ways_to_come = (bool(service.timetable), service.every_h is not None, service.per_day is not None)
    if sum(ways_to_come) != 1:
        yield path, _("service `{service}` needs one of `timetable`, `every_h` and `per_day`", service=service.id)
    for j, clock in enumerate(service.timetable):
        if clock in service.timetable[:j]:
            yield (*path, "timetable", j), _("{clock} is there twice", clock=clock)
    hours = level.shift.length_min / 60
    if service.from_h >= hours:
        yield (*path, "from_h"), _("the shift has only {hours:g} hours", hours=hours)
    elif service.until_h is not None and service.until_h <= service.from_h:
        yield (*path, "until_h"), _("`until_h` must be after `from_h`")
    if service.origin is not None and service.late is not None:
        yield (*path, "late"), _("with an `origin` the delay comes from the journey: leave `late` out")
    numbers = re.compile(rf"{service.id}[0-9]+")
    named: dict[tuple[str | int, ...], tuple[str, ...]] = {
        ("trains", j, "number"): (train.number,) for j, train in enumerate(level.trains)
    }
    named |= {("rakes", j, "id"): rake.names for j, rake in enumerate(level.rakes)}
    for place, names in named.items():
        alike = next(filter(numbers.fullmatch, names), None)
        if alike is not None:
            yield (
                place,
                _("`{name}` may be the number of a train of service `{service}`", name=alike, service=service.id),
            )


def _loaded(service: Service, path: tuple[str | int, ...]) -> Iterator[Fault]:
    for key in ("exit", "stay_h", "consignments"):
        value = getattr(service, key)
        if service.kind != "empties" and value is None:
            yield path, _("service `{service}` carries loads: it needs `{key}`", service=service.id, key=key)
        elif service.kind == "empties" and value is not None:
            yield (*path, key), _("a service of empties has no `{key}`", key=key)
    if service.kind == "empties" and service.to:
        yield (*path, "to"), _("a service of empties has no `{key}`", key="to")
    yield from _shares(service, path)


def _train(train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if train.origin is not None and train.late is not None:
        yield (*path, "late"), _("with an `origin` the delay comes from the journey: leave `late` out")
    if train.kind == "empties" and train.to:
        yield (*path, "to"), _("a rake of empties has no `{key}`", key="to")
    yield from _shares(train, path)


def _shares(train: Train | Service, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if train.to and sum(to.share for to in train.to) == 0:
        yield (*path, "to"), _("the shares of the destinations are all 0")


def _runs(level: Level, service: Service, path: tuple[str | int, ...], *, plant_sound: bool) -> Iterator[Fault]:
    gauge = level.wagon_types[service.wagon].gauge
    if gauge != GAUGE[service.kind]:
        yield (
            (*path, "wagon"),
            _(
                "trains of kind {kind} run on {wanted} mm; `{wagon}` is a wagon of {gauge} mm",
                kind=service.kind,
                wanted=GAUGE[service.kind],
                wagon=service.wagon,
                gauge=gauge,
            ),
        )
        return
    sets = 0 if service.consignments is None else service.consignments.most
    longest = sample(service, service.wagons.most, sets)
    if service.kind != "empties":
        shortest = sample(service, service.wagons.least, sets)
        boxes = shortest.feu + shortest.twenties
        if sets > boxes:
            yield (
                (*path, "consignments"),
                _("the shortest train has {boxes} containers, too few for {sets} consignments", boxes=boxes, sets=sets),
            )
        yield from cargo(level, longest, path)
    if plant_sound:
        yield from ways(level, longest, path)
