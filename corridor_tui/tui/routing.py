"""Entry and exit on the panel: a train, then where it is to go; the route lights up, or the refusal says why not."""

from corridor_tui.language import _
from corridor_tui.session.wording import order_text
from corridor_tui.tui.arrange import Arranged
from corridor_tui.tui.rails import UNLIT
from corridor_tui.tui.routes import blocked, order_to, place_meant, way


class Routing(Arranged):
    """A route that is being chosen. What is chosen on the panel meanwhile is its destination."""

    _entry = ""
    """The train whose destination is being picked."""

    def action_route(self) -> None:
        """Pick a destination for the chosen train."""
        name = self.trains.choice if self._active != "panel" else self.panel.choice
        unit = self.shift.view.units.get(name)
        if unit is None:
            self.say(_("choose the train that is to go somewhere first"), "warn")
            return
        self._entry = name
        self._focus_pane("panel")
        self.say(
            _(
                "{train} goes where? Choose a track or a neighbour's station: enter sets the route, escape leaves",
                train=name,
            ),
            "warn",
        )

    def _focus_pane(self, name: str) -> None:
        if name != "panel" and self._entry:
            self._leave_route()
        super()._focus_pane(name)

    def show_route(self, target: str) -> None:
        """Light the way up, or say why there is none."""
        view = self.shift.view
        unit = view.units.get(self._entry)
        if target == self._entry:
            return
        target = place_meant(view, target)
        order = None if unit is None else order_to(unit, target)
        parts = () if unit is None or order is None else way(view, unit, target)
        if unit is None or order is None:
            self._light(UNLIT)
            return
        said, objection = order_text(order, self.shift.level), self.shift.refusal(order)
        self._light(frozenset(parts) if objection is None else UNLIT)
        held = blocked(view, unit, parts)
        if objection is not None:
            self.say(f"✕ {said}: {objection}", "bad")
        elif held:
            self.say(
                _("{order}: it will wait for {what}; enter gives it", order=said, what=", ".join(held[:3])),
                "warn",
            )
        else:
            self.say(_("✓ {order}: the way is free; enter gives it", order=said), "good")

    def _light(self, lit: frozenset[str]) -> None:
        self.panel.lit = lit
        self.panel.draw(self.shift.view)

    def action_menu(self) -> None:
        """Set the route that is being chosen; else the orders for what is chosen."""
        if not self._entry or self._active != "panel":
            super().action_menu()
            return
        unit = self.shift.view.units.get(self._entry)
        order = None if unit is None else order_to(unit, place_meant(self.shift.view, self.panel.choice))
        if order is None:
            self.say(_("choose a track or a neighbour's station, or leave with escape"), "warn")
        elif self.give(order.text):
            self._leave_route()

    def action_cancel(self) -> None:
        """Leave the route that is being chosen."""
        if self._entry:
            self._leave_route()
            self.say(_("no route was set"), "")

    def _leave_route(self) -> None:
        name, self._entry = self._entry, ""
        self._light(UNLIT)
        self.panel.choose(name)
