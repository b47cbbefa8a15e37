"""What a level teaches with beside its shift: hints on the way, and questions to think about afterwards."""

from typing import Annotated

from pydantic import Field

from corridor_tui.level.base import Many, Part, Points
from corridor_tui.level.disruptions import CallAnswer, Condition
from corridor_tui.level.text import Clock, Ident, Line, Paragraphs


class Hint(Part):
    """What a newcomer is told from a moment on, at a clock time or on a condition, until another condition holds."""

    id: Ident
    at: Clock | None = None
    when: Condition | None = None
    until: Condition | None = None
    """None: until the next hint comes."""
    text: Line
    points: Line | None = None
    """What it points at: the pane and the keys, such as "2, then enter, then a"."""
    fades: Annotated[int, Field(ge=1, le=3)] = 2
    """Not shown any more to who has earned so many stars on this level. Assumed."""


class Aids(Part):
    """What helps a trainee during the shift beside what the desk shows, and what it costs."""

    what_if: bool = True
    """Whether it can be asked what an order would do before it is given. Assumed: practice is for trying things out."""
    what_if_costs: Points = 0.0
    """What an answer costs, in cost units of the resources; 0: nothing, and the log knows nothing of it. Assumed."""

    @property
    def priced(self) -> bool:
        """Whether an answer costs something."""
        return self.what_if and self.what_if_costs > 0


class Question(Part):
    """A question for the debriefing: exactly one of its answers is right, and `because` says why."""

    text: Paragraphs
    answers: Many[CallAnswer]
    because: Paragraphs
