"""A decision is worth what the score differs by where it alone is taken as the reference would: on hand-worked cases."""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest
from coaching import as_proposed, coached, only
from conftest import CAMPAIGN, shipped
from helpers import calm, killed_with_children, variant
from played import played

from corridor_tui.corridor.orders import Order, parse
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session import lived, valuing
from corridor_tui.session.decisions import Analysis
from corridor_tui.session.lived import Watched
from corridor_tui.session.result import export
from corridor_tui.session.run import OtherEngineError, Run
from corridor_tui.session.valuing import Progress, Valuing

HELD_S = 16 * 60


def test_who_does_as_the_reference_would_has_nothing_to_regret() -> None:
    run, _ = coached(calm("first-train"), 1, as_proposed)
    analysis = Analysis(run)
    assert [worth for worth in map(analysis.worth, analysis.decisions) if abs(worth.total) >= 0.05] == []


def test_a_train_held_sixteen_minutes_costs_what_it_would_have_gained_without() -> None:
    level = calm("first-train")
    _, without = coached(level, 1, as_proposed)
    due: list[int] = []

    def holding(now_s: int, order: Order) -> Order | None:
        if order.verb != "accept":
            return order
        due.append(now_s)
        return order if now_s >= due[0] + HELD_S else None

    run, held = coached(level, 1, holding)
    assert held < without
    analysis = Analysis(run)
    decision = only(analysis, "late", "accept")
    assert decision.t - decision.instead_s == pytest.approx(HELD_S, abs=60)
    assert decision.instead_s == pytest.approx(due[0], abs=60)
    worth = analysis.worth(decision)
    assert analysis.score.total == held
    assert worth.total == pytest.approx(without - held, abs=0.5)  # the reference is asked once a minute
    assert (worth.detection, worth.safety) == (0, 0)


def test_a_fault_released_costs_the_miss() -> None:
    level = variant(
        calm("paper-trail"), scoring__detection__undecided=0
    )  # what is decided in the time it saves gains nothing
    finds = {order.args[0] for order in map(parse, _reference_orders(level)) if order.verb == "find"}
    (missed, *_) = sorted(name for name in finds if resolve(level, 1).truth(name) is not None)

    def blind(_: int, order: Order) -> Order | None:
        if order.args[0] != missed:
            return order
        return Order("release", (missed,)) if order.verb == "find" else order

    run, total = coached(level, 1, blind)
    analysis = Analysis(run)
    assert analysis.score.total == total
    decision = only(analysis, "other", "release")
    assert decision.subject == missed
    assert decision.instead[0].startswith(f"find {missed} ")
    worth = analysis.worth(decision)
    rates = level.scoring.detection
    truth = resolve(level, 1).truth(missed)
    assert truth is not None
    assert worth.detection == (rates.offence_miss if truth.kind == "offence" else rates.miss)
    assert worth.total > 0


def _reference_orders(level: Level) -> list[str]:
    from corridor_tui.session.shift import unattended

    return [text for _, _, text in unattended(resolve(level, 1), "reference").orders]


def test_a_crane_plan_with_one_crane_less_costs_what_the_second_would_have_saved() -> None:
    level = calm("first-train")
    both, without = coached(level, 1, as_proposed)

    def alone(_: int, order: Order) -> Order | None:
        return None if order.text.startswith("crane RMG2") else order

    run, total = coached(level, 1, alone)
    assert total < without
    analysis = Analysis(run)
    assert analysis.score.total == total
    decision = only(analysis, "never", "crane")
    assert decision.text.startswith("crane RMG2 X8001")
    worth = analysis.worth(decision)
    assert worth.total == pytest.approx(without - total, abs=0.01)
    # the train is in time with either: what the second crane saves are hours of rakes and locomotives
    saved = analysis.score.losses.resources - Analysis(both).score.losses.resources
    assert worth.resources == pytest.approx(saved, abs=0.01)
    assert saved > 1
    assert (worth.time, worth.detection, worth.safety) == (0, 0, 0)


