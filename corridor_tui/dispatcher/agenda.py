"""What an automatic player has to look at: what was touched since it last looked, and who waits for what became free."""

from corridor_tui.corridor.view import View


class Agenda:
    """Keeps the units that a player has to look at, so that the work of a wake-up does not grow with the traffic."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._parked: dict[str, dict[str, None]] = {}

    def due(self, view: View) -> dict[str, None]:
        """The units to look at now, each once: at the first time all of them."""
        if self._seen is None:
            self._seen = view.touches
            return dict.fromkeys(view.units)
        found: dict[str, None] = {}
        for name in view.touched_since(self._seen):
            unit = view.units.get(name)
            if unit is None:
                found.update(self._parked.pop(name, {}))
                continue
            found[name] = None
            for partner in unit.partners:
                found[partner] = None
                found.update(dict.fromkeys(view.units[partner].partners))
        self._seen = view.touches
        return found

    def park(self, resource: str, name: str) -> None:
        """Look at a unit again when something of a kind has become free, as `free_track` and the like name it."""
        self._parked.setdefault(resource, {})[name] = None
