"""What an automatic hand does about containers that were set aside and may travel after all, long after their train."""

from collections.abc import Iterable, Iterator

from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.checks_terminal import left_teu, room_teu, takes_boxes
from corridor_tui.corridor.lifts import STACK
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View


class Leftovers:
    """Remembers what of the trains that have gone home stands released in the stack, and loads it onto rakes that go its way."""

    def __init__(self) -> None:
        self._left: dict[str, None] = {}
        self._given: dict[str, None] = {}
        """What is ordered onto a rake and may still stand in the stack."""

    def act(self, view: View, due: Iterable[Unit]) -> Iterator[Order]:
        """The orders about what stands there: for each rake that is being loaded as much as nobody else is to have the place of."""
        if not view.stack_teu:
            self._left.clear()
            return
        for unit in due:
            if unit.kind == "container" and unit.departed_s is not None:
                self._left.update(dict.fromkeys(_released_in_stack(view, unit)))
            elif self._left and takes_boxes(unit) and unit.partners and not unit.did("load"):
                yield from self._loaded(view, unit)

    def _loaded(self, view: View, rake: Unit) -> Iterator[Order]:
        free_teu = self._free_teu(view, rake)
        for number in list(self._left):
            box = view.boxes.get(number)
            if box is None or box.at != STACK or box.goal is not None:
                del self._left[number]
            elif box.teu <= free_teu and view.units[box.train].exit == rake.exit:
                order = Order("load", (number, rake.id))
                if refusal(view, order) is None:
                    free_teu -= box.teu
                    del self._left[number]
                    self._given[number] = None
                    yield order

    def _free_teu(self, view: View, rake: Unit) -> int:
        """The TEU on a rake that neither its trains are still to fill, nor what is ordered onto it."""
        trains = [view.units[name] for name in rake.partners]
        known = [number for number in self._given if number in view.boxes and view.boxes[number].goal is not None]
        self._given = dict.fromkeys(known)
        ordered = dict.fromkeys([*known, *(number for train in trains for number in train.stacked)])
        coming = sum(view.boxes[number].teu for number in ordered if view.boxes[number].goal == rake.id)
        return room_teu(view, rake) - sum(left_teu(view, train) for train in trains) - coming


def _released_in_stack(view: View, train: Unit) -> Iterator[str]:
    """The containers of a train that stand in the stack, are released, and that nobody has plans for."""
    for name in view.cargo.get(train.id, ()):
        dossier = view.dossiers[name]
        if dossier.state == "released":
            for number in dossier.boxes:
                box = view.boxes[number]
                if box.at == STACK and box.goal is None and not box.road:
                    yield number
