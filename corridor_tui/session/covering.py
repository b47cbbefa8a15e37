"""What a standing order would do at once, told before it is set: by what the desks see, and nothing beyond that."""

from collections.abc import Iterator

from corridor_tui.corridor.checks_customs import releasable
from corridor_tui.corridor.orders import RULES, Order, parse, risk_limit
from corridor_tui.corridor.standing import covers
from corridor_tui.dispatcher.players import hand
from corridor_tui.language import _
from corridor_tui.session.shift import Shift


def covered(shift: Shift, order: Order) -> list[Order]:
    """What a setting of a standing order would order at once; nothing where it puts the rule off."""
    if order.verb not in RULES or order.args[0] == "off":
        return []
    return covers(shift.view, hand(), order.verb, order.args[0])


def left_alone(shift: Shift, order: Order) -> list[str]:
    """The green and blue consignments on the desk that look too risky for a limit of `auto-release`, the riskiest first."""
    limit = risk_limit(order.args[0]) if order.verb == "auto-release" else None
    if limit is None:
        return []
    view = shift.view
    risks = {name: view.risk(name) or 0.0 for train in view.cargo for name in releasable(view, train)}
    return sorted((name for name, risk in risks.items() if risk >= limit), key=lambda name: (-risks[name], name))


def told(shift: Shift, order: Order) -> Iterator[str]:
    """What a setting would do at once, and what it would leave to the desk, in words."""
    found = covered(shift, order)
    if found:
        yield _("at once it would order: {orders}", orders="; ".join(one.text for one in found))
    else:
        yield _("at once it would order nothing")
    left = left_alone(shift, order)
    if left:
        risks = ", ".join(f"{name} {shift.view.risk(name) or 0:.2f}" for name in left)
        yield _("too risky for it, and left to you: {risks}", risks=risks)


def lines(shift: Shift, text: str) -> Iterator[str]:
    """What a standing order would do, or why it cannot be set. Raises `OrderError` where the text is no order."""
    order = parse(text)
    if order.verb not in RULES:
        yield _("`{text}` is no standing order", text=text)
    elif (reason := shift.refusal(order)) is not None:
        yield _("no: {why}", why=reason)
    else:
        yield from told(shift, order)
