"""From the clock on the wall to the clock of the shift: pause, speed, and no catching up after the machine slept."""

from collections.abc import Callable

from corridor_tui.session.shift import Shift

SPEEDS = (1, 2, 5, 10, 30, 60, 120, 240)
MOST_STEP_S = 0.5
"""The most real time one look at the clock may make up, so that a suspended machine does not run a shift away."""


class Pace:
    """Tells which second of the shift is due. `wall` gives monotonic seconds."""

    def __init__(self, wall: Callable[[], float], now_s: int, speed: int, most: int) -> None:
        self._wall = wall
        self._most = most
        self._last = wall()
        self._due = float(now_s)
        self.speed = min(speed, most)
        self.paused = True
        self.limit: int | None = None
        """The speed that is not passed for now, whatever is set."""
        self.allowance = 0
        """How much more time there is for everything, in per cent."""

    @property
    def now(self) -> int:
        """The speed that is set, or less where something slows the clock; without the allowance."""
        return self.speed if self.limit is None else min(self.speed, self.limit)

    def heed(self, shift: Shift, *, reading: bool) -> None:
        """Let calls that wait and papers that are read slow the clock as the level says, and the allowance all of it."""
        self.due_s()
        rules = shift.level.shift
        slow = rules.papers_speed if reading else None
        call = rules.call_speed if rules.call_speed is not None and shift.view.ringing(shift.desks) else None
        self.limit = min((each for each in (slow, call) if each is not None), default=None)
        self.allowance = shift.view.instructed.allowance

    def due_s(self) -> int:
        """The second up to which the shift should have been simulated by now."""
        now = self._wall()
        if not self.paused:
            self._due += min(now - self._last, MOST_STEP_S) * self.now / (1 + self.allowance / 100)
        self._last = now
        return int(self._due)

    def jump(self, now_s: int) -> None:
        """Set the clock to a second of the shift, after running on to it."""
        self._due = float(now_s)
        self._last = self._wall()

    def toggle(self) -> None:
        """Pause or go on."""
        self.due_s()
        self.paused = not self.paused

    def change(self, step: int) -> None:
        """Go faster or slower by so many steps."""
        self.due_s()
        steps = [speed for speed in SPEEDS if speed <= self._most]
        place = min(range(len(steps)), key=lambda index: abs(steps[index] - self.speed))
        self.speed = steps[max(0, min(len(steps) - 1, place + step))]
