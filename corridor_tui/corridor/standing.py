"""Standing orders: rules that a desk sets once and that act on their own; what they do is told as events."""

from collections.abc import Callable, Iterator
from copy import copy
from typing import Protocol

from corridor_tui.corridor.chain import at_terminal, is_load
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.orders import Order, risk_limit
from corridor_tui.corridor.view import View
from corridor_tui.level.base import DESKS, Desk

ACTS_AFTER_S = 1
"""A rule acts in the second after what calls for it: it has neither to look nor to think."""
_ALL_DESKS = frozenset(DESKS)
_RULE_OF = {
    "accept": "auto-accept", "secure": "auto-prepare", "uncouple": "auto-prepare", "inspect": "auto-prepare",
    "call-rake": "auto-rakes", "weigh": "auto-send", "waybill": "auto-send", "call-loco": "auto-send", "brake-test": "auto-send",
    "path": "auto-send", "depart": "auto-send", "set-out": "auto-send", "transfer": "auto-lift", "crane": "auto-lift",
    "ground": "auto-lift", "fetch": "auto-lift", "load": "auto-lift",
}  # fmt: skip


class Hand(Protocol):
    """Who carries the rules out: he sees the view and says what the trade would order now, in the order of urgency."""

    def act(self, view: View, desks: frozenset[Desk]) -> Iterator[Order]:
        """The orders for what has changed since he last looked."""
        ...


def rule_of(view: View, order: Order) -> str | None:
    """The rule under which an order is given without anybody giving it; None: it takes a person."""
    if order.verb == "move":
        unit = view.units[order.args[0]]
        return "auto-send" if at_terminal(view, unit) else "auto-place"
    if order.verb == "release":
        return "auto-release" if order.args[0] in view.units or _free_to_go(view, order.args[0]) else None
    return _RULE_OF.get(order.verb)


def below_limit(view: View, consignment: str) -> bool:
    """Whether the rule of releases lets a consignment go: any, or those alone that look less risky than its limit."""
    limit = risk_limit(view.standing.get("auto-release", ""))
    risk = None if limit is None else view.risk(consignment)
    return limit is None or (risk is not None and risk < limit)


def covers(view: View, hand: Hand, rule: str, setting: str) -> list[Order]:
    """What a rule would order at once, were it set so."""
    shadow, room = copy(view), None
    shadow.standing = {**view.standing, rule: setting}
    if rule == "auto-accept" and setting.isdigit():
        room = int(setting) - loads_here(view)
    found = list[Order]()
    for order in hand.act(shadow, _ALL_DESKS):
        if rule_of(shadow, order) != rule or order in found or refusal(shadow, order) is not None:
            continue
        if rule == "auto-release" and not _lets_go(shadow, order):
            continue
        if room is not None and is_load(view.units[order.args[0]]):
            if room <= 0:
                continue
            room -= 1
        found.append(order)
    return found


def _lets_go(view: View, order: Order) -> bool:
    """Whether a release is within the limit of the rule: in bulk only where there is none."""
    if order.args[0] in view.units:
        return risk_limit(view.standing.get("auto-release", "")) is None
    return below_limit(view, order.args[0])


def _free_to_go(view: View, consignment: str) -> bool:
    dossier = view.dossiers[consignment]
    return dossier.lane in ("green", "blue") and not dossier.findings


def loads_here(view: View) -> int:
    """Trains with a load that are in the station or on their way in."""
    return sum(map(is_load, map(view.units.__getitem__, view.here)))


def room_by_rule(view: View) -> int | None:
    """How many more trains with a load the rule of acceptance lets in; None: it is not in force."""
    limit = view.standing.get("auto-accept")
    return None if limit is None else int(limit) - loads_here(view)


class Standing:
    """The rules in force, and the hand that carries them out."""

    def __init__(self, kernel: Kernel, hand: Callable[[], Hand], give: Callable[[Order], None]) -> None:
        self._kernel = kernel
        self._new_hand = hand
        self._hand = hand()
        self._give = give
        self._looking = False

    def set(self, rule: str, setting: str) -> None:
        """Set a rule, or put it off; whatever it covers is looked at anew."""
        self._kernel.emit("rule_set", rule, setting)
        self._hand = self._new_hand()
        self._wake()

    def hear(self, _event: Event) -> None:
        """Look again: something has happened that may call for a rule."""
        if not self._looking and self._kernel.view.standing:
            self._wake()

    def _wake(self) -> None:
        if not self._looking:
            self._looking = True
            self._kernel.after(ACTS_AFTER_S, self._look)

    def _look(self) -> None:
        self._looking = False
        view = self._kernel.view
        for order in self._hand.act(view, _ALL_DESKS):
            rule = rule_of(view, order)
            if (
                rule is not None
                and rule in view.standing
                and self._within(rule, order)
                and refusal(view, order) is None
            ):
                self._kernel.emit("by_rule", rule, order.text)
                self._give(order)

    def _within(self, rule: str, order: Order) -> bool:
        """Whether a rule's limit still lets an order through."""
        view = self._kernel.view
        if rule == "auto-release":
            return _lets_go(view, order)
        if rule != "auto-accept" or not is_load(view.units[order.args[0]]):
            return True
        room = room_by_rule(view)
        return room is None or room > 0
