"""Wagons are a finite pool: what has left comes back to the park, and is called and drawn anew."""

from helpers import calm, give, refused, until, variant

from corridor_tui.level.meaning import faults
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, play, unattended

BACK_MIN = 90
MORE = {"at_start": 5, "offers": [{"id": "more", "title": "more rakes", "price": 5, "build_d": 0.125, "rakes": ["S"]}]}


def pool(rakes: int, *, back: bool, sold: int = 0) -> Level:
    """A day of trains from eight cities and so many rakes in the park, with no other wagons than some that are for sale."""
    base = calm("eight-cities")
    turn = {"min_min": BACK_MIN, "mode_min": BACK_MIN, "max_min": BACK_MIN} if back else None
    spec = {"wagon": "flat80", "wagons": 26, "park": "zhetygen", "back": turn}
    services = [service for service in base.services if service.kind != "empties"]
    return variant(
        base,
        services=services,
        rakes=[
            *({"id": f"R{number}", **spec} for number in range(1, rakes + 1)),
            *([{"id": "S", "count": sold, **spec}] if sold else []),
        ],
        budget=MORE if sold else None,
        hints=(),
        shift__length_min=1_400,
    )


def test_wagons_stand_in_the_park_again_so_long_after_they_arrived_and_can_be_called_by_their_next_name() -> None:
    shift = unattended(resolve(pool(2, back=True), 1), "reference")
    gone = {str(event.args[0]): event.t for event in shift.events if event.code == "gone"}
    parked = [(event.t, str(event.args[0]), event.args[1]) for event in shift.events if event.code == "parked"]
    assert parked
    for at_s, name, park in parked:
        base, _, turn = name.partition("/")
        before = base if turn == "2" else f"{base}/{int(turn) - 1}"
        assert (at_s, park) == (gone[before] + BACK_MIN * 60, "zhetygen")
    calls = [event.args[1] for event in shift.events if event.code == "ordered"]
    assert f"call-rake {parked[0][1]}" in calls


def test_few_rakes_that_come_back_carry_more_than_as_many_that_do_not() -> None:
    once, again = (play(pool(2, back=back), 1, "reference", baselines=False).score for back in (False, True))
    assert once.containers_out < again.containers_out


def test_a_rake_is_called_once_a_turn() -> None:
    shift = Shift(pool(1, back=True), 1)
    give(shift, "call-rake R1")
    assert "R1" in refused(shift, "call-rake R1")
    assert "R1/2" in refused(shift, "call-rake R1/2")
    until(shift, "offered", "R1")


def test_rakes_of_one_table_are_called_by_their_number() -> None:
    level = pool(1, back=True, sold=3)
    assert list(level.each_rake) == ["R1", "S1", "S2", "S3"]
    assert level.rake("S2/5") is level.rakes[1]
    assert level.rake("S") is None
    assert level.rake("S4") is None


def test_a_service_may_not_number_its_trains_as_rakes_of_one_table_are() -> None:
    level = pool(1, back=True, sold=3)
    named = variant(level, services=[{**service.model_dump(), "id": "S"} for service in level.services[:1]])
    assert [said for path, said in faults(named) if path[0] == "rakes"] == [
        "`S1` may be the number of a train of service `S`"
    ]


def test_wagons_that_are_for_sale_are_in_the_park_once_they_are_built_and_then_come_back_like_others() -> None:
    shift = Shift(pool(1, back=True, sold=3), 1)
    assert "`buy more` first" in refused(shift, "call-rake S2")
    assert "S2" not in shift.view.units
    give(shift, "buy more")
    assert "`buy more` first" in refused(shift, "call-rake S2")
    at_s = until(shift, "built", "more")
    assert at_s == 3 * 3_600 + 1
    give(shift, "call-rake S2", "call-rake S1")
    until(shift, "offered", "S2")
    assert "S4" in refused(shift, "call-rake S4")


def test_a_good_railwayman_buys_wagons_and_calls_them_where_they_are_short_and_they_make_turns() -> None:
    bought, poor = (
        unattended(resolve(variant(pool(1, back=True, sold=3), budget__at_start=money), 1), "reference")
        for money in (5, 4)
    )
    calls = [str(event.args[1]) for event in bought.events if event.code == "ordered"]
    assert {"call-rake S1", "call-rake S2", "call-rake S3"} <= set(calls)
    parked = {str(event.args[0]) for event in bought.events if event.code == "parked"}
    assert any(name.startswith("S") for name in parked)
    assert not any(event.code == "parked" and str(event.args[0]).startswith("S") for event in poor.events)
    assert bought.view.out_boxes > poor.view.out_boxes


def test_the_standing_order_calls_the_rakes_that_were_bought_by_their_numbers() -> None:
    """They come all at once, and he calls the first of them first."""
    shift = Shift(variant(pool(1, back=False, sold=3), standing_orders=["auto-rakes"]), 1)
    give(shift, "auto-rakes on", "buy more")
    until(shift, "called", "S1")
    shift.advance(shift.now_s + 60)
    called = [str(event.args[0]) for event in shift.events if event.code == "called"]
    assert [name for name in called if name.startswith("S")] == ["S1", "S2", "S3"]
