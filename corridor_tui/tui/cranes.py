"""The cranes at work, container by container: what each lifts, wagon for wagon what stands where, and what still fits."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from corridor_tui.corridor.checks_terminal import places_teu, takes_boxes, under_cranes, without_place
from corridor_tui.corridor.state import Box, Crane, Machine, Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import N_, _, ngettext
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.lift_plan import Planned, lift_plan
from corridor_tui.session.wording import word
from corridor_tui.tui.crane_plan import plan_rows
from corridor_tui.tui.rows import Part, Row, fit, row, wrap
from corridor_tui.tui.runway import REPAIR, UNBUILT, machine_sign
from corridor_tui.tui.things import BOX, CRANE

PLACARD = "◇"
"""The diamond of a placard; the class stands after it."""
PLUG = "ϟ"
"""The sign of a reefer, which needs power."""
_WIDE = 74
"""From how many columns on the crane stands beside the time of a lift."""
_NO_FIT = 3
"""How many containers that fit nowhere are named."""


def bearing(box: Box) -> str:
    """What is to be seen on a container: the placard of its class, the plug of a reefer and how that fares."""
    fares = _(" SPOILT") if box.spoilt else _(" no power") if box.dark_s is not None else ""
    return f"{PLUG + fares if box.reefer else ''}{PLACARD + box.danger if box.danger else ''}"


def crane_rows(view: View, width: int) -> list[Row]:
    """Each crane, then each train under the cranes with the rake it is lifted onto."""
    rows = [_crane_row(view, crane, width) for crane in view.cranes.values()]
    rows += [_machine_row(view, machine, width) for machine in view.machines_built]
    trains = [unit for unit in view.units.values() if unit.kind == "container" and _here(view, unit)]
    plans = {train.id: lift_plan(view, train) for train in trains}
    rows += plan_rows(view, plans, width)
    stack = _("stack {teu} of {room} TEU", teu=view.stack_teu, room=view.level.terminal.room_teu)
    if view.machines_there:
        places = view.level.terminal.ground_places
        stack += _(", {used} of {all} places on the ground", used=len(view.ground), all=places)
    stack += _(", {count} moved aside so far", count=view.rehandles) if view.blocks else ""
    rows.append(row((fit(stack, width), "dim")))
    if view.level.road is not None:
        rows += [row((line, "dim")) for line in wrap(_road_told(view), width)]
    for block in view.blocks.values():
        boxes = [view.boxes[number] for stood in block.piles.values() for number in stood]
        teu, room = sum(box.teu for box in boxes), 2 * block.slots * block.tiers
        text = _("  {block}: {teu} of {room} TEU", block=block.id, teu=teu, room=room)
        if block.plugs:
            used = f"{PLUG}{sum(box.reefer for box in boxes)}"
            text += _(", {used} of {all} sockets", used=used, all=block.plugs)
        text += "".join(f", {PLACARD}{name}" for name in sorted({box.danger for box in boxes if box.danger}))
        rows.append(row((fit(text, width), "dim")))
    for train in trains:
        rows += [row(""), *_transfer_rows(view, train, plans[train.id], width)]
    if not trains:
        told = _(
            "No train with containers to lift stands under the cranes: pull one there, beside a rake of the other gauge."
        )
        rows += [row(""), *(row((line, "dim")) for line in wrap(told, width))]
    return rows


def _road_told(view: View) -> str:
    """How full the bonded warehouse is, what waits for a lorry, and what no lorry may take yet."""
    road, lorries = view.level.road, view.pools["lorries"]
    ready = [box for number, box in view.boxes.items() if view.fetchable(number)]
    held = sum(view.dossiers[box.consignment].state != "released" for box in ready)
    full = 0 if road is None else road.warehouse_teu
    return _(
        "zone: lorries {out}/{all} out, {ready} boxes to fetch, {held} not released; bonded {teu}/{room} TEU",
        out=lorries.busy,
        all=lorries.total,
        ready=len(ready) - held,
        held=held,
        teu=view.stored_teu,
        room=full,
    )


def _here(view: View, train: Unit) -> bool:
    """Whether a train's load is at the cranes: on the train, or still on a rake of its there."""
    rakes = map(view.units.__getitem__, train.partners)
    return (under_cranes(view, train) and not train.did("lift")) or any(under_cranes(view, rake) for rake in rakes)


