"""The decisions of a run, valued by other processes meanwhile: the reference is asked by several, and so are the runs lived."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from corridor_tui.language import _
from corridor_tui.scoring.measures import Raw
from corridor_tui.session.decisions import MOST, Analysis, Worth
from corridor_tui.session.lived import Decision, Watched, ground
from corridor_tui.session.processes import leave_with
from corridor_tui.session.run import Run, RunError
from corridor_tui.session.shift import BASELINES

T = TypeVar("T")
PROCESSES = 2
"""How many processes value decisions beside the one that draws: enough for the report to come while the result is read; assumed."""
_PARTS = 4
"""In how many parts the reference is asked what it would have done: they are not all as long."""
_STEPS = _PARTS + len(BASELINES)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: steps `done` `of` all; what the decisions are worth that are valued, in their order.

    `decisions`: how many there are, None while they are looked for. `trouble`: why there will be no more of it. `fault`: what
    went wrong in the program itself, for whoever hears of it to raise: nobody else would see it.
    """

    done: int
    of: int
    worths: tuple[Worth, ...] = ()
    decisions: int | None = None
    trouble: str | None = None
    fault: Exception | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.trouble is not None or self.fault is not None or len(self.worths) == self.decisions


class Valuing:
    """Values the decisions of a run, from now until it is over or ended; `told` hears of each step, in a thread of its own."""

    def __init__(self, run: Run, told: Callable[[Progress], object]) -> None:
        self._run = run
        self._told = told
        self._watched: dict[int, Watched] = {}
        self._baselines: dict[str, Raw] = {}
        self._analysis: Analysis | None = None
        self._worths: dict[int, Worth] = {}
        self._ended = False
        context = get_context("spawn")
        end, self._alive = context.Pipe(duplex=False)
        # processes are begun with the real error stream: that of a screen has no number which they could inherit
        with redirect_stderr(sys.__stderr__):
            self._pool = ProcessPoolExecutor(PROCESSES, context, leave_with, (end,))
            for part in range(_PARTS):
                self._ask(self._pool.submit(_watch, run, part), partial(self._watched.__setitem__, part))
            for name in BASELINES:
                self._ask(self._pool.submit(_baseline, run, name), partial(self._baselines.__setitem__, name))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End the processes, whatever they are at."""
        self._ended = True
        self._alive.close()
        self._pool.shutdown(cancel_futures=True)

    def _ask(self, answer: "Future[T]", keep: Callable[[T], None]) -> None:
        """Keep an answer when it comes, and go on; all of this is done by one thread, one after another."""

        def take(done: "Future[T]") -> None:
            if self._ended or done.cancelled():
                return
            try:
                keep(done.result())
                self._go_on()
            except RunError as error:
                self._tell(str(error))
            except BrokenProcessPool:
                self._tell(_("a process that values them was ended from outside; open the debriefing again"))
            except Exception as error:  # raised by whoever hears of it: in this thread nobody would see it
                self._tell(fault=error)

        answer.add_done_callback(take)

    def _go_on(self) -> None:
        """Look for the decisions once all is known that it takes; have each valued; tell how far it is."""
        if self._analysis is None and len(self._watched) + len(self._baselines) == _STEPS:
            watched = [self._watched[part] for part in range(_PARTS)]
            self._analysis = Analysis(self._run, watched, *(self._baselines[name] for name in BASELINES))
            for number, decision in enumerate(self._analysis.decisions):
                lived = self._pool.submit(_live, self._run, self._analysis.lags_s, decision)
                self._ask(lived, partial(self._value, self._analysis, number))
        self._tell()

    def _value(self, analysis: Analysis, number: int, raw: Raw) -> None:
        self._worths[number] = analysis.worth(analysis.decisions[number], raw)

    def _tell(self, trouble: str | None = None, fault: Exception | None = None) -> None:
        decisions = None if self._analysis is None else len(self._analysis.decisions)
        done = len(self._watched) + len(self._baselines) + len(self._worths)
        of = _STEPS + (MOST if decisions is None else decisions)
        worths = tuple(self._worths[number] for number in sorted(self._worths))
        self._told(Progress(done, of, worths, decisions, trouble, fault))


def _watch(run: Run, part: int) -> Watched:
    return ground(run).watch(part, _PARTS)


def _baseline(run: Run, dispatcher: str) -> Raw:
    return ground(run).baseline(dispatcher)


def _live(run: Run, lags_s: tuple[int, ...], decision: Decision) -> Raw:
    return ground(run).live(lags_s, decision)
