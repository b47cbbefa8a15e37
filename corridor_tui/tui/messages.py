"""The message log: what happened, in words, with repeats folded, searched and gone back in; it takes in only what is new."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.session.calls import QUIET, TELLING
from corridor_tui.session.wording import clock, event_text
from corridor_tui.tui.completing import things
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import Part, Row, row, wrap

_LOUD = {
    "mistake": "bad", "path_gone": "bad", "detained": "bad", "offered": "warn", "laden": "warn", "emptied": "warn",
    "settled": "warn", "corrected": "warn", "over": "bad", "refused": "bad", "call": "bad", "crane_stopped": "bad",
    "crane_up": "warn", "wind": "warn", "wind_warned": "bad", "cut": "bad", "shortage": "bad", "papers_held": "bad", "delayed": "warn", "line_closed": "bad", "line_opened": "warn", "answered": "warn", "call_missed": "bad",
}  # fmt: skip
KEPT = 2_000
"""How many messages are kept; a busy day of sixteen hours has about 700."""
_FOLD_S = 1_800
"""For how long the same text is folded into what was told before, also where others stand between. Assumed."""
MESSAGE = "message:"
"""What the keys of messages begin with."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A message: its latest event, its text, and how often and since when that was told."""

    number: int
    event: Event
    text: str
    times: int
    since_s: int

    @property
    def key(self) -> str:
        return f"{MESSAGE}{self.number}"


class Messages:
    """Events as rows of a width, the oldest first; at most `KEPT` messages are kept. `mistakes`: whether to show them.

    With `wanted` only messages are shown that have all of its words somewhere in their time or text.
    """

    def __init__(self, level: Level, *, mistakes: bool) -> None:
        self._level = level
        self._hidden = QUIET if mistakes else QUIET | TELLING
        self._read = 0
        self._made = 0
        self._told: deque[tuple[_Told, list[Row]]] = deque(maxlen=KEPT)
        self._width = 0
        self.wanted = ""
        self.found = 0
        """How many messages were shown last."""

    @property
    def count(self) -> int:
        """How many messages there are."""
        return len(self._told)

    def rows(self, events: Sequence[Event], width: int, count: int | None = None) -> list[Row]:
        """The log up to the last event. `count`: how many there were, where only the last are kept."""
        count = len(events) if count is None else count
        if width != self._width:
            self._width = width
            self._told = deque(((told, self._drawn(told)) for told, _rows in self._told), maxlen=KEPT)
        for event in events[max(0, len(events) - (count - self._read)) :]:
            if event.code not in self._hidden:
                self._add(event)
        self._read = count
        words = self.wanted.lower().split()
        shown = [(told, rows) for told, rows in self._told if self._fits(told, words)] if words else self._told
        self.found = len(shown)
        return [_marked(item, words) if words else item for _told, rows in shown for item in rows]

    def event(self, key: str) -> Event | None:
        """The event that a message tells of, of several consignments those that are looked for; None where it is kept no longer."""
        event = next((told.event for told, _rows in self._told if told.key == key), None)
        if event is None or event.code != "lodged":
            return event
        words = self.wanted.lower().split()
        names = str(event.args[0]).split(", ")
        wanted = [name for name in names if any(word in name.lower() for word in words)]
        return event._replace(args=(", ".join(wanted or names), *event.args[1:]))

    def _fits(self, told: _Told, words: Collection[str]) -> bool:
        text = f"{clock(self._level.start_s, told.event.t)} {told.text}".lower()
        return all(word in text for word in words)

    def _add(self, event: Event) -> None:
        if event.code == "lodged":
            event = self._lodged(event)
        text = event_text(event, self._level)
        times, since_s = 1, event.t
        for told, rows in reversed(self._told):
            if told.event.t < event.t - _FOLD_S:
                break
            if told.text == text:
                times, since_s = told.times + 1, told.since_s
                self._told.remove((told, rows))
                break
        self._made += 1
        fresh = _Told(self._made, event, text, times, since_s)
        self._told.append((fresh, self._drawn(fresh)))

    def _lodged(self, event: Event) -> Event:
        """What is lodged for a train at one time and goes into one lane, as one message about all of it."""
        name, *rest = event.args
        for told, rows in reversed(self._told):
            before = told.event
            if before.t < event.t:
                break
            names = str(before.args[0])
            if (before.code, [*before.args[1:]]) == (event.code, rest) and _train(names) == _train(str(name)):
                self._told.remove((told, rows))
                return event._replace(args=(f"{names}, {name}", *rest))
        return event

    def _drawn(self, told: _Told) -> list[Row]:
        text, start_s = told.text, self._level.start_s
        if told.times > 1:
            text += _(" (x{times} since {at})", times=told.times, at=clock(start_s, told.since_s))
        lines = wrap(text, max(10, self._width - 6))
        style = _LOUD.get(told.event.code, "")
        heads = [clock(start_s, told.event.t), *("     " for _line in lines[1:])]
        return [row((f"{head} ", "dim"), (line, style), key=told.key) for head, line in zip(heads, lines, strict=True)]


