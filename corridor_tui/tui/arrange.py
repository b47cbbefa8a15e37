"""How the instruments share the screen: side by side where there is room, as tabs where not, one alone where zoomed."""

from collections.abc import Callable

from corridor_tui.corridor.chain import carrier
from corridor_tui.language import N_, _
from corridor_tui.level.teaching import INSTRUMENTS
from corridor_tui.session.forecast import Forecast
from corridor_tui.session.shift import Shift
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.instrument import Graph
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.layers import Layers
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.messages import MessageLog, Messages, subject_of
from corridor_tui.tui.overview import Panel
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.panel import least_lines
from corridor_tui.tui.trains import TrainList
from corridor_tui.tui.words import Search

WIDE = (120, 40)
ROOMY = (150, 48)
PANES = INSTRUMENTS
_LEFT = ("panel", "trains")
_FRONTS = {"customs": ("customs", "papers"), "graph": ("graph",), "cranes": ("cranes",)}
"""What stands above the messages: one of these, with what belongs to it."""
_TITLES = {
    "panel": N_("1 panel   ◂ east, China · west, Europe ▸"),
    "trains": N_("2 trains"),
    "customs": N_("3 customs"),
    "papers": N_("4 papers"),
    "messages": N_("5 messages"),
    "graph": N_("6 graph"),
    "cranes": N_("7 cranes"),
}
SIGNS = {
    "graph": N_("⠤been ⠄⠂expected ⠁ timetable  ◆who first? ◇meet ✕knot"),
    "cranes": N_("█ full ▌ half ░▒ not released ! overloaded"),
}
"""What the signs of an instrument mean: beside its title, and where that is only a tab, above the keys."""
_BROAD, _BROAD_ROOMY = 55, 76
"""The columns of the panel and the trains, beside the other instruments."""
_INSET = 2
"""Those of them in which a row does not stand: the pointer's, and a blank one at the right."""
_LEAST_TRAINS = 11
"""The least lines of the trains, with their title, where the panel takes of theirs to show the whole corridor."""


def _titled(name: str) -> str:
    """The title of a pane, with what its signs mean."""
    return "  ".join(_(text) for text in (_TITLES[name], SIGNS.get(name)) if text)


