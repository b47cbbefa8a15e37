"""Wagons are a finite pool: what has left comes back to the park, and is called and drawn anew."""

from helpers import calm, give, refused, until, variant

from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, play, unattended

BACK_MIN = 90


def pool(rakes: int, *, back: bool) -> Level:
    """A day of trains from eight cities and so many rakes in the park, with no other wagons."""
    base = calm("eight-cities")
    turn = {"min_min": BACK_MIN, "mode_min": BACK_MIN, "max_min": BACK_MIN} if back else None
    spec = {"wagon": "flat80", "wagons": 26, "park": "zhetygen", "back": turn}
    services = [service for service in base.services if service.kind != "empties"]
    return variant(
        base,
        services=services,
        rakes=[{"id": f"R{number}", **spec} for number in range(1, rakes + 1)],
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
