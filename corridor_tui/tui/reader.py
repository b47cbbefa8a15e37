"""Screens to read a page on: briefing, help, rulebook, result, debriefing."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.language import _
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.pane import Rows, Spot
from corridor_tui.tui.rows import Part, Row, row

Answer = TypeVar("Answer")


class Paper(Screen[Answer]):
    """A screen with one page on it: keys that go through it, and hints that can be clicked."""

    BINDINGS = [
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-15)", show=False),
        Binding("pagedown,space", "scroll(15)", show=False),
        Binding("home", "scroll(-1000)", show=False),
        Binding("end", "scroll(1000)", show=False),
    ]

    def on_mount(self) -> None:
        """Let the page have the keys."""
        self.query_one(Rows).focus()

    def on_resize(self) -> None:
        """Lay the page out for the width."""
        self.call_after_refresh(self.lay)

    def lay(self) -> None:
        """Show the page."""
        raise NotImplementedError

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await self.run_action(message.key)

    def action_scroll(self, step: int) -> None:
        """Scroll, or choose another row."""
        self.query_one(Rows).move(step)
        self.tell_keys()

    def on_mouse_scroll_down(self) -> None:
        """Say how far the page goes on."""
        self.tell_keys()

    def on_mouse_scroll_up(self) -> None:
        """Say how far the page goes on."""
        self.tell_keys()

    def tell_keys(self) -> None:
        """Show which keys there are, for the place in the page that is in sight."""


class Page(Rows):
    """Rows to read: none is chosen, so that the arrows scroll, and one click opens a row that has a key."""

    @property
    def spots(self) -> list[Spot]:
        """Nothing is chosen here."""
        return []

    def press(self, key: str, event: events.Click) -> None:
        """Open it."""
        event.stop()
        self.post_message(self.Opened(self, key))


class Reader(Paper[int]):
    """Shows a page; enter returns True, escape False. `go` and `back` say what these two lead to, `more` what else can be pressed."""

    DEFAULT_CSS = "Reader > Page { height: 1fr; padding: 0 1; }"
    BINDINGS = [
        Binding("enter", "done(True)", "go on"),
        Binding("escape,q", "done(False)", "back"),
    ]

    def __init__(
        self, title: str, page: Callable[[int], Sequence[Row]], go: str, back: str = "", more: Sequence[Part] = ()
    ) -> None:
        super().__init__()
        self._heading = title
        self._page = page
        self._go: list[Part] = [(" enter ", "key", "done(True)"), (f"{go}  ", "dim", "done(True)")]
        self._back: list[Part] = []
        if back:
            self._back = [(" escape ", "key", "done(False)"), (f"{back}  ", "dim", "done(False)")]
        self._more = more

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Page(self._heading, id="page")
        yield Bar(id="keys")

    def lay(self) -> None:
        """Show the page and which keys there are."""
        pane = self.query_one(Rows)
        pane.show(self._page(max(20, min(pane.room, 110))))
        self.tell_keys()

    def tell_keys(self) -> None:
        """Show which keys there are, and whether the page goes on."""
        pane = self.query_one(Rows)
        below: list[list[Part]] = [[]]
        if pane.below:
            told = ((" ↑↓ space ", _("more below")), (" ↑↓ ", _("more below")), (" ↑↓ ", "…"))
            below = [[(key, "key", "scroll(15)"), (said, "warn", "scroll(15)")] for key, said in told]
        # the way back is the first that everybody knows
        hints = [row(*self._go, *back, *self._more, *down) for back in (self._back, []) for down in below]
        self.query_one(Bar).show(next((hint for hint in hints if cell_len(hint.text) <= self.size.width), hints[-1]))

    def action_done(self, answer: bool) -> None:  # noqa: FBT001 - an action's argument
        """Leave."""
        self.dismiss(answer)
