"""A run played back: its view at any second, what is worth looking at, and a new run from there.

The view of a second is folded anew from the start of the shift: a day of two hundred trains is some thousand events and
takes less time than to copy a view that was put aside.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Self, TypeAlias

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.scoring.score import Reason, Score
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.journal import GUIDE, Given
from corridor_tui.session.marks import Mark
from corridor_tui.session.result import Result
from corridor_tui.session.run import Run, RunError, check_kept, level_of, new_key, rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import event_text

Kind: TypeAlias = Literal["order", "refusal", "delay", "miss", "alarm", "meet", "mark", "mistake", "call", "end"]
KINDS: tuple[Kind, ...] = ("order", "refusal", "meet", "mark", "call", "delay", "alarm", "miss", "mistake", "end")
"""The kinds of markers, the gravest last."""
_OF_EVENTS: dict[str, Kind] = {
    "refused": "refusal",
    "meet_set": "meet",
    "call": "call",
    "call_missed": "call",
    "mistake": "mistake",
    "deadlock": "mistake",
    "over": "end",
}
_MISSES = frozenset({"miss", "undecided"})


@dataclass(frozen=True, slots=True)
class Marker:
    """A second worth looking at, what kind of thing happened, and in one line what it was.

    `set_since`: the mark itself, where it was set after the shift.
    """

    t: int
    kind: Kind
    text: str
    set_since: Mark | None = None


class Replay:
    """A run played back. `now_s` is the first second not yet shown, as in a shift; `view` is what the desks knew then.

    With its score the delays, misses and false alarms are marked too; `marks` are what was marked after the shift.
    """

    def __init__(self, run: Run, score: Score | None = None, marks: Iterable[Mark] = ()) -> None:
        check_kept(level_of(run))
        shift = rebuild(run)
        self.run = run
        self.level = shift.level
        self.played_s = shift.now_s
        """How far the trainee was at the desk."""
        if run.ended:
            shift.close()
        self.events: tuple[Event, ...] = tuple(shift.events)
        self.end_s = max(shift.now_s, self.events[-1].t + 1)
        self._times = [event.t for event in self.events]
        self.scenario = shift.scenario
        self._of_run = _markers(shift, run, score)
        self.marks = tuple(marks)
        self.seen = 0
        """How many events have been shown."""
        self.now_s = 0
        self.view = View(self.level, self.scenario)
        self.jump(1)

    @classmethod
    def of(cls, result: Result) -> Self:
        """A finished run with all that is marked in it; raises `RunError`."""
        return cls(result.run, result.score, result.marks)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was marked after the shift, in the order of its seconds."""
        return self._marks

    @marks.setter
    def marks(self, marks: Iterable[Mark]) -> None:
        self._marks = tuple(sorted(marks))
        set_since = [Marker(mark.t, "mark", f"{mark.who}: {mark.words}", mark) for mark in self._marks]
        found = [*self._of_run, *set_since]
        self.markers = tuple(sorted(found, key=lambda marker: (marker.t, KINDS.index(marker.kind))))
        """What is worth looking at, in the order of its seconds."""

    @property
    def shown(self) -> tuple[Event, ...]:
        """The events up to now."""
        return self.events[: self.seen]

    def jump(self, to_s: int) -> None:
        """Show another second, before or after this one; one outside the run is brought to its end."""
        to_s = max(1, min(to_s, self.end_s))
        if to_s < self.now_s:
            self.view, self.seen = View(self.level, self.scenario), 0
        until = bisect_left(self._times, to_s)
        view = self.view
        for event in self.events[self.seen : until]:
            apply(view, event)
        self.seen, self.now_s = until, to_s
        if to_s - 1 > view.now_s:
            view.tell_time(to_s - 1)

    def marker(self, way: int, least: Kind = "order") -> Marker | None:
        """The next marker after now (`way` 1) or the last before it (-1) that is at least as grave as a kind."""
        grave = [marker for marker in self.markers if KINDS.index(marker.kind) >= KINDS.index(least)]
        if way > 0:
            return next((marker for marker in grave if marker.t >= self.now_s), None)
        return next((marker for marker in reversed(grave) if marker.t < self.now_s - 1), None)

    def branch(self, trainee: str, started_ms: int) -> Run:
        """A new run that takes the desk over at this second: the same orders until then, the same future in store.

        Raises `RunError` where the trainee was not at the desk any more.
        """
        if self.now_s > self.played_s:
            raise RunError(_("the shift was over by then: go back to a second at which the trainee was at the desk"))
        given = tuple(one for one in self.run.given if one.t < self.now_s)
        return replace(
            self.run,
            key=new_key(),
            trainee=trainee,
            started_ms=started_ms,
            branch=f"{self.run.key}@{self.now_s}",
            given=given,
            clock_s=self.now_s,
            ended=False,
        )


def _markers(shift: Shift, run: Run, score: Score | None) -> list[Marker]:
    level = shift.level
    markers = [
        Marker(event.t, _OF_EVENTS[event.code], event_text(event, level))
        for event in shift.events
        if event.code in _OF_EVENTS and (event.code != "refused" or str(event.args[0]) in shift.desks)
    ]
    refused = {(marker.t, marker.kind) for marker in markers}
    told = (given for given in run.given if not given.text.startswith(GUIDE))
    markers += [_of_given(given) for given in told if not (given.heard and (given.t, "refusal") in refused)]
    for reason in () if score is None else score.reasons:
        kind = _kind(reason)
        if kind is not None:
            markers.append(Marker(reason.from_s, kind, f"{reason_text(reason, level)} (-{reason.loss:.1f})"))
    return markers


def _of_given(given: Given) -> Marker:
    if given.mark:
        return Marker(given.t, "mark", given.mark)
    return (
        Marker(given.t, "order", given.text)
        if given.heard
        else Marker(given.t, "refusal", _("no order: {order}", order=given.text))
    )


def _kind(reason: Reason) -> Kind | None:
    if reason.component == "detection":
        return "miss" if reason.code in _MISSES else "alarm"
    return "delay" if reason.component == "time" else None
