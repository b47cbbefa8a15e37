"""The dispatchers by name."""

from collections.abc import Callable

from corridor_tui.dispatcher.base import Dispatcher, DoNothing
from corridor_tui.dispatcher.railwayman import Habits, Railwayman
from corridor_tui.dispatcher.reading import clashes, first_glance

REFERENCE = Habits("reference", react_s=20, ahead=True, early=True, reads=clashes, rules=True)
"""A good railwayman; his reaction time is assumed."""
NOVICE = Habits("novice", react_s=240, ahead=False, early=False, reads=first_glance)
"""Does one thing after another, follows the printed lane, reads papers once over; his reaction time is assumed."""

HAND = Habits("standing orders", react_s=0, ahead=True, early=True, reads=lambda _papers: ())
"""Who carries out standing orders: he knows the trade and reads no papers."""

PLAYERS: dict[str, Callable[[], Dispatcher]] = {
    "do-nothing": DoNothing,
    "novice": lambda: Railwayman(NOVICE),
    "reference": lambda: Railwayman(REFERENCE),
}


def hand() -> Railwayman:
    """A new hand for standing orders."""
    return Railwayman(HAND)


def player(name: str) -> Dispatcher:
    """A new dispatcher by its name; raises KeyError where there is none."""
    return PLAYERS[name]()
