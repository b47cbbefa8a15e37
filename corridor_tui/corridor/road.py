"""The road into the economic zone: lorries that take cleared containers out of the stack, and those that bring exports."""

from collections import deque
from collections.abc import Callable

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.stack import Stack
from corridor_tui.corridor.state import WAREHOUSE, ZONE
from corridor_tui.level.road import Road


class Lorries:
    """Fetches what is ordered, container by container, first ordered first fetched."""

    def __init__(self, kernel: Kernel, road: Road, stack: Stack) -> None:
        self._kernel = kernel
        self._road = road
        self._stack = stack
        self._free = road.trucks
        self._ahead: deque[str] = deque()
        self._set_down = kernel.env.event()
        kernel.watch("moved_aside", self._ring)

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

        No desk is asked where, so that each is put where it may stand.
        """
        self._kernel.env.process(self._come(train, then))

    def _come(self, train: str, then: Callable[[], None]) -> Course:
        for number in list(self._kernel.view.units[train].boxes):
            yield self._kernel.env.timeout(self._kernel.scenario.haul_s(number).load_s)
            self._kernel.emit("brought", number)
            self._stack.land(number, self._stack.fitting(number))
        then()

    def _ring(self, _: Event) -> None:
        """Wake the lorries whose container hung on a crane or a machine that moved it aside."""
        down, self._set_down = self._set_down, self._kernel.env.event()
        down.succeed()

    def _drive(self) -> Course:
        kernel, view = self._kernel, self._kernel.view
        while self._ahead:
            number = self._ahead.popleft()
            kernel.emit("hauling", number)
            takes = kernel.scenario.haul_s(number)
            yield kernel.env.timeout(takes.load_s * (1 + len(self._stack.above(number))))
            while any(view.hook(name).box == number for name in (*view.cranes, *view.machines)):
                yield self._set_down
            kernel.emit("trucked", number)
            yield kernel.env.timeout(takes.there_s)
            bonded = view.dossiers[view.boxes[number].consignment].regime == "bonded"
            kernel.emit("hauled", number, WAREHOUSE if bonded else ZONE)
            if bonded and takes.stay_s is not None:
                self._keep(view.boxes[number].teu, takes.stay_s)
            yield kernel.env.timeout(takes.back_s)
            kernel.emit("lorry_back")
        self._free += 1

    def _keep(self, teu: int, stay_s: int) -> None:
        """Let the goods of a container leave the warehouse in time."""
        self._kernel.after(stay_s, lambda: self._kernel.emit("warehouse_left", teu))
