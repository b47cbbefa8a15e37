"""What the instructor is told: how much a level asks, and what a seed holds."""

import itertools

import pytest
from conftest import CAMPAIGN, shipped
from helpers import variant

from corridor_tui.instructor.load import LoadFigures, load_figures
from corridor_tui.instructor.preview import preview
from corridor_tui.instructor.proof import NotProvableError, Seed, players_for, proof_of, prove
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import unattended


def test_the_load_is_counted_from_the_orders_of_the_reference(level: Level) -> None:
    figures = load_figures(level)
    shift = unattended(resolve(level, 1), "reference")
    seconds = sorted({at_s for at_s, _, _ in shift.orders})
    edges = [0, *seconds, shift.now_s]
    widest = max(later - earlier for earlier, later in itertools.pairwise(edges))
    assert figures.longest_dead_s == widest / level.shift.default_speed
    minutes = shift.now_s / level.shift.default_speed / 60
    assert len(seconds) / minutes <= figures.decisions_per_min <= len(shift.orders) / minutes


def test_twice_the_speed_asks_twice_as_much_in_half_the_time(level: Level) -> None:
    slow, fast = load_figures(level), load_figures(variant(level, shift__default_speed=2 * level.shift.default_speed))
    assert fast.decisions_per_min == pytest.approx(2 * slow.decisions_per_min)
    assert fast.longest_dead_s == pytest.approx(slow.longest_dead_s / 2)
    assert fast.busiest_share >= slow.busiest_share


def test_orders_of_a_desk_the_trainee_does_not_work_are_not_his_load() -> None:
    whole = load_figures(shipped("first-train"))
    less = load_figures(variant(shipped("first-train"), desks__customs="reference"))
    assert less.decisions_per_min < whole.decisions_per_min


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (LoadFigures(4.0, 15.0, "13:05", 0.8), ""),
        (LoadFigures(2.0, 15.0, "13:05", 0.8), "2.0 decisions a minute"),
        (LoadFigures(7.0, 15.0, "13:05", 0.8), "7.0 decisions a minute"),
        (LoadFigures(4.0, 31.0, "13:05", 0.8), "dead stretch of 31 s from 13:05"),
        (LoadFigures(4.0, 15.0, "13:05", 1.2), "120%"),
    ],
)
def test_figures_out_of_bounds_are_named(figures: LoadFigures, words: str) -> None:
    assert words in "; ".join(figures.faults)
    assert bool(figures.faults) == bool(words)


@pytest.mark.parametrize("name", CAMPAIGN)
def test_a_level_of_the_campaign_takes_five_to_twenty_minutes(name: str) -> None:
    level = shipped(name)
    assert 5 <= level.shift_s / level.shift.default_speed / 60 <= 20


SAMPLED = (1, 4, 7, 10)


@pytest.mark.parametrize(
    "seed", [seed if seed in SAMPLED else pytest.param(seed, marks=pytest.mark.full) for seed in range(1, 11)]
)
@pytest.mark.parametrize("name", CAMPAIGN)
def test_every_level_of_the_campaign_keeps_the_figures_of_a_good_one_on_many_seeds(name: str, seed: int) -> None:
    assert load_figures(shipped(name), seed).faults == ()


def test_the_preview_tells_the_truth_about_every_odd_consignment() -> None:
    level = shipped("fifty-five-minutes")
    seen, scenario = preview(level, 9), resolve(level, 9)
    odd = {item.id: (item.kind, item.family) for item in seen.consignments if item.kind != "clean"}
    true = {
        item.id: (item.case.kind, item.case.family)
        for train in scenario.plans
        for item in scenario.consignments(train)
        if item.case is not None
    }
    assert odd == true
    assert {train.number: train.offered_s for train in seen.trains} == {
        name: plan.offered_s for name, plan in scenario.plans.items()
    }


def seeds_of(*totals: tuple[float, float, float], met: tuple[tuple[str, ...], ...] = ()) -> list[Seed]:
    return [
        Seed(number, dict(zip(("do-nothing", "novice", "reference"), row, strict=True)), met[number] if met else ())
        for number, row in enumerate(totals)
    ]


def test_a_level_is_sound_where_play_decides_and_says_what_fails_where_it_does_not() -> None:
    level = variant(shipped("first-train"), objectives=())
    sound = proof_of(level, seeds_of(*[(0.0, 50.0, 100.0)] * 9, (0.0, -1.0, 100.0)))
    assert sound.faults == ()
    assert sound.pair("do-nothing", "novice").below == 9
    fault = proof_of(level, seeds_of(*[(0.0, 50.0, 100.0)] * 8, *[(0.0, -1.0, 100.0)] * 2)).faults
    assert fault == (
        "do-nothing ends below novice on 8 of 10 seeds, medians 0.0 and 50.0",
        "do-nothing, novice and reference end in that order on 8 of 10 seeds",
    )


def test_two_pairs_that_fail_on_different_seeds_fail_together() -> None:
    level = variant(shipped("first-train"), objectives=())
    rows = [*[(0.0, 50.0, 100.0)] * 8, (0.0, -1.0, 100.0), (0.0, 101.0, 100.0)]
    proof = proof_of(level, seeds_of(*rows))
    assert all(pair.holds for pair in proof.pairs)
    assert proof.faults == ("do-nothing, novice and reference end in that order on 8 of 10 seeds",)


def test_an_objective_that_the_reference_seldom_meets_is_out_of_reach() -> None:
    level = shipped("first-train")
    goals = tuple(goal.id for goal in level.objectives)
    proof = proof_of(level, seeds_of(*[(0.0, 50.0, 100.0)] * 3, met=(goals, goals[1:], goals[1:])))
    assert proof.reached(goals[0]) == 1
    assert len(proof.faults) == 1
    assert f"`{goals[0]}` is out of reach: the reference meets it on 1 of 3 seeds" in proof.faults[0]


def test_several_processes_prove_the_same_as_one() -> None:
    level, players = shipped("first-train"), ("do-nothing", "novice", "reference")
    alone = proof_of(level, prove(level, range(1, 4), players))
    assert proof_of(level, prove(level, range(1, 4), players, jobs=2)) == alone
    assert alone.faults == ()


def test_who_is_thoughtless_at_customs_alone_is_played_only_where_that_desk_is_the_trainees() -> None:
    assert "release-all" in players_for(shipped("paper-trail"))
    assert "release-all" not in players_for(shipped("single-line"))
    assert "quit-early" in players_for(shipped("single-line"))


def test_a_level_of_a_year_is_not_proved_but_says_why() -> None:
    with pytest.raises(NotProvableError, match="standing orders"):
        next(prove(shipped("a-million"), range(1, 3)))
