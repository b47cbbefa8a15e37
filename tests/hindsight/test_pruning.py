"""What the search leaves out is no better than what it finds: the bound by which it does so is never below what is reached."""

from random import Random

import pytest
from brute import Search
from helpers import variant
from hypothesis import given, settings
from hypothesis import strategies as st
from test_brute import tiny

from corridor_tui.level.model import Level
from corridor_tui.scoring.judge import judge_on
from corridor_tui.session.shift import Shift


class Whole(Search):
    """Everything to its end, whatever it can reach; `over`: by how much a run passed what it was held to reach at the most."""

    over = float("-inf")

    def promising(self, _most: float) -> bool:
        return True

    def _score(self, shift: Shift, given: tuple[tuple[int, str], ...], most: float) -> None:
        self.over = max(self.over, judge_on(shift.close(), self.scale, self.level).total - most)
        super()._score(shift, given, most)


def one_of_two(shunters: int) -> Level:
    """`tiny-two` with one train and one rake."""
    two = tiny("tiny-two").model_dump()
    return variant(tiny("tiny-two"), trains=(two["trains"][0],), rakes=(two["rakes"][0],), staff__shunters=shunters)


def in_error() -> Level:
    """`tiny-three` with its train inspected and one consignment, which is in error."""
    three = tiny("tiny-three").model_dump()
    train = three["trains"][0] | {
        "wagons": 1, "feu": 1, "consignments": 1, "scripted": (three["trains"][0]["scripted"][1] | {"number": 1},),
        "at": "09:30", "standing": {"track": "N1", "stage": "inspected", "since_min": 30.0},
    }  # fmt: skip
    return variant(tiny("tiny-three"), trains=(train,))


@pytest.mark.parametrize(
    "level",
    [
        pytest.param(one_of_two(4), id="pulls"),
        pytest.param(one_of_two(1), id="shunter"),
        pytest.param(in_error(), id="error", marks=pytest.mark.full),
    ],
)
def test_a_search_that_leaves_nothing_out_finds_no_more(level: Level) -> None:
    pruned, whole = Search(level, 1).run(), Whole(level, 1)
    whole.run()
    assert whole.runs > 10 * pruned.runs > 0
    assert pruned.best == whole.best > 100
    assert whole.over <= 0


@given(
    name=st.sampled_from(("tiny-one", "tiny-two", "tiny-three")),
    seed=st.integers(1, 6),
    walk=st.integers(0, 2**32),
    zeal=st.sampled_from((0.3, 0.7, 0.95, 1.0)),
)
@settings(max_examples=25, deadline=None)
def test_whatever_is_tried_never_ends_above_what_it_was_held_to_reach(
    name: str, seed: int, walk: int, zeal: float
) -> None:
    """Somebody who at every moment gives what is worth trying, or does not, as chance has it."""
    search, draws = Search(tiny(name), seed), Random(walk)
    shift, most = Shift(search.level, seed, scenario=search.scenario), list[float]()
    while not shift.over:
        offered = list(search.worth_trying(shift.view))
        while offered and draws.random() < zeal:
            shift.order(draws.choice(offered).text)
            most.append(search.stakes.most(shift))
            offered = list(search.worth_trying(shift.view))
        shift.advance(int(min(shift.next_s + 1, shift.now_s + draws.choice((60, 600, 3_600)))))
        most.append(search.stakes.most(shift))
    assert judge_on(shift.close(), search.scale, search.level).total <= min(most)
