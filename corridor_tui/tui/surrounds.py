"""The lines around the instruments of the desk: clocks and tabs above them, below what is answered and what keys do."""

from typing import Protocol

from textual.geometry import Size

from corridor_tui.language import N_, _
from corridor_tui.level.teaching import HEADER
from corridor_tui.session.outcome import Answer
from corridor_tui.tui.alerts import Alerts
from corridor_tui.tui.arrange import PANES, SIGNS, WIDE, Instruments
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.clock import Clock
from corridor_tui.tui.ending import Ending
from corridor_tui.tui.header import expected_next, expected_text, header_row, hints_row, status_rows, tabs_row
from corridor_tui.tui.loss import Loss
from corridor_tui.tui.numbers import Number
from corridor_tui.tui.over import Over
from corridor_tui.tui.rows import Row, row
from corridor_tui.tui.so_far import lost_texts
from corridor_tui.tui.teaching import Teaching
from corridor_tui.tui.teller import Playing

LINES = 5
"""The lines around the guide: the last answer, three for what it tells, and the key."""
FEW = 3
"""The lines between the instruments and the keys: the last answer, and two for a hint or for help."""


class Covered(Playing, Protocol):
    """Where a shift is played, and what lies over that."""

    @property
    def size(self) -> Size:
        """How much room there is."""

    @property
    def over(self) -> Over | None:
        """What lies over it now."""


class Surrounds:
    """What the desk says around its instruments, each line drawn only where it changes.

    `notice` is what the line of answers says, with the style of that, `planned` what was ordered since the clock stands, and `alerts`
    what is urgent. `drawn`: all of it was drawn since nothing lies over the desk any more.
    """

    def __init__(
        self,
        desk: Covered,
        instruments: Instruments,
        clock: Clock,
        ending: Ending,
        loss: Loss,
        number: Number,
        teaching: Teaching,
        alerts: Alerts,
    ) -> None:
        self._desk = desk
        self._instruments = instruments
        self._clock = clock
        self._ending = ending
        self._loss = loss
        self._number = number
        self._teaching = teaching
        self.alerts = alerts
        self.notice = ("", "")
        self.planned: list[str] = []
        self.drawn = True
        self._alerted = ""
        self.header, self.tabs, self.status, self.keys = map(_bar, ("header", "tabs", "status", "hints"))

    @property
    def lines(self) -> int:
        """The lines between the instruments and the keys: as many as can be needed, so that nothing moves when they are."""
        return LINES if self._teaching.guide.steps else FEW if self._desk.size.width >= WIDE[0] else FEW + 1

    def lay_out(self) -> int:
        """Take the lines that are needed; how many those are, above and below the instruments."""
        self.status.styles.height = self.lines
        return self.lines + len((self.header, self.tabs, self.keys))

    def welcome(self) -> None:
        """Say how to begin, where the clock stands."""
        shift, shown = self._desk.shift, self._desk.keyboard.shown
        begun = bool(shift.orders) or shift.now_s > 1
        if self._teaching.guide.under_way:
            said = N_("back at the desk: {help} is help") if begun else N_("welcome at the desk: {help} is help")
        else:
            again = N_("back at the desk: {pause} starts the clock, {help} is help")
            said = again if begun else N_("welcome at the desk: {pause} starts the clock, {help} is help")
        self.notice = (_(said, pause=shown("pause"), help=shown("help")) if self._clock.held else "", "warn")

    def say(self, text: str, style: str) -> None:
        """Say something in the line of answers."""
        self.notice = (text, style)
        self.show_status()

    def answer(self, said: str, answer: Answer, *, plans: bool) -> None:
        """Say what became of an order, beside what else is planned; the guide needs the room of that. `plans`: it waits for the clock."""
        if plans and answer.accepted and self._clock.stands:
            self.planned.append(said)
        refused = _("✕ refused: {order}: {reason}", order=said, reason=answer.reason)
        planned = _(" · planned: {orders}", orders="; ".join(self.planned)) if len(self.planned) > 1 else ""
        told = f"✓ {said}{'' if self._teaching.step else planned}" if answer.accepted else refused
        self.alerts.seen()
        self.say(told, "good" if answer.accepted else "bad")

    def alert(self) -> bool:
        """Tell what is urgent; what was told for long enough, or looked at, goes. Whether there is something else to tell."""
        self.alerts.look()
        if self._instruments.active == "messages":
            self.alerts.seen()
        before, self._alerted = self._alerted, self.alerts.text
        return before != self._alerted

    def show_header(self) -> None:
        """Draw the line of the clocks."""
        clock = self._clock
        self.header.show(
            header_row(
                self._desk.shift,
                clock.pace,
                self._desk.size.width,
                running_on=clock.running_on,
                waits=self._teaching.step is not None,
                over=clock.held and not clock.stands,
                pointed=self._teaching.pointing.pane == HEADER,
            )
        )

    def show_tabs(self) -> str:
        """Draw the line of the instruments, and return what it says."""
        shift, instruments = self._desk.shift, self._instruments
        tabs = tabs_row(
            PANES,
            instruments.active,
            self._desk.size.width,
            expected_next(shift),
            self.planned,
            self._teaching.pointing.pane,
            lost_texts(shift, self._loss.last),
            tabbed=instruments.tabbed,
        )
        self.tabs.show(tabs)
        return tabs.text

    def show_status(self) -> None:
        """See what is to be pointed at, and draw all of the lines."""
        self.drawn = True
        teaching = self._teaching
        teaching.look(runs=self._clock.set_going, over=self._ending.begun)
        self._clock.hold("guide", on=teaching.step is not None)
        shift, width, coach = self._desk.shift, self._desk.size.width, self._desk.shift.level.coach
        ended = self._ending.begun or shift.over
        proposal = next(shift.proposals(), None) if coach and teaching.step is None and not ended else None
        over = self._desk.over
        shown, lost = self.show_tabs(), lost_texts(shift, self._loss.last)
        self.status.show(
            *status_rows(
                self.notice,
                shift,
                proposal,
                width,
                self.lines,
                self._desk.keyboard,
                teaching.hints.now(),
                teaching.rows(width, LINES - 1, over),
                self.alerts.text,
                self._ahead(shown),
                [] if any(row(*told).text in shown for told in lost) else lost,
            )
        )
        self.keys.show(
            self._number.row(width) or (self._keys(proposed=proposal is not None) if over is None else over.hints_row)
        )
        self.show_header()

    def _ahead(self, shown: str) -> str:
        """What the signs of an instrument mean that is only a tab; else what is expected, unless that is shown already."""
        active = self._instruments.active
        if self._instruments.tabbed and active in SIGNS:
            return _(SIGNS[active])
        ahead = expected_text(expected_next(self._desk.shift))
        return "" if ahead in shown else ahead

    def _keys(self, *, proposed: bool) -> Row:
        """The keys that are good for something now."""
        shift = self._desk.shift
        idle: tuple[str, ...] = () if self._clock.can_stop else ("pause",)
        idle += ("next", "faster", "slower") if self._clock.keeps_speed else ()
        return hints_row(
            self._instruments.active,
            self._desk.size.width,
            self._desk.keyboard,
            self._teaching.pointing.key,
            coach=shift.level.coach and self._teaching.step is None,
            proposed=proposed,
            tabbed=self._instruments.tabbed,
            standing=bool(shift.level.standing_orders) or shift.view.purse is not None,
            without=idle,
        )


def _bar(name: str) -> Bar:
    return Bar(id=name)
