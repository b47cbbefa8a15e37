"""What the disruptions of a level must mean: one beginning each, names that exist, calls with one right answer."""

from collections.abc import Iterator

from corridor_tui.level.disruptions import AcceptanceCut, Call, Condition, CraneService, CraneStop, DocumentHold, Upset
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, named


def upsets(level: Level) -> Iterator[Fault]:
    """Every fault of the disruptions."""
    trains = {train.number: train for train in level.trains}
    units = [*trains, *(rake.id for rake in level.rakes)]
    cranes = [crane.id for crane in level.terminal.cranes]
    neighbours = [station.id for station in level.stations if station.role == "neighbour"]
    for i, item in enumerate(level.disruptions):
        path = ("disruptions", i)
        yield from _beginning(level, item, path)
        if item.when is not None:
            yield from _condition(item.when, (*path, "when"), units)
        if isinstance(item, CraneStop | CraneService):
            yield from named((*path, "crane"), "crane", item.crane, cranes)
            if item.crane is None and item.every_h is None:
                yield path, f"disruption `{item.id}` needs a `crane`; without one it must be drawn with `every_h`"
        elif isinstance(item, AcceptanceCut):
            yield from named((*path, "neighbour"), "neighbour", item.neighbour, neighbours)
        elif isinstance(item, DocumentHold):
            yield from named((*path, "train"), "train", item.train, trains)
            train = trains.get(item.train)
            if train is not None and item.consignment > train.consignments:
                yield (*path, "consignment"), f"`{item.train}` has {train.consignments} consignments"
        elif isinstance(item, Call):
            yield from _call(item, path)


def _beginning(level: Level, item: Upset, path: tuple[str | int, ...]) -> Iterator[Fault]:
    given = [key for key in ("at", "when", "every_h") if getattr(item, key) is not None]
    if len(given) != 1:
        yield path, f"disruption `{item.id}` begins by exactly one of `at`, `when` and `every_h`"
    elif item.at is not None and level.at_s(item.at) >= level.shift_s:
        yield (*path, "at"), f"disruption `{item.id}` begins only after the shift has ended"


def _condition(when: Condition, path: tuple[str | int, ...], units: list[str]) -> Iterator[Fault]:
    given = [key for key in ("lifted", "done", "queue", "repeats", "idle_min") if getattr(when, key) is not None]
    if len(given) != 1:
        yield path, "a condition has exactly one of `lifted`, `done`, `queue`, `repeats` and `idle_min`"
    elif given[0] in ("lifted", "done") and when.train is None:
        yield path, f"`{given[0]}` is of a train: name it with `train`"
    elif given[0] not in ("lifted", "done") and when.train is not None:
        yield (*path, "train"), f"`{given[0]}` is not of one train"
    yield from named((*path, "train"), "train or rake", when.train, units)


def _call(item: Call, path: tuple[str | int, ...]) -> Iterator[Fault]:
    words = [answer.word for answer in item.answers]
    if len(words) < 2:
        yield (*path, "answers"), f"call `{item.id}` needs at least two answers to choose from"
    if sum(answer.right for answer in item.answers) != 1:
        yield (*path, "answers"), f"call `{item.id}` needs exactly one answer with `right = true`"
    for j, word in enumerate(words):
        if word in words[:j]:
            yield (*path, "answers", j, "word"), f"there are two answers `{word}`"
