"""When the terminal desk's orders are accepted or refused."""

from collections.abc import Callable, Iterable

from corridor_tui.corridor.block import Block
from corridor_tui.corridor.lifts import STACK
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.state import Box, Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.road import LOCAL


def under_cranes(view: View, unit: Unit) -> bool:
    """Whether a unit stands on a crane track of the terminal."""
    return unit.to is None and unit.place in view.level.tracks and view.level.tracks[unit.place][1].use == "crane"


def room_teu(view: View, rake: Unit) -> int:
    """The TEU still free on a rake."""
    return places_teu(view, rake) - rake.teu


def without_place(view: View, rake: Unit, coming: Iterable[Box]) -> list[Box]:
    """The containers that no wagon of a rake takes, by TEU and by declared mass, where each goes onto the first that does."""
    wagon = view.level.wagon_types[rake.wagon]
    teu, kg = [wagon.teu] * rake.wagons, [wagon.load_t * 1_000] * rake.wagons
    for number, place in rake.boxes.items():
        teu[place] -= view.boxes[number].teu
        kg[place] -= view.boxes[number].declared_kg
    over = []
    for box in coming:
        found = next((at for at in range(rake.wagons) if teu[at] >= box.teu and kg[at] >= box.declared_kg), None)
        if found is None:
            over.append(box)
        else:
            teu[found] -= box.teu
            kg[found] -= box.declared_kg
    return over


def left_teu(view: View, train: Unit) -> int:
    """The TEU of a train that are still to go onto a rake: on it, on the hook, or in the stack for want of a wagon."""
    boxes = [number for number in train.boxes if view.boxes[number].goal != STACK]
    boxes += [number for number in train.stacked if view.boxes[number].goal is None and travels(view, number)]
    hooks = [box for crane in view.cranes.values() if crane.train == train.id for box in (crane.box, crane.twin)]
    boxes += [box for box in hooks if box is not None and view.boxes[box].at != STACK and not view.boxes[box].road]
    return sum(view.boxes[number].teu for number in boxes)


def travels(view: View, number: str) -> bool:
    """Whether a container is to travel on, for all we know."""
    return view.dossiers[view.boxes[number].consignment].state != "detained"


def set_aside_s(view: View, train: Unit) -> int | None:
    """When the last of a load was set aside, lifted off and detained, so that nothing of it is to go on by rail; None: some is."""
    if not train.did("lift"):
        return None
    dossiers = [view.dossiers[name] for name in view.cargo.get(train.id, ())]
    by_rail = [dossier for dossier in dossiers if dossier.regime not in LOCAL]
    if not by_rail or any(dossier.state != "detained" for dossier in by_rail):
        return None
    return max(train.last_lift_s or 0, *(dossier.decided_s or 0 for dossier in by_rail))


def wants_rake(view: View, train: Unit) -> bool:
    """Whether a container train has no rake yet, or its rakes have no room for all of it."""
    if not train.partners:
        return set_aside_s(view, train) is None
    if train.did("lift"):
        waiting = [number for number in train.stacked if view.boxes[number].goal is None]
        return bool(waiting) and any(travels(view, number) for number in waiting)
    places = 0
    for name in train.partners:
        rake = view.units[name]
        if train.stacked or len(rake.partners) > 1 or rake.did("load"):
            return _is_short(view, train)
        places += places_teu(view, rake)
    return train.load_teu > places and _is_short(view, train)


def _is_short(view: View, train: Unit) -> bool:
    """Whether the rakes of a train have no room for what is left of it, with what is left of the others that they take."""
    rakes = [view.units[name] for name in train.partners if not view.units[name].did("load")]
    others = dict.fromkeys(name for rake in rakes for name in rake.partners if name != train.id)
    promised = sum(left_teu(view, view.units[name]) for name in others)
    return left_teu(view, train) + promised > sum(room_teu(view, rake) for rake in rakes)


def places_teu(view: View, rake: Unit) -> int:
    """The places of a rake's wagons, in TEU."""
    return rake.wagons * view.level.wagon_types[rake.wagon].teu


def unpromised_teu(view: View, rake: Unit) -> int:
    """The TEU of a rake that are free beside all that its trains still bring."""
    free = places_teu(view, rake)
    trains = [view.units[name] for name in rake.partners]
    for train in trains:
        free -= train.load_teu
        if len(train.partners) > 1:
            return room_teu(view, rake) - sum(left_teu(view, each) for each in trains)
    return free


def is_rake(unit: Unit | None) -> bool:
    """Whether a unit is made of wagons the desk loads."""
    return unit is not None and unit.kind in ("rake", "empties")


def takes_boxes(unit: Unit | None) -> bool:
    """Whether a unit is made of wagons that the cranes load."""
    return unit is not None and unit.gauge == 1520 and unit.kind in ("rake", "empties")


