"""The places on the rakes at the cranes: what each wagon still takes, by declared mass."""

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.lifts import STACK, Lift
from corridor_tui.corridor.state import Box
from corridor_tui.corridor.wagons import Wagons


class Places:
    """The wagons of every rake that the cranes load."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._wagons: dict[str, Wagons] = {}

    def open(self, rake: str) -> None:
        """Have a rake loaded, unless it is already."""
        if rake not in self._wagons:
            unit = self._kernel.view.units[rake]
            wagon = self._kernel.level.wagon_types[unit.wagon]
            self._wagons[rake] = Wagons([wagon.teu] * unit.wagons, [wagon.load_t * 1_000] * unit.wagons)

    def let_go(self, rake: str) -> None:
        """Let go of a rake."""
        self._wagons.pop(rake, None)

    def keep(self, rake: str, box: Box) -> int | None:
        """Keep the first place on a rake that takes a container; its wagon, or None where there is none."""
        wagons = self._wagons[rake]
        wagon = wagons.find(box.teu, box.declared_kg)
        if wagon is not None:
            wagons.put(wagon, box.teu, box.declared_kg)
        return wagon

    def takes(self, rake: str, box: Box) -> bool:
        """Whether a rake has a place for a container."""
        return self._wagons[rake].find(box.teu, box.declared_kg) is not None

    def first(self, rakes: list[str], teu: int, kg: int) -> tuple[str, int] | None:
        """The first wagon of some rakes that takes so much; of a rake that is full or gone none does."""
        for rake in rakes:
            if not self._kernel.view.units[rake].did("load"):
                wagon = self._wagons[rake].find(teu, kg)
                if wagon is not None:
                    return rake, wagon
        return None

    def settle(self, lift: Lift, rakes: list[str]) -> None:
        """Settle where a lift ends, and its twin with it: on the first wagon of a train's rakes that takes them, or in the stack.

        The place there is kept, and one that the container leaves on a rake is free again; until it is set down it hangs over
        the wagons that it goes to, or else over those that it comes from.
        """
        boxes, wagons = self._kernel.view.boxes, self._wagons
        box = boxes[lift.number]
        source = wagons.get(box.at)
        if source is not None:
            source.take(box.wagon, box.teu, box.declared_kg)
        end: tuple[str, int] | None = None
        if STACK not in (lift.goal, box.goal):
            if lift.wagon is not None:
                end = lift.goal, lift.wagon
            else:
                teu, kg = box.teu, box.declared_kg
                if lift.twin is not None:
                    twin = boxes[lift.twin.number]
                    teu, kg = teu + twin.teu, kg + twin.declared_kg
                end = self.first([lift.goal] if lift.goal else rakes, teu, kg)
                if end is not None:
                    wagons[end[0]].put(end[1], teu, kg)
        lift.dest, lift.wagon = (STACK, 0) if end is None else end
        lift.over = wagons.get(lift.dest) or source
        if lift.over is not None:
            lift.over.aloft += 1

    def full(self, rake: str) -> bool:
        """Whether every place of a rake that is loaded is taken."""
        wagons = self._wagons.get(rake)
        return wagons is not None and wagons.full
