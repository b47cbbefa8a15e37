"""Work in mid-move that can be stopped: what hangs on a crane or a machine hangs until it goes again."""

import simpy

from corridor_tui.corridor.kernel import Course, Kernel


class Halts:
    """What each crane or machine is at, and which of them stand still."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.busy: dict[str, simpy.Process] = {}
        self.down: dict[str, simpy.Event] = {}

    def work(self, name: str, course: Course) -> None:
        """Set something to work."""
        self.busy[name] = self._kernel.env.process(course)

    def at_work(self, name: str) -> bool:
        """Whether something is at work, standing still in the middle of it included."""
        return name in self.busy

    def rest(self, name: str) -> None:
        """Say that something has ended its work."""
        self.busy.pop(name, None)

    def hang(self, name: str, left: int) -> Course:
        """Let something hang for so many seconds of work, however often that stands still meanwhile."""
        env = self._kernel.env
        while left:
            began = self._kernel.now
            try:
                yield simpy.Timeout(env, left)
                left = 0
            except simpy.Interrupt:
                left -= self._kernel.now - began
                yield self.down[name]

    def stop(self, name: str) -> None:
        """Stop something where it is."""
        self.down[name] = self._kernel.env.event()
        if name in self.busy:
            self.busy[name].interrupt()

    def start(self, name: str) -> None:
        """Let something go on."""
        if name in self.down:
            self.down.pop(name).succeed()
