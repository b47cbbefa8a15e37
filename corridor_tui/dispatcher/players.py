"""The dispatchers by name."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial

from corridor_tui.dispatcher.base import Dispatcher, DoNothing
from corridor_tui.dispatcher.degenerate import RULES_OF, AtRandom, OneRule, QuitEarly
from corridor_tui.dispatcher.habits import Habits
from corridor_tui.dispatcher.line import TRIES
from corridor_tui.dispatcher.railwayman import Railwayman
from corridor_tui.dispatcher.reading import Clash, clashes, first_glance
from corridor_tui.scenario.rules import Today
from corridor_tui.scenario.values import Papers


def _reads_nothing(_papers: Papers, _rules: Iterable[Today]) -> tuple[Clash, ...]:
    return ()


REFERENCE = Habits("reference", react_s=20, ahead=True, early=True, reads=clashes, rules=True)
"""A good railwayman; his reaction time is assumed."""
NOVICE = Habits("novice", react_s=240, ahead=False, early=False, reads=first_glance)
"""Does one thing after another, follows the printed lane, reads papers once over; his reaction time is assumed."""
IN_BRIEF = replace(REFERENCE, tries=TRIES // 4)
"""The reference where an answer is wanted at once: he thinks over fewer plans of the line."""

_KNOWN_PAPERS = 2_000
"""Of how many consignments an adviser remembers the papers: more than lie on a desk at once."""
HAND = Habits("standing orders", react_s=0, ahead=True, early=True, reads=_reads_nothing, by_rule=True, tidies=True)
"""Who carries out standing orders: he knows the trade and reads no papers."""

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


def hand() -> Railwayman:
    """A new hand for standing orders."""
    return Railwayman(HAND)


def adviser() -> Callable[[], Railwayman]:
    """Makes references that have just come in, as often as one is asked; what one has read the next need not read again."""
    habits = replace(REFERENCE, reads=lru_cache(maxsize=_KNOWN_PAPERS)(clashes))
    return lambda: Railwayman(habits)


def in_brief() -> Railwayman:
    """A new reference that has to answer at once."""
    return Railwayman(IN_BRIEF)


def player(name: str) -> Dispatcher:
    """A new dispatcher by its name; raises KeyError where there is none."""
    return PLAYERS[name]()
