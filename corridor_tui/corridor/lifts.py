"""What the cranes have to lift: the lifts of a train, divided among its cranes, and the wagons that take what they lift."""

from collections import deque
from dataclasses import dataclass, field

STACK = "stack"


@dataclass(slots=True)
class Lift:
    """A lift to make: the container, where on the runway it is made (m), and the rake it goes to, or the stack.

    An empty `goal` is the first rake of the train's that takes it. `rake` is the one that a lift beside the train's own is
    about, `wagon` the one kept free there for a container that comes out of the stack.
    """

    number: str
    at_m: float
    goal: str = ""
    rake: str | None = None
    wagon: int | None = None


@dataclass(slots=True)
class Transfer:
    """The work on one train: a zone of lifts for each crane, from one end of the train to the other, and later ones.

    `rakes` take its load, each container the first that can.
    """

    train: str
    rakes: list[str] = field(default_factory=list)
    zones: dict[str, deque[Lift]] = field(default_factory=dict)
    extra: deque[Lift] = field(default_factory=deque)
    aloft: int = 0

    def rest(self) -> list[Lift]:
        """What is left of the train's own containers, in order along the runway."""
        return sorted((lift for zone in self.zones.values() for lift in zone), key=lambda lift: lift.at_m)

    def share_out(self, cranes: list[str], nobody: str) -> None:
        """Divide what is left into one stretch for each crane, in their order along the runway."""
        rest = self.rest()
        if not cranes:
            self.zones = {nobody: deque(rest)}
            return
        bounds = [len(rest) * place // len(cranes) for place in range(len(cranes) + 1)]
        self.zones = {name: deque(rest[bounds[i] : bounds[i + 1]]) for i, name in enumerate(cranes)}

    def pick(self, lift: Lift) -> Lift:
        """Take a lift out of those beside the train's own."""
        self.extra.remove(lift)
        return lift


@dataclass(slots=True)
class Wagons:
    """What a rake's wagons still take: free TEU and free mass in kg, wagon by wagon, and how much hangs over it."""

    teu: list[int]
    kg: list[float]
    first: int = 0
    aloft: int = 0

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
        return not self.aloft and not any(self.teu)

    def put(self, wagon: int, teu: int, mass_kg: int) -> None:
        """Keep a place for a container."""
        self.teu[wagon] -= teu
        self.kg[wagon] -= mass_kg

    def take(self, wagon: int, teu: int, mass_kg: int) -> None:
        """Let a container's place be free again."""
        self.teu[wagon] += teu
        self.kg[wagon] += mass_kg
        self.first = min(self.first, wagon)
