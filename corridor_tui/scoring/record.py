"""One pass over the events of a run: everything the losses and measures are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corridor_tui.corridor.chain import goes_over
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import Library, View
from corridor_tui.corridor.work import POOL_OF
from corridor_tui.level.model import Level
from corridor_tui.scoring.dwell import Dwells, Span

RUNGS = ("check", "request", "scan", "open", "unload")
_LIFTS = frozenset({"lifting", "lifted"})


@dataclass(slots=True)
class Record:
    """What happened in a run, gathered for the scoring. Times are seconds of the shift."""

    view: View
    over_s: int | None = None
    closed_s: int = 0
    dwells: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    audit: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    mistakes: list[tuple[str, str, int]] = field(default_factory=list)
    rungs: list[tuple[str, str, int]] = field(default_factory=list)
    """Consignment, rung climbed (raising its lane included), second."""
    lanes: dict[str, str] = field(default_factory=dict)
    """The lane that the risk engine gave each consignment."""
    settled: list[tuple[str, str, int]] = field(default_factory=list)
    lifted_s: dict[str, int] = field(default_factory=dict)
    lifts: int = 0
    officer_s: int = 0
    shunts: int = 0
    loco_on_s: dict[str, int] = field(default_factory=dict)
    paired_s: dict[str, int] = field(default_factory=dict)
    emptied_s: dict[str, int] = field(default_factory=dict)
    cargo_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each load's carrier had on it when it left."""
    left_at_over: int = 0
    failed_calls: list[tuple[str, str | None, int]] = field(default_factory=list)
    """Calls answered wrongly, with the word, or not at all; and when."""

    @property
    def end_s(self) -> int:
        """The end of the shift."""
        return self.closed_s if self.over_s is None else self.over_s


def gather(level: Level, events: Sequence[Event], library: Library) -> Record:
    """Fold a run's events."""
    record = Record(View(level, library))
    dwells, view = Dwells(), record.view
    second, stale = 0, False
    for event in events:
        if event.t != second:
            if stale:
                dwells.look(view, second)
                stale = False
            second = event.t
        _note(record, event)
        view.apply(event)
        if event.code not in _LIFTS:
            stale = True
        elif event.code == "lifted":
            record.lifts += 1
            record.lifted_s[str(event.args[1])] = event.t
        elif view.cranes[str(event.args[0])].lifts == 0:
            stale = True
    dwells.look(view, second)
    record.dwells = dwells.close(record.closed_s)
    return record


def _note(record: Record, event: Event) -> None:
    note = _NOTES.get(event.code)
    if note is not None:
        note(record, event)


def _over(record: Record, event: Event) -> None:
    view = record.view
    record.over_s = event.t
    gone = sum(len(boxes) for boxes in record.cargo_out.values())
    record.left_at_over = sum(unit.total for unit in view.units.values()) - gone


def _closed(record: Record, event: Event) -> None:
    record.closed_s = event.t


def _audited(record: Record, event: Event) -> None:
    family = event.args[2]
    record.audit[str(event.args[0])] = (str(event.args[1]), None if family is None else str(family))


def _mistake(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.mistakes.append((str(event.args[0]), str(event.args[1]), event.t))


def _started(record: Record, event: Event) -> None:
    subject, task = str(event.args[0]), str(event.args[1])
    if task == "shunt":
        record.shunts += 1
    if task in RUNGS and subject in record.view.dossiers and record.over_s is None:
        record.rungs.append((subject, task, event.t))


def _done(record: Record, event: Event) -> None:
    subject, task = str(event.args[0]), str(event.args[1])
    if POOL_OF.get(task) == "officers":
        record.officer_s += event.t - record.view.dossiers[subject].jobs[task].since_s


def _detained(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.rungs.append((str(event.args[0]), "detain", event.t))


def _lodged(record: Record, event: Event) -> None:
    record.lanes[str(event.args[0])] = str(event.args[1])


def _lane(record: Record, event: Event) -> None:
    if record.over_s is None and event.args[1] in ("yellow", "red"):
        record.rungs.append((str(event.args[0]), "lane", event.t))


def _settled(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.settled.append((str(event.args[0]), str(event.args[1]), event.t))


def _loco_on(record: Record, event: Event) -> None:
    record.loco_on_s[str(event.args[0])] = event.t


def _paired(record: Record, event: Event) -> None:
    if event.args[1] is not None:
        record.paired_s[str(event.args[1])] = event.t


def _emptied(record: Record, event: Event) -> None:
    record.emptied_s[str(event.args[0])] = event.t


def _answered(record: Record, event: Event) -> None:
    if not event.args[2] and record.over_s is None:
        record.failed_calls.append((str(event.args[0]), str(event.args[1]), event.t))


def _call_missed(record: Record, event: Event) -> None:
    if record.over_s is None:
        record.failed_calls.append((str(event.args[0]), None, event.t))


def _departed(record: Record, event: Event) -> None:
    unit = record.view.units[str(event.args[0])]
    if unit.kind == "through":
        record.cargo_out[unit.id] = tuple(unit.boxes)
    elif not goes_over(unit) and unit.partner is not None:
        record.cargo_out[unit.partner] = tuple(unit.boxes)


_NOTES = {
    "over": _over,
    "closed": _closed,
    "audited": _audited,
    "mistake": _mistake,
    "started": _started,
    "done": _done,
    "detained": _detained,
    "lodged": _lodged,
    "lane": _lane,
    "settled": _settled,
    "loco_on": _loco_on,
    "paired": _paired,
    "emptied": _emptied,
    "departed": _departed,
    "answered": _answered,
    "call_missed": _call_missed,
}
