"""What orders tell somebody to do, in the words of the trade."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corridor_tui.corridor.orders import WHAT_IF, Order, OrderError, parse, risk_limit
from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family
from corridor_tui.session.wording.fields import DOCUMENTS, cells_text
from corridor_tui.session.wording.names import NAMES, station_text, word
from corridor_tui.session.wording.upsets import about, kind_text

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
    "find": N_("claim on {0}: {1} clash (rule: {2})"),
    "withdraw": N_("take the finding on {0} back"),
    "lane": N_("put {0} into the {1} lane, reason {2}"),
    "select": N_("set the criterion {0} to {1}"),
})  # fmt: skip
"""What each order tells somebody to do; {0}, {1} are its arguments."""


def _answer(args: tuple[str, ...], level: Level) -> str | None:
    call = level.calls.get(args[0])
    if call is None:
        return " ".join(("answer", *args))
    said = next((str(answer.text) for answer in call.answers if answer.word == args[1]), args[1])
    return _("answer {caller}: {said}", caller=call.caller, said=said)


def _buy(args: tuple[str, ...], level: Level) -> str | None:
    for offer in () if level.budget is None else level.budget.offers:
        if offer.id == args[0]:
            return _("buy {what} for {price}", what=offer.title, price=offer.price)
    return " ".join(("buy", *args))


def _crane(args: tuple[str, ...], _level: Level) -> str | None:
    if args[1] == "off":
        return _("take crane {crane} off", crane=args[0])
    if len(args) > 2:
        return _("put crane {crane} on wagons {wagons} of {unit}", crane=args[0], wagons=args[2], unit=args[1])
    return None


def _ground(args: tuple[str, ...], _level: Level) -> str | None:
    return _("put container {box} into block {block} of the stack", box=args[0], block=args[1]) if args[1:] else None


def _transfer(args: tuple[str, ...], _level: Level) -> str | None:
    return _("lift the load of {unit} into the stack", unit=args[0]) if args[1] == "stack" else None


def _auto_release(args: tuple[str, ...], _level: Level) -> str | None:
    if risk_limit(args[0]) is None:
        return None
    return _("standing order: release green and blue below a risk of {limit}", limit=args[0])


def _what_if(args: tuple[str, ...], _level: Level) -> str | None:
    return _(ORDERS[WHAT_IF]).format(" ".join(args))


def _find(args: tuple[str, ...], _level: Level) -> str | None:
    return found_text(*args)


def _inject(args: tuple[str, ...], level: Level) -> str | None:
    spec = level.live.get(args[0])
    if spec is None:
        return None
    of = about(level, spec)
    what = f"{kind_text(spec)}, {of}" if of else kind_text(spec)
    return _("let {name} begin: {what}", name=args[0], what=what)


def _meet(args: tuple[str, ...], level: Level) -> str | None:
    return _(ORDERS["meet" if args[2:] else "drop-meet"]).format(args[0], station_text(level, args[1]), *args[2:])


_OWN: Mapping[str, Callable[[tuple[str, ...], Level], str | None]] = MappingProxyType({
    "answer": _answer, "buy": _buy, "crane": _crane, "ground": _ground, "transfer": _transfer, "auto-release": _auto_release,
    WHAT_IF: _what_if, "find": _find, "inject": _inject, "meet": _meet, "drop-meet": _meet,
})  # fmt: skip
"""Orders that are told otherwise, always or as it comes, from what they say of a level's things."""
_WITH_NAMES = frozenset({"brake-test", "request", "lane", *(verb for verb in ORDERS if verb.startswith("auto-"))})
"""Orders that take a name of ours for an argument, and not only what levels call their things."""


def order_text(order: Order, level: Level) -> str:
    """What an order tells somebody to do in a shift of a level, in one line."""
    args, own = order.args, _OWN.get(order.verb)
    said = None if own is None else own(args, level)
    if said is not None:
        return said
    if order.verb in _WITH_NAMES:
        args = tuple(word(arg) if arg in NAMES else family(arg) for arg in args)
    return _(ORDERS[order.verb]).format(*args)


def found_text(consignment: str, first: str, second: str, rule: str) -> str:
    """What is claimed of a consignment: which two cells clash, and by which rule; what is no cell stands as it is."""
    known = all(cell.partition(".")[0] in DOCUMENTS and "." in cell for cell in (first, second))
    cells = cells_text(first, second) if known else f"{first} / {second}"
    return _(ORDERS["find"]).format(consignment, cells, family(rule))


def said_text(text: str, level: Level) -> str:
    """What was given, in words where it is an order, else as it was written."""
    try:
        return order_text(parse(text), level)
    except OrderError:
        return text
