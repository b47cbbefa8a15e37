"""The rows of the train list and the customs desk."""

from corridor_tui.corridor.chain import (
    Step,
    Wait,
    carrier,
    chain,
    deadline_s,
    goes_over,
    is_load,
    sent_home,
    stands_before,
    waiting,
)
from corridor_tui.corridor.onward import bookings
from corridor_tui.corridor.state import Dossier, Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.plant import Station
from corridor_tui.session.wording import WORDS, clock, day_clock
from corridor_tui.tui.rows import Part, Row, fit, row

_STATE = {
    "done": ("■", "good"),
    "doing": ("▶", "bold"),
    "queued": ("…", "warn"),
    "open": ("○", "warn"),
    "blocked": ("×", "dim"),
    "later": ("·", "dim"),
}
_LANE = {
    "green": ("G", "good"),
    "yellow": ("Y", "warn"),
    "red": ("R", "bad"),
    "blue": ("B", "broad"),
    None: ("-", "dim"),
}
_KIND = {"container": "cont", "through": "thru", "empties": "empt", "rake": "rake", "grain": "bulk"}
_RANK = {"container": 0, "through": 1, "empties": 3, "rake": 2, "grain": 0}
_CAUSE = {
    "track": "a free track", "staff": "people", "crane": "a crane", "silo": "room in the silo", "papers": "its papers", "wagons": "wagons",
    "locomotive": "a locomotive", "path": "its path", "line": "the line",
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


def train_rows(view: View, width: int, since: Since) -> list[Row]:
    """Two lines a train: where it is, what it waits for, its papers and its deadline; below, its chain of work."""
    rows: list[Row] = []
    here = (unit for unit in view.units.values() if unit.gone_s is None)
    for unit in sorted(here, key=lambda unit: _order(unit, view.now_s)):
        head = f"{fit(unit.id, 6)} "
        about = f"{_KIND[unit.kind]} {fit(_place(view, unit), 7)} "
        cleared, (deadline, late) = _cleared(view, unit), _deadline(view, unit)
        tail = f" {cleared} {deadline}" if cleared else f" {deadline}" if deadline else ""
        texts, style = _waits(view, unit, since)
        room = max(4, width - len(head) - len(about) - len(tail))
        text = next((text for text in texts if len(text) <= room), texts[-1])
        rows.append(
            row((head, "train"), (about, "dim"), (fit(text, room), style), (tail, "bad" if late else ""), key=unit.id)
        )
        rows.append(row("  ", *strip(chain(view, unit), width - 2), key=unit.id))
    return rows


def train_told(view: View, name: str, width: int) -> list[Row]:
    """About one train: what it is, the work on it with the times at which it is expected to end, and what is booked for it."""
    unit = view.units.get(name)
    if unit is None:
        return [row(""), row("")]
    title = f"{unit.title}: " if unit.title != unit.id else f"{unit.id}: "
    about = f"{title}{unit.wagons} wagons, {unit.length_m:.0f} m, {unit.gauge} mm, {_load(view, unit)}"
    work = []
    for task, job in unit.jobs.items():
        if job.progress == "doing" and job.expected_s is not None:
            work.append(f"▶ {WORDS.get(task, task)} until {clock(view.level.start_s, job.expected_s)}")
        elif job.progress == "queued":
            work.append(f"… {WORDS.get(task, task)}")
    told = [row((fit(about, width), "dim")), row((fit("   ".join(work), width), "dim"))]
    return [*told, *(row((fit(text, width), "dim")) for text in _booked(view, unit))]


def _load(view: View, unit: Unit) -> str:
    """What stands or lies on a unit."""
    bulk_kg = sum(view.boxes[number].declared_kg for number in unit.boxes if not view.boxes[number].teu)
    return f"{bulk_kg / 1_000:.0f} t of grain in it" if bulk_kg else f"{len(unit.boxes)} containers on it"


MOST_BOOKED = 3
"""How many destinations of a train are told, the most urgent first."""


def _booked(view: View, unit: Unit) -> list[str]:
    """Where what a unit carries goes on to: until when it must leave us, and the sailing booked for it."""
    start_s, route = view.level.start_s, view.level.route
    texts = []
    soonest = sorted(bookings(view, unit).values(), key=lambda told: (told.leave_by_s is None, told.leave_by_s or 0))
    for told in soonest[:MOST_BOOKED]:
        text = route.destinations[told.destination].name
        if told.leave_by_s is not None:
            text += f": leave by {day_clock(start_s, told.leave_by_s)}"
        if told.connection is not None and told.sails_s is not None and told.cutoff_s is not None:
            name = route.connections[told.connection].name
            text += f" for {name} of {day_clock(start_s, told.sails_s)} (closes {day_clock(start_s, told.cutoff_s)})"
        texts.append(text)
    return texts


def _order(unit: Unit, now_s: int) -> tuple[bool, int, int, str]:
    at_s = deadline_s(unit, now_s)
    return (at_s is None, at_s or 0, _RANK[unit.kind], unit.id)


def strip(steps: tuple[Step, ...], width: int) -> list[Part]:
    """A chain of work: a glyph a stage with its word; words of what is done, then of what is far off, give way to room."""
    words = [step.name for step in steps]
    order = [place for place, step in enumerate(steps) if step.state == "done"]
    order += [place for place in reversed(range(len(steps))) if steps[place].state == "later"]
    for place in order:
        if sum(len(word) + 2 if word else 1 for word in words) <= width:
            break
        words[place] = ""
    parts: list[Part] = []
    for step, word in zip(steps, words, strict=True):
        glyph, style = _STATE[step.state]
        parts.append((f"{glyph}{word} " if word else glyph, style))
    return parts


def _loop(view: View, unit: Unit) -> Station | None:
    """The loop in which a train stands, if it does."""
    at = view.level.tracks.get(unit.place or "")
    return at[0] if at is not None and at[0].role == "loop" else None


def _place(view: View, unit: Unit) -> str:
    if (loop := _loop(view, unit)) is not None:
        return loop.id
    if unit.moving:
        return f"→{unit.to}"
    return "gone" if unit.departed_s is not None and not goes_over(unit) else unit.place or "-"


def _cleared(view: View, unit: Unit) -> str:
    """Consignments released, of how many, on what carries the load."""
    names = {view.boxes[number].consignment for number in unit.boxes}
    if is_load(unit) and not unit.did("lift"):
        names = set(view.cargo.get(unit.id, ()))
    done = sum(view.dossiers[name].state == "released" for name in names)
    return f"✓{done}/{len(names)}" if names else ""


def _waits(view: View, unit: Unit, since: Since) -> tuple[list[str], str]:
    """What a unit is at or waits for, from the longest wording to the shortest, and its style."""
    if unit.moving:
        return _under_way(view, unit)
    if unit.kind in ("rake", "empties") and unit.partner is None:
        return _empty_rake(unit)
    busy = unit.busy()
    if busy == "lift" and unit.kind == "grain" and not view.silo.full:
        return [f"unloading, {unit.left} of {unit.total} wagons left", f"unloading, {unit.left} left"], ""
    if busy == "lift" and unit.left and unit.kind == "container":
        return [f"lifting, {unit.left} of {unit.total} left", f"lifting, {unit.left} left"], ""
    if busy not in (None, "load", "lift"):
        return [WORDS.get(busy, busy)], ""
    if sent_home(unit):
        return (
            (["waits for a locomotive"], "")
            if unit.loco == "called"
            else (["emptied: send it home", "send it home"], "warn")
        )
    wait = waiting(view, unit)
    if wait.cause == "work":
        return ["loading" if busy == "load" else "at work"], ""
    if wait.cause == "neighbour":
        return _for_neighbour(unit)
    at = clock(view.level.start_s, since.note(unit.id, wait, view.now_s))
    if wait.cause == "trainee":
        return [
            f"waits for your order ({wait.desk}) since {at}",
            f"your order ({wait.desk}) since {at}",
            f"YOU: {wait.desk} {at}",
            f"YOU since {at}",
        ], "warn"
    what = _CAUSE[wait.cause]
    return [f"waits for {what} since {at}", f"{what} since {at}", f"{what} {at}"], ""


def _under_way(view: View, unit: Unit) -> tuple[list[str], str]:
    loop = _loop(view, unit)
    if unit.waiting_at is None:
        return ["under way"], ""
    if loop is None:
        return ["stopped at a signal"], "warn"
    if unit.id in view.knot:
        return [f"caught at {loop.name} in a knot", "in a knot"], "bad"
    if stands_before(view, unit):
        return [f"waits at {loop.name}: track {unit.accepted} is held", f"track {unit.accepted} is held"], "warn"
    other = unit.meets.get(loop.id, "the line")
    return [f"waits at {loop.name} for {other}", f"waits for {other}"], "warn"


def _for_neighbour(unit: Unit) -> tuple[list[str], str]:
    if unit.arrived_s is not None:
        return ["the neighbour takes no more such trains now", "the neighbour takes no more", "neighbour full"], "warn"
    return ["not offered by the neighbour yet", "not offered yet"], "dim"


def _empty_rake(unit: Unit) -> tuple[list[str], str]:
    if unit.arrived_s is not None:
        return (
            ([WORDS.get(busy, busy)], "")
            if (busy := unit.busy())
            else (["empty wagons, ready for a load", "empty, ready"], "dim")
        )
    if unit.kind == "rake" and unit.called_s is None:
        return ["in the park: call it when you need wagons", "in the park"], "dim"
    return (
        (["offered: accept it"], "warn")
        if unit.offered_s is not None and unit.accepted is None
        else (["announced"], "dim")
    )


def _deadline(view: View, unit: Unit) -> tuple[str, bool]:
    """The next moment that matters to a unit, and whether it has passed."""
    start_s = view.level.start_s
    if unit.due_there_s is not None and unit.departed_s is not None:
        late = view.now_s > unit.due_there_s
        return f"{'LATE' if late else 'due'} {clock(start_s, unit.due_there_s)}", late
    if unit.departed_s is not None or sent_home(unit):
        return "", False
    if unit.path_s is not None:
        return f"path {clock(start_s, unit.path_s)}", view.now_s > unit.path_s
    if unit.offered_s is None and unit.arrived_s is None and unit.planned_s is not None:
        return f"at {clock(start_s, unit.advised_s or unit.planned_s)}", False
    if unit.leave_by_s is not None and deadline_s(unit, view.now_s) == unit.leave_by_s:
        return f"by {clock(start_s, unit.leave_by_s)}", False
    if unit.due_s is not None:
        late = view.now_s > unit.due_s
        return f"{'LATE' if late else 'due'} {clock(start_s, unit.due_s)}", late
    return "", False


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


def customs_rows(view: View, width: int) -> list[Row]:
    """The consignments, those that need a decision first."""
    holds = holding(view)
    dossiers = [view.dossiers[name] for names in view.cargo.values() for name in names]
    rows = []
    for dossier in sorted(dossiers, key=lambda item: (item.id not in holds, _urgency(item), _due(view, item), item.id)):
        letter, style = _LANE[dossier.lane]
        what, look = _clearing(dossier)
        one, many = ("box", "boxes") if view.boxes[dossier.boxes[0]].teu else ("wagon", "wagons")
        tail = f" {len(dossier.boxes)} {one if len(dossier.boxes) == 1 else many}"
        held = " HOLDS ITS TRAIN" if dossier.id in holds else ""
        held = held if len(held) + len(what) + len(tail) + 21 < width else " HOLDS" if held else ""
        room = max(4, width - 20 - len(tail) - len(held))
        rows.append(
            row(
                (f"{fit(dossier.id, 9)} ", ""), (fit(f"{letter} {dossier.lane or '-'}", 9), style), (" ", ""),
                (fit(what, room), look), (held, "warn"), (fit(tail, len(tail)), "dim"), key=dossier.id,
            )
        )  # fmt: skip
    return rows


def _urgency(dossier: Dossier) -> int:
    if dossier.state == "lodged":
        busy = dossier.finding is not None or any(job.progress != "done" for job in dossier.jobs.values())
        busy = busy and not _unsampled(dossier)
        return 2 if busy else 0 if dossier.lane in ("yellow", "red") or dossier.findings else 1
    return {"releasing": 3, "expected": 4}.get(dossier.state, 5)


def _due(view: View, dossier: Dossier) -> int:
    due = view.units[dossier.train].due_s
    return 10**9 if due is None else due


def _clearing(dossier: Dossier) -> tuple[str, str]:
    if dossier.state != "lodged":
        if "audit" in dossier.seen:
            result = dossier.seen["audit"]
            return f"✓ released; audit: {WORDS.get(result, result)}", "good" if result == "clean" else "bad"
        words = {
            "expected": "papers not here yet",
            "releasing": "officer reads it",
            "released": "✓ released",
            "detained": "✕ detained",
        }
        return words[dossier.state], {"released": "good", "detained": "bad"}.get(dossier.state, "dim")
    if dossier.finding is not None:
        return f"finding ({dossier.finding.rule}) awaits its answer", ""
    for task, job in dossier.jobs.items():
        if job.progress != "done":
            return f"{WORDS.get(task, task)}{', queued' if job.progress == 'queued' else ''}", ""
    if dossier.corrected:
        return "○ corrected: release it", "warn"
    if dossier.findings and dossier.findings[-1].outcome == "upheld":
        return "finding stands: being corrected", ""
    return f"○ {_decide(dossier)}", "warn"


def _unsampled(dossier: Dossier) -> bool:
    return dossier.sample == "wanted" and "sample" not in dossier.jobs


def _decide(dossier: Dossier) -> str:
    if _unsampled(dossier):
        return "plant health wants a sample"
    seen = ", ".join(f"{WORDS.get(rung, rung)}: {result}" for rung, result in dossier.seen.items())
    if dossier.lane == "yellow" and not dossier.did("check"):
        return "have it checked first"
    if dossier.lane == "red" and not (dossier.did("open") or dossier.did("scan") or dossier.did("unload")):
        return "have it opened or scanned first"
    done = "checked; compare its papers" if dossier.did("check") and not seen else seen
    return f"{done}: decide" if done else "release, or look into it"
