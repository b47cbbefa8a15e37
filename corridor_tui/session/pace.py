"""From the clock on the wall to the clock of the shift: pause, speed, and no catching up after the machine slept."""

from collections.abc import Callable

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

    def due_s(self) -> int:
        """The second up to which the shift should have been simulated by now."""
        now = self._wall()
        if not self.paused:
            self._due += min(now - self._last, MOST_STEP_S) * self.speed
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
