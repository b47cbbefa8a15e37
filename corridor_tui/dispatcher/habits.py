"""How an automatic railwayman works."""

from dataclasses import dataclass

from corridor_tui.dispatcher.clerk import Reader
from corridor_tui.dispatcher.line import TRIES


@dataclass(frozen=True, slots=True)
class Habits:
    """How a railwayman works.

    `ahead`: orders wagons and locomotives before they are needed and starts work side by side. `react_s`: seconds of the
    shift until he acts on what happens. `reads`: how he reads papers. `early`: works papers before the train is in.
    """

    name: str
    react_s: int
    ahead: bool
    early: bool
    reads: Reader
    rules: bool = False
    """Sets every standing order that the level allows, first of all."""
    by_rule: bool = False
    """Carries standing orders out: of what is green he releases only what the rule lets go."""
    tidies: bool = False
    """Sends on what was set aside and is released when its train has long gone, for which a long run has the time."""
    tries: int = TRIES
    """How many changes to a plan of the line he thinks over."""
