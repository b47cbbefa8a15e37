"""The words for what an order would do: the same in the dialogue and on the screen."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from corridor_tui.corridor.waits import Cause
from corridor_tui.language import N_, _, ngettext
from corridor_tui.level.model import Level
from corridor_tui.session.whatif import Answer, Prospect, Times, Waiting
from corridor_tui.session.wording import day_clock

_MORE: Mapping[Cause, str] = MappingProxyType({
    "trainee": N_("waits {time} longer for an order of the {desk} desk"),
    "track": N_("waits {time} longer for a free track"),
    "staff": N_("waits {time} longer for people"),
    "crane": N_("waits {time} longer for a crane"),
    "machine": N_("waits {time} longer for a machine of the stack"),
    "silo": N_("waits {time} longer for room in the silo"),
    "stack": N_("waits {time} longer for room in the stack"),
    "papers": N_("waits {time} longer for its papers"),
    "wagons": N_("waits {time} longer for wagons"),
    "locomotive": N_("waits {time} longer for a locomotive"),
    "path": N_("waits {time} longer for its path"),
    "neighbour": N_("waits {time} longer for the neighbour"),
    "line": N_("waits {time} longer for the line"),
})  # fmt: skip
_LESS: Mapping[Cause, str] = MappingProxyType({
    "trainee": N_("waits {time} less for an order of the {desk} desk"),
    "track": N_("waits {time} less for a free track"),
    "staff": N_("waits {time} less for people"),
    "crane": N_("waits {time} less for a crane"),
    "machine": N_("waits {time} less for a machine of the stack"),
    "silo": N_("waits {time} less for room in the silo"),
    "stack": N_("waits {time} less for room in the stack"),
    "papers": N_("waits {time} less for its papers"),
    "wagons": N_("waits {time} less for wagons"),
    "locomotive": N_("waits {time} less for a locomotive"),
    "path": N_("waits {time} less for its path"),
    "neighbour": N_("waits {time} less for the neighbour"),
    "line": N_("waits {time} less for the line"),
})  # fmt: skip


def heading(answer: Answer) -> str:
    """What was asked."""
    if not answer.order:
        return _("as it stands, with the reference at every desk")
    return _("if `{order}` is given now", order=answer.order)


def verdict(answer: Answer) -> str:
    """In one line what comes of it."""
    if answer.refusal is not None:
        return _("it would be refused: {why}", why=answer.refusal)
    if not answer.order:
        return _("what is expected, if everything takes its usual time and nothing breaks")
    changed = len(answer.changed)
    if not changed:
        return _("nothing changes: every train comes, is ready and leaves as it stands")
    trains = ngettext("{n} train changes", "{n} trains change", changed)
    if answer.later_s == 0:
        return _("{trains}; in all none leaves later or earlier", trains=trains)
    if answer.later_s > 0:
        return _("{trains}; in all {time} later", trains=trains, time=length(answer.later_s))
    return _("{trains}; in all {time} earlier", trains=trains, time=length(-answer.later_s))


def length(seconds: int) -> str:
    """A length of time: whole minutes, and seconds below one."""
    if seconds < 60:
        return _("{count} s", count=seconds)
    return _("{count} min", count=round(seconds / 60))


def difference(seconds: int | None) -> str:
    """A difference with its sign; empty where there is none."""
    if not seconds:
        return ""
    return f"+{length(seconds)}" if seconds > 0 else f"-{length(-seconds)}"


_STAGES = (N_("in"), N_("ready"), N_("leaves"))


def _of(times: Times) -> tuple[int | None, ...]:
    return times.in_s, times.ready_s, times.leaves_s


def moved(train: Prospect) -> str:
    """By how much a train is in, and ready, later or earlier; empty where it is not."""
    pairs = zip(_STAGES[:2], _of(train.stands)[:2], _of(train.given)[:2], strict=True)
    told = [
        f"{_(word)} {difference(given - stands)}"
        for word, stands, given in pairs
        if stands is not None and given is not None and stands != given
    ]
    return ", ".join(told)


def wait_text(wait: Waiting | None) -> str:
    """What a train then waits for; empty where no wait changes."""
    if wait is None:
        return ""
    words = _MORE if wait.length_s > 0 else _LESS
    return _(words[wait.cause], time=length(abs(wait.length_s)), desk=_(wait.desk) if wait.desk else "")


def at(level: Level, second: int | None) -> str:
    """A time by the clock; a dash where it does not come to that."""
    return "-" if second is None else day_clock(level.start_s, second)


def lines(level: Level, answer: Answer) -> Iterator[str]:
    """An answer as plain lines."""
    yield f"{heading(answer)}: {verdict(answer)}"
    if answer.refusal is not None:
        return
    for train in answer.changed or answer.trains:
        yield _train(level, train)
    if answer.changed and (rest := [train.train for train in answer.trains if not train.changed]):
        yield _("as it stands: {trains}", trains=", ".join(rest))


def _train(level: Level, train: Prospect) -> str:
    told = []
    for word, stands, given in zip(_STAGES, _of(train.stands), _of(train.given), strict=True):
        if stands == given:
            told.append(f"{_(word)} {at(level, given)}")
        else:
            told.append(
                _(
                    "{stage} {given} instead of {stands}",
                    stage=_(word),
                    given=at(level, given),
                    stands=at(level, stands),
                )
            )
    wait = wait_text(train.wait)
    return f"{train.train}: {', '.join(told)}" + (f"; {wait}" if wait else "")
