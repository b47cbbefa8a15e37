"""The fold: what each event does to the view."""

from collections.abc import Callable
from typing import cast

from corridor_tui.corridor import fold_desk, fold_terminal, fold_trains
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import View

_HANDLERS: dict[str, Callable[..., None]] = {
    name.removeprefix("on_"): cast("Callable[..., None]", handler)
    for room in (fold_trains, fold_terminal, fold_desk)
    for name, handler in vars(room).items()
    if name.startswith("on_")
}


def apply(view: View, event: Event) -> None:
    """Take one event into a view; a code that changes nothing a desk can see only moves its time."""
    t, code, args = event
    view.now_s = t
    handler = _HANDLERS.get(code)
    if handler is not None:
        handler(view, t, *args)
