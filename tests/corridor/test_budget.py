"""A budget: money by quarters, offers that need each other, and plant that stands once it is built."""

from functools import partial

import pytest
from conftest import FINALE, shipped
from helpers import calm, check_no_container_is_lost, give, refused, to_the_cranes, until, variant

from corridor_tui.corridor.events import Event
from corridor_tui.dispatcher.turns import Turns
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.calls import calls
from corridor_tui.session.shift import Shift, play, unattended

DAY = 86_400
YEAR = shipped(FINALE)


def days(count: int) -> Level:
    return variant(YEAR, shift__length_min=count * 1_440)


def test_money_comes_on_the_first_day_of_each_calendar_quarter() -> None:
    assert YEAR.quarters_s == (90 * DAY, 181 * DAY, 273 * DAY)
    noon = variant(YEAR, shift__start="12:00", shift__date="2026-03-30", shift__length_min=3 * 1_440)
    assert noon.quarters_s == (36 * 3_600,)


def test_what_is_bought_is_paid_at_once_and_stands_when_it_is_built() -> None:
    shift = Shift(days(10), 1)
    view, purse = shift.view, shift.view.purse
    assert purse is not None
    before = view.pools["shunters"].total
    give(shift, "buy crews")
    assert (purse.money, view.pools["shunters"].total) == (1_000 - 60, before)
    shift.advance(2 * DAY + 2)
    assert view.pools["shunters"].total == before + 12
    assert "crews" in purse.built


def test_refusals_name_the_sum_the_need_and_the_offer() -> None:
    shift = Shift(days(2), 1)
    assert "no offer" in refused(shift, "buy moon")
    assert "needs cranes" in refused(shift, "buy last-cranes")
    give(
        shift,
        "buy double-line",
        "buy cranes",
        "buy second-facility",
        "buy crane-tracks",
        "buy ten-tracks",
        "buy necks",
        "buy border",
        "buy yard",
        "buy engines",
        "buy officers",
        "buy scanners",
        "buy electronic",
    )
    assert "bought already" in refused(shift, "buy cranes")
    assert "costs 180, there is 160 left" in refused(shift, "buy last-cranes")


def test_a_refusal_for_want_of_money_says_how_much_is_missing_and_when_more_comes() -> None:
    march = variant(YEAR, shift__date="2026-03-30", shift__length_min=4 * 1_440, budget__at_start=100)
    shift = Shift(march, 1)
    assert "80 short; the next quarter brings 250 on day 3 00:00" in refused(shift, "buy double-line")
    shift.advance(2 * DAY + 1)
    give(shift, "buy double-line")  # 350 by now
    assert "10 short, and no more money comes" in refused(shift, "buy cranes")


def test_everything_that_the_year_sells_can_be_bought_one_by_one() -> None:
    """Cranes, tracks, a second facility, a doubled line, scanners, electronic declarations, people, engines, machines."""
    shift = Shift(variant(days(6), budget__at_start=10_000), 1)
    view = shift.view
    budget = YEAR.budget
    assert budget is not None
    before = {name: pool.total for name, pool in view.pools.items()}
    for offer in budget.offers:
        give(shift, f"buy {offer.id}")
    shift.advance(5 * DAY)
    assert view.purse is not None
    assert view.purse.unbuilt == view.purse.wagons == {}
    assert all(crane.down is None for crane in view.cranes.values())
    assert all(machine.down is None for machine in view.machines.values())
    assert view.pools["scanners"].total == before["scanners"] + 2
    assert view.pools["officers"].total == before["officers"] + 40
    assert view.electronic


