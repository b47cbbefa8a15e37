"""The single-track line: path arithmetic, meets and overtakes in loops of finite length, windows, knots and the way out."""

from itertools import pairwise

import pytest
from conftest import shipped
from helpers import give, refused, until, variant

from corridor_tui.corridor.events import Event
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.gather import gather
from corridor_tui.scoring.losses import safety_reasons
from corridor_tui.session.shift import Shift, unattended

WEST, EAST = "1402", "2601"


def line(*numbers: str, **changes: object) -> Level:
    """Single line with only some of its trains, all on time, without windows."""
    base = shipped("single-line")
    trains = [{**t.model_dump(), "late": None} for t in base.trains if t.number in numbers]
    lines = [{**each.model_dump(), "windows": ()} for each in base.lines]
    return variant(base, **{"trains": trains, "lines": lines, "disruptions": (), "objectives": (), **changes})


def sent(level: Level, *numbers: str) -> Shift:
    """A shift in which the standing trains are inspected and set off as soon as they may."""
    shift = Shift(level, 1)
    give(shift, *(f"inspect {number}" for number in numbers))
    for number in numbers:
        for task in ("border", "commercial", "technical"):
            until(shift, "done", number, task)
        shift.advance(max(shift.now_s, 6_000))
        give(shift, f"depart {number}")
        shift.advance(shift.now_s + 1)
    return shift


def at(events: list[Event], code: str, unit: str, place: str) -> int:
    """When a train came to a loop (`in_loop`), or freed its track there (`freed`)."""
    tracks = [track.id for s in shipped("single-line").stations if s.id == place for track in s.tracks]
    return next(e.t for e in events if e.code == code and e.args[0] == unit and e.args[1] in tracks)


def test_a_train_alone_needs_the_sum_of_its_hops() -> None:
    shift = sent(line(WEST), WEST)
    began = next(e.t for e in shift.events if e.code == "moving" and e.args[0] == WEST)
    shift.advance(43_000)
    gone = next(e.t for e in shift.events if e.code == "gone")
    unit, network = shift.view.units[WEST], shift.view.network
    route = network.route("altynkol", "zhetygen", 1520)
    assert len(route) == 15
    hops = [network.hops(here, there, 1520)[0] for here, there in pairwise(route)]
    mass_t = shift.view.mass_t(unit)
    assert mass_t > 1_000
    assert gone - began == sum(hop.length_s(mass_t, 0) for hop in hops)
    # by hand: 293 km at the speed of its mass, and a minute or three for each throat on the way
    speed = 60 - 15 * min(1, mass_t / 6_000)
    throats_s = 180 + 2 * 13 * 60
    assert gone - began == pytest.approx(293 / speed * 3_600 + throats_s, abs=20)


def test_the_heavier_a_train_the_slower_it_runs() -> None:
    def run_s(boxes: int) -> int:
        level = line(WEST, trains__0__feu=boxes)
        shift = sent(level, WEST)
        shift.advance(43_000)
        moved = next(e.t for e in shift.events if e.code == "moving" and e.args[0] == WEST)
        return next(e.t for e in shift.events if e.code == "gone") - moved

    assert run_s(3) < run_s(30)


def test_two_trains_pass_each_other_in_a_loop_and_never_share_a_section() -> None:
    shift = sent(line(WEST, EAST), WEST)
    give(shift, f"accept {EAST} W10")
    shift.advance(43_000)
    assert {e.args[0] for e in shift.events if e.code == "gone"} >= {WEST}
    assert any(e.code == "arrived" and e.args[0] == EAST for e in shift.events)
    held: dict[str, str] = {}
    for event in shift.events:
        if event.code == "entered":
            assert event.args[1] not in held
            held[str(event.args[1])] = str(event.args[0])
        elif event.code == "freed":
            held.pop(str(event.args[1]), None)


def test_a_train_told_to_meet_another_waits_until_that_has_come() -> None:
    shift = sent(line(WEST, EAST), WEST)
    give(shift, f"accept {EAST} W10", f"meet {WEST} l228 {EAST}")
    shift.advance(43_000)
    assert at(shift.events, "freed", WEST, "l228") >= at(shift.events, "in_loop", EAST, "l228")
    assert at(shift.events, "freed", WEST, "l228") - at(shift.events, "in_loop", WEST, "l228") > 3_600


def test_a_train_told_to_let_another_by_is_overtaken() -> None:
    shift = sent(line(WEST, "1404"), WEST, "1404")
    give(shift, f"meet {WEST} taskarasu 1404")
    shift.advance(43_000)
    assert at(shift.events, "freed", WEST, "taskarasu") >= at(shift.events, "freed", "1404", "taskarasu")
    gone = {e.args[0]: e.t for e in shift.events if e.code == "gone"}
    assert gone["1404"] < gone[WEST]


