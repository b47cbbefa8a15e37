"""Drawn traffic: services bring their trains by timetable, headway or chance, each the same whatever the others do."""

import statistics
import tracemalloc
from itertools import islice, pairwise

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.level.model import Level
from corridor_tui.level.services import Service
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.iso6346 import number, valid
from corridor_tui.scenario.parties import DESTINATIONS
from corridor_tui.scenario.services import coming
from corridor_tui.scenario.values import TrainPlan

SEA = shipped("across-the-sea")
YEAR_MIN = 365 * 1_440


def a_service(**changes: object) -> Service:
    return next(service for service in SEA.services if service.id == "XB").model_copy(update=changes)


def only(service: Service, *, days: int = 1) -> Level:
    shift = SEA.shift.model_copy(update={"length_min": days * 1_440})
    return SEA.model_copy(update={"services": (service,), "trains": (), "shift": shift})


def arrivals(level: Level, seed: int = 1) -> list[TrainPlan]:
    return list(resolve(level, seed).arrivals())


def test_a_headway_brings_a_train_every_so_many_hours() -> None:
    level = only(a_service(timetable=(), every_h=3.0, origin=None))
    assert [plan.planned_s for plan in arrivals(level)] == [3 * 3_600 * turn for turn in range(1, 8)]


def test_a_timetable_comes_again_every_day_at_its_clock_times() -> None:
    level = only(a_service(timetable=("23:30", "08:15"), origin=None), days=3)
    clocks = [(level.date_at(plan.planned_s)[-2:], level.clock_at(plan.planned_s)) for plan in arrivals(level)]
    assert clocks == [
        ("27", "08:15"), ("27", "23:30"), ("28", "08:15"), ("28", "23:30"), ("29", "08:15"), ("29", "23:30"),
    ]  # fmt: skip


def test_trains_by_chance_come_at_their_mean_rate_with_exponential_gaps() -> None:
    level = only(a_service(timetable=(), per_day=9.8, origin=None), days=365)
    times = [plan.planned_s for plan in arrivals(level)]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) / 365 == pytest.approx(9.8, rel=0.05)
    assert statistics.stdev(gaps) == pytest.approx(statistics.mean(gaps), rel=0.1)


def test_a_service_runs_only_in_its_hours() -> None:
    level = only(a_service(timetable=(), every_h=1.0, origin=None, from_h=5.0, until_h=9.0))
    assert [plan.planned_s // 3_600 for plan in arrivals(level)] == [5, 6, 7, 8]


def test_lateness_comes_from_the_journey_and_is_on_the_whole_nothing() -> None:
    level = only(a_service(timetable=("12:00",)), days=365)
    late = [plan.offered_s - plan.planned_s for plan in arrivals(level)]
    xian = level.route.origins["xian"]
    least, most = ((bound * 86_400 - xian.travel.expected_s) for bound in (xian.travel.min_d, xian.travel.max_d))
    assert min(late) >= least - 1
    assert max(late) <= most + 1
    assert min(late) < 0 < max(late)
    assert abs(statistics.mean(late)) < 900


def test_what_was_planned_before_the_shift_and_is_late_still_comes() -> None:
    slow = {"id": "xian", "name": "far", "travel": {"min_d": 1.0, "mode_d": 1.0, "max_d": 4.0}}
    hourly = a_service(timetable=(), every_h=1.0).model_dump()
    plans = arrivals(variant(SEA, origins=[slow], services=[hourly], trains=[]))
    assert any(plan.planned_s < 0 for plan in plans)
    assert all(plan.offered_s > 0 for plan in plans)


def test_announcements_come_in_order_and_before_the_train() -> None:
    plans = arrivals(SEA.model_copy(update={"shift": SEA.shift.model_copy(update={"length_min": 10 * 1_440})}))
    assert [plan.announced_s for plan in plans] == sorted(plan.announced_s for plan in plans)
    assert all(0 <= plan.announced_s <= plan.offered_s for plan in plans)
    assert {plan.service for plan in plans} == {service.id for service in SEA.services}


def test_a_train_is_the_same_whatever_other_services_do() -> None:
    def about(level: Level) -> dict[str, tuple[object, ...]]:
        scenario = resolve(level, 4)
        return {
            plan.spec.number: (plan.offered_s, plan.tasks_s, [item.work for item in scenario.consignments(plan.spec.number)])
            for plan in scenario.arrivals()
        }  # fmt: skip

    whole, alone = about(SEA), about(only(a_service(), days=1))
    shared = set(whole) & set(alone)
    assert shared
    assert all(whole[name] == alone[name] for name in shared)


def test_two_seeds_are_two_days_and_one_seed_is_one() -> None:
    first, again, other = (list(islice(coming(SEA, seed), 5)) for seed in (1, 1, 2))
    assert first == again
    assert [drawn.offered_s for drawn in first] != [drawn.offered_s for drawn in other]


def test_wagons_boxes_and_papers_stay_within_what_the_level_says() -> None:
    for plan in arrivals(only(a_service(timetable=("12:00",)), days=100)):
        train = plan.spec
        assert 46 <= train.wagons <= 50
        assert train.feu + train.twenties / 2 == train.wagons
        assert 8 <= train.consignments <= 12
        assert train.twenties / (train.feu + train.twenties) == pytest.approx(0.15, abs=0.03)


def test_container_numbers_do_not_come_again_in_a_year_of_twenty_thousand_trains() -> None:
    seen = {number(series, serial) for series in range(20_800) for serial in (0, 9_999)}
    assert len(seen) == 2 * 20_800
    assert all(valid(text) for text in list(seen)[::97])


def test_a_year_is_drawn_train_by_train_and_needs_no_room_for_what_is_forgotten() -> None:
    scenario = resolve(only(a_service(timetable=(), every_h=2.0, origin=None), days=60), 1)
    tracemalloc.start()
    trains = 0
    for plan in scenario.arrivals():
        scenario.consignments(plan.spec.number)
        scenario.forget(plan.spec.number)
        trains += 1
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert trains == 60 * 12 - 1, "none at the second with which the shift begins"
    assert most < 2_000_000, "one train takes about 25 kB: all of them would take ten times as much"


def test_a_forgotten_train_leaves_nothing_behind() -> None:
    scenario = resolve(SEA, 1)
    plan = next(scenario.arrivals())
    scenario.consignments(plan.spec.number)
    scenario.forget(plan.spec.number)
    assert plan.spec.number not in scenario.plans


def test_consignees_of_a_destination_are_in_its_countries() -> None:
    scenario = resolve(SEA, 2)
    goals = {destination.id: destination.countries for destination in SEA.destinations}
    stations = {
        country: [s for place in DESTINATIONS if place.country == country for s in place.stations]
        for country in ("UZ", "AZ", "KZ")
    }
    for plan in islice(scenario.arrivals(), 6):
        for item in scenario.consignments(plan.spec.number):
            if item.goal is not None and goals[item.goal] and item.case is None:
                station = scenario.papers(item.id, corrected=False).value("note.station")
                assert station in stations[goals[item.goal][0]]


def test_a_listed_train_may_bring_its_delay_from_its_origin() -> None:
    level = variant(SEA, trains__0__origin="xian", trains__0__standing=None, trains__0__at="12:00")
    offers = [resolve(level, seed).plans["X8107"].offered_s - 5 * 3_600 for seed in range(1, 40)]
    assert min(offers) < 0 < max(offers)