def _train(consignments: str) -> str:
    """The train of a consignment, or of the last of several."""
    return consignments.rpartition(", ")[2].rpartition("-")[0]


def _marked(item: Row, words: Iterable[str]) -> Row:
    """A row in which what was looked for stands out."""
    looked_for = re.compile("(" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
    parts: list[Part] = [
        (piece, "mark" if place % 2 else span.style)
        for span in item.spans
        for place, piece in enumerate(looked_for.split(span.text))
        if piece
    ]
    return row(*parts, key=item.key)


class MessageLog(Rows):
    """The pane of the log: it goes on with what happens until one goes back in it, and shows only what is looked for."""

    def __init__(self, title: str, history: Messages, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(title, id=id)
        self._plain_title = title
        self.history = history
        self._follows = True

    def draw(self, events: Sequence[Event], count: int) -> None:
        """Draw it up to the last event."""
        keys = [spot.key for spot in self.spots]
        at_end = self._top >= len(self.body) - self.lines
        self._follows = self._follows and (not keys or (self.choice == keys[-1] and at_end))
        rows = self.history.rows(events, self.room, count)
        wanted = self.history.wanted
        about = _("{found} of {all} with: {wanted}", found=self.history.found, all=self.history.count, wanted=wanted)
        self.entitle(f"{self._plain_title}   {about}" if wanted else self._plain_title)
        self.show(rows or [row((_("no message has that"), "dim"))] if wanted else rows)
        if self._follows:
            self.to_end()

    def _keep_choice(self) -> None:
        """What was chosen stays so; where it is gone, the latest is chosen."""
        if self.spots and self.choice not in {spot.key for spot in self.spots}:
            self._choose(self.spots[-1].key)

    def move(self, down: int, aside: int = 0) -> None:
        """Choose another message; on the latest the log goes on with what happens."""
        super().move(down, aside)
        self._follows = not self.spots or self.choice == self.spots[-1].key

    def to_end(self) -> None:
        """Show the latest, and go on with what happens."""
        self._follows = True
        if self.spots:
            self._choose(self.spots[-1].key)
        super().to_end()

    @property
    def event(self) -> Event | None:
        """What the chosen message tells of."""
        return self.history.event(self.choice)

    def look_for(self, wanted: str) -> None:
        """Show only messages with all of some words; with none, all."""
        self.history.wanted = wanted
        self._follows = True


def subject_of(view: View, event: Event) -> str:
    """The train, consignment, track or crane that an event is about: the first one named in it; empty where there is none."""
    known = set(things(view)) | set(view.boxes)
    for arg in event.args:
        for word in str(arg).replace(",", " ").split():
            if word in known:
                return view.boxes[word].consignment if word in view.boxes else word
    return ""
