"""The fold: what each event does to the view."""

from collections.abc import Callable
from typing import cast

from corridor_tui.corridor import fold_desk, fold_terminal, fold_trains
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import View

FOLDS: dict[str, Callable[..., None]] = {
    name.removeprefix("on_"): cast("Callable[..., None]", handler)
    for room in (fold_trains, fold_terminal, fold_desk)
    for name, handler in vars(room).items()
    if name.startswith("on_")
}
"""What each code does to a view; one that is not here changes nothing a desk can see, and only moves its time."""


def apply(view: View, event: Event) -> None:
    """Take one event into a view."""
    t, code, args = event
    view.now_s = t
    if code in FOLDS:
        FOLDS[code](view, t, *args)
