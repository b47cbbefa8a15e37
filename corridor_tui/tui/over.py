"""What lies over a part of a screen and takes its keys and clicks meanwhile: a menu, the command line.

It is there all the time and only shown, on the same screen: so what it covers is all that is drawn anew when it comes and goes. A
screen of its own would have everything drawn anew.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Vertical
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from corridor_tui.language import _
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import Part, Row, row

OVER = "over."
"""What stands before an action of what lies over a screen, where a hint of the screen is for that."""


class Over(Vertical):
    """Something that is shown for an answer."""

    DEFAULT_CSS = "Over { layer: over; position: absolute; display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]
    HINTS: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """Its keys, their words, and the action of each."""
    _then: Callable[[str | None], object]

    @property
    def hints(self) -> Sequence[tuple[str, str, str]]:
        """The hints that are good for something now."""
        return self.HINTS

    @property
    def hints_row(self) -> Row:
        """The same as a line."""
        parts: list[Part] = []
        for key, word, action in self.hints:
            parts += [(f" {key}", "key", f"{OVER}{action}"), (f" {_(word)} ", "dim", f"{OVER}{action}")]
        return row(*parts)

    def lay(self) -> None:
        """Take the size and the place that the screen has for it."""
        raise NotImplementedError

    def show(self, heart: Widget, then: Callable[[str | None], object]) -> None:
        """Show it, with the focus on a part of it; `then` is told the answer, or None where it is left without one."""
        screen = self.screen
        if isinstance(screen, Overlaid):
            screen.lay_over(self)
        self._then = then
        self.display = True
        screen.set_focus(heart, scroll_visible=False)

    def dismiss(self, answer: str | None) -> None:
        """Go, with an answer or without."""
        if not self.display:
            return
        screen = self.screen
        if isinstance(screen, Overlaid):
            screen.lay_bare()
        self.display = False
        self._then(answer)
        if isinstance(screen, Overlaid):
            screen.laid_bare()

    def place(self, width: int, height: int, foot: int | None = None) -> None:
        """Stand in the middle of the screen, or so many lines above its end."""
        room = self.app.size
        left, top = max(0, room.width - width), max(0, room.height - height)
        self.styles.width, self.styles.height = width, height
        self.styles.offset = (left // 2, top // 2 if foot is None else max(0, top - foot))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def on_rows_sized(self, message: Rows.Sized) -> None:
        """Whoever is below has nothing to do with it."""
        message.stop()


class Overlaid(Screen[ScreenResultType]):
    """A screen that can have something laid over it, one thing at a time. Meanwhile its own keys mean nothing, and a click
    beside what lies there puts that away; only its hints can be clicked all the same.
    """

    DEFAULT_CSS = "Overlaid { layers: default over; }"
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus; each widget draws its own gain and loss of it, and nothing else is drawn anew."""
    over: Over | None = None
    """What lies over it now."""
    _below: Widget | None = None
    """What had the focus before."""

    @property
    def foot(self) -> int:
        """The lines at its end that stay in sight while something is written: what is asked for, and what came of it."""
        return 0

    def lay_over(self, over: Over) -> None:
        """Make way for something that is shown now; what lies there already is left."""
        self.put_away()
        if not self._is_over(self.focused):
            self._below = self.focused
        self.over = over
        self._own, self._bindings = self._bindings, BindingsMap()

    def lay_bare(self) -> None:
        """Have its own keys again."""
        self.over, self._bindings = None, self._own

    def laid_bare(self) -> None:
        """Go on where the focus was before something lay over it, unless it went elsewhere meanwhile."""
        if self.over is None and self._is_over(self.focused):
            self.set_focus(self._below, scroll_visible=False)

    @staticmethod
    def _is_over(widget: Widget | None) -> bool:
        return widget is not None and any(isinstance(node, Over) for node in widget.ancestors_with_self)

    def put_away(self) -> None:
        """Leave what lies over it, if anything does."""
        if self.over is not None:
            self.over.dismiss(None)

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """What is under the mouse; beside what lies over the screen only its hints and the screen itself."""
        widget, region = super().get_widget_at(x, y)
        if self.over is None or isinstance(widget, Bar) or self.over in widget.ancestors_with_self:
            return widget, region
        return self, self.region

    def on_click(self, event: events.Click) -> None:
        """Put away what lies over the screen when the click is beside it."""
        if event.widget is self or isinstance(event.widget, Bar):
            self.put_away()

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does, be it a key of what lies over the screen; any other puts that away first."""
        if not message.key.startswith(OVER):
            self.put_away()
            await self.run_action(message.key)
        elif self.over is not None:
            await self.over.run_action(message.key.removeprefix(OVER))
