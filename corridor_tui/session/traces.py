"""Where each train has been: points in time and kilometres, folded from the events that the desk is told of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corridor_tui.corridor.events import Event
from corridor_tui.level.base import Gauge
from corridor_tui.level.model import Level

KEPT_S = 86_400
"""How long a train that has gone is remembered."""


class Axis:
    """The stations by the kilometres of the lines between them; a station that no line leads to stands at its own."""

    def __init__(self, level: Level) -> None:
        stations = sorted(level.stations, key=lambda station: (station.km, station.id))
        self.km: dict[str, float] = {stations[0].id: stations[0].km}
        names = {line.id: (line.start.partition(".")[0], line.end.partition(".")[0]) for line in level.lines}
        of = {station.id: station for station in stations}
        for _ in stations:
            for line in level.lines:
                for here, there in (names[line.id], names[line.id][::-1]):
                    if here in self.km and there not in self.km:
                        way = 1 if of[there].km >= of[here].km else -1
                        self.km[there] = self.km[here] + way * line.length_km
        for station in stations:
            self.km.setdefault(station.id, station.km)
        self.stations = sorted(stations, key=lambda station: self.km[station.id])
        self.track_km = {name: self.km[station.id] for name, (station, _) in level.tracks.items()}
        self.sections: dict[str, tuple[float, float]] = {}
        """The kilometres between which each section lies."""
        self.gauges: dict[str, Gauge] = {}
        """The gauge of each section."""
        for line in level.lines:
            start, end = (self.km[name] for name in names[line.id])
            for track in line.tracks:
                for number in range(track.sections):
                    first, last = (start + (end - start) * part / track.sections for part in (number, number + 1))
                    self.sections[f"{track.id}/{number + 1}"] = (first, last)
                    self.gauges[f"{track.id}/{number + 1}"] = track.gauge

    @property
    def ends(self) -> tuple[float, float]:
        """The first and the last kilometre."""
        return self.km[self.stations[0].id], self.km[self.stations[-1].id]


@dataclass(slots=True)
class Trace:
    """The points of one train; `far` is the end of the section it runs to, where it is on one. `gauge`: of the lines it ran on."""

    gauge: Gauge | None = None
    points: list[tuple[int, float]] = field(default_factory=list)
    far: float | None = None
    gone_s: int | None = None

    def add(self, at_s: int, km: float) -> None:
        """Take in where it is at a second; while it stands only the first and the last second are kept."""
        if len(self.points) > 1 and self.points[-1][1] == self.points[-2][1] == km:
            self.points[-1] = (at_s, km)
        elif not self.points or self.points[-1] != (at_s, km):
            self.points.append((at_s, km))


class Traces:
    """The traces of all trains, brought up to date with the events that are new."""

    def __init__(self, level: Level) -> None:
        self.axis = Axis(level)
        self.of: dict[str, Trace] = {}
        self._neighbours = {station.id for station in level.stations if station.role == "neighbour"}
        self._takes: dict[str, Callable[[Trace, int, str], None]] = {
            "entered": self._entered, "signal": self._at_signal, "in_loop": self._on_track, "arrived": self._on_track,
            "departed": self._on_track, "freed": self._freed, "stood": self._on_track,
        }  # fmt: skip

    def read(self, events: Sequence[Event]) -> None:
        """Take in what has happened since; every event once."""
        for event in events:
            if event.code in self._takes:
                trace = self.of.setdefault(str(event.args[0]), Trace())
                self._takes[event.code](trace, event.t, str(event.args[1]))
            elif event.code == "gone":
                trace = self.of.setdefault(str(event.args[0]), Trace())
                if trace.far is not None:
                    trace.add(event.t, trace.far)
                trace.gone_s = event.t
                old = [name for name, one in self.of.items() if (one.gone_s or event.t) < event.t - KEPT_S]
                for name in old:
                    del self.of[name]

    def _entered(self, trace: Trace, at_s: int, element: str) -> None:
        if element not in self.axis.sections:
            return
        ends, trace.gauge = self.axis.sections[element], self.axis.gauges[element]
        if trace.gone_s is not None or not trace.points:
            trace.points, trace.gone_s = [], None
            # who comes from a neighbour comes from the end of the line, be it the upper or the lower one
            near = min(ends, key=lambda km: min(abs(km - end) for end in self._entries()))
        else:
            last = trace.points[-1][1]
            near = min(ends, key=lambda km: abs(km - last))
        trace.far = ends[1] if near == ends[0] else ends[0]
        trace.add(at_s, near)

    def _entries(self) -> list[float]:
        return [self.axis.km[name] for name in self._neighbours] or list(self.axis.ends)

    def _at_signal(self, trace: Trace, at_s: int, _element: str) -> None:
        """It has come to the end of its section and stops; in a loop or station it stands where it is."""
        if trace.far is not None:
            trace.add(at_s, trace.far)

    def _on_track(self, trace: Trace, at_s: int, track: str) -> None:
        km = self.axis.track_km.get(track)
        if km is not None:
            trace.far = None if trace.far is None or abs(km - trace.far) < 1e-6 else trace.far
            trace.add(at_s, km)

    def _freed(self, trace: Trace, at_s: int, element: str) -> None:
        """It has left a track of a loop: it stood there until now."""
        if element in self.axis.track_km:
            trace.add(at_s, self.axis.track_km[element])
