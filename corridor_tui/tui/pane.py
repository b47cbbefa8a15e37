"""A pane of rows by the Line API: one strip a line, drawn again only where its row changed."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from corridor_tui.tui.looks import PLAIN, Looks, looks_of
from corridor_tui.tui.rows import Row, literal

POINTER = "▶"
"""What stands before whatever the guide points at."""
_ABOVE, _BELOW = "▴", "▾"
"""What stands before the first and the last line in sight where there are more beyond it."""
_UNDERLINED = Style(underline=True, bold=True)


class Spot(NamedTuple):
    """A thing that can be chosen: its key, and where it begins."""

    key: str
    line: int
    left: int


class Rows(Widget, can_focus=True):
    """Rows between fixed ones at the top and at the bottom, with a choice among the rows or spans that have a key."""

    DEFAULT_CSS = """
    Rows { background: $surface; border-top: solid $primary-darken-2; border-title-color: $text-muted; }
    Rows:focus { border-top: heavy $accent; border-title-color: $accent; border-title-style: bold; }
    Rows.pointed { border-top: double $warning; border-title-color: $warning; border-title-style: bold; }
    """

    class Chosen(Message):
        """The choice moved."""

        def __init__(self, pane: "Rows", key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

    class Opened(Message):
        """What is chosen was opened with a second or a right click."""

        def __init__(self, pane: "Rows", key: str) -> None:
            super().__init__()
            self.pane = pane
            self.key = key

    class Sized(Message):
        """The pane has another size: what it shows may have to be laid out anew."""

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._title = ""
        self._rows: Sequence[Row] = ()
        self._head: Sequence[Row] = ()
        self._foot: Sequence[Row] = ()
        self._strips: dict[int, Strip] = {}
        self._spots: list[Spot] | None = None
        self._base: Style | None = None
        self._looks: Looks | None = None
        self._top = 0
        self._pointed: frozenset[str] = frozenset()
        self.choice = ""
        self.entitle(title)

    def entitle(self, title: str) -> None:
        """Set the title over the pane."""
        if title != self._title:
            self._title = title
            self._head_up()

    def _head_up(self) -> None:
        self.border_title = literal(self._headed())

    def _headed(self) -> str:
        return f"{POINTER} {self._title}" if self.has_class("pointed") else self._title

    def point(self, things: frozenset[str], *, whole: bool) -> None:
        """Point at things in the pane, and at the pane itself or not: both by a sign and by a look."""
        if whole != self.has_class("pointed"):
            self.set_class(whole, "pointed")
            self._head_up()
        if things != self._pointed:
            before, self._pointed = self._pointed, things
            for place in self._rows_with(before | things):
                self._redraw(place)

    @property
    def room(self) -> int:
        """The cells a row may fill: the pane's width less the pointer's column; 0 while the pane is not laid out."""
        return max(0, self.content_size.width - 1)

    @property
    def lights_choice(self) -> bool:
        """Whether a chosen span stands on a ground of its own."""
        return True

    @property
    def rows(self) -> Sequence[Row]:
        """What the pane shows, whole, from top to bottom."""
        return (*self._head, *self._rows, *self._foot)

    @property
    def body(self) -> Sequence[Row]:
        """The rows between the fixed ones."""
        return self._rows

    @property
    def below(self) -> int:
        """How many rows there are below those in sight."""
        return max(0, len(self._rows) - self.lines - self._top)

    @property
    def lines(self) -> int:
        """How many lines there are between the fixed ones."""
        return max(0, self.content_size.height - len(self._head) - len(self._foot))

    def show(self, rows: Sequence[Row], head: Sequence[Row] = (), foot: Sequence[Row] = ()) -> None:
        """Show other rows; only lines that differ are drawn again."""
        if len(head) != len(self._head) or len(foot) != len(self._foot):
            self._strips.clear()
            self.refresh()
        old, self._rows = self._rows, rows
        before, self._head, self._foot = (*self._head, *self._foot), head, foot
        self._spots = None
        for place in range(max(len(old), len(rows))):
            if place >= len(old) or place >= len(rows) or old[place] != rows[place]:
                self._redraw(place)
        if before != (*head, *foot):
            self._redraw_fixed()
        if len(old) != len(rows):
            self._redraw(self._top + self.lines - 1)  # there may be more below now, or no longer
        if self._top and self._top > len(rows) - self.lines:
            self._scroll(self._top)
        self._keep_choice()

    def _keep_choice(self) -> None:
        keys = [spot.key for spot in self.spots]
        if keys and self.choice not in keys:
            self._choose(keys[0])

    @property
    def spots(self) -> list[Spot]:
        """Everything that can be chosen, in reading order; a thing of several lines counts once."""
        if self._spots is None:
            found: dict[str, Spot] = {}
            for line, item in enumerate(self._rows):
                if item.key:
                    found.setdefault(item.key, Spot(item.key, line, 0))
                left = 1
                for span in item.spans:
                    if span.key:
                        found.setdefault(span.key, Spot(span.key, line, left))
                    left += cell_len(span.text)
            self._spots = list(found.values())
        return self._spots

    def choose(self, key: str) -> None:
        """Move the choice to a key, where there is one."""
        if key != self.choice and any(spot.key == key for spot in self.spots):
            self._choose(key)
            self.keep_in_sight()

    def move(self, down: int, aside: int = 0) -> None:
        """Move the choice by so many lines and columns that can be chosen; without any, scroll."""
        here = next((spot for spot in self.spots if spot.key == self.choice), None)
        if here is None:
            self._scroll(self._top + down)
            return
        for _ in range(abs(down) + abs(aside)):
            here = self._beside(here, aside) if aside else self._below(here, 1 if down > 0 else -1)
        if here.key != self.choice:
            self._choose(here.key)
        self.keep_in_sight()

    def _below(self, here: Spot, way: int) -> Spot:
        lines = [spot.line for spot in self.spots if (spot.line - here.line) * way > 0 and spot.key != here.key]
        if not lines:
            self._scroll(self._top + way)
            return here
        line = min(lines, key=lambda at: abs(at - here.line))
        return min((s for s in self.spots if s.line == line), key=lambda s: abs(s.left - here.left))

    def _beside(self, here: Spot, way: int) -> Spot:
        row = [spot for spot in self.spots if spot.line == here.line]
        place = row.index(here) + (1 if way > 0 else -1)
        return row[place] if 0 <= place < len(row) else here

    def to_start(self) -> None:
        """Show the first rows, and choose the first thing there is."""
        self._scroll(0)
        if self.spots:
            self._choose(self.spots[0].key)

    def to_end(self) -> None:
        """Show the last rows."""
        self._scroll(len(self._rows))

    def _choose(self, key: str) -> None:
        before, self.choice = self.choice, key
        for place in self._rows_with(frozenset({before, key})):
            self._redraw(place)
        self.post_message(self.Chosen(self, key))

    def _rows_with(self, keys: frozenset[str]) -> list[int]:
        """The rows in which one of some things stands."""
        return [
            place
            for place, item in enumerate(self._rows)
            if any(one and one in keys for one in (item.key, *(span.key for span in item.spans)))
        ]

    def _redraw(self, place: int) -> None:
        self._strips.pop(place, None)
        line = place - self._top
        if 0 <= line < self.lines:
            self.refresh(Region(0, line + len(self._head), self.content_size.width, 1))

    def _redraw_fixed(self) -> None:
        width, height = self.content_size
        for line in (*range(len(self._head)), *range(height - len(self._foot), height)):
            self.refresh(Region(0, line, width, 1))

    def _scroll(self, top: int) -> None:
        top = max(0, min(top, len(self._rows) - self.lines))
        if top != self._top:
            self._top = top
            in_sight = range(top, top + self.lines)
            self._strips = {place: strip for place, strip in self._strips.items() if place in in_sight}
            self.refresh()

    def keep_in_sight(self) -> None:
        """Scroll so far that the choice can be seen."""
        height = self.lines
        places = [
            place for place, item in enumerate(self._rows)
            if self.choice and (item.key == self.choice or any(span.key == self.choice for span in item.spans))
        ]  # fmt: skip
        if not places or not height:
            self._scroll(self._top)
        elif places[0] < self._top:
            self._scroll(places[0] if places[0] > 1 else 0)
        elif places[-1] >= self._top + height:
            self._scroll(places[-1] - height + 1)

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if self._base is None:
            self._base = self.rich_style
        width, height = self.content_size
        if y < len(self._head):
            return self._strip(self._head[y], width)
        if y >= height - len(self._foot):
            return self._strip(self._foot[y - height + len(self._foot)], width)
        place = y - len(self._head) + self._top
        if place >= len(self._rows):
            return Strip.blank(width, self._base)
        strip = self._strips.get(place)
        if strip is None:
            strip = self._strips[place] = self._strip(self._rows[place], width)
        first, last = place == self._top > 0, place == self._top + self.lines - 1 < len(self._rows) - 1
        if (first or last) and strip.text.startswith(" "):
            base = next(iter(strip)).style or self._base
            sign = Segment(_ABOVE if first else _BELOW, base + (self._looks or {}).get("head", Style()))
            strip = Strip.join([Strip([sign]), strip.crop(1)])
        return strip

    def _strip(self, item: Row, width: int) -> Strip:
        base = self._base or Style()
        looks = self._looks = self._looks or looks_of(self.app.current_theme)
        look = PLAIN if self.app.no_color else looks["chosen"]
        whole = bool(item.key) and item.key == self.choice
        under = base + look if whole else base
        pointed = self._pointed and any(key in self._pointed for key in (item.key, *(span.key for span in item.spans)))
        segments = [Segment(POINTER if pointed else "▸" if whole else " ", under + looks["mark" if pointed else "key"])]
        for span in item.spans:
            chosen = bool(span.key) and span.key == self.choice and self.lights_choice
            style = (base + look if chosen else under) + looks[span.style]
            if look.reverse and (chosen or whole):  # colours turned round would be grounds of as many colours
                style = style.without_color + look
            segments.append(Segment(span.text, style + _UNDERLINED if span.key in self._pointed else style))
        return Strip(segments).adjust_cell_length(width, under)

    def on_resize(self) -> None:
        """Draw anew for another width."""
        self._strips.clear()
        self._spots = None
        self.keep_in_sight()
        self.post_message(self.Sized())

    def notify_style_update(self) -> None:
        """Draw anew for another theme, or with and without focus."""
        super().notify_style_update()
        self._strips.clear()
        self._base = self._looks = None

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the mouse; a second click, or a right one, opens it."""
        offset = event.get_content_offset(self)
        if offset is None or not len(self._head) <= offset.y < self.content_size.height - len(self._foot):
            return
        key = self._key_at(offset.x, offset.y - len(self._head) + self._top)
        if key:
            self.press(key, event)

    def press(self, key: str, event: events.Click) -> None:
        """Take a click on something that has a key."""
        again = key == self.choice
        self._choose(key)
        if event.button == 3 or (event.chain > 1 and again):
            self.post_message(self.Opened(self, key))

    def _key_at(self, x: int, place: int) -> str:
        if place >= len(self._rows):
            return ""
        item, left = self._rows[place], 1
        for span in item.spans:
            left += cell_len(span.text)
            if x < left:
                return span.key or item.key
        return item.key

    def on_mouse_scroll_down(self) -> None:
        """Scroll."""
        self._scroll(self._top + 2)

    def on_mouse_scroll_up(self) -> None:
        """Scroll."""
        self._scroll(self._top - 2)
