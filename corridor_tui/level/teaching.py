"""What a level teaches with beside its shift: hints on the way, and questions to think about afterwards."""

from typing import Annotated

from pydantic import Field

from corridor_tui.level.base import Many, Part, Points
from corridor_tui.level.disruptions import CallAnswer, Condition, Stage
from corridor_tui.level.text import Clock, Ident, Line
from corridor_tui.level.told import ToldParagraphs, ToldTelling

INSTRUMENTS = ("panel", "trains", "customs", "papers", "messages", "graph", "cranes")
"""The instruments of the desk that a hint can point at, each with a key of its own, which has its name."""
HEADER = "header"
"""The line with the clocks, the speed and how it stands, which a hint can point at too."""
PRESSED = (
    "pause", "faster", "slower", "next", "proposed", "orders", "answer", "standing", "mark", "find", "meet", "scope", "closer",
    "wider", "now", "route", "follow", "locate", "filter", "sort", "bulk", "rules", "zoom", "command", "repeat", "undo", "help", "ask",
    "search", "score",
)  # fmt: skip
"""The other keys that a hint can point at, by the names that the config file has for them."""
ORDERS = (
    "accept", "hold", "secure", "uncouple", "inspect", "move", "call-rake", "call-loco", "weigh", "waybill", "brake-test", "path",
    "drop-path", "depart", "set-out", "transfer", "crane", "ground", "load", "fetch", "discharge", "fill", "repair", "tie", "untie",
    "meet", "drop-meet", "back", "answer", "buy", "what-if", "advise", "inject", "allow", "release", "check", "sample", "request", "scan",
    "open", "unload", "detain", "find", "withdraw", "lane", "select", "auto-accept", "auto-prepare", "auto-place", "auto-rakes",
    "auto-send", "auto-lift", "auto-release",
)  # fmt: skip
"""The orders that a hint can wait for or teach, by the words that the corridor has for them."""


class Moot(Part):
    """What makes a hint idle: exactly one of its keys, with `train` for `done`."""

    at: Clock | None = None
    """It is so late."""
    train: Ident | None = None
    """Of which train or rake `done` is."""
    done: Stage | None = None
    """This work on the train or rake is done, as in a condition."""
    ordered: Line | None = None
    """Orders that begin with these words were given and accepted; with commas between: each of them."""

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders, one by one."""
        return tuple(" ".join(part.split()) for part in (self.ordered or "").split(",") if part.strip())


class Hint(Part):
    """What a newcomer is told from a moment on, at a clock time or on a condition, until another condition holds.

    With `waits` it is a step of the guide: the clock stands until it is done. A step without a beginning comes when the one
    before it is done, or, where it asks for an order, when that can be given.
    """

    id: Ident
    at: Clock | None = None
    """The clock time at which it comes."""
    when: Condition | None = None
    """The condition on which it comes."""
    until: Condition | None = None
    """None: until the next hint comes; of a step: until the last thing it points at was pressed or chosen."""
    moot: Many[Moot] = ()
    """What it says is done otherwise, or cannot be done any more, as soon as one of these holds: then it is not shown, and the
    corridor knows nothing of that."""
    text: ToldTelling
    """What is said."""
    points: Line | None = None
    """What it points at, with commas between: instruments, trains, tracks, cells and keys by name, such as "trains, X8001, orders"."""
    waits: bool = False
    """Whether the clock stands until it is done, or skipped."""
    teaches: Ident | None = None
    """The kind of order that it teaches, by its word: it fades for who gives such orders without help, too."""
    fades: Annotated[int, Field(ge=1, le=3)] = 2
    """Not shown any more to who has earned so many stars on this level. Assumed."""

    @property
    def taught(self) -> str | None:
        """The kind of order that it teaches: as it says, or what its end asks for."""
        ordered = None if self.until is None else self.until.ordered
        return self.teaches or (None if ordered is None else ordered.strip().partition(" ")[0])

    @property
    def targets(self) -> tuple[str, ...]:
        """What it points at, one by one."""
        return tuple(word for word in (part.strip() for part in (self.points or "").split(",")) if word)


class Aids(Part):
    """What helps a trainee during the shift beside what the desk shows, and what it costs."""

    what_if: bool = True
    """Whether it can be asked what an order would do before it is given. Assumed: practice is for trying things out."""
    what_if_costs: Points = 0.0
    """What an answer costs, in cost units of the resources; 0: nothing, and the log knows nothing of it. Assumed."""

    ladder: bool = True
    """Whether help can be asked for with what has waited longest: where, what, then the order itself. Assumed, as above."""
    ladder_costs: tuple[Points, Points, Points] = Field(default=(0.0, 0.0, 0.0), strict=False)
    """What each of the three rungs costs, in cost units of the resources. Assumed."""

    @property
    def priced(self) -> bool:
        """Whether an answer costs something."""
        return self.what_if and self.what_if_costs > 0


class Question(Part):
    """A question for the debriefing: exactly one of its answers is right, and `because` says why."""

    text: ToldParagraphs
    """What is asked."""
    answers: Many[CallAnswer]
    """What can be answered."""
    because: ToldParagraphs
    """Said once it is answered."""
