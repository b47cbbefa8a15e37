"""A meet set from the train graph: whom the chosen train is to meet, where, and what both come to by it."""

from dataclasses import dataclass

from rich.cells import cell_len

from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.projection import courses, project
from corridor_tui.language import _
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.forecast import Forecast, meets_of
from corridor_tui.session.shift import Shift
from corridor_tui.tui.menu import Item
from corridor_tui.tui.rails import arrow
from corridor_tui.tui.rows import fit

_CHANGE = 14
"""The cells for what a meet changes for a train, so that what it changes for the other stands in a column."""


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What a projection says of two trains: when each is at its end, None: caught, or not on the line."""

    ends: tuple[int | None, int | None]


def rivals(shift: Shift, ahead: Forecast, unit: str) -> list[Item]:
    """The trains that it can meet, those it gets in the way of first; and the meets that it can give up."""
    view = shift.view
    near = {clash.rival: clash for clash in ahead.clashes if clash.unit == unit}
    near |= {clash.unit: clash for clash in ahead.clashes if clash.rival == unit}
    items = []
    others = [each.id for each in view.units.values() if each.id != unit and each.gone_s is None]
    way = arrow(view, view.units[unit])

    def rank(name: str) -> tuple[bool, int, bool, bool]:
        other = view.units[name]
        return name not in near, near[name].from_s if name in near else 0, arrow(view, other) == way, not other.moving

    for other in sorted(others, key=rank):
        if not places(shift, unit, other):
            continue
        about = _("on the line") if view.units[other].moving else _("not on the line yet")
        about += _(", the same way: one passes the other") if arrow(view, view.units[other]) == way else ""
        if other in near:
            clash = near[other]
            place = str(view.network.stations[clash.place].name)
            about = _(
                "by itself {train} waits at {place} from {at}",
                train=clash.unit,
                place=place,
                at=told_clock(view, clash.from_s),
            )
        items.append(Item(other, f"{arrow(view, view.units[other]):1} {other:<7} {about}"))
    for place, other in view.units[unit].meets.items():
        order = Order("drop-meet", (unit, place))
        name = str(view.network.stations[place].name)
        items.append(
            Item(
                order.text,
                _("give up: wait at {place} for {train}", place=name, train=other),
                "",
                "",
                shift.refusal(order),
            )
        )
    return items


def places(shift: Shift, unit: str, other: str) -> list[Order]:
    """The meets of two trains that would be accepted, place by place, whoever of them waits."""
    stations = sorted(shift.level.stations, key=lambda station: station.km)
    orders = [
        Order("meet", (*pair[:1], station.id, *pair[1:]))
        for station in stations
        if station.role == "loop"
        for pair in ((unit, other), (other, unit))
    ]
    return [order for order in orders if shift.refusal(order) is None]


def choices_of(shift: Shift, unit: str, other: str) -> list[Item]:
    """The places where two trains can meet, each with what it changes for both by running times alone."""
    view = shift.view
    trains, known = courses(view), meets_of(view)
    before = _ahead(project(view, trains, known).ends, unit, other)
    items = []
    for order in places(shift, unit, other):
        waits, place, for_whom = order.args
        after = _ahead(project(view, trains, {**known, (waits, place): for_whom}).ends, unit, other)
        changes = [
            _change(name, was, now)
            for name, was, now in zip((unit, other), before.ends, after.ends, strict=True)
            if was is not None or now is not None
        ]
        told = "  ".join(fit(change, max(_CHANGE, cell_len(change))) for change in changes).rstrip()
        name = str(view.network.stations[place].name)
        items.append(
            Item(
                order.text,
                _("{place} {train} waits   {told}", place=fit(name, max(12, cell_len(name))), train=waits, told=told),
                "",
                _("{order}: by running times alone", order=order.text),
            )
        )
    return items


def _ahead(ends: dict[str, int | None], unit: str, other: str) -> _Ahead:
    return _Ahead((ends.get(unit), ends.get(other)))


def _change(name: str, before_s: int | None, after_s: int | None) -> str:
    if after_s is None:
        return _("{train} CAUGHT", train=name)
    if before_s is None:
        return _("{train} freed", train=name)
    minutes = round((after_s - before_s) / 60)
    return _("{train} {minutes:+d} min", train=name, minutes=minutes) if minutes else _("{train} as before", train=name)
