"""The dispatchers by name."""

from collections.abc import Callable
from functools import partial

from corridor_tui.dispatcher.base import Dispatcher, DoNothing
from corridor_tui.dispatcher.degenerate import RULES_OF, AtRandom, OneRule, QuitEarly
from corridor_tui.dispatcher.railwayman import Habits, Railwayman
from corridor_tui.dispatcher.reading import clashes, first_glance

REFERENCE = Habits("reference", react_s=20, ahead=True, early=True, reads=clashes)
"""A good railwayman; his reaction time is assumed."""
NOVICE = Habits("novice", react_s=240, ahead=False, early=False, reads=first_glance)
"""Does one thing after another, follows the printed lane, reads papers once over; his reaction time is assumed."""

PLAYERS: dict[str, Callable[[], Dispatcher]] = {
    "do-nothing": DoNothing,
    "novice": lambda: Railwayman(NOVICE),
    "reference": lambda: Railwayman(REFERENCE),
    "quit-early": lambda: QuitEarly(NOVICE),
    **{name: partial(OneRule, name, NOVICE, rule) for name, rule in RULES_OF.items()},
    "random": lambda: AtRandom(NOVICE),
}
DEGENERATE = tuple(name for name in PLAYERS if name not in ("do-nothing", "novice", "reference"))
"""Those that a level must not reward: below the novice wherever their desk is the trainee's."""
CUSTOMS_ONLY = tuple(RULES_OF)
"""Those of them that differ from the novice at the customs desk alone."""


def player(name: str) -> Dispatcher:
    """A new dispatcher by its name; raises KeyError where there is none."""
    return PLAYERS[name]()
