"""What each train and each consignment is at, what it waits for and until when it matters, in words.

Every text goes with a tone: "" as usual, "dim" far off, "warn" wants somebody, "bad" lost, "good" done.
"""

from collections.abc import Sequence

from corridor_tui.corridor.chain import carrier, goes_over, in_park, is_load, sent_home
from corridor_tui.corridor.checks import route_out
from corridor_tui.corridor.checks_line import line_route, where
from corridor_tui.corridor.state import NEVER_S, Dossier, Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import WORK, Wait, stands_before, waiting
from corridor_tui.language import N_, NP_, _, ngettext
from corridor_tui.level.plant import Station
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.shift import TRAINEE, Shift
from corridor_tui.session.wording import day_clock, word

_CAUSE = {
    "track": (N_("waits for a free track since {at}"), N_("a free track since {at}"), N_("a free track {at}")),
    "staff": (N_("waits for people since {at}"), N_("people since {at}"), N_("people {at}")),
    "crane": (N_("waits for a crane since {at}"), N_("a crane since {at}"), N_("a crane {at}")),
    "machine": (N_("waits for a machine of the stack since {at}"), N_("a machine since {at}"), N_("a machine {at}")),
    "silo": (N_("waits for room in the silo since {at}"), N_("room in the silo since {at}"), N_("room in the silo {at}")),
    "stack": (N_("waits for room in the stack since {at}"), N_("room in the stack since {at}"), N_("room in the stack {at}")),
    "papers": (N_("waits for its papers since {at}"), N_("its papers since {at}"), N_("its papers {at}")),
    "wagons": (N_("waits for wagons since {at}"), N_("wagons since {at}"), N_("wagons {at}")),
    "locomotive": (N_("waits for a locomotive since {at}"), N_("a locomotive since {at}"), N_("a locomotive {at}")),
    "path": (N_("waits for its path since {at}"), N_("its path since {at}"), N_("its path {at}")),
    "line": (N_("waits for the line since {at}"), N_("the line since {at}"), N_("the line {at}")),
}  # fmt: skip


