"""The message log: what happened, in words, with repeats folded; it takes in only what is new."""

from collections.abc import Sequence

from corridor_tui.corridor.events import Event
from corridor_tui.level.model import Level
from corridor_tui.session.calls import QUIET, TELLING
from corridor_tui.session.wording import clock, event_text
from corridor_tui.tui.rows import Row, row, wrap

_LOUD = {
    "mistake": "bad", "path_gone": "bad", "detained": "bad", "offered": "warn", "laden": "warn", "emptied": "warn",
    "settled": "warn", "corrected": "warn", "over": "bad", "refused": "bad", "call": "bad", "crane_stopped": "bad",
    "crane_up": "warn", "wind": "warn", "wind_warned": "bad", "cut": "bad", "shortage": "bad", "papers_held": "bad", "answered": "warn", "call_missed": "bad",
}  # fmt: skip
KEPT = 300


class Messages:
    """Events as rows of a width, the oldest first; at most `KEPT` messages are kept. `mistakes`: whether to show them."""

    def __init__(self, level: Level, *, mistakes: bool) -> None:
        self._level = level
        self._hidden = QUIET if mistakes else QUIET | TELLING
        self._read = 0
        self._texts: list[tuple[Event, str, int]] = []
        self._width = 0
        self._rows: list[list[Row]] = []

    def rows(self, events: Sequence[Event], width: int, count: int | None = None) -> list[Row]:
        """The log up to the last event. `count`: how many there were, where only the last are kept."""
        count = len(events) if count is None else count
        if width != self._width:
            self._width = width
            self._rows = [self._drawn(*item) for item in self._texts]
        for event in events[max(0, len(events) - (count - self._read)) :]:
            if event.code not in self._hidden:
                self._add(event)
        self._read = count
        del self._texts[:-KEPT], self._rows[:-KEPT]
        return [item for rows in self._rows for item in rows]

    def _add(self, event: Event) -> None:
        text = event_text(event, self._level)
        times = 1
        if self._texts and self._texts[-1][1] == text:
            times = self._texts.pop()[2] + 1
            self._rows.pop()
        self._texts.append((event, text, times))
        self._rows.append(self._drawn(event, text, times))

    def _drawn(self, event: Event, text: str, times: int) -> list[Row]:
        lines = wrap(f"{text} (x{times})" if times > 1 else text, max(10, self._width - 6))
        style = _LOUD.get(event.code, "")
        heads = [clock(self._level.start_s, event.t), *("     " for _ in lines[1:])]
        return [row((f"{head} ", "dim"), (line, style)) for head, line in zip(heads, lines, strict=True)]
