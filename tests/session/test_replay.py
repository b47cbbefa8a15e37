"""A run played back shows at every second what the desk showed, and branches where it is told to."""

from dataclasses import replace
from random import Random

import pytest
from conftest import CAMPAIGN, shipped
from helpers import give, one_train, random_orders, refused, until, variant
from played import played

from corridor_tui.corridor.view import View
from corridor_tui.session.marks import Mark
from corridor_tui.session.replay import KINDS, Replay
from corridor_tui.session.result import export, read_export
from corridor_tui.session.run import Run, RunError, new_run, rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.session.verify import verify


def state(view: View) -> dict[str, object]:
    """All that a view knows, but for what it looks things up in."""
    return {name: value for name, value in vars(view).items() if name not in ("level", "network", "_library", "_specs")}


@pytest.mark.parametrize("name", CAMPAIGN)
def test_any_second_shows_what_the_desk_showed(name: str) -> None:
    draws, level = Random(name), shipped(name)
    shift = Shift(level, 3)
    seen: dict[int, str] = {}
    while not shift.over and shift.now_s < level.shift_s // 2:
        shift.advance(shift.now_s + 1 + draws.randrange(900))
        seen[shift.now_s] = repr(state(shift.view))
        for text in random_orders(shift.view, draws, 3):
            shift.order(text)
    shift.advance(shift.now_s + 60)
    run = replace(new_run(level, 3, "Aigul", 1), given=tuple(shift.given), clock_s=shift.now_s)
    replayed = Replay(run)
    for second in draws.sample(sorted(seen), min(30, len(seen))):  # to and fro
        replayed.jump(second)
        assert repr(state(replayed.view)) == seen[second], second
        assert all(event.t < second for event in replayed.shown)


def test_it_goes_from_the_first_second_to_what_others_finished_and_no_further() -> None:
    result = played("first-train")
    replayed = Replay(result.run, result.score)
    assert replayed.now_s == 1
    replayed.jump(-5)
    assert replayed.now_s == 1
    replayed.jump(10**9)
    assert replayed.now_s == replayed.end_s
    assert replayed.shown == replayed.events
    assert replayed.view.closed


def test_orders_refusals_delays_misses_and_alarms_are_marked_where_they_were() -> None:
    level = shipped("first-train")
    shift = Shift(level, 1)
    shift.advance(200)
    shift.order("depart R1")
    shift.order("fly")
    shift.advance(400)
    shift.order("accept X8001 N1")
    shift.advance(9_000)
    shift.order("release X8001")
    shift.keep_end()
    run = replace(new_run(level, 1, "Aigul", 1), given=tuple(shift.given), clock_s=9_000, ended=True)
    score = shift.finish().score
    replayed = Replay(run, score)
    kinds = {(marker.t, marker.kind) for marker in replayed.markers}
    assert {(200, "refusal"), (400, "order"), (9_000, "order")} <= kinds
    assert [marker.text for marker in replayed.markers if marker.t == 200] == [
        "refused: let R1 depart - R1 does not stand where its line begins: pull it to the station first",
        "no order: fly",
    ]
    late = [reason for reason in score.reasons if reason.component == "time"]
    lost = [reason for reason in score.reasons if reason.component == "detection"]
    assert late
    assert lost
    assert {marker.t for marker in replayed.markers if marker.kind == "delay"} == {reason.from_s for reason in late}
    assert {m.t for m in replayed.markers if m.kind in ("miss", "alarm")} == {reason.from_s for reason in lost}
    assert [marker.t for marker in replayed.markers] == sorted(marker.t for marker in replayed.markers)


def test_one_goes_from_marker_to_marker_both_ways() -> None:
    result = played("first-train")
    replayed = Replay(result.run, result.score)
    there = []
    while (marker := replayed.marker(1)) is not None:
        there.append(marker.t)
        replayed.jump(marker.t + 1)
    assert there == sorted(set(there))
    assert set(there) == {marker.t for marker in replayed.markers}
    back = []
    while (marker := replayed.marker(-1)) is not None:
        back.append(marker.t)
        replayed.jump(marker.t + 1)
    assert back == there[-2::-1]
    grave = replayed.marker(1, "delay")
    assert grave is not None
    assert KINDS.index(grave.kind) >= KINDS.index("delay")


