"""What a rung of the customs ladder costs before it is chosen: minutes, people and places, and who holds which track meanwhile."""

from corridor_tui.corridor.chain import carrier
from corridor_tui.corridor.checks_customs import PHYSICAL, lowers
from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Dossier
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import pools_of
from corridor_tui.language import N_, _, ngettext
from corridor_tui.scenario.streams import expected_s
from corridor_tui.scenario.times import check_of
from corridor_tui.session.status import holding

_PEOPLE = {
    "officers": N_("an officer"), "bays": N_("the inspection bay"), "scanners": N_("the scanner"), "samplers": N_("a sampler"),
    "benches": N_("a bench of the laboratory"),
}  # fmt: skip


def order_price(view: View, order: Order) -> str:
    """What a complete order takes; empty where it takes nothing, and where it is none of the ladder's."""
    name = order.args[0] if order.args else ""
    if name not in view.dossiers:
        return ""
    if order.verb == "lane" and not lowers(view.dossiers[name], order.args[1]):
        return ""
    return _price(view, order.verb, name)


def rung_price(view: View, verb: str, name: str) -> str:
    """What an order of the customs desk takes on a consignment, as planned with; empty where it takes nothing."""
    price = _price(view, verb, name)
    return _("to lower it {price}", price=price) if verb == "lane" else price


def _price(view: View, verb: str, name: str) -> str:
    dossier = view.dossiers[name]
    if verb == "detain":
        return _detention(view, dossier)
    takes_s = _takes_s(view, verb, dossier)
    if not takes_s:
        return ""
    task = "read" if verb == "release" else verb
    pools = pools_of(task)
    parts = [_("about {minutes} min", minutes=max(1, round(takes_s / 60))), *(_(_PEOPLE[pool]) for pool in pools)]
    busy = max((view.pools[pool].queue + _over(view, pool) for pool in pools), default=0)
    if busy:
        parts.append(_("{jobs} before it", jobs=busy))
    return ", ".join([*parts, *_held(view, dossier)])


def _held(view: View, dossier: Dossier) -> list[str]:
    """Who holds which track as long as a consignment holds a train."""
    if dossier.id not in holding(view):
        return []
    bearer = carrier(view, view.units[dossier.train])
    held = N_("{train} holds {track} meanwhile") if bearer.place in view.level.tracks else N_("{train} waits meanwhile")
    return [_(held, train=bearer.id, track=bearer.place)]


def _detention(view: View, dossier: Dossier) -> str:
    """No time of anybody, but the lifts that set its load aside and what the level charges: where it is no offence, and where it is
    one for which nothing was shown.
    """
    level, rates = view.level, view.level.scoring.detection
    boxes = [view.boxes[number] for number in dossier.boxes]
    parts = [_("at once")]
    loaded = sum(bool(box.teu) and box.at in view.units and view.units[box.at].departed_s is None for box in boxes)
    if loaded:
        minutes = max(1, round(loaded * expected_s(level.terminal.lift) / 60))
        parts.append(ngettext("{n} lift to set it aside", "{n} lifts to set it aside", loaded))
        parts[-1] += " " + _("(about {minutes} min)", minutes=minutes)
    parts += _held(view, dossier)
    lost = f"{rates.wrong_detention:g}"
    undelivered = level.scoring.resources.undelivered
    if undelivered:
        lost += f" + {len(boxes)}×{undelivered:g}"
    parts.append(_("{lost} lost if it is no offence", lost=lost))
    shown = any(one.outcome == "upheld" for one in dossier.findings) or any(
        rung in PHYSICAL and result != "clean" for rung, result in dossier.seen.items()
    )
    unnamed = rates.wrong_reason + rates.wrong_rule
    if not shown and unnamed:
        parts.append(_("{lost} if it is one: no finding stands", lost=f"{unnamed:g}"))
    return ", ".join(parts)


def _over(view: View, pool: str) -> int:
    """One where all of a pool are busy, so that the next job waits for one of them."""
    return int(view.pools[pool].busy >= view.pools[pool].total)


def _takes_s(view: View, verb: str, dossier: Dossier) -> int:
    work, health = view.level.customs.work, view.level.plant_health
    if verb == "release":
        slow = dossier.lane == "green" and not dossier.did("check")
        return expected_s(work.green) * len(dossier.boxes) if slow else 0
    if verb == "scan":
        return expected_s(work.scan) * len(dossier.boxes)
    if verb == "sample" and health is not None:
        return expected_s(health.sampling) + expected_s(health.test, factor=health.times)
    plain = {
        "check": check_of(view.level, dossier.regime), "request": work.request, "open": work.open, "unload": work.unload, "find": work.answer,
        "lane": work.supervisor,
    }  # fmt: skip
    return expected_s(plain[verb]) if verb in plain else 0