def _transfer(view: View, train_id: str, rake_id: str) -> Refusal | None:
    train = view.units.get(train_id)
    if train is None or train.kind != "container":
        return because("no_train", train_id)
    if "lift" not in train.jobs and not under_cranes(view, train):
        return because("not_under_cranes", train_id)
    if "lift" in train.jobs and rake_id == STACK:
        return because("transfer_planned", train_id)
    if "lift" in train.jobs and not wants_rake(view, train):
        return because("rakes_suffice", train_id)
    if rake_id == STACK:
        need = sum(view.boxes[n].teu for n in train.boxes)
        full = view.stack_teu + need > view.level.terminal.room_teu
        return because("stack_full", view.level.terminal.room_teu) if full else None
    return _onto(view, train, rake_id)


def _onto(view: View, train: Unit, rake_id: str) -> Refusal | None:
    """Why a train's containers could not go onto a rake."""
    rake = view.units.get(rake_id)
    if rake is None or not takes_boxes(rake):
        return because("no_rake", rake_id)
    if not under_cranes(view, rake):
        return because("not_under_cranes", rake_id)
    if train.id in rake.partners:
        return because("rake_taken", rake_id, train.id)
    if rake.partners and room_teu(view, rake) <= 0:
        return because("no_room", rake_id)
    if rake.partners and rake.exit != train.exit:
        return because("other_way", rake_id, rake.exit or "", train.id, train.exit or "")
    return None


def part_of(text: str) -> tuple[int, int] | None:
    """The first and the last wagon, from 1, that a text such as "1-20" names; None where it names none."""
    first, _, last = text.partition("-")
    if not (text.isascii() and first.isdigit() and last.isdigit()) or max(len(first), len(last)) > 3:
        return None
    part = int(first), int(last)
    return part if 1 <= part[0] <= part[1] else None


def _part(unit: Unit, text: str) -> Refusal | None:
    """Why a crane could not be put on a part of a unit."""
    if unit.kind != "container":
        return because("part_of_train", unit.id)
    part = part_of(text)
    fits = part is not None and part[1] <= unit.wagons
    return None if fits else because("no_part", text, unit.id, unit.wagons)


def _crane(view: View, crane_id: str, name: str, part: str | None = None) -> Refusal | None:
    crane = view.cranes.get(crane_id)
    if crane is None:
        return because("no_crane", crane_id)
    if name == "off":
        return because("crane_free", crane_id) if crane.train is None else None
    unit = view.units.get(name)
    if unit is None or (unit.kind != "container" and not takes_boxes(unit)):
        return because("no_train", name)
    key = transfer_of(unit)
    if key is None or "lift" not in view.units[key].jobs:
        return because("no_transfer", name)
    if part is not None and (fault := _part(unit, part)):
        return fault
    if crane.train == key and crane.part == (None if part is None else part_of(part)):
        return because("crane_there", crane_id, key)
    if crane.down is not None:
        return _stands_still(view, crane_id)
    if not crane.able:
        return because("crane_tied", crane_id)
    if not under_cranes(view, unit):
        return because("not_under_cranes", name)
    return None


def _repair(view: View, name: str) -> Refusal | None:
    if name not in view.cranes and name not in view.machines:
        return because("no_crane", name)
    plant = view.hook(name)
    if plant.down != "stopped":
        return because("crane_runs", name)
    return because("already_ordered", name, "repair") if "repair" in plant.jobs else None


def _stands_still(view: View, crane_id: str) -> Refusal:
    """What to say of a crane that is not ready."""
    if view.purse is not None and crane_id in view.purse.unbuilt:
        return because("not_built", crane_id, view.purse.unbuilt[crane_id])
    return because("crane_down", crane_id)


def _tie(view: View, crane_id: str) -> Refusal | None:
    crane = view.cranes.get(crane_id)
    if crane is None:
        return because("no_crane", crane_id)
    if crane.tied or "tie" in crane.jobs:
        return because("already_ordered", crane_id, "tie")
    if crane.down is not None or "untie" in crane.jobs:
        return _stands_still(view, crane_id)
    return because("crane_lifts", crane_id) if crane.train is not None or crane.box is not None else None


def _untie(view: View, crane_id: str) -> Refusal | None:
    crane = view.cranes.get(crane_id)
    if crane is None:
        return because("no_crane", crane_id)
    if not crane.tied:
        return because("crane_untied", crane_id)
    return because("already_ordered", crane_id, "untie") if "untie" in crane.jobs else None


def transfer_of(unit: Unit) -> str | None:
    """The train whose transfer a unit takes part in, if any; of a rake, the last that was given to it."""
    return unit.id if unit.kind == "container" else unit.partners[-1] if unit.partners else None


def _box(view: View, number: str) -> Box | Refusal:
    box = view.boxes.get(number)
    return box if box is not None and box.teu else because("no_box", number)


