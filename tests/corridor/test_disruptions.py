"""Disruptions: they come when the level says, cost what they cost, and leave the desk something to decide."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import exp, sqrt
from statistics import mean

import pytest
from conftest import shipped
from helpers import calm, give, refused, to_the_cranes, until, variant

from corridor_tui.corridor import checks
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import parse
from corridor_tui.level.base import about
from corridor_tui.level.disruptions import Disruption
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.run import new_run, rebuild
from corridor_tui.session.shift import Shift, play, unattended
from corridor_tui.session.status import Since, waits
from corridor_tui.session.wording import event_text, refusal_text


def upset(**keys: object) -> Level:
    """First train, with time enough, and with one disruption."""
    return variant(shipped("first-train"), disruptions=({"id": "it", **keys},), shift__length_min=500)


def twice(**keys: object) -> Level:
    """First train with a disruption of forty minutes, and ten minutes later the same for ten."""
    return variant(
        shipped("first-train"),
        disruptions=(
            {"id": "long", **keys, "at": "10:00", "lasts": minutes(40, 40)},
            {"id": "short", **keys, "at": "10:10", "lasts": minutes(10, 10)},
        ),
    )


def at_work(level: Level) -> Shift:
    """A shift of which the first train is lifted by one crane."""
    shift = Shift(level, 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001")
    return shift


def minutes(low: float, high: float) -> dict[str, float]:
    return {"min_min": low, "mode_min": low, "max_min": high}


def codes(shift: Shift, *wanted: str) -> list[tuple[str, tuple[object, ...]]]:
    return [(event.code, event.args) for event in shift.events if event.code in wanted]


def test_a_crane_that_stops_holds_its_container_until_it_is_repaired_and_waits_to_be_put_to_work() -> None:
    shift = at_work(
        upset(kind="crane-stop", crane="RMG1", when={"train": "X8001", "lifted": 0.1}, repair=minutes(9, 9))
    )
    stopped = until(shift, "crane_stopped", "RMG1")
    shift.advance(stopped + 1)
    hanging = shift.view.cranes["RMG1"].box
    assert hanging is not None
    shift.advance(stopped + 3_600)
    assert shift.view.cranes["RMG1"].box == hanging
    sent = shift.now_s
    give(shift, "repair RMG1")
    assert until(shift, "crane_up", "RMG1") == sent + 9 * 60
    box = until(shift, "lifted", "RMG1", hanging)
    lift = next(event.t for event in shift.events if event.code == "lifting" and event.args[1] == hanging)
    own = {c.number: c.lifts_s[0] for item in shift.scenario.consignments("X8001") for c in item.containers}[hanging]
    assert box - lift == own + (sent + 9 * 60 - stopped)
    shift.advance(shift.now_s + 1_800)
    assert [event.t for event in shift.events if event.code == "lifting" and event.t > box] == []
    give(shift, "crane RMG1 X8001")
    until(shift, "emptied", "X8001", most_s=30_000)


def test_while_one_crane_stands_the_other_lifts_what_it_can_reach() -> None:
    shift = at_work(
        upset(kind="crane-stop", crane="RMG1", when={"train": "X8001", "lifted": 0.2}, repair=minutes(9, 9))
    )
    give(shift, "crane RMG2 X8001")
    stopped = until(shift, "crane_stopped", "RMG1")
    shift.advance(stopped + 7_200)
    after = [event for event in shift.events if event.code == "lifted" and event.t > stopped + 600]
    assert len(after) > 10
    assert {event.args[0] for event in after} == {"RMG2"}


def test_service_lets_a_crane_end_its_lift_and_brings_it_back_by_itself() -> None:
    shift = at_work(upset(kind="crane-service", crane="RMG1", at="11:40", lasts=minutes(30, 30)))
    until(shift, "crane_up", "RMG1")
    begun = [event.t for event in shift.events if event.code == "lifting"]
    out = next(event.t for event in shift.events if event.code == "crane_stopped")
    assert out == 100 * 60
    assert not [t for t in begun if out < t < out + 1_800]
    assert codes(shift, "crane_stopped", "crane_up") == [
        ("crane_stopped", ("RMG1", "service")),
        ("crane_up", ("RMG1",)),
    ]


def test_a_lift_above_the_wind_limit_is_a_mistake_of_that_crane_once_a_wind_and_slow_wind_only_slows() -> None:
    storm = at_work(upset(kind="wind", speed_ms=22.0, at="11:40", warning_min=0, lasts=minutes(60, 60)))
    until(storm, "wind", most_s=20_000)
    storm.advance(storm.now_s + 1_800)
    assert codes(storm, "mistake") == [("mistake", ("wind", "RMG1"))]
    breeze = at_work(upset(kind="wind", speed_ms=16.0, at="10:00", warning_min=0, lasts=minutes(600, 600)))
    until(breeze, "emptied", "X8001")
    own = {c.number: c.lifts_s[0] for item in breeze.scenario.consignments("X8001") for c in item.containers}
    begun = {event.args[1]: event.t for event in breeze.events if event.code == "lifting"}
    times = breeze.level.terminal.wind_times
    for event in breeze.events:
        if event.code == "lifted":
            assert event.t - begun[event.args[1]] == round(own[str(event.args[1])] * times)
    assert not codes(breeze, "mistake")


def test_a_crane_is_tied_once_it_is_off_its_transfer_and_a_storm_finds_untied_ones() -> None:
    shift = at_work(upset(kind="wind", speed_ms=27.0, at="12:00", warning_min=30, lasts=minutes(60, 60)))
    warned = until(shift, "wind_warned")
    assert warned == 90 * 60
    assert "take it off" in refused(shift, "tie RMG1")
    give(shift, "crane RMG1 off", "tie RMG2")
    shift.advance(shift.now_s + 400)
    give(shift, "tie RMG1")
    until(shift, "wind", most_s=20_000)
    assert not codes(shift, "mistake")
    assert shift.view.cranes["RMG1"].tied
    assert "untie it first" in refused(shift, "crane RMG1 X8001")
    shift.advance(shift.now_s + 3_700)
    give(shift, "untie RMG1")
    until(shift, "untied", "RMG1")
    give(shift, "crane RMG1 X8001")
    caught = at_work(upset(kind="wind", speed_ms=27.0, at="12:00", warning_min=30, lasts=minutes(60, 60)))
    give(caught, "crane RMG1 off")
    until(caught, "wind")
    assert codes(caught, "mistake") == [("mistake", ("untied", "RMG1")), ("mistake", ("untied", "RMG2"))]


def test_frost_makes_yard_work_a_quarter_longer_and_nothing_else() -> None:
    def took(level: Level, task: str) -> int:
        shift = Shift(level, 1)
        to_the_cranes(shift)
        begun = next(e.t for e in shift.events if e.code == "started" and e.args[:2] == ("X8001", task))
        return next(e.t for e in shift.events if e.code == "done" and e.args[:2] == ("X8001", task)) - begun

    frost, mild = upset(kind="frost", at="10:00", lasts=minutes(600, 600)), calm("first-train")
    assert took(frost, "secure") == round(took(mild, "secure") * 1.25)
    assert took(frost, "border") == took(mild, "border")


def test_a_neighbour_that_takes_no_more_trains_has_the_rest_wait_until_it_is_over() -> None:
    level = upset(kind="acceptance-cut", neighbour="zhetygen", trains=0, at="10:00", lasts=minutes(600, 600))
    shift = unattended(resolve(level, 1), "reference")
    assert not [event for event in shift.events if event.code == "departed" and event.args[0] == "R1"]
    fault = checks.refusal(shift.view, parse("depart R1"))
    assert fault is not None
    assert "takes no more trains" in refusal_text(fault.code, fault.args, level)
    shift.advance(level.shift_s)
    shift.close()
    assert next(e.t for e in shift.events if e.code == "departed" and e.args[0] == "R1") >= 600 * 60


def test_in_a_shortage_a_called_rake_comes_so_many_times_later() -> None:
    def came(level: Level) -> int:
        shift = Shift(level, 1)
        give(shift, "call-rake R1")
        return until(shift, "offered", "R1") - 1

    parked = {"rakes": ({"id": "R1", "wagon": "flat80", "wagons": 15, "park": "zhetygen"},)}
    short = {"id": "it", "kind": "wagon-shortage", "times": 3.0, "at": "10:00", "lasts": minutes(300, 300)}
    usual = came(variant(calm("first-train"), **parked))
    assert came(variant(shipped("first-train"), disruptions=(short,), **parked)) == 3 * usual


def test_papers_that_are_called_in_cannot_be_released_until_they_are_back() -> None:
    level = upset(kind="document-hold", train="X8001", consignment=1, at="10:00", lasts=minutes(40, 40))
    shift = Shift(level, 1)
    shift.advance(60)
    assert "another authority" in refused(shift, "release X8001-01")
    until(shift, "papers_back", "X8001-01")
    give(shift, "release X8001-01")


@pytest.mark.parametrize(
    ("keys", "begins", "ends"),
    [
        ({"kind": "acceptance-cut", "neighbour": "zhetygen", "trains": 0}, "cut", ("cut_over", ("zhetygen",))),
        ({"kind": "wagon-shortage", "times": 3.0}, "shortage", ("shortage_over", ())),
        ({"kind": "frost"}, "frost", ("frost", (0,))),
        ({"kind": "closed-block", "track": "main"}, "line_closed", ("line_opened", ("main",))),
    ],
)
def test_what_comes_twice_is_over_once_when_the_longer_of_both_is(
    keys: dict[str, object], begins: str, ends: tuple[str, tuple[object, ...]]
) -> None:
    shift = Shift(twice(**keys), 1)
    shift.advance(3_600)
    assert [event.t for event in shift.events if (event.code, event.args) == ends] == [40 * 60]
    begun = [event.args for event in shift.events if event.code == begins and event.args != ends[1]]
    assert begun[0] == begun[1], "the second is told with the end of both"


def test_papers_called_in_twice_are_back_when_the_longer_of_both_is_over() -> None:
    shift = Shift(twice(kind="document-hold", train="X8001", consignment=1), 1)
    shift.advance(25 * 60)
    assert "until about 10:40" in refused(shift, "release X8001-01")
    assert until(shift, "papers_back", "X8001-01") == 40 * 60
    shift.advance(2 * 3_600)
    assert len(codes(shift, "papers_back")) == 1


def test_what_lasts_for_days_is_told_with_its_day() -> None:
    level = upset(kind="document-hold", train="X8001", consignment=1, at="10:00", lasts=minutes(3_000, 3_000))
    shift = Shift(level, 1)
    shift.advance(60)
    assert "until about day 3 12:00" in refused(shift, "release X8001-01")


def test_one_train_in_so_many_has_papers_called_in_as_soon_as_they_are_here_and_no_order_changes_which() -> None:
    level = variant(
        calm("paper-trail"),
        disruptions=({"id": "it", "kind": "document-hold", "share": 0.4, "lasts": minutes(40, 60)},),
        desks__customs="trainee",
    )

    def held(seed: int, player: str) -> list[str]:
        shift = unattended(resolve(level, seed), player)
        lodged = {event.args[0]: event.t for event in shift.events if event.code == "lodged"}
        found = [event for event in shift.events if event.code == "papers_held"]
        for event in found:
            assert event.t == lodged[event.args[0]]
            assert 40 * 60 <= int(str(event.args[1])) - event.t <= 60 * 60
        names = [str(event.args[0]) for event in found]
        assert len({name.partition("-")[0] for name in names}) == len(names), "one consignment of a train"
        return names

    all_held = [held(seed, "do-nothing") for seed in range(1, 9)]
    assert held(1, "reference") == all_held[0]
    assert 0.25 <= sum(map(len, all_held)) / (8 * len(level.trains)) <= 0.55


def test_nothing_sets_off_on_a_closed_block_and_what_is_under_way_there_runs_on() -> None:
    closed = {"id": "it", "kind": "closed-block", "track": "border-1435", "lasts": minutes(50, 50)}
    shift = Shift(upset(**closed, when={"train": "X8001", "done": "offered"}), 1)
    until(shift, "line_closed", "border-1435")
    give(shift, "accept X8001 N1")
    opened = until(shift, "line_opened", "border-1435")
    assert shift.view.shut_until("border-1435") is None
    assert min(event.t for event in shift.events if event.code == "entered" and event.args[0] == "X8001") == opened + 1
    told = next(event for event in shift.events if event.code == "line_closed")
    assert (
        event_text(told, shift.level)
        == "line track border-1435 (Horgos - Altynkol) is closed until 10:52: nothing sets off there"
    )

    free = Shift(calm("first-train"), 1)
    until(free, "offered", "X8001")
    give(free, "accept X8001 N1")
    usual = until(free, "arrived", "X8001")
    late = Shift(upset(**closed, when={"train": "X8001", "done": "accepted", "after_min": 3}), 1)
    until(late, "offered", "X8001")
    give(late, "accept X8001 N1")
    assert until(late, "arrived", "X8001") == usual


def test_a_train_that_waits_before_a_closed_line_keeps_the_throat_from_nobody() -> None:
    closed = {"id": "it", "kind": "closed-block", "track": "main", "at": "08:00", "lasts": minutes(600, 600)}
    level = variant(calm("fifty-five-minutes"), disruptions=(closed,))
    shift = Shift(level, 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    shift.advance(level.shift_s)
    held = next(event for event in shift.events if event.code == "signal" and event.args[0] == "R1")
    moved = [event for event in shift.events if event.code == "moving" and event.t > held.t]
    assert moved, "others go on meanwhile"
    assert waits(shift.view, shift.view.units["R1"], Since()) == (
        ["the line is closed until 18:00", "line closed to 18:00"],
        "warn",
    )
    assert not any(event.code == "departed" and event.args[0] == "R1" for event in shift.events)


def test_a_train_that_is_reported_late_is_offered_so_much_later_and_the_delay_is_its_own() -> None:
    late = {"id": "it", "kind": "late-train", "train": "X8001", "lasts": minutes(90, 90)}
    usual = until(Shift(calm("first-train"), 1), "offered", "X8001")
    level = upset(**late, at="10:00")
    shift = Shift(level, 1)
    assert until(shift, "delayed", "X8001") == 0
    assert shift.view.units["X8001"].advised_s == usual + 90 * 60
    assert until(shift, "offered", "X8001") == usual + 90 * 60
    prompt, tardy = (play(each, 1, "reference") for each in (variant(level, disruptions=()), level))
    assert prompt.score.measures["late_min"] == tardy.score.measures["late_min"] == 0
    gone = Shift(upset(**late, when={"train": "X8001", "done": "offered"}), 1)
    until(gone, "offered", "X8001")
    gone.advance(gone.now_s + 600)
    assert not codes(gone, "delayed"), "it stands there already"


def test_a_train_of_a_service_can_be_late_and_be_what_something_waits_for() -> None:
    base = calm("eight-cities")
    usual = until(Shift(base, 1), "offered", "CQ1", most_s=40_000)
    more = (
        {"id": "late", "kind": "late-train", "train": "CQ1", "at": "05:10", "lasts": minutes(40, 40)},
        {"id": "fog", "kind": "fog", "when": {"train": "CQ1", "lifted": 0.3}, "lasts": minutes(40, 40)},
    )
    level = variant(base, disruptions=more)
    shift = Shift(level, 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    assert until(shift, "offered", "CQ1", most_s=60_000) == usual + 40 * 60
    told = [event.args[1] for event in shift.events if event.code in ("delayed", "advised") and event.args[0] == "CQ1"]
    assert told[-1] == usual + 40 * 60
    foggy = until(shift, "fog", most_s=60_000)
    assert any(event.code == "paired" and event.args[0] == "CQ1" and event.t < foggy for event in shift.events)

    services = [service.model_copy(update={"forecast_h": 1.0}) for service in base.services]
    heard, unheard = (Shift(variant(each, services=services), 1) for each in (base, level))
    at_s = until(heard, "offered", "CQ1", most_s=60_000)
    assert until(unheard, "offered", "CQ1", most_s=60_000) == at_s + 40 * 60


def test_an_instructor_can_have_a_train_come_late_and_a_block_closed() -> None:
    ready: tuple[dict[str, object], ...] = (
        {"id": "late", "kind": "late-train", "train": "X8001", "live": True, "lasts": minutes(30, 30)},
        {"id": "shut", "kind": "closed-block", "track": "main", "live": True, "lasts": minutes(30, 30)},
    )
    shift = Shift(variant(shipped("first-train"), disruptions=ready), 1)
    shift.instructor = True
    give(shift, "inject late", "inject shut")
    assert [code for code, _ in codes(shift, "delayed", "line_closed")] == ["delayed", "line_closed"]


CALL: dict[str, object] = {
    "kind": "call", "at": "10:05", "caller": "Yard", "text": "May we?", "because": "It is so.", "wait_min": 10.0, "costs": 7.0,
    "answers": ({"word": "yes", "text": "yes"}, {"word": "no", "text": "no", "right": True}),
}  # fmt: skip


def test_a_call_wants_one_of_its_answers_and_a_wrong_or_a_late_one_costs() -> None:
    def lost(*orders: str) -> tuple[float, int]:
        shift = Shift(upset(**CALL), 1)
        until(shift, "call", "it")
        give(shift, *orders)
        outcome = shift.finish()
        reasons = [reason for reason in outcome.score.reasons if reason.code == "call"]
        return sum(reason.loss for reason in reasons), int(outcome.score.measures["calls_failed"] or 0)

    assert lost("answer it no") == (0, 0)
    assert lost("answer it yes") == (7, 1)
    assert lost() == (7, 1)
    shift = Shift(upset(**CALL), 1)
    assert "no call" in refused(shift, "answer it no")
    until(shift, "call", "it")
    assert "yes, no" in refused(shift, "answer it perhaps")
    until(shift, "call_missed", "it")
    assert "no call" in refused(shift, "answer it no")


def test_a_call_is_answered_by_the_desk_it_is_made_to_and_costs_nobody_else() -> None:
    level = variant(upset(**CALL, desk="customs"), desks__customs="do-nothing")
    shift = Shift(level, 1)
    until(shift, "call", "it")
    assert "customs desk" in refused(shift, "answer it no")
    assert shift.view.ringing(shift.desks) == []
    assert [reason for reason in shift.finish().score.reasons if reason.code == "call"] == []
    theirs = Shift(variant(level, desks__customs="reference"), 1)
    until(theirs, "answered", "it", "no")
    mine = Shift(variant(level, desks__customs="trainee", desks__dispatch="do-nothing"), 1)
    until(mine, "call", "it")
    give(mine, "answer it no")


LIVE: dict[str, object] = {
    "kind": "crane-stop", "crane": "RMG1", "live": True, "repair": minutes(9, 9),
}  # fmt: skip


def test_what_is_kept_for_the_instructor_comes_only_when_one_lets_it_and_once() -> None:
    level = upset(**LIVE)
    assert "crane_stopped" not in {event.code for event in unattended(resolve(level, 1), "reference").events}
    shift = at_work(level)
    assert "only an instructor" in refused(shift, "inject it")
    shift.instructor = True
    assert "there are: it" in refused(shift, "inject that")
    give(shift, "inject it")
    assert shift.view.cranes["RMG1"].down == "stopped"
    assert "begun already" in refused(shift, "inject it")


def test_who_is_measured_against_meets_what_the_instructor_let_happen() -> None:
    level = upset(**{**LIVE, "repair": minutes(120, 120)})

    def play_it(*, injected: bool) -> tuple[float, int]:
        """Play as the reference does; the total, and when the train is empty."""
        shift = Shift(level, 1)
        shift.instructor = True
        while not shift.over:
            if injected and shift.now_s >= 5_400 and not shift.view.instructed.injected:
                give(shift, "inject it")
            for order in shift.proposals():
                shift.order(order.text)
            shift.advance(shift.now_s + 20)
        outcome = shift.finish()
        return outcome.score.total, next(event.t for event in outcome.events if event.code == "emptied")

    calm_total, calm_s = play_it(injected=False)
    total, empty_s = play_it(injected=True)
    assert empty_s > calm_s + 1_800
    assert total == pytest.approx(calm_total, abs=1)  # 7 points less against players who had no stop


def test_a_run_with_something_injected_is_lived_again_to_the_event() -> None:
    level = upset(**LIVE)
    shift = at_work(level)
    run = new_run(level, 1, "A", 0)
    shift.instructor = True
    give(shift, "inject it", "repair RMG1")
    shift.advance(shift.now_s + 3_000)
    again = rebuild(replace(run, given=tuple(shift.given), clock_s=shift.now_s))
    assert again.digest == shift.digest
    assert "only an instructor" in refused(again, "inject it")


@pytest.mark.parametrize(
    ("when", "second"),
    [({"queue": 1}, 120), ({"idle_min": 10.0, "after_min": 2.0}, 720), ({"repeats": 2, "after_min": 1.0}, 92)],
)
def test_a_condition_lets_it_begin_so_long_after_it_holds(when: dict[str, float], second: int) -> None:
    shift = Shift(upset(**{**CALL, "at": None, "when": when}), 1)
    shift.advance(30)
    refused(shift, "accept X8001 N1")
    refused(shift, "accept X8001 N2")
    called = until(shift, "call")
    assert called == pytest.approx(second, abs=2)


def calling(*whens: Mapping[str, object], **keys: object) -> Level:
    """First train with a call on each condition, named by its place."""
    calls = tuple({**CALL, "id": f"c{place}", "at": None, "when": when} for place, when in enumerate(whens))
    return variant(shipped("first-train"), disruptions=calls, shift__length_min=500, **keys)


def rung(shift: Shift) -> dict[str, int]:
    return {str(event.args[0]): event.t for event in shift.events if event.code == "call"}


def test_of_those_that_wait_for_a_lull_one_comes_in_each_the_first_of_the_file_that_may_by_then() -> None:
    shift = Shift(calling({"idle_min": 12.0}, {"idle_min": 10.0}, {"idle_min": 10.0}), 1)
    shift.advance(300)
    give(shift, "accept X8001 N1")
    shift.advance(3_600)
    assert rung(shift) == {"c1": 300 + 600 + 1, "c2": 900 + 600 + 1, "c0": 1_500 + 720 + 1}


def test_a_lull_counts_from_when_the_rest_of_the_condition_holds_and_till_it_is_too_late() -> None:
    quiet = {"idle_min": 10.0}
    level = calling(
        {**quiet, "at": "12:00"}, {**quiet, "till": "10:12"}, {**quiet, "till": "10:16"},
        {**quiet, "train": "X8001", "done": "arrived"},
    )  # fmt: skip
    shift = Shift(level, 1)
    shift.advance(300)
    give(shift, "accept X8001 N1")
    came = until(shift, "arrived", "X8001")
    assert 900 < came < 1_500
    shift.advance(8_000)
    assert rung(shift) == {"c2": 901, "c3": 1_501, "c0": 7_201}


def test_orders_of_desks_that_others_work_are_no_end_of_a_lull() -> None:
    level = calling({"idle_min": 10.0}, desks__dispatch="reference", desks__terminal="reference")
    shift = Shift(level, 1)
    shift.advance(700)
    assert "accept X8001" in {" ".join(text.split()[:2]) for _, desk, text in shift.orders if desk == "dispatch"}
    assert rung(shift) == {"c0": 601}


def test_calls_in_lulls_leave_the_reference_no_longer_without_a_decision_than_that() -> None:
    level = calling(*({"idle_min": 7.0} for _ in range(40)))
    for seed in (1, 2):
        shift = unattended(resolve(level, seed), "reference")
        seconds = sorted({t for t, _, _ in shift.orders})
        assert max(later - earlier for earlier, later in pairwise([0, *seconds, shift.now_s])) <= 7 * 60 + 22
        assert len(rung(shift)) < 40


def test_stops_come_with_their_mean_gap_on_each_cranes_own_calendar() -> None:
    level = upset(kind="crane-stop", every_h=1.0)
    first_h: list[float] = []
    for seed in range(400):
        stops = [item for item in resolve(level, seed).disruptions if item.plant == "RMG1"]
        first_h += [(item.at_s or 0) / 3_600 for item in stops[:1]]
        others = [item.at_s for item in resolve(level, seed).disruptions if item.plant == "RMG2"]
        assert [item.at_s for item in stops] != others
    hours = level.shift_s / 3_600
    assert len(first_h) / 400 == pytest.approx(1 - exp(-hours), abs=0.01)
    whole = 1 - hours * exp(-hours) / (1 - exp(-hours))  # the mean of those that come within the shift
    assert mean(first_h) == pytest.approx(whole, abs=3 / sqrt(400))


def test_nothing_ordered_moves_what_is_in_store() -> None:
    level = shipped("first-train")

    def told(events: list[Event]) -> list[tuple[int, tuple[object, ...]]]:
        return [
            (event.t, event.args) for event in events if event.code == "call" and event.args[0] in ("count", "shoe")
        ]

    assert told(unattended(resolve(level, 3), "reference").events) == told(
        unattended(resolve(level, 3), "do-nothing").events
    )


def test_in_a_storm_the_reference_makes_no_mistake_and_the_novice_does() -> None:
    storm: tuple[dict[str, object], ...] = (
        {"id": "storm", "kind": "wind", "speed_ms": 27.0, "at": "11:50", "lasts": about(30, 40, 50).model_dump()},
    )
    level = variant(shipped("first-train"), disruptions=storm)
    assert play(level, 1, "reference").score.measures["safety_mistakes"] == 0
    assert (play(level, 1, "novice").score.measures["safety_mistakes"] or 0) > 0


def test_every_kind_of_disruption_has_its_case_here() -> None:
    kinds = {
        "crane-stop",
        "machine-stop",  # test_machines.py
        "crane-service",
        "wind",
        "frost",
        "fog",
        "acceptance-cut",
        "wagon-shortage",
        "document-hold",
        "closed-block",
        "late-train",
        "call",
    }
    known = {
        kind for model in Disruption.__args__[0].__args__ for kind in model.model_fields["kind"].annotation.__args__
    }
    assert known == kinds
