"""The replay of a run: the desk's panes to look at, a timeline with what is worth looking at, and the desk to be taken over."""

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from corridor_tui.language import _
from corridor_tui.level.text import fault_in
from corridor_tui.records.keeper import Keeper
from corridor_tui.session.marks import MOST_WORDS
from corridor_tui.session.pace import Pace
from corridor_tui.session.replay import KINDS, Kind, Marker, Replay
from corridor_tui.session.run import RunError
from corridor_tui.session.status import Since
from corridor_tui.session.wording import day_clock
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.header import tabs_row
from corridor_tui.tui.keys import PANE_NAMES, PANE_NUMBERS
from corridor_tui.tui.lists import customs_rows, train_rows
from corridor_tui.tui.messages import Messages
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.replay_keys import MARKS, PANES, bindings, help_rows, hints
from corridor_tui.tui.rows import Part, Row, fit, row, wrap
from corridor_tui.tui.staff import customs_staff
from corridor_tui.tui.words import Words

FRAMES = 20
WIDE = (120, 40)
_SPEED = 60
_MOST_SPEED = 240
_GRAVE: Kind = "refusal"
"""The least grave marker that `n` and `N` stop at; every order would be too many."""


class ReplayScreen(Screen[bool]):
    """Plays a run back. Returns True to take the desk over at the second shown, False to leave.

    Whoever looks on can mark a second with words, which the `keeper` keeps with the run. `why` is what it is begun for.
    """

    CSS = """
    ReplayScreen #body { height: 1fr; }
    ReplayScreen #left { width: 55; }
    ReplayScreen #right { width: 1fr; border-left: solid $primary-darken-2; }
    ReplayScreen Rows { height: 1fr; }
    ReplayScreen #timeline { height: 3; background: $surface; }
    ReplayScreen #tabs { display: none; background: $surface; }
    ReplayScreen.tabbed #tabs { display: block; }
    ReplayScreen.tabbed Rows { border-top: none; }
    ReplayScreen.tabbed #left, ReplayScreen.tabbed #right { width: 1fr; border-left: none; }
    """
    AUTO_FOCUS = ""
    BINDINGS = [*bindings()]

    def __init__(self, replay: Replay, wall: Callable[[], float], keeper: Keeper, why: str = "") -> None:
        super().__init__()
        self._keeper = keeper
        self.replay = replay
        self.pace = Pace(wall, replay.now_s, _SPEED, _MOST_SPEED)
        self._active = "trains"
        self._since = Since()
        self._log = Messages(replay.level, mistakes=True)
        self._said: Marker | str | None = why or None
        self.clock: Timer | None = None
        """What lets time pass, once the screen stands there; who has a clock of his own stops it."""
        self._bars = {name: Bar(id=name) for name in ("header", "tabs", "timeline", "hints")}
        self._panes = {name: Rows(f"{PANE_NUMBERS[name]} {_(PANE_NAMES[name])}", id=name) for name in PANES}

    def compose(self) -> ComposeResult:
        """Build it."""
        yield self._bars["header"]
        yield self._bars["tabs"]
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self._panes["panel"]
                yield self._panes["trains"]
            with Vertical(id="right"):
                yield self._panes["customs"]
                yield self._panes["messages"]
        yield self._bars["timeline"]
        yield self._bars["hints"]

    def on_mount(self) -> None:
        """Start the clock."""
        self.clock = self.set_interval(1 / FRAMES, self.tick)
        self._panes[self._active].focus()

    def on_resize(self) -> None:
        """Side by side where there is room, one pane where not."""
        self._arrange()

    def on_rows_sized(self) -> None:
        """Draw what has come into sight or has another width."""
        self.paint()

    def tick(self) -> None:
        """One frame: go on as far as the clock says."""
        due = self.pace.due_s()
        if self.pace.paused or due <= self.replay.now_s:
            return
        passed = [
            marker
            for marker in self.replay.markers
            if self.replay.now_s <= marker.t < due and KINDS.index(marker.kind) >= KINDS.index(_GRAVE)
        ]
        self.replay.jump(due)
        self._said = passed[-1] if passed else self._said
        if self.replay.now_s >= self.replay.end_s:
            self.pace.toggle()
        self.paint()

    def paint(self) -> None:
        """Draw the panes that are in sight."""
        view = self.replay.view
        panes = {name: pane for name, pane in self._panes.items() if pane.display and pane.room > 0}
        if "panel" in panes:
            panes["panel"].show(panel_rows(view, panes["panel"].room, panes["panel"].lines))
        if "trains" in panes:
            here = [unit for unit in view.units.values() if unit.gone_s is None]
            panes["trains"].show(train_rows(view, panes["trains"].room, self._since, here))
        if "customs" in panes:
            panes["customs"].show(customs_rows(view, panes["customs"].room), [customs_staff(view)])
        if "messages" in panes:
            panes["messages"].show(self._log.rows(self.replay.shown, panes["messages"].room))
            panes["messages"].to_end()
        width = self.size.width
        self._bars["header"].show(self._header(width))
        self._bars["tabs"].show(tabs_row(PANES, self._active, width, None, tabbed=True))
        told = self._telling(width)
        self._bars["timeline"].styles.height = 2 + len(told)
        self._bars["timeline"].show(*timeline(self.replay, width), *told)
        self._bars["hints"].show(hints(width))

    def _header(self, width: int) -> Row:
        replay, run = self.replay, self.replay.run
        state = (_("‖ PAUSED"), "bad") if self.pace.paused else (f"▶ {self.pace.speed}x", "good")
        now = day_clock(replay.level.start_s, replay.now_s)
        about = (
            _("   {level}, seed {seed}, {trainee}", level=replay.level.title, seed=run.seed, trainee=run.trainee),
            "dim",
        )
        if replay.now_s > replay.played_s:
            about = (_("   others finish what was open"), "warn")
        used = cell_len(_(" REPLAY ")) + cell_len(now) + cell_len(state[0]) + 6
        return row(
            (_(" REPLAY "), "mark"),
            (f" {now}:{replay.now_s % 60:02d}  ", "bold"),
            (*state, "pause"),
            (fit(about[0], max(1, width - used)), about[1]),
        )

    def _telling(self, width: int) -> list[Row]:
        said = self._said
        if said is None:
            signs = _(
                " n goes to the next mark: D delay, M miss, A false alarm, ! mistake, x refusal, m meet, c call, * mark"
            )
            return [row((f" {line}", "dim")) for line in wrap(signs.strip(), max(1, width - 2))]
        if isinstance(said, str):
            return [row((f" {line}", "warn")) for line in wrap(said, max(1, width - 2))]
        sign, style = MARKS[said.kind][:2]
        away: list[Part] = []
        if said.set_since is not None:
            away = [(" x ", "key", "unmark"), (_("take it away"), "dim", "unmark")]
        room = width - 16 - sum(cell_len(part[0]) for part in away)
        told = (f" {sign} {day_clock(self.replay.level.start_s, said.t)} ", style)
        return [row(told, fit(said.text, max(1, room)), *away)]

    # panes

    def _arrange(self) -> None:
        tabbed = self.size.width < WIDE[0] or self.size.height < WIDE[1]
        self.set_class(tabbed, "tabbed")
        for name, pane in self._panes.items():
            pane.display = not tabbed or name == self._active
        left = self._active in ("panel", "trains")
        self.query_one("#left").display = not tabbed or left
        self.query_one("#right").display = not tabbed or not left

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self._active = name
        self._arrange()
        self._panes[name].focus()
        self.paint()

    def action_turn(self, step: int) -> None:
        """Go to the next pane."""
        self.action_pane(PANES[(PANES.index(self._active) + step) % len(PANES)])

    def action_move(self, step: int) -> None:
        """Move the choice in the active pane."""
        self._panes[self._active].move(step)

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await self.run_action(message.key)

    # time

    def _go(self, to_s: int, said: Marker | str | None) -> None:
        if to_s < self.replay.now_s:  # what was noted of the time after it is not known then
            self._log = Messages(self.replay.level, mistakes=True)
            self._since = Since()
        self.replay.jump(to_s)
        self.pace.jump(self.replay.now_s)
        self._said = said
        self.paint()

    def action_pause(self) -> None:
        """Play or stop."""
        if self.replay.now_s >= self.replay.end_s:
            self._go(1, None)
        self.pace.toggle()
        self.paint()

    def action_speed(self, step: int) -> None:
        """Change the speed."""
        self.pace.change(step)
        self.paint()

    def action_to(self, second: int) -> None:
        """Go to a second of the timeline."""
        self._go(second, None)

    def action_jump(self, seconds: int) -> None:
        """Go on or back by so many seconds."""
        self._go(self.replay.now_s + seconds, None)

    def action_marker(self, way: int) -> None:
        """Go to the next mark, or the one before: to the moment just after it."""
        marker = self.replay.marker(way, _GRAVE)
        if marker is None:
            self._go(self.replay.now_s, _("no further mark that way"))
        else:
            self._go(marker.t + 1, marker)

    def action_branch(self) -> None:
        """Take the desk over."""
        try:
            self.replay.branch("", 1)
        except RunError as error:
            self._go(self.replay.now_s, str(error))
        else:
            self.dismiss(True)

    def action_mark(self) -> None:
        """Mark this second."""
        if not self.pace.paused:
            self.action_pause()
        self.app.push_screen(Words(_("why this second is worth seeing again"), MOST_WORDS), self._mark)

    def _mark(self, words: str | None) -> None:
        replay = self.replay
        if not words:
            return
        if fault := fault_in(words, breaks=False):
            self._go(replay.now_s, fault)
            return
        mark = self._keeper.mark(replay.run.key, replay.now_s - 1, words)
        if isinstance(mark, str):
            self._go(replay.now_s, mark)
            return
        replay.marks = (*replay.marks, mark)
        self._go(replay.now_s, next(one for one in replay.markers if one.set_since == mark))

    def action_unmark(self) -> None:
        """Take the mark away that is told just now."""
        said, replay = self._said, self.replay
        if not isinstance(said, Marker) or said.set_since is None:
            self.app.bell()
            return
        trouble = self._keeper.unmark(replay.run.key, said.set_since)
        if trouble is None:
            replay.marks = tuple(mark for mark in replay.marks if mark != said.set_since)
        self._go(replay.now_s, trouble or _("the mark is taken away"))

    def action_help(self) -> None:
        """Explain the replay, its keys and its marks; it stands still meanwhile."""
        if not self.pace.paused:
            self.action_pause()
        self.app.push_screen(Reader(_("help"), help_rows, _("back")))

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(False)


def timeline(replay: Replay, width: int) -> list[Row]:
    """The whole run as one line of marks, and below it where one is; a click on it goes to that moment."""
    cells = max(1, width - 2)

    def place(second: int) -> int:
        return min(cells - 1, second * cells // max(1, replay.end_s))

    def second(at: int) -> int:
        return max(1, -(-at * replay.end_s // cells))

    marks: dict[int, Marker] = {}
    for marker in replay.markers:
        at = place(marker.t)
        marks[at] = max(marks.get(at, marker), marker, key=lambda one: KINDS.index(one.kind))
    parts: list[Part] = [" "]
    played = place(replay.played_s)
    for at in range(cells):
        there = marks.get(at)
        if there is None:
            parts.append(("─" if at <= played else " ", "faint", f"to({second(at)})"))
        else:
            parts.append((*MARKS[there.kind][:2], f"to({there.t + 1})"))
    return [row(*parts), row((" " * (1 + place(replay.now_s)) + "▲", "bold"))]
