"""The control desk: wires its parts to the keys, the mouse and the clock of the terminal; the session owns the shift."""

from collections.abc import Callable, Mapping
from functools import partial

from textual import events, work
from textual.app import ComposeResult
from textual.dom import DOMNode

from corridor_tui.corridor.orders import WHAT_IF
from corridor_tui.language import _
from corridor_tui.session.journal import MARK
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.running import Meter
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.tui import ending
from corridor_tui.tui.alerts import Alerts
from corridor_tui.tui.arrange import PANES, Instruments
from corridor_tui.tui.at_once import draw_at_once
from corridor_tui.tui.clock import Clock
from corridor_tui.tui.command import CommandLine
from corridor_tui.tui.completing import thing_named
from corridor_tui.tui.drawing import Painter
from corridor_tui.tui.ending import Ending
from corridor_tui.tui.going import Going
from corridor_tui.tui.keeping import Timekeeper
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.loss import Loss
from corridor_tui.tui.menu import Choice, Menu
from corridor_tui.tui.messages import subject_of
from corridor_tui.tui.numbers import Number
from corridor_tui.tui.ordering import Ordering
from corridor_tui.tui.over import Over, Overlaid
from corridor_tui.tui.pages import help_rows, rulebook_rows
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.routing import Route
from corridor_tui.tui.rows import Row
from corridor_tui.tui.settings import Alerting
from corridor_tui.tui.so_far import so_far_rows
from corridor_tui.tui.surrounds import Surrounds
from corridor_tui.tui.teaching import Teaching
from corridor_tui.tui.whatif import WhatIf
from corridor_tui.tui.wondering import Wondering
from corridor_tui.tui.words import Search

FRAMES = 20
BREATH_S = 0.002
"""Between two parts of what is drawn: what was drawn is written meanwhile, and keys are heard, in seconds on the wall."""


