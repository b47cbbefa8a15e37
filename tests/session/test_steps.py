"""The guide: its steps follow from what was ordered and from notes, survive a break, and change nothing of the run."""

from conftest import shipped
from helpers import give, until, variant

from corridor_tui.corridor.orders import parse
from corridor_tui.session.guide import Guide
from corridor_tui.session.run import new_run, rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.session.skill import ENOUGH, Skill

FIRST = ("guide-desk", "guide-panel", "guide-trains")


def at(guide: Guide) -> tuple[str, str | None]:
    step = guide.step()
    return ("", None) if step is None else (step.hint.id, None if step.order is None else step.order.text)


def past(guide: Guide, *names: str) -> None:
    """Do steps that ask for a key."""
    for name in names:
        step = guide.step()
        assert step is not None
        assert step.hint.id == name
        guide.done(step)


def test_a_step_is_done_by_the_order_it_asks_for_and_the_next_one_comes() -> None:
    shift = Shift(shipped("first-train"), 1)
    guide = Guide(shift)
    past(guide, *FIRST)
    assert at(guide) == ("guide-check", "check X8001-03")
    give(shift, "check X8001-03")
    assert at(guide) == ("guide-rules", None)
    past(guide, "guide-rules")
    assert at(guide) == ("guide-find", "find X8001-04 note.hs declaration.hs hs")
    give(shift, "find X8001-04 note.goods declaration.goods goods")  # whatever became of it, it was filed
    assert at(guide)[0] == "guide-release"


def test_a_step_whose_order_cannot_be_given_yet_lets_others_come_first_and_time_pass() -> None:
    shift = Shift(shipped("first-train"), 1)
    guide = Guide(shift)
    while (step := guide.step()) is not None:
        if step.order is None:
            guide.done(step)
        else:
            give(shift, step.order.text)
    assert [one.text.split()[0] for one in shift.given if one.heard] == ["check", "find", "release"]
    until(shift, "offered", "X8001")
    assert at(guide) == ("guide-accept", "accept X8001 N1")


def test_what_was_done_before_its_step_came_is_not_asked_for_again() -> None:
    shift = Shift(shipped("first-train"), 1)
    give(shift, "check X8001-03", "release X8001-01")
    guide = Guide(shift)
    past(guide, *FIRST, "guide-rules")
    assert at(guide)[0] == "guide-clock"  # both officers are at work, so that nothing can be claimed now


def test_after_a_break_the_guide_is_where_it_was_and_the_run_is_the_same_as_without_notes() -> None:
    level = shipped("first-train")
    shift = Shift(level, 1)
    guide = Guide(shift)
    past(guide, *FIRST)
    give(shift, "check X8001-03")
    past(guide, "guide-rules")
    shift.advance(700)
    noted = [one for one in shift.given if not one.heard]
    assert [one.text for one in noted] == [f"guide done {name}" for name in (*FIRST, "guide-rules")]

    run = new_run(level, 1, "Aigul", 0)
    again = rebuild(
        type(run)(
            **{**{name: getattr(run, name) for name in run.__slots__}, "given": tuple(shift.given), "clock_s": 700}
        )
    )
    assert at(Guide(again)) == at(guide)
    bare = Shift(level, 1)
    give(bare, "check X8001-03")
    bare.advance(700)
    assert bare.digest == shift.digest == again.digest


def test_who_has_the_stars_sees_no_guide_until_it_is_asked_for_and_that_is_remembered() -> None:
    shift = Shift(shipped("first-train"), 1)
    guide = Guide(shift, Skill(stars=1))
    assert at(guide) == ("", None)
    guide.switch(on=True)
    assert at(guide)[0] == "guide-desk"
    assert at(Guide(shift, Skill(stars=1)))[0] == "guide-desk"
    guide.switch(on=False)
    assert at(Guide(shift)) == ("", None)


def test_a_step_whose_order_is_known_already_is_passed_over_and_the_coach_does_not_make_it_known() -> None:
    shift = Shift(shipped("first-train"), 1)
    guide = Guide(shift, Skill(unaided={"check": ENOUGH}))
    past(guide, *FIRST)
    assert at(guide)[0] == "guide-rules"


def test_what_would_be_accepted_and_be_a_mistake_is_never_asked_for() -> None:
    steps = ({"id": "off", "until": {"ordered": "uncouple X8001"}, "text": "take its locomotive off", "waits": True},)
    shift = Shift(variant(shipped("first-train"), hints=steps), 1)
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    assert shift.refusal(parse("uncouple X8001")) is None
    assert at(Guide(shift)) == ("", None)  # it is not secured
    give(shift, "secure X8001")
    until(shift, "done", "X8001", "secure")
    assert at(Guide(shift)) == ("off", "uncouple X8001")
