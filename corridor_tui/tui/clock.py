"""The clock of the desk: it runs, stands for one reason or several, and runs on to what comes next."""

from collections.abc import Callable
from time import perf_counter

from corridor_tui.language import _
from corridor_tui.session.calls import calls
from corridor_tui.session.guide import Guide
from corridor_tui.session.pace import Pace
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import clock, event_text

RUN_ON_S = 900
"""How far the shift runs on at a time."""
RUN_ON_FOR_S = 0.04
"""For how many real seconds of a frame it runs on: most of one, for a year is long, and yet keys are heard in every frame."""
GUIDED_S = 60
"""The same while the guide has steps left."""
_TRAINEE, _OVER = "trainee", "over"
"""Why it stands: the trainee has stopped it, or something lies over the desk."""


class Clock:
    """Lets a shift come as far as the clock on the wall says. `running_on`: it runs on, to whatever needs the trainee next."""

    def __init__(self, shift: Shift, wall: Callable[[], float], guide: Guide) -> None:
        self._rules = limits = shift.level.shift
        self._guide = guide
        self.pace = Pace(wall, shift.now_s, limits.default_speed, limits.max_speed)
        self._held: set[str] = set() if limits.pause == "never" else {_TRAINEE}
        self.running_on = False
        self._settle()

    def hold(self, why: str, *, on: bool) -> None:
        """Stand for a reason, or take the reason away; it runs when there is none."""
        self._held = self._held | {why} if on else self._held - {why}
        self._settle()

    def _settle(self) -> None:
        if self.pace.paused != bool(self._held):
            self.pace.toggle()

    @property
    def held(self) -> bool:
        """Whether it stands."""
        return bool(self._held)

    @property
    def stands(self) -> bool:
        """Whether it stands for another reason than what lies over the desk."""
        return bool(self._held - {_OVER})

    @property
    def set_going(self) -> bool:
        """Whether the trainee has set it going."""
        return _TRAINEE not in self._held

    @property
    def can_stop(self) -> bool:
        """Whether the level lets the trainee stop it."""
        return self._rules.pause != "never"

    @property
    def keeps_speed(self) -> bool:
        """Whether the level lets nobody change its speed."""
        return self._rules.speed == "locked"

    def turn(self) -> None:
        """Stop, or go on, as the trainee wants."""
        self.running_on = False
        self.hold(_TRAINEE, on=self.set_going)

    def cover(self) -> None:
        """Something lies over the desk and is looked at: run on no further, and stand where the trainee could stop it for that."""
        self.hold(_OVER, on=self._rules.pause == "free")
        self.running_on = False

    def uncover(self) -> None:
        """What lay over the desk is gone."""
        self.hold(_OVER, on=False)

    def end(self) -> None:
        """The shift is over: stand for good."""
        self.running_on = False
        self.hold("ended", on=True)

    def catch_up(self, shift: Shift) -> str | None:
        """Let the shift come as far as the clock has. Where it has run on and stops, why it does."""
        due = self.pace.due_s()
        if self.running_on:
            return self._run_on(shift)
        if due > shift.now_s:
            shift.advance(due)
        return None

    def _run_on(self, shift: Shift) -> str | None:
        until = perf_counter() + RUN_ON_FOR_S
        called, heard = False, shift.count
        while not called and perf_counter() < until:
            # a step of the guide may come up where nothing else calls
            most_s = GUIDED_S if self._guide.under_way else RUN_ON_S
            called = shift.run_on(shift.now_s + most_s) or self._guide.step() is not None
        self.pace.jump(shift.now_s)
        if not called:
            return None
        self.running_on = False
        return _why_it_stops(shift, heard)


def _why_it_stops(shift: Shift, heard: int) -> str:
    """What happened since so many events that needs somebody here; what a caller says is told beside it."""
    at = clock(shift.level.start_s, shift.now_s)
    event = next((event for event in shift.since(heard) if calls(shift.view, event, shift.desks)), None)
    if event is None or event.code == "call":
        return _("{at}: your turn", at=at)
    return f"{at} {event_text(event, shift.level)}"
