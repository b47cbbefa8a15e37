"""What holds the traffic up: every load is counted once, by what it waits for, and plant by how much of it is taken."""

import pytest
from conftest import CAMPAIGN, shipped
from helpers import by_reference, calm, give, until, variant

from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.session.holdups import holdup_lines, holdups, taken
from corridor_tui.session.shift import Shift


@pytest.mark.parametrize("name", CAMPAIGN)
def test_every_load_that_is_here_or_at_a_neighbour_is_at_work_or_waits_for_one_thing(name: str) -> None:
    shift = by_reference(name, 0)
    for hour in range(1, 7):
        shift.advance(hour * 3_600)
        if shift.over:
            break
        at_work, found = holdups(shift.view)
        units = shift.view.units.values()
        here = [unit for unit in units if is_load(unit) and unit.offered_s is not None]
        left = sum(load_left_s(shift.view, unit) is not None for unit in here)
        assert at_work + sum(count for count, _what, _train in found) == len(here) - left
        assert all(0 <= busy <= total for _what, busy, total in taken(shift.view))


def test_trains_before_a_full_station_wait_for_its_tracks_and_those_beyond_a_limit_for_the_limit() -> None:
    level = variant(shipped("a-million"), shift__length_min=3_000)
    shift = Shift(level, 1)
    shift.order("auto-accept 2")
    shift.advance(24 * 3_600)
    told = list(holdup_lines(shift.view))
    assert any(line.startswith("waiting for the limit of auto-accept, 2: ") for line in told)
    [plant] = [line for line in told if line.startswith("taken or at work: ")]
    assert "crane tracks of 1435 mm 0/3" in plant, "what is not built is not counted"
    shift.order("auto-accept off")
    for unit in list(shift.view.units.values()):
        free = [
            track.id for track in shift.view.network.only_for(1435, "receiving") if track.id not in shift.view.holds
        ]
        if unit.gauge == 1435 and free:
            shift.order(f"accept {unit.id} {free[0]}")
    full = list(holdup_lines(shift.view))
    assert any(line.startswith("waiting for a free receiving track of 1435 mm: ") for line in full)


def test_of_rakes_that_come_back_those_are_counted_that_are_not_in_their_park() -> None:
    back = {"min_min": 60, "mode_min": 60, "max_min": 60}
    rake = {"wagon": "flat80", "wagons": 15, "park": "zhetygen"}
    first = calm("first-train")
    tables = [
        {"id": "P", "count": 4, "back": back, **rake},
        {"id": "Q", "count": 2, "back": back, **rake},
        {"id": "L", **rake},
    ]
    sold = {"at_start": 1, "offers": [{"id": "more", "title": "more", "price": 1, "rakes": ["Q"]}]}
    shift = Shift(variant(first, rakes=[*(each.model_dump() for each in first.rakes), *tables], budget=sold), 1)

    def away() -> tuple[int, int]:
        return next((busy, total) for what, busy, total in taken(shift.view) if what == "rakes that come back")

    assert away() == (0, 4)
    give(shift, "call-rake P2", "call-rake L", "buy more")
    until(shift, "built", "more")
    assert away() == (1, 6)
    assert "rakes that come back" not in {what for what, _busy, _total in taken(Shift(first, 1).view)}
