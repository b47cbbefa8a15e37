"""Hints come and go as the level says, and are gone for who knows the level; questions are asked after the result."""

from conftest import LEVELS, shipped
from helpers import give, until, variant

from corridor_tui.dispatcher.players import player
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.hints import Hints
from corridor_tui.session.shift import Seat, Shift, unattended
from corridor_tui.session.skill import ENOUGH, Skill, unaided
from corridor_tui.tui.briefing import answer_rows
from corridor_tui.tui.choices import LETTERS
from corridor_tui.tui.header import status_rows
from corridor_tui.tui.keys import Keyboard

NEW = Skill()


def shown(shift: Shift, skill: Skill = NEW) -> str:
    hint = Hints(shift, skill).now()
    return "\n".join(item.text for item in status_rows(("", ""), shift, None, 160, 3, Keyboard(), hint))


def told(hints: Hints) -> str:
    hint = hints.now()
    return "" if hint is None else hint.id


def test_a_hint_comes_on_its_condition_and_goes_when_what_it_asks_for_is_done() -> None:
    shift = Shift(shipped("first-train"), 1)
    assert list(shift.view.hints) == ["start"]
    shift.advance(until(shift, "offered", "X8001") + 2)
    assert list(shift.view.hints) == ["accept"]
    assert "[2, enter, a]" in shown(shift)
    give(shift, "accept X8001 N1")
    shift.advance(shift.now_s + 2)
    assert list(shift.view.hints) == ["papers"]


def test_who_has_the_stars_sees_no_hint() -> None:
    shift = Shift(shipped("first-train"), 1)
    shift.advance(until(shift, "offered", "X8001") + 2)
    assert "Accept it" in shown(shift, Skill(stars=1))
    assert "Accept it" not in shown(shift, Skill(stars=2))


def test_who_has_given_such_orders_without_help_sees_no_hint_about_them() -> None:
    shift = Shift(shipped("first-train"), 1)
    shift.advance(until(shift, "offered", "X8001") + 2)
    assert "Accept it" in shown(shift, Skill(unaided={"accept": ENOUGH - 1, "release": 9}))
    assert "Accept it" not in shown(shift, Skill(unaided={"accept": ENOUGH}))


def test_what_the_guide_and_the_coach_had_given_was_not_done_without_help() -> None:
    given = [
        ("accept A N1", True),
        ("guide gave accept B N2", False),
        ("accept B N2", True),
        ("guide gave accept C N3", False),
        ("accept C N4", True),  # another track than was proposed: one's own idea
        ("accept", False),  # no order at all
        ("mark accept", False),
        ("secure A", True),
    ]
    assert unaided(given) == {"accept": 2, "secure": 1}


def test_keys_that_a_hint_points_at_are_those_of_the_trainee() -> None:
    written = Keyboard({"orders": ["o"]}).written
    assert written(("trains", "E901", "orders", "call-rake"), LETTERS, {"E901"}) == "2, E901 enter, o, k"
    assert written(("trains", "orders", "a"), LETTERS, {}) == "2, o, a"  # a letter stays as it is


def test_a_hint_without_an_end_goes_when_the_next_comes() -> None:
    hints = ({"id": "one", "at": "10:00", "text": "look"}, {"id": "two", "at": "10:05", "text": "see"})
    shift = Shift(variant(shipped("first-train"), hints=hints), 1)
    shift.advance(299)
    assert list(shift.view.hints) == ["one"]
    shift.advance(302)
    assert list(shift.view.hints) == ["two"]


def test_every_hint_of_a_shipped_level_has_gone_when_the_reference_is_done() -> None:
    for name in ("first-train", "fifty-five-minutes"):
        shift = unattended(resolve(shipped(name), 1), "reference")
        told = [event.args[0] for event in shift.events if event.code == "hint"]
        assert told == [hint.id for hint in shift.level.hints if not hint.waits]
        assert set(shift.view.hints) <= {shift.level.hints[-1].id}  # the last departure ends the shift


def test_a_hint_leaves_the_screen_when_what_it_says_is_ordered_before_the_work_is_done() -> None:
    shift = Shift(shipped("first-train"), 1)
    hints = Hints(shift)
    shift.advance(until(shift, "offered", "X8001") + 2)
    give(shift, "accept X8001 N1")
    shift.advance(until(shift, "arrived", "X8001") + 2)
    assert told(hints) == "secure"
    give(shift, "inspect X8001")
    assert told(hints) == "secure"
    give(shift, "secure X8001")
    assert told(hints) == ""
    assert list(shift.view.hints) == ["secure"]  # the corridor goes by the work


def test_a_hint_is_not_shown_where_what_ends_it_came_first() -> None:
    level = shipped("three-into-two")
    shift = Shift(level, 1)
    give(shift, "call-rake R2")
    shift.advance(600)
    assert "call" in shift.view.hints
    assert told(Hints(shift)) == ""


def test_a_hint_is_over_at_a_clock_time_that_makes_it_moot() -> None:
    shift = Shift(shipped("first-train"), 1)
    hints = Hints(shift)
    assert told(hints) == "start"
    shift.advance(60)
    assert told(hints) == ""
    assert list(shift.view.hints) == ["start"]


def test_a_hint_about_a_queue_goes_when_that_is_shorter_and_does_not_come_again() -> None:
    hint = {"id": "queue", "when": {"queue": 1}, "text": "take it in"}
    shift = Shift(variant(shipped("first-train"), hints=(hint,)), 1)
    hints = Hints(shift)
    shift.advance(until(shift, "offered", "X8001") + 2)
    assert told(hints) == "queue"
    give(shift, "accept X8001 N1")
    assert told(hints) == ""
    give(shift, "hold X8001")
    assert told(hints) == ""


def test_a_hint_goes_with_the_train_that_it_waits_for() -> None:
    hint = {"id": "weigh", "at": "10:00", "until": {"train": "X8001", "done": "weigh"}, "text": "weigh it"}
    shift = Shift(variant(shipped("first-train"), hints=(hint,), disruptions=()), 1)
    hints = Hints(shift)
    assert told(hints) == "weigh"
    shift.put([Seat(player("reference"), shift.desks)])
    shift.advance(until(shift, "gone", "X8001") + 2)
    assert told(hints) == ""


def test_an_answer_is_told_with_what_is_right_and_why() -> None:
    question = shipped("first-train").questions[0]
    text = "\n".join(item.text for item in answer_rows(question, "later", 100))
    assert "▸ ✕ to release everything" in text
    assert "✓ to have the papers read" in text
    assert "made 71 minutes" in text


def test_every_answer_of_a_shipped_level_can_be_read_whole_on_eighty_columns() -> None:
    for path in sorted(LEVELS.glob("*.toml")):
        level = shipped(path.stem)
        spoken = [str(answer.text) for call in level.calls.values() for answer in call.answers]
        spoken += [str(answer.text) for question in level.questions for answer in question.answers]
        assert [text for text in spoken if len(text) > 62] == []
