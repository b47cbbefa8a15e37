"""Two lines of one seed side by side: where they part, and what either came to."""

from dataclasses import replace
from functools import cache

import pytest
from conftest import shipped
from played import STARTED_MS, played

from corridor_tui.session.lines import beside_reference, beside_run, parting_text
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result, result_of
from corridor_tui.session.run import RunError, finished, rebuild
from corridor_tui.session.wording import clock

LEVEL = "first-train"
BRANCHED_S = 3_000


@cache
def branched(order: str = "") -> Result:
    """A branch of a novice's run in which one more order is given at its second, and then what he gave, as far as it goes."""
    first = played(LEVEL)
    replay = Replay(first.run, first.score)
    replay.jump(BRANCHED_S)
    run = replay.branch("Aigul", STARTED_MS + 1)
    shift = rebuild(run)
    if order:
        shift.order(order)
    for one in first.run.given[len(run.given) :]:
        shift.advance(one.t)
        shift.order(one.text)
    run = finished(run, shift)
    return result_of(run, shift.finish(), STARTED_MS + 2)


def test_a_run_and_its_branch_part_at_the_first_order_that_is_another() -> None:
    first, other = played(LEVEL), branched("hold X8001")
    lines = beside_run(Replay(other.run, other.score), other.score, first)
    assert lines.parting is not None
    assert lines.parting.mine == (BRANCHED_S, "hold X8001")
    assert lines.parting.theirs is not None
    assert lines.parting.theirs[0] >= BRANCHED_S
    assert lines.parting.at_s == BRANCHED_S
    assert (
        f"here: {clock(shipped(LEVEL).start_s, BRANCHED_S)} hold X8001 back at the neighbour; in run {first.run.key}"
        in parting_text(lines)
    )
    assert lines.theirs.score == first.score
    before = [[event for event in line.events if event.t < BRANCHED_S] for line in (lines.mine, lines.theirs)]
    assert before[0] == before[1] != []


def test_where_the_same_is_done_the_lines_do_not_part() -> None:
    first, other = played(LEVEL), branched()
    lines = beside_run(Replay(other.run, other.score), other.score, first)
    assert lines.parting is None
    assert parting_text(lines) == "The same orders were given in both."
    assert {lines.parted_s(train) for train in lines.traces[0].of} == {None}
    assert all(here == there for _, here, there in lines.departures)


def test_who_only_asks_for_help_does_what_is_done_without_it() -> None:
    first, asked = played(LEVEL), branched("advise X8001 where")
    assert any(one.text == "advise X8001 where" and one.heard for one in asked.run.given)
    assert beside_run(Replay(asked.run, asked.score), asked.score, first).parting is None


@pytest.mark.parametrize("name", [LEVEL, "paper-trail"])
def test_the_reference_has_its_hundred_points_and_the_orders_of_the_trainees_desks_alone(name: str) -> None:
    result, level = played(name), shipped(name)
    replay = Replay(result.run, result.score)
    lines = beside_reference(replay, result.score)
    assert (lines.theirs.name, lines.theirs.score.total) == ("the reference", 100)
    assert lines.theirs.score.losses == lines.theirs.score.scale.reference  # type: ignore[union-attr]
    assert lines.theirs.orders
    if level.player("dispatch") != "trainee":
        assert not any(text.split()[0] == "depart" for _, text in lines.theirs.orders)
    assert [train for train, _, _ in lines.departures] == [train.number for train in result.score.trains]
    unnoted = beside_reference(replay, replace(result.score, scale=None))
    assert unnoted.theirs.score == lines.theirs.score


@pytest.mark.parametrize(("train", "code"), [("X8001", "entered"), ("R1", "freed")])
def test_a_train_parts_when_either_line_moves_it_while_it_stands_in_the_other(train: str, code: str) -> None:
    result = played(LEVEL)
    lines = beside_reference(Replay(result.run, result.score), result.score)
    mine_s, theirs_s = (
        next(event.t for event in line.events if (event.code, *event.args[:1]) == (code, train))
        for line in (lines.mine, lines.theirs)
    )
    assert mine_s > theirs_s == lines.parted_s(train)


def test_runs_of_two_seeds_are_not_set_side_by_side() -> None:
    first, other = played(LEVEL), played(LEVEL, 2)
    with pytest.raises(RunError, match="of another level or seed"):
        beside_run(Replay(first.run), first.score, other)
