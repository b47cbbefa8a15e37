"""The network of a level as movements see it: which line leads where on which gauge, through which throats."""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

from corridor_tui.level.base import GAUGES, Gauge
from corridor_tui.level.model import Level
from corridor_tui.level.plant import LineTrack, RailLine, Slow, Station, Track


@dataclass(frozen=True, slots=True)
class Stretch:
    """A speed restriction: from and until when, and between which kilometres of its line."""

    start_s: int
    until_s: int
    kmh: float
    from_km: float
    to_km: float


@dataclass(frozen=True, slots=True)
class Hop:
    """The way from one place to the next on one line track.

    `speed_kmh` is what a light train runs, `heavy` the mass in tonnes from which on it runs no faster than a speed in km/h.
    `sections` stand in the order in which they are run; `out` and `into` are throats, None at a neighbour's station;
    `section_s` is the running time of one section by a light train, `out_s` and `into_s` how long the throats are held,
    `stop_s` what a train loses that had to stop before it. `windows_s` are the seconds in which nothing sets off.
    """

    length_km: float
    speed_kmh: float
    heavy: tuple[float, float] | None
    track: str
    forward: bool
    sections: tuple[str, ...]
    out: str | None
    into: str | None
    section_s: int
    out_s: int
    into_s: int
    stop_s: int
    shunting: bool
    paths_s: tuple[int, ...]
    windows_s: tuple[tuple[int, int], ...]
    slow_s: tuple["Stretch", ...]

    def run_s(self, mass_t: float, now_s: int, index: int = 0) -> int:
        """The seconds a train of a mass needs for its `index`-th section if it sets off now."""
        speed, plain_s = self.speed_kmh, self.section_s
        if self.heavy is not None:
            heavy_t, heavy_kmh = self.heavy
            speed += (heavy_kmh - speed) * min(1.0, mass_t / heavy_t)
            plain_s = max(1, round(self.section_s * self.speed_kmh / speed))
        if not self.slow_s:
            return plain_s
        slow = [stretch for stretch in self.slow_s if stretch.start_s <= now_s < stretch.until_s]
        return max(1, plain_s + round(self._lost_s(slow, speed, index))) if slow else plain_s

    def _lost_s(self, slow: list["Stretch"], speed: float, index: int) -> float:
        """The seconds that restrictions cost over a section; where two overlap the lower speed holds."""
        each = self.length_km / len(self.sections)
        first = each * (index if self.forward else len(self.sections) - 1 - index)
        edges = {first, first + each}
        for stretch in slow:
            edges |= {km for km in (stretch.from_km, stretch.to_km) if first < km < first + each}
        lost = 0.0
        for start, end in pairwise(sorted(edges)):
            limit = min([speed, *(one.kmh for one in slow if one.from_km <= start and end <= one.to_km)])
            lost += (end - start) * (1 / limit - 1 / speed) * 3_600
        return lost

    def open_s(self, now_s: int) -> int:
        """The first second from now on at which a train may set off."""
        return next((until for start, until in self.windows_s if start <= now_s < until), now_s)

    def length_s(self, mass_t: float, now_s: int) -> int:
        """The seconds from setting off until it is through the far throat."""
        ends_s = (self.into_s if self.into else 0) + (self.out_s if self.out else 0)
        return self.all_s(mass_t, now_s) + ends_s

    def all_s(self, mass_t: float, now_s: int) -> int:
        """The seconds a train needs for all sections."""
        return sum(self.run_s(mass_t, now_s, index) for index in range(len(self.sections)))


@dataclass(frozen=True, slots=True)
class Berth:
    """A track of a station as one is looked for: the level's own, whose values take several times as long to read."""

    id: str
    use: str
    length_m: float


