"""What is lost so far, read while time runs."""

from collections.abc import Callable

from corridor_tui.session.running import Meter, Running

READ_S = 2.0
"""How often it is read while time runs, in seconds on the wall."""


class Loss:
    """What was lost when it was read `last`. To read it takes a while, so that it is done no oftener than is worth it."""

    def __init__(self, meter: Meter, wall: Callable[[], float]) -> None:
        self._meter = meter
        self._wall = wall
        self._read_at, self._stale = -READ_S, True
        self.last: Running | None = None

    def read(self) -> None:
        """Read it."""
        self._read_at, self._stale = self._wall(), False
        self.last = self._meter.read()

    def happened(self) -> None:
        """Something has: it may stand otherwise by now."""
        self._stale = True

    @property
    def due(self) -> bool:
        """Whether it is time to read it again."""
        return self._stale and self._wall() - self._read_at >= READ_S
