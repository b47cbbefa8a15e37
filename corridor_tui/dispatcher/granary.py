"""An automatic hand at the grain terminal: it calls the wagons for grain, unloads trains into the silo and fills rakes from it."""

from collections.abc import Iterable, Iterator

from corridor_tui.corridor.chain import departs_to, is_load, load_left_s
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_grain import at_the_silo, takes_grain, wagons_needed
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import NEVER_S, Unit
from corridor_tui.corridor.view import View


class Granary:
    """Keeps the trains with grain, and the rakes that can take it.

    `ahead`: calls wagons when a train is offered and fills them while it is unloaded, and not one thing after another.
    """

    def __init__(self, *, ahead: bool) -> None:
        self._ahead = ahead
        self.trains: dict[str, None] = {}
        """The trains whose grain has no rake yet."""
        self._rakes: dict[str, None] = {}

    def sort_in(self, unit: Unit) -> None:
        """Put a unit where it belongs now."""
        if unit.kind == "grain":
            _put(self.trains, unit.id, belongs=not unit.partners)
        elif takes_grain(unit):
            _put(self._rakes, unit.id, belongs=not unit.partners and unit.departed_s is None)

    def let_go(self, view: View) -> None:
        """Strike off who is forgotten."""
        for names in (self.trains, self._rakes):
            for name in [name for name in names if name not in view.units]:
                del names[name]

    def wagons(self, view: View) -> Iterator[Order]:
        """Order wagons from the park for every train that has none on their way."""
        spare = [view.units[name] for name in self._rakes]
        here = [rake for rake in spare if rake.called_s is not None or rake.arrived_s is not None]
        parked = sorted((rake for rake in spare if rake not in here), key=lambda rake: (rake.wagons, rake.id))
        for train in _by_due(view, self.trains):
            if train.offered_s is None or not (self._ahead or train.did("lift")):
                continue
            coming = _smallest(view, here, train)
            if coming is not None:
                here.remove(coming)
                continue
            rake = _smallest(view, parked, train)
            if rake is not None and refusal(view, order := Order("call-rake", (rake.id,))) is None:
                parked.remove(rake)
                yield order

    def terminal(self, view: View) -> Iterator[Order]:
        """Unload what stands at the front, and fill what stands at the spout."""
        for train in _by_due(view, self.trains):
            if at_the_silo(view, train) and "lift" not in train.jobs:
                yield Order("discharge", (train.id,))
            if not ("lift" in train.jobs if self._ahead else train.did("lift")):
                continue
            ready = [view.units[name] for name in self._rakes if at_the_silo(view, view.units[name])]
            rake = _smallest(view, ready, train)
            if rake is not None and refusal(view, order := Order("fill", (rake.id, train.id))) is None:
                yield order
                self.sort_in(train)
                self.sort_in(rake)


def spares_slots(view: View, unit: Unit) -> bool:
    """Whether an empty train should leave its slot at a neighbour that has cut its acceptance to a load that is due."""
    goal = departs_to(unit)
    slots = view.cuts.get(goal or "")
    if slots is None or unit.boxes:
        return False
    waiting = sum(
        is_load(other)
        and other.exit == goal
        and load_left_s(view, other) is None
        and other.due_s is not None
        and other.due_s < slots.until_s
        for other in view.units.values()
    )
    return slots.trains <= waiting


def _smallest(view: View, rakes: Iterable[Unit], train: Unit) -> Unit | None:
    """The shortest rake that takes all of a train's grain."""
    fitting = [rake for rake in rakes if rake.wagons >= wagons_needed(view, rake, train)]
    return min(fitting, key=lambda rake: (rake.wagons, rake.id), default=None)


def _by_due(view: View, names: Iterable[str]) -> list[Unit]:
    units = [view.units[name] for name in names]
    return sorted(units, key=lambda unit: (NEVER_S if unit.due_s is None else unit.due_s, unit.id))


def _put(names: dict[str, None], name: str, *, belongs: bool) -> None:
    if belongs:
        names[name] = None
    else:
        names.pop(name, None)
