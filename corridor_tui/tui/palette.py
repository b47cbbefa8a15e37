"""The command palette: every order, train and command by its name."""

from collections.abc import Callable
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits
from textual.system_commands import SystemCommandsProvider

from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.session.wording import order_text
from corridor_tui.tui.choices import orders_here
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.rows import literal


class Palette(CommandPalette):
    """The palette, in the looks and the language of the desk."""

    DEFAULT_CSS = """
    Palette SearchIcon { display: none; }
    Palette #--input, Palette #--input.--list-visible { border: none; padding: 1 1 0 1; height: 3; background: $panel; }
    Palette > Vertical { margin-top: 2; background: $panel; }
    Palette CommandList { background: $panel; scrollbar-size-vertical: 1; scrollbar-background: $panel; scrollbar-color: $primary; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder=_("an order, a train, a screen or a setting: a few letters of it"))


class Orders(SystemCommandsProvider):
    """What the palette offers: every order that would be accepted now, then the commands of the program.

    One provider for both: of several the one that is done first would stand first.
    """

    @property
    def _desk(self) -> Desk | None:
        return self.screen if isinstance(self.screen, Desk) else None

    def _found(self, desk: Desk) -> list[tuple[str, Callable[[], object]]]:
        shift = desk.shift
        orders = [order for order in orders_here(shift) if shift.refusal(order) is None]
        found: list[tuple[str, Callable[[], object]]] = [
            (_said(order, shift.level), partial(desk.give, order.text)) for order in orders
        ]
        found += [
            (
                _(
                    N_("{unit}  choose the rake {title}")
                    if unit.kind == "rake"
                    else N_("{unit}  choose the train {title}"),
                    unit=unit.id,
                    title=unit.title,
                ),
                partial(desk.enter, unit.id),
            )
            for unit in shift.view.units.values()
            if unit.gone_s is None
        ]
        return [*found, (_("find  {about}: the two marked cells", about=_(VERBS["find"].help)), desk.action_find)]

    async def discover(self) -> Hits:
        """What could be ordered, before anything is typed."""
        desk = self._desk
        if desk is not None:
            for text, command in self._found(desk):
                yield DiscoveryHit(literal(text), command, text=text)
        async for hit in super().discover():
            yield hit

    async def search(self, query: str) -> Hits:
        """What could be ordered and matches."""
        desk, matcher = self._desk, self.matcher(query)
        for text, command in [] if desk is None else self._found(desk):
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, literal(text), command, text=text)
        async for hit in super().search(query):
            yield hit


def _said(order: Order, level: Level) -> str:
    text, words = order.text, order_text(order, level)
    return text if words == text else f"{text}  ({words})"
