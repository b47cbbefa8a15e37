"""What an automatic player has to look at: what was touched since it last looked, and who waits for what became free."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest

from corridor_tui.corridor.chain import stands_outside
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.dispatcher.turns import urgency_of
from corridor_tui.level.base import Gauge


class Agenda:
    """Keeps track of what changes, so that the work of a wake-up does not grow with the traffic."""

    def __init__(self) -> None:
        self._seen: int | None = None

    def due(self, view: View) -> tuple[dict[str, None], list[str]]:
        """The units to look at now, each once, at the first time all of them; and the kinds of what became free."""
        seen, self._seen = self._seen, view.touches
        if seen is None:
            return dict.fromkeys(view.units), []
        units, found, freed = view.units, dict[str, None](), list[str]()
        for name in view.touched_since(seen):
            unit = units.get(name)
            if unit is None:
                freed.append(name)
                continue
            found[name] = None
            for partner in unit.partners:
                found[partner] = None
                for other in units[partner].partners:
                    found[other] = None
        return found, freed


class Waiting:
    """Who waits for what: the units to look at again when something of a kind has become free."""

    def __init__(self) -> None:
        self._parked: dict[str, dict[str, None]] = {}

    def park(self, resource: str, name: str) -> None:
        """Let a unit wait for something of a kind, as `free_track` and the like name it."""
        self._parked.setdefault(resource, {})[name] = None

    def woken(self, freed: Iterable[str]) -> dict[str, None]:
        """Those who waited for what became free; they wait no longer."""
        found: dict[str, None] = {}
        for kind in freed:
            if kind in self._parked:
                found |= self._parked.pop(kind)
        return found


class Outside:
    """The trains at the neighbours for which no track was free: of like ones no more are woken than there are tracks."""

    def __init__(self) -> None:
        self._alike: dict[tuple[str | None, Gauge, int], tuple[tuple[str, ...], dict[str, None]]] = {}
        """By neighbour, gauge and how many tracks are long enough: what to wait for, and who waits."""

    def park(self, view: View, unit: Unit, kinds: tuple[str, ...]) -> None:
        """Let a train wait for a track of some kinds."""
        fit = sum(track.length_m >= unit.length_m for track in view.network.by_use(unit.gauge, "receiving"))
        self._alike.setdefault((unit.entry, unit.gauge, fit), (kinds, {}))[1][unit.id] = None

    def woken(self, view: View, freed: list[str]) -> dict[str, None]:
        """The most urgent of those who waited for what became free; they wait no longer."""
        return dict.fromkeys(self._chosen(view, freed))

    def _chosen(self, view: View, freed: list[str]) -> Iterator[str]:
        among = frozenset(freed)
        for (_, gauge, fit), (kinds, names) in self._alike.items():
            if not among.isdisjoint(kinds):
                tracks = view.network.by_use(gauge, "receiving")[-fit:]
                free = sum(track.id not in view.holds for track in tracks)
                there = [unit for unit in map(view.units.get, names) if unit is not None and stands_outside(unit)]
                first = nsmallest(free, there, key=lambda unit: urgency_of(unit, view.now_s))
                chosen = [unit.id for unit in first]
                names.clear()
                names.update(dict.fromkeys(unit.id for unit in there if unit.id not in chosen))
                yield from chosen
