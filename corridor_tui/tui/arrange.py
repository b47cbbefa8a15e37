"""How the instruments share the screen: side by side where there is room, as tabs where not, one alone where zoomed."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from corridor_tui.corridor.chain import carrier
from corridor_tui.corridor.view import View
from corridor_tui.language import N_, _
from corridor_tui.level.plant import Station
from corridor_tui.level.teaching import INSTRUMENTS
from corridor_tui.tui.instrument import Graph
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.messages import MessageLog, Messages, subject_of
from corridor_tui.tui.overview import Panel
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.panel import least_lines
from corridor_tui.tui.pointing import Pointer, Pointing
from corridor_tui.tui.teller import Playing
from corridor_tui.tui.things import CRANE, TRACK
from corridor_tui.tui.trains import Keep, TrainList

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


@dataclass(frozen=True, slots=True)
class Before:
    """What was chosen in each instrument, which trains were listed, and what the panel showed, at some time before."""

    choices: Mapping[str, str]
    keep: Keep
    scope: Station | None
    followed: str | None


class Instruments(Horizontal):
    """The instruments of a desk: where they stand, which of them keys go to, and what is chosen in each.

    `active` is the one that keys go to. What they show is not decided here.
    """

    def __init__(self, desk: Playing) -> None:
        super().__init__(id="body")
        self._desk = desk
        shift, level = desk.shift, desk.shift.level
        self.active = "trains"
        self.zoomed = False
        self._most_lines = 0
        """How many lines the whole corridor takes on the panel beside the other instruments."""
        self._around = 0
        """The lines of the screen above and below the instruments."""
        sets = sum(train.consignments for train in level.trains)
        self._sets = sets + sum(
            service.consignments.most for service in level.services if service.consignments is not None
        )
        self.matrix = Matrix(_(_TITLES["papers"]), id="papers")
        self.graph = Graph(_titled("graph"), level, id="graph")
        self.trains = TrainList(_(_TITLES["trains"]), shift.desks, desk.keyboard.shown("filter"), id="trains")
        self.panel = Panel(_(_TITLES["panel"]), level, id="panel")
        log = Messages(level, mistakes=level.shift.feedback != "none")
        self.messages = MessageLog(_(_TITLES["messages"]), log, id="messages")
        self.customs, self.cranes = Rows(_titled("customs"), id="customs"), Rows(_titled("cranes"), id="cranes")
        own: tuple[Rows, ...] = (
            self.panel, self.trains, self.customs, self.matrix, self.messages, self.graph, self.cranes,
        )  # fmt: skip
        self.panes = {name: next(pane for pane in own if pane.id == name) for name in PANES}
        # who works a line with loops and no papers looks at the graph first
        self._front = "graph" if shift.view.network.has_loops and "customs" not in shift.desks else "customs"
        self._left = Vertical(self.panel, self.trains, id="left")
        self._right = Vertical(self.customs, self.matrix, self.graph, self.cranes, self.messages, id="right")

    def compose(self) -> ComposeResult:
        """Build it."""
        yield self._left
        yield self._right

    @property
    def _view(self) -> View:
        return self._desk.shift.view

    # where they stand

    def in_sight(self, name: str) -> bool:
        """Whether an instrument can be seen."""
        pane = self.panes[name]
        return pane.display and pane.room > 0

    @property
    def tabbed(self) -> bool:
        """Whether only one is shown at a time, or what belongs together."""
        size = self.screen.size
        return self.zoomed or size.width < WIDE[0] or size.height < WIDE[1]

    @property
    def _roomy(self) -> bool:
        size = self.screen.size
        return not self.tabbed and size.width >= ROOMY[0] and size.height >= ROOMY[1]

    def measure(self, around: int) -> None:
        """See how many lines the corridor takes; once for each size, so that nothing moves while one works. `around`: the lines
        above and below the instruments.
        """
        self._around = around
        self._most_lines = least_lines(self._view, (_BROAD_ROOMY if self._roomy else _BROAD) - _INSET)

    def lay_out(self) -> None:
        """Give each its place, or none."""
        tabbed, roomy = self.tabbed, self._roomy
        self.screen.set_class(tabbed, "tabbed")
        self.screen.set_class(roomy, "roomy")
        wanted = {
            "trains": (18 if roomy else 15, 2 * len(self._view.units) + 4),
            "customs": (13 if roomy else 11, self._sets + 2),
        }
        lines = {name: min(most, max(5, needed)) for name, (most, needed) in wanted.items()}
        spare = self.screen.size.height - self._around - 1 - self._most_lines  # a title
        if _LEAST_TRAINS <= spare < lines["trains"]:
            lines["trains"] = spare
        for name, high in lines.items():
            self.panes[name].styles.height = "1fr" if tabbed else high
        self._left.styles.width = "1fr" if tabbed else _BROAD_ROOMY if roomy else _BROAD
        behind = [name for front, names in _FRONTS.items() for name in names if front != self._front]
        for name, pane in self.panes.items():
            pane.display = name == self.active if tabbed else name not in behind
        left = self.active in _LEFT
        self._left.display = not tabbed or left
        self._right.display = not tabbed or not left

    def activate(self, name: str) -> None:
        """Let keys go to another one, and show it."""
        before, self.active = self._front, name
        self._front = next((front for front, names in _FRONTS.items() if name in names), before)
        if self.tabbed or before != self._front:
            self.lay_out()

    def beside(self, step: int) -> str:
        """The one so many places further on."""
        return PANES[(PANES.index(self.active) + step) % len(PANES)]

    def zoom(self) -> None:
        """Give the active one the whole screen, or go back."""
        self.zoomed = not self.zoomed
        self.lay_out()

    # what is looked at in them

    def move(self, down: int, aside: int = 0) -> None:
        """Move the choice in the active one."""
        self.panes[self.active].move(down, aside)

    def sort(self) -> None:
        """Sort the trains by the next thing."""
        self.trains.turn_sort()
        self.trains.draw(self._view)

    def filter(self) -> None:
        """Show another share of the trains."""
        self.trains.turn_keep()
        self.trains.draw(self._view)

    def scope(self) -> None:
        """Let the panel show the next station by itself, or the whole corridor."""
        self.panel.turn(self._view)

    def span(self, step: int) -> None:
        """Let the graph show more time, or less; the panel more of the corridor, or less."""
        if self.active == "graph":
            self.graph.zoom(step)
        elif self.active == "panel":
            self.panel.span(step, self._view)

    def to_now(self) -> None:
        """Let the graph, or the log, follow the clock again."""
        if self.active == "graph":
            self.graph.to_now()
        elif self.active == "messages":
            self.messages.to_end()

    def look_for(self, wanted: str) -> None:
        """Show only messages with all of some words; with none, all."""
        self.messages.look_for(wanted)
        self.draw_messages()

    def draw_messages(self) -> None:
        """Draw the log up to the last event."""
        self.messages.draw(self._desk.shift.events, self._desk.shift.count)

    # what is chosen in them

    @property
    def subject(self) -> str:
        """What orders are about now: a train, a consignment, a track or a crane; in the log what a message is about."""
        if self.active == "messages":
            event = self.messages.event
            named = "" if event is None else subject_of(self._view, event)
            return self.key_of(named)[1] if named else self.trains.choice
        return self.panes["customs" if self.active == "papers" else self.active].choice

    def key_of(self, name: str) -> tuple[str, str]:
        """The instrument in which a train, a consignment, a track or a crane is chosen, and its key there."""
        view = self._view
        if name in view.dossiers:
            return "customs", name
        if name in view.units:
            return self.active if self.active in ("panel", "graph") else "trains", name
        held = view.units.get(view.holds.get(name, ""))
        if held is not None and held.place == name:
            return "panel", held.id  # who stands on a track stands there for it
        return "panel", f"{TRACK if name in view.level.tracks else CRANE}{name}"

    def choose(self, name: str) -> str:
        """Choose a train, a consignment, a track or a crane; the instrument in which it is chosen."""
        view = self._view
        pane, key = self.key_of(name)
        if name in view.units:
            self.trains.bring(name, view)
        if pane == "panel":
            self.panel.find(key, view)
        self.panes[pane].choose(key)
        # it may not be drawn where it was looked for
        return "trains" if name in view.units and self.panes[pane].choice != name else pane

    def show(self, name: str) -> None:
        """Choose something wherever it stands in sight."""
        view = self._view
        pane, key = self.key_of(name)
        if name in view.units:
            self.trains.bring(name, view)
        elif pane != "panel":
            self.panes[pane].choose(key)
        if (pane == "panel" or name in view.units) and self.in_sight("panel"):
            self.panel.find(key, view)

    @property
    def train_meant(self) -> str:
        """The train that is chosen, or that what is chosen came with."""
        view = self._view
        name = self.subject
        dossier = view.dossiers.get(name)
        if dossier is not None:
            name = carrier(view, view.units[dossier.train]).id
        return name if name in view.units else self.trains.choice

    @property
    def marked(self) -> tuple[str, list[str]]:
        """The consignment whose papers lie on the desk, and the cells marked in them."""
        return self.customs.choice, self.matrix.marks

    def remember(self) -> Before:
        """What is chosen and shown now."""
        choices = {name: pane.choice for name, pane in self.panes.items()}
        return Before(choices, self.trains.keep, self.panel.scope, self.panel.followed)

    def recall(self, before: Before) -> None:
        """Choose and show again what was so before."""
        view = self._view
        self.trains.keep = before.keep
        self.trains.draw(view)
        self.panel.scope, self.panel.followed = before.scope, before.followed
        if self.in_sight("panel"):
            self.panel.draw(view)
        for name, choice in before.choices.items():
            self.panes[name].choose(choice)

    # what is pointed at in them

    def pointer(self) -> Pointer:
        """Who finds the next key from here."""
        return Pointer(self._view, self.panes, self.matrix, self.active)

    def point(self, pointing: Pointing) -> None:
        """Mark what is pointed at, and nothing else."""
        for name, pane in self.panes.items():
            here = name == pointing.pane
            pane.point(pointing.things if here else frozenset(), whole=here)

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Another train in one of them: the same in the others."""
        pane, key = message.pane.id, message.key
        if pane in ("graph", "cranes"):
            self.trains.choose(key)
        elif pane == "trains":
            self.trains.draw(self._view)
            if self.in_sight("graph"):
                self.graph.follow(key)
        elif pane == "papers":
            self.matrix.choose_cell()
