"""The grain terminal: a front that unloads wagons batch by batch into the silo, and a spout that fills others from it."""

import simpy

from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.state import Unit
from corridor_tui.level.grain import GrainTerminal
from corridor_tui.scenario.streams import expected_s


class Silo:
    """What the grain terminal has to do. The front unloads one train after another; the spout fills
    one wagon at a time, of the rakes in turn.
    """

    def __init__(self, kernel: Kernel, plant: GrainTerminal) -> None:
        self._kernel = kernel
        self._plant = plant
        self._front = simpy.Resource(kernel.env)
        self._spout = simpy.Resource(kernel.env)
        self._storage_kg = round(plant.storage_t * 1_000)
        self._changed = kernel.env.event()
        for code in ("tipped", "filled"):
            kernel.watch(code, lambda _: self._ring())

    def _ring(self) -> None:
        """Wake all who wait for grain, or for room."""
        changed, self._changed = self._changed, self._kernel.env.event()
        changed.succeed()

    # orders

    def discharge(self, train: str) -> None:
        """Unload a train into the silo."""
        self._kernel.emit("discharging", train)
        self._kernel.env.process(self._unload(train))

    def fill(self, rake: str, train: str) -> None:
        """Fill a rake with a train's grain."""
        self._kernel.emit("paired", train, rake)
        self._kernel.env.process(self._load(rake, train))

    # courses

    def _unload(self, train: str) -> Course:
        kernel, view = self._kernel, self._kernel.view
        unit = view.units[train]
        with self._front.request() as turn:
            yield turn
            for first in range(0, unit.wagons, self._plant.front_wagons):
                last = min(first + self._plant.front_wagons, unit.wagons) - 1
                count = last - first + 1
                mass_kg = sum(view.boxes[n].declared_kg for n, wagon in unit.boxes.items() if first <= wagon <= last)
                while view.silo.kg + mass_kg > self._storage_kg:
                    if not view.silo.full:
                        kernel.emit("silo_full", train)
                    yield self._changed
                expected = expected_s(self._plant.batch, factor=count / self._plant.front_wagons)
                kernel.emit("tipping", train, first, last, expected)
                yield kernel.env.timeout(kernel.scenario.batch_s(train, first // self._plant.front_wagons, count))
                kernel.emit("tipped", train, first, last)
        kernel.emit("emptied", train)

    def _load(self, rake: str, train: str) -> Course:
        kernel, view = self._kernel, self._kernel.view
        unit, names = view.units[train], list(view.cargo[train])
        most_kg = round((kernel.level.wagon_types[view.units[rake].wagon].grain_t or 0.0) * 1_000)
        wagon = 0
        while True:
            ready = next((name for name in names if self._ready(unit, name, most_kg)), None)
            if ready is None:
                if unit.did("lift"):
                    break
                yield self._changed
                continue
            mass_kg = min(most_kg, self._stock_kg(ready))
            with self._spout.request() as turn:
                yield turn
                yield kernel.env.timeout(kernel.scenario.fill_s(train, wagon, mass_kg))
            kernel.emit("filled", rake, wagon, ready, mass_kg)
            wagon += 1
        kernel.emit("laden", rake)

    def _ready(self, train: Unit, name: str, most_kg: int) -> bool:
        """Whether a wagon can be filled with a consignment: fully, or with the rest of it; never with what is detained."""
        stock_kg = self._stock_kg(name)
        whole = name not in train.bears
        return self._kernel.view.dossiers[name].state != "detained" and stock_kg > 0 and (whole or stock_kg >= most_kg)

    def _stock_kg(self, name: str) -> int:
        return sum(box.silo_kg for box in self._kernel.view.silo.heaps.get(name, ()))
