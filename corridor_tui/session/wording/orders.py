"""What orders tell somebody to do, in the words of the trade."""

from collections.abc import Mapping
from types import MappingProxyType

from corridor_tui.corridor.orders import WHAT_IF, Order, risk_limit
from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family
from corridor_tui.session.wording.names import NAMES, word

ORDERS: Mapping[str, str] = MappingProxyType({
    "allow": N_("{0} % more time"),
    "inject": N_("let {0} begin"),
    "what-if": N_("ask what an order would do: {0}"),
    "advise": N_("ask for help with {0}: {1}"),
    "accept": N_("accept {0} onto track {1}"),
    "hold": N_("hold {0} back at the neighbour"),
    "secure": N_("secure {0} with skates"),
    "uncouple": N_("take the locomotive off {0}"),
    "inspect": N_("have {0} inspected"),
    "move": N_("pull {0} to track {1}"),
    "call-rake": N_("call rake {0} from the park"),
    "call-loco": N_("call a locomotive for {0}"),
    "weigh": N_("weigh {0}"),
    "waybill": N_("write wagon list and waybill of {0}"),
    "brake-test": N_("{1} brake test on {0}"),
    "path": N_("book a path for {0}"),
    "drop-path": N_("give the path of {0} back"),
    "depart": N_("let {0} depart"),
    "set-out": N_("set wagon {1} of {0} out"),
    "transfer": N_("lift the load of {0} onto {1}"),
    "crane": N_("put crane {0} on {1}"),
    "discharge": N_("unload {0} into the silo"),
    "fill": N_("fill {0} with the grain of {1}"),
    "repair": N_("send the fitters to {0}"),
    "tie": N_("tie crane {0} down"),
    "untie": N_("untie crane {0}"),
    "auto-accept": N_("standing order: accept by itself: {0}"),
    "auto-prepare": N_("standing order: secure, uncouple and inspect: {0}"),
    "auto-place": N_("standing order: pull to the cranes: {0}"),
    "auto-rakes": N_("standing order: call rakes for trains: {0}"),
    "auto-send": N_("standing order: prepare and send what is loaded: {0}"),
    "auto-lift": N_("standing order: plan transfers and cranes: {0}"),
    "auto-release": N_("standing order: release green and blue: {0}"),
    "meet": N_("{0} waits at {1} for {2}"),
    "drop-meet": N_("{0} no longer waits at {1}"),
    "back": N_("run {0} back to the loop behind it"),
    "ground": N_("put container {0} into the stack"),
    "load": N_("load container {0} onto {1}"),
    "fetch": N_("have lorries fetch {0} into the zone"),
    "release": N_("release {0}"),
    "sample": N_("have a sample of {0} tested"),
    "check": N_("have the documents of {0} checked"),
    "request": N_("ask for the {1} of {0}"),
    "scan": N_("scan the containers of {0}"),
    "open": N_("open a container of {0}"),
    "unload": N_("unload the containers of {0} fully"),
    "detain": N_("detain {0}"),
    "find": N_("claim on {0}: {1} and {2} clash, rule {3}"),
    "withdraw": N_("take the finding on {0} back"),
    "lane": N_("put {0} into the {1} lane, reason {2}"),
    "select": N_("set the criterion {0} to {1}"),
})  # fmt: skip
"""What each order tells somebody to do; {0}, {1} are its arguments."""

_WITH_NAMES = frozenset({"brake-test", "request", "lane"})
"""Orders that take a name of ours for an argument, and not only what levels call their things."""


def _told_by_level(order: Order, level: Level) -> str:
    """Who is answered what, and what is bought, in the level's own words."""
    args = order.args
    if order.verb == "answer" and (call := level.calls.get(args[0])) is not None:
        said = next((str(answer.text) for answer in call.answers if answer.word == args[1]), args[1])
        return _("answer {caller}: {said}", caller=call.caller, said=said)
    for offer in () if level.budget is None else level.budget.offers:
        if order.verb == "buy" and offer.id == args[0]:
            return _("buy {what} for {price}", what=offer.title, price=offer.price)
    return order.text


def order_text(order: Order, level: Level) -> str:
    """What an order tells somebody to do in a shift of a level, in one line."""
    args = order.args
    if order.verb in ("answer", "buy"):
        return _told_by_level(order, level)
    if order.verb == "crane" and args[1] == "off":
        return _("take crane {crane} off", crane=args[0])
    if order.verb == "ground" and len(args) > 1:
        return _("put container {box} into block {block} of the stack", box=args[0], block=args[1])
    if order.verb == "crane" and len(args) > 2:
        return _("put crane {crane} on wagons {wagons} of {unit}", crane=args[0], wagons=args[2], unit=args[1])
    if order.verb == "auto-release" and risk_limit(args[0]) is not None:
        return _("standing order: release green and blue below a risk of {limit}", limit=args[0])
    if order.verb == WHAT_IF:
        return _(ORDERS[WHAT_IF]).format(" ".join(args))
    if order.verb == "transfer" and args[1] == "stack":
        return _("lift the load of {unit} into the stack", unit=args[0])
    if order.verb in _WITH_NAMES:
        args = tuple(word(arg) if arg in NAMES else family(arg) for arg in args)
    return _(ORDERS[order.verb]).format(*args)