_DOWN = {"stopped": N_("stands still"), "service": N_("planned service"), "unbuilt": N_("not built")}


def _crane_row(view: View, crane: Crane, width: int) -> Row:
    head = f"{UNBUILT if crane.down == 'unbuilt' else '✕' if crane.down else '┴' if not crane.able else '╦' if crane.box else '┬'} {crane.id:<6}"
    lifts = _(" {count:>4} lifts", count=crane.lifts)
    room = max(1, width - 9 - cell_len(lifts))
    if crane.down is not None:
        text, style = _(_DOWN[crane.down]), "dim" if crane.down == "unbuilt" else "bad"
    elif not crane.able:
        text, style = _("tied down"), "warn"
    elif crane.box is not None:
        since = told_clock(view, crane.since_s)
        twins = _("{box} and {twin}", box=crane.box, twin=crane.twin)
        box = twins if crane.twin else crane.box
        text, style = _("lifts {box} to {place} since {at}", box=box, place=word(crane.dest or ""), at=since), "bold"
    elif crane.train is None:
        text, style = _("free"), "dim"
    else:
        text, style = _("on {train}", train=" ".join((crane.train, *crane.plan))), ""
        if crane.blocked:
            why = text + _(", blocked by another crane or a full wagon")
            text, style = (why if cell_len(why) <= room else _("{crane} blocked", crane=text)), "warn"
    return row(
        (head, style),
        (fit(text, room), style),
        (lifts, "dim"),
        key=f"{CRANE}{crane.id}",
    )


def _machine_row(view: View, machine: Machine, width: int) -> Row:
    """What a machine of the stack does: it carries in or out, moves aside, or stands."""
    head = f"{machine_sign(machine)} {machine.id:<6}"
    repair = machine.jobs.get("repair")
    if machine.down is not None:
        text, style = (_(_DOWN[machine.down]), "bad") if repair is None else (_(REPAIR[repair.progress]), "warn")
    elif machine.box is None:
        text, style = _("free"), "dim"
    else:
        aside = machine.dest == "stack" and view.boxes[machine.box].hold != machine.id
        told = N_("moves {box} aside since {at}") if aside else N_("carries {box} to the {place} since {at}")
        at, place = told_clock(view, machine.since_s), word(machine.dest or "")
        text, style = _(told, box=machine.box, place=place, at=at), "bold"
    kind = _("reach stacker") if machine.kind == "reach-stacker" else _("RTG")
    moves = _(" {count:>4} moves", count=machine.lifts)
    room = max(1, width - 9 - cell_len(moves))
    whole = f"{kind}, {text}"
    return row(
        (head, style), (fit(whole if cell_len(whole) <= room else text, room), style), (moves, "dim"),
        key=f"{CRANE}{machine.id}",
    )  # fmt: skip


def _transfer_rows(view: View, train: Unit, plan: Sequence[Planned], width: int) -> Iterator[Row]:
    rakes = [view.units[name] for name in train.partners]
    goal = ", ".join(train.partners) or (_("the stack") if "lift" in train.jobs else _("no rake yet"))
    yield row(
        (f"{train.id} → {goal}", "train"), (_("   {left} of {total} left", left=train.left, total=train.total), ""), (_until(view, train, plan), "dim"),
        key=train.id,
    )  # fmt: skip
    yield from _wagon_rows(view, train, "─", width)
    coming = list(_coming(view, train))
    if not rakes:
        for other in [unit for unit in view.units.values() if takes_boxes(unit) and under_cranes(view, unit)]:
            (text, style), _rest = _fit(view, coming, other)
            head = _("  onto {rake}: ", rake=other.id)
            yield row((head, "dim"), (fit(text, max(1, width - cell_len(head) - 1)), style), key=other.id)
    for rake in rakes:
        yield from _wagon_rows(view, rake, "━", width)
        if not rake.did("load") or rake is rakes[-1]:
            (text, style), coming = _fit(view, coming, rake)
            head = _("  fit: ")
            yield row((head, "dim"), (fit(text, max(1, width - cell_len(head) - 1)), style), key=rake.id)
    boxes = [view.boxes[number] for each in (train, *rakes) for number in each.boxes]
    room = 9 if any(box.danger or box.reefer for box in boxes) else 5
    when = {planned.box: planned for planned in plan}
    lifted = [box for box in boxes if box.number not in when]
    coming = sorted((box for box in boxes if box.number in when), key=lambda box: when[box.number].from_s)
    for box in [*coming, *lifted]:
        yield _box_row(view, box, when.get(box.number), width, room)


