"""The dispatchers: in their order, and the reference against the published figures."""

import statistics
from dataclasses import replace
from functools import cache

import pytest
from conftest import CAMPAIGN, shipped

from corridor_tui.corridor.chain import load_left_s
from corridor_tui.dispatcher.degenerate import QUITS_AT
from corridor_tui.dispatcher.players import CUSTOMS_ONLY, DEGENERATE
from corridor_tui.instructor.proof import LEAST_SHARE, Proof, Seed, play_seed, players_for, proof_of
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import baseline, play, unattended


def value(outcome: Outcome, goal: str) -> float:
    found = next(result.value for result in outcome.score.objectives if result.id == goal)
    assert found is not None
    return found


@cache
def trial(name: str, seed: int) -> Seed:
    """What every player comes to on a seed."""
    return play_seed(shipped(name), seed, players_for(shipped(name)))


def proof(name: str, seeds: range, *players: str) -> Proof:
    """The proof of a level by some of its players."""
    found = (trial(name, seed) for seed in seeds)
    return proof_of(shipped(name), [replace(one, totals={who: one.totals[who] for who in players}) for one in found])


def check_order(name: str, seeds: range) -> None:
    found = proof(name, seeds, "do-nothing", "novice", "reference")
    assert [pair.fault for pair in found.pairs if not pair.holds] == []
    assert found.in_order is not None
    assert found.in_order >= LEAST_SHARE * len(seeds)


THOUGHTLESS = [(name, who) for name in CAMPAIGN for who in players_for(shipped(name)) if who in DEGENERATE]
"""Each where the desk it is thoughtless at is the trainee's."""


@pytest.mark.parametrize("name", CAMPAIGN)
def test_do_nothing_is_below_the_novice_and_the_novice_below_the_reference(name: str) -> None:
    check_order(name, range(1, 11))


@pytest.mark.full
@pytest.mark.parametrize("name", CAMPAIGN)
def test_the_same_over_fifty_seeds(name: str) -> None:
    check_order(name, range(1, 51))


def check_degenerate(name: str, who: str, seeds: range) -> None:
    pair = proof(name, seeds, who, "novice").pair(who, "novice")
    assert pair.holds, pair.fault


@pytest.mark.parametrize(("name", "who"), THOUGHTLESS)
def test_who_follows_one_thoughtless_rule_ends_below_the_novice(name: str, who: str) -> None:
    check_degenerate(name, who, range(1, 11))


@pytest.mark.full
@pytest.mark.parametrize(("name", "who"), THOUGHTLESS)
def test_thoughtless_rules_over_fifty_seeds(name: str, who: str) -> None:
    check_degenerate(name, who, range(1, 51))


@pytest.mark.parametrize("who", CUSTOMS_ONLY)
def test_a_thoughtless_customs_desk_works_the_other_desks_as_the_novice_does(who: str) -> None:
    """Until the papers come into play the two give the same orders to trains and cranes."""
    mine, his = (unattended(resolve(shipped("first-train"), 1), name) for name in (who, "novice"))
    first = [[order for order in shift.orders if order[1] != "customs"][:8] for shift in (mine, his)]
    assert first[0] == first[1]
    assert [order for order in mine.orders if order[1] == "customs"] != [
        order for order in his.orders if order[1] == "customs"
    ]


def test_who_quits_early_gives_no_order_after_a_part_of_the_shift_and_sits_it_out() -> None:
    shift = unattended(resolve(shipped("fifty-five-minutes"), 1), "quit-early")
    assert shift.orders
    assert max(at_s for at_s, _, _ in shift.orders) < QUITS_AT * shift.level.shift_s
    assert shift.now_s == shift.level.shift_s


def test_random_orders_are_legal_and_the_same_each_time() -> None:
    one, two = (unattended(resolve(shipped("fifty-five-minutes"), 3), "random") for _ in range(2))
    assert one.events == two.events
    assert not [event for event in one.events if event.code == "refused"]
    assert len({text.split(" ")[0] for _, _, text in one.orders}) > 12


def test_a_reference_with_no_other_desk_reads_what_nobody_flagged() -> None:
    level = shipped("paper-trail")
    measures = [baseline(resolve(level, seed), "reference").measures for seed in range(1, 7)]
    assert all(found["hit_pct"] == 100.0 and found["false_alarms"] == 0 for found in measures)


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


def test_the_reference_makes_no_safety_mistake_and_gives_no_order_that_is_refused() -> None:
    for name in CAMPAIGN:
        for seed in (1, 2, 3):
            outcome = play(shipped(name), seed, "reference")
            assert outcome.score.measures["safety_mistakes"] == 0
            assert not [event for event in outcome.events if event.code == "refused"]


def check_the_line(seeds: range) -> None:
    """On the single line dispatch alone is the trainee's: who quits or orders at random is below the novice, and no train is
    caught under the reference.
    """
    name = "single-line"
    for who in ("do-nothing", "quit-early", "random"):
        check_degenerate(name, who, seeds)
    check_order(name, seeds)
    for seed in seeds:
        assert baseline(resolve(shipped(name), seed), "reference").measures["safety_mistakes"] == 0, seed


def test_on_the_single_line_the_players_end_in_their_order_and_the_reference_ties_no_knot() -> None:
    check_the_line(range(1, 4))


@pytest.mark.full
def test_the_single_line_over_fifty_seeds() -> None:
    check_the_line(range(1, 51))


def test_the_reference_leaves_a_train_with_time_in_hand_in_the_station_for_the_wagons_of_one_with_a_ferry_to_catch() -> (
    None
):
    """Three rakes are left for three trains, and the last of them comes too late for the evening ferry."""
    scenario = resolve(shipped("across-the-sea"), 1)
    left = {}
    for who in ("novice", "reference"):
        shift = unattended(scenario, who)
        shift.close()
        ferry, other = (shift.view.units[name] for name in ("XK1", "LT1"))
        left[who] = [load_left_s(shift.view, train) or 0 for train in (ferry, other)]
        by_s = shift.view.sail_by_s(ferry)
        assert shift.view.sail_by_s(other) is None
    assert left["reference"][0] < (by_s or 0) < left["novice"][0]
    assert left["novice"][1] < left["reference"][1] < (other.due_s or 0)
