"""What is shown while the terminal is too small for the desk; the clock stands meanwhile."""

from textual.app import ComposeResult
from textual.screen import ModalScreen

from corridor_tui.language import _
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.rows import row, wrap

LEAST = (80, 24)


def too_small(width: int, height: int) -> bool:
    """Whether a terminal has no room for the desk."""
    return width < LEAST[0] or height < LEAST[1]


def wanted(width: int, height: int) -> str:
    """How large a terminal is, and how large it has to be."""
    return _(
        "this terminal is {columns}x{lines}; the desk needs at least {least_columns}x{least_lines}",
        columns=width,
        lines=height,
        least_columns=LEAST[0],
        least_lines=LEAST[1],
    )


class TooSmall(ModalScreen[None]):
    """Covers everything with what is to be done, as many lines as that takes."""

    CSS = "TooSmall { background: $background; } TooSmall Bar { height: 100%; background: $background; }"

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Bar(id="small")

    def on_resize(self) -> None:
        """Say what to do."""
        told = ((wanted(*self.size), "bad"), (_("the clock stands until then"), "dim"))
        room = max(1, self.size.width - 2)
        self.query_one(Bar).show(*(row((f" {line}", style)) for text, style in told for line in wrap(text, room)))
