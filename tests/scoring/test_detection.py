"""Verdict, reason and rule are judged apart, and one more mistake never makes a loss smaller."""

from functools import cache

import pytest
from conftest import shipped
from helpers import give, variant
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor_tui.corridor.events import Event
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scoring.measures import Raw, measure
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.shift import Shift, unattended

CASES: tuple[dict[str, object], ...] = (
    {"number": 1, "lane": "yellow", "case": {"kind": "error", "family": "hs"}},
    {"number": 2, "lane": "yellow", "case": {"kind": "lookalike", "family": "seal"}},
    {"number": 3, "lane": "yellow", "clean": True},
    {"number": 4, "lane": "red", "case": {"kind": "offence", "family": "undeclared"}},
    {"number": 5, "lane": "green", "clean": True},
)


@cache
def level() -> Level:
    return variant(
        shipped("first-train"),
        trains__0__flagged=0,
        customs__cases={"errors": 0, "lookalikes": 0},
        customs__officers=9,
        customs__scanners=1,
        trains__0__scripted=list(CASES),
    )


def reasons(*orders: str) -> dict[str, list[tuple[str, float]]]:
    """The reasons of a shift in which these orders are given at its start: consignment -> code and loss."""
    shift = Shift(level(), 1)
    give(shift, *orders)
    shift.advance(200 * 60)
    raw = shift.close()
    found: dict[str, list[tuple[str, float]]] = {}
    for reason in raw.reasons:
        if reason.component == "detection":
            assert reason_text(reason, shift.level)
            found.setdefault(str(reason.args[0]).removeprefix("X8001-"), []).append((reason.code, reason.loss))
    return found


def _truth(name: str) -> str:
    scenario = resolve(level(), 1)
    scenario.consignments("X8001")
    truth = scenario.truth(name)
    assert truth is not None
    return min(truth.fields)


RATES = shipped("first-train").scoring.detection


def test_a_right_finding_costs_nothing() -> None:
    assert "01" not in reasons(f"find X8001-01 {_truth('X8001-01')} note.hs hs")


def test_right_fields_under_the_wrong_rule_lose_the_rule_alone() -> None:
    found = reasons(f"find X8001-01 {_truth('X8001-01')} note.hs mass")["01"]
    assert ("wrong_rule", RATES.wrong_rule) in found
    assert "wrong_reason" not in dict(found)
    assert "false_alarm" not in dict(found)


def test_the_right_rule_with_the_wrong_fields_loses_the_reason_alone() -> None:
    found = reasons("find X8001-01 note.seal handover.seal hs")["01"]
    assert ("wrong_reason", RATES.wrong_reason) in found
    assert "wrong_rule" not in dict(found)


def test_something_is_wrong_but_neither_these_fields_nor_this_rule() -> None:
    codes = dict(reasons("find X8001-01 note.seal handover.seal seal")["01"])
    assert {"wrong_reason", "wrong_rule"} <= set(codes)
    assert "false_alarm" not in codes


def test_a_finding_on_sound_papers_is_a_false_alarm_and_nothing_else() -> None:
    found = reasons("find X8001-02 note.seal handover.seal seal", "find X8001-03 note.hs declaration.hs hs")
    for name in ("02", "03"):
        assert ("false_alarm", RATES.false_alarm) in found[name]
        assert not {"wrong_reason", "wrong_rule"} & set(dict(found[name]))


def test_the_verdict_on_what_is_detained() -> None:
    found = reasons("detain X8001-01", "detain X8001-03", "detain X8001-04")
    assert found["01"] == [("wrong_detention", RATES.wrong_detention)]  # it could be set right
    assert found["03"] == [("wrong_detention", RATES.wrong_detention)]
    # rightly detained, but neither fields nor rule were named, and nothing was seen
    assert sorted(found["04"]) == [("no_reason", RATES.wrong_reason), ("no_rule", RATES.wrong_rule)]


def test_an_offence_detained_with_its_reason_costs_nothing() -> None:
    shift = Shift(level(), 1)
    give(shift, "find X8001-04 packing.also declaration.also undeclared")
    while not any(event.code == "settled" for event in shift.events):
        shift.advance(shift.now_s + 60)
    give(shift, "detain X8001-04")
    assert not [r for r in shift.close().reasons if r.component == "detection" and r.args[0] == "X8001-04"]


def test_rungs_beyond_what_the_lane_calls_for_are_without_ground_on_sound_papers() -> None:
    found = reasons(
        "check X8001-03", "scan X8001-03", "request X8001-03 invoice", "lane X8001-05 blue tip", "request X8001-02 note"
    )
    loss = RATES.unjustified
    unjustified = [entry for entry in found["03"] if entry[0] == "unjustified"]
    assert unjustified == [("unjustified", loss)] * 2, "the check was the yellow lane's own; scan and request were not"
    assert ("unjustified", loss) in found["05"]
    assert "unjustified" not in dict(found.get("02", [])), "what looks odd may be asked about"


