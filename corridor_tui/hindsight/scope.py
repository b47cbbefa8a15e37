"""For which levels there is a bound, and where each of their units runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor_tui.corridor.network import Hop, Network
from corridor_tui.language import N_, _
from corridor_tui.level.base import DESKS, Gauge
from corridor_tui.level.disruptions import LateTrain
from corridor_tui.level.model import Level
from corridor_tui.session.shift import TRAINEE

MOST_TRAINS = 8
MOST_BOXES = 400
MOST_CONSIGNMENTS = 80
"""Beyond these the solver has no answer within minutes that says anything; tried on the shipped levels."""


class NoBoundError(ValueError):
    """A level for which there is no bound; the message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest movement between two places: over which line track if there is but one, and its least seconds.

    `freed_s`: from setting off until the track left is free. `first_s`: until another may follow in the same direction, or
    None: only once it is there. `all_s`: until it is there, if the throat before its end is free. `into_s`: how long it
    takes through that. `out` and `into`: the throats, None at a neighbour's. `paths_s`: the seconds of the day at which it
    may be left, if only then.
    """

    track: str | None
    forward: bool
    freed_s: int
    first_s: int | None
    all_s: int
    into_s: int
    out: str | None
    into: str | None
    paths_s: tuple[int, ...]


class Layout:
    """A station, a terminal behind it and the neighbours around them. Raises `NoBoundError` where it is anything else."""

    def __init__(self, level: Level) -> None:
        network = self._network = Network(level)
        stations = [place.id for place in level.stations if place.role == "station"]
        terminals = [place for place in level.stations if place.role == "terminal"]
        if len(stations) != 1 or [place.id for place in terminals] != [level.terminal.station]:
            raise NoBoundError(_("its network is more than one station with one terminal"))
        self.station, self.terminal = stations[0], terminals[0].id
        if any(pool.turns for pool in level.locomotives):
            raise NoBoundError(_("its locomotives come back over the line by themselves"))
        if any(place.role == "loop" for place in level.stations):
            raise NoBoundError(_("trains meet in loops on its line"))
        cranes = {place.id for place, track in level.tracks.values() if track.use == "crane"}
        if cranes != {self.terminal} or any(track.use != "crane" for track in terminals[0].tracks):
            raise NoBoundError(_("it has crane tracks outside the terminal, or other tracks in it"))
        for hop_ends in ((place.id, self.terminal) for place in level.stations if place.role == "neighbour"):
            if any(network.hops(*ends, gauge) for ends in (hop_ends, hop_ends[::-1]) for gauge in (1435, 1520)):
                raise NoBoundError(_("a line leads to its terminal past the station"))

    def way_in(self, entry: str, gauge: Gauge) -> Way | None:
        """From a neighbour onto a track of the station."""
        hops = self._network.hops(entry, self.station, gauge)
        return _way(hops, [(0, _runs(hop), hop.into_s) for hop in hops])

    def way_out(self, goal: str, gauge: Gauge) -> Way | None:
        """From the station to a neighbour."""
        hops = self._network.hops(self.station, goal, gauge)
        return _way(hops, [(hop.out_s, _runs(hop), 0) for hop in hops])

    def pull(self, gauge: Gauge, takes_s: int, *, out: bool) -> Way | None:
        """Between the station and a crane track; `out`: away from the cranes."""
        ends = (self.terminal, self.station) if out else (self.station, self.terminal)
        hops = [hop for hop in self._network.hops(*ends, gauge) if hop.shunting]
        if not hops:
            return None
        whole_s = min(max(takes_s, hop.out_s + 1 + hop.into_s) for hop in hops)
        single = hops[0].track if len(hops) == 1 and len(hops[0].sections) == 1 else None
        freed_s, into_s = min(hop.out_s for hop in hops), min(hop.into_s for hop in hops)
        return Way(single, not out, freed_s, None, whole_s, into_s, *_throats(hops), ())


def _runs(hop: Hop) -> list[int]:
    """The least seconds of each section, whatever the train weighs; a restriction only adds to them."""
    return [min(hop.run_s(mass_t, -1, index) for mass_t in (0.0, 1e9)) for index in range(len(hop.sections))]


def _way(hops: tuple[Hop, ...], parts: list[tuple[int, list[int], int]]) -> Way | None:
    if not hops:
        return None
    alone = len(hops) == 1
    all_s = min(out_s + sum(runs) + into_s for out_s, runs, into_s in parts)
    first_s = min(out_s + runs[0] for out_s, runs, _ in parts)
    free = any(not hop.paths_s for hop in hops)
    paths = () if free else tuple(sorted({at_s for hop in hops for at_s in hop.paths_s}))
    freed_s, into_s = min(out_s for out_s, _, _ in parts), min(into_s for _, _, into_s in parts)
    follows_s = None if len(hops[0].sections) == 1 else first_s
    track = hops[0].track if alone else None
    return Way(track, hops[0].forward, freed_s, follows_s, all_s, into_s, *_throats(hops), paths)


def _throats(hops: Sequence[Hop]) -> tuple[str | None, str | None]:
    """The throats at both ends, where every way leads through the same."""
    out, into = {hop.out for hop in hops}, {hop.into for hop in hops}
    return out.pop() if len(out) == 1 else None, into.pop() if len(into) == 1 else None


def left_out(level: Level) -> tuple[str, ...]:
    """What of a level the solver's corridor leaves out: each can only take points away, so that the bound holds with it."""
    there = {
        "clearance": len(level.terminal.cranes) > 1,
        "disruptions": bool(level.disruptions),
        "windows": any(line.windows or line.slow for line in level.lines),
    }
    return tuple(name for name, is_there in there.items() if is_there)


def check_scope(level: Level) -> Layout:
    """The layout of a level for which there is a bound; raises `NoBoundError` where there is none."""
    faults = (
        (level.shift.settle_h is not None, _("its trains are settled on the way")),
        (bool(level.services), _("its trains are drawn from services")),
        (level.budget is not None, _("its plant can be bought")),
        (level.grain is not None, _("it has a grain terminal")),
        (level.road is not None, _("lorries come to its terminal")),
        (bool(level.terminal.machines), _("machines work in its stack")),
        (level.terminal.twin_times is not None, _("its cranes lift two boxes at once")),
        (level.customs.selectivity is not None and level.customs.selectivity.desk, _("its desk sets the lanes")),
        (any(rake.back is not None for rake in level.rakes), _("its rakes come back")),
        (any(level.wagon_types[rake.wagon].gauge != 1520 for rake in level.rakes), _("it has rakes of 1435 mm")),
        (any(train.due_there is not None for train in level.trains), _("the running on its line counts too")),
        (any(level.player(desk) != TRAINEE for desk in DESKS), _("not every desk is the trainee's")),
        (any(isinstance(item, LateTrain) for item in level.disruptions), _("a neighbour may report its trains late")),
    )
    for there, why in faults:
        if there:
            raise NoBoundError(why)
    boxes = sum(train.feu + train.twenties for train in level.trains)
    consignments = sum(train.consignments for train in level.trains)
    sizes = (
        (
            len(level.trains),
            MOST_TRAINS,
            N_("it is too large: {count} trains, and the solver takes {most} at the most"),
        ),
        (boxes, MOST_BOXES, N_("it is too large: {count} containers, and the solver takes {most} at the most")),
        (
            consignments,
            MOST_CONSIGNMENTS,
            N_("it is too large: {count} consignments, and the solver takes {most} at the most"),
        ),
    )
    for count, most, text in sizes:
        if count > most:
            raise NoBoundError(_(text, count=count, most=most))
    return Layout(level)
