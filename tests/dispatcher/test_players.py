"""The dispatchers: in their order, and the reference against the published figures."""

import statistics

import pytest
from conftest import shipped

from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import play


def value(outcome: Outcome, goal: str) -> float:
    found = next(result.value for result in outcome.score.objectives if result.id == goal)
    assert found is not None
    return found


def check_order(name: str, seeds: range) -> None:
    rows = [
        [play(shipped(name), seed, who).score.total for who in ("do-nothing", "novice", "reference")] for seed in seeds
    ]
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    assert medians == sorted(medians)
    assert sum(row[0] < row[1] < row[2] for row in rows) >= 0.9 * len(rows)


@pytest.mark.parametrize("name", ["first-train", "fifty-five-minutes", "harvest"])
def test_do_nothing_is_below_the_novice_and_the_novice_below_the_reference(name: str) -> None:
    check_order(name, range(1, 9))


@pytest.mark.full
@pytest.mark.parametrize("name", ["first-train", "fifty-five-minutes", "harvest"])
def test_the_same_over_fifty_seeds(name: str) -> None:
    check_order(name, range(1, 51))


def test_the_thousandth_train_takes_between_fifty_and_sixty_minutes_under_the_reference_and_clearly_more_under_the_novice() -> (
    None
):
    level = shipped("fifty-five-minutes")
    outcomes = [play(level, seed, "reference") for seed in range(1, 31)]
    assert 50 <= statistics.median(value(outcome, "fifty-five") for outcome in outcomes) <= 60
    phases = []
    for outcome in outcomes:
        line = next(line for line in outcome.score.trains if line.number == "X8043")
        assert line.transfer_start_s is not None
        assert line.transfer_end_s is not None
        phases.append((line.transfer_end_s - line.transfer_start_s) / 60)
    assert 47 <= statistics.median(phases) <= 55
    assert sorted(phases)[28] <= 75
    novices = [value(play(level, seed, "novice"), "fifty-five") for seed in range(1, 11)]
    assert statistics.median(novices) > 65


def test_an_rmg_makes_eighteen_to_twenty_one_moves_an_hour_while_it_works() -> None:
    rates = []
    for seed in range(1, 11):
        outcome = play(shipped("fifty-five-minutes"), seed, "reference")
        line = next(line for line in outcome.score.trains if line.number == "X8043")
        assert line.transfer_start_s is not None
        assert line.transfer_end_s is not None
        rates.append(50 / 3 / ((line.transfer_end_s - line.transfer_start_s) / 3_600))
    assert 18 - 2 <= statistics.mean(rates) <= 21 + 2


def test_the_first_trains_transfer_and_customs_take_71_minutes_give_or_take_ten() -> None:
    values = [value(play(shipped("first-train"), seed, "reference"), "seventy-one") for seed in range(1, 31)]
    assert 61 <= statistics.median(values) <= 81


def test_the_reference_makes_no_safety_mistake_and_gives_no_order_that_is_refused() -> None:
    for name in ("first-train", "fifty-five-minutes", "harvest"):
        for seed in (1, 2, 3):
            outcome = play(shipped(name), seed, "reference")
            assert outcome.score.measures["safety_mistakes"] == 0
            assert not [event for event in outcome.events if event.code == "refused"]