class Network:
    """Answers where a unit may go next. Built once for a level."""

    def __init__(self, level: Level) -> None:
        self.stations = {station.id: station for station in level.stations}
        self.station_of = {track: station.id for track, (station, _) in level.tracks.items()}
        self.terminal = level.terminal.station
        self.silo = None if level.grain is None else level.grain.station
        """The stations at which loads go over: over the cranes, and through the silo."""
        self._uses: dict[tuple[int, str], tuple[Berth, ...]] = {}
        yard: dict[Gauge, list[Track]] = {1435: [], 1520: []}
        for station, each in level.tracks.values():
            if station.role != "loop":
                yard[each.gauge].append(each)
        self._own: dict[tuple[int, str], tuple[Berth, ...]] = {}
        for gauge in GAUGES:
            tracks = sorted(
                (Berth(one.id, one.use, one.length_m) for one in yard[gauge]), key=lambda t: (t.length_m, t.id)
            )
            for use in ("receiving", "departure", "crane", "storage", "grain"):
                own = self._own[(gauge, use)] = tuple(track for track in tracks if track.use == use)
                either = tuple(track for track in tracks if track.use in ("receiving", "departure"))
                self._uses[(gauge, use)] = own or (either if use in ("receiving", "departure") else ())
        self._far: dict[tuple[str | None, int], tuple[str, ...]] = {}
        self._hops: dict[tuple[str, str, int], tuple[Hop, ...]] = {}
        for line in level.lines:
            for track in line.tracks:
                self._add(level, line, track, forward=True)
                self._add(level, line, track, forward=False)
        self._routes: dict[tuple[str, str, int], tuple[str, ...]] = {}
        self._shut: dict[str, list[Hop]] = {}
        self._slow: dict[str, list[Hop]] = {}
        for hop in self.all_hops():
            if hop.windows_s:
                self._shut.setdefault(hop.track, []).append(hop)
            if hop.slow_s:
                self._slow.setdefault(hop.track, []).append(hop)
        self.has_loops = any(station.role == "loop" for station in level.stations)

    def _add(self, level: Level, line: RailLine, track: LineTrack, *, forward: bool) -> None:
        ends = (line.start, line.end) if forward else (line.end, line.start)
        start, end = (self.stations[end.partition(".")[0]] for end in ends)
        numbers = range(1, track.sections + 1)
        hop = Hop(
            line.length_km,
            line.speed_kmh,
            None if line.heavy_t is None or line.heavy_kmh is None else (line.heavy_t, line.heavy_kmh),
            track.id,
            forward,
            tuple(f"{track.id}/{n}" for n in (numbers if forward else reversed(numbers))),
            _throat(start, ends[0]),
            _throat(end, ends[1]),
            max(1, round(line.length_km / track.sections / line.speed_kmh * 3_600)),
            round(start.throat_min * 60),
            round(end.throat_min * 60),
            round(line.stop_min * 60),
            line.shunting,
            tuple(sorted(level.at_s(path) for path in line.paths)) if forward else (),
            tuple((level.at_s(w.start), level.at_s(w.until)) for w in line.windows if w.track == track.id),
            tuple(_stretch(level, line, slow) for slow in line.slow),
        )
        key = (start.id, end.id, track.gauge)
        self._hops[key] = (*self._hops.get(key, ()), hop)

    def by_use(self, gauge: Gauge, use: str) -> tuple[Berth, ...]:
        """Tracks of a gauge meant for a use, the shortest first; receiving and departure tracks stand in for each other."""
        return self._uses[(gauge, use)]

    def only_for(self, gauge: Gauge, use: str) -> tuple[Berth, ...]:
        """Tracks of a gauge that are meant for a use and no other."""
        return self._own.get((gauge, use), ())

    def hops(self, start: str, end: str, gauge: Gauge) -> tuple[Hop, ...]:
        """The line tracks that lead straight from one place to the next; none where no line does."""
        return self._hops.get((start, end, gauge), ())

    def hop(self, start: str, end: str, gauge: Gauge) -> Hop | None:
        """The first of them, or None."""
        return next(iter(self.hops(start, end, gauge)), None)

    def all_hops(self) -> tuple[Hop, ...]:
        """Every hop of the network."""
        return tuple(hop for hops in self._hops.values() for hop in hops)

    def shut_until(self, track: str, now_s: int) -> int | None:
        """The end of the window in which a line track is closed now; None where it is open."""
        for hop in self._shut.get(track, ()):
            if (until := hop.open_s(now_s)) > now_s:
                return until
        return None

    def slowest(self, track: str, now_s: int) -> Stretch | None:
        """The lowest speed restriction that holds on a line track now; None where there is none."""
        slow = [
            each for hop in self._slow.get(track, ()) for each in hop.slow_s if each.start_s <= now_s < each.until_s
        ]
        return min(slow, key=lambda each: each.kmh, default=None)

    def route(self, start: str, end: str, gauge: Gauge) -> tuple[str, ...]:
        """The places from one station to another, both included, with nothing but loops between; empty: there is no way."""
        key = (start, end, gauge)
        if key not in self._routes:
            self._routes[key] = self._search(start, end, gauge)
        return self._routes[key]

    def _search(self, start: str, end: str, gauge: Gauge) -> tuple[str, ...]:
        came: dict[str, tuple[str, ...]] = {start: (start,)}
        waiting = deque([start])
        while waiting:
            place = waiting.popleft()
            if place == end:
                return came[place]
            if place != start and self.stations[place].role != "loop":
                continue
            for here, there, on in self._hops:
                if here == place and on == gauge and there not in came:
                    came[there] = (*came[place], there)
                    waiting.append(there)
        return ()

    def run_out_s(self, neighbour: str | None) -> int:
        """The running time of a light load from the nearest station to a neighbour, in seconds; 0 where no broad line leads there."""
        ways = [
            self.route(place.id, neighbour or "", 1520) for place in self.stations.values() if place.role == "station"
        ]
        runs = [sum(self._passage_s(*ends) for ends in pairwise(way)) for way in ways if way]
        return min(runs, default=0)

    def way_back(self, neighbour: str, gauge: Gauge) -> tuple[Hop, ...]:
        """The line tracks that lead straight from a neighbour to a station of ours; empty where none does."""
        ways = (self.hops(neighbour, place.id, gauge) for place in self.stations.values() if place.role == "station")
        return next((hops for hops in ways if hops), ())

    def run_light_s(self, neighbour: str, gauge: Gauge) -> int:
        """The running time of a light engine back from a neighbour, in seconds."""
        return min(
            (hop.section_s * len(hop.sections) + hop.into_s for hop in self.way_back(neighbour, gauge)), default=0
        )

    def _passage_s(self, start: str, end: str) -> int:
        hop = self.hops(start, end, 1520)[0]
        return hop.section_s * len(hop.sections) + hop.out_s

    def is_far(self, start: str | None, track: str | None, gauge: Gauge) -> bool:
        """Whether there are loops between a station and a track, so that the track is locked only from the last of them."""
        if start is None or track not in self.station_of:
            return False
        return len(self.route(start, self.station_of[track], gauge)) > 2

    def far_tracks(self, start: str | None, gauge: Gauge) -> tuple[str, ...]:
        """The receiving tracks between which and a place there are loops."""
        key = (start, gauge)
        if key not in self._far:
            known = (track.id for track in self.by_use(gauge, "receiving"))
            self._far[key] = tuple(track for track in known if self.is_far(start, track, gauge))
        return self._far[key]

    def room(self, place: str, gauge: Gauge, length_m: float) -> tuple[str, ...] | None:
        """The tracks of a loop that are long enough for a train; None at a place that is no loop."""
        station = self.stations[place]
        if station.role != "loop":
            return None
        return tuple(track.id for track in station.tracks if track.gauge == gauge and track.length_m >= length_m)

    def throat(self, station: str) -> str:
        """The throat that movements within a station use."""
        return f"{station}.{self.stations[station].throats[0]}"


def _stretch(level: Level, line: RailLine, slow: Slow) -> Stretch:
    to_km = line.length_km if slow.to_km is None else slow.to_km
    return Stretch(level.at_s(slow.start), level.at_s(slow.until), slow.speed_kmh, slow.from_km, to_km)


def _throat(station: Station, name: str) -> str | None:
    return None if station.role == "neighbour" else name
