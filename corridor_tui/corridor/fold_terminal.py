"""How events of cranes, containers and grain change the view: a function a code, named after it."""

from corridor_tui.corridor.freed import free_pool
from corridor_tui.corridor.state import LORRY, Box, Job, Unit, void
from corridor_tui.corridor.view import View


def on_paired(view: View, t: int, train_id: str, rake_id: str | None) -> None:
    train = view.touch(train_id)
    train.jobs.setdefault("lift", Job("doing", t))
    if rake_id is None:
        return
    rake = view.touch(rake_id)
    train.partners, rake.partners = (*train.partners, rake_id), (*rake.partners, train_id)
    rake.exit = train.exit
    rake.due_s, rake.leave_by_s = _first(rake.due_s, train.due_s), _first(rake.leave_by_s, train.leave_by_s)
    rake.due_there_s = _first(rake.due_there_s, train.due_there_s)
    rake.late_times = train.late_times if len(rake.partners) == 1 else max(rake.late_times, train.late_times)
    _reload(view, rake, t)


def _first(one: int | None, other: int | None) -> int | None:
    """The earlier of two times that need not be: what waits for the most urgent of its loads."""
    return other if one is None else one if other is None else min(one, other)


def on_crane_set(view: View, t: int, crane_id: str, train: str | None, first: int = 0, last: int = 0) -> None:
    crane = view.cranes[crane_id]
    crane.train, crane.part = train, (first, last) if last else None


def on_lifting(view: View, t: int, crane_id: str, number: str, dest: str, at_m: int) -> None:
    crane = view.cranes[crane_id]
    crane.at_m = at_m
    crane.box, crane.dest, crane.since_s, crane.blocked = number, dest, t, False
    _up(view, t, crane_id, number)


def on_twin_lifting(view: View, t: int, crane_id: str, number: str) -> None:
    view.cranes[crane_id].twin = number
    _up(view, t, crane_id, number)


def _up(view: View, t: int, crane_id: str, number: str) -> None:
    box = view.boxes[number]
    unit = view.units.get(box.at)
    if unit is None:
        view.stack_teu -= box.teu
        view.units[box.train].stacked.pop(number, None)
        box.dark_s = None
        view.ground.pop(number, None)
        _off_pile(view, box)
    else:
        unit.take(box)
        if unit.kind == "container":
            unit.left -= 1
            if unit.first_lift_s is None:
                unit.first_lift_s = t
    box.at = crane_id


def _off_pile(view: View, box: Box) -> None:
    if box.piled:
        view.blocks[box.block].take(box.number)
    box.block = box.hold = ""


def on_stacked(view: View, t: int, number: str, block: str, pile: int) -> None:
    box = view.boxes[number]
    box.block = block
    view.blocks[block].put(number, pile, box.teu)


def on_fetching(view: View, t: int, name: str, *numbers: str) -> None:
    bonded = view.dossier(name).regime == "bonded"
    for number in numbers:
        view.boxes[number].goal = "road"
        view.pools["lorries"].queue += 1
        view.stored_teu += view.boxes[number].teu if bonded else 0


def on_hauling(view: View, t: int, number: str) -> None:
    view.pools["lorries"].queue -= 1
    view.pools["lorries"].busy += 1


def on_trucked(view: View, t: int, number: str) -> None:
    box = view.boxes[number]
    view.stack_teu -= box.teu
    box.dark_s = None
    _off_pile(view, box)
    box.at, box.goal = LORRY, None


def on_hauled(view: View, t: int, number: str, place: str) -> None:
    view.mark(view.boxes[number].train)
    view.boxes[number].at = place
    view.out_boxes += 1
    view.departures += 1


def on_brought(view: View, t: int, number: str) -> None:
    box = view.boxes[number]
    unit = view.touch(box.train)
    unit.take(box)
    unit.left -= 1
    box.at = "stack"
    view.gate.pop(number, None)
    view.stack_teu += box.teu
    if not unit.boxes:
        unit.arrived_s = t
        view.exported(unit.id, t)


def on_at_gate(view: View, t: int, number: str) -> None:
    view.gate[number] = None
    view.mark(view.boxes[number].train)


def on_lorry_back(view: View, t: int) -> None:
    view.pools["lorries"].busy -= 1


def on_warehouse_left(view: View, t: int, teu: int) -> None:
    view.stored_teu -= teu
    view.mark(free_pool("warehouse"))


def on_dark(view: View, t: int, number: str) -> None:
    view.boxes[number].dark_s = t


def on_spoilt(view: View, t: int, number: str) -> None:
    view.boxes[number].spoilt = True


def on_moving_aside(view: View, t: int, name: str, number: str, under: str) -> None:
    if name in view.cranes:
        view.cranes[name].blocked = False
    hook = view.hook(name)
    hook.box, hook.dest, hook.since_s = number, "stack", t
    _off_pile(view, view.boxes[number])


