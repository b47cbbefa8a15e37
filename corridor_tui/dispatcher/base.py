"""What an automatic player is: it sees the view, yields orders one by one, and reacts as fast as its kind does."""

from collections.abc import Iterator
from typing import Protocol

from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Desk

ROUTINE = frozenset(
    {"lifting", "lifted", "entered", "freed", "signal", "queued", "started", "moving", "ordered", "refused", "crane_set",
     "routed", "crane_blocked", "accepted", "paired", "requested", "found", "releasing", "path", "answered", "call_missed",
     "discharging", "tipping", "filled"}
)  # fmt: skip
"""Events that give nobody anything to do."""


class Dispatcher(Protocol):
    """An automatic player of one or more desks."""

    name: str
    react_s: int
    """Seconds of the shift from an event until it acts on it."""
    alarm_s: int | None
    """When it wants to look again though nothing may have happened."""

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The orders it gives now; each takes effect before the next is asked for, so the view is always current."""
        ...


class DoNothing:
    """Gives no orders at all."""

    name = "do-nothing"
    react_s = 3_600
    alarm_s: int | None = None

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """Nothing."""
        return iter(())
