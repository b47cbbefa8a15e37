"""The control desk: wires the panes to the shift; the session owns all state."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from corridor_tui.language import N_, _
from corridor_tui.session.journal import MARK
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.session.undo import undoing_text
from corridor_tui.session.wording import said_text
from corridor_tui.tui.arrange import PANES
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.drawing import Drawn
from corridor_tui.tui.keeping import Timekeeper
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.messages import subject_of
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.settings import Alerting

FRAMES = 20


class Desk(Drawn):
    """One shift at the desk. Returns the outcome, or None where the trainee left."""

    CSS_PATH = "desk.tcss"
    AUTO_FOCUS = ""

    def __init__(
        self,
        shift: Shift,
        wall: Callable[[], float],
        skill: Skill = Skill(),  # noqa: B008 - it is frozen
        keyboard: Keyboard | None = None,
        notice: str = "",
        *,
        ended: bool = False,
        alerts: Alerting = "bell",
    ) -> None:
        super().__init__(shift, wall, keyboard or Keyboard(), skill, alerts)
        self._timekeeper = Timekeeper(shift, wall)
        self._ended = ended
        pause, help_ = self.keyboard.shown("pause"), self.keyboard.shown("help")
        begun = bool(shift.orders) or shift.now_s > 1
        if self.guide.under_way:
            welcome = N_("back at the desk: {help} is help") if begun else N_("welcome at the desk: {help} is help")
        else:
            again = N_("back at the desk: {pause} starts the clock, {help} is help")
            welcome = again if begun else N_("welcome at the desk: {pause} starts the clock, {help} is help")
        welcome = _(welcome, pause=pause, help=help_) if self._held else ""
        self.notice = (notice, "bad") if notice else (welcome, "warn")
        self._alerted = ""

    def compose(self) -> ComposeResult:
        """Build it. What lies over it stands first: then nothing else has another place in the row when that comes or goes."""
        yield self.menu
        yield self.line
        yield self._bars["header"]
        yield self._bars["tabs"]
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self._panes["panel"]
                yield self._panes["trains"]
            with Vertical(id="right"):
                yield self._panes["customs"]
                yield self._panes["papers"]
                yield self._panes["graph"]
                yield self._panes["cranes"]
                yield self._panes["messages"]
        yield self._bars["status"]
        yield self._bars["hints"]

    def on_mount(self) -> None:
        """Start the one clock of the desk."""
        self.set_interval(1 / FRAMES, self.tick)
        self._focus_pane("trains")
        if self._ended:
            self.call_after_refresh(self.finish)

    def on_resize(self) -> None:
        """Side by side where there is room, as tabs where not."""
        self._bars["status"].styles.height = self._lines
        self._measure()
        self._arrange()
        if self.over is not None:
            self.over.lay()

    def on_rows_sized(self) -> None:
        """Draw what has come into sight or has another width."""
        self.paint()

    # time

    def tick(self) -> None:
        """One frame: let the shift catch up with the clock, then draw what changed."""
        if self._ending:
            self.go()
            return
        running_on = self._running_on
        self.pace.heed(self.shift, reading=self._active == "papers")
        self.catch_up()
        if self.planned and (running_on or not self.stands):
            self.planned.clear()
        if trouble := self._timekeeper.look():
            self.say(trouble, "bad")
        self._alert()
        if self.is_current and running_on and not self._running_on:
            self.paint()
        elif self.is_current:
            self._paint_on()
        if self.shift.over:
            self.finish()

    def _alert(self) -> None:
        """Tell what is urgent; what was told for long enough, or looked at, goes."""
        self.alerts.look()
        if self._active == "messages":
            self.alerts.seen()
        if self.alerts.text != self._alerted:
            self._alerted = self.alerts.text
            if self.is_current:
                self._show_status()

    # the panes

    def on_descendant_focus(self) -> None:
        """A click on a pane makes it the active one."""
        focused = self.focused
        if focused is not None and focused.id in PANES and focused.id != self._active:
            self._active = focused.id
            self._show_status()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Another consignment: lay its papers out. Another train in one pane: the same in the other."""
        pane, key = message.pane.id, message.key
        if pane == "customs":
            self._show_papers()
        elif pane == "panel" and self._entry:
            self.show_route(key)
        elif pane in ("panel", "graph", "cranes"):
            self._panes["trains"].choose(key)
        elif pane == "trains":
            self.trains.draw(self.shift.view)
            if self._in_sight("graph"):
                self.graph.follow(key)
        elif pane == "papers":
            self.matrix.choose_cell()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click opens the menu, or marks a cell."""
        if message.pane.id == "papers":
            self.matrix.mark()
        else:
            self.action_menu()

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await self.run_action(message.key)

    def on_matrix_marked(self) -> None:
        """Say what the marks are good for."""
        if len(self.matrix.marks) == 2:
            self.say(_("two cells marked: f claims that they clash"), "")

    # orders

    @property
    def marked(self) -> tuple[str, list[str]]:
        """The consignment whose papers lie on the desk, and the cells marked in them."""
        return self._panes["customs"].choice, self.matrix.marks

    @property
    def subject(self) -> str:
        """What orders are about now: a train, a consignment, a track or a crane; in the log what a message is about."""
        if self._active == "messages":
            event = self.messages.event
            named = "" if event is None else subject_of(self.shift.view, event)
            return self._key_of(named)[1] if named else self.trains.choice
        return self._panes["customs" if self._active == "papers" else self._active].choice

    def say(self, text: str, style: str) -> None:
        """Say something in the line of answers."""
        self.notice = (text, style)
        self._show_status()

    def give(self, text: str, *, helped: bool = False) -> bool:
        """Give an order and show at once what became of it; whether it was accepted. None is asked of a shift that is being scored:
        that would wait until it is.
        """
        if self._ending:
            self.tell_end()
            return False
        back = undoing_text(self.shift.view, text)
        answer = self.shift.order(text, helped=helped or self.is_asked_for(text))
        self.given.note(text, back, accepted=answer.accepted)
        said = said_text(text, self.shift.level)
        if answer.accepted and self.stands and not text.startswith(MARK):
            self.planned.append(said)
        if answer.accepted and text.split()[:2] == ["find", self.marked[0]]:
            self.matrix.unmark()  # what was refused can be corrected from them
        refused = _("✕ refused: {order}: {reason}", order=said, reason=answer.reason)
        self.alerts.seen()
        planned = _(" · planned: {orders}", orders="; ".join(self.planned)) if len(self.planned) > 1 else ""
        # the guide needs the room of what is planned
        told = f"✓ {said}{'' if self.step else planned}" if answer.accepted else refused
        self.notice = (told, "good" if answer.accepted else "bad")
        self._paint_soon()
        return answer.accepted

    def propose(self) -> None:
        """Do as the coach proposes, where the level has one."""
        if not self.shift.level.coach:
            self.say(_("this level has no coach; {key} asks for help", key=self.keyboard.shown("ask")), "warn")
            return
        if self._ending:
            self.tell_end()
            return
        proposal = next(self.shift.proposals(), None)
        if proposal is None:
            self.say(_("nothing is proposed now: n runs on to the next call"), "warn")
        else:
            self.give(proposal.text, helped=self.step is None)
