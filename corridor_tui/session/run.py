"""A run: a level, a seed, who works which desk and the orders given; all that it takes to live a shift again."""

import json
import secrets
from dataclasses import dataclass, replace

from corridor_tui import ENGINE
from corridor_tui.corridor.orders import ALLOW, allowance_in
from corridor_tui.dispatcher.players import PLAYERS
from corridor_tui.language import _
from corridor_tui.level.base import DESKS, Desk
from corridor_tui.level.errors import brief
from corridor_tui.level.load import from_text
from corridor_tui.level.model import Level, text_digest
from corridor_tui.session.journal import Given, first_link, next_link
from corridor_tui.session.shift import TRAINEE, Progress, Shift

KEY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 10
"""A run's key: signs that are not taken for one another, and enough of them that two classes never draw the same."""


class RunError(ValueError):
    """A run that cannot be played again; the message is one plain line."""


class OtherEngineError(RunError):
    """A run of another engine: the same orders would not give the same events."""


@dataclass(frozen=True, slots=True)
class Run:
    """One play of a level. `clock_s` is how far it came; `ended` says that the trainee has ended it or its time was up.

    `started_ms` is milliseconds since 1970 UTC.
    """

    key: str
    trainee: str
    level_id: str
    level_digest: str
    level_text: str
    seed: int
    engine: str
    desks: tuple[tuple[Desk, str], ...]
    started_ms: int
    branch: str = ""
    """The run it branched off, and the second: "KEY@SECOND". Empty where it was played from the start: only that is a fair score."""
    given: tuple[Given, ...] = ()
    clock_s: int = 1
    ended: bool = False

    @property
    def head(self) -> tuple[str | int, ...]:
        """All that is certain when a run begins."""
        desks = json.dumps(dict(self.desks))
        start = (self.key, self.trainee, self.level_id, self.level_digest, self.level_text)
        return (*start, self.seed, self.engine, desks, self.started_ms, self.branch)

    @property
    def links(self) -> tuple[str, ...]:
        """The chain of its orders: the link of the head, then one for each order."""
        links = [first_link(self.head)]
        for seq, given in enumerate(self.given, 1):
            links.append(next_link(links[-1], seq, given.t, given.kind, given.text))
        return tuple(links)

    @property
    def allowance(self) -> int:
        """How much more time the trainee was allowed, in per cent: as it was allowed last."""
        allowed = (given.text for given in reversed(self.given) if given.heard and given.text.startswith(f"{ALLOW} "))
        return allowance_in(next(allowed, ""))

    @property
    def heard(self) -> int:
        """How many orders came to the corridor."""
        return sum(given.heard for given in self.given)


def new_key() -> str:
    """A key for a new run."""
    return "".join(secrets.choice(KEY_SIGNS) for _ in range(KEY_LENGTH))


def is_key(text: str) -> bool:
    """Whether a text could be a run's key."""
    return len(text) == KEY_LENGTH and all(sign in KEY_SIGNS for sign in text)


def new_run(level: Level, seed: int, trainee: str, started_ms: int) -> Run:
    """A run that is about to begin, everybody at the desk that the level gives them."""
    desks = tuple((desk, str(level.player(desk))) for desk in DESKS)
    return Run(new_key(), trainee, level.id, level.digest, level.text, seed, ENGINE, desks, started_ms)


def level_of(run: Run) -> Level:
    """The level that was played; raises `RunError` where the run does not hold it as it was."""
    if text_digest(run.level_text) != run.level_digest:
        raise RunError(_("the level was changed: it is not the one that was played"))
    try:
        level = from_text(run.level_text)
    except ValueError as error:
        raise RunError(str(error)) from None
    if level.digest != run.level_digest or level.id != run.level_id:
        raise RunError(_("the level was changed: it is not the one that was played"))
    return level


def check_engine(run: Run) -> None:
    """Raise `OtherEngineError` where this program would make other events of the same orders."""
    if run.engine != ENGINE:
        raise OtherEngineError(
            _(
                "it was played with engine {old} and this is engine {new}, which makes other events of the same orders",
                old=run.engine,
                new=ENGINE,
            )
        )


def check_kept(level: Level) -> None:
    """Raise `RunError` where living a run again does not keep its events: a run over months is looked at as it goes on."""
    if level.shift.settle_h is not None:
        raise RunError(
            _("its trains are settled on the way and its events not kept, so that nothing of it can be shown again")
        )


def rebuild(run: Run, progress: Progress | None = None) -> Shift:
    """Live a run again up to its clock; raises `RunError` where that cannot be done to the second. `progress` as `Shift.go_to`."""
    check_engine(run)
    level = level_of(run)
    if unknown := next((name for _, name in run.desks if name != TRAINEE and name not in PLAYERS), None):
        raise RunError(_("a desk is worked by {player}, whom nobody knows", player=ascii(unknown)))
    shift = Shift(level, run.seed, dict(run.desks))
    shift.instructor = True
    for number, given in enumerate(run.given, 1):
        if not given.heard:
            continue
        shift.go_to(given.t, progress)
        if shift.now_s != given.t or shift.over:
            raise RunError(
                _(
                    "order {number} (`{order}`) was given at second {second}, when it could not be",
                    number=number,
                    order=brief(given.text),
                    second=given.t,
                )
            )
        shift.order(given.text)
        if not shift.given[-1].heard:
            raise RunError(
                _(
                    "order {number} (`{order}`) is none that the corridor would have heard",
                    number=number,
                    order=brief(given.text),
                )
            )
    shift.go_to(run.clock_s, progress)
    shift.instructor = False
    shift.given = list(run.given)
    return shift


def finished(run: Run, shift: Shift) -> Run:
    """A run as it was played, once its shift is over."""
    clock_s = shift.level.shift_s if shift.ended_s is None else shift.ended_s
    return replace(run, given=tuple(shift.given), clock_s=clock_s, ended=True)


def as_trainee(run: Run) -> Run:
    """A run of the first records, which hold the orders of whoever finished it too: only what the trainee gave."""
    shift, given = Shift(level_of(run), run.seed, dict(run.desks)), list[Given]()
    for one in run.given:
        shift.advance(one.t)
        if shift.over or shift.now_s != one.t:
            break
        shift.order(one.text)
        given.append(one)
    return replace(run, given=tuple(given), clock_s=shift.level.shift_s)
