"""What disruptions, hints and questions must mean: one beginning each, names that exist, one right answer."""

import re
from collections.abc import Iterator, Sequence
from typing import overload

from corridor_tui.language import NP_, _
from corridor_tui.level.disruptions import (
    AcceptanceCut,
    Call,
    CallAnswer,
    ClosedBlock,
    Condition,
    CraneService,
    CraneStop,
    Disruption,
    DocumentHold,
    LateTrain,
    MachineStop,
    Upset,
)
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, named
from corridor_tui.level.teaching import HEADER, INSTRUMENTS, ORDERS, PRESSED, Hint, Moot


class Names(Sequence[str]):
    """Names that can be given: of trains and rakes of the file, and of any train of a service, such as `LY3`."""

    def __init__(self, level: Level, listed: Sequence[str]) -> None:
        self._listed = listed
        self._drawn = re.compile(f"({'|'.join(service.id for service in level.services) or '(?!)'})[1-9][0-9]*")

    def __contains__(self, name: object) -> bool:
        return name in self._listed or (isinstance(name, str) and self._drawn.fullmatch(name) is not None)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self._listed[place]

    def __len__(self) -> int:
        return len(self._listed)


def upsets(level: Level) -> Iterator[Fault]:
    """Every fault of the disruptions, hints and questions."""
    units = Names(level, [*(train.number for train in level.trains), *level.each_rake])
    for i, item in enumerate(level.disruptions):
        path = ("disruptions", i)
        yield from _beginning(level, item, path)
        if item.when is not None:
            yield from _condition(level, item.when, (*path, "when"), units)
        yield from _disruption(level, item, path)
    for i, hint in enumerate(level.hints):
        if hint.waits:
            yield from _step(level, hint, ("hints", i), units)
        elif (hint.at is None) == (hint.when is None):
            yield ("hints", i), _("hint `{hint}` begins by either `at` or `when`", hint=hint.id)
        yield from named(("hints", i, "teaches"), NP_("named", "order"), hint.teaches, ORDERS)
        for key, condition in (("when", hint.when), ("until", hint.until)):
            if condition is not None:
                yield from _condition(level, condition, ("hints", i, key), units)
        for j, moot in enumerate(hint.moot):
            yield from _moot(level, hint, moot, ("hints", i, "moot", j), units)
    for i, question in enumerate(level.questions):
        yield from _answers(_("a question"), question.answers, ("questions", i))


def _step(level: Level, hint: Hint, path: tuple[str | int, ...], units: Names) -> Iterator[Fault]:
    """What is wrong with a step of the guide: it has to be possible to do it, and the clock has to be able to stand."""
    if level.shift.pause != "free":
        yield (*path, "waits"), _('the clock can stand for a step only where `pause = "free"`')
    if hint.at is not None and hint.when is not None:
        yield path, _("step `{hint}` begins by either `at` or `when`, or when the one before it is done", hint=hint.id)
    if hint.when is not None and hint.when.told is None:
        yield (*path, "when"), _("a step cannot wait for a lull: the clock stands until it is done")
    if hint.until is not None and hint.until.ordered is None:
        yield (*path, "until"), _("a step ends with an order, while the clock stands: `until = { ordered = ... }`")
    known = [*INSTRUMENTS, HEADER, *PRESSED, *units, *level.tracks, *(crane.id for crane in level.terminal.cranes)]
    for name in hint.targets:
        yield from named((*path, "points"), NP_("named", "instrument, key, train, track or crane"), name, known)
    if hint.until is None and (not hint.targets or hint.targets[-1] == HEADER):
        yield (
            path,
            _(
                "step `{hint}` is never done: it needs `until`, or a key, instrument or thing as the last that it points at",
                hint=hint.id,
            ),
        )


