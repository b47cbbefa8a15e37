"""The control desk: wires the panes to the shift; the session owns all state."""

from collections import deque
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from corridor_tui.language import N_, _
from corridor_tui.level.teaching import HEADER
from corridor_tui.session.hints import Hints
from corridor_tui.session.journal import MARK
from corridor_tui.session.running import Running
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.session.undo import undoing_text
from corridor_tui.session.wording import said_text
from corridor_tui.tui.alerts import Alerts
from corridor_tui.tui.arrange import PANES, SIGNS, WIDE
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.cranes import crane_rows
from corridor_tui.tui.guiding import LINES
from corridor_tui.tui.header import expected_next, expected_text, header_row, hints_row, status_rows, tabs_row
from corridor_tui.tui.keeping import Timekeeper
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.lists import customs_rows
from corridor_tui.tui.matrix import title_of
from corridor_tui.tui.messages import subject_of
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import row
from corridor_tui.tui.settings import Alerting
from corridor_tui.tui.so_far import lost_texts
from corridor_tui.tui.staff import customs_staff
from corridor_tui.tui.timed import Timed

FRAMES = 20
READ_S = 2.0
"""How often the score is read while time runs, in seconds on the wall."""
BREATH_S = 0.004
"""Between two parts of the rest: what was drawn is written meanwhile, and keys are heard, in seconds on the wall."""
FEW = 3
"""The lines between the panes and the keys: the last answer, and two for a hint or for help."""


