"""Work in mid-move that can be stopped: what hangs on a crane or a machine hangs until it goes again."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from corridor_tui.corridor.kernel import Clockwork

Step: TypeAlias = Callable[[], object]
"""What is done next."""


class Halts:
    """What each crane or machine is at, and which of them stand still."""

    def __init__(self, env: Clockwork) -> None:
        self._env = env
        self.busy: dict[str, Step | None] = {}
        """What is at work, and what each does once its time is over; None: it begins in this second, or waits for a place."""
        self.down: dict[str, tuple[int, Step] | None] = {}
        """What stands still: after how many seconds of work it does what; None: it had nothing to do."""
        self._among: dict[str, dict[str, Step]] = {}
        """Among whom each waits for a place, or last did."""

    def work(self, name: str, begin: Step) -> None:
        """Set something to work."""
        self.busy[name] = None
        self._env.soon(begin)

    def rest(self, name: str) -> None:
        """Say that something has ended its work."""
        self.busy.pop(name, None)

    def hang(self, name: str, left_s: int, then: Step) -> None:
        """Let something hang for so many seconds of work, however often that stands still meanwhile, and then go on."""
        if name in self.down:
            self.down[name] = left_s, then
        elif left_s:
            self.busy[name] = then
            self._env.call(left_s, then)
        else:
            then()

    def wait(self, name: str, among: dict[str, Step], then: Step) -> None:
        """Let something stand among those who wait until they are told to go on; it goes on sooner if it is stopped and started."""
        self.busy[name] = None
        if name in self.down:
            self.down[name] = 0, then
        else:
            among[name] = then
            self._among[name] = among

    def stop(self, name: str) -> None:
        """Stop something where it is."""
        then, among = self.busy.get(name), self._among.get(name, {})
        if then is not None:
            self.busy[name] = None
            self.down[name] = self._env.take_back(then), then
        elif name in among:
            self.down[name] = 0, among.pop(name)
        else:
            self.down[name] = None

    def start(self, name: str) -> None:
        """Let something go on."""
        held = self.down.pop(name, None)
        if held is not None:
            self.busy[name] = going = partial(self.hang, name, *held)
            self._env.call(0, going)
