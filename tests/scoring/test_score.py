"""The score: anchored on the same seed, every lost minute charged once, every lost point with its reason."""

from itertools import pairwise

import pytest
from conftest import shipped
from helpers import calm, give, one_train, to_the_cranes, until, variant
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.dwell import Span, charge
from corridor_tui.scoring.gather import gather
from corridor_tui.scoring.judge import judge
from corridor_tui.scoring.measures import Raw
from corridor_tui.scoring.score import Component, Losses, Reason
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.shift import Shift, baseline, play, unattended

COMPONENTS: tuple[Component, ...] = ("time", "detection", "resources")


def spans(*parts: tuple[str, int]) -> tuple[Span, ...]:
    made, at_s = [], 0
    for cause, length in parts:
        made.append(Span(cause, "dispatch" if cause == "trainee" else None, at_s, at_s + length))  # type: ignore[arg-type]
        at_s += length
    return tuple(made)


def test_waits_use_up_the_slack_in_order_and_what_comes_after_is_charged() -> None:
    dwell = spans(("work", 600), ("track", 300), ("work", 600), ("trainee", 900), ("path", 300))
    # 25 min of waits, 16 of them late: the first 9 minutes were slack
    charged = charge(dwell, 16 * 60)
    assert [(span.cause, span.length_s // 60) for span in charged] == [("trainee", 11), ("path", 5)]
    assert charged[0].from_s == 600 + 300 + 600 + 240


def test_a_train_on_time_is_charged_nothing_and_one_without_waits_its_work() -> None:
    assert charge(spans(("trainee", 500), ("work", 500)), 0) == ()
    (charged,) = charge(spans(("work", 600)), 120)
    assert (charged.cause, charged.length_s) == ("work", 120)


@given(
    st.lists(
        st.tuples(st.sampled_from(["work", "track", "trainee", "path"]), st.integers(1, 5_000)), min_size=1, max_size=12
    ),
    st.integers(0, 40_000),
)
def test_every_late_second_is_charged_once(parts: list[tuple[str, int]], late: int) -> None:
    dwell = spans(*parts)
    whole = sum(span.length_s for span in dwell)
    charged = charge(dwell, late)
    assert sum(span.length_s for span in charged) == min(late, whole)
    seconds = [second for span in charged for second in (span.from_s, span.to_s)]
    assert all(0 <= second <= whole for second in seconds)
    marked = sorted((span.from_s, span.to_s) for span in charged)
    assert all(first[1] <= second[0] for first, second in pairwise(marked))


@pytest.mark.parametrize("dispatcher", ["do-nothing", "novice", "reference"])
def test_waits_and_work_together_are_the_dwell(level: Level, dispatcher: str) -> None:
    shift = unattended(resolve(level, 2), dispatcher)
    shift.close()
    record = gather(level, shift.events, shift.scenario)
    for name, dwell in record.dwells.items():
        unit = record.view.units[name]
        carriers = [record.view.units[rake] for rake in unit.partners] or [unit]
        end_s = max(carrier.departed_s or 0 for carrier in carriers)
        assert end_s
        assert dwell[0].from_s == max(0, unit.offered_s or 0)
        assert dwell[-1].to_s == end_s
        assert all(first.to_s == second.from_s for first, second in pairwise(dwell))


def test_do_nothing_is_0_and_the_reference_100(level: Level) -> None:
    for seed in (1, 2, 3):
        assert play(level, seed, "do-nothing").score.total == 0
        assert play(level, seed, "reference").score.total == 100


def test_do_nothing_is_the_most_expensive_in_every_component(level: Level) -> None:
    scenario = resolve(level, 5)
    nothing, reference = baseline(scenario, "do-nothing"), baseline(scenario, "reference")
    for component in COMPONENTS:
        assert nothing.losses.of(component) > reference.losses.of(component)


def test_reasons_carry_every_lost_point(level: Level) -> None:
    for dispatcher in ("do-nothing", "novice", "reference"):
        score = play(level, 3, dispatcher).score
        for component in COMPONENTS:
            found = sum(reason.loss for reason in score.reasons if reason.component == component)
            assert found == pytest.approx(score.losses.of(component))
        for reason in score.reasons:
            assert reason.from_s <= reason.to_s
            assert reason_text(reason, level)


def test_an_order_sixteen_minutes_late_costs_sixteen_minutes_of_the_dispatch_desk() -> None:
    level = variant(shipped("first-train"), trains__0__due="11:00", lines__2__paths=[])

    def played(wait_s: int) -> Raw:
        shift = Shift(level, 1)
        until(shift, "offered", "X8001")
        shift.advance(150 + wait_s)
        while not shift.over:
            proposal = next(shift.proposals(), None)
            if proposal is None:
                shift.advance(shift.now_s + 10)
            else:
                give(shift, proposal.text)
        return shift.close()

    prompt, late = played(0), played(16 * 60)
    assert late.losses.time - prompt.losses.time == pytest.approx(16, abs=1)
    waited = sum(reason.loss for reason in late.reasons if reason.code == "wait" and reason.args[2] == "dispatch")
    before = sum(reason.loss for reason in prompt.reasons if reason.code == "wait" and reason.args[2] == "dispatch")
    assert waited - before == pytest.approx(16, abs=1)


def test_delay_a_train_brings_with_it_is_nobodys() -> None:
    level = variant(shipped("first-train"), trains__0__due="13:10", lines__2__paths=[])
    late = {"min_min": 40.0, "mode_min": 40.0, "max_min": 40.0}
    on_time, delayed = (play(variant(level, trains__0__late=how), 1, "reference").score for how in (None, late))
    assert on_time.trains[0].departed_s is not None
    assert delayed.trains[0].departed_s == on_time.trains[0].departed_s + 40 * 60
    assert delayed.losses.time == on_time.losses.time > 0


def test_minutes_of_a_desk_the_trainee_does_not_work_are_not_the_trainees() -> None:
    level = variant(shipped("first-train"), desks__dispatch="do-nothing")
    score = play(level, 1, "novice").score
    assert not any(reason.code == "wait" and reason.args[2] == "dispatch" for reason in score.reasons)


def test_quitting_gains_nothing() -> None:
    shift = one_train()
    shift.advance(600)
    assert shift.finish().score.total == 0


def test_a_fault_released_is_a_miss_and_a_finding_that_falls_a_false_alarm() -> None:
    base = variant(
        shipped("first-train"),
        trains__0__flagged=0,
        customs__cases={"errors": 0, "lookalikes": 0},
        trains__0__scripted=[
            {"number": 1, "lane": "green", "case": {"kind": "error", "family": "hs"}},
            {"number": 2, "lane": "green", "case": {"kind": "lookalike", "family": "seal"}},
            {"number": 3, "lane": "green", "clean": True},
        ],
    )
    shift = Shift(base, 1)
    give(shift, "release X8001-01", "find X8001-02 note.seal handover.seal seal", "check X8001-03")
    raw = shift.close()
    codes = [(reason.code, reason.args[0]) for reason in raw.reasons if reason.component == "detection"]
    assert ("miss", "X8001-01") in codes
    assert ("false_alarm", "X8001-02") in codes
    assert ("unjustified", "X8001-03") in codes
    assert ("undecided", "X8001-04") in codes
    rates = base.scoring.detection
    undecided = sum(code == "undecided" for code, _ in codes)
    assert raw.losses.detection == rates.miss + rates.false_alarm + rates.unjustified + undecided * rates.undecided


def raw(losses: Losses, safety: float = 0.0) -> Raw:
    mistakes = (Reason("safety", "unsecured", ("X8001",), safety, 0, 0),) if safety else ()
    goals: dict[str, tuple[float | None, bool]] = {goal.id: (None, True) for goal in shipped("first-train").objectives}
    return Raw(losses, safety, mistakes, {}, goals, (), 0, 0, 0)


def test_the_total_lies_between_the_anchors_by_weight() -> None:
    level = shipped("first-train")
    nothing, reference = raw(Losses(100, 50, 200)), raw(Losses(0, 10, 100))
    score = judge(raw(Losses(50, 50, 100)), nothing, reference, level)
    assert score.parts == {"time": 50.0, "detection": 0.0, "resources": 100.0}
    assert score.total == pytest.approx((50 * 50 + 30 * 0 + 20 * 100) / 100)


def test_a_trainee_can_pass_a_hundred() -> None:
    level = shipped("first-train")
    assert judge(raw(Losses(0, 0, 90)), raw(Losses(100, 50, 200)), raw(Losses(0, 10, 100)), level).total > 100


def test_a_component_with_nothing_to_measure_says_so_and_shares_its_weight_out() -> None:
    level = shipped("first-train")
    score = judge(raw(Losses(50, 0, 100)), raw(Losses(100, 0, 200)), raw(Losses(0, 0, 100)), level)
    assert score.parts["detection"] is None
    assert score.total == pytest.approx((50 * 50 + 20 * 100) / 70, abs=0.01)


def test_safety_takes_points_off_and_caps_the_total() -> None:
    level = shipped("first-train")
    nothing, reference = raw(Losses(100, 50, 200)), raw(Losses(0, 10, 100))
    assert judge(raw(Losses(0, 10, 100), 15), nothing, reference, level).total == level.scoring.safety.cap
    assert judge(raw(Losses(50, 50, 100), 15), nothing, reference, level).total == pytest.approx(45 - 15)


def test_what_others_finish_after_the_shift_meets_no_objective(level: Level) -> None:
    outcome = play(level, 1, "do-nothing")
    met = {goal.id for goal in outcome.score.objectives if goal.met}
    assert met <= {"safe"}


def test_a_load_left_in_the_stack_has_not_left_and_its_waiting_is_counted() -> None:
    shift = Shift(variant(calm("first-train"), shift__length_min=400), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 stack", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    give(shift, "inspect X8001")
    until(shift, "done", "X8001", "empty")
    give(shift, "call-loco X8001", "move X8001 N5")
    until(shift, "loco_on", "X8001")
    give(shift, "depart X8001")
    gone = until(shift, "gone", "X8001")
    assert not shift.over
    raw = shift.close()
    assert raw.trains[0].departed_s is not None
    assert raw.trains[0].departed_s > gone
    waited = [reason for reason in raw.reasons if reason.code == "wait" and reason.args[1] == "trainee"]
    assert any(reason.args[2] == "terminal" for reason in waited)


def test_raising_a_green_lane_first_does_not_justify_the_check() -> None:
    level = variant(
        shipped("first-train"),
        trains__0__flagged=0,
        customs__cases={"errors": 0, "lookalikes": 0},
        trains__0__scripted=[{"number": 1, "lane": "green"}],
    )
    shift = Shift(level, 1)
    give(shift, "lane X8001-01 red risk", "check X8001-01")
    raw = shift.close()
    unjustified = [reason.args for reason in raw.reasons if reason.code == "unjustified"]
    assert ("X8001-01", "lane") in unjustified
    assert ("X8001-01", "check") in unjustified


def test_costs_of_desks_the_trainee_does_not_work_are_not_his() -> None:
    level = variant(shipped("first-train"), desks__dispatch="reference", desks__terminal="reference")
    codes = {reason.code for reason in play(level, 1, "novice").score.reasons if reason.component == "resources"}
    assert codes <= {"officers", "undelivered"}
