"""The bound is never below any run: automatic players, monkeys, and whoever gives a good player's orders at other times."""

from functools import cache
from random import Random

import pytest
from conftest import ROOT, shipped
from helpers import calm, random_orders, variant
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor_tui.dispatcher.players import PLAYERS
from corridor_tui.hindsight.bound import bound
from corridor_tui.hindsight.found import Bound
from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.judge import judge_on
from corridor_tui.scoring.score import Scale
from corridor_tui.session.shift import Shift, baseline, unattended

TESTED = ROOT / "tests" / "levels"
WORK = 1.0
"""What the solver has not proven by then makes the bound no lower, and it has to hold all the same."""
SMALL = ("small", "tiny-one", "tiny-two", "tiny-three")
UPSET = (
    {"kind": "crane-stop", "id": "stop", "crane": "RMG1", "when": {"train": "T1", "lifted": 0.2}},
    {"kind": "crane-service", "id": "service", "crane": "RMG1", "at": "14:00"},
    {"kind": "wind", "id": "wind", "speed_ms": 19.0, "at": "11:30"},
    {"kind": "frost", "id": "frost", "at": "10:30"},
    {"kind": "fog", "id": "fog", "at": "10:40"},
    {"kind": "acceptance-cut", "id": "cut", "neighbour": "zhetygen", "trains": 0, "at": "12:00",
     "lasts": {"min_min": 30.0, "mode_min": 60.0, "max_min": 90.0}},
    {"kind": "document-hold", "id": "hold", "train": "T1", "consignment": 1, "at": "10:20",
     "lasts": {"min_min": 30.0, "mode_min": 60.0, "max_min": 90.0}},
    {"kind": "closed-block", "id": "shut", "track": "main", "at": "11:00",
     "lasts": {"min_min": 30.0, "mode_min": 60.0, "max_min": 90.0}},
    {"kind": "call", "id": "call", "caller": "A", "text": "Q", "because": "B", "at": "10:15",
     "answers": ({"word": "yes", "text": "Yes", "right": True}, {"word": "no", "text": "No"})},
)  # fmt: skip
"""Every kind of disruption that such a level can have and have a bound; the solver knows of none of them."""


@cache
def level(name: str) -> Level:
    if name.startswith("upset "):
        return variant(load(TESTED / f"{name[6:]}.toml"), disruptions=UPSET)
    return (
        load(TESTED / f"{name}.toml")
        if name in SMALL
        else calm(name[5:])
        if name.startswith("calm ")
        else shipped(name)
    )


@cache
def stakes(name: str, seed: int) -> tuple[Scale, Bound]:
    scenario = resolve(level(name), seed)
    scale = Scale(*(baseline(scenario, player).losses for player in ("do-nothing", "reference")))
    return scale, bound(scenario, scale, WORK)


def total(shift: Shift, name: str, seed: int) -> float:
    return judge_on(shift.close(), stakes(name, seed)[0], level(name)).total


@pytest.mark.parametrize("name", [*SMALL, *(f"upset {name}" for name in SMALL), "first-train", "calm first-train"])
@pytest.mark.parametrize("seed", range(1, 4))
def test_no_automatic_player_ends_above_it(name: str, seed: int) -> None:
    most = stakes(name, seed)[1].total
    for player in PLAYERS:
        assert total(unattended(resolve(level(name), seed), player), name, seed) <= most, player


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 3))
@pytest.mark.parametrize("player", PLAYERS)
def test_nor_where_the_traffic_is_heavy(player: str, seed: int) -> None:
    name = "fifty-five-minutes"
    assert total(unattended(resolve(level(name), seed), player), name, seed) <= stakes(name, seed)[1].total


@given(name=st.sampled_from([*SMALL, "first-train"]), seed=st.integers(1, 3), monkey=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_no_monkey_ends_above_it(name: str, seed: int, monkey: int) -> None:
    draws, shift = Random(monkey), Shift(level(name), seed)
    while not shift.over:
        for order in random_orders(shift.view, draws, draws.randrange(4)):
            shift.order(order)
        shift.advance(shift.now_s + draws.choice((1, 60, 600)))
    assert total(shift, name, seed) <= stakes(name, seed)[1].total


@given(
    name=st.sampled_from([*SMALL, "upset small", "upset tiny-two", "first-train", "calm first-train"]),
    seed=st.integers(1, 3),
    monkey=st.integers(0, 2**32),
    odd=st.sampled_from((0.0, 0.02, 0.1)),
)
@settings(max_examples=50, deadline=None)
def test_nobody_who_gives_the_reference_orders_at_his_own_times_ends_above_it(
    name: str, seed: int, monkey: int, odd: float
) -> None:
    """A good player who acts at once, or holds an order back for what it is worth, and now and then tries something."""
    draws, shift = Random(monkey), Shift(level(name), seed)
    held: dict[str, int] = {}
    while not shift.over:
        for order in shift.proposals():
            wait_s = held.setdefault(order.text, shift.now_s + draws.choice((0, 0, 0, 1, 300, 1_200)))
            if wait_s <= shift.now_s and shift.refusal(order) is None:
                shift.order(order.text)
        if draws.random() < odd:
            for text in random_orders(shift.view, draws, 1):
                shift.order(text)
        shift.advance(int(min(shift.next_s + 1, shift.now_s + 120)))
    assert total(shift, name, seed) <= stakes(name, seed)[1].total
