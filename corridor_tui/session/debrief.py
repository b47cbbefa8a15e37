"""What a finished run teaches: where the points went, how each train's time was spent, and how good the eye was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corridor_tui.language import NP_, _
from corridor_tui.level.model import Level
from corridor_tui.scoring.families import Eye, eyes
from corridor_tui.scoring.gather import gather
from corridor_tui.scoring.score import Reason, Score
from corridor_tui.session.clocks import DAY_S, clock, day_clock
from corridor_tui.session.result import Result
from corridor_tui.session.run import check_kept, level_of, rebuild

CAUSE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "work": NP_("cause", "work"),
        "trainee": NP_("cause", "trainee"),
        "track": NP_("cause", "track"),
        "staff": NP_("cause", "staff"),
        "crane": NP_("cause", "crane"),
        "machine": NP_("cause", "machine"),
        "silo": NP_("cause", "silo"),
        "stack": NP_("cause", "stack"),
        "papers": NP_("cause", "papers"),
        "wagons": NP_("cause", "wagons"),
        "locomotive": NP_("cause", "locomotive"),
        "path": NP_("cause", "path"),
        "neighbour": NP_("cause", "neighbour"),
        "line": NP_("cause", "line"),
    }
)
"""What a train's time goes to, in words, work first."""
CAUSES = tuple(CAUSE_NAMES)
_SPREAD = frozenset({"lifts", "officers", "shunts", "locomotives", "rakes", "storage"})
"""What the whole shift cost: it belongs to no moment."""
_AT_THE_END = frozenset({"undelivered"})
"""What is counted when the shift ends."""


@dataclass(frozen=True, slots=True)
class Dwell:
    """A load's time from its offer, or the start of the shift, until it left, in seconds by what it went to."""

    train: str
    title: str
    seconds: dict[str, int]

    @property
    def total_s(self) -> int:
        """All of it."""
        return sum(self.seconds.values())


@dataclass(frozen=True, slots=True)
class Debrief:
    """What can be told of a run without living any other."""

    score: Score
    dwells: tuple[Dwell, ...]
    eyes: tuple[Eye, ...]
    allowed: str = ""
    """That the trainee was allowed more time; empty where not."""


def allowed_text(percent: int) -> str:
    """That more time was allowed, which whoever compares results has to know."""
    return _("with {percent} % more time allowed", percent=percent)


def debrief(result: Result) -> Debrief:
    """Live a run again and take it apart; raises `RunError` where that cannot be done."""
    check_kept(level_of(result.run))
    shift = rebuild(result.run)
    shift.close()
    record = gather(shift.level, shift.events, shift.scenario)
    dwells = []
    for name, spans in record.dwells.items():
        seconds = dict.fromkeys(CAUSES, 0)
        for span in spans:
            seconds[span.cause] += span.length_s
        dwells.append(
            Dwell(name, record.view.units[name].title, {cause: spent for cause, spent in seconds.items() if spent})
        )
    found = eyes(record) if "customs" in shift.desks else []
    allowed = allowed_text(result.run.allowance) if result.run.allowance else ""
    return Debrief(result.score, tuple(dwells), tuple(found), allowed)


def ranked(reasons: Iterable[Reason]) -> list[Reason]:
    """Reasons as they are told: safety first, then the dearest."""
    return sorted(reasons, key=lambda one: (one.component != "safety", -one.loss, one.from_s))


def moment_s(reason: Reason) -> int | None:
    """The second of the shift to look at to see why points were lost; None of what the whole shift cost."""
    if reason.code in _SPREAD:
        return None
    return reason.to_s if reason.code in _AT_THE_END else reason.from_s


def when_text(level: Level, reason: Reason) -> str:
    """The local clock times between which points were lost, or the one at which they were; after the first day with their days."""
    began_s = reason.to_s if reason.code in _AT_THE_END else reason.from_s
    began, start_s = day_clock(level.start_s, began_s), level.start_s
    if reason.to_s == began_s:
        return began
    same_day = (start_s + began_s) // DAY_S == (start_s + reason.to_s) // DAY_S
    return f"{began}-{(clock if same_day else day_clock)(start_s, reason.to_s)}"
