"""Lines of styled text without a choice: the header, the tabs, the answer to the last order, the keys."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from corridor_tui.tui.looks import Looks, looks_of
from corridor_tui.tui.rows import Row


class Bar(Widget):
    """Lines that are drawn again only when they change. A click on a span with a key posts that key."""

    DEFAULT_CSS = "Bar { height: 1; background: $panel; }"

    class Pressed(Message):
        """A span was clicked."""

        def __init__(self, bar: "Bar", key: str) -> None:
            super().__init__()
            self.bar = bar
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._base: Style | None = None
        self._looks: Looks | None = None

    @property
    def text(self) -> str:
        """What it says, line by line."""
        return "\n".join(item.text for item in self._rows)

    def show(self, *rows: Row) -> None:
        """Show other lines."""
        old, self._rows = self._rows, rows
        for line in range(max(len(old), len(rows))):
            if line >= len(old) or line >= len(rows) or old[line] != rows[line]:
                self.refresh(Region(0, line, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if self._base is None:
            self._base = self.rich_style
        base, looks = self._base, self._looks or looks_of(self.app.current_theme)
        self._looks = looks
        spans = self._rows[y].spans if y < len(self._rows) else ()
        return Strip([Segment(span.text, base + looks[span.style]) for span in spans]).adjust_cell_length(
            self.size.width, base
        )

    def notify_style_update(self) -> None:
        """Take over another theme."""
        super().notify_style_update()
        self._base = self._looks = None

    def on_click(self, event: events.Click) -> None:
        """Tell which span was clicked."""
        if event.y >= len(self._rows):
            return
        left = 0
        for span in self._rows[event.y].spans:
            left += cell_len(span.text)
            if event.x < left:
                if span.key:
                    event.stop()
                    self.post_message(self.Pressed(self, span.key))
                return
