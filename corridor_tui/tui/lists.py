"""The rows of the train list, the customs desk and the messages."""

from collections.abc import Iterable

from corridor_tui.corridor.chain import chain, waiting
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.state import Dossier, Unit
from corridor_tui.corridor.view import View
from corridor_tui.session.wording import WORDS, clock, event_text
from corridor_tui.tui.rows import Row, fit, row

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


class Since:
    """Remembers since when each train waits for the same thing."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, int]] = {}

    def note(self, name: str, what: str, now_s: int) -> int:
        """Minutes for which it has been waiting for this."""
        before = self._held.get(name)
        if before is None or before[0] != what:
            self._held[name] = (what, now_s)
            return 0
        return (now_s - before[1]) // 60


def train_rows(view: View, width: int, since: Since) -> list[Row]:
    """Two lines a train: what it waits for and its deadline, and its chain of work."""
    start_s = view.level.start_s
    rows: list[Row] = []
    for unit in _in_order(view):
        wait, style = _waits(view, unit, since)
        place = unit.place or "-"
        head = f"{unit.id:<6} {place:<6} "
        deadline = _deadline(unit, start_s)
        room = max(4, width - len(head) - len(deadline) - 1)
        rows.append(row((head, "train"), (fit(wait, room), style), (f" {deadline}", ""), key=unit.id))
        strip: list[str | tuple[str, str]] = [" "]
        for step in chain(view, unit):
            glyph, look = _STATE[step.state]
            strip.append((f"{glyph}{step.name} ", look))
        rows.append(row(*strip, key=unit.id))
    return rows


def _in_order(view: View) -> list[Unit]:
    units = [unit for unit in view.units.values() if unit.gone_s is None]
    return sorted(units, key=lambda unit: (unit.due_s is None, unit.due_s or 0, unit.id))


def _waits(view: View, unit: Unit, since: Since) -> tuple[str, str]:
    if unit.moving:
        halt = " - stopped at a signal" if unit.waiting_at else ""
        return f"on its way to {unit.to}{halt}", "warn" if halt else ""
    if unit.kind in ("rake", "empties") and unit.partner is None:
        if unit.called_s is None and unit.arrived_s is None and unit.kind == "rake":
            return "in the park: call it when you need wagons", "dim"
        return (
            ("empty, ready for a load", "dim")
            if unit.loco == "none" and unit.arrived_s is not None
            else ("coming in", "dim")
        )
    if unit.kind == "container" and unit.did("lift"):
        busy = unit.busy()
        return f"emptied: {WORDS.get(busy, busy) if busy else 'send it home'}", ""
    wait = waiting(view, unit)
    minutes = since.note(unit.id, f"{wait.cause}{wait.desk}", view.now_s)
    if wait.cause == "work":
        busy = unit.busy()
        return (WORDS.get(busy, busy) if busy else "at work"), ""
    what = f"your order, {wait.desk}" if wait.cause == "trainee" else wait.cause
    return f"waits {minutes} min: {what}", "warn" if wait.cause == "trainee" else ""


def _deadline(unit: Unit, start_s: int) -> str:
    parts = []
    if unit.path_s is not None:
        parts.append(f"path {clock(start_s, unit.path_s)}")
    if unit.due_s is not None:
        parts.append(f"due {clock(start_s, unit.due_s)}")
    elif unit.planned_s is not None and unit.offered_s is None:
        parts.append(f"at {clock(start_s, unit.planned_s)}")
    return " ".join(parts[:1])


def customs_rows(view: View, width: int) -> list[Row]:
    """The consignments, those that need a decision first."""
    dossiers = [dossier for names in view.cargo.values() for dossier in (view.dossiers[name] for name in names)]
    rows = []
    for dossier in sorted(dossiers, key=lambda item: (_rank(item), _due(view, item), item.id)):
        letter, style = _LANE[dossier.lane]
        what, look = _clearing(dossier)
        head = f"{fit(dossier.id, 9)} "
        tail = f" {len(dossier.boxes)} box{'es' if len(dossier.boxes) > 1 else ''}"
        lane = fit(f"{letter} {dossier.lane or 'expected'}", 9)
        room = max(4, width - len(head) - 9 - len(tail) - 1)
        rows.append(row(head, (lane, style), (fit(f" {what}", room), look), (tail, "dim"), key=dossier.id))
    return rows


def _rank(dossier: Dossier) -> int:
    if dossier.state == "lodged":
        return 0 if dossier.lane in ("yellow", "red") else 1
    return {"releasing": 2, "expected": 3}.get(dossier.state, 4)


def _due(view: View, dossier: Dossier) -> int:
    due = view.units[dossier.train].due_s
    return 10**9 if due is None else due


def _clearing(dossier: Dossier) -> tuple[str, str]:
    if dossier.state != "lodged":
        words = {
            "expected": "papers not here yet",
            "releasing": "officer reads it",
            "released": "✓ released",
            "detained": "✕ detained",
        }
        return words[dossier.state], {"released": "good", "detained": "bad"}.get(dossier.state, "dim")
    if dossier.finding is not None:
        return f"finding: {dossier.finding.rule}, answer awaited", "warn"
    for task, job in dossier.jobs.items():
        if job.progress != "done":
            return f"{WORDS.get(task, task)}{' queued' if job.progress == 'queued' else ''}", ""
    if dossier.corrected:
        return "corrected: release it", "warn"
    if dossier.findings and dossier.findings[-1].outcome == "upheld":
        return "finding stands, correction awaited", ""
    seen = " ".join(f"{rung}:{result}" for rung, result in dossier.seen.items())
    done = "checked" if dossier.did("check") else ""
    return " ".join(part for part in ("decide", done, seen) if part), "warn"


_LOUD = {"mistake": "bad", "refused": "bad", "path_gone": "bad", "offered": "warn", "laden": "warn", "emptied": "warn",
         "settled": "warn", "corrected": "warn", "over": "bad"}  # fmt: skip
_QUIET = frozenset({"ordered", "already", "routed", "releasing", "handed_over", "started", "moving", "loco_called"})


def message_rows(messages: Iterable[Event], start_s: int, width: int) -> list[Row]:
    """The log, newest last; lines that only repeat what was ordered are left out, and repeats are folded."""
    rows: list[Row] = []
    last, times = "", 1
    for event in messages:
        if event.code in _QUIET:
            continue
        text = event_text(event, start_s)
        times = times + 1 if text == last else 1
        if text == last:
            rows.pop()
        last = text
        shown = f"{text} (x{times})" if times > 1 else text
        style = _LOUD.get(event.code, "")
        rows.append(row((f"{clock(start_s, event.t)} ", "dim"), (fit(shown, max(1, width - 6)), style)))
    return rows
