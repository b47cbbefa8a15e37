"""Which orders can concern a thing: the menus of the desk, in the one form all orders have."""

from collections.abc import Callable, Iterable

from corridor_tui.corridor.chain import changes_engine
from corridor_tui.corridor.checks import way_out
from corridor_tui.corridor.checks_customs import ABSENT, LANES
from corridor_tui.corridor.checks_grain import takes_grain
from corridor_tui.corridor.checks_terminal import is_rake, room_teu, takes_boxes
from corridor_tui.corridor.lifts import STACK
from corridor_tui.corridor.orders import ALLOW, VERBS, Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Gauge
from corridor_tui.level.road import LOCAL
from corridor_tui.scenario.selectivity import choices as settings

REASONS = ("risk", "papers", "tip")
_OF_UNIT = (
    "accept", "hold", "secure", "uncouple", "inspect", "move", "call-rake", "transfer", "discharge", "fill", "crane", "release", "weigh", "waybill",
    "call-loco", "brake-test", "path", "drop-path", "depart", "set-out", "meet", "drop-meet", "back", "ground", "repair", "tie", "untie", "answer",
)  # fmt: skip
_OF_CONSIGNMENT = (
    "release",
    "sample",
    "check",
    "find",
    "request",
    "scan",
    "open",
    "unload",
    "detain",
    "withdraw",
    "lane",
    "ground",
    "load",
    "fetch",
)
_OF_NO_UNIT = ("repair", "tie", "untie", "answer")
"""Orders that stand in every train's menu, since they concern cranes and calls."""
_ONLY_TRAINS = ("inspect", "transfer", "release")
_ONLY_RAKES = ("call-rake", "weigh", "waybill", "brake-test", "path", "drop-path", "set-out", "fill")

_OF_GRAIN = ("path", "drop-path", "fill")
"""Orders to a rake that a train of grain takes too: it goes home over the line, and its grain fills a rake."""
_OF_CRANES = ("crane", "ground")


def verbs_for(view: View, subject: str) -> tuple[str, ...]:
    """The orders that can ever concern a train, a rake or a consignment, in the order of the work."""
    if subject in view.dossiers:
        rules = view.level.customs.selectivity
        dossier = view.dossiers[subject]
        out_of_place = [] if dossier.sample != "none" else ["sample"]
        out_of_place.append("load" if dossier.regime in LOCAL else "fetch")
        verbs = _OF_CONSIGNMENT if rules is None or not rules.desk else (*_OF_CONSIGNMENT, "select")
        return tuple(verb for verb in verbs if verb not in out_of_place)
    unit = view.units[subject]
    if unit.kind == "export":
        return ("release",)
    if unit.kind == "grain":
        unfit = tuple(verb for verb in _ONLY_RAKES if verb not in _OF_GRAIN) + _OF_CRANES
    elif unit.kind == "through":
        hop = way_out(view, unit)
        fit = ["set-out", *(("path", "drop-path") if hop is not None and hop.paths_s else ())]
        fit += ["brake-test"] if changes_engine(view, unit) else []
        unfit = (*(verb for verb in _ONLY_RAKES if verb not in fit), "discharge")
    else:
        unfit = (*(_ONLY_TRAINS if is_rake(unit) else _ONLY_RAKES), "discharge")
    if unit.kind != "container":
        unfit = (*unfit, "transfer") if is_rake(unit) else (*unfit, "transfer", "ground")
    if is_rake(unit):
        unfit += _OF_CRANES if takes_grain(unit) else ("fill",)
    if unit.kind == "through":
        unfit += ("crane",) if changes_engine(view, unit) else ("crane", "secure", "uncouple", "call-loco")
    unfit += _out_of_place(view)
    return tuple(verb for verb in _OF_UNIT if verb not in unfit)


def _out_of_place(view: View) -> tuple[str, ...]:
    """Orders about cranes and calls that there is no cause for now."""
    cranes = view.cranes.values()
    windy = view.weather.coming_s is not None or view.weather.wind_ms > 0 or any(crane.tied for crane in cranes)
    causes = {
        "repair": any(view.hook(name).down == "stopped" for name in (*view.cranes, *view.machines)),
        "tie": windy,
        "untie": windy,
        "answer": bool(view.ringing()),
        **dict.fromkeys(("meet", "drop-meet", "back"), any(s.role == "loop" for s in view.level.stations)),
    }
    return tuple(verb for verb, cause in causes.items() if not cause)


