"""What each decision was worth: the shift lived again with that one taken as the reference would have taken it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corridor_tui.corridor.orders import parse
from corridor_tui.language import _
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.scoring.judge import judge
from corridor_tui.scoring.measures import Raw
from corridor_tui.scoring.score import Score
from corridor_tui.session.lived import GIVE_UP_S, Decision, Taken, Watched, ground
from corridor_tui.session.run import Run
from corridor_tui.session.wording import day_clock, said_text

LATE_S = 60
"""A decision this much later than the reference's is one: what it takes to read a screen; assumed."""
MOST = 40
"""How many decisions are lived again at the most, those first that differ most."""
SHOWN = 0.05
"""Points and loss units below this are nothing."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a decision was worth: the score with the reference's decision less the score as it was, all and by part."""

    decision: Decision
    total: float
    time: float
    detection: float
    resources: float
    safety: float


class Analysis:
    """The decisions of a finished run and what each was worth. Raises `RunError` where the run cannot be lived again.

    `watched`, `nothing` and `reference`: what other processes have found out already, if they have.
    """

    def __init__(
        self,
        run: Run,
        watched: Sequence[Watched] = (),
        nothing: Raw | None = None,
        reference: Raw | None = None,
    ) -> None:
        self._ground = ground(run)
        self.level = self._ground.level
        watched = watched or [self._ground.watch()]
        self._nothing = nothing or self._ground.baseline("do-nothing")
        self._reference = reference or self._ground.baseline("reference")
        self.score = self._judged(watched[0].raw)
        self.lags_s = watched[0].lags_s
        self._accepted = [
            replace(one, lag_s=lag_s) for one, lag_s in zip(self._ground.accepted, self.lags_s, strict=True)
        ]
        self._first, self._then = _together(watched, self._accepted)
        self.decisions: tuple[Decision, ...] = tuple(self._decisions())

    def _judged(self, raw: Raw) -> Score:
        return judge(raw, self._nothing, self._reference, self.level)

    def worth(self, decision: Decision, raw: Raw | None = None) -> Worth:
        """What the run lived again with one decision taken as the reference would have is worth; `raw`: what that came to."""
        score = self._judged(raw or self._ground.live(self.lags_s, decision))
        lost = self.score.losses
        return Worth(
            decision,
            round(score.total - self.score.total, 2),
            round(lost.time - score.losses.time, 2),
            round(lost.detection - score.losses.detection, 2),
            round(lost.resources - score.losses.resources, 2),
            round(self.score.safety - score.safety, 2),
        )

    # what was decided otherwise

    def _decisions(self) -> Iterator[Decision]:
        found = [*self._late(), *self._other(), *self._never()]
        found.sort(
            key=lambda one: (one.way == "late", one.instead_s - one.t if one.way == "late" else 0, one.t, one.text)
        )
        yield from found[:MOST]

    def _late(self) -> Iterator[Decision]:
        for one in self._accepted:
            first_s = self._first.get(one.order.text)
            if first_s is None:
                continue
            from_s = max(first_s, one.t - one.lag_s)
            if one.t - from_s >= LATE_S:
                yield Decision("late", one.t, one.order.args[0], one.order.text, (one.order.text,), from_s)

    def _other(self) -> Iterator[Decision]:
        seen: set[str] = set()
        for one in self._accepted:
            subject = one.order.args[0]
            if subject not in seen and one.place in self._then and one.order.text not in self._then[one.place]:
                seen.add(subject)
                yield Decision("other", one.t, subject, one.order.text, self._then[one.place], one.t)

    def _never(self) -> Iterator[Decision]:
        given = {(one.order.verb, one.order.args[0]) for one in self._accepted}
        seen = {one.order.args[0] for one in self._accepted if one.place in self._then}
        for text, first_s in self._first.items():
            order = parse(text)
            subject = order.args[0]
            if (order.verb, subject) not in given and subject not in seen and first_s + GIVE_UP_S <= self.level.shift_s:
                seen.add(subject)
                yield Decision("never", first_s, subject, text, (text,), first_s)


def _together(
    watched: Sequence[Watched], accepted: Iterable[Taken]
) -> tuple[dict[str, int], dict[int, tuple[str, ...]]]:
    """What several processes heard of the reference, as if one had asked every time."""
    heard = sorted((item for each in watched for item in each.first.items()), key=lambda item: item[1])
    first: dict[str, int] = {}
    for text, at_s in heard:
        first.setdefault(text, at_s)
    then = {place: texts for each in watched for place, texts in each.then.items()}
    for one in accepted:
        if first.get(one.order.text, one.t + 1) <= one.t:
            then.pop(one.place, None)  # another process had heard of it before
    return first, then


def dearest(worths: Iterable[Worth]) -> list[Worth]:
    """Those that made a difference, the one that cost most first."""
    return sorted((one for one in worths if abs(one.total) >= SHOWN), key=lambda one: (-one.total, one.decision.t))


def otherwise(level: Level, decision: Decision) -> str:
    """In plain words what the reference would have done instead."""
    if decision.way == "late":
        at = day_clock(level.start_s, decision.instead_s)
        return _("at {at}, {minutes} min sooner", at=at, minutes=(decision.t - decision.instead_s) // 60)
    if decision.way == "never":
        return _("was never ordered")
    return plain(", ".join(said_text(text, level) for text in decision.instead)) or _("not at that time")
