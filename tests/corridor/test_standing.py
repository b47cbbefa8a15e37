"""Standing orders: set once, they act on their own, as events and not as orders, within what the level allows."""

from collections import Counter

import pytest
from conftest import shipped
from helpers import calm, give, refused, two_from_zhetygen, until, variant

from corridor_tui.corridor.checks_customs import releasable
from corridor_tui.corridor.orders import RULES, parse
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.covering import covered, left_alone
from corridor_tui.session.shift import Shift, play, unattended


def with_rules(name: str, *rules: str) -> Level:
    return variant(calm(name), standing_orders=rules or RULES)


def given(shift: Shift) -> Counter[str]:
    """The orders that were given by hand, by their verb."""
    return Counter(str(event.args[1]).split()[0] for event in shift.events if event.code == "ordered")


def done_by(shift: Shift, rule: str) -> list[str]:
    return [str(event.args[1]) for event in shift.events if event.code == "by_rule" and event.args[0] == rule]


def test_a_level_that_does_not_name_a_rule_refuses_it_and_a_setting_must_make_sense() -> None:
    assert "does not allow" in refused(Shift(calm("first-train"), 1), "auto-accept 3")
    shift = Shift(with_rules("first-train"), 1)
    assert "number from 1" in refused(shift, "auto-accept many")
    assert "on or off" in refused(shift, "auto-send maybe")
    assert "off already" in refused(shift, "auto-send off")
    give(shift, "auto-accept 3", "auto-send on")
    assert shift.view.standing == {"auto-accept": "3", "auto-send": "on"}
    give(shift, "auto-send off")
    assert shift.view.standing == {"auto-accept": "3"}


def test_a_rule_does_what_it_names_and_nothing_else() -> None:
    shift = Shift(with_rules("first-train"), 1)
    give(shift, "auto-accept 2", "auto-prepare on")
    offered = until(shift, "offered", "X8001")
    shift.advance(shift.level.shift_s)
    assert done_by(shift, "auto-accept") == ["accept X8001 N1"]
    assert done_by(shift, "auto-prepare") == ["secure X8001", "inspect X8001", "uncouple X8001"]
    assert next(event.t for event in shift.events if event.code == "by_rule") == offered + 1
    assert given(shift) == {"auto-accept": 1, "auto-prepare": 1}
    assert shift.view.units["X8001"].place == "N1"


def test_the_limit_of_accepting_counts_the_loads_that_are_here_and_a_departure_makes_room() -> None:
    shift = Shift(variant(two_from_zhetygen(), standing_orders=("auto-accept",)), 1)  # X8041 stands here from the start
    give(shift, "auto-accept 1")
    shift.advance(7_000)
    assert done_by(shift, "auto-accept") == ["accept E901 W1"]  # empties are no load
    give(shift, "auto-accept 2")
    shift.advance(9_000)
    assert len(done_by(shift, "auto-accept")) == 2


def test_what_a_rule_does_is_refused_to_it_as_to_anybody() -> None:
    shift = Shift(with_rules("first-train"), 1)
    give(shift, "auto-lift on", "auto-release on")
    shift.advance(7_200)
    assert done_by(shift, "auto-lift") == []  # the train never came under the cranes
    released = {event.args[0] for event in shift.events if event.code == "released"}
    lanes = {name: dossier.lane for name, dossier in shift.view.dossiers.items()}
    assert released == {name for name, lane in lanes.items() if lane in ("green", "blue")}


@pytest.mark.parametrize("name", ["first-train", "fifty-five-minutes"])
def test_under_all_rules_the_reference_gives_few_orders_and_the_trains_go_as_well(name: str) -> None:
    shift = unattended(resolve(with_rules(name), 1), "reference")
    by_hand = unattended(resolve(calm(name), 1), "reference")
    assert len(shift.orders) < len(by_hand.orders) / 2
    assert shift.view.out_boxes >= by_hand.view.out_boxes
    assert not [event for event in shift.events if event.code in ("mistake", "refused")]


def test_rules_and_orders_are_enough_to_have_the_same_run_again() -> None:
    level = with_rules("fifty-five-minutes")
    outcome = play(level, 3, "reference")
    assert play(level, 3, "reference").digest == outcome.digest
    again = Shift(level, 3)
    for at_s, _, text in outcome.orders:
        again.advance(at_s)
        again.order(text)
    again.advance(level.shift_s)
    in_shift = [event for event in outcome.events if event.t < level.shift_s and event.code != "over"]
    assert [event for event in again.events if event.t < level.shift_s and event.code != "over"] == in_shift