def orders_for(view: View, verb: str, subject: str) -> tuple[Order, ...]:
    """Every complete order of a kind that concerns a subject; each may still be refused."""
    if verb in _WHOLE:
        return _WHOLE[verb](view, subject)
    slots = VERBS[verb].slots[1:]
    if not slots:
        return (Order(verb, (subject,)),)
    choices = _CHOICES[verb](view, subject)
    if verb == "lane":
        return tuple(Order(verb, (subject, lane, reason)) for lane in choices for reason in REASONS)
    return tuple(Order(verb, (subject, choice)) for choice in choices)


def rule_orders(view: View) -> Iterable[Order]:
    """Every setting of every standing order that the level allows."""
    for rule in view.level.standing_orders:
        settings: tuple[str, ...] = (
            ("2", "3", "4", "6", "8", "12", "20", "off") if rule == "auto-accept" else ("on", "off")
        )
        if rule == "auto-release" and view.level.customs.signs:
            settings = ("on", "0.5", "0.3", "0.1", "off")
        yield from (Order(rule, (setting,)) for setting in settings)


def purchases(view: View) -> Iterable[Order]:
    """Every offer of the budget that is not bought yet."""
    if view.purse is not None and view.level.budget is not None:
        bought = view.purse.bought
        yield from (Order("buy", (offer.id,)) for offer in view.level.budget.offers if offer.id not in bought)


def injections(view: View) -> Iterable[Order]:
    """Every disruption that the instructor may still let begin."""
    yield from (Order("inject", (name,)) for name in view.level.live if name not in view.instructed.injected)


def allowances(view: View) -> Iterable[Order]:
    """What an instructor usually allows: a quarter more time, half as much again, twice the time; or no more."""
    yield from (Order(ALLOW, (str(each),)) for each in (25, 50, 100, 0) if each != view.instructed.allowance)


def all_orders(view: View) -> Iterable[Order]:
    """Every complete order for everything there is; most of them are refused at any one moment."""
    yield from rule_orders(view)
    yield from purchases(view)
    subjects = [*(unit.id for unit in view.units.values() if unit.gone_s is None), *view.dossiers]
    for place, subject in enumerate(subjects):
        for verb in verbs_for(view, subject):
            if verb != "select" and (place == 0 or verb not in _OF_NO_UNIT):
                yield from orders_for(view, verb, subject)
    rules = view.level.customs.selectivity
    if rules is not None and rules.desk:
        yield from orders_for(view, "select", "")


def _settings(view: View, _subject: str) -> tuple[Order, ...]:
    return tuple(
        Order("select", (name, to)) for name, now in view.selectivity.items() for to in settings(name) if to != now
    )


def _answers(view: View, _subject: str) -> tuple[Order, ...]:
    return tuple(
        Order("answer", (ring.id, answer.word))
        for ring in view.ringing()
        for answer in view.level.calls[ring.id].answers
    )


def _fills(view: View, subject: str) -> tuple[Order, ...]:
    if is_rake(view.units[subject]):
        return tuple(Order("fill", (subject, train)) for train in _grain_trains(view, subject))
    return tuple(Order("fill", (rake, subject)) for rake in _grain_rakes(view))


def _of_cranes(verb: str) -> Callable[[View, str], tuple[Order, ...]]:
    def orders(view: View, _subject: str) -> tuple[Order, ...]:
        machines = view.machines if verb == "repair" else {}
        return tuple(Order(verb, (name,)) for name in (*view.cranes, *machines))

    return orders


def _crane_orders(view: View, subject: str) -> tuple[Order, ...]:
    unit = view.units[subject]
    free = tuple(Order("crane", (name, subject)) for name in view.cranes)
    if unit.kind == "container" and "lift" in unit.jobs and not unit.did("lift"):
        free += _parts(view, unit)
    taken = (unit.id, *unit.partners)
    return free + tuple(Order("crane", (name, "off")) for name, crane in view.cranes.items() if crane.train in taken)


