"""The ladder of help: where, what, show; each rung an order in the log, at the level's price, and nothing foreseen."""

import pytest
from conftest import shipped
from helpers import give, until, variant

from corridor_tui.level.model import Level
from corridor_tui.session.dialogue import Dialogue
from corridor_tui.session.ladder import Ladder, Matter
from corridor_tui.session.run import new_run, rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since


def priced(*costs: float) -> Level:
    return variant(shipped("first-train"), disruptions=(), aids__ladder_costs=costs or (1.0, 2.0, 4.0))


def asked(ladder: Ladder) -> tuple[Matter, str]:
    """Climb a rung, and hear what help says."""
    matter = ladder.matter()
    assert matter is not None
    assert ladder.climb(matter).accepted
    after = ladder.matter()
    assert after is not None
    return after, ladder.told(after)


def at_its_track() -> Shift:
    """X8001 stands on N1, and nothing of it is ordered."""
    shift = Shift(priced(), 1)
    give(shift, "check X8001-03", "check X8001-04")
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    return shift


def test_each_rung_says_more_than_the_one_before_and_the_last_is_an_order_that_is_accepted() -> None:
    shift = at_its_track()
    ladder = Ladder(shift, Since())
    _, where = asked(ladder)
    _, what = asked(ladder)
    shown, show = asked(ladder)
    assert where == "look at X8001 (N1) in the trains"
    assert what.startswith(where)
    assert "lay skates" in what
    assert "secure X8001" not in where + what
    assert show.endswith("secure X8001")
    assert shown.climbed == 3
    give(shift, shown.order.text)


def test_what_comes_after_the_order_is_another_matter_and_begins_from_below() -> None:
    shift = at_its_track()
    ladder = Ladder(shift, Since())
    for _ in range(3):
        asked(ladder)
    give(shift, "secure X8001")
    matter = ladder.matter()
    assert matter is not None
    assert (matter.order.text, matter.climbed) == ("inspect X8001", 0)


def test_help_begins_with_what_has_waited_longest_and_stays_with_what_it_was_asked_for() -> None:
    shift = at_its_track()
    since = Since()
    since.look(shift.view)
    ladder = Ladder(shift, since)
    first, _ = asked(ladder)
    shift.advance(shift.now_s + 1_200)
    since.look(shift.view)
    again = ladder.matter()
    assert again is not None
    assert (again.subject, again.climbed) == (first.subject, 1)


def test_every_rung_is_an_order_in_the_log_that_a_run_lived_again_has_too() -> None:
    shift = at_its_track()
    ladder = Ladder(shift, Since())
    asked(ladder)
    asked(ladder)
    texts = [text for _, _, text in shift.orders if text.startswith("advise")]
    assert texts == ["advise X8001 where", "advise X8001 what"]
    run = new_run(shift.level, 1, "Aigul", 0)
    parts = {name: getattr(run, name) for name in run.__slots__}
    again = rebuild(type(run)(**{**parts, "given": tuple(shift.given), "clock_s": shift.now_s}))
    assert again.digest == shift.digest
    matter = Ladder(again, Since()).matter()
    assert matter is not None
    assert matter.climbed == 2


def test_each_use_is_a_reason_and_costs_what_the_level_says() -> None:
    def lost(level: Level, rungs: int) -> tuple[float, list[tuple[str | int, ...]]]:
        shift = Shift(level, 1)
        ladder = Ladder(shift, Since())
        for _ in range(rungs):
            asked(ladder)
        score = shift.finish().score
        return score.losses.resources, [one.args for one in score.reasons if one.code == "advice"]

    without, none = lost(priced(), 0)
    with_two, told = lost(priced(), 2)
    assert none == []
    assert with_two - without == pytest.approx(3.0)
    assert sorted(args[1] for args in told) == ["what", "where"]
    assert lost(priced(0.0, 0.0, 0.0), 2) == (without, [])


@pytest.mark.parametrize(
    ("orders", "costs"),
    [
        (("where", "what", "show"), 7.0),
        (("show",), 7.0),
        (("where", "show"), 7.0),
        (("show", "what", "where", "show"), 7.0),
        (("what",), 3.0),
        (("where", "where"), 1.0),
    ],
)
def test_whoever_leaps_up_the_ladder_pays_what_climbing_it_costs(orders: tuple[str, ...], costs: float) -> None:
    def lost(*orders: str) -> float:
        shift = Shift(priced(), 1)
        give(shift, *orders)
        return shift.finish().score.losses.resources

    assert lost(*(f"advise X8001-03 {rung}" for rung in orders)) - lost() == pytest.approx(costs)


def test_after_an_order_help_with_the_same_thing_costs_anew() -> None:
    shift = Shift(priced(), 1)
    give(shift, "advise X8001-03 show", "check X8001-03", "advise X8001-03 where", "advise X8001-04 where")
    reasons = [one.args for one in shift.finish().score.reasons if one.code == "advice"]
    assert sorted(reasons) == [
        ("X8001-03", "show"), ("X8001-03", "what"), ("X8001-03", "where"), ("X8001-03", "where"), ("X8001-04", "where"),
    ]  # fmt: skip


def test_help_stays_with_what_it_was_asked_for_last() -> None:
    shift = Shift(priced(), 1)
    give(shift, "advise X8001-03 what", "advise X8001-04 where", "advise X8001-03 where")
    matter = Ladder(shift, Since()).matter()
    assert matter is not None
    assert (matter.subject, matter.climbed) == ("X8001-03", 2)


def test_a_level_may_give_no_help_and_nonsense_is_refused_with_a_reason() -> None:
    shift = Shift(variant(shipped("first-train"), aids__ladder=False), 1)
    assert Ladder(shift, Since()).matter() is None
    assert shift.order("advise X8001 where").reason == "this level gives no help"
    shift = Shift(priced(), 1)
    assert "no rung why" in shift.order("advise X8001 why").reason
    assert "nothing called X9" in shift.order("advise X9 where").reason


def test_in_line_mode_ask_climbs_and_says_what_it_costs() -> None:
    said: list[str] = []
    dialogue = Dialogue(Shift(priced(), 1), said.append)
    for _ in range(4):
        dialogue.hear("ask")
    assert [line.partition(":")[0] for line in said if line.startswith("help")] == [
        "help for 1",
        "help for 2",
        "help for 4",
        "help",
    ]
    assert "check X8001-03" in said[-1]
