"""A process that follows a shift and answers what orders would do, so that whoever plays it waits for nothing.

It is begun as `python -m corridor_tui.session.ahead` and is spoken to in lines of JSON: a `Following` first, then a `Question`
each, and for every question a `Told` comes back. It ends when it is spoken to no more, however whoever began it has ended.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter

from corridor_tui.corridor.orders import Order
from corridor_tui.language import Language, speaking
from corridor_tui.level.base import Desk
from corridor_tui.level.load import from_text
from corridor_tui.session.shift import Shift
from corridor_tui.session.whatif import Ahead, Answer, Follower, UnforeseenError


@dataclass(frozen=True, slots=True)
class Following:
    """The shift that is followed: its level's text, its seed, who works each desk, and the language of the answers."""

    level: str
    seed: int
    players: dict[Desk, str]
    language: Language


@dataclass(frozen=True, slots=True)
class Question:
    """How far the shift has come, what was ordered since the last question, and what is asked (None: nothing yet)."""

    now_s: int
    given: tuple[tuple[int, str], ...]
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, or why there is none."""

    answer: Answer | None
    trouble: str = ""


FOLLOWING, QUESTION, TOLD = TypeAdapter(Following), TypeAdapter(Question), TypeAdapter(Told)
_AHEAD = TypeAdapter(Ahead)


class Side(Follower):
    """Runs both ways ahead side by side. Only for a process that has one thread."""

    def both(self, order: Order | None) -> tuple[Ahead, Ahead]:
        if order is None or self.known is not None:
            return super().both(order)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            self._tell(write, order)
        os.close(write)
        stands = self.run(None)
        self.keep(stands)
        with os.fdopen(read, "rb") as pipe:
            told = pipe.read()
        os.waitpid(child, 0)
        return stands, _AHEAD.validate_json(told) if told else self.run(order)

    def _tell(self, write: int, order: Order) -> None:
        """Run one way ahead and end, whatever comes: nothing of the process that was forked may go on here."""
        try:
            with os.fdopen(write, "wb") as pipe:
                pipe.write(_AHEAD.dump_json(self.run(order)))
        finally:
            os._exit(0)


def answers(following: Following, questions: Iterable[Question]) -> Iterator[Told]:
    """Follow a shift and answer what is asked about it."""
    shift = Shift(from_text(following.level), following.seed, following.players)
    shift.instructor = True
    follower = Side(shift)
    for question in questions:
        for at_s, text in question.given:
            shift.advance(at_s)
            shift.order(text)
        shift.advance(question.now_s)
        if question.order is None:
            continue
        try:
            yield Told(follower.ask(question.order))
        except UnforeseenError as error:
            yield Told(None, str(error))


def main() -> None:
    """Answer on standard output what comes in on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is for whoever began it
    lines = iter(sys.stdin.buffer.readline, b"")
    following = FOLLOWING.validate_json(next(lines))
    with speaking(following.language):
        for told in answers(following, map(QUESTION.validate_json, lines)):
            sys.stdout.buffer.write(TOLD.dump_json(told) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
