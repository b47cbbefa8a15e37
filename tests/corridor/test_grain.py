"""The grain terminal, plant health and slots by cargo, against cases worked by hand."""

import pytest
from conftest import shipped
from helpers import calm, give, refused, until, variant

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.options import orders_for, verbs_for
from corridor_tui.corridor.orders import parse
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.waits import waiting
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, play, unattended


def minutes(count: float) -> dict[str, float]:
    return {"min_min": count, "mode_min": count, "max_min": count}


def even(**changes: object) -> Level:
    """Harvest on a quiet day, G701 inspected: a front takes an hour, 26 t six minutes to fill, a sample ten, its test an hour."""
    return variant(
        calm("harvest"),
        trains__0__standing__stage="inspected",
        trains__0__consignments=4,
        grain__batch=minutes(60),
        grain__fill=minutes(6),
        plant_health__share=1.0,
        plant_health__sampling=minutes(10),
        plant_health__test=minutes(60),
        plant_health__holiday=False,
        **changes,
    )


def at_the_silo(level: Level) -> Shift:
    """G701 at the front."""
    shift = Shift(level, 1)
    give(shift, "move G701 GW1")
    until(shift, "arrived", "G701", "GW1")
    return shift


def events(shift: Shift, code: str) -> list[Event]:
    return [event for event in shift.events if event.code == code]


def masses(shift: Shift, train: str) -> list[int]:
    return [box.declared_kg for item in shift.scenario.consignments(train) for box in item.containers]


