"""Entry and exit: which order brings a train from where it is to what was picked, and what lies on its way."""

from itertools import pairwise

from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.tui.things import PLACE, TRACK


def place_meant(view: View, picked: str) -> str:
    """The key of the place that was picked: of a train that stands on a track that track, else itself."""
    unit = view.units.get(picked)
    stands = unit is not None and not unit.moving and unit.place in view.level.tracks
    return f"{TRACK}{unit.place}" if unit is not None and stands else picked


def order_to(unit: Unit, target: str) -> Order | None:
    """The order for a train and the key of a destination; None where that is no destination."""
    if target.startswith(PLACE):
        return Order("depart", (unit.id,))
    if not target.startswith(TRACK):
        return None
    verb = "accept" if unit.arrived_s is None else "move"
    return Order(verb, (unit.id, target.removeprefix(TRACK)))


def way(view: View, unit: Unit, target: str) -> tuple[str, ...]:
    """The throats, sections and the track that a train would run over, in their order; empty where there is no way."""
    network = view.network
    station_of, goal = network.station_of, target.partition(":")[2]
    end = goal if target.startswith(PLACE) else station_of.get(goal, "")
    start = unit.entry if unit.arrived_s is None else station_of.get(unit.place or "", "")
    if start is None or not start or not end:
        return ()
    if goal in view.level.tracks and view.level.tracks[goal][1].gauge != unit.gauge:
        return ()
    last = (goal,)
    if start == end:
        return (network.throat(start), *last)
    found: list[str] = []
    for here, there in pairwise(network.route(start, end, unit.gauge)):
        hop = network.hops(here, there, unit.gauge)[0]
        found += [part for part in (hop.out, *hop.sections, hop.into) if part is not None]
    return (*found, *last) if found else ()


def blocked(view: View, unit: Unit, parts: tuple[str, ...]) -> list[str]:
    """What of a way others hold, and who: it will have to wait for them."""
    return [
        _("{part} by {train}", part=part, train=view.holds[part])
        for part in parts
        if view.holds.get(part, unit.id) != unit.id
    ]
