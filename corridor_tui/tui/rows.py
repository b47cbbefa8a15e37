"""Rows of styled text drawn by the Line API: only rows that changed are drawn again, and nothing is read as markup."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

STYLES: dict[str, Style] = {
    "": Style(),
    "dim": Style(dim=True),
    "bold": Style(bold=True),
    "head": Style(bold=True, color="bright_cyan"),
    "narrow": Style(color="bright_yellow"),
    "broad": Style(color="bright_blue"),
    "good": Style(color="bright_green"),
    "warn": Style(color="bright_yellow", bold=True),
    "bad": Style(color="bright_red", bold=True),
    "mark": Style(reverse=True, bold=True),
    "train": Style(bold=True, color="bright_white"),
}
_CHOSEN = Style(bgcolor="grey30", bold=True)
_POINTER = Style(color="bright_yellow", bold=True)


class Span(NamedTuple):
    """A piece of text with the name of its style."""

    text: str
    style: str = ""


class Row(NamedTuple):
    """One line: its spans, and what it stands for (a train, a consignment, a cell), if it can be chosen."""

    spans: tuple[Span, ...]
    key: str = ""


def row(*parts: str | tuple[str, str], key: str = "") -> Row:
    """A row from texts and (text, style) pairs."""
    return Row(tuple(Span(part) if isinstance(part, str) else Span(*part) for part in parts), key)


def fit(text: str, width: int) -> str:
    """A text cut or padded to a width in cells; what was cut off is shown by an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…" if width > 0 else ""


class Rows(Widget, can_focus=True):
    """A pane of rows with a choice among those that have a key."""

    DEFAULT_CSS = """
    Rows { background: $surface; border: round $primary-darken-2; border-title-color: $text-muted; }
    Rows:focus { border: round $accent; border-title-color: $text; }
    """

    class Chosen(Message):
        """The choice moved to another row."""

        def __init__(self, pane: "Rows", key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

    class Opened(Message):
        """A row was opened with enter or a second click."""

        def __init__(self, pane: "Rows", key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.border_title = title
        self._rows: list[Row] = []
        self._strips: dict[int, Strip] = {}
        self._top = 0
        self.choice = ""

    @property
    def room(self) -> int:
        """The cells a row may fill: the pane's width less the pointer's column; 0 while the pane is not laid out."""
        return max(0, self.content_size.width - 1)

    @property
    def rows(self) -> Sequence[Row]:
        """What the pane shows, whole."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; only lines that differ are drawn again."""
        old, new = self._rows, list(rows)
        self._rows = new
        keys = [item.key for item in new if item.key]
        if keys and self.choice not in keys:
            self._choose(keys[0])
        self._keep_in_sight()
        for place in range(max(len(old), len(new))):
            before = old[place] if place < len(old) else None
            after = new[place] if place < len(new) else None
            if before != after:
                self._draw(place)

    def choose(self, key: str) -> None:
        """Move the choice to a row, where there is one of that key."""
        if key != self.choice and any(item.key == key for item in self._rows):
            self._choose(key)
            self._keep_in_sight()

    def move(self, step: int) -> None:
        """Move the choice by so many rows that can be chosen; without any, scroll."""
        keys = list(dict.fromkeys(item.key for item in self._rows if item.key))
        if not keys:
            self._scroll(self._top + step)
            return
        place = keys.index(self.choice) if self.choice in keys else 0
        self._choose(keys[max(0, min(len(keys) - 1, place + step))])
        self._keep_in_sight()

    def to_end(self) -> None:
        """Show the last rows."""
        self._scroll(len(self._rows))

    def _choose(self, key: str) -> None:
        before, self.choice = self.choice, key
        for place, item in enumerate(self._rows):
            if item.key and item.key in (before, key):
                self._draw(place)
        self.post_message(self.Chosen(self, key))

    def _draw(self, place: int) -> None:
        self._strips.pop(place, None)
        line = place - self._top
        if 0 <= line < self.content_size.height:
            self.refresh(Region(0, line, self.content_size.width, 1))

    def _scroll(self, top: int) -> None:
        top = max(0, min(top, len(self._rows) - self.content_size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def _keep_in_sight(self) -> None:
        height = self.content_size.height
        places = [place for place, item in enumerate(self._rows) if item.key and item.key == self.choice]
        if not height or self._top > max(0, len(self._rows) - height):
            self._scroll(self._top)
        if places and height:
            if places[0] < self._top:
                self._scroll(max(0, places[0] - 1))
            elif places[-1] >= self._top + height:
                self._scroll(places[-1] - height + 1)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        place, width = y + self._top, self.content_size.width
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        strip = self._strips.get(place)
        if strip is None:
            item, base = self._rows[place], self.rich_style
            chosen = bool(item.key) and item.key == self.choice
            if chosen:
                base += _CHOSEN
            segments = [Segment("▸" if chosen else " ", base + _POINTER)]
            segments += [Segment(span.text, base + STYLES[span.style]) for span in item.spans]
            strip = self._strips[place] = Strip(segments).adjust_cell_length(width, base)
        return strip

    def on_resize(self) -> None:
        """Draw anew for another width."""
        self._strips.clear()
        self._keep_in_sight()

    def notify_style_update(self) -> None:
        """Draw anew for another theme, or with and without focus."""
        super().notify_style_update()
        self._strips.clear()

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse; a second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = offset.y + self._top
        if place < len(self._rows) and (key := self._rows[place].key):
            self._choose(key)
            if event.chain > 1:
                self.post_message(self.Opened(self, key))

    def on_mouse_scroll_down(self) -> None:
        """Scroll."""
        self._scroll(self._top + 2)

    def on_mouse_scroll_up(self) -> None:
        """Scroll."""
        self._scroll(self._top - 2)
