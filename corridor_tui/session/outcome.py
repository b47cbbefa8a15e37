"""What a finished run comes to: the answer to an order, and the outcome with its score."""

from dataclasses import dataclass

from corridor_tui.corridor.events import Event
from corridor_tui.level.base import Desk
from corridor_tui.scoring.score import Score


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order: accepted, or refused because of `reason` (plain text in the words of the trade)."""

    accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run: what was played, its events' digest, and its score. `events` is empty where none were kept."""

    level: str
    level_digest: str
    seed: int
    dispatcher: str | None
    engine: str
    digest: str
    score: Score
    orders: tuple[tuple[int, str, str], ...]
    """Every order given: second, desk, canonical text."""
    events: tuple[Event, ...]
    desks: tuple[tuple[Desk, str], ...]
    """Who worked each desk: "trainee" or a dispatcher's name."""
