"""The cranes at work, container by container: what each lifts, wagon for wagon what stands where, and what still fits."""

from collections.abc import Iterator

from corridor_tui.corridor.checks_terminal import takes_boxes, under_cranes
from corridor_tui.corridor.state import Box, Crane, Machine, Unit
from corridor_tui.corridor.view import View
from corridor_tui.scenario.streams import expected_s
from corridor_tui.session.wording import clock
from corridor_tui.tui.panel import BOX, CRANE, machine_sign
from corridor_tui.tui.rows import Part, Row, fit, row

PLACARD = "◇"
"""The diamond of a placard; the class stands after it."""
PLUG = "ϟ"
"""The sign of a reefer, which needs power."""
_NO_FIT = 3
"""How many containers that fit nowhere are named."""


def bearing(box: Box) -> str:
    """What is to be seen on a container: the placard of its class, the plug of a reefer and how that fares."""
    fares = " SPOILT" if box.spoilt else " no power" if box.dark_s is not None else ""
    return f"{PLUG + fares if box.reefer else ''}{PLACARD + box.danger if box.danger else ''}"


def crane_rows(view: View, width: int) -> list[Row]:
    """Each crane, then each train under the cranes with the rake it is lifted onto."""
    rows = [_crane_row(view, crane, width) for crane in view.cranes.values()]
    rows += [_machine_row(view, machine, width) for machine in view.machines.values()]
    ground = (
        f", {len(view.ground)} of {view.level.terminal.ground_places} places on the ground" if view.machines else ""
    )
    rows.append(row((fit(f"stack {view.stack_teu} of {view.level.terminal.room_teu} TEU{ground}", width), "dim")))
    if view.level.road is not None:
        rows.append(row((fit(_road_told(view), width), "dim")))
    for block in view.blocks.values():
        boxes = [view.boxes[number] for stood in block.piles.values() for number in stood]
        plugged = f", {PLUG}{sum(box.reefer for box in boxes)} of {block.plugs} sockets" if block.plugs else ""
        classes = "".join(f", {PLACARD}{name}" for name in sorted({box.danger for box in boxes if box.danger}))
        text = f"  {block.id}: {sum(box.teu for box in boxes)} of {2 * block.slots * block.tiers} TEU{plugged}{classes}"
        rows.append(row((fit(text, width), "dim")))
    for train in [unit for unit in view.units.values() if unit.kind == "container" and _here(view, unit)]:
        rows += [row(""), *_transfer_rows(view, train, width)]
    return rows


def _road_told(view: View) -> str:
    """How full the bonded warehouse is, what waits for a lorry, and what no lorry may take yet."""
    road, lorries = view.level.road, view.pools["lorries"]
    waiting = [box for box in view.boxes.values() if box.road and box.at == "stack" and box.goal is None]
    held = sum(view.dossiers[box.consignment].state != "released" for box in waiting)
    full = 0 if road is None else road.warehouse_teu
    return (
        f"zone: {lorries.busy} of {lorries.total} lorries out, {len(waiting) - held} containers to fetch, "
        f"{held} not released; bonded warehouse {view.stored_teu} of {full} TEU"
    )


def _here(view: View, train: Unit) -> bool:
    """Whether a train's load is at the cranes: on the train, or still on a rake of its there."""
    rakes = map(view.units.__getitem__, train.partners)
    return (under_cranes(view, train) and not train.did("lift")) or any(under_cranes(view, rake) for rake in rakes)


_DOWN = {"stopped": "stands still", "service": "planned service", "unbuilt": "not built"}


