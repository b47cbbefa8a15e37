"""What an automatic player has to look at: what was touched since it last looked, and who waits for what became free."""

from collections.abc import Iterable
from functools import partial
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

    def due(self, view: View) -> tuple[dict[str, Unit], list[str]]:
        """The units to look at now by their names, at the first time all of them; and the kinds of what became free."""
        seen, self._seen = self._seen, view.touches
        units = view.units
        if seen is None:
            return dict(units), []
        found: dict[str, Unit] = {}
        freed: list[str] = []
        for name in view.touched_since(seen):
            unit = units.get(name)
            if unit is None:
                freed.append(name)
                continue
            found[name] = unit
            for partner in unit.partners:
                found[partner] = other = units[partner]
                if len(other.partners) > 1:
                    found.update((third, units[third]) for third in other.partners)
        return found, freed


class Waiting:
    """Who waits for what: the units to look at again when something of a kind has become free."""

    def __init__(self) -> None:
        self._parked: dict[str, dict[str, None]] = {}

    def park(self, resource: str, name: str) -> None:
        """Let a unit wait for something of a kind, as `free_track` and the like name it."""
        self._parked.setdefault(resource, {})[name] = None

    def woken(self, freed: Iterable[str]) -> list[str]:
        """Those who waited for what became free; they wait no longer."""
        parked = self._parked
        if not parked:
            return []
        return [name for kind in freed if kind in parked for name in parked.pop(kind)]


class Outside:
    """The trains at the neighbours for which no track was free: of like ones no more are woken than there are tracks."""

    def __init__(self) -> None:
        self._alike: dict[tuple[str | None, Gauge, int], tuple[frozenset[str], dict[str, None]]] = {}
        """By neighbour, gauge and how many tracks are long enough: what to wait for, and who waits."""

    def park(self, unit: Unit, fit: int, kinds: tuple[str, ...]) -> None:
        """Let a train wait for a track of some kinds; `fit` are long enough for it."""
        self._alike.setdefault((unit.entry, unit.gauge, fit), (frozenset(kinds), {}))[1][unit.id] = None

    def woken(self, view: View, freed: list[str]) -> list[str]:
        """The most urgent of those who waited for what became free; they wait no longer."""
        woken: list[str] = []
        for (_, gauge, fit), (kinds, names) in self._alike.items():
            if names and not kinds.isdisjoint(freed):
                tracks = view.network.by_use(gauge, "receiving")[-fit:]
                free = sum(track.id not in view.holds for track in tracks)
                if not free:
                    continue
                there = [unit for unit in map(view.units.get, names) if unit is not None and stands_outside(unit)]
                first = nsmallest(free, there, key=partial(urgency_of, view.now_s))
                chosen = [unit.id for unit in first]
                names.clear()
                names.update(dict.fromkeys(unit.id for unit in there if unit.id not in chosen))
                woken += chosen
        return woken
