"""The pane of trains: in the order and with the share of them that is wanted, the chosen one told in full below."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Literal, TypeAlias, TypeVar

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import waiting
from corridor_tui.language import N_, _
from corridor_tui.level.base import Desk
from corridor_tui.session.deadlines import told_moment
from corridor_tui.session.status import Since, alike_in_parks
from corridor_tui.tui.lists import NO_PARKS, train_rows, train_told
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import row

Sort: TypeAlias = Literal["deadline", "wait", "number", "place"]
Keep: TypeAlias = Literal["all", "yours", "here", "line", "wagons"]
_SORTS: dict[Sort, str] = {
    "deadline": N_("next deadline first"),
    "wait": N_("longest wait first"),
    "number": N_("by number"),
    "place": N_("from east to west"),
}
_KEEPS: dict[Keep, str] = {
    "all": "",
    "yours": N_(", only those that wait for your order ({count})"),
    "here": N_(", only those on our tracks ({count})"),
    "line": N_(", only those on the line ({count})"),
    "wagons": N_(", only rakes and empties ({count})"),
}
_RANK = {"container": 0, "through": 1, "empties": 3, "rake": 2, "grain": 0, "export": 0}
_LAST = 2
"""Behind what has a deadline, and what is announced."""


class TrainList(Rows):
    """Two lines a train; sorted and filtered as its title says. `others`: the key that shows another share of them."""

    def __init__(self, title: str, desks: frozenset[Desk], others: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(title, id=id)
        self._name = title
        self._desks = desks
        self._others = others
        self.since = Since()
        self.sort: Sort = "deadline"
        self.keep: Keep = "all"

    def draw(self, view: View) -> None:
        """Draw it as things are now."""
        width = self.room or 60
        self.since.look(view)
        parks = alike_in_parks(view) if self.keep != "wagons" else {}
        units = self.listed(view, parks)
        kept = _(_KEEPS[self.keep], count=len(units))
        self.entitle(f"{self._name}   {_(_SORTS[self.sort])}{kept}")
        rows = train_rows(view, width, self.since, units, parks)
        told = train_told(view, self.choice, width, parks)
        spare = self.content_size.height - len(rows) > len(told)
        nothing = [row((_("no train of that kind: {key} shows others", key=self._others), "dim"))]
        self.show(rows or nothing, (), [row(""), *told] if spare else told[2:])  # what is booked has no other place

    def listed(self, view: View, parks: Mapping[str, Sequence[str]] = NO_PARKS) -> list[Unit]:
        """The trains and rakes that are wanted, in their order; of the rakes of each of `parks` the first."""
        behind = {name for names in parks.values() for name in names[1:]}
        units = [
            unit
            for unit in view.units.values()
            if unit.gone_s is None and unit.id not in behind and self._is_kept(view, unit)
        ]
        return sorted(units, key=lambda unit: (*self._key(view, unit), unit.id))

    def _is_kept(self, view: View, unit: Unit) -> bool:
        if self.keep == "yours":
            return waiting(view, unit).desk in self._desks
        if self.keep == "here":
            return unit.place in view.level.tracks or (unit.moving and unit.to in view.level.tracks)
        if self.keep == "line":
            return unit.moving
        return self.keep == "all" or unit.kind in ("rake", "empties")

    def _key(self, view: View, unit: Unit) -> tuple[float, ...]:
        if self.sort == "wait":
            return (-self.since.waited_s(unit.id, view.now_s),)
        if self.sort == "place":
            return (_km(view, unit),)
        if self.sort == "number":
            return ()
        moment = told_moment(view, unit)
        if moment is None:
            return (_LAST, 0, _RANK[unit.kind])
        # nothing bites before a train has come
        return (moment.kind == "offer", moment.at_s, _RANK[unit.kind])

    def bring(self, name: str, view: View) -> None:
        """Choose a train; all are shown where it is not among those that are wanted, every rake where one stands for it."""
        stood_for = any(name in names[1:] for names in alike_in_parks(view).values())
        if all(spot.key != name for spot in self.spots) and (stood_for or self.keep != "all"):
            self.keep = "wagons" if stood_for else "all"
            self.draw(view)
        self.choose(name)

    def turn_sort(self) -> None:
        """Sort by the next thing."""
        self.sort = _next(self.sort, _SORTS)

    def turn_keep(self) -> None:
        """Show the next share."""
        self.keep = _next(self.keep, _KEEPS)


_Name = TypeVar("_Name", bound=str)


def _next(name: _Name, names: Iterable[_Name]) -> _Name:
    each = list(names)
    return each[(each.index(name) + 1) % len(each)]


def _km(view: View, unit: Unit) -> float:
    """Where a unit is, by the kilometre of its station or of the middle of its section's line."""
    place = unit.place or unit.entry or ""
    if place in view.level.tracks:
        return view.level.tracks[place][0].km
    if place in view.network.stations:
        return view.network.stations[place].km
    for line in view.level.lines:
        for track in line.tracks:
            if place.partition("/")[0] == track.id:
                ends = [view.network.stations[end.partition(".")[0]].km for end in (line.start, line.end)]
                return sum(ends) / 2
    return inf
