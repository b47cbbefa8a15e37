"""The debrief accounts for every second of every load, and for every fault that was on the desk."""

import pytest
from conftest import CAMPAIGN, shipped
from played import played

from corridor_tui.scoring.families import FEW, Eye
from corridor_tui.session.debrief import debrief


@pytest.mark.parametrize("name", [name for name in CAMPAIGN if name not in ("single-line", "eight-cities")])
def test_the_causes_of_a_load_sum_to_its_stay(name: str) -> None:
    result = played(name)
    found = debrief(result)
    left = {line.number: line.departed_s for line in result.score.trains}
    arrived = {line.number: line.arrived_s for line in result.score.trains}
    assert found.dwells
    for dwell in found.dwells:
        assert all(spent > 0 for spent in dwell.seconds.values())
        gone_s, came_s = left[dwell.train], arrived[dwell.train]
        if gone_s is not None and came_s is not None:
            assert gone_s - max(0, came_s) <= dwell.total_s <= gone_s


def test_every_fault_on_the_desk_is_found_or_missed() -> None:
    result = played("paper-trail", 1, "reference")
    found = debrief(result)
    assert sum(eye.missed for eye in found.eyes) == result.score.measures["faults_missed"]
    assert sum(eye.false_alarms for eye in found.eyes) == result.score.measures["false_alarms"]
    assert len({eye.sound for eye in found.eyes}) == 1
    assert debrief(played("fourfold", 1, "do-nothing")).eyes == ()


@pytest.mark.parametrize(
    ("eye", "value"),
    [
        (Eye("mass", 10, 10, 20, 0), 1.0),
        (Eye("mass", 10, 5, 20, 10), 0.5),
        (Eye("mass", 10, 8, 20, 4), 0.875),  # hits 0.8, false alarms 0.2: 0.5 + 0.6 x 1.6 / (4 x 0.8 x 0.8)
        (Eye("mass", 10, 2, 20, 16), 0.125),
        (Eye("mass", FEW - 1, 2, 20, 0), None),
        (Eye("mass", 10, 2, FEW - 1, 0), None),
    ],
)
def test_the_eye_is_measured_where_there_are_cases_enough(eye: Eye, value: float | None) -> None:
    assert eye.a_prime == (None if value is None else pytest.approx(value))


def test_a_level_without_a_customs_desk_has_no_eye() -> None:
    assert "customs" not in {desk for desk in ("customs",) if shipped("gale").player("customs") == "trainee"}
    assert debrief(played("gale")).eyes == ()
