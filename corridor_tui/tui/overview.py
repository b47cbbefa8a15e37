"""The pane of the panel: the whole corridor or one station by itself, and a train that it follows."""

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.level.plant import Station
from corridor_tui.tui.closeup import closeup_rows
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.rails import UNLIT, Lit
from corridor_tui.tui.things import PLACE


class Panel(Rows):
    """`scope`: the station that is shown by itself, None: the whole corridor. `lit`: the route that is being chosen."""

    def __init__(self, title: str, level: Level, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(title, id=id)
        self._name = title
        self._places = [station for station in level.stations if station.role in ("station", "terminal")]
        self.scope: Station | None = None
        self.followed: str | None = None
        self.lit: Lit = UNLIT

    def draw(self, view: View) -> None:
        """Draw it as things are now."""
        unit = view.units.get(self.followed or "")
        if unit is not None and unit.gone_s is None:
            self.scope = self._station_of(view, unit)
        else:
            self.followed = None
        where = "" if self.scope is None else f"   {self.scope.name}"
        follows = _("   follows {train}", train=self.followed) if self.followed else ""
        self.entitle(f"{self._name}{where}{follows}")
        if self.scope is None:
            self.show(panel_rows(view, self.room, self.lines, self.lit))
        else:
            self.show(closeup_rows(view, self.scope, self.room, self.lit))
        if self.followed:
            self.choose(self.followed)
            self.keep_in_sight()

    def _keep_choice(self) -> None:
        """Where nothing that is drawn is chosen, choose a train or a track: who begins looks for those."""
        keys = [spot.key for spot in self.spots]
        if keys and self.choice not in keys:
            self._choose(next((key for key in keys if not key.startswith(PLACE)), keys[0]))

    def _station_of(self, view: View, unit: Unit) -> Station | None:
        """The station in which a unit is, or which it comes into next from a line of one stretch."""
        at = view.level.tracks.get(unit.place or "")
        return at[0] if at is not None and at[0] in self._places else None

    def find(self, name: str, view: View) -> bool:
        """Choose a train, with so much of the corridor that it can be seen; whether it is anywhere on the panel."""
        if all(spot.key != name for spot in self.spots) and self.scope is not None:
            self.followed = self.scope = None
            self.draw(view)
        self.choose(name)
        return self.choice == name

    def span(self, step: int, view: View) -> None:
        """Closer: the station of what is chosen; wider: the whole corridor."""
        self.followed = None
        self.scope = None if step > 0 else self._station_chosen(view) or self.scope or self._places[0]
        self.draw(view)

    def turn(self, view: View) -> None:
        """The whole corridor, then each station in turn."""
        views: list[Station | None] = [None, *self._places]
        self.followed = None
        self.scope = views[(views.index(self.scope) + 1) % len(views)]
        self.draw(view)

    def _station_chosen(self, view: View) -> Station | None:
        word = self.choice.rpartition(":")[2]
        unit = view.units.get(word)
        if unit is not None:
            return self._station_of(view, unit)
        at = view.level.tracks.get(word)
        if at is not None and at[0] in self._places:
            return at[0]
        home = view.network.stations[view.level.terminal.station]
        return home if word in view.cranes or word in view.machines else None

    def follow(self, name: str, view: View) -> None:
        """Follow a train wherever it goes, or no longer."""
        self.followed = None if self.followed == name else name
        self.scope = self.scope if self.followed else None
        self.draw(view)
