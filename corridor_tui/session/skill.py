"""What a trainee can do by now, from earlier runs: the stars on a level, and what was ordered there and elsewhere without help."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corridor_tui.level.teaching import Hint
from corridor_tui.session.journal import GAVE

ENOUGH = 3
"""So many orders of a kind without help, and it is known; assumed."""


@dataclass(frozen=True, slots=True)
class Skill:
    """The most stars earned on a level, and how often each kind of order was given unaided in runs that earned one anywhere."""

    stars: int = 0
    unaided: Mapping[str, int] = field(default_factory=dict)

    def needs(self, hint: Hint) -> bool:
        """Whether a hint has not faded yet."""
        taught = hint.taught
        return self.stars < hint.fades and (taught is None or self.unaided.get(taught, 0) < ENOUGH)


def unaided(given: Iterable[tuple[str, bool]]) -> Counter[str]:
    """How often each kind of order was given without help, by its word; from what a run was given: texts, and whether heard.

    Help is the guide, the coach and the ladder: they leave a note before the order that they were asked for.
    """
    counts: Counter[str] = Counter()
    helped = ""
    for text, heard in given:
        if text.startswith(GAVE):
            helped = text.removeprefix(GAVE)
        elif heard and text == helped:
            helped = ""
        elif heard:
            counts[text.partition(" ")[0]] += 1
    return counts