def test_a_stop_costs_what_the_line_says() -> None:
    shift = sent(line(WEST, EAST), WEST)
    give(shift, f"accept {EAST} W10", f"meet {WEST} l228 {EAST}")
    shift.advance(43_000)
    came = at(shift.events, "in_loop", EAST, "l228")
    hop = shift.view.network.hops("l228", "l205", 1520)[0]
    assert hop.stop_s == 120
    assert at(shift.events, "freed", WEST, "l228") == pytest.approx(came + hop.out_s + hop.stop_s, abs=hop.into_s + 1)


def test_nothing_sets_off_in_a_maintenance_window_and_a_slow_stretch_slows() -> None:
    base = shipped("single-line")
    closed = [{**each.model_dump(), "windows": ()} for each in base.lines]
    closed[3]["windows"] = ({"track": "s2", "start": "07:00", "until": "11:00"},)
    shift = sent(line(WEST, lines=closed), WEST)
    shift.advance(43_000)
    assert at(shift.events, "freed", WEST, "l271") >= 5 * 3_600
    slow = [{**each.model_dump(), "windows": ()} for each in base.lines]
    slow[3]["slow"] = ({"start": "06:00", "until": "18:00", "speed_kmh": 15.0},)
    late = sent(line(WEST, lines=slow), WEST)
    late.advance(43_000)
    usual = sent(line(WEST), WEST)
    usual.advance(43_000)

    def over_s(run: Shift) -> int:
        return at(run.events, "in_loop", WEST, "kundyzdy") - at(run.events, "freed", WEST, "l271")

    assert over_s(late) > 3 * over_s(usual)


def test_trains_that_wait_for_each_other_are_told_within_a_minute_and_one_can_run_back() -> None:
    shift = sent(line(WEST, EAST), WEST)
    give(shift, f"accept {EAST} W10", f"meet {WEST} l228 {EAST}", f"meet {EAST} taskarasu {WEST}")
    told = until(shift, "deadlock", most_s=43_000)
    knotted = [e for e in shift.events if e.code == "signal" and e.t <= told][-1].t
    assert 0 <= told - knotted <= 60
    assert sorted(shift.view.knot) == [WEST, EAST]
    assert [e.args for e in shift.events if e.code == "mistake"] == [("deadlock", shift.view.knot[0])]
    give(shift, f"back {WEST}")
    assert "ordered or done already" in refused(shift, f"back {WEST}")
    shift.advance(shift.now_s + 2)
    assert shift.view.knot == ()
    shift.advance(shift.now_s + 2_400)
    behind = [e.args[1] for e in shift.events if e.code == "in_loop" and e.args[0] == WEST and e.t > told]
    assert shift.view.level.tracks[str(behind[0])][0].id == "kundyzdy"  # the loop before Loop 228


def test_loops_filled_against_each_other_are_a_knot_and_the_reference_unties_it() -> None:
    level = line("1402", "1404", "2601", "2603")
    shift = sent(level, "1402", "1404")
    give(shift, "accept 2601 W10", "accept 2603 W9")
    give(shift, "meet 1402 l228 2603", "meet 1404 l228 2603", "meet 2601 l205 1404", "meet 2603 l205 1404")
    until(shift, "deadlock", most_s=43_000)
    shift.close()
    assert all(unit.departed_s is not None for unit in shift.view.units.values())


def test_a_train_longer_than_every_track_of_a_loop_is_not_sent_out() -> None:
    level = line("1408", stations=[
        {**s.model_dump(), "tracks": [{**t.model_dump(), "length_m": 850.0} for t in s.tracks]} if s.role == "loop" else s.model_dump()
        for s in shipped("single-line").stations
    ])  # fmt: skip
    shift = Shift(level, 1)
    give(shift, "inspect 1408")
    for task in ("border", "commercial", "technical"):
        until(shift, "done", "1408", task)
    shift.advance(8_000)
    assert "too short for 1408" in refused(shift, "depart 1408")


