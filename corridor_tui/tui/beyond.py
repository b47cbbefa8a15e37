"""What lies beyond the neighbours of the panel: the ferries and ships that our trains are to catch, and what is booked on them."""

from rich.cells import cell_len

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.plant import Station
from corridor_tui.level.services import Connection
from corridor_tui.scenario.onward import next_sailing_s
from corridor_tui.session.wording import day_clock
from corridor_tui.tui.rows import Row, fit, row

SAILS = "≈"


def beyond(view: View, station: Station, width: int) -> list[Row]:
    """A row for each connection behind a neighbour: its next sailing, when that closes, and how much of what is booked has left us."""
    return [_connection(view, each, width) for each in _behind(view, station)]


def _behind(view: View, station: Station) -> list[Connection]:
    """The connections that consignments of trains which leave to a neighbour are to catch first, in the order of the level."""
    level = view.level
    goals = {to.destination for train in level.trains if train.exit == station.id for to in train.to}
    goals |= {to.destination for service in level.services if service.exit == station.id for to in service.to}
    first = {
        next((leg.by for leg in level.route.destinations[goal].legs if leg.by is not None), None) for goal in goals
    }
    return [each for each in level.connections if each.id in first]


def _connection(view: View, connection: Connection, width: int) -> Row:
    level, start_s = view.level, view.level.start_s
    booked: dict[int, list[str]] = {}
    for name, goal in view.goals.items():
        dossier = view.dossiers[name]
        booking = view.booking(view.units[dossier.train], goal)
        if booking.connection == connection.id and booking.sails_s is not None and dossier.state != "detained":
            booked.setdefault(booking.sails_s, []).extend(dossier.boxes)
    sails_s = min((at for at in booked if at > view.now_s), default=next_sailing_s(level, connection, view.now_s))
    boxes = booked.get(sails_s, [])
    left = sum(_has_left(view, number) for number in boxes)
    cutoff_s = sails_s - round(connection.cut_off_h * 3_600)
    closes, sails = day_clock(start_s, cutoff_s), day_clock(start_s, sails_s)
    times = {"name": connection.name, "closes": closes, "sails": sails}
    if boxes:
        texts = [
            _("{name}: closes {closes}, sails {sails}, {left} of {all} boxes booked have left us", **times, left=left, all=len(boxes)),
            _("{name}: closes {closes}, sails {sails}, {left}/{all} boxes", **times, left=left, all=len(boxes)),
            _("{name}: closes {closes}, {left}/{all} boxes", name=connection.name, closes=closes, left=left, all=len(boxes)),
            _("{name}: closes {closes}, {left}/{all}", name=connection.name, closes=closes, left=left, all=len(boxes)),
        ]  # fmt: skip
    else:
        texts = [
            _("{name}: closes {closes}, sails {sails}, nothing booked", **times),
            _("{name}: sails {sails}, nothing booked", name=connection.name, sails=sails),
            _("{name}: sails {sails}, 0 booked", name=connection.name, sails=sails),
        ]
    text = next((text for text in texts if cell_len(text) <= width - 4), texts[-1])
    return row((f"  {SAILS} ", "broad"), (fit(text, max(1, width - 4)), "warn" if left < len(boxes) else "dim"))


def _has_left(view: View, number: str) -> bool:
    """Whether a container has left us on what carries it."""
    unit: Unit | None = view.units.get(view.boxes[number].at)
    return unit is not None and unit.departed_s is not None
