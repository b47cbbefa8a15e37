"""What the records hand out: best results, runs in short, and the word that they cannot be used."""

from dataclasses import dataclass


class RecordsError(RuntimeError):
    """The records cannot be used; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Best:
    """A trainee's best result on a level: the highest total, the most stars, and how many runs there were."""

    total: float
    stars: int
    runs: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished run in short; times in milliseconds since 1970 UTC, losses in loss units."""

    key: str
    trainee: str
    level: str
    level_digest: str
    seed: int
    engine: str
    origin: str
    branch: str
    events_digest: str
    started_ms: int
    finished_ms: int
    orders: int
    allowance: int
    """How much more time was allowed, in per cent."""
    total: float
    stars: int
    safety: float
    time_loss: float
    detection_loss: float
    resources_loss: float
