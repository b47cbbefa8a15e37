"""On levels so small that everything can be tried, the bound is what the best of all runs reaches, to the hundredth."""

from collections.abc import Iterator

import pytest
from brute import Search
from conftest import ROOT

from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.view import View
from corridor_tui.hindsight.asking import WORK
from corridor_tui.hindsight.bound import bound
from corridor_tui.level.load import load
from corridor_tui.level.model import Level

QUICK = ("tiny-one", "tiny-two")
"""Those of which all can be tried within a minute; `tiny-three` takes longer."""


def tiny(name: str) -> Level:
    return load(ROOT / "tests" / "levels" / f"{name}.toml")


class OtherWayRound(Search):
    """Only what can be done with T2 under the cranes first."""

    def _worth_trying(self, view: View) -> Iterator[Order]:
        done = view.units["T2"].did("lift")
        return (order for order in super()._worth_trying(view) if done or order.args[:2] != ("T1", "PN1"))


def tried(name: str, seed: int) -> tuple[float, float]:
    """The best total of all runs, and the bound."""
    search = Search(tiny(name), seed).run()
    found = bound(search.scenario, search.scale, WORK)
    assert search.best > 100.0
    assert search.runs > 2
    assert search.moments > 1_000
    assert found.least
    return search.best, found.total


@pytest.mark.parametrize("name", QUICK)
def test_the_bound_is_the_best_of_everything_that_can_be_tried(name: str) -> None:
    best, most = tried(name, 1)
    assert most == best


@pytest.mark.full
@pytest.mark.parametrize(
    ("name", "seed"),
    [("tiny-one", 2), ("tiny-one", 3), ("tiny-two", 3), ("tiny-three", 1), ("tiny-three", 2), ("tiny-three", 3)],
)
def test_and_on_other_seeds_and_where_there_is_more_to_try(name: str, seed: int) -> None:
    best, most = tried(name, seed)
    assert most == best


def test_which_of_two_trains_is_first_under_the_cranes_matters() -> None:
    """With the less urgent one first, the best that can be reached is two points lower."""
    other = OtherWayRound(tiny("tiny-two"), 1).run()
    assert other.best == 100.4
    assert bound(other.scenario, other.scale, WORK).total == 102.44
