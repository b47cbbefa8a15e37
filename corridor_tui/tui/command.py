"""The command line of the desk, and every order in the command palette."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input

from corridor_tui.corridor.options import all_orders
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.session.shift import Shift
from corridor_tui.tui.phrases import order_text
from corridor_tui.tui.rows import literal

if TYPE_CHECKING:
    from corridor_tui.tui.desk import Desk


class CommandLine(ModalScreen[str | None]):
    """A line to write an order on; what could be meant is offered, and tab or the right arrow takes it."""

    CSS = "CommandLine { align: center bottom; background: $background 20%; } CommandLine Input { width: 100%; }"
    BINDINGS = [Binding("escape", "leave", "back"), Binding("tab", "complete", priority=True)]

    def __init__(self, shift: Shift) -> None:
        super().__init__()
        self._orders = [order.text for order in all_orders(shift.view) if shift.refusal(order) is None]

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Input(
            placeholder="an order, such as: accept X8001 N1",
            suggester=SuggestFromList(self._orders),
            select_on_focus=False,
        )

    def action_complete(self) -> None:
        """Take what is offered."""
        self.query_one(Input).action_cursor_right()

    async def on_key(self, event: events.Key) -> None:
        """Take in what was typed before the line had the focus; what it has taken in itself does not come here."""
        line = self.query_one(Input)
        if event.is_printable and event.character:
            line.insert_text_at_cursor(event.character)
            event.stop()
        elif event.key == "enter":
            event.stop()
            await line.action_submit()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Give it."""
        self.dismiss(message.value.strip() or None)

    def action_leave(self) -> None:
        """Leave without an order."""
        self.dismiss(None)


class Orders(Provider):
    """Every order that would be accepted now, for the palette."""

    @property
    def _desk(self) -> "Desk | None":
        from corridor_tui.tui.desk import Desk  # noqa: PLC0415 - the desk imports this module

        return self.screen if isinstance(self.screen, Desk) else None

    def _found(self, desk: "Desk") -> list[tuple[str, Callable[[], object]]]:
        shift = desk.shift
        orders = [order for order in all_orders(shift.view) if shift.refusal(order) is None]
        found: list[tuple[str, Callable[[], object]]] = [
            (_said(order), partial(desk.give, order.text)) for order in orders
        ]
        return [*found, (f"find  {VERBS['find'].help}: the two marked cells", desk.action_find)]

    async def discover(self) -> Hits:
        """What could be ordered, before anything is typed."""
        desk = self._desk
        if desk is not None:
            for text, command in self._found(desk):
                yield DiscoveryHit(literal(text), command, text=text)

    async def search(self, query: str) -> Hits:
        """What could be ordered and matches."""
        desk, matcher = self._desk, self.matcher(query)
        if desk is None:
            return
        for text, command in self._found(desk):
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, literal(text), command, text=text)


def _said(order: Order) -> str:
    return f"{order.text}  ({order_text(order)})"
