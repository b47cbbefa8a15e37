"""Loads that make sense: containers that fit their wagons, consignments that fit the train, cases that can be placed."""

from collections.abc import Iterator

from corridor_tui.level.clearing import case_of
from corridor_tui.level.granary import grain_train
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault
from corridor_tui.level.risk import CLASSES_OF
from corridor_tui.level.road import LOCAL
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.level.traffic import Train

FULL_FEU_T = 30.5
"""The gross limit of a forty-foot box, from the corridor's figures on grain."""


def cargo(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with the load of a train that stands at `path` in the file."""
    boxes, wagon = train.feu + train.twenties, level.wagon_types[train.wagon]
    yield from _regimes(level, train, path)
    if train.kind == "empties":
        if boxes or train.consignments or train.scripted:
            yield path, "a rake of empties has no containers and no consignments"
        return
    if train.kind == "grain":
        yield from grain_train(level, train, path)
        yield from _flags(level, train, path)
        yield from _scripts(level, train, path)
        return
    if train.kind == "export":
        yield from _export(level, train, path)
        return
    if boxes == 0:
        yield path, f"train `{train.number}` has no containers: set `feu` or `twenties`"
    if train.feu + (train.twenties + 1) // 2 > train.wagons or (train.feu and wagon.teu < 2):
        yield (
            (*path, "wagons"),
            f"{train.feu} forty-foot and {train.twenties} twenty-foot boxes do not fit on {train.wagons} wagons",
        )
    if train.feu and wagon.load_t < FULL_FEU_T:
        yield (
            (*path, "wagon"),
            f"a full forty-foot box weighs up to {FULL_FEU_T} t, `{wagon.id}` bears only {wagon.load_t:g} t",
        )
    if not 1 <= train.consignments <= max(boxes, 1):
        yield (*path, "consignments"), f"{boxes} containers need between 1 and {boxes} consignments"
    yield from _flags(level, train, path)
    yield from _scripts(level, train, path)


def _export(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What comes by lorry from the zone: a road to come by, and wagons enough for it."""
    boxes, places = train.feu + train.twenties, train.wagons * level.wagon_types[train.wagon].teu
    if level.road is None:
        yield (*path, "kind"), "what comes by lorry needs a road: add the table `[road]`"
    if train.standing is not None:
        yield (*path, "standing"), "lorries do not stand on a track"
    if 2 * train.feu + train.twenties > places:
        yield (*path, "wagons"), f"{train.wagons} wagons have {places} TEU, too few for {boxes} containers"
    if not 1 <= train.consignments <= boxes:
        yield (*path, "consignments"), f"{boxes} containers need between 1 and {boxes} consignments"
    yield from _flags(level, train, path)
    yield from _scripts(level, train, path)


def _regimes(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if train.regimes and level.road is None:
        yield (*path, "regimes"), "what stays in the country leaves by road: add the table `[road]`"
    if train.regimes and train.kind != "container":
        yield (*path, "regimes"), f"a train of kind {train.kind} has no regimes: only containers go on by road"
    for j, one in enumerate(train.regimes):
        if any(one.regime == other.regime for other in train.regimes[:j]):
            yield (*path, "regimes", j), f"`{one.regime}` is there twice"
    if sum(one.share for one in train.regimes) > 1:
        yield (*path, "regimes"), "the shares of the regimes are more than 1 together"
    local = [script for script in train.scripted if script.regime in LOCAL]
    if local and len(local) == train.consignments:
        yield (*path, "scripted"), "all its consignments stay in the country: one at least has to go on by rail"


def _flags(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if train.flagged is not None and train.flagged > train.consignments:
        yield (*path, "flagged"), "more flagged consignments than consignments"
    elif train.flagged and level.customs.lanes.yellow + level.customs.lanes.red == 0:
        yield (*path, "flagged"), "no consignment can be flagged where the shares of yellow and red are both 0"


def _scripts(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    seen: set[int] = set()
    for j, script in enumerate(train.scripted):
        place = (*path, "scripted", j)
        if script.number > train.consignments:
            yield (*place, "number"), f"train `{train.number}` has only {train.consignments} consignments"
        if script.number in seen:
            yield (*place, "number"), f"consignment {script.number} is scripted twice"
        seen.add(script.number)
        if script.case is not None:
            for fault in case_of(level, train, script, script.case):
                yield (*place, "case"), fault
        if train.kind not in ("container", "export") and (script.reefer or script.danger):
            yield (*place, "reefer" if script.reefer else "danger"), f"`{train.number}` brings nothing over the cranes"
        yield from _special(level, script, place)
        if script.regime is not None and train.kind == "export":
            yield (*place, "regime"), "what lorries bring from the zone is export"
        elif script.regime is not None and level.road is None:
            yield (*place, "regime"), "customs regimes need the table `[road]`"
        if script.case is not None and script.clean:
            yield (*place, "clean"), "a consignment with a case is not clean"
    yield from _sizes(train, path)


def _special(level: Level, script: Script, place: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is dangerous and stands in the papers is goods of the list, under a class that such goods may be of."""
    if script.danger is None or level.cargo is None:
        return
    known = CLASSES_OF if script.goods is None else {script.goods: CLASSES_OF.get(script.goods, ())}
    classes = dict.fromkeys(kind for kinds in known.values() for kind in kinds)
    if script.danger not in classes:
        what = "the goods of the catalogue" if script.goods is None else f"`{script.goods}`"
        may = f"may be of class {', '.join(classes)}" if classes else "is never dangerous"
        yield (*place, "danger"), f"{what} {may}: `{script.danger}` cannot stand in its papers"


def _sizes(train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Scripted sizes leave at least one container for every other consignment, and none over where all are scripted."""
    fixed = {script.number: script.boxes for script in train.scripted if script.boxes is not None}
    boxes, said = (train.wagons if train.kind == "grain" else train.feu + train.twenties), sum(fixed.values())
    others, what = train.consignments - len(fixed), "wagons" if train.kind == "grain" else "containers"
    if not fixed:
        return
    if said + max(others, 0) > boxes:
        rest = f", and {others} more need one each" if others > 0 else ""
        yield (*path, "scripted"), f"the scripted consignments have {said} {what}{rest}; the train has {boxes}"
    elif others == 0 and said < boxes:
        yield (*path, "scripted"), f"the scripted consignments have {said} {what}, but the train has {boxes}"


def cases(level: Level) -> Iterator[Fault]:
    """Exact numbers of cases that the shift's consignments can bear."""
    exact = level.customs.cases
    if level.customs.selectivity is not None:
        count = sum(train.consignments for train in level.trains if train.kind == "container")
        if (exact.errors or 0) + (exact.lookalikes or 0) > count:
            yield ("customs", "cases"), f"more errors and look-alikes than the {count} consignments of container trains"
        return
    if exact.unflagged > (exact.errors or 0):
        yield ("customs", "cases", "unflagged"), "more unflagged errors than errors"
        return
    wanted = (exact.errors or 0) - exact.unflagged + (exact.lookalikes or 0)
    room = sum(_flagged_at_most(train) for train in level.trains if train.kind == "container")
    if wanted > room:
        yield (
            ("customs", "cases"),
            f"{wanted} errors or look-alikes are asked of flagged consignments, and at most {room} can bear one",
        )


def _flagged_at_most(train: Train) -> int:
    """How many consignments of a train may be flagged and free for a drawn case."""
    taken = sum(script.clean or script.case is not None for script in train.scripted)
    free = max(train.consignments - taken, 0)
    if train.flagged is None:
        return free
    raised = sum(script.lane in ("yellow", "red") for script in train.scripted)
    return min(free, train.flagged + raised)