class Arranged(Layers):
    """The panes of the desk and where they stand. What they show is for `Desk` to say."""

    def __init__(self, shift: Shift, wall: Callable[[], float], keyboard: Keyboard) -> None:
        super().__init__(shift, wall, keyboard)
        self._active = "trains"
        self._zoomed = False
        self._most_lines = 0
        """How many lines the whole corridor takes on the panel beside the other instruments."""
        self._bars = {name: Bar(id=name) for name in ("header", "tabs", "status", "hints")}
        self.matrix = Matrix(_(_TITLES["papers"]), id="papers")
        self.graph = Graph(_titled("graph"), shift.level, id="graph")
        self.trains = TrainList(_(_TITLES["trains"]), shift.desks, id="trains")
        self.panel = Panel(_(_TITLES["panel"]), shift.level, id="panel")
        log = Messages(shift.level, mistakes=shift.level.shift.feedback != "none")
        self.messages = MessageLog(_(_TITLES["messages"]), log, id="messages")
        own: dict[str, Rows] = {
            "panel": self.panel, "trains": self.trains, "papers": self.matrix, "graph": self.graph, "messages": self.messages,
        }  # fmt: skip
        self._panes = {name: own.get(name) or Rows(_titled(name), id=name) for name in PANES}
        # who works a line with loops and no papers looks at the graph first
        self._front = "graph" if shift.view.network.has_loops and "customs" not in shift.desks else "customs"

    @property
    def ahead(self) -> Forecast:
        """What the train graph expects."""
        return self.graph.ahead

    def _in_sight(self, name: str) -> bool:
        pane = self._panes[name]
        return pane.display and pane.room > 0

    @property
    def _tabbed(self) -> bool:
        return self._zoomed or self.size.width < WIDE[0] or self.size.height < WIDE[1]

    @property
    def _lines(self) -> int:
        """The lines between the panes and the keys."""
        raise NotImplementedError

    @property
    def _roomy(self) -> bool:
        return not self._tabbed and self.size.width >= ROOMY[0] and self.size.height >= ROOMY[1]

    def _measure(self) -> None:
        """See how many lines the corridor takes; once for each size, so that nothing moves while one works."""
        self._most_lines = least_lines(self.shift.view, (_BROAD_ROOMY if self._roomy else _BROAD) - _INSET)

    def _arrange(self) -> None:
        tabbed, roomy = self._tabbed, self._roomy
        self.set_class(tabbed, "tabbed")
        self.set_class(roomy, "roomy")
        level = self.shift.level
        sets = sum(train.consignments for train in level.trains)
        sets += sum(service.consignments.most for service in level.services if service.consignments is not None)
        wanted = {
            "trains": (18 if roomy else 15, 2 * len(self.shift.view.units) + 4),
            "customs": (13 if roomy else 11, sets + 2),
        }
        lines = {name: min(most, max(5, needed)) for name, (most, needed) in wanted.items()}
        spare = (
            self.size.height - len(self._bars) + 1 - self._lines - 1 - self._most_lines
        )  # bars of one line, and a title
        if _LEAST_TRAINS <= spare < lines["trains"]:
            lines["trains"] = spare
        for name, high in lines.items():
            self._panes[name].styles.height = "1fr" if tabbed else high
        self.query_one("#left").styles.width = "1fr" if tabbed else _BROAD_ROOMY if roomy else _BROAD
        behind = [name for front, names in _FRONTS.items() for name in names if front != self._front]
        for name, pane in self._panes.items():
            pane.display = name == self._active if tabbed else name not in behind
        left = self._active in _LEFT
        self.query_one("#left").display = not tabbed or left
        self.query_one("#right").display = not tabbed or not left

    def _focus_pane(self, name: str) -> None:
        before, self._active = self._front, name
        self._front = next((front for front, names in _FRONTS.items() if name in names), before)
        if self._tabbed or before != self._front:
            self._arrange()
        self.put_away()
        self.set_focus(self._panes[name], scroll_visible=False)
        self._show_status()

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self._focus_pane(name)

    @property
    def instrument(self) -> str:
        """The instrument that keys go to."""
        return self._active

    def action_turn(self, step: int) -> None:
        """Go to the next pane."""
        self._focus_pane(PANES[(PANES.index(self._active) + step) % len(PANES)])

    def action_zoom(self) -> None:
        """Give the active pane the whole screen, or go back."""
        self._zoomed = not self._zoomed
        self._arrange()

    def action_move(self, down: int, aside: int = 0) -> None:
        """Move the choice in the active pane."""
        self._panes[self._active].move(down, aside)

    def action_sort(self) -> None:
        """Sort the trains by the next thing."""
        self.trains.turn_sort()
        self.trains.draw(self.shift.view)

    def action_filter(self) -> None:
        """Show another share of the trains, or only some messages; else claim that the two marked cells clash."""
        if self._active == "trains":
            self.trains.turn_keep()
            self.trains.draw(self.shift.view)
        elif self._active == "messages":
            self.app.push_screen(Search(self.messages.history.wanted, self._look_for))
        else:
            self.action_find()

    def _look_for(self, wanted: str) -> None:
        self.messages.look_for(wanted)
        self._draw_messages()

    def _draw_messages(self) -> None:
        self.messages.draw(self.shift.events, self.shift.count)

    def action_menu(self) -> None:
        """Go to what the chosen message is about, or answer its call; elsewhere the orders for what is chosen."""
        event = self.messages.event if self._active == "messages" else None
        if self._active != "messages":
            super().action_menu()
        elif event is not None and event.code == "call" and self._rings(str(event.args[0])):
            self._answer(str(event.args[0]))
        elif event is not None and (name := subject_of(self.shift.view, event)):
            self.select(name)
        else:
            self.say(_("that message is about nothing on the desk now"), "warn")

    def _rings(self, call: str) -> bool:
        return any(ring.id == call for ring in self.shift.view.ringing(self.shift.desks))

    def action_locate(self) -> None:
        """Go to the train on the panel that is chosen, or that what is chosen came with."""
        view, name = self.shift.view, self.subject
        dossier = view.dossiers.get(name)
        if dossier is not None:
            name = carrier(view, view.units[dossier.train]).id
        if name not in view.units:
            name = self.trains.choice
        self._focus_pane("panel")
        if not self.panel.find(name, view):
            self.say(_("{train} is not on our tracks, nor offered", train=name), "warn")

    def action_span(self, step: int) -> None:
        """Let the graph show more time, or less; the panel more of the corridor, or less."""
        if self._active == "graph":
            self.graph.zoom(step)
        elif self._active == "panel":
            self.panel.span(step, self.shift.view)

    def action_scope(self) -> None:
        """Let the panel show the next station by itself, or the whole corridor."""
        self.panel.turn(self.shift.view)

    def action_follow(self) -> None:
        """Let the panel follow the chosen train, or no longer."""
        name = self.trains.choice
        if name:
            self._focus_pane("panel")
            self.panel.follow(name, self.shift.view)

    def action_to_now(self) -> None:
        """Let the graph, or the log, follow the clock again."""
        if self._active == "graph":
            self.graph.to_now()
        elif self._active == "messages":
            self.messages.to_end()

    def action_mark(self) -> None:
        """In the papers mark the cell under the cursor; on the graph have the chosen train meet another."""
        if self._active == "papers":
            self.matrix.mark()
        elif self._active == "graph":
            self.action_meet()
