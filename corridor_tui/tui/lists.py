"""The rows of the train list and the customs desk."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rich.cells import cell_len

from corridor_tui.corridor.chain import (
    Step,
    chain,
)
from corridor_tui.corridor.onward import bookings
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import NP_, _, ngettext
from corridor_tui.level.road import Regime
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.deadlines import deadline
from corridor_tui.session.status import (
    Since,
    alike_texts,
    by_urgency,
    cleared,
    clearing,
    holding,
    load_text,
    place_of,
    waits,
)
from corridor_tui.session.wording import KINDS, STAGES, day_clock, word
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row, wrap

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
_KIND = {
    "container": NP_("four letters", "cont"),
    "through": NP_("four letters", "thru"),
    "empties": NP_("four letters", "empt"),
    "rake": NP_("four letters", "rake"),
    "grain": NP_("four letters", "bulk"),
    "export": NP_("four letters", "expo"),
}
_FAIR, _ROOMY = 70, 78
"""From how many cells on places, and then kinds of trains too, are told in whole words."""


NO_PARKS: Mapping[str, Sequence[str]] = MappingProxyType({})


def train_rows(
    view: View, width: int, since: Since, units: Iterable[Unit], parks: Mapping[str, Sequence[str]] = NO_PARKS
) -> list[Row]:
    """Two lines a train: where it is, what it waits for, its papers and its deadline; below, its chain of work.

    `parks`: all that stand in a park with a rake that is listed alone for them.
    """
    rows: list[Row] = []
    breadth = max(cell_len(_(kind)) for kind in KINDS.values())
    for unit in units:
        head = f"{fit(unit.id, 6)} "
        kind = fit(_(KINDS[unit.kind]), breadth) if width >= _ROOMY else fit(_(_KIND[unit.kind]), 4)
        place = fit(place_of(view, unit), 12 if width >= _ROOMY else 9 if width >= _FAIR else 8)
        about = f"{kind} {place} "
        papers, (until, late) = cleared(view, unit), deadline(view, unit)
        tail = f" {papers} {until}" if papers else f" {until}" if until else ""
        texts, style = waits(view, unit, since)
        texts = alike_texts(parks[unit.id]) if len(parks.get(unit.id, ())) > 1 else texts
        room = max(4, width - cell_len(head) - cell_len(about) - cell_len(tail))
        text = next((text for text in texts if cell_len(text) <= room), texts[-1])
        rows.append(
            row((head, "train"), (about, "dim"), (fit(text, room), style), (tail, "bad" if late else ""), key=unit.id)
        )
        rows.append(row("  ", *strip(chain(view, unit), width - 2), key=unit.id))
    return rows


def train_told(view: View, name: str, width: int, parks: Mapping[str, Sequence[str]] = NO_PARKS) -> list[Row]:
    """About one train: what it is, the work on it with the times at which it is expected to end, and what is booked for it."""
    unit = view.units.get(name)
    if unit is None:
        return [row(""), row("")]
    about = _(
        "{unit}: {wagons}, {length:.0f} m, {gauge} mm",
        unit=unit.title,
        wagons=ngettext("{n} wagon", "{n} wagons", unit.wagons),
        length=unit.length_m,
        gauge=unit.gauge,
    )
    about += _(", {load}", load=load) if (load := load_text(view, unit)) else ""
    if others := [other for other in parks.get(name, ()) if other != name]:
        about += _("; with it there: {rakes}", rakes=", ".join(others))
    work = []
    for task, job in unit.jobs.items():
        if job.progress == "doing" and job.expected_s is not None:
            work.append(_("▶ {work} until ~{at}", work=word(task), at=told_clock(view, job.expected_s)))
        elif job.progress == "queued":
            work.append(f"… {word(task)}")
    told = [row((line, "dim")) for line in (wrap(about, width) if not work else [fit(about, width)])[:2]]
    told += [row((fit("   ".join(work), width), "dim"))] * (len(told) == 1)
    return [*told, *(row((fit(text, width), "dim")) for text in _booked(view, unit))]


MOST_BOOKED = 3
"""How many destinations of a train are told, the most urgent first."""


def _booked(view: View, unit: Unit) -> list[str]:
    """Where what a unit carries goes on to: until when it must leave us, and the sailing booked for it."""
    start_s, route = view.level.start_s, view.level.route
    texts = []
    soonest = sorted(bookings(view, unit).values(), key=lambda told: (told.leave_by_s is None, told.leave_by_s or 0))
    for told in soonest[:MOST_BOOKED]:
        text = str(route.destinations[told.destination].name)
        if told.leave_by_s is not None:
            text = _("{place}: leave by {at}", place=text, at=day_clock(start_s, told.leave_by_s))
        if told.connection is not None and told.sails_s is not None and told.cutoff_s is not None:
            name = route.connections[told.connection].name
            text += _(
                " for {connection} of {sails} (closes {closes})",
                connection=name,
                sails=day_clock(start_s, told.sails_s),
                closes=day_clock(start_s, told.cutoff_s),
            )
        texts.append(text)
    return texts


def strip(steps: tuple[Step, ...], width: int) -> list[Part]:
    """A chain of work: a glyph a stage with its word; words of what is done, then of what is far off, give way to room, and
    what is last and without a word is counted.
    """
    words = [_(STAGES[step.name]) for step in steps]
    order = [place for place, step in enumerate(steps) if step.state == "done"]
    order += [place for place in reversed(range(len(steps))) if steps[place].state == "later"]
    parts = _strip(steps, words)
    for place in order:
        if cells_of(parts) <= width:
            break
        words[place] = ""
        parts = _strip(steps, words)
    return parts


def _strip(steps: tuple[Step, ...], words: list[str]) -> list[Part]:
    end = len(steps)
    while end and steps[end - 1].state == "later" and not words[end - 1]:
        end -= 1
    parts: list[Part] = []
    for step, name in zip(steps[:end], words, strict=False):
        glyph, style = _STATE[step.state]
        parts.append((f"{glyph}{name} " if name else glyph, style))
    return [*parts, (f"+{len(steps) - end}", "dim")] if end < len(steps) else parts


def customs_rows(view: View, width: int) -> list[Row]:
    """The consignments, those that need a decision first."""
    holds = holding(view)
    rows = []
    for dossier in by_urgency(view):
        letter, style = _LANE[dossier.lane]
        what, look = clearing(view, dossier)
        if view.level.road is not None:
            what = f"{REGIMES[dossier.regime]} {what}"
        count = len(dossier.boxes)
        boxed = bool(view.boxes[dossier.boxes[0]].teu)
        tail = " " + (ngettext("{n} box", "{n} boxes", count) if boxed else ngettext("{n} wagon", "{n} wagons", count))
        held = ""
        if dossier.id in holds:
            held = _(" HOLDS ITS TRAIN")
            held = held if cell_len(held + what + tail) + 21 < width else _(" HOLDS")
        lane = "-" if dossier.lane is None else word(dossier.lane)
        room = max(4, width - 20 - cell_len(tail) - cell_len(held))
        rows.append(
            row(
                (f"{fit(dossier.id, 9)} ", ""), (fit(f"{letter} {lane}", 9), style), (" ", ""),
                (fit(what, room), look), (held, "warn"), (tail, "dim"), key=dossier.id,
            )
        )  # fmt: skip
    return rows
