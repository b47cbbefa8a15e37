"""The throats of a station drawn beside its tracks: a column for each, doubled where a route is set through it."""

from dataclasses import dataclass

from corridor_tui.level.base import Gauge
from corridor_tui.tui.throats import Throat

_ROUTE, _POINTS = "bold", "dim"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The columns to the left of the tracks are the throats to the east, those to the right the throats to the west; the first
    of a side stands outermost. `reach`: by throat the last track that it leads to, and the last one of a route through it; -1: none.
    """

    throats: list[Throat]
    tracks: list[tuple[str, Gauge]]
    reach: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, throats: list[Throat], tracks: list[tuple[str, Gauge]]) -> "Ladder":
        """The ladder of a station with these tracks from top to bottom, each with its gauge."""
        reach = {}
        for throat in throats:
            runs = max((at for at, (_name, gauge) in enumerate(tracks) if gauge in throat.gauges), default=-1)
            routed = max((at for at, (name, _gauge) in enumerate(tracks) if name in throat.tracks), default=-1)
            reach[throat.id] = (runs, routed)
        return cls(throats, tracks, reach)

    @property
    def east(self) -> list[Throat]:
        """The throats on the left, the outermost first."""
        return [throat for throat in self.throats if throat.east]

    @property
    def west(self) -> list[Throat]:
        """The throats on the right, the outermost first."""
        return [throat for throat in self.throats if not throat.east]

    @property
    def columns(self) -> int:
        """The cells they take."""
        return len(self.throats)

    def _side(self, *, east: bool) -> list[Throat]:
        return self.east if east else self.west

    def opening(self, begun: int, *, east: bool, new: bool) -> list[tuple[str, str]]:
        """The columns of a side in a row above the tracks, where so many throats have been named, the last one in this row or not."""
        signs = []
        for place, throat in enumerate(self._side(east=east)):
            routed = self.reach[throat.id][1] >= 0
            corner = ("╔" if east else "╗") if routed else ("┌" if east else "┐")
            sign = corner if new and place == begun - 1 else "║" if routed else "│"
            signs.append((sign if place < begun else " ", _ROUTE if routed else _POINTS))
        return signs if east else signs[::-1]

    def rung(self, place: int, *, east: bool) -> list[tuple[str, str]]:
        """The columns of a side beside a track."""
        name, gauge = self.tracks[place]
        signs: list[tuple[str, str]] = []
        crossed = joined = False
        for throat in self._side(east=east):
            runs, through = self.reach[throat.id]
            joins = gauge in throat.gauges
            if name in throat.tracks:
                signs.append((("╠" if east else "╣") if place < through else ("╚" if east else "╝"), _ROUTE))
                crossed = True
            elif place < through:
                signs.append(("╬" if crossed else "║", _ROUTE))
            elif crossed:
                signs.append(("╪" if place < runs else "═", _ROUTE))
            elif joins:
                signs.append((("├" if east else "┤") if place < runs else ("└" if east else "┘"), _POINTS))
            elif place < runs:
                signs.append(("┼" if joined else "│", _POINTS))
            else:
                signs.append(("─" if joined else " ", _POINTS))
            joined = joined or joins
        return signs if east else signs[::-1]

    def upright(self, place: int, *, east: bool) -> list[tuple[str, str]]:
        """The columns of a side between a track and the next one."""
        signs = []
        for throat in self._side(east=east):
            runs, through = self.reach[throat.id]
            signs.append(("║", _ROUTE) if place < through else ("│" if place < runs else " ", _POINTS))
        return signs if east else signs[::-1]

    def joint(self, place: int, *, east: bool) -> tuple[str, str]:
        """What joins a track to the columns of a side."""
        name, gauge = self.tracks[place]
        side = self._side(east=east)
        if any(name in throat.tracks for throat in side):
            return "═", _ROUTE
        return ("─", _POINTS) if any(gauge in throat.gauges for throat in side) else (" ", _POINTS)

    def lead(self, place: int, cells: int) -> tuple[str, str]:
        """What leads from the end of a track that is shorter than others to the columns on the right."""
        sign, look = self.joint(place, east=False)
        return ("·" if sign == "─" else sign) * cells, look