def test_a_line_with_two_tracks_runs_both_ways_at_once() -> None:
    base = shipped("single-line")
    lines = [{**each.model_dump(), "windows": ()} for each in base.lines]
    for each in lines[2:]:
        each["tracks"] = (
            {"id": each["tracks"][0]["id"], "gauge": 1520},
            {"id": f"{each['tracks'][0]['id']}-b", "gauge": 1520},
        )
    doubled = sent(line(WEST, EAST, lines=lines), WEST)
    give(doubled, f"accept {EAST} W10")
    doubled.advance(43_000)
    alone = sent(line(WEST), WEST)
    alone.advance(43_000)
    gone = [next(e.t for e in shift.events if e.code == "gone") for shift in (doubled, alone)]
    assert gone[0] == gone[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_reference_brings_every_train_through_without_a_knot(seed: int) -> None:
    shift = unattended(resolve(shipped("single-line"), seed), "reference")
    shift.close()
    assert not [e for e in shift.events if e.code == "mistake"]
    assert all(unit.departed_s is not None for unit in shift.view.units.values())


LONG_WEST, LONG_EAST = "1408", "2605"


def test_two_long_trains_cannot_meet_where_one_track_takes_them() -> None:
    shift = sent(line(LONG_WEST, LONG_EAST), LONG_WEST)
    reason = refused(shift, f"meet {LONG_WEST} l228 {LONG_EAST}")
    assert reason == "1408 and 2605 cannot meet at Loop 228: both fit only its track C1"
    give(shift, f"meet {LONG_WEST} taskarasu {LONG_EAST}", f"meet {LONG_EAST} shelek {LONG_WEST}")


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (f"meet {WEST} nowhere {EAST}", "there is no loop nowhere"),
        (f"meet {WEST} altynkol {EAST}", "there is no loop altynkol"),
        (f"meet {WEST} l228 {WEST}", f"{WEST} cannot wait for itself"),
        (f"meet {WEST} l228 9999", "there is no train or rake 9999"),
        (f"meet {WEST} l271 {EAST}", f"{WEST} does not come to Loop 271 any more"),
        (f"drop-meet {WEST} l205", f"{WEST} is not to wait at l205"),
        (f"back {EAST}", f"{EAST} does not wait in a loop"),
        (f"accept {EAST} W10", f"{EAST} is accepted already, for track W10"),
        (f"accept {EAST} N1", "track N1 is 1435 mm gauge"),
        (f"accept {EAST} A1", "no line leads"),
    ],
)
def test_orders_about_the_line_are_refused_with_the_reason(order: str, reason: str) -> None:
    shift = sent(line(WEST, EAST), WEST)
    give(shift, f"accept {EAST} W10")
    until(shift, "in_loop", WEST, "B3")
    shift.advance(shift.now_s + 300)
    assert reason in refused(shift, order)


def test_a_train_from_the_line_locks_its_track_only_from_the_last_loop() -> None:
    shift = sent(line("1402", "1404", EAST), "1402")
    give(shift, f"accept {EAST} W2")  # 1404 still stands there
    until(shift, "in_loop", EAST, "A2", most_s=43_000)
    shift.advance(shift.now_s + 600)
    assert shift.view.units[EAST].waiting_at is not None
    assert shift.view.units[EAST].place == "A2"
    give(shift, f"accept {EAST} W7")
    shift.advance(shift.now_s + 300)
    assert shift.view.holds["W7"] == EAST
    assert "locked" in refused(shift, f"accept {EAST} W8")
    until(shift, "arrived", EAST, "W7", most_s=43_000)


def test_a_knot_is_one_mistake_until_it_is_undone() -> None:
    shift = sent(line(WEST, "1404", EAST), WEST, "1404")
    give(shift, f"accept {EAST} W10", f"meet {WEST} l228 {EAST}", f"meet {EAST} taskarasu {WEST}")
    until(shift, "deadlock", most_s=43_000)
    give(shift, f"meet {WEST} l205 {EAST}")  # does not help: it is told again
    shift.advance(shift.now_s + 120)
    told = [e for e in shift.events if e.code == "deadlock"]
    assert len(told) == 2
    assert len([e for e in shift.events if e.code == "mistake"]) == 1
    give(shift, f"drop-meet {WEST} l205", f"drop-meet {WEST} l228")
    shift.advance(shift.now_s + 5)
    assert [e.code for e in shift.events if e.code == "untied_knot"] == ["untied_knot"]
    assert shift.view.knot == ()
    shift.close()
    record = gather(shift.level, shift.events, shift.scenario)
    reasons = safety_reasons(shift.level, record, shift.desks)
    assert [(reason.code, reason.loss) for reason in reasons] == [("deadlock", shift.level.scoring.safety.deadlock)]


def test_long_trains_brought_against_each_other_at_two_short_loops_are_caught_and_one_runs_back() -> None:
    shift = sent(line(LONG_WEST, LONG_EAST, EAST), LONG_WEST)
    until(shift, "offered", LONG_EAST)
    # each waits for a train that comes late, so that both stand on the one long track of neighbouring loops
    give(shift, f"accept {LONG_EAST} W10", f"meet {LONG_WEST} l141 {EAST}", f"meet {LONG_EAST} l120 {EAST}")
    until(shift, "in_loop", LONG_EAST, "H1", most_s=43_000)
    until(shift, "in_loop", LONG_WEST, "G1", most_s=43_000)
    give(shift, f"drop-meet {LONG_WEST} l141", f"drop-meet {LONG_EAST} l120")
    told = until(shift, "deadlock", most_s=43_000)
    assert told <= shift.now_s
    assert set(shift.view.knot) == {LONG_WEST, LONG_EAST}
    give(shift, f"back {LONG_EAST}")
    until(shift, "in_loop", LONG_WEST, "H1", most_s=43_000)
    assert shift.view.knot == ()
    until(shift, "in_loop", LONG_EAST, "G1", most_s=43_000)
