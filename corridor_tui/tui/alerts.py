"""What is urgent, told once: by a line that stays for a while and by the terminal's bell, as far as either is wanted."""

from collections.abc import Callable, Iterable

from corridor_tui.corridor.events import Event
from corridor_tui.language import _
from corridor_tui.session.calls import urgent
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import clock, event_text
from corridor_tui.tui.settings import Alerting

STAYS_S = 12.0
"""How long an alert is shown, in real seconds, unless it is seen to before; assumed."""
QUIET_S = 5.0
"""The least real time between two bells; what is urgent meanwhile is only folded into the line. Assumed."""


class Alerts:
    """The alerts of one desk. `ring` rings the bell; `wall` gives monotonic seconds."""

    def __init__(self, shift: Shift, wall: Callable[[], float], ring: Callable[[], object], mode: Alerting) -> None:
        self._shift = shift
        self._wall = wall
        self._ring = ring
        self._mode = mode
        self._heard = shift.count
        self._latest: Event | None = None
        self._more = 0
        self._told = self._rung = float("-inf")

    def set(self, mode: Alerting) -> None:
        """Tell what is urgent in another way from now on."""
        self._mode = mode
        self.seen()

    def look(self) -> bool:
        """Hear what has happened since; whether something urgent has."""
        events = self._shift.since(self._heard)
        self._heard = self._shift.count
        if self._mode == "off":
            return False
        found = [event for event in events if urgent(self._shift.view, event, self._shift.desks)]
        if found:
            self._take(found)
        return bool(found)

    def _take(self, found: Iterable[Event]) -> None:
        now = self._wall()
        folded = self._more + 1 if self._latest is not None and now < self._told + STAYS_S else 0
        *before, self._latest = found
        self._more = folded + len(before)
        self._told = now
        if self._mode == "bell" and now >= self._rung + QUIET_S:
            self._rung = now
            self._ring()

    @property
    def text(self) -> str:
        """The last one, with how many are folded into it; empty where there is none, or it has been shown for long enough."""
        if self._latest is None or self._wall() >= self._told + STAYS_S:
            return ""
        if self._latest.code == "call" and not self._more:
            return ""  # who calls has a line of their own for as long as they wait
        level = self._shift.level
        said = f"‼ {clock(level.start_s, self._latest.t)} {event_text(self._latest, level)}"
        return _("{alert} (and {n} more)", alert=said, n=self._more) if self._more else said

    def seen(self) -> None:
        """It was looked at."""
        self._latest = None
        self._more = 0