def _crane_row(view: View, crane: Crane, width: int) -> Row:
    head = f"{'✕' if crane.down else '┴' if not crane.able else '╦' if crane.box else '┬'} {crane.id:<6}"
    if crane.down is not None:
        text, style = _DOWN[crane.down], "dim" if crane.down == "unbuilt" else "bad"
    elif not crane.able:
        text, style = "tied down", "warn"
    elif crane.box is not None:
        since = clock(view.level.start_s, crane.since_s)
        text, style = (
            f"lifts {crane.box}{f' and {crane.twin}' if crane.twin else ''} to {crane.dest} since {since}",
            "bold",
        )
    elif crane.train is None:
        text, style = "free", "dim"
    else:
        text, style = (
            f"on {' '.join((crane.train, *crane.plan))}{', blocked by another crane or a full wagon' if crane.blocked else ''}",
            "",
        )
    return row(
        (head, style),
        (fit(text, max(1, width - 20)), style),
        (f" {crane.lifts:>4} lifts", "dim"),
        key=f"{CRANE}{crane.id}",
    )


def _machine_row(view: View, machine: Machine, width: int) -> Row:
    """What a machine of the stack does: it carries in or out, moves aside, or stands."""
    head = f"{machine_sign(machine)} {machine.id:<6}"
    repair = machine.jobs.get("repair")
    if machine.down is not None:
        text, style = (
            _DOWN[machine.down] if repair is None else f"repair {repair.progress}",
            "bad" if repair is None else "warn",
        )
    elif machine.box is None:
        text, style = "free", "dim"
    else:
        aside = machine.dest == "stack" and view.boxes[machine.box].hold != machine.id
        what = f"moves {machine.box} aside" if aside else f"carries {machine.box} to the {machine.dest}"
        text, style = f"{what} since {clock(view.level.start_s, machine.since_s)}", "bold"
    kind = "reach stacker" if machine.kind == "reach-stacker" else "RTG"
    return row(
        (head, style), (fit(f"{kind}, {text}", max(1, width - 20)), style), (f" {machine.lifts:>4} moves", "dim"),
        key=f"{CRANE}{machine.id}",
    )  # fmt: skip


def _transfer_rows(view: View, train: Unit, width: int) -> Iterator[Row]:
    rakes = [view.units[name] for name in train.partners]
    goal = ", ".join(train.partners) or ("the stack" if "lift" in train.jobs else "no rake yet")
    yield row(
        (f"{train.id} → {goal}", "train"), (f"   {train.left} of {train.total} left", ""), (_until(view, train), "dim"),
        key=train.id,
    )  # fmt: skip
    yield from _wagon_rows(view, train, "─", width)
    coming = list(_coming(view, train))
    if not rakes:
        for other in [unit for unit in view.units.values() if takes_boxes(unit) and under_cranes(view, unit)]:
            (text, style), _ = _fit(view, coming, other)
            yield row((f"  onto {other.id}: ", "dim"), (fit(text, max(1, width - 16)), style), key=other.id)
    for rake in rakes:
        yield from _wagon_rows(view, rake, "━", width)
        if not rake.did("load") or rake is rakes[-1]:
            (text, style), coming = _fit(view, coming, rake)
            yield row(("  fit: ", "dim"), (fit(text, max(1, width - 8)), style), key=rake.id)
    for number in [*train.boxes, *(number for rake in rakes for number in rake.boxes)]:
        yield _box_row(view, view.boxes[number], width)


def _until(view: View, train: Unit) -> str:
    """When the cranes on a train are done with it, at their usual pace."""
    able = sum(crane.train == train.id and crane.able for crane in view.cranes.values())
    if not train.left or not able:
        return "" if not train.left else "   no crane on it"
    lift_s = expected_s(view.level.terminal.lift)
    return f"   {able} crane{'s' if able > 1 else ''}, about until {clock(view.level.start_s, view.now_s + train.left * lift_s // able)}"


