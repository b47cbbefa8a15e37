"""The clock at the desk: it runs, stands and runs on; and the end of the shift."""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter

from textual import work

from corridor_tui.language import _
from corridor_tui.session.calls import calls
from corridor_tui.session.journal import JournalError
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import Skill
from corridor_tui.session.wording import clock, event_text
from corridor_tui.tui.helping import Helped
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.small import TooSmall

RUN_ON_S = 900
"""How far the shift runs on at a time; a frame runs on for `RUN_ON_FOR_S` real seconds, so that keys are still heard."""
RUN_ON_FOR_S = 0.02
GUIDED_S = 60
"""The same while the guide has steps left."""


class Timed(Helped):
    """A desk whose clock the trainee sets going. `notice` is what its line of answers says, with the style of that."""

    def __init__(self, shift: Shift, wall: Callable[[], float], keyboard: Keyboard, skill: Skill) -> None:
        super().__init__(shift, wall, keyboard, skill)
        self.notice = ("", "")
        self._running_on = False
        self._gone = False
        self._outcome: Outcome | None = None
        self._put_away: object = None

    def paint(self) -> None:
        """Draw what is in sight."""
        raise NotImplementedError

    def _show_header(self) -> None:
        """Draw the line of the clocks."""
        raise NotImplementedError

    def catch_up(self) -> None:
        """Let the shift come as far as the clock has."""
        due = self.pace.due_s()
        if self._running_on:
            self._run_on()
        elif due > self.shift.now_s:
            self.shift.advance(due)

    def cover(self) -> None:
        """What opens over the desk is looked at: run on no further, and show how the clock goes."""
        super().cover()
        self._running_on = False
        self._show_header()

    def uncover(self) -> None:
        """Show that the clock goes on."""
        super().uncover()
        self._show_header()

    def _run_on(self) -> None:
        until = perf_counter() + RUN_ON_FOR_S
        called, heard = False, self.shift.count
        while not called and perf_counter() < until:
            # a step of the guide may come up where nothing else calls
            most_s = GUIDED_S if self.guide.under_way else RUN_ON_S
            called = self.shift.run_on(self.shift.now_s + most_s) or self.guide.step() is not None
        self.pace.jump(self.shift.now_s)
        if called:
            self._running_on = False
            self.notice = (self._why_it_stops(heard), "good")

    def _why_it_stops(self, heard: int) -> str:
        """What happened since so many events that needs somebody here; what a caller says is told beside it."""
        shift = self.shift
        at = clock(shift.level.start_s, shift.now_s)
        event = next((event for event in shift.since(heard) if calls(shift.view, event, shift.desks)), None)
        if event is None or event.code == "call":
            return _("{at}: your turn", at=at)
        return f"{at} {event_text(event, shift.level)}"

    def action_pause(self) -> None:
        """Pause or go on."""
        if self.shift.level.shift.pause == "never":
            self.say(_("this shift cannot be paused"), "warn")
            return
        self._running_on = False
        self.notice = ("", "")
        self.hold("trainee", on="trainee" not in self._held)
        self.paint()

    def action_speed(self, step: int) -> None:
        """Change the speed."""
        if self._keeps_speed():
            return
        self.pace.change(step)
        self._show_header()

    def action_run_on(self) -> None:
        """Run on to the next event that needs the trainee; pressed again, stop. The guide lets no time pass over its step."""
        if self.step is not None and self.step.hint.targets[-1:] != ("next",):
            self.say(_("the clock waits for this step; {key} skips it", key=self.keyboard.shown("cancel")), "warn")
            return
        if self._keeps_speed():
            return
        self._running_on = not self._running_on and not self._ending
        self._show_header()

    def _keeps_speed(self) -> bool:
        """Say so where the level lets nobody change the speed; whether it does."""
        locked = self.shift.level.shift.speed == "locked"
        if locked:
            self.say(_("this shift keeps its speed"), "warn")
        return locked

    def finish(self) -> None:
        """End the shift and have it scored."""
        if self._ending:
            return
        self._ending = True
        self._running_on = False
        with suppress(JournalError):  # then a crash before the result is kept asks the trainee to end it again
            self.shift.keep_end()
        self.hold("ended", on=True)
        self.paint()
        self.tell_end()
        self._score()

    def tell_end(self) -> None:
        """Say that the shift is over."""
        self.say(_("the shift is over: what is open is finished by others, and the score is made ..."), "warn")

    @work(thread=True, exclusive=True)
    def _score(self) -> None:
        self._outcome = self.shift.finish()

    def go(self) -> None:
        """Leave with the outcome once it is there; what lies over the desk is put away first."""
        above = self.app.screen
        if self._gone or self._outcome is None or isinstance(above, TooSmall):
            return
        if above is self:
            self._gone = True
            self.dismiss(self._outcome)
        elif above is not self._put_away:
            self._put_away = above
            above.dismiss(None)
