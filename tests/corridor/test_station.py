"""Station work as a railwayman would check it, against hand-worked times."""

import pytest
from conftest import shipped
from helpers import calm, give, one_train, refused, to_the_cranes, two_from_zhetygen, until, variant

from corridor_tui.corridor.network import Network
from corridor_tui.corridor.options import verbs_for
from corridor_tui.session.shift import Shift


def test_the_run_over_the_border_takes_the_time_of_its_length_and_speed() -> None:
    shift = one_train()
    offered = until(shift, "offered", "X8001")
    assert offered == 120  # 10:02, on time
    given = shift.now_s
    give(shift, "accept X8001 N1")
    # a minute for the neighbour's signal, 12 km at 40 km/h, three minutes through the throat
    assert until(shift, "arrived", "X8001", "N1") == given + 60 + round(12 / 55 * 3_600) + 180


def test_the_two_gauges_have_a_track_each_over_the_border() -> None:
    network = Network(shipped("fifty-five-minutes"))
    narrow, broad = network.hop("horgos", "altynkol", 1435), network.hop("horgos", "altynkol", 1520)
    assert narrow is not None
    assert broad is not None
    assert set(narrow.sections).isdisjoint(broad.sections)
    assert network.hop("horgos", "port", 1435) is None
    assert network.hop("altynkol", "zhetygen", 1435) is None


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("accept X8001 W1", "track W1 is 1520 mm gauge, X8001 runs on 1435 mm"),
        ("accept X8001 N9", "there is no track N9"),
        ("accept X8001 PN1", "no line leads X8001 straight to track PN1"),
        ("accept R1 W1", "R1 is in"),
        ("accept X9 N1", "there is no train or rake X9"),
        ("hold X8001", "X8001 is not accepted"),
        ("secure X8001", "X8001 does not stand on one of our tracks yet"),
        ("transfer X8001 R1", "X8001 does not stand on a crane track"),
        ("weigh R1", "R1 is not loaded yet"),
        ("depart R1", "R1 does not stand where its line begins"),
        ("call-loco R1", "R1 has nowhere to go yet"),
        ("crane RMG1 R1", "R1 has no transfer"),
        ("crane RMG9 X8001", "there is no crane RMG9"),
        ("ground CSQU3054383", "there is no container"),
        ("load CSQU3054383 R1", "there is no container"),
        ("release X8001-99", "there is no consignment"),
        ("accept", "`accept` is followed by UNIT TRACK"),
        ("frobnicate X8001", "there is no order `frobnicate`"),
        ("", "an order begins with a word"),
    ],
)
def test_every_refusal_says_why(order: str, reason: str) -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    assert reason in refused(shift, order)


def test_a_track_holds_one_train_and_a_locked_route_counts() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    until(shift, "offered", "X8043")
    assert "held by X8041" in refused(shift, "accept X8043 N1")
    give(shift, "accept X8043 N2", "hold X8043", "accept X8043 N3")
    assert "held by X8043" in refused(shift, "move X8041 N3")
    assert "gauge" in refused(shift, "move R1 N3")
    give(shift, "move X8041 PN1")


def test_a_train_too_long_for_a_track_is_refused_with_both_lengths() -> None:
    shift = Shift(variant(calm("first-train"), stations__1__tracks__0__length_m=400.0), 1)
    until(shift, "offered", "X8001")
    assert refused(shift, "accept X8001 N1") == "track N1 has 400 m, X8001 needs 420 m"


def test_the_three_inspections_run_side_by_side() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    began = shift.now_s
    give(shift, "inspect X8001")
    ends = [until(shift, "done", "X8001", task) for task in ("border", "commercial", "technical")]
    tasks = shift.scenario.plans["X8001"].tasks_s
    assert ends == [began + tasks[task] for task in ("border", "commercial", "technical")]


def test_work_waits_for_its_people_first_come_first_served() -> None:
    level = calm("first-train")
    shift = Shift(level, 1)
    names = [name for name in shift.view.dossiers if shift.view.dossiers[name].lane == "green"]
    give(shift, *(f"release {name}" for name in names))
    started = [event.args[0] for event in shift.events if event.code == "started" and event.args[1] == "read"]
    queued = [event.args[0] for event in shift.events if event.code == "queued"]
    assert started == names[:2]  # two officers
    assert queued == names[2:]
    shift.advance(7_200)
    read = [event.args[0] for event in shift.events if event.code == "started" and event.args[1] == "read"]
    assert read == names


def test_taking_the_locomotive_off_an_unsecured_train_is_possible_and_a_safety_mistake() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "uncouple X8001")
    assert [event.args for event in shift.events if event.code == "mistake"] == [("unsecured", "X8001")]


def test_pulling_an_uninspected_train_under_the_cranes_is_possible_and_a_safety_mistake() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "secure X8001")
    until(shift, "done", "X8001", "secure")
    assert "already" not in refused(shift, "move X8001 PN1")
    give(shift, "uncouple X8001")
    until(shift, "loco_off", "X8001")
    give(shift, "move X8001 PN1")
    assert ("uninspected", "X8001") in [event.args for event in shift.events if event.code == "mistake"]


def loaded(shift: Shift) -> None:
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "laden", "R1")


def test_a_rake_leaves_only_cleared_listed_with_its_locomotive_and_a_path() -> None:
    shift = one_train()
    loaded(shift)
    assert "pull it to the station first" in refused(shift, "depart R1")
    give(shift, "move R1 W7")
    until(shift, "arrived", "R1", "W7")
    assert "no locomotive is on R1" in refused(shift, "depart R1")
    give(shift, "call-loco R1")
    until(shift, "loco_on", "R1")
    assert "consignments on it are not released" in refused(shift, "depart R1")


