"""What holds the traffic up at this moment: how many loads wait for what, and how much of each kind of plant is taken."""

from collections import Counter
from collections.abc import Iterator

from corridor_tui.corridor.chain import at_terminal, carrier, in_park, is_load, load_left_s, stands_outside
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import WORKS, View
from corridor_tui.corridor.waits import Wait, waiting
from corridor_tui.language import N_, _
from corridor_tui.session.people import POOLS
from corridor_tui.session.wording import word

_FOR = {
    "crane": N_("a crane"),
    "machine": N_("a machine of the stack"),
    "silo": N_("room in the silo"),
    "stack": N_("room in the stack"),
    "papers": N_("its papers"),
    "wagons": N_("wagons"),
    "path": N_("a path"),
    "neighbour": N_("the neighbour"),
    "line": N_("the line"),
}
_TRACKS = {
    "receiving": N_("a free receiving track of {gauge} mm"),
    "crane": N_("a free crane track of {gauge} mm"),
    "grain": N_("a free track of {gauge} mm at the silo"),
    "departure": N_("a free departure track of {gauge} mm"),
}
_TAKEN = {
    "receiving": N_("receiving tracks of {gauge} mm"),
    "departure": N_("departure tracks of {gauge} mm"),
    "crane": N_("crane tracks of {gauge} mm"),
    "storage": N_("storage tracks of {gauge} mm"),
    "grain": N_("silo tracks of {gauge} mm"),
}


def holdups(view: View) -> tuple[int, list[tuple[int, str, str]]]:
    """How many loads are at work, and of the others how many wait for what, most first, each with one of them."""
    at_work, found = 0, Counter[str]()
    first: dict[str, str] = {}
    for unit in view.units.values():
        if not is_load(unit) or unit.offered_s is None or load_left_s(view, unit) is not None:
            continue
        wait = waiting(view, unit)
        if wait.cause == "work":
            at_work += 1
            continue
        text = _wanted(view, unit, wait)
        found[text] += 1
        first.setdefault(text, unit.id)
    return at_work, [(count, text, first[text]) for text, count in found.most_common()]


def _wanted(view: View, unit: Unit, wait: Wait) -> str:
    bears = carrier(view, unit)
    if wait.cause == "trainee" and stands_outside(unit) and "auto-accept" in view.standing:
        return _("the limit of auto-accept, {limit}", limit=view.standing["auto-accept"])
    if wait.cause == "trainee":
        return _("an order of the {desk} desk", desk=word(str(wait.desk)))
    if wait.cause == "locomotive":
        return _("a locomotive of {gauge} mm", gauge=bears.gauge)
    if wait.cause == "staff":
        task = next((task for task, job in bears.jobs.items() if job.progress == "queued"), None)
        return _("people") if task is None else _("people for the {work}", work=word(task))
    if wait.cause == "track":
        use = "departure" if at_terminal(view, bears) else "grain" if unit.kind == "grain" else "crane"
        inbound = stands_outside(unit) or bears.arrived_s is None
        return _(_TRACKS["receiving" if inbound else use], gauge=bears.gauge)
    return _(_FOR[wait.cause])


def taken(view: View) -> Iterator[tuple[str, int, int]]:
    """How many of each kind of track are taken, and of how many that are built; then cranes, people and locomotives at work,
    and rakes that are not in their park.
    """
    there, held = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for station, track in view.level.tracks.values():
        holder = view.holds.get(track.id)
        if station.role != "loop" and holder != WORKS:
            there[(track.use, track.gauge)] += 1
            held[(track.use, track.gauge)] += holder is not None
    for (use, gauge), total in there.items():
        yield _(_TAKEN[use], gauge=gauge), held[(use, gauge)], total
    cranes = [crane for crane in view.cranes.values() if crane.down != "unbuilt"]
    yield _("cranes"), sum(crane.box is not None for crane in cranes), len(cranes)
    for pool in view.pools.values():
        if pool.total:
            yield _(POOLS[pool.name]), pool.busy, pool.total
    for gauge, free in view.locos.items():
        total = free + sum(engine.gauge == gauge for engine in view.engines)
        yield _("locomotives of {gauge} mm", gauge=gauge), total - free, total
    bought_later = () if view.purse is None else view.purse.wagons
    names = [name for name, rake in view.level.each_rake.items() if rake.back is not None and name not in bought_later]
    if names:
        parked = {unit.id.partition("/")[0] for unit in view.units.values() if in_park(unit)}
        yield _("rakes that come back"), sum(name not in parked for name in names), len(names)


def holdup_lines(view: View) -> Iterator[str]:
    """What holds the traffic up, line by line."""
    at_work, found = holdups(view)
    yield _("loads at work: {count}", count=at_work)
    for count, text, name in found:
        yield _("waiting for {what}: {count}, {train} first", count=count, what=text, train=name)
    parts = (f"{text} {busy}/{total}" for text, busy, total in taken(view))
    yield _("taken or at work: {parts}", parts=", ".join(parts))
