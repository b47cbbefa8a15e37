"""Drawing one widget at once."""
# ruff: noqa: SLF001 - there is no public way, see below

from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


def draw_at_once(screen: Screen[ScreenResultType], widget: Widget) -> None:
    """Draw what changed in a widget at once: Textual would do it some turns and a frame later. What else waits to be drawn waits on.

    Textual (8.2) has no public way to it: `refresh` only asks for the next frame. These three names are its own, used nowhere
    else, and tests/tui/test_at_once.py tells when they go.
    """
    waiting, screen._dirty_widgets = screen._dirty_widgets - {widget}, {widget}
    screen._on_timer_update()
    screen._dirty_widgets |= waiting
    if waiting:
        screen._update_timer.resume()