def test_a_branch_has_the_same_past_and_the_same_future_in_store() -> None:
    result = played("fifty-five-minutes", 1, "reference")
    replayed = Replay(result.run, result.score)
    replayed.jump(6_000)
    branch = replayed.branch("Marat", 5)
    assert branch.branch == f"{result.run.key}@6000"
    assert (branch.trainee, branch.ended, branch.clock_s) == ("Marat", False, 6_000)
    assert branch.key != result.run.key
    taken = rebuild(branch)
    assert taken.now_s == 6_000
    assert repr(state(taken.view)) == repr(state(replayed.view))
    for given in result.run.given[len(branch.given) :]:
        taken.advance(given.t)
        taken.order(given.text)
    taken.close()
    assert taken.digest == result.events_digest


def test_nobody_takes_the_desk_after_the_shift() -> None:
    result = played("first-train")
    replayed = Replay(result.run, result.score)
    replayed.jump(replayed.end_s)
    with pytest.raises(RunError, match="over by then"):
        replayed.branch("Marat", 5)


def test_a_run_that_keeps_no_events_is_not_played_back() -> None:
    long = variant(shipped("eight-cities"), shift__settle_h=2.0)
    with pytest.raises(RunError, match="settled on the way"):
        Replay(new_run(long, 1, "Aigul", 1))


def test_a_run_that_broke_off_is_played_back_as_far_as_it_came() -> None:
    shift = Shift(shipped("gale"), 2)
    shift.advance(4_000)
    run: Run = replace(new_run(shift.level, 2, "Aigul", 1), clock_s=4_000)
    replayed = Replay(run)
    assert replayed.end_s == replayed.played_s == 4_000
    replayed.jump(4_000)
    assert replayed.branch("Aigul", 1).clock_s == 4_000


def test_marks_set_afterwards_stand_among_the_others_with_who_set_them_and_move_nothing() -> None:
    result = played("first-train")
    marks = (Mark(900, "Marat", "look at the crane", 2), Mark(300, "Saule", "why so late?", 1))
    marked = replace(result, marks=marks)
    replay, plain = Replay.of(marked), Replay.of(result)
    found = [marker for marker in replay.markers if marker.set_since is not None]
    assert [(one.t, one.kind, one.text) for one in found] == [
        (300, "mark", "Saule: why so late?"),
        (900, "mark", "Marat: look at the crane"),
    ]
    assert [one for one in replay.markers if one.set_since is None] == list(plain.markers)
    assert replay.events == plain.events
    assert verify(marked) == verify(result)
    assert read_export(export(marked)) == replace(marked, marks=tuple(sorted(marks)))
    replay.marks = replay.marks[1:]
    assert [one.text for one in replay.markers if one.set_since is not None] == ["Marat: look at the crane"]


def test_a_mark_stands_in_the_replay_at_its_second_and_changes_nothing() -> None:
    plain, marked = one_train(), one_train()
    for shift in (plain, marked):
        until(shift, "offered", "X8001")
        if shift is marked:
            assert shift.order("mark why not  N2?").accepted
        give(shift, "accept X8001 N1")
    assert "some words" in refused(marked, "mark ")
    marked.advance(marked.now_s + 60)
    plain.advance(marked.now_s)
    assert marked.digest == plain.digest
    run = replace(new_run(marked.level, 1, "Aigul", 0), given=tuple(marked.given), clock_s=marked.now_s)
    again = rebuild(run)
    assert again.digest == plain.digest
    replay = Replay(run)
    marks = [marker for marker in replay.markers if marker.kind == "mark"]
    assert [(marker.text, marker.t) for marker in marks] == [("why not  N2?", run.given[0].t)]
    replay.jump(1)
    found = replay.marker(1, "meet")
    assert found is not None
    assert found.kind in ("mark", "call")
