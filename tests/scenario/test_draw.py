"""The scenario: chance resolved beforehand, each stream for itself, in the shares and shapes the level asks for."""

import statistics
from collections import Counter

import pytest
from conftest import shipped
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.level.base import LogNormal, Triangular
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.streams import sampler, seconds, stream


def test_a_triangular_duration_has_its_mean_and_stays_within_its_bounds() -> None:
    duration, draws = Triangular(min_min=2.0, mode_min=2.6, max_min=4.2), stream(1, "test", "lift")
    drawn = [seconds(duration, draws.random()) for _ in range(20_000)]
    assert min(drawn) >= 120
    assert max(drawn) <= 252
    assert statistics.mean(drawn) == pytest.approx(60 * (2.0 + 2.6 + 4.2) / 3, rel=0.01)


def test_a_lognormal_duration_has_its_median_and_its_ninety_fifth_percentile() -> None:
    duration, draws = LogNormal(median_min=25.0, p95_min=240.0, max_min=900.0), stream(1, "test", "check")
    drawn = sorted(seconds(duration, draws.random()) for _ in range(20_000))
    assert drawn[10_000] == pytest.approx(25 * 60, rel=0.04)
    assert drawn[19_000] == pytest.approx(240 * 60, rel=0.06)
    assert max(drawn) <= 900 * 60


@given(
    st.tuples(*[st.floats(0.0, 300.0)] * 3).map(sorted),
    st.floats(0.0, 1.0, exclude_max=True),
    st.floats(0.1, 60.0),
)
def test_what_is_drawn_for_every_container_is_what_the_duration_gives(
    bounds: list[float], u: float, factor: float
) -> None:
    low, mode, high = bounds
    duration = Triangular.model_construct(min_min=low, mode_min=mode, max_min=high)
    assert sampler(duration)(u, factor) == seconds(duration, u, factor=factor)


@pytest.mark.parametrize("seed", range(1, 13))
def test_fifty_five_minutes_brings_the_cases_it_announces(seed: int) -> None:
    scenario = resolve(shipped("fifty-five-minutes"), seed)
    loads = [item for train in ("X8041", "X8043", "X8045") for item in scenario.consignments(train)]
    kinds = Counter(item.case.kind for item in loads if item.case is not None)
    unflagged = [item for item in loads if item.case and item.case.kind == "error" and item.lane in ("green", "blue")]
    assert kinds["error"] == 4
    assert kinds["lookalike"] == 3
    assert kinds["offence"] in (0, 1)
    assert len(unflagged) == 1
    for train in ("X8041", "X8043", "X8045"):
        assert sum(item.lane in ("yellow", "red") for item in scenario.consignments(train)) == 3


def test_first_train_has_six_consignments_two_of_them_flagged() -> None:
    for seed in range(1, 9):
        loads = resolve(shipped("first-train"), seed).consignments("X8001")
        flagged = [item for item in loads if item.lane != "green"]
        assert len(loads) == 6
        assert sum(len(item.containers) for item in loads) == 30
        assert sorted(item.case.kind for item in flagged if item.case) == ["error", "lookalike"]


def test_drawn_lanes_come_in_the_shares_of_the_facts() -> None:
    base = shipped("first-train")
    plain = base.customs.model_copy(update={"lanes": type(base.customs.lanes)(), "cases": type(base.customs.cases)()})
    train = base.trains[0].model_copy(update={"flagged": None, "consignments": 30})
    level: Level = base.model_copy(update={"customs": plain, "trains": (train,)})
    lanes: Counter[str] = Counter()
    errors = 0
    for seed in range(200):
        for item in resolve(level, seed).consignments("X8001"):
            lanes[item.lane] += 1
            errors += item.case is not None and item.case.kind == "error"
    whole = sum(lanes.values())
    assert lanes["green"] / whole == pytest.approx(0.88, abs=0.02)
    assert lanes["yellow"] / whole == pytest.approx(0.09, abs=0.02)
    assert lanes["red"] / whole == pytest.approx(0.01, abs=0.005)
    assert errors / whole == pytest.approx(0.04, abs=0.01)


def test_paper_declarations_of_a_train_take_eight_hours() -> None:
    for seed in range(1, 6):
        last = resolve(shipped("fifty-five-minutes"), seed).consignments("X8045")[-1]
        assert last.ready_s == pytest.approx(8 * 3_600, rel=0.2)


def test_one_trains_chance_is_untouched_by_the_others() -> None:
    level = shipped("fifty-five-minutes")
    alone = level.model_copy(update={"trains": tuple(train for train in level.trains if train.number != "X8045")})
    whole, less = resolve(level, 3), resolve(alone, 3)
    assert [box.lifts_s for item in whole.consignments("X8043") for box in item.containers] == [
        box.lifts_s for item in less.consignments("X8043") for box in item.containers
    ]
    assert whole.plans["X8043"].tasks_s == less.plans["X8043"].tasks_s


def test_twenty_foot_boxes_share_wagons_and_no_train_has_more_wagons_than_it_has() -> None:
    for seed in range(1, 15):
        scenario = resolve(shipped("fifty-five-minutes"), seed)
        for name, plan in scenario.plans.items():
            loads: dict[int, int] = {}
            for item in scenario.manifest(name).consignments:
                for loading in item.loadings:
                    loads[loading.wagon] = loads.get(loading.wagon, 0) + loading.teu
            assert all(teu <= 2 for teu in loads.values())
            assert max(loads, default=0) < plan.spec.wagons
