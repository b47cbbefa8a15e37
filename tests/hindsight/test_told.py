"""Asking for a bound: the same answer everywhere, words that can be read, and a clear one where there is none."""

import subprocess
import sys
from dataclasses import replace
from queue import SimpleQueue

import pytest
from conftest import ROOT, shipped
from helpers import variant
from played import played

from corridor_tui.hindsight import asking
from corridor_tui.hindsight.aside import Asking
from corridor_tui.hindsight.asking import bound_of, bound_on, check_asked
from corridor_tui.hindsight.found import Bound, bound_lines
from corridor_tui.hindsight.lifts import least_s
from corridor_tui.hindsight.scope import NoBoundError
from corridor_tui.language import speaking
from corridor_tui.level.load import load
from corridor_tui.scoring.score import Losses
from corridor_tui.session.shift import play

SMALL = load(ROOT / "tests" / "levels" / "small.toml")


def test_the_bound_of_a_run_is_that_of_its_seed_and_is_told_beside_its_score() -> None:
    result = played("first-train", 1, "novice")
    found = bound_of(result.run, result.score)
    assert found == bound_on(shipped("first-train"), 1)
    assert result.score.total < 100 <= found.total
    first, where, without, proof = bound_lines(found, result.score)
    assert first == (
        f"yours {result.score.total:.1f}, the reference 100, nobody could have reached more than {found.total:.1f} on this seed"
    )
    assert sum(found.gap(result.score.losses).values()) == pytest.approx(
        found.total - result.score.total - result.score.safety, abs=0.02
    )
    assert all(part in where for part in ("time", "resources"))
    assert without == (
        "left out, since it can only take points away: that cranes stand in each other's way, the disruptions of the shift"
    )
    assert proof.startswith("it is proven that nobody could")


def test_another_process_with_another_hash_seed_finds_the_same() -> None:
    ask = (
        "from pathlib import Path; from corridor_tui.level.load import load; from corridor_tui.hindsight.asking import bound_on;"
        f"print(bound_on(load(Path({str(ROOT / 'tests/levels/small.toml')!r})), 2))"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", ask], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] == f"{bound_on(SMALL, 2)}\n"


def test_what_was_not_searched_to_its_end_is_a_bound_all_the_same_and_says_so() -> None:
    whole = bound_on(shipped("fifty-five-minutes"), 1, work=0.05)
    assert not whole.least
    assert whole.total >= 100
    assert f"at most {whole.total:.1f}; not proved to be reachable" in bound_lines(whole)[-1]


def test_progress_is_told_as_bounds_that_only_fall() -> None:
    heard: list[float] = []
    found = bound_on(shipped("fifty-five-minutes"), 1, 0.2, heard.append)
    assert heard == sorted(heard, reverse=True)
    assert heard[-1] >= found.total


@pytest.mark.parametrize(
    ("level", "why"),
    [
        ("single-line", "loops|line"),
        ("across-the-sea", "services"),
        ("harvest", "grain"),
        ("gale", "not every desk"),
        ("a-million", "settled"),
    ],
)
def test_a_level_that_it_is_not_for_is_told_why(level: str, why: str) -> None:
    with pytest.raises(NoBoundError, match=why):
        check_asked(shipped(level))


def test_a_process_beside_the_screen_says_why_not_in_the_language_of_the_screen() -> None:
    result, heard = played("paper-trail"), SimpleQueue[Bound | str | Exception]()
    with pytest.raises(NoBoundError) as told, speaking("ru"):
        check_asked(shipped("paper-trail"))
    with speaking("ru"):
        beside = Asking(result.run, result.score, heard.put)
    assert heard.get(timeout=60) == str(told.value)
    beside.end()
    with pytest.raises(NoBoundError) as english:
        check_asked(shipped("paper-trail"))
    assert str(english.value) != str(told.value)


def test_a_level_too_large_is_told_what_of_it_is() -> None:
    train = SMALL.model_dump()["trains"][0]
    trains = tuple({**train, "number": f"T{number}"} for number in range(9))
    with pytest.raises(NoBoundError, match="9 trains, and the solver takes 8 at the most"):
        check_asked(variant(SMALL, trains=trains))


def test_who_has_no_solver_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "find_spec", lambda _name: None)
    with pytest.raises(NoBoundError, match=r"pip install 'corridor_tui\[bound\]'"):
        check_asked(SMALL)


def test_a_solver_that_does_not_load_is_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "corridor_tui.hindsight.bound", None)
    with pytest.raises(NoBoundError, match=r"the solver cannot be loaded \(.*\): install"):
        bound_on(SMALL, 1)


def test_who_made_a_safety_mistake_passes_nobody_but_below_the_cap() -> None:
    """Where the cap is above all that can be reached without a mistake, a mistake might be worth its deduction."""
    careful = bound_on(SMALL, 1)
    capped = variant(SMALL, scoring__safety__cap=150.0)
    assert bound_on(capped, 1).total >= careful.total
    assert bound_on(variant(SMALL, scoring__safety__cap=careful.total), 1).total == careful.total


def test_who_has_no_total_is_not_set_beside_the_bound() -> None:
    score = play(shipped("first-train"), 1, "novice", baselines=False).score
    found = Bound(100.4, least=True, losses=score.losses, worth={"time": 0.5})
    assert bound_lines(found, score)[0] == bound_lines(found)[0]


def test_where_no_plan_was_found_nothing_is_said_of_the_difference() -> None:
    found = Bound(104.2, least=False, losses=None, worth={"time": 0.5})
    assert found.gap(Losses(10, 0, 0)) == {}
    score = replace(played("first-train", 1, "novice").score)
    assert len(bound_lines(found, score)) == 2


@pytest.mark.parametrize(
    ("lifts", "cranes", "least"),
    [((), 2, 0), ((7,), 2, 7), ((3, 3, 2, 2, 2), 2, 6), ((9, 1, 1), 2, 9), ((5, 5, 5), 2, 10), ((4, 4, 4), 1, 12), ((5, 5, 5, 5), 3, 7)],
)  # fmt: skip
def test_the_least_time_for_some_lifts(lifts: tuple[int, ...], cranes: int, least: int) -> None:
    """Two cranes by hand: 3+3 and 2+2+2; three share 20 s, of which none does less than 7."""
    assert least_s(lifts, cranes) == least