class Desk(Overlaid[Outcome | None]):
    """One shift at the desk. Returns the outcome, or None where the trainee left; `later`: to go on another time.

    Each part of it has what it owns and knows no other part but those it is given; here keys, clicks and frames are led to them.
    """

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
        super().__init__()
        self.shift = shift
        self.later = False
        self._ended = ended
        self.keyboard = keyboard or Keyboard()
        self._bindings = self.keyboard.bindings
        self.menu, self.line = Menu(), CommandLine()
        self.instruments = instruments = Instruments(self)
        self.panel, self.trains, self.matrix = instruments.panel, instruments.trains, instruments.matrix
        self.graph, self.messages = instruments.graph, instruments.messages
        self.teaching = Teaching(self, instruments, skill)
        self.guide = self.teaching.guide
        self.clock = Clock(shift, wall, self.guide)
        self.pace = self.clock.pace
        self.ending, self._meter, self._timekeeper = Ending(), Meter(shift), Timekeeper(shift, wall)
        self._route = Route(self, self.panel)
        self._going = Going(self, instruments, self._route, self._focus)
        self._number = Number(instruments, self.select, self.show_status, self._ring)
        loss, urgent = Loss(self._meter, wall), Alerts(shift, wall, self._ring, alerts)
        self.surrounds = Surrounds(
            self, instruments, self.clock, self.ending, loss, self._number, self.teaching, urgent
        )
        self._painter = Painter(self, instruments, self.surrounds, self.clock, loss, partial(self.set_timer, BREATH_S))
        beside = partial(self.run_worker, exit_on_error=False)
        self._wondering = Wondering(self, lambda: self.subject, self._open, beside)
        self._ordering = Ordering(self, instruments, self._wondering)
        self.given = self._ordering.given
        self._wire()
        if notice:
            self.surrounds.notice = (notice, "bad")
        else:
            self.surrounds.welcome()

    def _wire(self) -> None:
        """What one part does by itself, as actions of the screen; those with which more than one has to do stand below."""
        instruments, ordering, number, going = self.instruments, self._ordering, self._number, self._going
        self.action_pane = going.to
        self.action_turn = going.turn
        self.action_locate = going.locate
        self.action_follow = going.follow
        self.action_route = going.route
        self.action_move = instruments.move
        self.action_sort = instruments.sort
        self.action_zoom = instruments.zoom
        self.action_span = instruments.span
        self.action_scope = instruments.scope
        self.action_to_now = instruments.to_now
        self.action_answer = ordering.answer_first
        self.action_standing = ordering.standing
        self.action_bulk = ordering.bulk
        self.action_find = ordering.find
        self.action_repeat = ordering.repeat
        self.action_undo = ordering.undo
        self.action_what_if = ordering.what_if
        self.action_by_number = number.begin
        self.action_keep_number = number.keep
        self.action_leave_number = number.leave
        self.action_ask = self.teaching.help.ask
        self.action_guide = self.teaching.guidance.switch

    def _ring(self) -> None:
        self.app.bell()

    def compose(self) -> ComposeResult:
        """Build it. What lies over it stands first: then nothing else has another place in the row when that comes or goes."""
        yield self.menu
        yield self.line
        yield self.surrounds.header
        yield self.surrounds.tabs
        yield self.instruments
        yield self.surrounds.status
        yield self.surrounds.keys

    def on_mount(self) -> None:
        """Start the one clock of the desk."""
        self.set_interval(1 / FRAMES, self.tick)
        self._going.to("trains")
        self.ending.foresee(self.shift)
        if self._ended:
            self.call_after_refresh(self.finish)

    async def on_unmount(self) -> None:
        """End the processes beside it, however the desk is left."""
        self.ending.give_up()
        await self._wondering.end()

    def on_resize(self) -> None:
        """Side by side where there is room, as tabs where not."""
        self.instruments.measure(self.surrounds.lay_out())
        self.instruments.lay_out()
        if self.over is not None:
            self.over.lay()

    def on_rows_sized(self) -> None:
        """Draw what has come into sight or has another width."""
        self.paint()

    def paint(self) -> None:
        """Draw what is in sight."""
        self._painter.all()

    def show_status(self) -> None:
        """Draw the lines around the instruments."""
        self.surrounds.show_status()

    @property
    def foot(self) -> int:
        """The answers and the keys."""
        return self.surrounds.lines + 1

    # time

    def tick(self) -> None:
        """One frame: let the shift catch up with the clock, then draw what changed."""
        if self.ending.begun:
            if news := self.ending.news(self.shift):
                self.say(news, "warn")
            self.ending.leave(self)
            return
        clock, surrounds, running_on = self.clock, self.surrounds, self.clock.running_on
        clock.pace.heed(self.shift, reading=self.instrument == "papers")
        if stopped := clock.catch_up(self.shift):
            surrounds.notice = (stopped, "good")
        if surrounds.planned and (running_on or not clock.stands):
            surrounds.planned.clear()
        if trouble := self._timekeeper.look():
            self.say(trouble, "bad")
        if surrounds.alert() and self.is_current:
            self.show_status()
        if self.is_current and running_on and not clock.running_on:
            self.paint()
        elif self.is_current:
            self._painter.frame()
        if self.shift.over:
            self.finish()

    def hold(self, why: str, *, on: bool) -> None:
        """Let the clock stand for a reason, or take the reason away."""
        self.clock.hold(why, on=on)

    def action_pause(self) -> None:
        """Pause or go on."""
        if not self.clock.can_stop:
            self.say(_("this shift cannot be paused"), "warn")
            return
        self.surrounds.notice = ("", "")
        self.clock.turn()
        self.paint()

    def action_speed(self, step: int) -> None:
        """Change the speed."""
        if not self._keeps_speed():
            self.clock.pace.change(step)
            self.surrounds.show_header()

    def action_run_on(self) -> None:
        """Run on to the next event that needs the trainee; pressed again, stop. The guide lets no time pass over its step."""
        if not self.teaching.guidance.lets_run_on:
            skip = self.keyboard.shown("cancel")
            self.say(_("the clock waits for this step; {key} skips it", key=skip), "warn")
        elif not self._keeps_speed():
            self.clock.running_on = not self.clock.running_on and not self.ending.begun
            self.surrounds.show_header()

    def _keeps_speed(self) -> bool:
        """Say so where the level lets nobody change the speed; whether it does."""
        if self.clock.keeps_speed:
            self.say(_("this shift keeps its speed"), "warn")
        return self.clock.keeps_speed

    def finish(self) -> None:
        """End the shift and have it scored."""
        if self.ending.begun:
            return
        self.ending.begin(self.shift)
        self.clock.end()
        self.paint()
        self._tell_end()
        self._score()

    def _tell_end(self) -> None:
        self.say(_("the shift is over: what is open is finished by others, and the score is made ..."), "warn")

    @work(thread=True, exclusive=True)
    def _score(self) -> None:
        self.ending.score(self.shift)

    def action_leave(self) -> None:
        """Ask, then leave."""
        if not self.ending.begun:
            self.hold("asking", on=self.clock.can_stop)
            self.menu.ask(ending.question(self.shift), self._left)

    def _left(self, answer: str | None) -> None:
        self.hold("asking", on=False)
        if answer == ending.END:
            self.finish()
        elif answer in (ending.LEAVE, ending.LATER):
            self.later = answer == ending.LATER
            self.dismiss(None)

    # keys

    async def on_key(self, event: events.Key) -> None:
        """Take in what belongs to a number; else do what the key is bound to: all of it, where it does several things."""
        bound = event.key in self._bindings.key_to_bindings
        if self.over is None and self._number.takes(event, self.shift.view, bound=bound):
            event.stop()
            event.prevent_default()
        elif bound:
            event.stop()
            for binding in self._bindings.key_to_bindings[event.key]:
                await self.run_action(binding.action)

    async def run_action(self, action: str, namespaces: Mapping[str, DOMNode] | None = None) -> None:
        """Do it; where it is what the guide waits for, that step is done."""
        await super().run_action(action, namespaces)
        self.teaching.guidance.did(action)
        if self.guide.steps:
            self.show_status()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Whoever takes the mouse has done with the number, but for its own hints."""
        if event.widget is not self.surrounds.keys:
            self._number.drop()

    # what lies over it

    def lay_over(self, over: Over) -> None:
        """Make way for something, and show its keys."""
        super().lay_over(over)
        self._covered()
        self.show_status()

    def lay_bare(self) -> None:
        """Go on."""
        super().lay_bare()
        self.surrounds.drawn = False
        self._uncovered()

    def laid_bare(self) -> None:
        """Show the desk's own keys, if what came of the answer has not shown them."""
        super().laid_bare()
        if not self.surrounds.drawn:
            self.show_status()

    def on_screen_suspend(self) -> None:
        """Another screen covers the desk."""
        self._covered()

    def on_screen_resume(self) -> None:
        """The other screen is gone; what lay over the desk before it lies there still."""
        if self.over is None:
            self._uncovered()

    def _covered(self) -> None:
        self.clock.cover()
        self.surrounds.show_header()

    def _uncovered(self) -> None:
        """Show how the clock goes on, and what is to be pressed here."""
        self.clock.uncover()
        if self.guide.under_way:
            self.show_status()
        self.surrounds.show_header()

    def ask(self, choice: Choice, then: Callable[[str], object]) -> None:
        """Have something picked; `then` is told what, if anything is."""
        self.menu.ask(self.teaching.marked(choice), _answered(then))
        self.show_status()

    def action_command(self) -> None:
        """Write an order, or the number of a train to choose it."""
        self.line.write(self.shift, self.given.texts, self._wondering.question, _answered(self.enter))

    def action_help(self) -> None:
        """What the instrument shows and its keys, then all other keys, signs, orders and the way of a train."""
        self._read(_("help"), partial(help_rows, self.instrument, self.keyboard))

    def action_score(self) -> None:
        """What is lost so far, and for what."""
        self._read(_("score"), partial(so_far_rows, self._meter))

    def action_rulebook(self) -> None:
        """The rules of the customs desk."""
        self._read(_("rulebook"), partial(rulebook_rows, self.shift.view))

    def _read(self, title: str, rows: Callable[[int], list[Row]]) -> None:
        self.app.push_screen(Reader(title, rows, _("back to the desk")))

    # the instruments

    @property
    def instrument(self) -> str:
        """The instrument that keys go to."""
        return self.instruments.active

    @property
    def subject(self) -> str:
        """What orders are about now: a train, a consignment, a track or a crane; in the log what a message is about."""
        return self.instruments.subject

    @property
    def marked(self) -> tuple[str, list[str]]:
        """The consignment whose papers lie on the desk, and the cells marked in them."""
        return self.instruments.marked

    def select(self, name: str) -> None:
        """Choose a train, a consignment, a track or a crane, and go where it stands."""
        self._going.select(name)

    def _focus(self, pane: Rows) -> None:
        self.put_away()
        self.set_focus(pane, scroll_visible=False)
        self.show_status()

    def on_descendant_focus(self) -> None:
        """A click on a pane makes it the active one."""
        focused = self.focused
        if focused is not None and focused.id in PANES and focused.id != self.instrument:
            self.instruments.active = focused.id
            self.show_status()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Another consignment: lay its papers out. Something on the panel: where a route is to go, or the train in the others."""
        if message.pane.id == "customs":
            self._painter.papers()
        elif message.pane.id == "panel" and self._route.begun:
            self._route.show(message.key)
        elif message.pane.id == "panel":
            self.trains.choose(message.key)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click opens the menu, or marks a cell."""
        if message.pane.id == "papers":
            self.matrix.mark()
        else:
            self.action_menu()

    def on_matrix_marked(self) -> None:
        """Say what the marks are good for."""
        if len(self.matrix.marks) == 2:
            self.say(_("two cells marked: {key} claims that they clash", key=self.keyboard.shown("find")), "")

    def action_filter(self) -> None:
        """Show another share of the trains, or only some messages; else claim that the two marked cells clash."""
        if self.instrument == "trains":
            self.instruments.filter()
        elif self.instrument == "messages":
            self.app.push_screen(Search(self.messages.history.wanted, self.instruments.look_for))
        else:
            self._ordering.find()

    def action_mark(self) -> None:
        """In the papers mark the cell under the cursor; on the graph have the chosen train meet another."""
        if self.instrument == "papers":
            self.matrix.mark()
        elif self.instrument == "graph":
            self._ordering.meet()

    def action_cancel(self) -> None:
        """Leave the route that is being chosen; else skip the step of the guide."""
        if self._route.begun:
            self._route.cancel()
        else:
            self.teaching.guidance.skip()

    # orders

    def say(self, text: str, style: str) -> None:
        """Say something in the line of answers."""
        self.surrounds.say(text, style)

    def action_menu(self) -> None:
        """Set the route that is being chosen; go to what the chosen message is about, or answer its call; elsewhere the orders for
        what is chosen.
        """
        event = self.messages.event if self.instrument == "messages" else None
        view = self.shift.view
        if self._route.begun and self.instrument == "panel":
            self._route.set()
        elif self.instrument != "messages":
            self._ordering.menu()
        elif event is not None and event.code == "call" and self._rings(str(event.args[0])):
            self._ordering.answer(str(event.args[0]))
        elif event is not None and (name := subject_of(view, event)):
            self.select(name)
        else:
            self.say(_("that message is about nothing on the desk now"), "warn")

    def _rings(self, call: str) -> bool:
        return any(ring.id == call for ring in self.shift.view.ringing(self.shift.desks))

    def enter(self, text: str) -> None:
        """Choose what a text names, or give it as an order."""
        name = thing_named(self.shift.view, text)
        if text.partition(" ")[0] == WHAT_IF:
            self._wondering.ask_and_give(text.partition(" ")[2].strip())
        elif name is not None:
            self.select(name)
        else:
            self.give(text)

    def give(self, text: str, *, helped: bool = False) -> bool:
        """Give an order and show at once what became of it; whether it was accepted. None is asked of a shift that is being scored:
        that would wait until it is.
        """
        if self.ending.begun:
            self._tell_end()
            return False
        said, answer = self._ordering.order(text, helped=helped or self.teaching.guidance.asks_for(text))
        self.surrounds.answer(said, answer, plans=not text.startswith(MARK))
        draw_at_once(self, self.surrounds.status)
        self._painter.soon()
        return answer.accepted

    def action_coach(self) -> None:
        """Give the order that help has shown; else do as the coach proposes, where the level has one."""
        shown = self.teaching.help.order
        if shown is not None:
            self.give(shown.text, helped=True)
        elif not self.shift.level.coach:
            self.say(_("this level has no coach; {key} asks for help", key=self.keyboard.shown("ask")), "warn")
        elif self.ending.begun:
            self._tell_end()
        else:
            self._ordering.propose(own=self.teaching.step is not None)

    def _open(self, page: WhatIf, then: Callable[[bool | None], None]) -> None:
        self.app.push_screen(page, then)


def _answered(then: Callable[[str], object]) -> Callable[[str | None], object]:
    """Tells an answer; where there is none, nothing."""
    return lambda answer: then(answer) if answer else None
