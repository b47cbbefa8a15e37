"""What is shown while the terminal is too small for the desk; the clock stands meanwhile."""

from textual.app import ComposeResult
from textual.screen import ModalScreen

from corridor_tui.language import _
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.rows import row

LEAST = (80, 24)


def too_small(width: int, height: int) -> bool:
    """Whether a terminal has no room for the desk."""
    return width < LEAST[0] or height < LEAST[1]


class TooSmall(ModalScreen[None]):
    """Covers everything with one plain line."""

    CSS = "TooSmall { background: $background; } TooSmall Bar { height: 100%; background: $background; }"

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Bar(id="small")

    def on_mount(self) -> None:
        """Say what to do."""
        self.query_one(Bar).show(
            row((_("make the terminal at least {columns}x{lines}", columns=LEAST[0], lines=LEAST[1]), "bad")),
            row((_("the clock stands until then"), "dim")),
        )
