"""Which order takes another back. Undoing is a new order; most of what is set going on the railway cannot be undone."""

from corridor_tui.corridor.orders import RULES, Order, OrderError, parse
from corridor_tui.corridor.view import View


def undoing(view: View, order: Order) -> Order | None:
    """The order that takes another back, seen from before that was given; None where nothing does."""
    verb, args = order.verb, order.args
    if verb == "accept":
        before = view.units[args[0]].accepted if args[0] in view.units else None
        return Order("hold", args[:1]) if before is None else Order("accept", (args[0], before))
    if verb == "path":
        return Order("drop-path", args[:1])
    if verb in ("hold", "drop-path"):
        return _again(view, verb, args[0])
    if verb in ("meet", "drop-meet"):
        before = view.units[args[0]].meets.get(args[1]) if args[0] in view.units else None
        return Order("drop-meet", args[:2]) if before is None else Order("meet", (args[0], args[1], before))
    if verb == "crane":
        crane = view.cranes.get(args[0])
        return None if crane is None else Order("crane", (args[0], crane.train or "off", *crane.plan))
    if verb == "find":
        return Order("withdraw", args[:1])
    if verb == "select":
        return Order("select", (args[0], view.selectivity[args[0]])) if args[0] in view.selectivity else None
    if verb in ("tie", "untie"):
        return Order("untie" if verb == "tie" else "tie", args)
    return Order(verb, (view.standing.get(verb, "off"),)) if verb in RULES else None


def undoing_text(view: View, text: str) -> Order | None:
    """The same for an order as it is written; None where it is none."""
    try:
        return undoing(view, parse(text))
    except OrderError:
        return None


def _again(view: View, verb: str, name: str) -> Order | None:
    unit = view.units.get(name)
    if unit is None or verb == "drop-path":
        return None if unit is None else Order("path", (name,))
    return None if unit.accepted is None else Order("accept", (name, unit.accepted))


class Given:
    """The orders that were accepted in a shift, the latest last, and how far back they have been taken."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        """Everything that was written or picked, accepted or not, without repeats: the history of the command line."""
        self._accepted: list[tuple[str, Order | None]] = []

    def note(self, text: str, back: Order | None, *, accepted: bool) -> None:
        """Take in an order that was given; `back` takes it back."""
        if text in self.texts:
            self.texts.remove(text)
        self.texts.append(text)
        if accepted:
            self._accepted.append((text, back))

    @property
    def last(self) -> tuple[str, Order | None] | None:
        """The last order that stands, and the one that takes it back."""
        return self._accepted[-1] if self._accepted else None

    def taken_back(self) -> None:
        """The last order was taken back by its undoing, which itself is no order to undo."""
        del self._accepted[-2:]
