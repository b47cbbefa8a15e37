"""What each view of the debriefing shows, and its keys."""

from corridor_tui.language import N_, _
from corridor_tui.tui.briefing import hanging, key_rows, prose
from corridor_tui.tui.rows import Row, row

_VIEWS = (
    N_("points: every lost point, the dearest first, with when and what for"),
    N_("time: what each load's time went to, from its offer until it left, and who it waited for"),
    N_(
        "eye: of the discrepancies in the papers, how many were found or missed, and the false alarms. A' sums both up: 0.5 is "
        "guessing, 1 a perfect eye"
    ),
    N_(
        "decisions: what each of your orders was worth against what the reference would rather have done then. It is worked "
        "out while you read; the dearest stand first"
    ),
    N_("graph: your trains over those of the other line, which is drawn in few dots"),
    N_("beside: what both lines came to, figure by figure"),
)
_KEYS = (
    ("1-6 tab", N_("go to a view, or to the next")),
    ("up down", N_("choose what is above or below")),
    ("enter", N_("see the moment of what is chosen again; there b takes the desk over from that second")),
    (
        "b",
        N_(
            "in the points: have a solver look for what nobody could have surpassed on this seed, where the level allows it"
        ),
    ),
    ("o", N_("in graph and beside: set the run beside another of its lines, where there is more than the reference")),
    ("left right", N_("on the graph go back and on in time")),
    ("[ ]", N_("on the graph show less time, or more")),
    ("escape q", N_("back")),
)


def help_rows(width: int) -> list[Row]:
    """What the debriefing is for, its views and its keys."""
    rows = prose(
        _(
            "The shift taken apart. 100 points are what the reference, a good railwayman, made of the very same shift; what was lost "
            "stands here with its cause."
        ),
        width,
    )
    rows.append(row((_("Views"), "head")))
    for number, text in enumerate(_VIEWS, 1):
        rows += hanging(f"  {number}  ", _(text), width, "key")
    return [*rows, row(""), *key_rows([(keys, _(about)) for keys, about in _KEYS], width)]