class Since:
    """Remembers since when each train waits for the same thing."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Wait, int]] = {}

    def note(self, name: str, wait: Wait, now_s: int) -> int:
        """The second since which it has been waiting for this."""
        before = self._held.get(name)
        if before is None or before[0] != wait:
            self._held[name] = (wait, now_s)
            return now_s
        return before[1]

    def look(self, view: View) -> None:
        """Note what every train waits for now."""
        for unit in view.units.values():
            if unit.gone_s is None:
                runs = unit.moving and unit.waiting_at is None
                self.note(unit.id, WORK if runs else waiting(view, unit), view.now_s)

    def waited_s(self, name: str, now_s: int) -> int:
        """How long it has been waiting, in seconds; 0 where it does not wait."""
        held = self._held.get(name)
        return 0 if held is None or held[0].cause == "work" else now_s - held[1]


def _loop(view: View, unit: Unit) -> Station | None:
    """The loop in which a train stands, if it does."""
    at = view.level.tracks.get(unit.place or "")
    return at[0] if at is not None and at[0].role == "loop" else None


def place_of(view: View, unit: Unit) -> str:
    """Where a unit is, or where it runs to."""
    if (loop := _loop(view, unit)) is not None:
        return str(loop.name)
    if unit.moving:
        return f"→{_named(view, unit.to)}"
    return _("gone") if unit.departed_s is not None and not goes_over(unit) else _named(view, unit.place)


def _named(view: View, place: str | None) -> str:
    """A station by its name; a track or a section by what it is called."""
    station = view.network.stations.get(place or "")
    return str(station.name) if station is not None else place or "-"


def cleared(view: View, unit: Unit) -> str:
    """Consignments released, of how many, on what carries the load."""
    names = {view.boxes[number].consignment for number in unit.boxes}
    if is_load(unit) and not unit.did("lift"):
        names = set(view.cargo.get(unit.id, ()))
    done = sum(view.dossiers[name].state == "released" for name in names)
    return f"✓{done}/{len(names)}" if names else ""


_BRIEF = {
    "border": NP_("work on a train", "border check"),
    "commercial": NP_("work on a train", "commercial"),
    "technical": NP_("work on a train", "technical"),
    "empty": NP_("work on a train", "inspection"),
    "waybill": NP_("work on a train", "waybill"),
    "brake_full": NP_("work on a train", "brake test"),
    "brake_yard": NP_("work on a train", "brake test"),
    "brake_short": NP_("work on a train", "brake test"),
    "shunt": NP_("work on a train", "being pulled"),
}
"""Work on a train in fewer words than its name has."""


def waits(view: View, unit: Unit, since: Since) -> tuple[list[str], str]:
    """What a unit is at or waits for, from the longest wording to the shortest, and its style."""
    if unit.moving:
        return _under_way(view, unit)
    if unit.kind in ("rake", "empties") and not unit.partners:
        return _empty_rake(unit)
    busy = unit.busy()
    if busy == "lift" and unit.kind == "grain" and not view.silo.full:
        return [
            _("unloading, {left} of {total} wagons left", left=unit.left, total=unit.total),
            _("unloading, {left} left", left=unit.left),
        ], ""
    if busy == "lift" and unit.left and unit.kind == "container":
        return [
            _("lifting, {left} of {total} left", left=unit.left, total=unit.total),
            _("lifting, {left} left", left=unit.left),
        ], ""
    if busy not in (None, "load", "lift"):
        return [word(busy), *([_(_BRIEF[busy])] if busy in _BRIEF else [])], ""
    if sent_home(unit):
        return (
            ([_("waits for a locomotive")], "")
            if unit.loco == "called"
            else ([_("emptied: send it home"), _("send it home")], "warn")
        )
    wait = waiting(view, unit)
    since_s = since.note(unit.id, wait, view.now_s)
    if wait.cause == "work":
        return _at_work(unit), ""
    if wait.cause == "neighbour":
        return _for_neighbour(unit)
    return _missing(view, unit, wait, told_clock(view, since_s))


def _missing(view: View, unit: Unit, wait: Wait, at: str) -> tuple[list[str], str]:
    """What a unit waits for that others have or the desk has not ordered, since a clock time."""
    if wait.cause in ("line", "path") and (shut := _shut(view, unit)):
        return _closed(shut), "warn"
    if wait.cause == "trainee":
        desk = word(str(wait.desk))
        return [
            _("waits for your order ({desk}) since {at}", desk=desk, at=at),
            _("your order ({desk}) since {at}", desk=desk, at=at),
            _("YOU: {desk} {at}", desk=desk, at=at),
            _("YOU since {at}", at=at),
        ], "warn"
    return [_(text, at=at) for text in _CAUSE[wait.cause]], ""


def _under_way(view: View, unit: Unit) -> tuple[list[str], str]:
    loop = _loop(view, unit)
    if unit.waiting_at is None:
        return [_("under way")], ""
    if loop is None:
        return [_("stopped at a signal")], "warn"
    if unit.id in view.knot:
        return [_("caught at {loop} in a knot", loop=loop.name), _("in a knot")], "bad"
    if stands_before(view, unit):
        return [
            _("waits at {loop}: track {track} is held", loop=loop.name, track=unit.accepted),
            _("track {track} is held", track=unit.accepted),
        ], "warn"
    at, other = told_clock(view, unit.entered_s), unit.meets.get(loop.id)
    if other is None and (shut := _shut(view, unit)):
        return [_("waits at {loop}: the line is closed until {at}", loop=loop.name, at=shut), *_closed(shut)], "warn"
    if other is None:
        return [
            _("waits at {loop} for the line since {at}", loop=loop.name, at=at),
            _("waits at {loop} for the line", loop=loop.name),
            _("waits for the line"),
        ], "warn"
    return [
        _("waits at {loop} for {train} since {at}", loop=loop.name, train=other, at=at),
        _("waits at {loop} for {train}", loop=loop.name, train=other),
        _("waits for {train}", train=other),
    ], "warn"


def _shut(view: View, unit: Unit) -> str | None:
    """The time at which the line ahead of a unit that stands before it opens again; None where it is open."""
    route = line_route(view, unit) or route_out(view, unit)
    at, running = where(view, unit, route)
    if at is None or running is not None or at + 1 >= len(route):
        return None
    opens = [view.shut_until(hop.track) for hop in view.network.hops(route[at], route[at + 1], unit.gauge)]
    known = [each for each in opens if each is not None]
    return day_clock(view.level.start_s, min(known)) if known and len(known) == len(opens) else None


def _closed(at: str) -> list[str]:
    return [_("the line is closed until {at}", at=at), _("line closed to {at}", at=at)]


def _at_work(unit: Unit) -> list[str]:
    if unit.kind == "export" and unit.left:
        return [
            _("lorries bring it, {left} of {all} to come", left=unit.left, all=unit.total),
            _("lorries, {left} to come", left=unit.left),
        ]
    return [_("loading") if unit.busy() == "load" else _("at work")]


def _for_neighbour(unit: Unit) -> tuple[list[str], str]:
    if unit.arrived_s is not None:
        return [
            _("the neighbour takes no more such trains now"),
            _("the neighbour takes no more"),
            _("neighbour full"),
        ], "warn"
    if unit.kind == "export":
        return [_("comes by lorry from the zone"), _("comes by lorry")], "dim"
    return [_("not offered by the neighbour yet"), _("not offered yet")], "dim"


def _empty_rake(unit: Unit) -> tuple[list[str], str]:
    if unit.arrived_s is not None:
        return (
            ([word(busy)], "")
            if (busy := unit.busy())
            else ([_("empty wagons, ready for a load"), _("empty, ready")], "dim")
        )
    if in_park(unit):
        return [_("in the park: call it when you need wagons"), _("in the park")], "dim"
    return (
        ([_("offered: accept it")], "warn")
        if unit.offered_s is not None and unit.accepted is None
        else ([_("announced")], "dim")
    )


def alike_in_parks(view: View) -> dict[str, list[str]]:
    """Of the rakes of one table that stand in one park all that can be called, by the one that has stood there longest."""
    first: dict[tuple[str, str | None], str] = {}
    found: dict[str, list[str]] = {}
    for unit in view.units.values():
        spec = view.level.rake(unit.id) if in_park(unit) else None
        if spec is not None and spec.count > 1:
            found.setdefault(first.setdefault((spec.id, unit.entry), unit.id), []).append(unit.id)
    return found


def alike_texts(names: Sequence[str]) -> list[str]:
    """How many rakes can be called, from the longest wording to the shortest."""
    return [
        _("{count} in the park: call one when you need wagons", count=len(names)),
        _("{count} in the park", count=len(names)),
    ]


def load_text(view: View, unit: Unit) -> str:
    """What stands or lies on a unit; empty where that is not known, or nothing."""
    bulk_kg = sum(view.boxes[number].declared_kg for number in unit.boxes if not view.boxes[number].teu)
    if bulk_kg:
        return _("{tonnes:.0f} t of grain in it", tonnes=bulk_kg / 1_000)
    if not unit.boxes:
        return _("empty") if unit.kind in ("rake", "empties") else ""
    return ngettext("{n} container on it", "{n} containers on it", len(unit.boxes))


def holding(view: View) -> set[str]:
    """The consignments for which a train that could else go on has to wait."""
    names: set[str] = set()
    for unit in view.units.values():
        if is_load(unit) and unit.gone_s is None and unit.arrived_s is not None:
            bearer = carrier(view, unit)
            wait = waiting(view, unit)
            if bearer.departed_s is None and (wait.cause == "papers" or wait.desk == "customs"):
                names.update(view.uncleared(bearer))
    return names


def by_urgency(view: View) -> list[Dossier]:
    """The consignments, those that hold a train first, then those that need a decision, then by when they are due."""
    holds = holding(view)
    dossiers = [view.dossiers[name] for names in view.cargo.values() for name in names]
    return sorted(dossiers, key=lambda item: (item.id not in holds, _urgency(item), _due(view, item), item.id))


def _urgency(dossier: Dossier) -> int:
    if dossier.state == "lodged":
        busy = dossier.finding is not None or any(job.progress != "done" for job in dossier.jobs.values())
        busy = busy and not _unsampled(dossier)
        return 2 if busy else 0 if dossier.lane in ("yellow", "red") or dossier.findings else 1
    return {"releasing": 3, "expected": 4}.get(dossier.state, 5)


def _due(view: View, dossier: Dossier) -> int:
    due = view.units[dossier.train].due_s
    return NEVER_S if due is None else due


def clearing(view: View, dossier: Dossier) -> tuple[str, str]:
    """How far the clearing of a consignment is, and the tone of that; what is left to decide only where the trainee decides it."""
    if dossier.state != "lodged":
        if "audit" in dossier.seen:
            result = dossier.seen["audit"]
            return _("✓ released; audit: {result}", result=word(result)), "good" if result == "clean" else "bad"
        words = {
            "expected": N_("papers not here yet"),
            "releasing": N_("officer reads it"),
            "released": N_("✓ released"),
            "detained": N_("✕ detained"),
        }
        return _(words[dossier.state]), {"released": "good", "detained": "bad"}.get(dossier.state, "dim")
    if dossier.finding is not None:
        return _("finding ({rule}) awaits its answer", rule=word(dossier.finding.rule)), ""
    for task, job in dossier.jobs.items():
        if job.progress != "done":
            return _("{work}, queued", work=word(task)) if job.progress == "queued" else word(task), ""
    if dossier.findings and dossier.findings[-1].outcome == "upheld" and not dossier.corrected:
        return _("finding stands: being corrected"), ""
    if view.level.player("customs") != TRAINEE:
        return _("the customs desk decides"), "dim"
    if dossier.corrected:
        return _("○ corrected: release it"), "warn"
    return f"○ {_decide(dossier)}", "warn"


def _unsampled(dossier: Dossier) -> bool:
    return dossier.sample == "wanted" and "sample" not in dossier.jobs


def _decide(dossier: Dossier) -> str:
    if _unsampled(dossier):
        return _("plant health wants a sample")
    seen = ", ".join(f"{word(rung)}: {word(result)}" for rung, result in dossier.seen.items())
    if dossier.lane == "yellow" and not dossier.did("check"):
        return _("have it checked first")
    if dossier.lane == "red" and not (dossier.did("open") or dossier.did("scan") or dossier.did("unload")):
        return _("have it opened or scanned first")
    done = _("checked; compare its papers") if dossier.did("check") and not seen else seen
    return _("{done}: decide", done=done) if done else _("release, or look into it")


def so_far(shift: Shift) -> list[str]:
    """What the desk can count for itself, from the longest wording to the shortest; nothing that only the audit knows."""
    if shift.level.shift.feedback == "none":
        return [""]
    view = shift.view
    late_s = 0
    for unit in view.units.values():
        if is_load(unit) and unit.due_s is not None:
            left = carrier(view, unit).departed_s
            late_s += max(0, (view.now_s if left is None else left) - unit.due_s)
    grain = "" if view.level.grain is None else _(" + {tonnes:.0f} t", tonnes=view.silo.out_kg / 1_000)
    decided = sum(dossier.state in ("released", "detained") for dossier in view.dossiers.values())
    wordings = (
        N_("late {minutes} min  papers {decided}/{all}  boxes out {boxes}"),
        N_("late {minutes} min  out {boxes}"),
        N_("late {minutes}m out {boxes}"),
    )
    values = {"minutes": late_s // 60, "decided": decided, "all": len(view.dossiers), "boxes": view.out_boxes}
    return [_(wording, **values) + grain for wording in wordings]


def upcoming(view: View) -> tuple[int, str] | None:
    """The next thing that is expected to happen, by the timetable and the work going on: its second and its words."""
    found: list[tuple[int, str]] = []
    for unit in view.units.values():
        if unit.gone_s is not None:
            continue
        if unit.offered_s is None and unit.planned_s is not None and unit.arrived_s is None:
            found.append((unit.advised_s or unit.planned_s, _("{unit} offered", unit=unit.id)))
        if unit.moving and unit.eta_s is not None:
            found.append((unit.eta_s, _("{unit} in {place}", unit=unit.id, place=_named(view, unit.to))))
        if unit.loco == "called" and unit.loco_s is not None:
            found.append((unit.loco_s, _("loco for {unit}", unit=unit.id)))
        found += [
            (job.expected_s, _("{unit} {work} done", unit=unit.id, work=word(name)))
            for name, job in unit.jobs.items()
            if job.progress == "doing" and job.expected_s is not None and name not in ("lift", "load")
        ]
    found += [
        (at, _("path of {unit}", unit=name)) for at, name in view.paths.items() if view.units[name].departed_s is None
    ]
    for dossier in view.dossiers.values():
        found += [
            (job.expected_s, _("{unit} {work} done", unit=dossier.id, work=word(name)))
            for name, job in dossier.jobs.items()
            if job.progress == "doing" and job.expected_s is not None and name != "read"
        ]
    rules = view.level.customs.rules
    found += [
        (view.level.at_s(rule.effective), _("rule {rule} counts", rule=rule.id))
        for rule in rules
        if rule.id in view.rules
    ]
    return min((item for item in found if item[0] >= view.now_s), default=None)