def test_a_call_never_answered_is_a_decision_too() -> None:
    level = shipped("fifty-five-minutes")  # none of its calls waits for a lull, which an answer would move

    def silent(_: int, order: Order) -> Order | None:
        return None if order.verb == "answer" else order

    analysis = Analysis(coached(level, 1, silent)[0])
    never = [one for one in analysis.decisions if one.way == "never"]
    assert {one.text.split()[0] for one in never} == {"answer"}
    worths = {one.subject: analysis.worth(one) for one in never}
    assert {name: worth.resources for name, worth in worths.items()} == {
        name: pytest.approx(level.calls[name].costs) for name in worths
    }


@pytest.mark.parametrize("name", [name for name in CAMPAIGN if name not in ("single-line", "eight-cities")])
def test_the_same_orders_at_the_same_pace_are_the_same_run(name: str) -> None:
    result = played(name)
    analysis = Analysis(result.run)
    assert analysis.score.total == result.score.total
    assert analysis._judged(analysis._ground.live(analysis.lags_s)) == analysis.score


@pytest.mark.parametrize("name", ["first-train", "single-line"])
def test_what_is_done_with_need_not_be_asked_about(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Of a call that is closed, or a train that is gone, nothing more is ordered by who is asked all the same."""
    analysis = Analysis(played(name, 1, "novice").run)
    some = [one for one in analysis.decisions if one.way != "late"][:4]
    asked = [analysis.worth(one) for one in some]
    monkeypatch.setattr(lived, "is_done_with", lambda _view, _subject: False)
    assert [analysis.worth(one) for one in some] == asked
    assert len(asked) > 2


def valued(run: Run) -> list[Progress]:
    """What is told while the decisions of a run are valued."""
    heard, told = SimpleQueue[Progress](), list[Progress]()
    with Valuing(run, heard.put):
        while not told or not told[-1].over:
            told.append(heard.get())
    return told


@pytest.mark.parametrize(("name", "dispatcher"), [("first-train", "novice"), ("paper-trail", "random")])
def test_processes_that_share_the_work_come_to_the_same(name: str, dispatcher: str) -> None:
    run = played(name, 1, dispatcher).run
    analysis, told = Analysis(run), valued(run)
    assert list(told[-1].worths) == [analysis.worth(decision) for decision in analysis.decisions]
    assert [each.done for each in told] == list(range(1, told[-1].of + 1))
    assert told[-1].decisions == len(analysis.decisions) > 10
    assert not multiprocessing.active_children()


def test_a_run_without_decisions_is_valued_too() -> None:
    run = coached(calm("first-train"), 1, as_proposed)[0]
    assert valued(run)[-1].trouble is None


def test_a_process_that_is_killed_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "_watch", is_killed)
    told = valued(played("first-train").run)[-1]
    assert told.trouble is not None
    assert "ended from outside" in told.trouble
    assert told.fault is None


def test_a_mistake_in_the_program_is_no_trouble_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "_watch", is_wrong)
    told = valued(played("first-train").run)[-1]
    assert (told.trouble, type(told.fault)) == (None, KeyError)


def is_killed(_run: Run, _part: int) -> Watched:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def is_wrong(_run: Run, _part: int) -> Watched:
    raise KeyError


def test_processes_end_with_the_one_that_began_them_even_where_that_is_killed(tmp_path: Path) -> None:
    kept = tmp_path / "run.json"
    kept.write_text(export(played("first-train")), encoding="utf-8")
    code = (
        "import multiprocessing, sys, time\nfrom pathlib import Path\n"
        "from corridor_tui.session.result import read_export\nfrom corridor_tui.session.valuing import Valuing\n"
        "if __name__ == '__main__':\n"
        "    run = read_export(Path(sys.argv[1]).read_text(encoding='utf-8')).run\n"
        "    Valuing(run, lambda come: None)\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    time.sleep(60)\n"
    )
    script = tmp_path / "valuing.py"
    script.write_text(code, encoding="utf-8")
    assert len(killed_with_children(script, str(kept))) == 2


def test_a_run_of_another_engine_is_not_valued() -> None:
    other = replace(played("first-train").run, engine="1")
    with pytest.raises(OtherEngineError):
        Analysis(other)
    (told,) = valued(other)
    assert told.trouble is not None
    assert "played with engine 1" in told.trouble
