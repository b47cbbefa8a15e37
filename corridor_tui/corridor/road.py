"""The road into the economic zone: lorries that take cleared containers out of the stack, and those that bring exports."""

from collections import deque
from collections.abc import Callable

from corridor_tui.corridor.checks_terminal import may_stand
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.machines import Machines
from corridor_tui.corridor.stack import Stack
from corridor_tui.corridor.state import WAREHOUSE, ZONE
from corridor_tui.level.road import Road

_MAKES_ROOM = ("lifting", "trucked", "moved_aside", "carried", "forgotten")
"""What may let a lorry go on that waits for room in the stack, or for a container that hangs on a crane."""


class Lorries:
    """Fetches what is ordered, container by container, first ordered first fetched; and brings exports.

    Where machines work in the stack, they load and unload the lorries in the time of their moves.
    """

    def __init__(self, kernel: Kernel, road: Road, stack: Stack, machines: Machines) -> None:
        self._kernel = kernel
        self._stack = stack
        self._machines = machines
        self._free = road.trucks
        self._ahead: deque[str] = deque()
        self._standing = 0
        """How many lorries wait for something to change at the stack."""
        self._changed = kernel.env.event()
        for code in _MAKES_ROOM:
            kernel.watch(code, self._ring)

    def fetch(self, name: str) -> None:
        """Have a consignment's containers that stand in the stack brought to where they belong."""
        view = self._kernel.view
        ready = [number for number in view.dossiers[name].boxes if view.fetchable(number)]
        self._kernel.emit("fetching", name, *ready)
        self._ahead.extend(ready)
        while self._free and self._ahead:
            self._free -= 1
            self._kernel.env.process(self._drive())

    def bring(self, train: str, then: Callable[[], None]) -> None:
        """Have an export come, one lorry after another; call `then` when all of it stands in the stack.

        No desk is asked where, so that each is put where it may stand. While there is no such place it waits at the gate.
        """
        self._kernel.env.process(self._come(train, then))

    def _come(self, train: str, then: Callable[[], None]) -> Course:
        for number in list(self._kernel.view.units[train].boxes):
            yield from (self._unloaded if self._machines.there else self._put_down)(number)
        then()

    def _put_down(self, number: str) -> Course:
        """Have a lorry's container put into the stack by nobody in particular."""
        yield self._kernel.env.timeout(self._kernel.scenario.haul_s(number).load_s)
        if not may_stand(self._kernel.view, number):
            self._kernel.emit("at_gate", number)
            yield from self._until(lambda: may_stand(self._kernel.view, number))
        self._kernel.emit("brought", number)
        self._stack.receive(number)

    def _unloaded(self, number: str) -> Course:
        """Have a machine take a lorry's container into the stack."""
        off = self._kernel.env.event()
        begun = self._machines.unload(number, off.succeed)
        if not begun and not may_stand(self._kernel.view, number):
            self._kernel.emit("at_gate", number)
        self._standing += 1
        yield off
        self._standing -= 1

    def _ring(self, _: Event) -> None:
        """Let the lorries that wait look again."""
        if self._standing:
            changed, self._changed = self._changed, self._kernel.env.event()
            changed.succeed()
            self._kernel.after(0, self._machines.look_again)

    def _until(self, holds: Callable[[], bool]) -> Course:
        """Let a lorry wait until something holds at the stack."""
        self._standing += 1
        while not holds():
            yield self._changed
        self._standing -= 1

    def _drive(self) -> Course:
        kernel, view = self._kernel, self._kernel.view
        while self._ahead:
            number = self._ahead.popleft()
            kernel.emit("hauling", number)
            takes = kernel.scenario.haul_s(number)
            yield from (self._loaded if self._machines.there else self._taken_up)(number)
            yield kernel.env.timeout(takes.there_s)
            bonded = view.dossiers[view.boxes[number].consignment].regime == "bonded"
            kernel.emit("hauled", number, WAREHOUSE if bonded else ZONE)
            if bonded and takes.stay_s is not None:
                self._keep(view.boxes[number].teu, takes.stay_s)
            yield kernel.env.timeout(takes.back_s)
            kernel.emit("lorry_back")
        self._free += 1

    def _taken_up(self, number: str) -> Course:
        """Have a container of the stack, and what stands on it, lifted by nobody in particular."""
        kernel, view = self._kernel, self._kernel.view
        yield kernel.env.timeout(kernel.scenario.haul_s(number).load_s * (1 + len(self._stack.above(number))))
        yield from self._until(lambda: all(view.hook(name).box != number for name in (*view.cranes, *view.machines)))
        kernel.emit("trucked", number)

    def _loaded(self, number: str) -> Course:
        """Have a machine put a container of the stack onto a lorry."""
        on = self._kernel.env.event()

        def loaded() -> None:
            self._kernel.emit("trucked", number)
            on.succeed()

        self._machines.load(number, loaded)
        yield on

    def _keep(self, teu: int, stay_s: int) -> None:
        """Let the goods of a container leave the warehouse in time."""
        self._kernel.after(stay_s, lambda: self._kernel.emit("warehouse_left", teu))