def wagons_for(shift: Shift, train: str) -> list[int]:
    """The 26 t wagons that each consignment fills, none of them with another's grain."""
    loads = [sum(box.declared_kg for box in item.containers) for item in shift.scenario.consignments(train)]
    return [-(-load // 26_000) for load in loads]


def test_fourteen_wagons_are_two_fronts_of_seven_and_an_hour_each() -> None:
    shift = at_the_silo(even())
    begun = shift.now_s
    give(shift, "discharge G701")
    load = masses(shift, "G701")
    until(shift, "emptied", "G701")
    assert [(event.t - begun, event.args[1:3]) for event in events(shift, "tipped")] == [
        (3_600, (0, 6)),
        (7_200, (7, 13)),
    ]
    assert shift.view.silo.kg == 48_400_000 + sum(load)
    assert shift.view.units["G701"].left == 0
    assert all(0.94 * 66_000 <= mass <= 66_000 for mass in load)


def test_a_train_is_unloaded_only_where_the_front_is_and_only_once() -> None:
    shift = Shift(even(), 1)
    assert "grain terminal" in refused(shift, "discharge G701")
    assert "no train of grain" in refused(shift, "discharge X8107")
    shift = at_the_silo(even())
    give(shift, "discharge G701")
    assert "already" in refused(shift, "discharge G701")


def test_a_rake_is_filled_consignment_by_consignment_and_no_wagon_holds_two() -> None:
    shift = at_the_silo(even())
    assert "unload it first" in refused(shift, "fill L1 G701")
    give(shift, "discharge G701", "fill L1 G701")
    until(shift, "laden", "L1")
    rake, need = shift.view.units["L1"], wagons_for(shift, "G701")
    names = list(shift.view.cargo["G701"])
    assert [list(rake.fills.values()).count(name) for name in names] == need
    assert list(rake.fills) == list(range(sum(need)))
    filled = [int(str(event.args[3])) for event in events(shift, "filled")]
    assert sum(filled) == sum(masses(shift, "G701"))
    assert max(filled) == 26_000
    assert shift.view.silo.kg == 48_400_000
    assert len(rake.boxes) == 14
    # The spout needs six minutes for 26 t, so it is at least as long at work as the whole mass asks for.
    first = events(shift, "filled")[0].t - 360
    assert rake.jobs["load"].since_s - first >= sum(filled) / 26_000 * 360 - len(filled)


def test_a_rake_with_too_few_wagons_is_refused_and_says_how_many_it_takes() -> None:
    need = sum(wagons_for(Shift(even(), 1), "G701"))
    shift = at_the_silo(even(rakes__0__wagons=need - 1))
    give(shift, "discharge G701")
    assert f"needs {need}" in refused(shift, "fill L1 G701")
    shift = at_the_silo(even(rakes__0__wagons=need))
    give(shift, "discharge G701", "fill L1 G701")


def test_a_full_silo_stops_the_front_until_a_rake_has_taken_enough() -> None:
    shift = at_the_silo(even(grain__storage_t=48_400.0 + 14 * 66))
    give(shift, "discharge G701")
    until(shift, "offered", "G703")
    give(shift, "accept G703 W3")
    until(shift, "arrived", "G703")
    give(shift, "secure G703", "inspect G703")
    until(shift, "done", "G703", "secure")
    give(shift, "uncouple G703")
    until(shift, "loco_off", "G703")
    until(shift, "done", "G703", "technical")
    give(shift, "move G703 GW2")
    until(shift, "arrived", "G703", "GW2")
    give(shift, "discharge G703")
    full = until(shift, "silo_full", "G703")
    shift.advance(full + 7_200)
    assert waiting(shift.view, shift.view.units["G703"]).cause == "silo"
    assert not [event for event in events(shift, "tipping") if event.args[0] == "G703"]
    give(shift, "fill L1 G701")
    begun = until(shift, "tipping", "G703", most_s=43_000)
    assert waiting(shift.view, shift.view.units["G703"]).cause == "work"
    first_front = sum(masses(shift, "G703")[:7])
    taken = sum(int(str(event.args[3])) for event in events(shift, "filled") if event.t <= begun)
    room = 14 * 66_000 - sum(masses(shift, "G701"))
    assert room + taken >= first_front > room + taken - 26_000


def test_the_cranes_take_no_grain_and_grain_takes_no_rake_of_broad_gauge() -> None:
    shift = at_the_silo(even())
    give(shift, "discharge G701", "fill L1 G701")
    number = next(iter(shift.view.units["G701"].boxes))
    assert "no container" in refused(shift, f"ground {number}")
    assert "no rake of 1435 mm" in refused(shift, "fill R1 G701")
    assert "already" in refused(shift, "fill L2 G701")
    assert "no train L1" in refused(shift, "crane RMG1 L1")


def test_nothing_that_plant_health_wants_is_released_before_the_result() -> None:
    shift = Shift(even(), 1)
    shift.advance(60)
    green = next(d.id for d in shift.view.dossiers.values() if d.train == "G701" and d.lane == "green")
    assert "order it early" in refused(shift, f"release {green}")
    give(shift, f"sample {green}")
    assert "waits for the laboratory" in refused(shift, f"release {green}")
    assert "already" in refused(shift, f"sample {green}")
    taken = until(shift, "done", green, "sample")
    assert taken == 60 + 600
    assert "until about 07:11" in refused(shift, f"release {green}")
    assert until(shift, "sample_clean", green) == taken + 3_600
    give(shift, f"release {green}")


def test_a_sample_is_taken_of_what_is_here_and_only_where_it_is_wanted() -> None:
    shift = Shift(even(), 1)
    until(shift, "lodged", "G703-01")
    assert "our tracks" in refused(shift, "sample G703-01")
    assert "wants no sample" in refused(shift, "sample X8107-01")
    none = Shift(variant(even(), plant_health__share=0.0), 1)
    none.advance(60)
    assert "wants no sample" in refused(none, "sample G701-01")


def test_the_laboratory_has_three_benches_and_the_fourth_sample_waits_for_one() -> None:
    shift = Shift(even(), 1)
    shift.advance(60)
    for name in shift.view.cargo["G701"]:
        give(shift, f"sample {name}")
    shift.advance(60 + 41 * 60)
    assert shift.view.pools["benches"].busy == 3
    assert shift.view.pools["benches"].queue == 1
    shift.advance(60 + 4 * 3_600)
    clean = [event.t for event in events(shift, "sample_clean")]
    # Samples come every ten minutes; the fourth test begins when the first has ended.
    assert clean == [60 + 600 * n + 3_600 for n in (1, 2, 3)] + [60 + 600 + 2 * 3_600]


def test_in_the_holiday_week_a_test_takes_twice_as_long() -> None:
    usual, holiday = Shift(even(), 1), Shift(variant(even(), plant_health__holiday=True), 1)
    usual_s, holiday_s = (
        shift.scenario.sample("G701-01") for shift in (usual, holiday) if shift.scenario.consignments("G701")
    )
    assert usual_s is not None
    assert holiday_s is not None
    assert holiday_s.test_s == 2 * usual_s.test_s
    assert holiday_s.sampling_s == usual_s.sampling_s


def cut(**keys: object) -> Level:
    item = {"id": "cut", "kind": "acceptance-cut", "neighbour": "horgos", "at": "06:00", "lasts": minutes(720), **keys}
    return variant(variant(even(), plant_health=None), disruptions=(item,))


def ready_to_leave(shift: Shift) -> Unit:
    """2402 inspected and released on its track."""
    give(shift, "call-loco 2402")
    until(shift, "loco_on", "2402")
    until(shift, "done", "2402", "technical")
    give(shift, "brake-test 2402 full")
    until(shift, "done", "2402", "brake_full")
    for name in shift.view.cargo["2402"]:
        if shift.view.dossiers[name].lane == "yellow":
            give(shift, f"check {name}")
            until(shift, "done", name, "check")
        give(shift, f"release {name}")
        until(shift, "released", name)
    return shift.view.units["2402"]


def test_a_neighbour_that_takes_no_containers_says_so_and_one_that_takes_them_gives_a_slot_away() -> None:
    shift = Shift(cut(trains=5, containers=0), 1)
    ready_to_leave(shift)
    assert "no more trains with containers" in refused(shift, "depart 2402")
    shift = Shift(cut(trains=2, grain=0), 1)
    ready_to_leave(shift)
    give(shift, "depart 2402")
    slots = shift.view.cuts["horgos"]
    assert (slots.trains, slots.grain, slots.containers) == (1, 0, None)
    assert slots.left("grain") == 0
    assert slots.left(None) == slots.left("containers") == 1


def test_grain_capped_at_none_stays_until_the_cut_is_over() -> None:
    shift = unattended(resolve(cut(trains=9, grain=0), 1), "reference")
    assert shift.view.units["2402"].departed_s is not None
    assert shift.view.units["L1"].departed_s is None
    shift.close()
    assert (shift.view.units["L1"].departed_s or 0) >= 720 * 60


def test_the_reference_keeps_the_last_slots_for_loads_and_the_novice_spends_one_on_empty_wagons() -> None:
    level = cut(trains=4)

    def went(player: str) -> set[str]:
        """Who left to Horgos while the cut lasted."""
        shift = unattended(resolve(level, 1), player)
        out = [str(event.args[0]) for event in events(shift, "departed") if event.t < 700 * 60]
        return {name for name in out if name in ("L1", "L2", "2402", "2404", "X8107")}

    assert went("reference") == {"2402", "2404", "L1", "L2"}
    assert "X8107" in went("novice")


def test_the_emptied_wagons_go_home_over_the_line_and_need_a_path_and_their_inspection() -> None:
    shift = at_the_silo(even())
    give(shift, "discharge G701")
    until(shift, "emptied", "G701")
    give(shift, "move G701 W5")
    until(shift, "arrived", "G701", "W5")
    give(shift, "call-loco G701")
    until(shift, "loco_on", "G701")
    assert "no path" in refused(shift, "depart G701")
    give(shift, "path G701", "depart G701")
    until(shift, "departed", "G701")
    assert [event.args for event in events(shift, "mistake")] == [("uninspected", "G701")]
    assert shift.view.units["G701"].to == "zhetygen"


def test_what_is_detained_stays_in_the_silo_and_the_rake_goes_without_it() -> None:
    shift = at_the_silo(even())
    give(shift, "detain G701-02", "discharge G701", "fill L1 G701")
    until(shift, "laden", "L1")
    assert "G701-02" not in shift.view.units["L1"].bears
    kept = sum(box.declared_kg for box in shift.scenario.consignments("G701")[1].containers)
    assert shift.view.silo.kg == 48_400_000 + kept


def test_what_is_detained_on_a_filled_rake_is_gone_once_its_last_wagon_is_set_out() -> None:
    shift = at_the_silo(even())
    give(shift, "discharge G701", "fill L1 G701")
    until(shift, "laden", "L1")
    give(shift, "detain G701-02")
    rake = shift.view.units["L1"]
    places = [place for place, name in rake.fills.items() if name == "G701-02"]
    for left, place in zip(reversed(range(len(places))), places, strict=True):
        give(shift, f"set-out L1 {place + 1}")
        shift.advance(shift.now_s + 1_900)
        assert ("G701-02" in rake.bears) == (left > 0)


def test_the_grain_that_left_in_the_shift_is_measured_and_a_late_load_costs_time() -> None:
    level = variant(calm("harvest"), trains__0__due="08:00")
    outcome = play(level, 1, "reference")
    lots = sum(
        sum(box.declared_kg for item in resolve(level, 1).consignments(train) for box in item.containers)
        for train in ("G701", "G703")
    )
    assert outcome.score.measures["grain_out_t"] == pytest.approx(lots / 1_000, abs=0.1)
    left = next(line.departed_s for line in outcome.score.trains if line.number == "G701")
    late = next(goal.value for goal in outcome.score.objectives if goal.id == "first-grain")
    assert left is not None
    assert late == pytest.approx((left - 7_200) / 60, abs=0.01)
    assert (
        sum(reason.loss for reason in outcome.score.reasons if reason.code == "wait" and reason.args[0] == "G701") > 0
    )


def test_orders_about_grain_are_in_the_menus_of_what_they_are_about() -> None:
    shift = at_the_silo(even())
    view = shift.view
    assert {"discharge", "path"} <= set(verbs_for(view, "G701"))
    assert "crane" not in verbs_for(view, "L1")
    assert "sample" in verbs_for(view, "G701-01")
    assert "sample" not in verbs_for(view, "X8107-01")
    assert "fill" not in verbs_for(view, "R1")
    give(shift, "discharge G701")
    assert [order.text for order in orders_for(view, "fill", "L1")] == ["fill L1 G701"]
    assert [order.text for order in orders_for(view, "fill", "G701")] == ["fill L1 G701", "fill L2 G701"]
    assert shift.refusal(parse("fill L1 G701")) is None


def test_the_level_itself_teaches_what_it_says() -> None:
    """The reference brings all grain away in the shift, the novice does not."""
    level = shipped("harvest")
    for seed in (1, 2, 3):
        assert (play(level, seed, "reference").score.measures["grain_out_t"] or 0) > 1_600
        assert (play(level, seed, "novice").score.measures["grain_out_t"] or 0) < 1_600
