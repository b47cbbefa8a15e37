"""What the cranes have to lift: the lifts of a train, divided among its cranes."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from corridor_tui.corridor.state import Unit, Weather
from corridor_tui.corridor.wagons import Wagons
from corridor_tui.level.plant import Terminal

STACK = "stack"
GROUND = "ground"
"""Where the cranes set down what machines carry into the stack, and take up what those bring."""
NOBODY = ""
"""The zone of what no crane is on."""


def slower(weather: Weather, plant: Terminal) -> float:
    """How many times longer a lift or a move takes in this weather."""
    wind = plant.wind_times if weather.wind_ms >= plant.slow_ms else 1.0
    return wind * plant.fog_times if weather.fog else wind


@dataclass(slots=True, eq=False)
class Lift:
    """A lift to make: the container, where on the runway it is made (m), and the rake it goes to, or the stack.

    An empty `goal` is the first rake of the train's that takes it. `rake` is the one that a lift beside the train's own is
    about, `wagon` the one kept free there for a container that comes out of the stack. Once it is under way `dest` is where
    it ends, on a rake on `wagon`; it hangs `over` the wagons of a rake, and `twin` is the second 20-foot box lifted with it.
    """

    number: str
    at_m: float
    goal: str = ""
    rake: str | None = None
    wagon: int | None = None
    dest: str = ""
    over: Wagons | None = None
    twin: "Lift | None" = None
    boxes: int = 1
    """How many containers it lifts."""


@dataclass(slots=True)
class Transfer:
    """The work on one train: a zone of lifts for each crane, from one end of the train to the other, and later ones.

    `rakes` take its load, each container the first that can.
    """

    train: Unit
    rakes: list[str] = field(default_factory=list)
    zones: dict[str, deque[Lift]] = field(default_factory=dict)
    extra: deque[Lift] = field(default_factory=deque)
    aloft: int = 0
    nearly: bool = False
    """Whether it was told that little of it is left."""

    def rest(self) -> list[Lift]:
        """What is left of the train's own containers, in order along the runway."""
        return sorted(chain.from_iterable(self.zones.values()), key=attrgetter("at_m"))

    def share_out(self, cranes: list[str], parts: dict[str, tuple[float, float]]) -> None:
        """Divide what is left into one stretch for each crane, in their order along the runway.

        A crane with a part, given by where it begins and ends (m), has that; the others share what is in nobody's part.
        """
        rest, zones = self.rest(), {}
        for name, (first_m, last_m) in parts.items():
            zones[name] = deque(lift for lift in rest if first_m <= lift.at_m <= last_m)
            rest = [lift for lift in rest if not first_m <= lift.at_m <= last_m]
        free = [name for name in cranes if name not in parts] or [NOBODY]
        bounds = [len(rest) * place // len(free) for place in range(len(free) + 1)]
        self.zones = zones | {name: deque(rest[bounds[i] : bounds[i + 1]]) for i, name in enumerate(free)}

    @property
    def over(self) -> bool:
        """Whether nothing is left to lift but what hangs on cranes."""
        return not self.extra and not any(self.zones.values())

    @property
    def planned(self) -> bool:
        """Whether a crane has lifts of the train's own left."""
        return any(zone for name, zone in self.zones.items() if name != NOBODY)

    def mate(self, lift: Lift, fits: Callable[[Lift], bool]) -> Lift | None:
        """Take out the lift of a container that stands on the same wagon and can be lifted with it; None: there is none."""
        for zone in self.zones.values():
            found = next((other for other in zone if other.at_m == lift.at_m and fits(other)), None)
            if found is not None:
                zone.remove(found)
                return found
        return None

    def within(self, low: float, high: float) -> Lift | None:
        """Take a lift out of another crane's zone, the last that is made between two places."""
        for zone in self.zones.values():
            found = [lift for lift in zone if low <= lift.at_m <= high]
            if found:
                zone.remove(found[-1])
                return found[-1]
        return None

    def has_work(self, crane: str, part: tuple[float, float] | None) -> bool:
        """Whether anything is left that a crane may lift, were it within its reach."""
        if self.zones.get(crane) or (part is None and any(self.zones.values())):
            return True
        return bool(self.extra) and not self.planned

    def pick(self, lift: Lift) -> Lift:
        """Take a lift out of those beside the train's own."""
        self.extra.remove(lift)
        return lift
