"""The rows of the train list and the customs desk."""

from collections.abc import Iterable

from corridor_tui.corridor.chain import (
    Step,
    chain,
)
from corridor_tui.corridor.onward import bookings
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.road import Regime
from corridor_tui.session.status import Since, by_urgency, cleared, clearing, deadline, holding, place_of, waits
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
REGIMES: dict[Regime, str] = {"transit": "→ TR", "import": "▼ IM", "bonded": "▣ BW", "export": "▲ EX"}
"""The procedure of a consignment by sign and letters: goes through, comes in, into the bonded warehouse, goes out."""
_KIND = {"container": "cont", "through": "thru", "empties": "empt", "rake": "rake", "grain": "bulk"}


def train_rows(view: View, width: int, since: Since, units: Iterable[Unit]) -> list[Row]:
    """Two lines a train: where it is, what it waits for, its papers and its deadline; below, its chain of work."""
    rows: list[Row] = []
    for unit in units:
        head = f"{fit(unit.id, 6)} "
        about = f"{_KIND[unit.kind]} {fit(place_of(view, unit), 7)} "
        papers, (until, late) = cleared(view, unit), deadline(view, unit)
        tail = f" {papers} {until}" if papers else f" {until}" if until else ""
        texts, style = waits(view, unit, since)
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


def customs_rows(view: View, width: int) -> list[Row]:
    """The consignments, those that need a decision first."""
    holds = holding(view)
    rows = []
    for dossier in by_urgency(view):
        letter, style = _LANE[dossier.lane]
        what, look = clearing(dossier)
        if view.level.road is not None:
            what = f"{REGIMES[dossier.regime]} {what}"
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