def misplaced(view: View, number: str, block: Block) -> tuple[str, ...]:
    """What is wrong with a container's place in a block of the stack, by the kind of mistake it is."""
    box, apart = view.boxes[number], view.level.terminal.apart
    others = [view.boxes[name] for stood in block.piles.values() for name in stood if name != number]
    wrong = []
    if box.reefer and sum(other.reefer for other in others) >= block.plugs:
        wrong.append("unplugged")
    if any({box.danger, other.danger} == {pair.one, pair.other} for other in others for pair in apart):
        wrong.append("segregation")
    return tuple(wrong)


def fitting(view: View, number: str) -> Block | None:
    """The first block that has room for a container and in which nothing is wrong with it; None: there is none."""
    blocks = (block for block in view.blocks.values() if block.place(view.boxes[number].teu) is not None)
    return next((block for block in blocks if not misplaced(view, number, block)), None)


def may_stand(view: View, number: str) -> bool:
    """Whether the stack takes what a lorry brings: it has room, and a socket where one is needed, or has none at all."""
    box = view.boxes[number]
    if view.stack_teu + box.teu > view.level.terminal.room_teu:
        return False
    if not view.blocks or fitting(view, number) is not None:
        return True
    unplugged = box.reefer and not any(block.plugs for block in view.blocks.values())
    return unplugged and any(block.place(box.teu) is not None for block in view.blocks.values())


def _ground(view: View, number: str, block: str | None = None) -> Refusal | None:
    box = _box(view, number)
    if isinstance(box, Refusal):
        return box
    if STACK in (box.at, box.goal) and not (box.road and block not in (None, box.block) and box.at != STACK):
        return because("grounded_already", number)
    unit = view.units.get(box.at)
    if unit is None:
        return because("in_the_air", number)
    if not under_cranes(view, unit):
        return because("not_under_cranes", unit.id)
    if view.stack_teu + box.teu > view.level.terminal.room_teu:
        return because("stack_full", view.level.terminal.room_teu)
    if block is not None and block not in view.blocks:
        return because("no_block", block)
    if block is not None and view.blocks[block].place(box.teu) is None:
        return because("block_full", block)
    if is_rake(unit) and box.wagon in unit.set_out:
        return because("set_out", number)
    return None


def _fetch(view: View, name: str) -> Refusal | None:
    dossier = view.dossiers.get(name)
    if dossier is None:
        return because("no_consignment", name)
    if dossier.regime not in LOCAL:
        return because("by_rail", name)
    if dossier.state != "released":
        return because("not_released", name)
    teu = sum(view.boxes[number].teu for number in dossier.boxes if view.fetchable(number))
    if not teu:
        return because("nothing_to_fetch", name)
    road = view.level.road
    if dossier.regime == "bonded" and road is not None and view.stored_teu + teu > road.warehouse_teu:
        return because("warehouse_full", name, road.warehouse_teu - view.stored_teu, teu)
    return None


def _load(view: View, number: str, rake_id: str) -> Refusal | None:
    box = _box(view, number)
    if isinstance(box, Refusal):
        return box
    if box.at != STACK:
        return because("not_in_stack", number)
    if box.road:
        return because("by_road", number)
    if box.goal not in (None, STACK):
        return because("already_ordered", number, "load")
    rake = view.units.get(rake_id)
    if rake is None or not takes_boxes(rake):
        return because("no_rake", rake_id)
    if not under_cranes(view, rake):
        return because("not_under_cranes", rake_id)
    if not rake.partners:
        return because("no_transfer", rake_id)
    if fault := _export_late(view, box, rake):
        return fault
    if room_teu(view, rake) < box.teu:
        return because("no_room", rake_id)
    coming = [other for other in view.boxes.values() if other.goal == rake_id and other.at == STACK]
    return because("nowhere_on", rake_id, number) if box in without_place(view, rake, [*coming, box]) else None


def _export_late(view: View, box: Box, rake: Unit) -> Refusal | None:
    """Why a container that lorries brought could not go onto a rake: it is not cleared, goes elsewhere, or the list is closed."""
    train, road = view.units[box.train], view.level.road
    if train.kind != "export" or road is None:
        return None
    if view.dossiers[box.consignment].state != "released":
        return because("not_released", box.consignment)
    if rake.exit != train.exit:
        return because("other_way", rake.id, rake.exit or "", train.id, train.exit or "")
    if rake.due_s is None:
        return None
    closes_s = rake.due_s - round(road.cut_off_min * 60)
    # The list of a rake that has missed its time is written anew.
    return because("list_closed", rake.id, closes_s, box.number) if closes_s < view.now_s <= rake.due_s else None


CHECKS: dict[str, Callable[..., Refusal | None]] = {
    "transfer": _transfer,
    "crane": _crane,
    "repair": _repair,
    "tie": _tie,
    "untie": _untie,
    "ground": _ground,
    "load": _load,
    "fetch": _fetch,
}
