"""What an automatic player has to look at: what was touched since it last looked, and who waits for what became free."""

from collections.abc import Iterable

from corridor_tui.corridor.view import View


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
                found.update(dict.fromkeys(units[partner].partners))
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
