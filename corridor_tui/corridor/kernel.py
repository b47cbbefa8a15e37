"""The heart of the corridor: SimPy's clock, the view and the log behind one `emit`, and the people who do the work."""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TypeAlias

import simpy

from corridor_tui.corridor.events import Arg, Event, Log
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import POOLS, pool_size, pools_of
from corridor_tui.scenario.draw import Scenario

Course: TypeAlias = Generator[simpy.Event, None, None]


class Kernel:
    """What every part of the corridor shares. Time is whole seconds since the start of the shift."""

    def __init__(self, scenario: Scenario, log: Log) -> None:
        self.env = simpy.Environment()
        self.scenario = scenario
        self.level = scenario.level
        self.view = View(scenario.level, scenario)
        self.crews = Crews(self)
        self._log = log

    @property
    def now(self) -> int:
        """The current second."""
        return int(self.env.now)

    def emit(self, code: str, *args: Arg) -> None:
        """Let something be known to have happened now."""
        event = Event(int(self.env.now), code, args)
        self.view.apply(event)
        self._log.add(event)

    def after(self, delay_s: int, then: Callable[[], None]) -> None:
        """Call `then` so many seconds from now."""
        callbacks = self.env.timeout(delay_s).callbacks
        assert callbacks is not None
        callbacks.append(lambda _: then())


@dataclass(slots=True)
class _Piece:
    subject: str
    task: str
    expected_s: int
    begin: Callable[["_Piece"], None]
    wanted: list[str]
    queued: bool = False
    held: list[str] = field(default_factory=list)


class Crews:
    """People and places in limited number: each piece of work takes what it needs in a fixed order, first come first served."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._free = {pool: pool_size(kernel.level, pool) for pool in POOLS}
        self._queues: dict[str, deque[_Piece]] = {pool: deque() for pool in POOLS}

    def work(self, subject: str, task: str, takes_s: int, expected_s: int, then: Callable[[], None]) -> None:
        """Do a task on a unit or consignment as soon as its people are free; call `then` when it is done."""

        def begin(piece: _Piece) -> None:
            self._kernel.after(takes_s, lambda: self._finish(piece, then))

        self._take(_Piece(subject, task, expected_s, begin, list(pools_of(task))))

    def follow(self, subject: str, task: str, expected_s: int, course: Course, then: Callable[[], None]) -> None:
        """The same for work whose length comes out of the movement it makes."""

        def begin(piece: _Piece) -> None:
            self._kernel.env.process(self._run(piece, course, then))

        self._take(_Piece(subject, task, expected_s, begin, list(pools_of(task))))

    def _run(self, piece: _Piece, course: Course, then: Callable[[], None]) -> Course:
        yield from course
        self._finish(piece, then)

    def _take(self, piece: _Piece) -> None:
        while piece.wanted:
            pool = piece.wanted[0]
            if not self._free[pool]:
                self._queues[pool].append(piece)
                if not piece.queued:
                    piece.queued = True
                    self._kernel.emit("queued", piece.subject, piece.task)
                return
            self._free[pool] -= 1
            piece.held.append(piece.wanted.pop(0))
        self._kernel.emit("started", piece.subject, piece.task, piece.expected_s)
        piece.begin(piece)

    def _finish(self, piece: _Piece, then: Callable[[], None]) -> None:
        for pool in piece.held:
            self._free[pool] += 1
        self._kernel.emit("done", piece.subject, piece.task)
        then()
        for pool in piece.held:
            queue = self._queues[pool]
            while queue and self._free[pool]:
                self._take(queue.popleft())
