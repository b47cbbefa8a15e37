"""Beyond the border: where a consignment goes, how long each leg takes, which sailing it makes, and when it is delivered.

All of it is arithmetic on the second at which it left over the line: what is drawn belongs to the train and its destination, or
to the sailing, so that leaving earlier never makes it later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from corridor_tui.level.model import Level
from corridor_tui.level.services import Connection, Destination, Journey, Service
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.streams import stream, triangular

_DAY_S = 86_400
_MOST_CLOSED = 200
"""After so many closed sailings in a row the next one goes, so that no share of closures keeps a consignment for ever."""


@dataclass(frozen=True, slots=True)
class Call:
    """A connection on the way: which sailing was booked and which was made, counted from 0, and when.

    `reached_s`: when the containers are there. `cutoff_s` is the booked sailing's; `closed` says that weather closed that one.
    """

    connection: str
    reached_s: int
    booked: int
    sailing: int
    cutoff_s: int
    sails_s: int
    closed: bool

    @property
    def made(self) -> bool:
        """Whether the containers were there before the cut-off of the sailing they were booked on."""
        return self.reached_s <= self.cutoff_s


@dataclass(frozen=True, slots=True)
class Transit:
    """The way to the destination: when it is delivered, and the connections on it."""

    delivered_s: int
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Booking:
    """What the desk is told of one destination of a load: until when it must have left, by expected running times.

    `sails_s` and `cutoff_s` are those of the first booked sailing, None where no connection is on the way; `leave_by_s` keeps
    that cut-off and the promise, None where nothing binds.
    """

    destination: str
    connection: str | None
    sails_s: int | None
    cutoff_s: int | None
    leave_by_s: int | None


_Taken = Callable[[int, Journey], int]
_Open = Callable[[Connection, int], bool]
_Booked = Callable[[int, int], int]


def sailing_s(level: Level, connection: Connection, sailing: int) -> int:
    """The second at which a sailing leaves."""
    hour, minute = connection.sails.split(":")
    day = connection.first_d + sailing * connection.every_d
    return day * _DAY_S + int(hour) * 3_600 + int(minute) * 60 - level.start_s


def _first(level: Level, connection: Connection, reached_s: int) -> int:
    """The first sailing whose cut-off is not over at a second."""
    from_s = reached_s + round(connection.cut_off_h * 3_600) - sailing_s(level, connection, 0)
    return max(0, -(-from_s // (connection.every_d * _DAY_S)))


def next_sailing_s(level: Level, connection: Connection, now_s: int) -> int:
    """The second at which the next sailing after a second leaves, by the timetable."""
    past = max(0, now_s - sailing_s(level, connection, 0)) // (connection.every_d * _DAY_S)
    return next(at for turn in (past, past + 1) if (at := sailing_s(level, connection, turn)) > now_s)


def _way(
    level: Level, goal: Destination, start_s: int, taken: _Taken, opened: _Open, booked: _Booked | None
) -> Transit:
    """Go leg by leg; a leg by a connection goes with the first open sailing that can be made, but none before the booked one."""
    now, calls = start_s, list[Call]()
    for place, leg in enumerate(goal.legs):
        for part, journey in enumerate((leg.run, leg.wait)):
            if journey is not None:
                now += taken(3 * place + part, journey)
        if leg.by is None:
            continue
        connection = level.route.connections[leg.by]
        first = _first(level, connection, now)
        planned = first if booked is None else booked(len(calls), first)
        sailing = max(first, planned)
        closed = booked is not None and not opened(connection, planned)
        for _ in range(_MOST_CLOSED):
            if opened(connection, sailing):
                break
            sailing += 1
        cutoff_s = sailing_s(level, connection, planned) - round(connection.cut_off_h * 3_600)
        sails_s = sailing_s(level, connection, sailing)
        calls.append(Call(connection.id, now, planned, sailing, cutoff_s, sails_s, closed))
        now = sails_s + taken(3 * place + 2, connection.crossing)
    return Transit(now, tuple(calls))


def expected(level: Level, goal: Destination, start_s: int) -> Transit:
    """The way by expected times, every sailing open: what is booked for a load that leaves at a second."""
    return _way(level, goal, start_s, lambda _, journey: journey.expected_s, lambda *_: True, None)


def transit(level: Level, seed: int, train: str, goal: Destination, start_s: int, booked: Transit) -> Transit:
    """The way as it will be for a train's consignments to a destination that left at a second."""
    draws = stream(seed, f"onward/{goal.id}", train)
    shares = [draws.random() for _ in range(3 * len(goal.legs))]

    def taken(place: int, journey: Journey) -> int:
        return round(triangular(shares[place], journey.min_d, journey.mode_d, journey.max_d) * _DAY_S)

    opened = cache(partial(_opened, seed))
    calls = booked.calls
    return _way(level, goal, start_s, taken, opened, lambda nth, _first: calls[nth].booked)


def closed(level: Level, seed: int, connection: Connection, most: int) -> tuple[int, ...]:
    """When those of a connection's first sailings that weather closes would have left."""
    turns = [turn for turn in range(most) if not _opened(seed, connection, turn)]
    return tuple(sailing_s(level, connection, turn) for turn in turns)


def _opened(seed: int, connection: Connection, sailing: int) -> bool:
    return stream(seed, "sailing", f"{connection.id}/{sailing}").random() >= connection.closed_share


def booking(level: Level, goal: Destination, due_s: int, run_s: int, promised_s: int | None) -> Booking:
    """What is booked for a load that is due out at a second and runs so long over the last line, and until when it must be out."""
    plan = expected(level, goal, due_s + run_s)
    bounds = []
    call = plan.calls[0] if plan.calls else None
    if call is not None:
        bounds.append(due_s + call.cutoff_s - call.reached_s)
    elif promised_s is not None:
        bounds.append(due_s + promised_s - plan.delivered_s)
    return Booking(
        goal.id,
        None if call is None else call.connection,
        None if call is None else call.sails_s,
        None if call is None else call.cutoff_s,
        min(bounds, default=None),
    )


def promised_s(level: Level, train: Train | Service, goal: Destination, planned_s: int) -> int | None:
    """When a consignment of a train, or of a service's train, was promised at its destination; None where nothing was."""
    origin = None if train.origin is None else level.route.origins[train.origin]
    left_s = planned_s if origin is None else planned_s - origin.travel.expected_s
    if train.promised_d is not None:
        return left_s + round(train.promised_d * _DAY_S)
    if goal.promised_d is None:
        return None
    before = 0.0
    if origin is not None:
        if origin.promised_d is None:
            return None
        before = origin.promised_d
    return left_s + round((before + goal.promised_d) * _DAY_S)


def goal_of(seed: int, train: Train, consignment: str) -> str | None:
    """The destination of a consignment, by the shares of its train's; None where the train names none."""
    if not train.to:
        return None
    rest = stream(seed, "goal", consignment).random() * sum(to.share for to in train.to)
    for to in train.to:
        if rest < to.share:
            return to.destination
        rest -= to.share
    return train.to[-1].destination
