"""One line of styled text: the header, the tabs, the answer to the last order, the keys."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from corridor_tui.tui.rows import STYLES, Row, row


class Bar(Widget):
    """A line that is drawn again only when it changes."""

    DEFAULT_CSS = "Bar { height: 1; background: $panel; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._row: Row = row("")

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(span.text for span in self._row.spans)

    def show(self, shown: Row) -> None:
        """Show another line."""
        if shown != self._row:
            self._row = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        base = self.rich_style
        segments = [Segment(span.text, base + STYLES[span.style]) for span in self._row.spans] if y == 0 else []
        return Strip(segments).adjust_cell_length(self.size.width, base)