def on_moved_aside(view: View, t: int, name: str, number: str) -> None:
    view.rehandles += 1
    _put_down(view, name)


def on_carrying(view: View, t: int, name: str, number: str, goal: str) -> None:
    machine, box = view.machines[name], view.boxes[number]
    machine.box, machine.dest, machine.since_s = number, goal, t
    if goal == "stack":
        view.ground.pop(number, None)
    else:
        _off_pile(view, box)
        if goal == "ground":
            view.ground[number] = None
    box.hold = name


def on_carried(view: View, t: int, name: str, number: str, goal: str) -> None:
    _put_down(view, name)
    box = view.boxes[number]
    box.hold = "" if goal == "stack" else goal
    if box.road:
        view.mark(box.train)


def _put_down(view: View, name: str) -> None:
    hook = view.hook(name)
    hook.box = hook.dest = None
    hook.lifts += 1


def on_lifted(view: View, t: int, crane_id: str, number: str, dest: str, wagon: int) -> None:
    crane = view.cranes[crane_id]
    crane.box = crane.dest = None
    crane.lifts += 1
    view.boxes[number].lifted = (crane_id, crane.since_s, t)
    _down(view, t, number, dest, wagon)


def on_twin_lifted(view: View, t: int, crane_id: str, number: str, dest: str, wagon: int) -> None:
    crane = view.cranes[crane_id]
    crane.twin = None
    view.boxes[number].lifted = (crane_id, crane.since_s, t)
    _down(view, t, number, dest, wagon)


def _down(view: View, t: int, number: str, dest: str, wagon: int) -> None:
    box = view.boxes[number]
    box.at, box.wagon = dest, wagon
    view.units[box.train].last_lift_s = t
    if dest == "stack":
        view.stack_teu += box.teu
        if view.machines_there:
            box.hold = "ground"
            view.ground[number] = None
        if box.goal != "stack":
            view.units[box.train].stacked[number] = None
        elif box.road:
            view.mark(box.train)
    else:
        view.units[dest].put(box, wagon)
    box.goal = None


def on_crane_blocked(view: View, t: int, crane_id: str) -> None:
    view.cranes[crane_id].blocked = True


def on_grounding(view: View, t: int, number: str, block: str = "") -> None:
    box = view.boxes[number]
    box.goal, box.block = "stack", block
    rake = view.units.get(box.at)
    if rake is not None and rake.kind != "container":
        _reload(view, rake, t)


def on_loading(view: View, t: int, number: str, rake_id: str) -> None:
    view.boxes[number].goal = rake_id
    _reload(view, view.touch(rake_id), t)


def _reload(view: View, rake: Unit, t: int) -> None:
    """More lifts on a rake: what was weighed and written of it no longer holds."""
    view.mark(rake.id)
    rake.jobs["load"] = Job("doing", t)
    void(rake, "weigh", "waybill")
    rake.overloaded = ()


# grain


def on_discharging(view: View, t: int, train_id: str) -> None:
    view.touch(train_id).jobs["lift"] = Job("doing", t)


def on_tipping(view: View, t: int, train_id: str, first: int, last: int, expected_s: int) -> None:
    unit = view.touch(train_id)
    unit.jobs["lift"].expected_s = t + expected_s
    unit.first_lift_s = t if unit.first_lift_s is None else unit.first_lift_s
    view.silo.full = False


def on_tipped(view: View, t: int, train_id: str, first: int, last: int) -> None:
    unit = view.touch(train_id)
    for number in [number for number, wagon in unit.boxes.items() if first <= wagon <= last]:
        box = view.boxes[number]
        unit.take(box)
        unit.left -= 1
        box.at, box.silo_kg = "silo", box.declared_kg
        view.silo.heaps.setdefault(box.consignment, []).append(box)
        view.silo.kg += box.declared_kg
    unit.last_lift_s = t


def on_silo_full(view: View, t: int, train_id: str) -> None:
    view.touch(train_id)
    view.silo.full = True


def on_filled(view: View, t: int, rake_id: str, wagon: int, consignment: str, mass_kg: int) -> None:
    rake = view.touch(rake_id)
    stock, left = view.silo.heaps[consignment], mass_kg
    view.silo.kg -= mass_kg
    rake.fills[wagon] = consignment
    while left:
        part = min(left, stock[0].silo_kg)
        stock[0].silo_kg -= part
        left -= part
        if not stock[0].silo_kg:
            box = stock.pop(0)
            box.at, box.wagon = rake_id, wagon
            rake.put(box, wagon)


def on_sample_wanted(view: View, t: int, name: str) -> None:
    view.dossier(name).sample = "wanted"


def on_sample_clean(view: View, t: int, name: str) -> None:
    view.dossier(name).sample = "clean"