def test_measures_tell_how_good_the_eye_was() -> None:
    shift = Shift(level(), 1)
    give(
        shift,
        f"find X8001-01 {_truth('X8001-01')} note.hs hs",
        "find X8001-02 note.seal handover.seal seal",
        "release X8001-05",
    )
    shift.advance(12_000)
    measures = shift.close().measures
    assert measures["hit_pct"] == 100.0
    assert measures["false_alarm_pct"] == 50.0
    assert measures["false_alarms"] == 1


# one more mistake


@cache
def finished(name: str, seed: int, dispatcher: str) -> tuple[Level, Scenario, tuple[Event, ...], Raw, frozenset[str]]:
    base = shipped(name)
    shift = unattended(resolve(base, seed), dispatcher)
    raw = shift.close()
    return base, shift.scenario, tuple(shift.events), raw, frozenset(shift.desks)


MISTAKES = ("false finding", "wrong finding", "detain", "release", "scan", "request", "raise", "mistake", "denied")


def with_a_mistake(
    events: tuple[Event, ...], scenario: Scenario, what: str, at: float, pick: float
) -> tuple[Event, ...] | None:
    """A finished log with one more mistake in it, on a consignment that is on the desk then; None where there is none."""
    over = next(place for place, event in enumerate(events) if event.code == "over")
    place = int(at * over)
    lodged = [str(event.args[0]) for event in events[:place] if event.code == "lodged"]
    truths = {name: scenario.truth(name) for name in lodged}
    faulty = [name for name, truth in truths.items() if truth is not None and truth.kind != "lookalike"]
    errors = [name for name in faulty if (truth := truths[name]) is not None and truth.kind == "error"]
    sound = [name for name in lodged if name not in faulty]
    names = {
        "wrong finding": faulty, "release": faulty, "detain": sound + errors, "raise": sound, "mistake": lodged,
    }.get(what, sound)  # fmt: skip
    begun = {event.args[:2] for event in events[:place] if event.code == "started"}
    names = [name for name in names if (name, what) not in begun]  # a rung is climbed once
    if not names:
        return None
    name, t = names[int(pick * len(names))], events[place - 1].t
    more = {
        "false finding": [
            Event(t, "found", (name, "note.seal", "handover.seal", "seal")),
            Event(t, "settled", (name, "answered")),
        ],
        "wrong finding": [
            Event(t, "found", (name, "note.number", "invoice.number", "colour")),
            Event(t, "settled", (name, "answered")),
        ],
        "detain": [Event(t, "detained", (name,))],
        "release": [Event(t, "released", (name,))],
        "scan": [Event(t, "started", (name, "scan", 60)), Event(t, "done", (name, "scan"))],
        "request": [Event(t, "started", (name, "request", 60)), Event(t, "done", (name, "request"))],
        "raise": [Event(t, "lane", (name, "red"))],
        "mistake": [Event(t, "mistake", ("unsecured", "X8041"))],
        "denied": [Event(t, "seen", (name, "supervisor:green", "no"))],
    }[what]
    return (*events[:place], *more, *events[place:])


@given(
    st.sampled_from(["first-train", "fifty-five-minutes", "paper-trail"]),
    st.integers(1, 3),
    st.sampled_from(["do-nothing", "novice", "reference", "refuse-all", "file-all"]),
    st.sampled_from(MISTAKES),
    st.floats(0.05, 1),
    st.floats(0, 0.999),
)
@settings(max_examples=120, deadline=None)
def test_one_more_mistake_in_a_finished_log_never_lowers_what_the_desk_lost(
    name: str, seed: int, dispatcher: str, what: str, at: float, pick: float
) -> None:
    base, scenario, events, raw, desks = finished(name, seed, dispatcher)
    changed = with_a_mistake(events, scenario, what, at, pick)
    if changed is None:
        return
    worse = measure(base, changed, scenario, desks)  # type: ignore[arg-type]
    assert worse.losses.detection >= raw.losses.detection
    assert worse.losses.resources >= raw.losses.resources
    assert worse.safety >= raw.safety
    if what not in ("detain", "release"):  # these two change what a train waits for, and so whose minutes they are
        assert worse.losses.time >= raw.losses.time
    if what in ("false finding", "wrong finding", "denied"):
        assert worse.losses.detection > raw.losses.detection


@pytest.mark.full
@given(
    st.sampled_from(["first-train", "fifty-five-minutes", "paper-trail"]),
    st.integers(1, 6),
    st.sampled_from(["do-nothing", "novice", "reference", "refuse-all", "file-all", "random", "blue-all"]),
    st.lists(st.tuples(st.sampled_from(MISTAKES), st.floats(0.05, 1), st.floats(0, 0.999)), min_size=1, max_size=5),
)
@settings(max_examples=1_500, deadline=None)
def test_several_mistakes_one_after_another_never_lower_it(
    name: str, seed: int, dispatcher: str, mistakes: list[tuple[str, float, float]]
) -> None:
    base, scenario, events, raw, desks = finished(name, seed, dispatcher)
    lost = raw.losses.detection
    for what, at, pick in mistakes:
        changed = with_a_mistake(events, scenario, what, at, pick)
        if changed is not None:
            events = changed
            now = measure(base, events, scenario, desks).losses.detection  # type: ignore[arg-type]
            assert now >= lost
            lost = now