def _parts(view: View, train: Unit) -> tuple[Order, ...]:
    """Each crane of the row on its share of a train's wagons, so that none is in another's way."""
    count = len(view.cranes)
    ends = [train.wagons * place // count for place in range(count + 1)]
    shares = zip(view.cranes, ends, ends[1:], strict=False)
    return tuple(
        Order("crane", (name, train.id, f"{first + 1}-{last}")) for name, first, last in shares if last > first
    )


def _box_orders(view: View, verb: str, subject: str) -> tuple[Order, ...]:
    if subject in view.dossiers:
        boxes: Iterable[str] = view.dossiers[subject].boxes
    else:
        boxes = [number for number in view.units[subject].boxes if _worth_grounding(view, view.units[subject], number)]
    if verb == "ground":
        ways: tuple[tuple[str, ...], ...] = ((), *((block,) for block in view.blocks))
        off = [number for number in boxes if view.boxes[number].at != STACK]
        return tuple(Order(verb, (number, *way)) for number in off for way in ways)
    rakes = [unit.id for unit in view.units.values() if is_rake(unit) and unit.partners and unit.departed_s is None]
    return tuple(Order(verb, (number, rake)) for number in boxes if view.boxes[number].at == STACK for rake in rakes)


def _worth_grounding(view: View, unit: Unit, number: str) -> bool:
    uncleared = view.dossiers[view.boxes[number].consignment].state != "released"
    return uncleared or unit.boxes[number] in unit.overloaded


def _tracks(view: View, gauge: Gauge) -> list[str]:
    return [track.id for _, track in view.level.tracks.values() if track.gauge == gauge]


def _for_accept(view: View, subject: str) -> list[str]:
    unit, network = view.units[subject], view.network
    return [
        track
        for track in _tracks(view, unit.gauge)
        if unit.entry is not None and network.route(unit.entry, network.station_of[track], unit.gauge)
    ]


def _for_move(view: View, subject: str) -> list[str]:
    unit = view.units[subject]
    return [track for track in _tracks(view, unit.gauge) if track != unit.place]


def _rakes(view: View, _: str) -> list[str]:
    free = [
        u.id
        for u in view.units.values()
        if takes_boxes(u) and u.departed_s is None and (not u.partners or room_teu(view, u) > 0)
    ]
    return [*free, STACK]


def _grain_rakes(view: View) -> list[str]:
    return [u.id for u in view.units.values() if takes_grain(u) and not u.partners and u.departed_s is None]


def _grain_trains(view: View, _: str) -> list[str]:
    return [u.id for u in view.units.values() if u.kind == "grain" and not u.partners and "lift" in u.jobs]


def _wagons(view: View, subject: str) -> list[str]:
    unit = view.units[subject]
    if unit.fills:
        return [str(w + 1) for w, name in unit.fills.items() if view.dossiers[name].state != "released"]
    held = {unit.boxes[number] for number in unit.boxes if _worth_grounding(view, unit, number)}
    return [str(wagon + 1) for wagon in sorted(held)]


def _documents(view: View, subject: str) -> list[str]:
    papers = view.papers(subject)
    kinds = [document.kind for document in papers.documents] if papers else []
    known = {"licence": bool(view.rules), "danger": view.level.cargo is not None}
    known |= dict.fromkeys(("payment", "guarantee"), view.level.road is not None)
    absent = [kind for kind in ABSENT if kind not in kinds and known.get(kind, True)]
    return [*kinds, *absent]


def _meets(view: View, subject: str) -> tuple[Order, ...]:
    """Every meet of a train: at each loop of its way, with each other train of the line."""
    gauge = view.units[subject].gauge
    loops = [s.id for s in view.level.stations if s.role == "loop" and any(t.gauge == gauge for t in s.tracks)]
    others = [
        unit.id
        for unit in view.units.values()
        if unit.id != subject and unit.gauge == gauge and unit.gone_s is None and unit.kind != "container"
    ]
    return tuple(Order("meet", (subject, loop, other)) for loop in loops for other in others)


_CHOICES: dict[str, Callable[[View, str], list[str]]] = {
    "accept": _for_accept,
    "move": _for_move,
    "transfer": _rakes,
    "brake-test": lambda _view, _subject: ["full", "yard", "short"],
    "set-out": _wagons,
    "request": _documents,
    "lane": lambda _view, _subject: list(LANES),
    "drop-meet": lambda view, subject: list(view.units[subject].meets),
}
_WHOLE: dict[str, Callable[[View, str], tuple[Order, ...]]] = {
    "find": lambda _view, _subject: (),
    "select": _settings,
    "ground": lambda view, subject: _box_orders(view, "ground", subject),
    "load": lambda view, subject: _box_orders(view, "load", subject),
    "crane": _crane_orders,
    "fill": _fills,
    **{verb: _of_cranes(verb) for verb in _OF_NO_UNIT[:3]},
    "answer": _answers,
    "meet": _meets,
}
"""Orders whose first word is not the subject they are asked for."""