def test_a_departure_without_a_brake_test_is_possible_and_a_safety_mistake() -> None:
    shift = Shift(calm("first-train"), 1, {"customs": "reference"})
    loaded(shift)
    give(shift, "waybill R1")
    until(shift, "done", "R1", "waybill")
    give(shift, "move R1 W7")
    until(shift, "arrived", "R1", "W7")
    give(shift, "call-loco R1")
    until(shift, "loco_on", "R1")
    while shift.view.uncleared(shift.view.units["R1"]):
        shift.advance(shift.now_s + 60)
    give(shift, "path R1", "depart R1")
    assert ("no_brake_test", "R1") in [event.args for event in shift.events if event.code == "mistake"]
    path = shift.view.units["R1"].path_s
    assert path is not None
    assert until(shift, "departed", "R1") == path + 180  # on its path, once through the throat


def test_a_short_brake_test_is_enough_only_after_one_from_the_yard() -> None:
    shift = one_train()
    loaded(shift)
    give(shift, "call-loco R1", "move R1 W7")
    until(shift, "loco_on", "R1")
    assert "only after one from the yard" in refused(shift, "brake-test R1 short")
    give(shift, "brake-test R1 full")


def test_a_path_not_used_is_lost() -> None:
    shift = Shift(calm("first-train"), 1)
    loaded(shift)
    give(shift, "move R1 W7")
    until(shift, "arrived", "R1", "W7")
    give(shift, "path R1")
    booked = shift.view.units["R1"].path_s
    assert booked is not None
    shift.advance(booked + 601)
    assert shift.view.units["R1"].path_s is None
    assert any(event.code == "path_gone" for event in shift.events)


def test_the_single_line_is_run_in_one_direction_at_a_time() -> None:
    shift = Shift(two_from_zhetygen(), 1, {"terminal": "reference", "customs": "reference"})
    until(shift, "offered", "E901")
    give(shift, "accept E901 W1")
    until(shift, "offered", "2402")
    give(shift, "accept 2402 W2")
    shift.advance(12_000)
    main = [
        event for event in shift.events if event.code in ("entered", "freed") and str(event.args[1]).startswith("main/")
    ]
    assert main, "both came over the line"
    order = [event.args for event in main if event.code == "entered"]
    assert order[0] == ("E901", "main/2")
    assert ("2402", "main/2") in order  # follows once the section is free, in the same direction
    freed = next(event.t for event in main if event.code == "freed" and event.args == ("E901", "main/2"))
    follows = next(event.t for event in main if event.code == "entered" and event.args == ("2402", "main/2"))
    assert follows >= freed


def test_a_train_held_back_while_it_waits_for_its_section_stays_at_the_neighbour() -> None:
    shift = Shift(two_from_zhetygen(), 1)
    until(shift, "offered", "E901")
    shift.advance(1_500)
    give(shift, "accept E901 W1")
    until(shift, "offered", "2402")
    give(shift, "accept 2402 W2")
    until(shift, "signal", "2402")
    give(shift, "hold 2402")
    until(shift, "arrived", "E901")
    shift.advance(shift.now_s + 7_200)
    assert not [event for event in shift.events if event.code == "entered" and event.args[0] == "2402"]
    give(shift, "accept 2402 W2", "hold 2402", "accept 2402 W3")
    until(shift, "arrived", "2402", "W3", most_s=30_000)
    assert sum(event.code == "moving" and event.args[0] == "2402" for event in shift.events) == 1


def test_the_emptied_train_goes_home_and_its_crane_track_is_held_until_then() -> None:
    shift = one_train()
    loaded(shift)
    assert shift.view.holds["PN1"] == "X8001"
    give(shift, "inspect X8001")
    until(shift, "done", "X8001", "empty")
    give(shift, "call-loco X8001", "move X8001 N5")
    until(shift, "arrived", "X8001", "N5")
    assert "PN1" not in shift.view.holds
    until(shift, "loco_on", "X8001")
    give(shift, "depart X8001")
    until(shift, "gone", "X8001")
    assert shift.view.units["X8001"].place == "horgos"


def test_a_desk_that_is_anothers_takes_no_orders_from_the_trainee() -> None:
    shift = Shift(calm("first-train"), 1, {"customs": "novice"})
    assert "worked by the novice" in refused(shift, "release X8001-01")


def test_a_through_train_that_leaves_over_a_line_with_paths_takes_one() -> None:
    train = shipped("fifty-five-minutes").trains[0].model_dump() | {
        "number": "1410", "title": None, "kind": "through", "wagon": "flat80", "wagons": 20, "feu": 20, "twenties": 0, "consignments": 2,
        "flagged": 0, "scripted": (), "papers": "lodged", "standing": None, "at": "07:00", "due": "11:00",
    }  # fmt: skip
    level = variant(
        shipped("fifty-five-minutes"), trains=[train], rakes=[], objectives=[], disruptions=[], hints=[], shift__start="06:00",
        lines__2__paths=["10:30"],
    )  # fmt: skip
    shift = Shift(level, 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    until(shift, "path", "1410")
    assert {"path", "drop-path"} <= set(verbs_for(shift.view, "1410"))
    shift.advance(level.at_s("11:00"))
    assert (shift.view.units["1410"].departed_s or 0) >= level.at_s("10:30")
