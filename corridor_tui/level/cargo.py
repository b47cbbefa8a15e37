"""Loads that make sense: containers that fit their wagons, consignments that fit the train, cases that can be placed."""

from collections.abc import Iterator

from corridor_tui.language import N_, NP_, _
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
            yield path, _("a rake of empties has no containers and no consignments")
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
        yield path, _("train `{train}` has no containers: set `feu` or `twenties`", train=train.number)
    if train.feu + (train.twenties + 1) // 2 > train.wagons or (train.feu and wagon.teu < 2):
        yield (
            (*path, "wagons"),
            _(
                "{feu} forty-foot and {twenties} twenty-foot boxes do not fit on {wagons} wagons",
                feu=train.feu,
                twenties=train.twenties,
                wagons=train.wagons,
            ),
        )
    if train.feu and wagon.load_t < FULL_FEU_T:
        yield (
            (*path, "wagon"),
            _(
                "a full forty-foot box weighs up to {most_t} t, `{wagon}` bears only {load_t:g} t",
                most_t=FULL_FEU_T,
                wagon=wagon.id,
                load_t=wagon.load_t,
            ),
        )
    if not 1 <= train.consignments <= max(boxes, 1):
        yield (*path, "consignments"), _("{boxes} containers need between 1 and {boxes} consignments", boxes=boxes)
    yield from _flags(level, train, path)
    yield from _scripts(level, train, path)


