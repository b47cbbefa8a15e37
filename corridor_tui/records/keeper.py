"""What is kept of a trainee's play: a journal while a shift runs, and its result once it is over."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corridor_tui.corridor.orders import ALLOW, Order
from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.records.journals import Found, Journals, Writer, default_folder
from corridor_tui.records.store import Records, default_path
from corridor_tui.records.values import Best, RecordsError
from corridor_tui.session.journal import JournalError
from corridor_tui.session.marks import Mark
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.result import Result, result_of
from corridor_tui.session.run import Run, finished, new_run, rebuild
from corridor_tui.session.shift import Progress, Shift
from corridor_tui.session.skill import Skill, unaided


class Keeper:
    """Keeps what one trainee plays, in a data directory. `trouble` is the last thing that went wrong, in one line.

    `instructor`: one stands by and may let things happen. `allowance`: so many per cent more time is allowed to a shift that
    begins or goes on here. Nothing that goes wrong here stops a shift from being played.
    """

    def __init__(self, data: Path, trainee: str, *, instructor: bool = False, allowance: int = 0) -> None:
        self._instructor = instructor
        self._allowance = allowance
        self.journals = Journals(default_folder(data))
        self.trouble: str | None = None
        self._records = Records(default_path(data))
        self._trainee = trainee
        self._writer: Writer | None = None
        self._run: Run | None = None

    def interrupted(self, level_id: str | None) -> list[Found]:
        """The trainee's shifts that broke off, the latest first; only those of a level where one is named."""
        found = [one for one in self.journals.all() if one.state == "interrupted" and one.run is not None]
        finished = self._finished() if found else []
        for one in found:
            if one.key in finished:  # the program ended between keeping the result and putting the journal away
                self.journals.discard(one.key)
        return [
            one
            for one in found
            if one.run is not None
            and one.key not in finished
            and one.run.trainee == self._trainee
            and level_id in (None, one.run.level_id)
        ]

    def _finished(self) -> list[str]:
        try:
            return self._records.run_keys()
        except RecordsError as error:
            self.trouble = str(error)
            return []

    def begin(self, level: Level, seed: int) -> Shift:
        """A new shift with its journal; without one where none can be kept."""
        shift = Shift(level, seed)
        shift.instructor = self._instructor
        run = new_run(level, seed, self._trainee, now_ms())
        self._run = run
        try:
            self._writer = shift.journal = self.journals.begin(run)
        except JournalError as error:
            self.trouble = str(error)
        self._allow(shift)
        return shift

    def _allow(self, shift: Shift) -> None:
        """Give the shift the time that is to be allowed, unless it has it already; what stands in the way becomes `trouble`."""
        if not self._allowance or self._allowance == shift.view.instructed.allowance:
            return
        shift.instructor = True
        answer = shift.order(Order(ALLOW, (str(self._allowance),)).text)
        shift.instructor = self._instructor
        if not answer.accepted:
            self.trouble = answer.reason

    def resume(self, key: str, progress: Progress | None = None) -> tuple[Shift, Run]:
        """A shift as it was when it broke off, with its run; raises `JournalError`, or `RunError` of the session.

        `progress` hears how far it is lived again.
        """
        with self.reopened(key) as writer:
            shift = rebuild(writer.run, progress)
            self.go_on(shift, writer)
        return shift, writer.run

    @contextmanager
    def reopened(self, key: str) -> Iterator[Writer]:
        """The journal of a run that broke off, closed again where nothing comes of it; raises `JournalError`."""
        writer = self.journals.resume(key)
        try:
            yield writer
        finally:
            if self._writer is not writer:
                writer.close()

    def go_on(self, shift: Shift, writer: Writer) -> None:
        """Let what happens in a shift that is as it was when it broke off go on in its journal."""
        shift.instructor = self._instructor
        self._writer = shift.journal = writer
        self._run = writer.run
        if not writer.run.ended:
            self._allow(shift)

    def branch(self, run: Run) -> Shift:
        """The shift of a branch, with its journal; without one where none can be kept."""
        shift = rebuild(run)
        shift.instructor = self._instructor
        self._run = run
        try:
            self._writer = shift.journal = self.journals.begin(run)
        except JournalError as error:
            self.trouble = str(error)
        return shift

    def give_up(self, key: str) -> None:
        """Count an interrupted run as abandoned."""
        try:
            writer = self.journals.resume(key)
            try:
                writer.abandon(writer.run.clock_s)
            finally:
                writer.close()
        except JournalError as error:
            self.trouble = str(error)

    def left(self, now_s: int, *, later: bool) -> None:
        """The trainee has left the desk without a result: for good, or to go on later."""
        if self._writer is not None:
            try:
                self._writer.clock(now_s)
                if not later:
                    self._writer.abandon(now_s)
            except JournalError as error:
                self.trouble = str(error)
            self._writer.close()
            self._writer = None

    def close(self) -> None:
        """Let go of the journal of a shift that was neither left nor finished: it counts as broken off."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def finish(self, shift: Shift, outcome: Outcome) -> str | None:
        """Keep the result of the shift that was begun or resumed last; what went wrong with that, if anything did.

        Then its journal stays, and the run can be finished again.
        """
        writer, self._writer = self._writer, None
        try:
            self._records.keep(result_of(self.run_of(shift), outcome, now_ms()))
        except RecordsError as error:
            self.trouble = str(error)
            if writer is not None:
                writer.close()
            return self.trouble
        if writer is not None:
            writer.discard()
        return None

    def run_of(self, shift: Shift) -> Run:
        """The run of the shift that was begun or resumed last, as it was played."""
        assert self._run is not None
        return finished(self._run, shift)

    def result(self, key: str) -> Result | None:
        """A finished run; None where none of that key is kept."""
        try:
            return self._records.result(key)
        except RecordsError as error:
            self.trouble = str(error)
            return None

    def skill(self, level: Level) -> Skill:
        """What the trainee can do by now, as far as the hints of a level ask."""
        best = self.bests().get(level.id)
        counts: Counter[str] = Counter()
        if any(hint.taught is not None for hint in level.hints):
            try:
                for given in self._records.given(self._trainee):
                    counts += unaided(given)
            except RecordsError as error:
                self.trouble = str(error)
        return Skill(0 if best is None else best.stars, counts)

    def mark(self, key: str, t: int, words: str) -> Mark | str:
        """Mark a second of a finished run as this trainee; why it cannot be kept, where it cannot."""
        mark = Mark(t, self._trainee, words, now_ms())
        try:
            kept = self._records.mark(key, mark)
        except RecordsError as error:
            return str(error)
        return mark if kept else _("only a finished run that is kept here can be marked: import it first")

    def unmark(self, key: str, mark: Mark) -> str | None:
        """Take a mark away; why it cannot be, where it cannot."""
        try:
            self._records.unmark(key, mark, now_ms())
        except RecordsError as error:
            return str(error)
        return None

    def bests(self) -> dict[str, Best]:
        """The trainee's best results by level."""
        try:
            return self._records.bests(self._trainee)
        except RecordsError as error:
            self.trouble = str(error)
            return {}


def now_ms() -> int:
    """The time in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000