def _disruption(level: Level, item: Disruption, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with what only one kind of disruption has."""
    match item:
        case CraneStop() | CraneService():
            yield from _stop(
                item, "crane", NP_("named", "crane"), item.crane, [crane.id for crane in level.terminal.cranes], path
            )
        case MachineStop():
            if not level.terminal.machines:
                yield path, _("no machine works in the stack here: name its `machines` in [terminal]")
            else:
                machines = [machine.id for machine in level.terminal.machines]
                yield from _stop(item, "machine", NP_("named", "machine"), item.machine, machines, path)
        case AcceptanceCut():
            neighbours = [station.id for station in level.stations if station.role == "neighbour"]
            yield from named((*path, "neighbour"), NP_("named", "neighbour"), item.neighbour, neighbours)
        case DocumentHold():
            yield from _hold(level, item, path)
        case ClosedBlock():
            tracks = [track.id for line in level.lines for track in line.tracks]
            yield from named((*path, "track"), NP_("named", "track of a line"), item.track, tracks)
        case LateTrain():
            coming = Names(level, [train.number for train in level.trains if train.standing is None])
            yield from named((*path, "train"), NP_("named", "train that is still to come"), item.train, coming)
        case Call():
            if item.every_h is not None:
                yield (*path, "every_h"), _("call `{call}` is made once: give it `at` or `when`", call=item.id)
            yield from _answers(_("call `{call}`", call=item.id), item.answers, path)
        case _:
            return


def _hold(level: Level, item: DocumentHold, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with a hold of papers: it is of one consignment, or drawn over all trains."""
    if (item.share is None) == (item.train is None) or (item.train is None) != (item.consignment is None):
        yield (
            path,
            _(
                "disruption `{disruption}` is of one `consignment` of a `train`, or drawn over all with `share`",
                disruption=item.id,
            ),
        )
        return
    trains = {train.number: train for train in level.trains}
    yield from named((*path, "train"), NP_("named", "train"), item.train, trains)
    train = trains.get(item.train or "")
    if train is not None and (item.consignment or 0) > train.consignments:
        yield (
            (*path, "consignment"),
            _("`{train}` has {consignments} consignments", train=item.train, consignments=train.consignments),
        )


def _stop(
    item: Upset, key: str, what: str, name: str | None, known: list[str], path: tuple[str | int, ...]
) -> Iterator[Fault]:
    yield from named((*path, key), what, name, known)
    if name is None and item.every_h is None:
        yield (
            path,
            _(
                "disruption `{disruption}` needs a `{key}`; without one it must be drawn with `every_h`",
                disruption=item.id,
                key=key,
            ),
        )


def _beginning(level: Level, item: Upset, path: tuple[str | int, ...]) -> Iterator[Fault]:
    given = [key for key in ("at", "when", "every_h") if getattr(item, key) is not None]
    drawn = isinstance(item, DocumentHold) and item.share is not None
    if drawn and (given or item.live):
        yield (
            path,
            _(
                "disruption `{disruption}` begins with the papers of a train: `share` needs no beginning",
                disruption=item.id,
            ),
        )
    elif not drawn and len(given) + item.live != 1:
        yield (
            path,
            _(
                "disruption `{disruption}` begins by exactly one of `at`, `when`, `every_h` and `live`",
                disruption=item.id,
            ),
        )
    elif item.at is not None and level.at_s(item.at) >= level.shift_s:
        yield (*path, "at"), _("disruption `{disruption}` begins only after the shift has ended", disruption=item.id)


def _condition(level: Level, when: Condition, path: tuple[str | int, ...], units: Names) -> Iterator[Fault]:
    keys = ("lifted", "done", "queue", "repeats", "ordered", "at")
    given = [key for key in keys if getattr(when, key) is not None] or ["idle_min"]
    if len(given) > 1 or (given == ["idle_min"] and when.idle_min is None):
        yield (
            path,
            _(
                "a condition has exactly one of `lifted`, `done`, `queue`, `repeats` and `ordered`, and may have "
                "`idle_min` beside it; or `idle_min` alone or with `at`"
            ),
        )
    elif given[0] in ("lifted", "done") and when.train is None:
        yield path, _("`{key}` is of a train: name it with `train`", key=given[0])
    elif given[0] not in ("lifted", "done") and when.train is not None:
        yield (*path, "train"), _("`{key}` is not of one train", key=given[0])
    for key, clock in (("at", when.at), ("till", when.till)):
        if clock is not None and when.idle_min is None:
            yield (*path, key), _("`{key}` in a condition says when a lull counts: it needs `idle_min`", key=key)
    if when.idle_min is not None:
        from_s = 0 if when.at is None else level.at_s(when.at)
        if from_s >= level.shift_s:
            yield (*path, "at"), _("a lull is waited for only after the shift has ended")
        elif when.till is not None and level.at_s(when.till) <= from_s:
            yield (*path, "till"), _("no lull can come in time: `till` is not after `at`")
    yield from named((*path, "train"), NP_("named", "train or rake"), when.train, units)
    word = None if when.ordered is None else when.ordered.strip().partition(" ")[0]
    yield from named((*path, "ordered"), NP_("named", "order"), word, ORDERS)


def _moot(level: Level, hint: Hint, moot: Moot, path: tuple[str | int, ...], units: Names) -> Iterator[Fault]:
    """What is wrong with what makes a hint idle."""
    if hint.waits:
        yield path, _("a step of the guide ends by `until` alone, or is skipped")
    if sum(key is not None for key in (moot.at, moot.done, moot.ordered)) != 1:
        yield path, _("a hint is made idle by exactly one of `at`, `done` and `ordered`")
    elif (moot.done is None) != (moot.train is None):
        yield path, _("`done` is of a train: name it with `train`, which goes with nothing else")
    if moot.at is not None and hint.at is not None and level.at_s(moot.at) <= level.at_s(hint.at):
        yield (*path, "at"), _("hint `{hint}` would never be shown: it begins no earlier", hint=hint.id)
    yield from named((*path, "train"), NP_("named", "train or rake"), moot.train, units)
    for order in moot.orders:
        yield from named((*path, "ordered"), NP_("named", "order"), order.partition(" ")[0], ORDERS)


def _answers(what: str, answers: Sequence[CallAnswer], path: tuple[str | int, ...]) -> Iterator[Fault]:
    words = [answer.word for answer in answers]
    if len(words) < 2:
        yield (*path, "answers"), _("{what} needs at least two answers to choose from", what=what)
    if sum(answer.right for answer in answers) != 1:
        yield (*path, "answers"), _("{what} needs exactly one answer with `right = true`", what=what)
    for j, word in enumerate(words):
        if word in words[:j]:
            yield (*path, "answers", j, "word"), _("there are two answers `{word}`", word=word)
