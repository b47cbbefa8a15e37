"""What if: the corridor run ahead from what the desks have seen, and from nothing else."""

from typing import get_args

import pytest
from conftest import CAMPAIGN, shipped
from futures import Turned
from helpers import give, one_train, until, variant

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import parse
from corridor_tui.corridor.waits import Cause
from corridor_tui.dispatcher.players import PLAYERS
from corridor_tui.level.base import DESKS
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session import prospects
from corridor_tui.session.dialogue import Dialogue
from corridor_tui.session.shift import TRAINEE, Shift, unattended
from corridor_tui.session.whatif import Answer, Follower, UnforeseenError, Waiting, understood

BEYOND = ("connected", "sailing_missed", "sailing_closed", "delivered")
"""What becomes of consignments beyond the line is foreseen by nobody and moves no train of ours."""


def ours(shift: Shift) -> list[Event]:
    return [event for event in shift.events if event.code not in BEYOND]


def check_past(level: Level, seed: int, who: str, looks: int) -> None:
    shift = Shift(level, seed, dict.fromkeys(DESKS, who))
    follower, ended = Follower(shift), False
    while not ended:
        shift.advance(shift.now_s + level.shift_s // looks)
        ended = shift.over
        if not ended:
            assert ours(follower.foreseen()) == ours(shift), (level.id, seed, who, shift.now_s)


@pytest.mark.parametrize("name", CAMPAIGN)
def test_the_past_of_what_is_foreseen_is_the_past_as_it_was(name: str) -> None:
    check_past(shipped(name), 1, "novice", 7)
    check_past(shipped(name), 2, "random", 3)


@pytest.mark.full
@pytest.mark.parametrize("name", CAMPAIGN)
@pytest.mark.parametrize("who", PLAYERS)
def test_the_same_every_few_minutes_under_every_player(name: str, who: str) -> None:
    for seed in (1, 2, 3):
        check_past(shipped(name), seed, who, 60)


@pytest.mark.parametrize("who", ["novice", "reference"])
def test_the_same_where_a_block_is_closed_a_train_is_late_and_papers_are_called_in(who: str) -> None:
    hour = {"min_min": 30.0, "mode_min": 60.0, "max_min": 90.0}
    upsets = (
        {"id": "shut", "kind": "closed-block", "track": "main", "at": "10:00", "lasts": hour},
        {"id": "gang", "kind": "closed-block", "track": "border-1435", "every_h": 2.0, "lasts": hour},
        {"id": "late", "kind": "late-train", "train": "X8045", "at": "09:00", "lasts": hour},
        {"id": "papers", "kind": "document-hold", "share": 0.6, "lasts": hour},
    )
    check_past(variant(shipped("fifty-five-minutes"), disruptions=upsets), 1, who, 40)
    late = ({"id": "late", "kind": "late-train", "train": "LY1", "at": "05:30", "lasts": hour},)
    check_past(variant(shipped("eight-cities"), disruptions=late), 1, who, 20)


def lived(level: Level, seed: int, to_s: int) -> Shift:
    """A shift in the trainee's hands up to a second, played as the novice would."""
    orders = unattended(resolve(level, seed), "novice").orders
    shift = Shift(level, seed)
    for at_s, desk, text in orders:
        if at_s < to_s and desk in shift.desks:
            shift.advance(at_s)
            shift.order(text)
    shift.advance(to_s)
    return shift


def questions(shift: Shift) -> list[str]:
    """Orders that would be accepted now, of every kind one, and how it stands without any."""
    found = {}
    for unit in shift.view.units:
        for verb in ("accept", "hold", "move", "release", "inspect", "call-loco", "drop-path", "depart"):
            for order in (f"{verb} {unit}", *(f"{verb} {unit} {track}" for track in shift.level.tracks)):
                if understood(shift, order)[1] is None:
                    found[verb] = order
    for name in shift.view.dossiers:
        for verb in ("check", "scan", "open", "detain"):
            if understood(shift, f"{verb} {name}")[1] is None:
                found[verb] = f"{verb} {name}"
    return ["", *found.values()]


@pytest.mark.parametrize(
    ("name", "second"), [("first-train", 4_000), ("fifty-five-minutes", 5_000), ("fifty-five-minutes", 9_300),
                         ("paper-trail", 9_000), ("harvest", 12_000), ("gale", 9_000)]
)  # fmt: skip
def test_permuting_the_hidden_future_leaves_every_answer_as_it_is(name: str, second: int) -> None:
    level = shipped(name)
    shift = lived(level, 1, second)
    turned = Shift(level, 1, dict.fromkeys(DESKS, TRAINEE), scenario=Turned(shift, resolve(level, 99)))
    for at_s, desk, text in shift.orders:
        turned.advance(at_s)
        turned.take(parse(text), desk)
    turned.advance(shift.now_s)
    turned.players = shift.players
    assert turned.events == shift.events, "the past must be the same"
    one, other = Follower(shift), Follower(turned)
    asked = questions(shift)
    assert len(asked) > 2
    for text in asked:
        assert one.ask(text) == other.ask(text), text
    for each in (shift, turned):
        each.close()
    assert turned.events != shift.events, "the future must be another"


def ask(shift: Shift, text: str) -> Answer:
    return Follower(shift).ask(text)


def test_a_train_held_at_the_neighbour_comes_in_later_by_as_long_as_it_had_been_accepted() -> None:
    """An accepted train sets off a minute after. Held back after 45 seconds and accepted anew at once, it has lost those."""
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    accepted_s = shift.now_s
    stood = ask(shift, "").trains[0].stands
    shift.advance(accepted_s + 45)
    answer = ask(shift, "hold X8001")
    (train,) = answer.changed
    assert train.stands.in_s == stood.in_s
    assert train.given.in_s == (stood.in_s or 0) + 45
    give(shift, "hold X8001", "accept X8001 N1")
    assert until(shift, "arrived", "X8001") == train.given.in_s, "as in the end it does: runs take no chance"


def test_what_the_reference_would_do_anyway_changes_nothing() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    answer = ask(shift, "accept X8001 N1")
    assert answer.changed == ()
    assert "nothing changes" in next(prospects.lines(shift.level, answer))


def test_an_order_that_would_be_refused_is_not_run_ahead_and_says_why() -> None:
    shift = one_train()
    for text, why in (
        ("accept X8001 N1", "not offered"),
        ("fly away", "no order `fly`"),
        ("what-if hold X8001", "question"),
    ):
        answer = ask(shift, text)
        assert why in (answer.refusal or "")
        assert answer.changed == ()


def test_asking_changes_nothing_of_the_shift() -> None:
    asked, quiet = one_train(), one_train()
    for shift in (asked, quiet):
        until(shift, "offered", "X8001")
        give(shift, "accept X8001 N1")
    for text in questions(asked):
        ask(asked, text)
    for shift in (asked, quiet):
        shift.close()
    assert asked.digest == quiet.digest


def test_a_run_over_months_is_not_run_ahead() -> None:
    shift = Shift(variant(shipped("first-train"), shift__settle_h=24.0), 1)
    with pytest.raises(UnforeseenError, match="months"):
        ask(shift, "")


# the price


def talk(level: Level, *lines: str) -> tuple[Shift, list[str]]:
    said: list[str] = []
    shift = Shift(level, 1)
    dialogue = Dialogue(shift, said.append)
    for line in lines:
        dialogue.hear(line)
    return shift, said


def test_an_answer_with_a_price_is_an_order_and_a_reason() -> None:
    level = variant(shipped("first-train"), aids__what_if_costs=7.0)
    shift, said = talk(level, "next", "what-if accept X8001 N1", "what-if release nothing", "what-if")
    assert [text for _, _, text in shift.orders] == ["what-if accept X8001 N1", "what-if nothing"]
    assert any(line.startswith("if `accept X8001 N1` is given now: nothing changes") for line in said)
    outcome = shift.finish()
    reasons = [reason for reason in outcome.score.reasons if reason.code == "what_if"]
    assert [(reason.component, reason.loss) for reason in reasons] == [("resources", 7.0), ("resources", 7.0)]
    free = Shift(level, 1)
    free.advance(level.shift_s)
    assert outcome.score.losses.resources == pytest.approx(free.finish().score.losses.resources + 14.0)


def test_an_answer_without_a_price_leaves_no_trace() -> None:
    asked, _ = talk(shipped("first-train"), "next", "what-if accept X8001 N1", "what-if")
    quiet, _ = talk(shipped("first-train"), "next")
    assert asked.orders == []
    assert asked.digest == quiet.digest
    answer = asked.order("what-if accept X8001 N1")
    assert "costs nothing" in answer.reason


def test_a_level_can_switch_it_off() -> None:
    _, said = talk(variant(shipped("first-train"), aids__what_if=False), "what-if")
    assert said[-1].startswith("no: this level does not tell")


def test_it_is_asked_of_the_desk_that_the_trainee_works() -> None:
    level = variant(
        shipped("first-train"), aids__what_if_costs=7.0, desks__dispatch="reference", desks__terminal="reference"
    )
    shift, _ = talk(level, "what-if")
    assert shift.orders[-1][1:] == ("customs", "what-if nothing")


def test_every_cause_of_a_wait_has_words_for_more_and_for_less_of_it() -> None:
    causes = [cause for cause in get_args(Cause) if cause != "work"]
    for sign, word in ((1, "longer"), (-1, "less")):
        told = {prospects.wait_text(Waiting(cause, "dispatch", sign * 300)) for cause in causes}
        assert len(told) == len(causes)
        assert all(f"waits 5 min {word} for " in text for text in told)
