"""Hints: each comes and goes as the level says; who sees them is up to the screen."""

from functools import partial

from corridor_tui.corridor.conditions import once
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.level.teaching import Hint


def set_hints(kernel: Kernel) -> None:
    """Let the hints of the level come and go. One without an end goes when the next comes. Steps are not for the corridor."""
    hints = [hint for hint in kernel.level.hints if not hint.waits]
    for place, hint in enumerate(hints):
        begin = partial(_begin, kernel, hint, hints[place - 1] if place else None)
        if hint.at is not None:
            kernel.after(kernel.level.at_s(hint.at), begin)
        elif hint.when is not None:
            once(kernel, hint.when, begin)
        if hint.until is not None:
            once(kernel, hint.until, partial(_end, kernel, hint))


def _begin(kernel: Kernel, hint: Hint, before: Hint | None) -> None:
    if before is not None and before.until is None:
        _end(kernel, before)
    kernel.emit("hint", hint.id)


def _end(kernel: Kernel, hint: Hint) -> None:
    if hint.id in kernel.view.hints:
        kernel.emit("hint_over", hint.id)
