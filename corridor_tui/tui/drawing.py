"""What the instruments show, and when it is drawn: all of it, or a part at a time, each only where it changed."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from corridor_tui.language import _
from corridor_tui.tui.arrange import Instruments
from corridor_tui.tui.clock import Clock
from corridor_tui.tui.cranes import crane_rows
from corridor_tui.tui.lists import customs_rows
from corridor_tui.tui.loss import Loss
from corridor_tui.tui.matrix import title_of
from corridor_tui.tui.staff import customs_staff
from corridor_tui.tui.teller import Playing

RUNNING_ON = 5
"""Of so many frames one is drawn whole while the shift runs on: four a second."""


class Framing(Protocol):
    """What stands around the instruments is drawn along with them."""

    def show_header(self) -> None:
        """Draw the line of the clocks."""

    def show_tabs(self) -> str:
        """Draw the line of the instruments."""

    def show_status(self) -> None:
        """Draw the lines around the instruments."""


class Painter:
    """Draws the instruments of a desk. `later` has something done in a breath, when what was drawn before is written."""

    def __init__(
        self,
        desk: Playing,
        instruments: Instruments,
        around: Framing,
        clock: Clock,
        loss: Loss,
        later: Callable[[Callable[[], None]], object],
    ) -> None:
        self._desk = desk
        self._instruments = instruments
        self._around = around
        self._clock = clock
        self._loss = loss
        self._later = later
        self._seen = self._minute = -1
        self._parts = deque((self._trains, self._customs, self._aside, self._messages))
        """What is drawn while time runs, a part each frame in its turn, so that no frame keeps a key waiting long."""
        self._stale = 0
        """How many of the parts were not drawn since something happened."""
        self._passed = 0
        """How many frames went by since one was drawn while the shift runs on."""

    def all(self) -> None:
        """Draw what is in sight; an instrument draws only the rows that changed."""
        self._panel()
        self._trains()
        self._customs()
        self._aside()
        self._loss.read()
        self._messages()
        self._stale = 0

    def frame(self) -> None:
        """Draw what a frame of running time asks for: the panel where something happened, and the part whose turn it is.

        While the shift runs on nobody can read what changes in every frame: the clocks go on in each, the rest in a few.
        """
        self._passed += 1
        if self._clock.running_on and self._passed < RUNNING_ON:
            self._around.show_header()
            return
        self._passed = 0
        shift = self._desk.shift
        if shift.count != self._seen or shift.now_s // 60 != self._minute:
            self._panel()
            self._stale = len(self._parts)
            self._loss.happened()
        elif self._loss.due:
            self._loss.read()
            self._around.show_tabs()
        else:
            self._around.show_header()
        self._next()

    def soon(self) -> None:
        """Draw the panel, then the rest a part at a time: whatever is pressed meanwhile waits for one part at most."""
        self._panel()
        self._stale = len(self._parts)
        self._later(self._rest)

    def _rest(self) -> None:
        if self._next():
            self._later(self._rest)

    def _next(self) -> bool:
        """Draw the part whose turn it is, where one is not drawn since something happened; whether there was one."""
        if not self._stale:
            return False
        self._stale -= 1
        self._parts[0]()
        self._parts.rotate(-1)
        return True

    def _panel(self) -> None:
        shift = self._desk.shift
        self._seen, self._minute = shift.count, shift.now_s // 60
        self._around.show_header()
        if self._instruments.in_sight("panel"):
            self._instruments.panel.draw(shift.view)

    # lists are kept even out of sight: what is chosen there is what orders are about

    def _trains(self) -> None:
        self._instruments.trains.draw(self._desk.shift.view)

    def _customs(self) -> None:
        view, customs = self._desk.shift.view, self._instruments.customs
        customs.show(customs_rows(view, customs.room or 60), [customs_staff(view)])
        self.papers()

    def _aside(self) -> None:
        shift, instruments = self._desk.shift, self._instruments
        if instruments.in_sight("graph"):
            instruments.graph.draw(shift, instruments.trains.choice)
        if instruments.in_sight("cranes"):
            instruments.cranes.show(crane_rows(shift.view, instruments.cranes.room))

    def _messages(self) -> None:
        if self._instruments.in_sight("messages"):
            self._instruments.draw_messages()
        self._around.show_status()

    def papers(self) -> None:
        """Lay the papers of the chosen consignment out."""
        shift, matrix = self._desk.shift, self._instruments.matrix
        name = self._instruments.customs.choice
        dossier = shift.view.dossiers.get(name)
        if dossier is None:
            matrix.lay("", None, _("4 papers"), _("no papers on the desk"))
        elif self._clock.held and shift.level.shift.pause == "covered":
            title = _("4 papers {consignment}", consignment=name)
            matrix.lay(name, None, title, _("covered while the clock stands"))
        else:
            view = shift.view
            title = title_of(dossier, view.risk(name))
            matrix.lay(name, view.papers(name), title, _("its papers are not here yet"))
