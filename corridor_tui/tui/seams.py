"""Rows that lie over the panes of the desk, and keep the signs whole that are two cells wide."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import literal

_TITLE = 3
"""The cells before the title in the border of a pane."""


class OverRows(Rows):
    """Where the edge of a pane below falls into the middle of a sign, Textual cuts it there and draws neither half of it: a space
    before it moves it beyond the edge.
    """

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        strip = super().render_line(y)
        return strip if len(strip.text) == strip.cell_length else unbroken(strip, self._seams(y))

    def _head_up(self) -> None:
        super()._head_up()
        if self.is_mounted:
            self.call_after_refresh(self._keep_title_whole)  # where it will stand is known then

    def _keep_title_whole(self) -> None:
        seams = self._edges(self.region.x + _TITLE, self.region.y)
        self.border_title = literal(whole(self._headed(), 0, seams))

    def _seams(self, y: int) -> list[int]:
        """The columns at which panes below a line begin or end."""
        return sorted(self._edges(self.content_region.x, self.content_region.y + y))

    def _edges(self, left: int, line: int) -> set[int]:
        below = [pane.region for pane in self.screen.query(Rows) if not isinstance(pane, OverRows) and pane.display]
        edges = {edge for region in below if region.y <= line < region.bottom for edge in (region.x, region.right)}
        return {edge - left for edge in edges}


def whole(text: str, column: int, seams: set[int]) -> str:
    """A text that begins in a column, with a space before each sign that would stand across one of these columns."""
    said = ""
    for sign in text:
        while cell_len(sign) == 2 and column + 1 in seams:
            said, column = f"{said} ", column + 1
        said, column = said + sign, column + cell_len(sign)
    return said


def unbroken(strip: Strip, seams: Iterable[int]) -> Strip:
    """A strip of the same width in which no sign stands across one of these columns."""
    across, column = set(seams), 0
    segments = []
    for text, style, _control in strip:
        said = whole(text, column, across)
        column += cell_len(said)
        segments.append(Segment(said, style))
    return Strip(segments).crop(0, strip.cell_length)