class Desk(Timed):
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
        super().__init__(shift, wall, keyboard or Keyboard(), skill)
        self._timekeeper = Timekeeper(shift, wall)
        self._ended = ended
        self.alerts = Alerts(shift, wall, self._ring, alerts)
        self.hints = Hints(shift, skill)
        """What a newcomer is told."""
        pause, help_ = self.keyboard.shown("pause"), self.keyboard.shown("help")
        begun = bool(shift.orders) or shift.now_s > 1
        if self.guide.under_way:
            welcome = N_("back at the desk: {help} is help") if begun else N_("welcome at the desk: {help} is help")
        else:
            again = N_("back at the desk: {pause} starts the clock, {help} is help")
            welcome = again if begun else N_("welcome at the desk: {pause} starts the clock, {help} is help")
        welcome = _(welcome, pause=pause, help=help_) if self._held else ""
        self.notice = (notice, "bad") if notice else (welcome, "warn")
        self._seen = self._minute = -1
        self._parts = deque((self._paint_trains, self._paint_customs, self._paint_aside, self._paint_messages))
        """What is drawn while time runs, a part each frame in its turn, so that no frame keeps a key waiting long."""
        self._stale = 0
        """How many of the parts were not drawn since something happened."""
        self._lost: Running | None = None
        self._wall = wall
        self._read_at, self._unread = -READ_S, True
        """When on the wall the score was read last, and whether it may stand otherwise by now."""
        self._alerted = ""
        self._planned: list[str] = []
        """What was ordered since the clock stands."""

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

    @property
    def _lines(self) -> int:
        """The lines between the panes and the keys: as many as can be needed, so that nothing moves when they are."""
        return LINES if self.guide.steps else FEW if self.size.width >= WIDE[0] else FEW + 1

    @property
    def foot(self) -> int:
        """The answers and the keys."""
        return self._lines + 1

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
        if self._planned and (running_on or not self.stands):
            self._planned.clear()
        if trouble := self._timekeeper.look():
            self.say(trouble, "bad")
        self._alert()
        if self.is_current and running_on and not self._running_on:
            self.paint()
        elif self.is_current:
            self._paint_on()
        if self.shift.over:
            self.finish()

    def _ring(self) -> None:
        self.app.bell()

    def _alert(self) -> None:
        """Tell what is urgent; what was told for long enough, or looked at, goes."""
        self.alerts.look()
        if self._active == "messages":
            self.alerts.seen()
        if self.alerts.text != self._alerted:
            self._alerted = self.alerts.text
            if self.is_current:
                self._show_status()

    # drawing

    def paint(self) -> None:
        """Draw the panes that are in sight; panes draw only the rows that changed."""
        self._paint_panel()
        self._paint_trains()
        self._paint_customs()
        self._paint_aside()
        self._read_score()
        self._paint_messages()
        self._stale = 0

    def _paint_on(self) -> None:
        """Draw what a frame of running time asks for: the panel where something happened, and the part whose turn it is."""
        if self.shift.count != self._seen or self.shift.now_s // 60 != self._minute:
            self._paint_panel()
            self._stale, self._unread = len(self._parts), True
        elif self._unread and self._wall() - self._read_at >= READ_S:
            self._read_score()
            self._show_tabs()
        else:
            self._show_header()
        self._paint_next()

    def _paint_soon(self) -> None:
        """Draw at once what answers, then the rest a part at a time: whatever is pressed meanwhile waits for one part at most."""
        self._show_status()
        self.draw_now(self._bars["status"])
        self._paint_panel()
        self._stale = len(self._parts)
        self._paint_rest_later()

    def _paint_rest_later(self) -> None:
        self.set_timer(BREATH_S, self._paint_rest)

    def _paint_rest(self) -> None:
        if self._paint_next():
            self._paint_rest_later()

    def _paint_next(self) -> bool:
        """Draw the part whose turn it is, where one is not drawn since something happened; whether there was one."""
        if not self._stale:
            return False
        self._stale -= 1
        self._parts[0]()
        self._parts.rotate(-1)
        return True

    def _paint_panel(self) -> None:
        self._seen, self._minute = self.shift.count, self.shift.now_s // 60
        self._show_header()
        if self._in_sight("panel"):
            self.panel.draw(self.shift.view)

    def _read_score(self) -> None:
        self._read_at, self._unread = self._wall(), False
        self._lost = self.meter.read()

    # lists are kept even out of sight: what is chosen there is what orders are about

    def _paint_trains(self) -> None:
        self.trains.draw(self.shift.view)

    def _paint_customs(self) -> None:
        view, customs = self.shift.view, self._panes["customs"]
        customs.show(customs_rows(view, customs.room or 60), [customs_staff(view)])
        self._show_papers()

    def _paint_aside(self) -> None:
        if self._in_sight("graph"):
            self.graph.draw(self.shift, self.trains.choice)
        if self._in_sight("cranes"):
            self._panes["cranes"].show(crane_rows(self.shift.view, self._panes["cranes"].room))

    def _paint_messages(self) -> None:
        if self._in_sight("messages"):
            self._draw_messages()
        self._show_status()

    def _show_header(self) -> None:
        self._bars["header"].show(
            header_row(
                self.shift,
                self.pace,
                self.size.width,
                running_on=self._running_on,
                waits=self.step is not None,
                over=self.pace.paused and not self.stands,
                pointed=self.pointing.pane == HEADER,
            )
        )

    def _show_status(self) -> None:
        self._told = True
        self.follow_guide()
        coach, point, width = self.shift.level.coach, self.pointing, self.size.width
        proposal = next(self.shift.proposals(), None) if coach and self.step is None and not self.shift.over else None
        guide = self.guide_rows(width, LINES - 1) or self.help_rows(width)
        ahead = expected_text(expected_next(self.shift))
        signs = _(SIGNS[self._active]) if self._tabbed and self._active in SIGNS else ""
        shown, lost = self._show_tabs(), lost_texts(self.shift, self._lost)
        lost = [] if any(row(*told).text in shown for told in lost) else lost
        self._bars["status"].show(
            *status_rows(
                self.notice,
                self.shift,
                proposal,
                width,
                self._lines,
                self.keyboard,
                self.hints.now(),
                guide,
                self.alerts.text,
                signs or ("" if ahead in shown else ahead),
                lost,
            )
        )
        clock_of = self.shift.level.shift
        idle: tuple[str, ...] = ("pause",) if clock_of.pause == "never" else ()
        idle += ("next", "faster", "slower") if clock_of.speed == "locked" else ()
        self._bars["hints"].show(
            self.number_row(width)
            or self.over_row()
            or hints_row(
                self._active,
                width,
                self.keyboard,
                point.key,
                coach=coach and self.step is None,
                tabbed=self._tabbed,
                standing=bool(self.shift.level.standing_orders) or self.shift.view.purse is not None,
                without=idle,
            )
        )
        self._show_header()

    def _show_tabs(self) -> str:
        """Draw the line of the panes, and return what it says."""
        expected, pointed = expected_next(self.shift), self.pointing.pane
        lost = lost_texts(self.shift, self._lost)
        tabs = tabs_row(
            PANES, self._active, self.size.width, expected, self._planned, pointed, lost, tabbed=self._tabbed
        )
        self._bars["tabs"].show(tabs)
        return tabs.text

    def _show_papers(self) -> None:
        name = self._panes["customs"].choice
        dossier = self.shift.view.dossiers.get(name)
        if dossier is None:
            self.matrix.lay("", None, _("4 papers"), _("no papers on the desk"))
        elif self.pace.paused and self.shift.level.shift.pause == "covered":
            title = _("4 papers {consignment}", consignment=name)
            self.matrix.lay(name, None, title, _("covered while the clock stands"))
        else:
            view = self.shift.view
            title = title_of(dossier, view.risk(name))
            self.matrix.lay(name, view.papers(name), title, _("its papers are not here yet"))

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
        """Give an order and show at once what became of it; whether it was accepted."""
        back = undoing_text(self.shift.view, text)
        answer = self.shift.order(text, helped=helped or self.is_asked_for(text))
        self.given.note(text, back, accepted=answer.accepted)
        said = said_text(text, self.shift.level)
        if answer.accepted and self.stands and not text.startswith(MARK):
            self._planned.append(said)
        if answer.accepted and text.split()[:2] == ["find", self.marked[0]]:
            self.matrix.unmark()  # what was refused can be corrected from them
        refused = _("✕ refused: {order}: {reason}", order=said, reason=answer.reason)
        self.alerts.seen()
        planned = _(" · planned: {orders}", orders="; ".join(self._planned)) if len(self._planned) > 1 else ""
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
        proposal = next(self.shift.proposals(), None)
        if proposal is None:
            self.say(_("nothing is proposed now: n runs on to the next call"), "warn")
        else:
            self.give(proposal.text, helped=self.step is None)
