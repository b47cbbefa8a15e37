"""What an automatic terminal desk does for the zone beside the port: lorries for what stays there, rakes for what it sends."""

from collections.abc import Iterable, Iterator

from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_terminal import left_teu, room_teu, takes_boxes
from corridor_tui.corridor.freed import free_pool
from corridor_tui.corridor.lifts import STACK
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Box, Unit
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.agenda import Waiting
from corridor_tui.dispatcher.cranes import grounding
from corridor_tui.dispatcher.turns import by_urgency
from corridor_tui.level.road import LOCAL


class Forwarder:
    """Has cleared containers fetched and exports loaded. `ahead`: as soon as it can be, not only when a train is empty."""

    def __init__(self, waiting: Waiting, *, ahead: bool) -> None:
        self._waiting = waiting
        self._ahead = ahead
        self._exports: dict[str, None] = {}
        """What lorries brought that has not left."""

    def act(self, view: View, due: Iterable[Unit]) -> Iterator[Order]:
        """The orders about what lorries take away and what they brought."""
        for unit in due:
            if unit.kind == "export":
                self._exports[unit.id] = None
            elif unit.kind == "container" and (self._ahead or unit.did("lift")):
                if view.blocks and not unit.did("lift"):
                    yield from _set_apart(view, unit)
                yield from self._fetched(view, unit)
        for name in list(self._exports):
            if name not in view.units or view.units[name].departed_s is not None:
                del self._exports[name]
            else:
                yield from _loaded(view, view.units[name])

    def _fetched(self, view: View, unit: Unit) -> Iterator[Order]:
        """Have lorries fetch what is released for the zone, once all of a consignment is where they can take it."""
        for name in view.cargo.get(unit.id, ()):
            dossier = view.dossiers[name]
            if dossier.regime not in LOCAL or any(_comes(view.boxes[number]) for number in dossier.boxes):
                continue
            order = Order("fetch", (name,))
            fault = refusal(view, order)
            if fault is None:
                yield order
            elif fault.code == "warehouse_full":
                self._waiting.park(free_pool("warehouse"), unit.id)


def _comes(box: Box) -> bool:
    """Whether a container is still to be set down where it is to stand."""
    return box.goal == STACK or bool(box.hold)


def _set_apart(view: View, unit: Unit) -> Iterator[Order]:
    """Name the block for what is dangerous or chilled and is to be grounded for the zone, where the first would be wrong."""
    for number in list(unit.boxes):
        box = view.boxes[number]
        if box.road and not box.block and (box.danger or box.reefer):
            order = grounding(view, number, ahead=True)
            if len(order.args) > 1 and refusal(view, order) is None:
                yield order


def _loaded(view: View, unit: Unit) -> Iterator[Order]:
    """Load each cleared container of an export onto the first rake to leave that has a place nobody else is to have."""
    cleared = [name for name in view.cargo.get(unit.id, ()) if view.dossiers[name].state == "released"]
    boxes = [view.boxes[number] for name in cleared for number in view.dossiers[name].boxes]
    for box in [box for box in boxes if box.at == "stack" and box.goal is None]:
        rakes = [rake for rake in by_urgency(view, view.here) if takes_boxes(rake) and rake.partners]
        orders = (Order("load", (box.number, rake.id)) for rake in rakes if _places(view, rake) >= box.teu)
        yield from next(([order] for order in orders if refusal(view, order) is None), [])


def _places(view: View, rake: Unit) -> int:
    """The TEU on a rake that neither its trains are still to fill, nor what is ordered onto it."""
    promised = sum(left_teu(view, view.units[name]) for name in rake.partners)
    return room_teu(view, rake) - promised - sum(box.teu for box in view.boxes.values() if box.goal == rake.id)
