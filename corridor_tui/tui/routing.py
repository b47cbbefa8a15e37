"""Entry and exit on the panel: a train, then where it is to go; the route lights up, or the refusal says why not."""

from corridor_tui.language import _
from corridor_tui.session.wording import order_text
from corridor_tui.tui.overview import Panel
from corridor_tui.tui.rails import UNLIT
from corridor_tui.tui.routes import blocked, order_to, place_meant, way
from corridor_tui.tui.teller import Teller


class Route:
    """A route that is being chosen. What is chosen on the panel meanwhile is its destination."""

    def __init__(self, desk: Teller, panel: Panel) -> None:
        self._desk = desk
        self._panel = panel
        self._train = ""
        """The train whose destination is being picked."""

    @property
    def begun(self) -> bool:
        """Whether one is being chosen."""
        return bool(self._train)

    def begin(self, train: str) -> None:
        """Ask for the destination of a train."""
        self._train = train
        shown = self._desk.keyboard.shown
        said = _(
            "{train} goes where? Choose a track or a neighbour's station: {key} sets the route, {cancel} leaves",
            train=train,
            key=shown("orders"),
            cancel=shown("cancel"),
        )
        self._desk.say(said, "warn")

    def show(self, target: str) -> None:
        """Light the way up, or say why there is none."""
        shift, say = self._desk.shift, self._desk.say
        view = shift.view
        unit = view.units.get(self._train)
        if target == self._train:
            return
        target = place_meant(view, target)
        order = None if unit is None else order_to(unit, target)
        parts = () if unit is None or order is None else way(view, unit, target)
        if unit is None or order is None:
            self._light(UNLIT)
            return
        said, objection = order_text(order, shift.level), shift.refusal(order)
        self._light(frozenset(parts) if objection is None else UNLIT)
        held, key = blocked(view, unit, parts), self._desk.keyboard.shown("orders")
        if objection is not None:
            say(f"✕ {said}: {objection}", "bad")
        elif held:
            say(
                _("{order}: it will wait for {what}; {key} gives it", order=said, what=", ".join(held[:3]), key=key),
                "warn",
            )
        else:
            say(_("✓ {order}: the way is free; {key} gives it", order=said, key=key), "good")

    def _light(self, lit: frozenset[str]) -> None:
        self._panel.lit = lit
        self._panel.draw(self._desk.shift.view)

    def set(self) -> None:
        """Give the order for it."""
        view = self._desk.shift.view
        unit = view.units.get(self._train)
        order = None if unit is None else order_to(unit, place_meant(view, self._panel.choice))
        if order is None:
            key = self._desk.keyboard.shown("cancel")
            self._desk.say(_("choose a track or a neighbour's station, or leave with {key}", key=key), "warn")
        elif self._desk.give(order.text):
            self.leave()

    def cancel(self) -> None:
        """Leave it, and say so."""
        if self._train:
            self.leave()
            self._desk.say(_("no route was set"), "")

    def leave(self) -> None:
        """Let it be, with its train chosen again; where none was begun, nothing is done."""
        if self._train:
            name, self._train = self._train, ""
            self._light(UNLIT)
            self._panel.choose(name)
