"""What the records hand out: best results, and the word that they cannot be used."""

from dataclasses import dataclass


class RecordsError(RuntimeError):
    """The records cannot be used; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Best:
    """A trainee's best result on a level: the highest total, the most stars, and how many runs there were."""

    total: float
    stars: int
    runs: int
