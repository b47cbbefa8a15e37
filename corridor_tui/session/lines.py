"""Two lines of one level and seed: a run beside the reference, or beside another run such as the one it branched off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import ASIDE
from corridor_tui.language import _
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.scoring.judge import judge, judge_on
from corridor_tui.scoring.score import Score
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result
from corridor_tui.session.run import RunError
from corridor_tui.session.shift import baseline, injected_in, unattended
from corridor_tui.session.traces import Trace, Traces
from corridor_tui.session.wording import day_clock, said_text


@dataclass(frozen=True, slots=True)
class Line:
    """One way in which a shift went. `key` is the run's, or "" of the reference; `orders` are those of the trainee's desks that
    change anything: what only asks is none of them.
    """

    key: str
    events: Sequence[Event]
    orders: tuple[tuple[int, str], ...]
    score: Score

    @property
    def name(self) -> str:
        """What it is called."""
        return _("run {key}", key=self.key) if self.key else _("the reference")


@dataclass(frozen=True, slots=True)
class Parting:
    """The first order that was not given alike: in either line its second and text, None where there was no further one."""

    mine: tuple[int, str] | None
    theirs: tuple[int, str] | None

    @property
    def at_s(self) -> int:
        """The second at which the lines part."""
        return min(order[0] for order in (self.mine, self.theirs) if order is not None)


@dataclass(frozen=True)
class Lines:
    """Two lines side by side."""

    level: Level
    mine: Line
    theirs: Line
    end_s: int

    @cached_property
    def traces(self) -> tuple[Traces, Traces]:
        """Where the trains of either have been."""
        mine, theirs = Traces(self.level), Traces(self.level)
        mine.read(self.mine.events)
        theirs.read(self.theirs.events)
        return mine, theirs

    @cached_property
    def parting(self) -> Parting | None:
        """Where their orders part; None where they never do."""
        mine, theirs = self.mine.orders, self.theirs.orders
        alike = _alike(mine, theirs)
        if alike == len(mine) == len(theirs):
            return None
        return Parting(*(orders[alike] if alike < len(orders) else None for orders in (mine, theirs)))

    @property
    def departures(self) -> list[tuple[str, int | None, int | None]]:
        """Every load with the seconds at which it left in either line; None where it did not."""
        theirs = {train.number: train.departed_s for train in self.theirs.score.trains}
        return [(train.number, train.departed_s, theirs.get(train.number)) for train in self.mine.score.trains]

    def parted_s(self, train: str) -> int | None:
        """The second from which a train goes otherwise in the two; None where it never does."""
        mine, theirs = (traces.of.get(train, Trace()).points for traces in self.traces)
        if mine == theirs:
            return None
        alike = _alike(mine, theirs)
        return min(points[min(alike, len(points) - 1)][0] for points in (mine, theirs) if points)


def beside_reference(replay: Replay, score: Score) -> Lines:
    """A run beside what the reference does on the same seed; raises `RunError` as `Replay`."""
    injected, scenario, level = injected_in(replay.run.given), replay.scenario, replay.level
    shift = unattended(scenario, "reference", injected=injected)
    orders, desks = tuple(shift.orders), shift.desks
    raw = shift.close()
    if score.scale is None:
        best = judge(raw, baseline(scenario, "do-nothing", injected=injected), raw, level)
    else:
        best = judge_on(raw, replace(score.scale, reference=raw.losses), level)
    line = Line("", tuple(shift.events), tuple((t, text) for t, desk, text in orders if desk in desks), best)
    return _lines(replay, score, line)


def beside_run(replay: Replay, score: Score, other: Result) -> Lines:
    """A run beside another of the same level and seed; raises `RunError` where it is not, or cannot be lived again."""
    run = replay.run
    if (other.run.level_digest, other.run.seed) != (run.level_digest, run.seed):
        raise RunError(
            _("run {key} is of another level or seed: the two cannot be set side by side", key=other.run.key)
        )
    return _lines(replay, score, _line(Replay(other.run), other.score))


def _alike(mine: Sequence[object], theirs: Sequence[object]) -> int:
    """How many of the first are the same in both."""
    pairs = enumerate(zip(mine, theirs, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(mine), len(theirs)))


def _lines(replay: Replay, score: Score, theirs: Line) -> Lines:
    end_s = max(replay.end_s, theirs.events[-1].t + 1)
    return Lines(replay.level, _line(replay, score), theirs, end_s)


def _line(replay: Replay, score: Score) -> Line:
    run, aside = replay.run, {order.text for _, order in injected_in(replay.run.given, *ASIDE)}
    given = tuple((one.t, one.text) for one in run.given if one.heard and one.text not in aside)
    return Line(run.key, replay.events, given, score)


def parting_text(lines: Lines) -> str:
    """Where the orders of two lines part, in one sentence."""
    parting, other = lines.parting, lines.theirs.name
    if parting is None:
        return _("The same orders were given in both.")
    mine, theirs = (
        _("nothing more")
        if order is None
        else f"{day_clock(lines.level.start_s, order[0])} {plain(said_text(order[1], lines.level))}"
        for order in (parting.mine, parting.theirs)
    )
    return _("The orders part here: {mine}; in {other}: {theirs}.", mine=mine, other=other, theirs=theirs)
