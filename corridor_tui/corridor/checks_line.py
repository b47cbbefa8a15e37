"""When the orders about the line are accepted or refused: who waits in which loop, who runs back, who fits where."""

from collections.abc import Callable
from itertools import pairwise

from corridor_tui.corridor.chain import departs_to
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View


def line_route(view: View, unit: Unit) -> tuple[str, ...]:
    """The places a unit runs over on its way in or out; empty where it is on no way."""
    station = view.level.tracks[unit.accepted][0].id if unit.accepted in view.level.tracks else None
    if unit.departed_s is None and unit.arrived_s is None and unit.entry is not None and station is not None:
        return view.network.route(unit.entry, station, unit.gauge)
    goal, start = departs_to(unit), view.left_from.get(unit.id)
    return () if goal is None or start is None else view.network.route(start, goal, unit.gauge)


def where(view: View, unit: Unit, route: tuple[str, ...]) -> tuple[int | None, str | None]:
    """The index of the last place of its route that a train has come to, and the line track on which it has left it."""
    place = unit.place or ""
    if place in view.level.tracks:
        station = view.level.tracks[place][0].id
        return (route.index(station), None) if station in route else (None, None)
    if place in route:
        return route.index(place), None
    for index, (here, there) in enumerate(pairwise(route)):
        for hop in view.network.hops(here, there, unit.gauge):
            if place in hop.sections:
                return index, hop.track
    return None, None


def loops_fit(view: View, unit: Unit, route: tuple[str, ...]) -> Refusal | None:
    """Why a unit cannot be taken over a route: a loop on it is too short for it."""
    for place in route:
        if view.room(place, unit.gauge, unit.length_m) == ():
            return because("loop_short", view.network.stations[place].name.own, unit.id, round(unit.length_m))
    return None


def keeps_its_track(view: View, unit: Unit, track: str) -> Refusal | None:
    """Why an accepted train cannot be given another track: only from the last loop on is the one it has locked."""
    before = unit.accepted or ""
    if before == track or not view.network.is_far(unit.entry, before, unit.gauge):
        return because("already_accepted", unit.id, before)
    if view.holds.get(before) == unit.id:
        return because("track_locked", unit.id, before)
    station_of = view.network.station_of
    return (
        None if station_of.get(track, station_of[before]) == station_of[before] else because("no_way", unit.id, track)
    )


def _on_the_line(view: View, name: str) -> Unit | Refusal:
    unit = view.units.get(name)
    if unit is None:
        return because("no_unit", name)
    return unit if unit.gone_s is None else because("has_left", name)


def _comes_to(view: View, unit: Unit, place: str) -> bool:
    """Whether a train still comes to a loop, or stands in it; those not on the line yet are given the benefit of the doubt."""
    route = line_route(view, unit)
    if not route or not unit.moving:
        return unit.arrived_s is None or departs_to(unit) is not None
    at, running = where(view, unit, route)
    return at is None or place in route[at + (running is not None) :]


def _meet(view: View, name: str, place: str, other: str) -> Refusal | None:
    unit, met = _on_the_line(view, name), _on_the_line(view, other)
    if isinstance(unit, Refusal):
        return unit
    if isinstance(met, Refusal):
        return met
    station = view.network.stations.get(place)
    if station is None or station.role != "loop":
        return because("no_loop", place)
    if name == other:
        return because("meets_itself", name)
    if unit.meets.get(place) == other:
        return because("meet_is_so", name, station.name.own, other)
    for each in (unit, met):
        if fault := loops_fit(view, each, (place,)):
            return fault
        if not _comes_to(view, each, place):
            return because("is_past", each.id, station.name.own)
    return _room_for_two(view, unit, met, place)


def _room_for_two(view: View, unit: Unit, met: Unit, place: str) -> Refusal | None:
    """Why two trains cannot be in a loop at once: both need the one track that is long enough."""
    room = view.room
    tracks = {
        *(room(place, unit.gauge, unit.length_m) or ()),
        *(room(place, met.gauge, met.length_m) or ()),
    }
    if len(tracks) > 1:
        return None
    return because("no_room_to_meet", view.network.stations[place].name.own, unit.id, met.id, *tracks)


def _drop_meet(view: View, name: str, place: str) -> Refusal | None:
    unit = _on_the_line(view, name)
    if isinstance(unit, Refusal):
        return unit
    return None if place in unit.meets else because("no_meet", name, place)


def _back(view: View, name: str) -> Refusal | None:
    unit = _on_the_line(view, name)
    if isinstance(unit, Refusal):
        return unit
    here = view.level.tracks.get(unit.place or "")
    if here is None or here[0].role != "loop" or unit.waiting_at is None:
        return because("not_in_loop", name)
    if unit.backing:
        return because("already_ordered", name, "back")
    behind = place_behind(view, unit)
    return None if behind is not None else because("no_loop_behind", name)


def place_behind(view: View, unit: Unit) -> str | None:
    """The loop behind a train that stands in one, or None where there is none."""
    route = line_route(view, unit)
    here = view.level.tracks[unit.place][0].id if unit.place in view.level.tracks else ""
    at = route.index(here) if here in route else 0
    return route[at - 1] if at > 0 and view.network.stations[route[at - 1]].role == "loop" else None


CHECKS: dict[str, Callable[..., Refusal | None]] = {"meet": _meet, "drop-meet": _drop_meet, "back": _back}
