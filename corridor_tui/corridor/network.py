"""The network of a level as movements see it: which line leads where on which gauge, through which throats."""

from dataclasses import dataclass

from corridor_tui.level.base import Gauge
from corridor_tui.level.model import Level
from corridor_tui.level.plant import LineTrack, RailLine, Station, Track


@dataclass(frozen=True, slots=True)
class Hop:
    """The way from one station to the next on one line track.

    `sections` stand in the order in which they are run; `out` and `into` are throats, None at a neighbour's station;
    `section_s` is the running time of one section, `out_s` and `into_s` how long the throats are held.
    """

    line: str
    track: str
    forward: bool
    sections: tuple[str, ...]
    out: str | None
    into: str | None
    section_s: int
    out_s: int
    into_s: int
    shunting: bool
    paths_s: tuple[int, ...]


class Network:
    """Answers where a unit may go next. Built once for a level."""

    def __init__(self, level: Level) -> None:
        self.stations = {station.id: station for station in level.stations}
        self.station_of = {track: station.id for track, (station, _) in level.tracks.items()}
        self._uses: dict[tuple[int, str], tuple[Track, ...]] = {}
        for gauge in (1435, 1520):
            tracks = sorted(
                (track for _, track in level.tracks.values() if track.gauge == gauge), key=lambda t: (t.length_m, t.id)
            )
            for use in ("receiving", "departure", "crane", "storage", "grain"):
                own = tuple(track for track in tracks if track.use == use)
                either = tuple(track for track in tracks if track.use in ("receiving", "departure"))
                self._uses[(gauge, use)] = own or (either if use in ("receiving", "departure") else ())
        self._hops: dict[tuple[str, str, int], Hop] = {}
        for line in level.lines:
            for track in line.tracks:
                self._add(level, line, track, forward=True)
                self._add(level, line, track, forward=False)

    def _add(self, level: Level, line: RailLine, track: LineTrack, *, forward: bool) -> None:
        ends = (line.start, line.end) if forward else (line.end, line.start)
        start, end = (self.stations[end.partition(".")[0]] for end in ends)
        numbers = range(1, track.sections + 1)
        hop = Hop(
            line.id,
            track.id,
            forward,
            tuple(f"{track.id}/{n}" for n in (numbers if forward else reversed(numbers))),
            _throat(start, ends[0]),
            _throat(end, ends[1]),
            max(1, round(line.length_km / track.sections / line.speed_kmh * 3_600)),
            round(start.throat_min * 60),
            round(end.throat_min * 60),
            line.shunting,
            tuple(sorted(level.at_s(path) for path in line.paths)) if forward else (),
        )
        self._hops[(start.id, end.id, track.gauge)] = hop

    def by_use(self, gauge: Gauge, use: str) -> tuple[Track, ...]:
        """Tracks of a gauge meant for a use, the shortest first; receiving and departure tracks stand in for each other."""
        return self._uses[(gauge, use)]

    def hop(self, start: str, end: str, gauge: Gauge) -> Hop | None:
        """The direct way between two stations on a gauge, or None."""
        return self._hops.get((start, end, gauge))

    def throat(self, station: str) -> str:
        """The throat that movements within a station use."""
        return f"{station}.{self.stations[station].throats[0]}"


def _throat(station: Station, name: str) -> str | None:
    return None if station.role == "neighbour" else name