def _export(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What comes by lorry from the zone: a road to come by, and wagons enough for it."""
    boxes, places = train.feu + train.twenties, train.wagons * level.wagon_types[train.wagon].teu
    if level.road is None:
        yield (*path, "kind"), _("what comes by lorry needs a road: add the table `[road]`")
    if level.terminal.room_teu < (2 if train.feu else 1):
        yield (
            (*path, "kind"),
            _("the stack has no room for a container of `{train}`: raise `stack_teu`", train=train.number),
        )
    if train.standing is not None:
        yield (*path, "standing"), _("lorries do not stand on a track")
    if 2 * train.feu + train.twenties > places:
        yield (
            (*path, "wagons"),
            _(
                "{wagons} wagons have {places} TEU, too few for {boxes} containers",
                wagons=train.wagons,
                places=places,
                boxes=boxes,
            ),
        )
    if not 1 <= train.consignments <= boxes:
        yield (*path, "consignments"), _("{boxes} containers need between 1 and {boxes} consignments", boxes=boxes)
    yield from _flags(level, train, path)
    yield from _scripts(level, train, path)


def _regimes(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if train.regimes and level.road is None:
        yield (*path, "regimes"), _("what stays in the country leaves by road: add the table `[road]`")
    if train.regimes and train.kind != "container":
        yield (
            (*path, "regimes"),
            _("a train of kind {kind} has no regimes: only containers go on by road", kind=train.kind),
        )
    for j, one in enumerate(train.regimes):
        if any(one.regime == other.regime for other in train.regimes[:j]):
            yield (*path, "regimes", j), _("`{regime}` is there twice", regime=one.regime)
    if sum(one.share for one in train.regimes) > 1:
        yield (*path, "regimes"), _("the shares of the regimes are more than 1 together")
    local = [script for script in train.scripted if script.regime in LOCAL]
    if local and len(local) == train.consignments:
        yield (*path, "scripted"), _("all its consignments stay in the country: one at least has to go on by rail")


def _flags(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if train.flagged is not None and train.flagged > train.consignments:
        yield (*path, "flagged"), _("more flagged consignments than consignments")
    elif train.flagged and level.customs.lanes.yellow + level.customs.lanes.red == 0:
        yield (*path, "flagged"), _("no consignment can be flagged where the shares of yellow and red are both 0")


def _scripts(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    seen: set[int] = set()
    for j, script in enumerate(train.scripted):
        place = (*path, "scripted", j)
        if script.number > train.consignments:
            yield (
                (*place, "number"),
                _(
                    "train `{train}` has only {consignments} consignments",
                    train=train.number,
                    consignments=train.consignments,
                ),
            )
        if script.number in seen:
            yield (*place, "number"), _("consignment {number} is scripted twice", number=script.number)
        seen.add(script.number)
        if script.case is not None:
            for fault in case_of(level, train, script, script.case):
                yield (*place, "case"), fault
        if train.kind not in ("container", "export") and (script.reefer or script.danger):
            yield (
                (*place, "reefer" if script.reefer else "danger"),
                _("`{train}` brings nothing over the cranes", train=train.number),
            )
        yield from _special(level, script, place)
        if script.regime is not None and train.kind == "export":
            yield (*place, "regime"), _("what lorries bring from the zone is export")
        elif script.regime is not None and level.road is None:
            yield (*place, "regime"), _("customs regimes need the table `[road]`")
        if script.case is not None and script.clean:
            yield (*place, "clean"), _("a consignment with a case is not clean")
    yield from _sizes(train, path)


def _special(level: Level, script: Script, place: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is dangerous and stands in the papers is goods of the list, under a class that such goods may be of."""
    if script.danger is None or level.cargo is None:
        return
    known = CLASSES_OF if script.goods is None else {script.goods: CLASSES_OF.get(script.goods, ())}
    classes = dict.fromkeys(kind for kinds in known.values() for kind in kinds)
    if script.danger not in classes:
        if script.goods is None:
            told = N_("the goods of the catalogue may be of class {classes}: `{danger}` cannot stand in its papers")
        elif classes:
            told = N_("`{goods}` may be of class {classes}: `{danger}` cannot stand in its papers")
        else:
            told = N_("`{goods}` is never dangerous: `{danger}` cannot stand in its papers")
        yield (*place, "danger"), _(told, goods=script.goods, classes=", ".join(classes), danger=script.danger)


def _sizes(train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Scripted sizes leave at least one container for every other consignment, and none over where all are scripted."""
    fixed = {script.number: script.boxes for script in train.scripted if script.boxes is not None}
    boxes, said = (train.wagons if train.kind == "grain" else train.feu + train.twenties), sum(fixed.values())
    others = train.consignments - len(fixed)
    what = _(NP_("so many", "wagons") if train.kind == "grain" else NP_("so many", "containers"))
    if not fixed:
        return
    if said + max(others, 0) > boxes:
        rest = _(", and {others} more need one each", others=others) if others > 0 else ""
        yield (
            (*path, "scripted"),
            _(
                "the scripted consignments have {said} {what}{rest}; the train has {boxes}",
                said=said,
                what=what,
                rest=rest,
                boxes=boxes,
            ),
        )
    elif others == 0 and said < boxes:
        yield (
            (*path, "scripted"),
            _(
                "the scripted consignments have {said} {what}, but the train has {boxes}",
                said=said,
                what=what,
                boxes=boxes,
            ),
        )


def cases(level: Level) -> Iterator[Fault]:
    """Exact numbers of cases that the shift's consignments can bear."""
    exact = level.customs.cases
    if level.customs.selectivity is not None:
        count = sum(train.consignments for train in level.trains if train.kind == "container")
        if (exact.errors or 0) + (exact.lookalikes or 0) > count:
            yield (
                ("customs", "cases"),
                _("more errors and look-alikes than the {count} consignments of container trains", count=count),
            )
        return
    if exact.unflagged > (exact.errors or 0):
        yield ("customs", "cases", "unflagged"), _("more unflagged errors than errors")
        return
    wanted = (exact.errors or 0) - exact.unflagged + (exact.lookalikes or 0)
    room = sum(_flagged_at_most(train) for train in level.trains if train.kind == "container")
    if wanted > room:
        yield (
            ("customs", "cases"),
            _(
                "{wanted} errors or look-alikes are asked of flagged consignments, and at most {room} can bear one",
                wanted=wanted,
                room=room,
            ),
        )


def _flagged_at_most(train: Train) -> int:
    """How many consignments of a train may be flagged and free for a drawn case."""
    taken = sum(script.clean or script.case is not None for script in train.scripted)
    free = max(train.consignments - taken, 0)
    if train.flagged is None:
        return free
    raised = sum(script.lane in ("yellow", "red") for script in train.scripted)
    return min(free, train.flagged + raised)