def bought_machines(*taken: str, build_h: float = 1.0, **changes: object) -> Shift:
    """First train under the cranes, its transfer planned, with a reach stacker for sale and some containers to be grounded."""
    stacker = {"id": "RS1", "kind": "reach-stacker", "move": {"min_min": 4.0, "mode_min": 4.0, "max_min": 4.0}}
    offer = {"id": "stacker", "title": "a reach stacker", "price": 1, "build_d": build_h / 24, "machines": ["RS1"]}
    level = variant(
        calm("first-train"), terminal__machines=[stacker], budget={"at_start": 5, "offers": [offer]},
        shift__length_min=900, objectives=(), **changes,
    )  # fmt: skip
    shift = Shift(level, 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1")
    numbers = list(shift.view.units["X8001"].boxes)
    give(shift, *(f"ground {number}" for number in numbers[:4]), *taken)
    return shift


@pytest.mark.parametrize("blocks", [[], [{"id": "A", "slots": 1, "tiers": 3}, {"id": "B", "slots": 4, "tiers": 3}]])
def test_cranes_do_the_work_of_the_stack_until_the_first_machine_is_built_which_takes_over_what_is_under_way(
    blocks: list[dict[str, object]],
) -> None:
    shift = bought_machines("crane RMG1 X8001", terminal__blocks=blocks)
    view = shift.view
    assert "has no fault" in refused(shift, "repair RS1")
    grounded = [str(event.args[0]) for event in shift.events if event.code == "grounding"]
    until(shift, "emptied", "X8001")
    assert not [event for event in shift.events if event.code == "carrying"]
    give(shift, "buy stacker", f"load {grounded[0]} R1", f"load {grounded[1]} R1")
    until(shift, "built", "stacker")
    give(shift, *(f"load {number} R1" for number in grounded[2:]))
    while any(view.boxes[number].at == "stack" for number in grounded):
        assert not shift.over
        shift.advance(shift.now_s + 120)
    check_no_container_is_lost(view)
    assert view.ground == {}


@pytest.mark.parametrize("minutes", range(2, 14, 3))
def test_whenever_the_machine_comes_every_place_on_the_ground_is_given_back(minutes: int) -> None:
    shift = bought_machines("crane RMG1 X8001", "crane RMG2 X8001", "buy stacker", build_h=minutes / 60)
    until(shift, "emptied", "X8001")
    shift.advance(shift.now_s + 2_400)
    machines = shift._corridor._terminal.machines
    assert shift.view.ground == {}
    assert machines._free == shift.level.terminal.ground_places
    check_no_container_is_lost(shift.view)


def test_an_unbuilt_crane_cannot_be_forgotten_in_a_storm() -> None:
    storm = {"id": "storm", "kind": "wind", "at": "02:00", "speed_ms": 26.0}
    shift = Shift(variant(days(1), disruptions=[storm]), 1)
    shift.advance(3 * 3_600)
    assert [event.args for event in shift.events if event.code == "mistake"] == [
        ("untied", name) for name in ("RMG1", "RMG2", "RMG3")
    ]


def test_a_loop_track_that_nobody_has_bought_takes_no_train_and_unties_no_knot() -> None:
    base = shipped("single-line")
    stations = [station.model_dump() for station in base.stations]
    for name in ("l228", "l205"):
        loop = next(station for station in stations if station["id"] == name)
        loop["tracks"] = (*loop["tracks"], {"id": f"{name}-third", "gauge": 1520, "length_m": 1050})
    third = {"id": "third", "title": "third tracks", "price": 1, "tracks": ["l228-third", "l205-third"]}
    trains = [
        {**train.model_dump(), "late": None}
        for train in base.trains
        if train.number in ("1402", "1404", "2601", "2603")
    ]
    lines = [{**each.model_dump(), "windows": ()} for each in base.lines]
    level = variant(
        base, stations=stations, trains=trains, lines=lines, disruptions=(), objectives=(),
        budget={"at_start": 0, "offers": [third]},
    )  # fmt: skip
    shift = Shift(level, 1)
    assert shift.view.room("l228", 1520, 1_000.0) == ("C1",)
    give(shift, "inspect 1402", "inspect 1404")
    shift.advance(6_000)
    for number in ("1402", "1404"):
        for task in ("border", "commercial", "technical"):
            until(shift, "done", number, task)
        give(shift, f"depart {number}")
    give(shift, "accept 2601 W10", "accept 2603 W9")
    give(shift, "meet 1402 l228 2603", "meet 1404 l228 2603", "meet 2601 l205 1404", "meet 2603 l205 1404")
    until(shift, "deadlock", most_s=43_000)
    give(shift, "drop-meet 1402 l228", "drop-meet 1404 l228", "drop-meet 2601 l205", "drop-meet 2603 l205")
    shift.advance(shift.now_s + 120)
    assert {"1402", "1404", "2601", "2603"} == set(shift.view.knot)


def test_a_track_and_a_crane_that_are_not_built_cannot_be_used_and_say_what_brings_them() -> None:
    shift = Shift(days(6), 1)
    while not any(unit.offered_s for unit in shift.view.units.values() if unit.kind == "container"):
        shift.advance(shift.now_s + 600)
    train = next(unit for unit in shift.view.units.values() if unit.kind == "container" and unit.offered_s)
    assert "`buy yard`" in refused(shift, f"accept {train.id} N9")
    assert "`buy cranes`" in refused(shift, "tie RMG4")
    give(shift, "buy yard", "buy cranes")
    shift.advance(shift.now_s + 4 * DAY + 2)
    give(shift, f"accept {train.id} N9")
    assert shift.view.cranes["RMG4"].able


def test_nothing_runs_on_a_second_line_track_before_it_is_built() -> None:
    level = days(6)
    entered: list[int] = []
    play(level, 1, "reference", baselines=False, listener=partial(_note_second_track, entered))
    assert entered
    assert min(entered) >= 4 * DAY


def _note_second_track(entered: list[int], event: Event) -> None:
    if event.code == "entered" and str(event.args[1]).startswith("main-b"):
        entered.append(event.t)


def test_electronic_declarations_are_ready_earlier_than_paper_and_no_later_than_half_an_hour_after_the_offer() -> None:
    level = variant(
        days(4),
        budget__at_start=60,
        budget__offers=[{"id": "electronic", "title": "e", "price": 60, "electronic": True}],
    )
    paper, early = Shift(level, 1), Shift(level, 1)
    give(early, "buy electronic")
    for shift in (paper, early):
        shift.advance(DAY)
    train = next(unit for unit in early.view.units.values() if unit.kind == "container" and unit.offered_s)
    lodged = [early.view.dossiers[name].lodged_s for name in early.view.cargo[train.id]]
    assert all(at is not None and at - (train.offered_s or 0) <= 36 * 60 for at in lodged)
    assert all(paper.view.dossiers[name].lodged_s is None for name in paper.view.cargo[train.id])


def test_the_same_future_is_in_store_whatever_is_bought() -> None:
    level = variant(days(3), shift__most_waiting=None)
    offered: list[list[Event]] = []
    for who in ("do-nothing", "reference"):
        told: list[Event] = []
        play(level, 4, who, baselines=False, listener=told.append)
        trains = (event for event in told if event.code == "offered" and level.rake(str(event.args[0])) is None)
        offered.append(list(trains))  # a rake comes when somebody calls it
    assert offered[0] == offered[1]


def test_a_quarter_calls_the_desk_and_what_rules_do_does_not() -> None:
    level = variant(YEAR, shift__date="2026-03-31", shift__length_min=2 * 1_440)
    shift = Shift(level, 1, {"customs": "reference"})
    give(shift, "auto-accept 6", "auto-prepare on", "auto-place on", "auto-rakes on", "auto-send on", "auto-lift on")
    assert shift.run_on(2 * DAY)
    assert 0 <= shift.now_s - DAY <= 1
    last = next(event for event in reversed(shift.events) if event.code == "quarter")
    assert calls(shift.view, last, frozenset({"dispatch"}))


def test_a_week_of_the_finale_is_better_bought_for_than_not() -> None:
    level = days(8)
    out = [unattended(resolve(level, 1), who).view.out_boxes for who in ("do-nothing", "novice", "reference")]
    assert out[0] < out[1] < out[2]
    assert out[2] > 12_000


def test_what_was_set_aside_for_its_papers_goes_on_with_a_later_rake_and_the_archive_stays_small() -> None:
    shift = unattended(resolve(days(12), 1), "reference")
    view = shift.view
    old = [unit.id for unit in view.units.values() if unit.gone_s is not None and unit.gone_s < shift.now_s - 5 * DAY]
    assert old == []
    assert view.out_boxes > 20_000


def test_where_a_hundred_wait_the_next_are_sent_over_another_border_and_count_as_undelivered() -> None:
    level = variant(days(6), shift__most_waiting=20)
    shift = Shift(level, 1, {"dispatch": "do-nothing", "terminal": "do-nothing"})
    diverted: list[Event] = []
    most = 0
    while not shift.over:
        seen = shift.count
        shift.advance(shift.now_s + 3_600)
        diverted += [event for event in shift.since(seen) if event.code == "diverted"]
        waiting = [u for u in shift.view.units.values() if u.entry == "horgos" and u.offered_s is not None]
        most = max(most, len(waiting))
    assert most == 20
    assert len(diverted) > 100
    assert all(str(event.args[0]) not in shift.view.units for event in diverted)
    raw = shift.close()
    lost = next(reason for reason in raw.reasons if reason.code == "undelivered")
    assert int(lost.args[0]) >= sum(int(event.args[1] or 0) for event in diverted)


def test_a_train_sent_over_another_border_is_struck_off_the_list_of_those_that_want_wagons() -> None:
    level = variant(days(4), shift__most_waiting=12, standing_orders=())
    shift, lists, struck = Shift(level, 1, {"dispatch": "do-nothing", "terminal": "do-nothing"}), Turns(ahead=True), 0
    while not shift.over:
        shift.advance(shift.now_s + 3_600)
        before = set(lists.unlifted)
        lists.let_go(shift.view)
        struck += len(before - set(lists.unlifted))
        for unit in shift.view.units.values():
            lists.sort_in(shift.view, unit)
        assert set(lists.unlifted) | set(lists.spare) <= shift.view.units.keys()
        assert lists.certain(shift.view) == len(lists.spare)
    assert struck > 10
