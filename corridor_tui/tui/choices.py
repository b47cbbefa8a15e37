"""What can be ordered about a thing on the desk, as menus: first the kind of order, then what is still open of it."""

from collections.abc import Iterable
from dataclasses import replace

from corridor_tui.corridor.chain import departs_to
from corridor_tui.corridor.options import (
    all_orders,
    allowances,
    injections,
    orders_for,
    purchases,
    rule_orders,
    verbs_for,
)
from corridor_tui.corridor.orders import RULES, VERBS, Order, parse
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.scenario.rules import in_play
from corridor_tui.session.covering import covered, told
from corridor_tui.session.prices import order_price, rung_price
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import order_text
from corridor_tui.tui.menu import Item, Page
from corridor_tui.tui.panel import USES
from corridor_tui.tui.things import BOX, CRANE, PLACE, TRACK

FIND = "find"
LETTERS = {
    "accept": "a", "hold": "h", "secure": "s", "uncouple": "u", "inspect": "i", "move": "m", "call-rake": "k",
    "call-loco": "l", "weigh": "w", "waybill": "y", "brake-test": "b", "path": "p", "drop-path": "x", "depart": "d",
    "set-out": "o", "transfer": "t", "discharge": "2", "fill": "3", "crane": "c", "ground": "g", "load": "e", "fetch": "z", "release": "r", "repair": "f", "tie": "n", "untie": "v", "answer": "j", "meet": "q", "drop-meet": "z", "back": "1", "check": "c", "request": "q",
    "sample": "p", "scan": "s", "open": "o", "unload": "u", "detain": "d", "find": "f", "withdraw": "w", "lane": "l", "select": "t",
}  # fmt: skip
"""A train's orders have different letters among themselves, and so have a consignment's."""
_ASKED_TWICE = frozenset({"detain", "unload", "set-out"})
"""Orders that cost hours and cannot be taken back: picked again from a menu of their own."""


def kinds(shift: Shift, subject: str) -> list[Item]:
    """The kinds of order for a train or a consignment; those that would be accepted first."""
    items = [_kind(shift, verb, subject) for verb in verbs_for(shift.view, subject)]
    return sorted(items, key=lambda item: item.objection is not None)


def _kind(shift: Shift, verb: str, subject: str) -> Item:
    about = _(VERBS[verb].help)
    price = rung_price(shift.view, verb, subject) if subject in shift.view.dossiers else ""
    about = f"{price}: {about}" if price else about
    item = Item(verb, f"{verb:<11} {about}", LETTERS[verb], about)
    if verb == FIND:
        return replace(item, objection=shift.not_given(Order(FIND, (subject,))))
    orders = orders_for(shift.view, verb, subject)
    if not orders:
        return Item(verb, item.label, item.letter, about, _("there is nothing of that kind to order here now"))
    objections = [shift.refusal(order) for order in orders]
    if None in objections:
        return item
    return Item(verb, item.label, item.letter, about, objections[0])


def orders_of(shift: Shift, verb: str, subject: str) -> list[Order]:
    """The complete orders of a kind; those that would be accepted first."""
    return sorted(orders_for(shift.view, verb, subject), key=lambda order: shift.refusal(order) is not None)


def straight(orders: list[Order], verb: str) -> bool:
    """Whether there is nothing left to choose or to confirm."""
    return len(orders) == 1 and verb not in _ASKED_TWICE


def entries(shift: Shift, orders: Iterable[Order]) -> list[Item]:
    """Complete orders as entries."""
    return [
        Item(
            order.text,
            in_words(shift.view, order),
            "",
            f"{order.text}: {_(VERBS[order.verb].help)}",
            shift.refusal(order),
        )
        for order in orders
    ]


def in_words(view: View, order: Order) -> str:
    """An order in words, with what it takes; where it names a track, with what that is for and how long it is."""
    level = view.level
    said, price = order_text(order, level), order_price(view, order)
    if order.verb in ("accept", "move") and order.args[1] in level.tracks:
        track = level.tracks[order.args[1]][1]
        return _("{order} ({use} {length:.0f} m)", order=said, use=_(USES[track.use]), length=track.length_m)
    return f"{said}: {price}" if price else said


def of_place(shift: Shift, key: str) -> list[Order]:
    """The complete orders about a track or a crane: what can come onto it, what it can work on."""
    view = shift.view
    units = [unit.id for unit in view.units.values() if unit.gone_s is None]
    if key.startswith(TRACK):
        track = key.removeprefix(TRACK)
        found = [
            order
            for unit in units
            for verb in ("accept", "move")
            if verb in verbs_for(view, unit)
            for order in orders_for(view, verb, unit)
            if order.args[1] == track
        ]
    elif key.startswith(BOX):
        number = key.removeprefix(BOX)
        box = view.boxes[number]
        rakes = [unit for unit in units if view.units[unit].partners and view.units[unit].kind != "container"]
        found = [Order("ground", (number,)), *(Order("load", (number, rake)) for rake in rakes)]
        found += [Order(verb, (box.consignment,)) for verb in ("release", "check", "scan", "open", "unload")]
    elif key.startswith(PLACE):
        found = [Order("depart", (unit,)) for unit in units if departs_to(view.units[unit]) == key.removeprefix(PLACE)]
    else:
        crane = key.removeprefix(CRANE)
        if crane in view.machines:
            return [Order("repair", (crane,))]
        found = [Order("crane", (crane, unit)) for unit in units] + [Order("crane", (crane, "off"))]
        found += [Order(verb, (crane,)) for verb in ("repair", "tie", "untie")]
    return sorted(found, key=lambda order: shift.refusal(order) is not None)


def orders_here(shift: Shift) -> Iterable[Order]:
    """Every complete order that whoever sits here could think of; what is kept for the instructor only where one is here."""
    yield from all_orders(shift.view)
    if shift.instructor:
        yield from injections(shift.view)
        yield from allowances(shift.view)


def settable(shift: Shift) -> list[Order]:
    """The settings of standing orders that would change something, what the budget offers, and what an instructor can
    let happen.
    """
    rules = [one for one in rule_orders(shift.view) if shift.refusal(one) is None]
    instructors = (*injections(shift.view), *allowances(shift.view)) if shift.instructor else ()
    return [*rules, *purchases(shift.view), *instructors]


def before_set(shift: Shift, text: str) -> Page | None:
    """What a standing order would do at once, before it is set; None of what is no standing order, or puts one off."""
    order = parse(text)
    if order.verb not in RULES or order.args[0] == "off":
        return None
    set_it = Item(text, _("set it"), "y", "; ".join(told(shift, order)))
    found = covered(shift, order)
    return Page(
        _("{order}: this would be done at once", order=text)
        if found
        else _("{order}: nothing is there for it now", order=text),
        [set_it, *(Item(one.text, order_text(one, shift.level), "", _("only this one")) for one in found)],
    )


def answers(shift: Shift, call: str) -> list[Item]:
    """What can be said to a call; the question stands below each."""
    spec = shift.level.calls[call]
    return [
        Item(f"answer {call} {answer.word}", str(answer.text), "", f"{spec.caller}: {' '.join(str(spec.text).split())}")
        for answer in spec.answers
    ]


def rules(shift: Shift, consignment: str, first: str, second: str) -> list[Item]:
    """The rules under which two cells can be claimed to clash."""
    return [
        Item(
            rule.code,
            _(rule.title),
            "",
            _(rule.text),
            shift.refusal(Order(FIND, (consignment, first, second, rule.code))),
        )
        for rule in in_play(shift.level)
    ]