def test_a_shipped_level_without_standing_orders_runs_without_them() -> None:
    events = unattended(resolve(shipped("first-train"), 1), "reference").events
    assert not [event for event in events if event.code in ("rule_set", "by_rule")]


def with_signs() -> Level:
    """Everything is heavy, a risk of 0.2; what is declared dear is 0.25 more, each by itself: 1 - 0.8 * 0.75 = 0.4."""
    signs = [{"id": "heavy", "mass_t_from": 0.0, "adds": 0.2}, {"id": "dear", "value_usd_from": 90_000.0, "adds": 0.25}]
    return variant(with_rules("fifty-five-minutes", "auto-release"), customs__signs=signs)


def on_the_desk(shift: Shift) -> dict[str, float]:
    """The risk of each green or blue consignment that is lodged."""
    found = {name: shift.view.risk(name) for train in shift.view.cargo for name in releasable(shift.view, train)}
    return {name: risk for name, risk in found.items() if risk is not None}


def test_signs_of_risk_add_up_as_independent_chances_and_are_known_once_the_papers_are_here() -> None:
    shift = Shift(with_signs(), 1)
    shift.advance(60)
    risks = on_the_desk(shift)
    assert {round(risk, 6) for risk in risks.values()} == {0.2, 0.4}
    waiting = [name for name, item in shift.view.dossiers.items() if item.state == "expected"]
    assert waiting
    assert [shift.view.risk(name) for name in waiting] == [None] * len(waiting)
    assert Shift(calm("fifty-five-minutes"), 1).view.risk(next(iter(risks))) is None


def test_green_below_a_risk_goes_by_itself_and_the_rest_stays_on_the_desk() -> None:
    shift = Shift(with_signs(), 1)
    shift.advance(60)
    risks = on_the_desk(shift)
    give(shift, "auto-release 0.3")
    shift.advance(9_000)
    released = {text.removeprefix("release ") for text in done_by(shift, "auto-release")}
    assert released >= {name for name, risk in risks.items() if risk < 0.3}
    later = {name: shift.view.risk(name) or 0 for name in (*released, *on_the_desk(shift))}
    assert all(later[name] < 0.3 for name in released)
    assert all(shift.view.dossiers[name].state == "lodged" for name, risk in risks.items() if risk >= 0.3)
    give(shift, "auto-release 0.5")
    shift.advance(shift.now_s + 6_000)
    assert not on_the_desk(shift)


def test_a_limit_of_a_risk_must_be_one_and_needs_signs() -> None:
    shift = Shift(with_signs(), 1)
    for wrong in ("0", "0.0", "1", "1.5", "-0.3", "0.333", "0,3", "nan", "٠.٣"):
        assert "no limit of a risk" in refused(shift, f"auto-release {wrong}")
    give(shift, "auto-release 0.05")
    assert "0.05 already" in refused(shift, "auto-release 0.05")
    assert "on or off" in refused(Shift(with_rules("fifty-five-minutes"), 1), "auto-release 0.3")


def test_what_a_rule_would_do_at_once_is_what_it_then_does() -> None:
    shift = Shift(with_signs(), 1)
    shift.advance(60)
    risks = on_the_desk(shift)
    order = parse("auto-release 0.3")
    said = {one.args[0] for one in covered(shift, order)}
    assert said == {name for name, risk in risks.items() if risk < 0.3}
    assert left_alone(shift, order) == sorted(name for name, risk in risks.items() if risk >= 0.3)
    assert shift.view.standing == {}
    give(shift, "auto-release 0.3")
    shift.advance(shift.now_s + 5)
    assert {text.removeprefix("release ") for text in done_by(shift, "auto-release")} == said


def test_accepting_within_a_limit_covers_as_many_as_it_would_take() -> None:
    shift = Shift(variant(two_from_zhetygen(), standing_orders=("auto-accept",)), 1)
    until(shift, "offered", "X8043")
    assert [one.args[0] for one in covered(shift, parse("auto-accept 1"))] == ["E901"]  # empties are no load
    assert len({one.args[0] for one in covered(shift, parse("auto-accept 2"))} - {"E901"}) == 1
    assert {one.args[0] for one in covered(shift, parse("auto-accept 8"))} == {"2402", "E901", "X8043"}
    assert covered(shift, parse("auto-accept off")) == []