def _wagon_rows(view: View, unit: Unit, rail: str, width: int) -> Iterator[Row]:
    """A sign a wagon: how full it is, whether something on it is not released, a placard or a reefer."""
    capacity = view.level.wagon_types[unit.wagon].teu
    teu = dict.fromkeys(range(unit.wagons), 0)
    held: set[int] = set()
    shown: dict[int, str] = {}
    for number, wagon in unit.boxes.items():
        box = view.boxes[number]
        teu[wagon] = teu.get(wagon, 0) + box.teu
        if box.danger or box.reefer:
            shown[wagon] = PLACARD if box.danger else PLUG
        if view.dossiers[box.consignment].state != "released":
            held.add(wagon)
    parts: list[Part] = [(fit(f"  {unit.id}", 9), "dim", unit.id)]
    for wagon, load in teu.items():
        sign = rail if not load else "█" if load >= capacity else "▌"
        look = "bad" if wagon in unit.overloaded else "warn" if wagon in held else "good" if load else "dim"
        sign = shown.get(wagon, sign if wagon not in held else "▒" if load >= capacity else "░")
        parts.append(("!" if wagon in unit.overloaded else sign, look))
    room = max(1, width - 9)
    yield row(*parts[: room + 1])
    for start in range(room + 1, len(parts), room):
        yield row(" " * 9, *parts[start : start + room])


def _coming(view: View, train: Unit) -> Iterator[Box]:
    """The containers of a train that still come onto its rake, in the order of their wagons."""
    aboard = sorted(train.boxes, key=lambda number: train.boxes[number])
    hooks = [box for crane in view.cranes.values() for box in (crane.box, crane.twin)]
    aloft = [box for box in hooks if box is not None]
    for number in [*aloft, *aboard]:
        box = view.boxes[number]
        if box.train == train.id and box.goal != "stack":
            yield box


def _fit(view: View, coming: list[Box], rake: Unit) -> tuple[tuple[str, str], list[Box]]:
    """Whether what still comes fits onto a rake, wagon by wagon, by TEU and by declared mass, the tone of that, and the rest."""
    wagon = view.level.wagon_types[rake.wagon]
    teu, kg = [wagon.teu] * rake.wagons, [wagon.load_t * 1_000] * rake.wagons
    for number, place in rake.boxes.items():
        teu[place] -= view.boxes[number].teu
        kg[place] -= view.boxes[number].declared_kg
    used = wagon.teu * rake.wagons - sum(teu)
    over = []
    for box in coming:
        found = next((at for at in range(rake.wagons) if teu[at] >= box.teu and kg[at] >= box.declared_kg), None)
        if found is None:
            over.append(box)
        else:
            teu[found] -= box.teu
            kg[found] -= box.declared_kg
    told = f"{used} of {wagon.teu * rake.wagons} TEU stand on it, {sum(box.teu for box in coming)} TEU come"
    if not over:
        return (f"{told}: all fit", "good"), over
    names = ", ".join(box.number for box in over[:_NO_FIT])
    return (f"{told}: {len(over)} fit no more ({names}{', ...' if len(over) > _NO_FIT else ''})", "bad"), over


def _box_row(view: View, box: Box, width: int) -> Row:
    dossier = view.dossiers[box.consignment]
    unit = view.units.get(box.at)
    where = f"on {box.at} wagon {box.wagon + 1}" if unit is not None else f"at {box.at}"
    if box.hold:
        where = "on the ground beside the cranes" if box.hold == "ground" else f"on {box.hold}"
    elif box.piled:
        above = len(view.blocks[box.block].above(box.number))
        where = f"{where} {box.block}{f', {above} on it' if above else ''}"
    goal = f" to the {box.goal}" if box.goal in ("stack", "road") else f" to {box.goal}" if box.goal else ""
    size = "FEU" if box.teu == 2 else "20 ft" if box.teu == 1 else "bulk"
    size = " ".join(part for part in (size, bearing(box)) if part)
    state = "✓" if dossier.state == "released" else dossier.lane or "not lodged"
    text = f"    {box.number} {size:<5} {box.declared_kg / 1_000:5.1f} t  {where}{goal}"
    tail = f"{box.consignment} {state}"
    look = "dim" if dossier.state == "released" else "warn"
    room = max(1, width - len(tail) - 1)
    return row((fit(text, room), ""), (f" {fit(tail, width - room - 1)}", look), key=f"{BOX}{box.number}")
