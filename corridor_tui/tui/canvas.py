"""A drawing surface of dots in cells: lines of braille dots and words over them, given out as rows of spans."""

from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from corridor_tui.tui.rows import Row, Span

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell by row and column."""
_BLANK = 0x2800
ACROSS, DOWN = 2, 4
"""Dots of a cell."""


@dataclass(slots=True)
class _Cell:
    bits: int = 0
    rank: int = -1
    text: str = ""
    style: str = ""
    key: str = ""


class Canvas:
    """`width` by `height` cells. What is drawn with a higher rank gives a cell its style and key, or covers it whole."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [[_Cell() for _ in range(width)] for _ in range(height)]

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        style: str,
        rank: int,
        *,
        key: str = "",
        every: int = 1,
    ) -> None:
        """Draw a line between two points, given in cells; `every`: only each so many-th dot of it."""
        x0, y0, x1, y1 = start[0] * ACROSS, start[1] * DOWN, end[0] * ACROSS, end[1] * DOWN
        if x0 > x1:
            x0, y0, x1, y1 = x1, y1, x0, y0
        most = self.width * ACROSS
        if x1 < 0 or x0 >= most:
            return
        if x0 < 0:
            y0, x0 = y0 + (y1 - y0) * -x0 / (x1 - x0), 0.0
        if x1 > most:
            y1, x1 = y0 + (y1 - y0) * (most - x0) / (x1 - x0), float(most)
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for step in range(steps + 1):
            x, y = int(x0 + (x1 - x0) * step / steps), int(y0 + (y1 - y0) * step / steps)
            # counted along the longer way, so that the gaps stay where they are when the line is drawn again
            if every > 1 and (x if abs(x1 - x0) >= abs(y1 - y0) else y) % every:
                continue
            self._dot(x, y, style, rank, key)

    def _dot(self, x: int, y: int, style: str, rank: int, key: str) -> None:
        if not (0 <= x < self.width * ACROSS and 0 <= y < self.height * DOWN):
            return
        cell = self._cells[y // DOWN][x // ACROSS]
        cell.bits |= _DOTS[y % DOWN][x % ACROSS]
        if rank >= cell.rank:
            cell.rank, cell.style, cell.key = rank, style, key

    def put(self, x: int, y: int, text: str, style: str, rank: int, *, key: str = "", apart: bool = False) -> bool:
        """Write a word of narrow characters over lines; False, and nothing written, where it has no room. `apart`: not right
        beside another word.
        """
        if not (0 <= y < self.height and x >= 0 and x + cell_len(text) <= self.width):
            return False
        cells = self._cells[y][x : x + len(text)]
        beside = self._cells[y][max(0, x - 1) : x + len(text) + 1] if apart else []
        if any(cell.text for cell in cells) or any(cell.text.isalnum() for cell in beside):
            return False
        for cell, char in zip(cells, text, strict=True):
            cell.text, cell.rank, cell.style, cell.key = char, rank, style, key
        return True

    def ground(self, x: int, y: int, char: str, style: str) -> None:
        """Put a character where nothing is drawn."""
        if 0 <= x < self.width and 0 <= y < self.height:
            cell = self._cells[y][x]
            if not cell.bits and not cell.text:
                cell.text, cell.style = char, style

    def rows(self) -> list[Row]:
        """What is drawn."""
        found = []
        for line in self._cells:
            runs = groupby(line, key=lambda cell: (cell.style, cell.key))
            found.append(Row(tuple(Span("".join(map(_char, run)), *look) for look, run in runs)))
        return found


def _char(cell: _Cell) -> str:
    return cell.text or (chr(_BLANK + cell.bits) if cell.bits else " ")
