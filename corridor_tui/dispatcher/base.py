"""What an automatic player is: it sees the view, yields orders one by one, and reacts as fast as its kind does."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Desk


class Dispatcher(Protocol):
    """An automatic player of one or more desks."""

    name: str
    react_s: int
    """Seconds of the shift from an event until it acts on it."""

    @property
    def alarm_s(self) -> int | None:
        """When it wants to look again though nothing may have happened."""
        ...

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


def wish(verb: str, *args: str) -> Order:
    """An order."""
    return Order(verb, args)


def if_heard(view: View, verb: str, *args: str) -> tuple[Order, ...]:
    """An order, if it would be accepted now."""
    order = Order(verb, args)
    return (order,) if refusal(view, order) is None else ()


def first_heard(view: View, orders: Iterable[Order]) -> tuple[Order, ...]:
    """The first of some orders that would be accepted now, alone; none where all would be refused."""
    for order in orders:
        if refusal(view, order) is None:
            return (order,)
    return ()
