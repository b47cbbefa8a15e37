"""Running on to what needs the trainee: it stops right after each such event and passes none over, and nothing comes out otherwise."""

import pytest
from conftest import CAMPAIGN, shipped

from corridor_tui.level.model import Level
from corridor_tui.session.calls import calls
from corridor_tui.session.shift import Shift


def stops(level: Level, at_a_time_s: int) -> tuple[list[int], Shift]:
    """The seconds at which a shift in which nothing is ordered stops, and that shift."""
    shift, found = Shift(level, 1), list[int]()
    while not shift.over:
        if shift.run_on(shift.now_s + at_a_time_s) and not shift.over:
            found.append(shift.now_s)
    return found, shift


@pytest.mark.parametrize("name", CAMPAIGN)
def test_it_stops_after_every_second_that_calls_and_nowhere_else(name: str) -> None:
    level = shipped(name)
    found, shift = stops(level, 86_400)
    heard = [event.t + 1 for event in shift.events if calls(shift.view, event, shift.desks)]
    assert found == sorted({t for t in heard if 1 < t < shift.now_s})
    straight = Shift(level, 1)
    straight.advance(level.shift_s)
    assert shift.digest == straight.digest


def test_how_far_it_goes_at_a_time_does_not_matter() -> None:
    level = shipped("fifty-five-minutes")
    assert stops(level, 60)[0] == stops(level, 86_400)[0]