def _until(view: View, train: Unit, plan: Sequence[Planned]) -> str:
    """When the cranes on a train are done with it, at their usual pace."""
    able = sum(crane.train == train.id and crane.able for crane in view.cranes.values())
    if not train.left or not able:
        return "" if not train.left else _("   no crane on it")
    at = told_clock(view, max((planned.until_s for planned in plan), default=view.now_s))
    return ngettext("   {n} crane, about until {at}", "   {n} cranes, about until {at}", able, at=at)


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
    over = without_place(view, rake, coming)
    room, come = places_teu(view, rake), sum(box.teu for box in coming)
    told = _("{used} of {room} TEU stand on it, {come} TEU come", used=rake.teu, room=room, come=come)
    if not over:
        return (_("{told}: all fit", told=told), "good"), over
    names = ", ".join(box.number for box in over[:_NO_FIT]) + (", ..." if len(over) > _NO_FIT else "")
    return (_("{told}: {count} fit no more ({names})", told=told, count=len(over), names=names), "bad"), over


def _when(view: View, box: Box, planned: Planned | None, *, brief: bool) -> str:
    """When a container is expected to be lifted and by which crane, or when it was last."""
    if planned is not None:
        crane, at, about = planned.crane, planned.from_s, "~"
    elif box.lifted is not None:
        crane, at, about = box.lifted[0], box.lifted[2], "✓"
    else:
        return ""
    return f"{about}{told_clock(view, at)} {'' if brief else f'{crane} '}"


def _box_row(view: View, box: Box, planned: Planned | None, width: int, breadth: int) -> Row:
    dossier = view.dossiers[box.consignment]
    unit = view.units.get(box.at)
    if unit is not None:
        where = _("on {unit} wagon {wagon}", unit=box.at, wagon=box.wagon + 1)
    else:
        where = _("in the stack") if box.at == "stack" else _("at {place}", place=box.at)
    if box.hold:
        where = _("on the ground beside the cranes") if box.hold == "ground" else _("on {unit}", unit=box.hold)
    elif box.piled:
        above = len(view.blocks[box.block].above(box.number))
        where += f" {box.block}" + (_(", {boxes} on it", boxes=above) if above else "")
    goals = {"stack": N_(" to the stack"), "road": N_(" to the road"), None: ""}
    goal = _(goals.get(box.goal, N_(" to {place}")), place=box.goal)
    size = _("FEU") if box.teu == 2 else _("20 ft") if box.teu == 1 else _("bulk")
    size = " ".join(part for part in (size, bearing(box)) if part)
    state = "✓" if dossier.state == "released" else _("not lodged") if dossier.lane is None else word(dossier.lane)
    mass = _("{tonnes:5.1f} t", tonnes=box.declared_kg / 1_000)
    head = f"  {box.number} {fit(size, max(breadth, cell_len(size)))} {mass} "
    if width < _WIDE and dossier.lane is not None and dossier.state != "released":
        state = dossier.lane[0].upper()
    tail = f"{box.consignment} {fit(state, max(cell_len(state), 2 if width < _WIDE else 6))}"
    look = "dim" if dossier.state == "released" else "warn"
    when = _when(view, box, planned, brief=width < _WIDE)
    room = max(1, width - cell_len(tail) - 1 - cell_len(when))
    if unit is not None and not box.hold and cell_len(head + where) > room:
        where = _("{unit} wag. {wagon}", unit=box.at, wagon=box.wagon + 1)
    text = head + where
    text += goal if cell_len(text + goal) <= room else ""
    return row(
        (fit(text, room), ""), (when, "dim" if planned is None else ""), (f" {fit(tail, width - room - 1 - cell_len(when))}", look),
        key=f"{BOX}{box.number}",
    )  # fmt: skip
