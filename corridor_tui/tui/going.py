"""Going from one instrument to another, and to whatever is chosen there."""

from collections.abc import Callable

from corridor_tui.language import _
from corridor_tui.tui.arrange import Instruments
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.routing import Route
from corridor_tui.tui.teller import Teller


class Going:
    """Leads keys to an instrument, and the choice to a thing. `focus` gives the focus to a pane, and shows that it has it."""

    def __init__(self, desk: Teller, instruments: Instruments, route: Route, focus: Callable[[Rows], None]) -> None:
        self._desk = desk
        self._instruments = instruments
        self._route = route
        self._focus = focus

    def to(self, name: str) -> None:
        """Go to an instrument; a route can only be chosen on the panel."""
        if name != "panel":
            self._route.leave()
        self._instruments.activate(name)
        self._focus(self._instruments.panes[name])

    def turn(self, step: int) -> None:
        """Go to the next one."""
        self.to(self._instruments.beside(step))

    def select(self, name: str) -> None:
        """Choose a train, a consignment, a track or a crane, and go where it stands."""
        sought, key = self._instruments.key_of(name)
        found = self._instruments.choose(name)
        if sought == "panel" and self._route.begun:  # it is where that is to go, and what comes of it is told instead
            return
        self.to(found)
        self._desk.say(
            _(
                "{name} is chosen: {key} shows its orders",
                name=key.rpartition(":")[2],
                key=self._desk.keyboard.shown("orders"),
            ),
            "",
        )

    def locate(self) -> None:
        """Go to the train on the panel that is chosen, or that what is chosen came with."""
        name = self._instruments.train_meant
        self.to("panel")
        if not self._instruments.panel.find(name, self._desk.shift.view):
            self._desk.say(_("{train} is not on our tracks, nor offered", train=name), "warn")

    def follow(self) -> None:
        """Let the panel follow the chosen train, or no longer."""
        name = self._instruments.trains.choice
        if name:
            self.to("panel")
            self._instruments.panel.follow(name, self._desk.shift.view)

    def route(self) -> None:
        """Pick a destination for the chosen train."""
        instruments = self._instruments
        chosen = instruments.panel if instruments.active == "panel" else instruments.trains
        name = chosen.choice
        if name not in self._desk.shift.view.units:
            self._desk.say(_("choose the train that is to go somewhere first"), "warn")
            return
        self.to("panel")
        self._route.begin(name)
