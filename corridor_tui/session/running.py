"""How the score stands while the shift runs: what is lost by what the desks have been told, and for what, the latest first.

Nothing of it looks into the scenario: of the customs desk's mistakes only those count that an audit within the shift, an answer
to a finding or the supervisor has told of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.goals import DetectionLoss
from corridor_tui.scoring.detection import detection_reasons
from corridor_tui.scoring.gather import Gatherer
from corridor_tui.scoring.losses import resource_reasons, safety_reasons, time_reasons, used
from corridor_tui.scoring.onward import onward_reasons
from corridor_tui.scoring.record import Record
from corridor_tui.scoring.score import COMPONENTS, Component, Reason
from corridor_tui.session.shift import Shift

Part: TypeAlias = Component | Literal["safety"]
PARTS: tuple[Part, ...] = (*COMPONENTS, "safety")
_TOLD = frozenset({"false_alarm"})
"""What the desk knows of its own mistakes at customs without the audit."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is lost so far by part, and the reasons, the latest first; no reasons where the level tells losses alone."""

    lost: dict[Part, float]
    reasons: tuple[Reason, ...]


class Meter:
    """Reads how the score stands, again and again: a reading takes in only what has happened since the last one."""

    def __init__(self, shift: Shift) -> None:
        self.shift = shift
        self._gatherer: Gatherer | None = None
        self._heard = 0
        self._back: list[Reason] = []
        """What an audit within the shift found in what was released."""

    def read(self) -> Running | None:
        """How it stands; None where the level does not let it be seen, or its run is too long to be kept whole."""
        shift = self.shift
        if shift.level.shift.feedback == "none" or shift.count > len(shift.events):
            return None
        gatherer = self._gatherer = self._gatherer or Gatherer(View(shift.level, shift.scenario))
        news = shift.events[self._heard :]
        self._heard += len(news)
        gatherer.fold(news)
        if "customs" in shift.desks:
            self._back += _came_back(news, shift.level.scoring.detection)
        return _sum_up(shift, gatherer.so_far(shift.now_s), self._back)


def untold(shift: Shift) -> str:
    """Why nothing is told of the score."""
    if shift.level.shift.feedback == "none":
        return _("This level tells nothing of the score before the shift is over.")
    return _("The score of so long a shift is made when it is over.")


def running(shift: Shift) -> Running | None:
    """How the score stands, read once."""
    return Meter(shift).read()


def _sum_up(shift: Shift, record: Record, back: list[Reason]) -> Running:
    level, feedback = shift.level, shift.level.shift.feedback
    loco_h, rake_h = used(record)
    reasons = [
        *time_reasons(level, record, shift.desks),
        *onward_reasons(level, record, shift.desks),
        *(one for one in detection_reasons(level, record, shift.desks) if _is_told(one)),
        *back,
        *resource_reasons(level, record, shift.desks, loco_h, rake_h, 0),
        *safety_reasons(level, record, shift.desks),
    ]
    reasons.sort(key=lambda one: (-one.to_s, -one.loss, one.args))
    lost = {part: sum(one.loss for one in reasons if one.component == part) for part in PARTS}
    return Running(lost, tuple(reasons) if feedback == "full" else ())


def _is_told(reason: Reason) -> bool:
    return reason.code in _TOLD or (reason.code == "unjustified" and reason.args[1] == "supervisor")


def _came_back(events: Iterable[Event], rates: DetectionLoss) -> Iterator[Reason]:
    for event in events:
        if event.code == "came_back" and event.args[1] in ("error", "offence"):
            loss = rates.offence_miss if event.args[1] == "offence" else rates.miss
            yield Reason("detection", "miss", (str(event.args[0]), str(event.args[2])), loss, event.t, event.t)
