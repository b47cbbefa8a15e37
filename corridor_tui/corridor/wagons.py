"""The wagons of a rake under the cranes: what each still takes, by declared mass."""

from dataclasses import dataclass, field


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
