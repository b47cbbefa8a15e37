"""On levels so small that everything can be tried, the bound is what the best of all runs reaches, to the hundredth."""

import pytest
from brute import Search
from conftest import ROOT

from corridor_tui.hindsight.asking import WORK
from corridor_tui.hindsight.bound import bound
from corridor_tui.level.load import load

TINY = ("tiny-one", "tiny-three")


def tried(name: str, seed: int) -> tuple[float, float]:
    """The best total of all runs, and the bound."""
    search = Search(load(ROOT / "tests" / "levels" / f"{name}.toml"), seed).run()
    found = bound(search.scenario, search.scale, WORK)
    assert search.best > 100.0
    assert search.runs > 10
    assert found.least
    return search.best, found.total


@pytest.mark.parametrize("name", TINY)
def test_the_bound_is_the_best_of_everything_that_can_be_tried(name: str) -> None:
    best, most = tried(name, 1)
    assert most == best


@pytest.mark.full
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("name", TINY)
def test_and_on_other_seeds(name: str, seed: int) -> None:
    best, most = tried(name, seed)
    assert most == best
