"""What the desk draws, and when: what answers at once, the panes a part at a time, each only where it changed."""

from collections import deque
from collections.abc import Callable

from corridor_tui.language import _
from corridor_tui.level.teaching import HEADER
from corridor_tui.session.hints import Hints
from corridor_tui.session.running import Running
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.tui.alerts import Alerts
from corridor_tui.tui.arrange import PANES, SIGNS, WIDE
from corridor_tui.tui.cranes import crane_rows
from corridor_tui.tui.guiding import LINES
from corridor_tui.tui.header import expected_next, expected_text, header_row, hints_row, status_rows, tabs_row
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.lists import customs_rows
from corridor_tui.tui.matrix import title_of
from corridor_tui.tui.rows import row
from corridor_tui.tui.settings import Alerting
from corridor_tui.tui.so_far import lost_texts
from corridor_tui.tui.staff import customs_staff
from corridor_tui.tui.timed import Timed

READ_S = 2.0
"""How often the score is read while time runs, in seconds on the wall."""
BREATH_S = 0.002
"""Between two parts of the rest: what was drawn is written meanwhile, and keys are heard, in seconds on the wall."""
FEW = 3
"""The lines between the panes and the keys: the last answer, and two for a hint or for help."""


class Drawn(Timed):
    """A desk that is drawn. `alerts` is what is urgent, `hints` what a newcomer is told."""

    def __init__(
        self, shift: Shift, wall: Callable[[], float], keyboard: Keyboard, skill: Skill, alerts: Alerting
    ) -> None:
        super().__init__(shift, wall, keyboard, skill)
        self.alerts = Alerts(shift, wall, self._ring, alerts)
        self.hints = Hints(shift, skill)
        self.planned: list[str] = []
        """What was ordered since the clock stands."""
        self._seen = self._minute = -1
        self._parts = deque((self._paint_trains, self._paint_customs, self._paint_aside, self._paint_messages))
        """What is drawn while time runs, a part each frame in its turn, so that no frame keeps a key waiting long."""
        self._stale = 0
        """How many of the parts were not drawn since something happened."""
        self._lost: Running | None = None
        self._wall = wall
        self._read_at, self._unread = -READ_S, True
        """When on the wall the score was read last, and whether it may stand otherwise by now."""

    def _ring(self) -> None:
        self.app.bell()

    @property
    def _lines(self) -> int:
        """The lines between the panes and the keys: as many as can be needed, so that nothing moves when they are."""
        return LINES if self.guide.steps else FEW if self.size.width >= WIDE[0] else FEW + 1

    @property
    def foot(self) -> int:
        """The answers and the keys."""
        return self._lines + 1

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
        over = self._ending or self.shift.over
        proposal = next(self.shift.proposals(), None) if coach and self.step is None and not over else None
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
                proposed=proposal is not None,
                tabbed=self._tabbed,
                standing=bool(self.shift.level.standing_orders) or self.shift.view.purse is not None,
                without=idle,
            )
        )
        self._show_header()

    def _show_tabs(self) -> str:
        """Draw the line of the panes, and return what it says."""
        expected, lost = expected_next(self.shift), lost_texts(self.shift, self._lost)
        tabs = tabs_row(
            PANES, self._active, self.size.width, expected, self.planned, self.pointing.pane, lost, tabbed=self._tabbed
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
