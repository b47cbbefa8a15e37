"""The one runway of the cranes: where along it each stands, and how far it may go, since none can pass another."""

from collections.abc import Iterable

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import Crane, Unit


class Runway:
    """The cranes in their order along the runway. Places are metres from its beginning.

    `working`: the cranes that are at work, standing still in the middle of it included.
    """

    def __init__(self, kernel: Kernel, working: Iterable[str]) -> None:
        self._kernel = kernel
        self._working = working
        self.row = [crane.id for crane in kernel.level.terminal.cranes]
        self._place = {name: index for index, name in enumerate(self.row)}
        self.at_m = dict.fromkeys(self.row, 0.0)
        """Where each crane stands, or is about to."""
        self._clearance_m = kernel.level.terminal.clearance_m
        self._wagon_length_m = {name: wagon.length_m for name, wagon in kernel.level.wagon_types.items()}

    def wagon_m(self, unit: Unit, wagon: int) -> float:
        """Where a wagon of a unit under the cranes stands."""
        return wagon * self._wagon_length_m[unit.wagon]

    def part_m(self, crane: Crane) -> tuple[float, float] | None:
        """Where a crane's part of its train begins and ends; None: it has the whole of it."""
        if crane.part is None or crane.train is None:
            return None
        train = self._kernel.view.units[crane.train]
        return self.wagon_m(train, crane.part[0] - 1), self.wagon_m(train, crane.part[1] - 1)

    def reach(self, name: str) -> tuple[float, float]:
        """How far a crane may go: no nearer than the clearance to the working cranes on either side."""
        me, gap = self._place[name], self._clearance_m
        low, high = float("-inf"), float("inf")
        for other in self._working:
            place, at_m = self._place[other], self.at_m[other]
            if place < me and (edge_m := at_m + gap * (me - place)) > low:
                low = edge_m
            elif place > me and (edge_m := at_m - gap * (place - me)) < high:
                high = edge_m
        return low, high

    def reaches(self, name: str, at_m: float) -> bool:
        """Whether a crane may go to a place."""
        low, high = self.reach(name)
        return low <= at_m <= high
