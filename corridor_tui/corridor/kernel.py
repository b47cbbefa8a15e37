"""The heart of the corridor: SimPy's clock, the view and the log behind one `emit`, and the people who do the work."""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from heapq import heapify, heappop, heappush
from typing import TypeAlias

import simpy

from corridor_tui.corridor.events import Arg, Log, made
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import POOL_OF, POOLS, pool_size, pools_of
from corridor_tui.scenario.draw import Scenario

Course: TypeAlias = Generator[simpy.Event, None, None]


MOST_STEPS = 200_000
"""How many steps one second of the corridor may take; more is a loop without delay."""


class StuckError(RuntimeError):
    """The corridor does not come to the end of a second."""


_Call: TypeAlias = tuple[int, simpy.events.EventPriority, int, Callable[[], object]]
"""A call that is due: at which second, whether it is urgent in it, its number among all calls, and what is called."""


class Clockwork(simpy.Environment):
    """SimPy's environment with a clock of whole seconds: every delay in the corridor is an `int`.

    All that is due is a call; an event of SimPy's, for those who wait for it, becomes one.
    """

    now: int = 0
    """The current second."""
    _queue: list[_Call]  # type: ignore[assignment]  # as told above
    _stop_s: int = 0

    def schedule(
        self, event: simpy.Event, priority: simpy.events.EventPriority = simpy.events.NORMAL, delay: float = 0
    ) -> None:
        """Have an event of SimPy's happen so many seconds from now."""
        call: _Call = (self.now + int(delay), priority, next(self._eid), partial(_happen, event))
        heappush(self._queue, call)

    def call(self, delay_s: int, then: Callable[[], object]) -> None:
        """Call `then` so many seconds from now."""
        if delay_s < 0:
            raise ValueError(f"{delay_s} seconds from now is over")
        heappush(self._queue, (self.now + delay_s, simpy.events.NORMAL, next(self._eid), then))

    def soon(self, then: Callable[[], object]) -> None:
        """Call `then` in this second, as soon as what is being done is done."""
        heappush(self._queue, (self.now, simpy.events.URGENT, next(self._eid), then))

    def take_back(self, then: Callable[[], object]) -> int:
        """Do not call `then`, which is due; in how many seconds it was. For what is rare: all that is due is looked through."""
        call = next(call for call in self._queue if call[3] is then)
        self._queue.remove(call)
        heapify(self._queue)
        return call[0] - self.now

    def step(self) -> None:
        """Do the next thing that is due: as SimPy does, but that nothing of ours stops a simulation from within."""
        self._now = self.now = self._queue[0][0]
        heappop(self._queue)[3]()

    def come_to(self, t: int) -> None:
        """Do what is due before a second, and what is urgent in it; all else that is due then is still to be done."""
        queue, last = self._queue, (t, simpy.events.URGENT)
        while queue and queue[0][:2] <= last:
            self.step()
        self._now = self.now = t

    def advance(self, to_s: int) -> int:
        """Do what is due before a second, or before one that `stop_by` names on the way; the first second not done."""
        queue = self._queue
        self._stop_s = to_s
        while queue and (second := queue[0][0]) < self._stop_s:
            self._now = self.now = second
            for _ in range(MOST_STEPS):
                heappop(queue)[3]()
                if not queue or queue[0][0] != second:
                    break
            else:
                raise StuckError(f"second {second} does not end")
        return self._stop_s

    def stop_by(self, t: int) -> None:
        """Let the advance under way do no second from `t` on; what is due at the current second is still done."""
        if t < self._stop_s:
            self._stop_s = max(t, self.now + 1)


def _happen(event: simpy.Event) -> None:
    callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]  # as SimPy marks what is done
    for callback in callbacks:
        callback(event)
    if not event.ok and not event.defused:
        assert isinstance(event.value, BaseException)
        raise event.value


class Kernel:
    """What every part of the corridor shares. Time is whole seconds since the start of the shift."""

    def __init__(self, scenario: Scenario, log: Log) -> None:
        self.env = Clockwork()
        self.after = self.env.call
        """Calls something so many seconds from now."""
        self.scenario = scenario
        self.level = scenario.level
        self.view = View(scenario.level, scenario)
        self.crews = Crews(self)
        self._add = log.add
        self.watch = log.watch

    @property
    def now(self) -> int:
        """The current second."""
        return self.env.now

    def emit(self, code: str, *args: Arg) -> None:
        """Let something be known to have happened now."""
        event = made((self.env.now, code, args))
        apply(self.view, event)
        self._add(event)


@dataclass(slots=True)
class _Piece:
    subject: str
    task: str
    expected_s: int
    takes_s: int
    course: Course | None
    then: Callable[[], None]
    pools: tuple["_Pool", ...]
    held: int = 0
    queued: bool = False


@dataclass(slots=True)
class _Pool:
    """People or places of one kind: how many are free, and what waits for one."""

    free: int
    queue: deque[_Piece] = field(default_factory=deque)


class Crews:
    """People and places in limited number: each piece of work takes what it needs in a fixed order, first come first served."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._pools = {pool: _Pool(pool_size(kernel.level, pool)) for pool in POOLS}
        self._of = {task: tuple(self._pools[pool] for pool in pools_of(task)) for task in POOL_OF}
        """What each task takes one of; what is not here takes nothing."""

    def work(self, subject: str, task: str, takes_s: int, expected_s: int, then: Callable[[], None]) -> None:
        """Do a task on a unit or consignment as soon as its people are free; call `then` when it is done."""
        self._take(_Piece(subject, task, expected_s, takes_s, None, then, self._of.get(task, ())))

    def grow(self, pool: str, more: int) -> None:
        """Have so many more of a pool, and let them take what waits."""
        self._pools[pool].free += more
        self._serve(self._pools[pool])

    def follow(self, subject: str, task: str, expected_s: int, course: Course, then: Callable[[], None]) -> None:
        """The same for work whose length comes out of the movement it makes."""
        self._take(_Piece(subject, task, expected_s, 0, course, then, self._of.get(task, ())))

    def _take(self, piece: _Piece) -> None:
        for pool in piece.pools[piece.held :]:
            if not pool.free:
                pool.queue.append(piece)
                if not piece.queued:
                    piece.queued = True
                    self._kernel.emit("queued", piece.subject, piece.task)
                return
            pool.free -= 1
            piece.held += 1
        self._kernel.emit("started", piece.subject, piece.task, piece.expected_s)
        if piece.course is None:
            self._kernel.after(piece.takes_s, partial(self._finish, piece))
        else:
            self._kernel.env.process(self._run(piece, piece.course))

    def _run(self, piece: _Piece, course: Course) -> Course:
        yield from course
        self._finish(piece)

    def _finish(self, piece: _Piece) -> None:
        for pool in piece.pools:
            pool.free += 1
        self._kernel.emit("done", piece.subject, piece.task)
        piece.then()
        for pool in piece.pools:
            self._serve(pool)

    def _serve(self, pool: _Pool) -> None:
        while pool.queue and pool.free:
            self._take(pool.queue.popleft())
