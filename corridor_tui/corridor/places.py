"""The places on the rakes at the cranes: what each wagon still takes, by declared mass."""

from dataclasses import dataclass, field

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.lifts import STACK, Lift
from corridor_tui.corridor.state import Box


@dataclass(slots=True)
class Wagons:
    """What a rake's wagons still take: free TEU and free mass in kg, wagon by wagon, and how much hangs over it."""

    teu: list[int]
    kg: list[float]
    first: int = 0
    aloft: int = 0
    free: int = field(init=False)

    def __post_init__(self) -> None:
        self.free = sum(self.teu)

    def find(self, teu: int, mass_kg: int) -> int | None:
        """The first wagon that takes a container, by declared mass."""
        while self.first < len(self.teu) and self.teu[self.first] == 0:
            self.first += 1
        for wagon in range(self.first, len(self.teu)):
            if self.teu[wagon] >= teu and self.kg[wagon] >= mass_kg:
                return wagon
        return None

    @property
    def full(self) -> bool:
        """Whether every place is taken and nothing hangs over them."""
        return not self.aloft and not self.free

    def put(self, wagon: int, teu: int, mass_kg: int) -> None:
        """Keep a place for a container."""
        self.teu[wagon] -= teu
        self.free -= teu
        self.kg[wagon] -= mass_kg

    def take(self, wagon: int, teu: int, mass_kg: int) -> None:
        """Let a container's place be free again."""
        self.teu[wagon] += teu
        self.free += teu
        self.kg[wagon] += mass_kg
        self.first = min(self.first, wagon)


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

    def of(self, rake: str) -> Wagons | None:
        """The wagons of a rake; None of what is none, or not loaded."""
        return self._wagons.get(rake)

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

    def take(self, rake: str, box: Box) -> None:
        """Let the place of a container on a rake be free again."""
        self._wagons[rake].take(box.wagon, box.teu, box.declared_kg)

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

    def end_of(self, lift: Lift, rakes: list[str], twin: Box | None) -> tuple[str, int]:
        """Where a lift ends, and `twin` with it: on the first wagon of a train's rakes that takes them, or in the stack.

        The place there is kept, and one that the container leaves on a rake is free again.
        """
        view = self._kernel.view
        box = view.boxes[lift.number]
        source = view.units.get(box.at)
        if source is not None and source.kind != "container":
            self.take(source.id, box)
        if STACK in (lift.goal, box.goal):
            return STACK, 0
        if lift.wagon is not None:
            return lift.goal, lift.wagon
        teu, kg = box.teu, box.declared_kg
        if twin is not None:
            teu, kg = teu + twin.teu, kg + twin.declared_kg
        found = self.first([lift.goal] if lift.goal else rakes, teu, kg)
        if found is None:
            return STACK, 0
        rake, wagon = found
        self._wagons[rake].put(wagon, teu, kg)
        return found

    def full(self, rake: str) -> bool:
        """Whether every place of a rake that is loaded is taken."""
        return rake in self._wagons and self._wagons[rake].full
