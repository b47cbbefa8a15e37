"""Orders in the words of a person, and the letter under which each stands in the menus."""

from corridor_tui.corridor.orders import Order

_TEXTS = {
    "accept": "accept {0} onto track {1}",
    "hold": "hold {0} back at the neighbour",
    "secure": "secure {0} with skates",
    "uncouple": "take the locomotive off {0}",
    "inspect": "have {0} inspected",
    "move": "pull {0} to track {1}",
    "call-rake": "call rake {0} from the park",
    "call-loco": "call a locomotive for {0}",
    "weigh": "weigh {0}",
    "waybill": "write wagon list and waybill of {0}",
    "brake-test": "{1} brake test on {0}",
    "path": "book a path for {0}",
    "drop-path": "give the path of {0} back",
    "depart": "let {0} depart",
    "set-out": "set wagon {1} of {0} out",
    "transfer": "lift the load of {0} onto {1}",
    "crane": "put crane {0} on {1}",
    "discharge": "unload {0} into the silo",
    "fill": "fill {0} with the grain of {1}",
    "repair": "send the fitters to crane {0}",
    "tie": "tie crane {0} down",
    "untie": "untie crane {0}",
    "answer": "answer call {0}: {1}",
    "auto-accept": "standing order: accept by itself: {0}",
    "auto-prepare": "standing order: secure, uncouple and inspect: {0}",
    "auto-place": "standing order: pull to the cranes: {0}",
    "auto-rakes": "standing order: call rakes for trains: {0}",
    "auto-send": "standing order: prepare and send what is loaded: {0}",
    "auto-lift": "standing order: plan transfers and cranes: {0}",
    "auto-release": "standing order: release green and blue: {0}",
    "meet": "{0} waits at {1} for {2}",
    "drop-meet": "{0} no longer waits at {1}",
    "back": "run {0} back to the loop behind it",
    "ground": "put container {0} into the stack",
    "load": "load container {0} onto {1}",
    "release": "release {0}",
    "sample": "have a sample of {0} tested",
    "check": "have the documents of {0} checked",
    "request": "ask for the {1} of {0}",
    "scan": "scan the containers of {0}",
    "open": "open a container of {0}",
    "unload": "unload the containers of {0} fully",
    "detain": "detain {0}",
    "find": "claim on {0}: {1} and {2} clash, rule {3}",
    "withdraw": "take the finding on {0} back",
    "lane": "put {0} into the {1} lane, reason {2}",
    "select": "set the criterion {0} to {1}",
}
LETTERS = {
    "accept": "a", "hold": "h", "secure": "s", "uncouple": "u", "inspect": "i", "move": "m", "call-rake": "k",
    "call-loco": "l", "weigh": "w", "waybill": "y", "brake-test": "b", "path": "p", "drop-path": "x", "depart": "d",
    "set-out": "o", "transfer": "t", "discharge": "2", "fill": "3", "crane": "c", "ground": "g", "load": "e", "release": "r", "repair": "f", "tie": "n", "untie": "v", "answer": "j", "meet": "q", "drop-meet": "z", "back": "1", "check": "c", "request": "q",
    "sample": "p", "scan": "s", "open": "o", "unload": "u", "detain": "d", "find": "f", "withdraw": "w", "lane": "l", "select": "t",
}  # fmt: skip
"""A train's orders have different letters among themselves, and so have a consignment's."""


def order_text(order: Order) -> str:
    """What an order tells somebody to do, in one line."""
    if order.verb == "crane" and order.args[1] == "off":
        return f"take crane {order.args[0]} off"
    if order.verb == "transfer" and order.args[1] == "stack":
        return f"lift the load of {order.args[0]} into the stack"
    return _TEXTS[order.verb].format(*order.args)
