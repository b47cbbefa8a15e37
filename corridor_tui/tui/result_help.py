"""What the page of the result shows, and its keys."""

from corridor_tui.language import N_, _
from corridor_tui.tui.briefing import hanging, key_rows, prose
from corridor_tui.tui.rows import Row, row

_PARTS = (
    N_("the total and its parts: a full bar is what the reference made, an empty one what doing nothing would have"),
    N_(
        "the shift in time: every train from when it came to when it left, with the moments that cost most by their numbers"
    ),
    N_("what was asked, and whether it was met"),
    N_("where the points went: each loss with when and why, the dearest first"),
    N_("every train's times"),
)
_KEYS = (
    ("enter", N_("go on: to the questions of the level where it has some, else to the levels")),
    ("1-5", N_("see that moment again, and take the desk over from there; also a click on it")),
    ("d", N_("take the run apart: every lost point, each load's time, what your decisions were worth")),
    ("up down space", N_("read on")),
    ("escape q", N_("back to the levels, past the questions")),
)


def help_rows(width: int) -> list[Row]:
    """What the page tells from top to bottom, and its keys."""
    rows = prose(
        _(
            "What came of the shift. 100 points are what the reference, a good railwayman, made of the very same shift, and 0 what "
            "doing nothing would have. From top to bottom:"
        ),
        width,
    )
    for text in _PARTS:
        rows += hanging("  · ", _(text), width, "key")
    return [*rows, row(""), *key_rows([(keys, _(about)) for keys, about in _KEYS], width)]
