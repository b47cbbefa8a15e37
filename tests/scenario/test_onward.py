"""Beyond the border, against cases worked by hand: legs, sailings, cut-offs, weather and promises."""

from conftest import shipped
from helpers import variant
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.level.model import Level
from corridor_tui.level.services import Destination
from corridor_tui.scenario.onward import booking, expected, promised_s, sailing_s, transit

DAY = 86_400
HOUR = 3_600
SEA = shipped("across-the-sea")


def exact(days: float) -> dict[str, float]:
    return {"min_d": days, "mode_d": days, "max_d": days}


def simple(*, closed_share: float = 0.0) -> Level:
    """A shift that starts at midnight; two days to the port, a ferry at noon of every second day, closed 6 h before."""
    return variant(
        SEA,
        shift__start="00:00",
        destinations=[
            {
                "id": "over",
                "name": "over the sea",
                "legs": [{"to": "port", "run": exact(2)}, {"to": "shore", "by": "boat"}, {"to": "town", "run": exact(0.5)}],
                "promised_d": 5.0,
            },
            {"id": "west", "name": "west", "legs": [{"to": "w", "run": exact(5)}, {"to": "w", "wait": exact(2.5)}]},
        ],
        connections=[
            {"id": "boat", "name": "the boat", "sails": "12:00", "first_d": 1, "every_d": 2, "cut_off_h": 6.0,
             "crossing": exact(1), "closed_share": closed_share},
        ],
        services=[],
        trains=[],
    )  # fmt: skip


def over(level: Level) -> Destination:
    return level.route.destinations["over"]


def test_runs_and_waits_add_up() -> None:
    level = simple()
    way = expected(level, level.route.destinations["west"], 3 * HOUR)
    assert way.delivered_s == 3 * HOUR + int(7.5 * DAY)
    assert way.calls == ()


def test_sailings_are_on_their_days_at_their_clock() -> None:
    level = simple()
    boat = level.route.connections["boat"]
    assert [sailing_s(level, boat, turn) for turn in range(3)] == [
        DAY + 12 * HOUR,
        3 * DAY + 12 * HOUR,
        5 * DAY + 12 * HOUR,
    ]


def test_who_is_there_at_the_cut_off_is_on_board_and_a_second_later_is_two_days() -> None:
    level = simple()
    last = DAY + 6 * HOUR  # two days later it is 06:00 of day 3, six hours before the boat
    made, missed = (expected(level, over(level), at) for at in (last, last + 1))
    assert made.calls[0].sailing == 1
    assert made.delivered_s == 3 * DAY + 12 * HOUR + DAY + DAY // 2
    assert missed.delivered_s == made.delivered_s + 2 * DAY


def test_a_late_load_misses_what_was_booked_and_says_so() -> None:
    level = simple()
    booked = expected(level, over(level), 20 * HOUR)
    on_time = transit(level, 1, "T1", over(level), 20 * HOUR, booked)
    late = transit(level, 1, "T1", over(level), 31 * HOUR, booked)
    assert on_time.calls[0].made
    assert not late.calls[0].made
    assert late.calls[0].cutoff_s == 3 * DAY + 6 * HOUR
    assert late.delivered_s - on_time.delivered_s == 2 * DAY


def test_leaving_early_does_not_jump_the_booking() -> None:
    level = simple()
    booked = expected(level, over(level), 20 * HOUR)
    early = transit(level, 1, "T1", over(level), -36 * HOUR, booked)
    assert early.calls[0].sailing == booked.calls[0].sailing


def test_weather_closes_sailings_by_their_share_and_for_everybody_alike() -> None:
    level = simple(closed_share=0.4)
    booked = expected(level, over(level), 20 * HOUR)
    ways = [transit(level, seed, "T1", over(level), 20 * HOUR, booked) for seed in range(400)]
    closed = sum(way.calls[0].closed for way in ways)
    assert 120 < closed < 200
    assert all(way.calls[0].closed == (way.calls[0].sailing > way.calls[0].booked) for way in ways)
    other = [transit(level, seed, "T2", over(level), 20 * HOUR, booked) for seed in range(400)]
    assert [way.calls[0].sailing for way in ways] == [way.calls[0].sailing for way in other]


def test_a_booking_tells_until_when_the_load_must_leave() -> None:
    level = simple()
    told = booking(level, over(level), 20 * HOUR, HOUR, None)
    assert told.cutoff_s == 3 * DAY + 6 * HOUR
    assert told.leave_by_s == DAY + 5 * HOUR  # an hour over the last line, two days to the port


def test_without_a_connection_the_promise_binds() -> None:
    level = simple()
    told = booking(level, level.route.destinations["west"], 20 * HOUR, 0, 9 * DAY)
    assert told.leave_by_s == 9 * DAY - int(7.5 * DAY)


def test_a_promise_counts_from_the_origin() -> None:
    level = shipped("eight-cities")
    train, tashkent = level.trains[0], level.route.destinations["tashkent"]
    left = -level.route.origins["xian"].travel.expected_s
    assert promised_s(level, train, tashkent, 0) == left + int(5.5 * DAY)
    service = level.route.services["CQ"]
    chongqing = level.route.origins["chongqing"]
    assert promised_s(level, service, tashkent, 0) == -chongqing.travel.expected_s + int((4.5 + 3.0) * DAY)


@given(st.integers(0, 10**6), st.integers(0, 10 * DAY), st.integers(0, 5 * DAY))
def test_leaving_earlier_never_delivers_later(seed: int, leaves: int, earlier: int) -> None:
    level = simple(closed_share=0.3)
    booked = expected(level, over(level), leaves)
    late = transit(level, seed, "T", over(level), leaves, booked)
    early = transit(level, seed, "T", over(level), leaves - earlier, booked)
    assert early.delivered_s <= late.delivered_s
