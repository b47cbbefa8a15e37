"""What late acceptance costs: by the fee curve, for the consignments that need it, and only where the desk could have helped."""

import statistics

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.level.goals import TimeLoss
from corridor_tui.scoring.losses import fee_times
from corridor_tui.scoring.onward import late_s
from corridor_tui.scoring.record import Delivery
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.shift import play

HOUR = 3_600
SEA = shipped("across-the-sea")


@pytest.mark.parametrize(
    ("hours", "times"), [(0, 0), (23.9, 0), (24, 1), (47, 1), (48, 5), (71, 5), (72, 10), (500, 10)]
)
def test_the_fee_curve_is_the_published_one(hours: float, times: float) -> None:
    assert fee_times(TimeLoss(), round(hours * HOUR)) == times


@pytest.mark.parametrize(
    ("at", "swift", "promised", "late"),
    [
        pytest.param(100, 100, 50, 0, id="the journey was slow: nobody's"),
        pytest.param(100, 52, 120, 0, id="a promise kept costs nothing"),
        pytest.param(100, 52, 50, 48, id="a sailing missed by the desk"),
        pytest.param(100, 52, 90, 10, id="only what is over the promise"),
        pytest.param(100, 52, None, 48, id="without a promise, against a swift desk"),
    ],
)
def test_what_is_late_and_whose(at: int, swift: int, promised: int | None, late: int) -> None:
    promise = None if promised is None else promised * HOUR
    assert late_s(Delivery("alat", at * HOUR, swift * HOUR, promise, left=True)) == late * HOUR


def test_doing_nothing_misses_sailings_and_pays_for_each_container() -> None:
    seen = 0
    for seed in range(1, 13):
        outcome = play(SEA, seed, "do-nothing")
        for reason in outcome.score.reasons:
            if reason.code == "missed_sailing":
                seen += 1
                train, boxes, _, hours = reason.args[:4]
                assert isinstance(boxes, int)
                assert isinstance(hours, int)
                assert hours >= 24
                assert reason.loss in {boxes * SEA.scoring.time.tariff * times for times in (1, 5, 10)}
                assert f"{train}: {boxes} containers" in reason_text(reason, SEA)
                assert "cut-off 2024-12-0" in reason_text(reason, SEA)
    assert seen >= 6


def test_a_good_railwayman_saves_money_at_the_receivers() -> None:
    def fees(dispatcher: str) -> float:
        return sum(
            reason.loss
            for seed in range(1, 13)
            for reason in play(SEA, seed, dispatcher).score.reasons
            if reason.code in ("missed_sailing", "late_acceptance")
        )

    assert fees("reference") <= fees("novice") < fees("do-nothing")


def test_connections_and_promises_are_measured() -> None:
    for seed in range(1, 4):
        outcome = play(SEA, seed, "reference")
        codes = [event.code for event in outcome.events]
        calls = codes.count("connected") + codes.count("sailing_closed") + codes.count("sailing_missed")
        made, missed, kept = (
            outcome.score.measures[name] for name in ("connections_made", "connections_missed", "promises_kept")
        )
        assert made is not None
        assert missed is not None
        assert kept is not None
        assert made + missed == calls
        assert 0 <= kept <= 100


def test_weather_is_nobodys() -> None:
    """Closed sailings make deliveries later and break promises, and a desk that works well still pays nothing."""
    kept = []
    for share in (0.0, 0.8):
        level = variant(SEA, connections__0__closed_share=share, connections__1__closed_share=share)
        outcomes = [play(level, seed, "reference") for seed in (1, 2, 3, 4)]
        assert not [r for o in outcomes for r in o.score.reasons if r.code == "late_acceptance"]
        kept.append(statistics.mean(o.score.measures["promises_kept"] or 0 for o in outcomes))
    assert kept[1] < kept[0]


def test_a_load_without_a_destination_pays_by_its_departure_as_before() -> None:
    outcome = play(shipped("fifty-five-minutes"), 1, "do-nothing")
    assert not [event for event in outcome.events if event.code in ("delivered", "stranded")]
    assert outcome.score.measures["promises_kept"] is None
    assert outcome.score.measures["connections_missed"] == 0
