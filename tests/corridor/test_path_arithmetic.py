"""A level reduced to a piece of single track runs as many trains as the arithmetic of paths says, and by hand-worked times."""

from itertools import pairwise

import pytest
from conftest import shipped
from helpers import give, variant

from corridor_tui.corridor.projection import courses, project
from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift

WINDOW_MIN, SHARE = 90, 0.93
"""The daily maintenance window and the share of the rest that can be used, from the corridor's figures."""


def reduced(places: list[tuple[str, float, int]], west: int, east: int, **last: object) -> Level:
    """Altynkol, some loops (identifier, km of line before it, tracks of 850 m) and Zhetygen 1 km behind the last of them.

    All run at 55 km/h whatever they weigh, a throat of a loop takes a minute and a stop two; `west` trains stand at Altynkol and
    `east` ones come from Zhetygen. `last` changes the line before the last loop.
    """
    base = shipped("single-line")
    document = base.model_dump()
    ends = [s for s in document["stations"] if s["role"] != "loop"]
    ends[1]["tracks"] = [t for t in ends[1]["tracks"] if t["gauge"] == 1435] + [
        {"id": f"W{n}", "gauge": 1520, "length_m": 1050.0} for n in range(1, 21)
    ]
    plain = {
        **document["lines"][2],
        "heavy_t": None,
        "heavy_kmh": None,
        "stop_min": 2.0,
        "windows": (),
        "speed_kmh": 55.0,
    }
    lines, km, before = document["lines"][:2], 12.0, "altynkol"
    loops = []
    for number, (name, length, tracks) in enumerate([*places, ("zhetygen", 1.0, 0)]):
        km += length
        if name != "zhetygen":
            rails = [{"id": f"{name}-{n}", "gauge": 1520, "length_m": 850.0} for n in range(tracks)]
            loops.append(
                {
                    "id": name,
                    "name": name,
                    "km": km,
                    "role": "loop",
                    "throats": ["east", "west"],
                    "throat_min": 1.0,
                    "tracks": rails,
                }
            )
        line = {**plain, "id": f"l{number}", "start": f"{before}.west", "end": f"{name}.east", "length_km": length}
        line["tracks"] = [{"id": f"t{number}", "gauge": 1520, "sections": 1}]
        lines = [*lines, {**line, **(last if number == len(places) - 1 else {})}]
        before = name
    model = next(train for train in document["trains"] if train["number"] == "1402")
    trains = [
        {**model, "number": f"14{n:02d}", "due_there": "23:30", "wagons": 20, "feu": 20, "standing": {**model["standing"], "track": f"W{n + 1}"}}
        for n in range(west)
    ] + [
        {**model, "number": f"26{n:02d}", "entry": "zhetygen", "exit": "horgos", "at": "06:05", "due": "23:00", "due_there": None,
         "wagons": 20, "feu": 20, "standing": None}
        for n in range(east)
    ]  # fmt: skip
    staff = dict.fromkeys(document["staff"], 20)
    ends[3]["km"] = km
    return variant(
        base, stations=[*ends[:3], *loops, ends[3]], lines=lines, trains=trains, staff=staff, disruptions=(), objectives=(),
        customs__officers=20, shift__length_min=720,
    )  # fmt: skip


START_S = 9_000


def started(level: Level, *, all_at_once: bool = True) -> Shift:
    """A shift in which everything is inspected; at one moment all trains are sent and accepted."""
    shift = Shift(level, 1)
    west = [train.number for train in level.trains if train.standing is not None]
    give(shift, *(f"inspect {number}" for number in west))
    shift.advance(START_S)
    if all_at_once:
        give(shift, *(f"depart {number}" for number in west))
        east = [train.number for train in level.trains if train.standing is None]
        give(shift, *(f"accept {number} W{20 - n}" for n, number in enumerate(east)))
    return shift


def times_s(shift: Shift, element: str) -> list[tuple[int, str]]:
    """When each train entered an element."""
    return [(e.t, str(e.args[0])) for e in shift.events if e.code == "entered" and e.args[1] == element]


def pairs_a_day(cycle_s: float) -> float:
    """Pairs of trains a day over a section that each train holds for so long."""
    return (1_440 - WINDOW_MIN) * SHARE * 60 / (2 * cycle_s)


def test_the_limiting_section_of_28_km_gives_seventeen_to_eighteen_pairs_a_day() -> None:
    shift = started(reduced([("a", 1.0, 12), ("b", 28.0, 12)], west=8, east=8))
    shift.advance(43_000)
    entered = times_s(shift, "t1/1")
    assert len(entered) == 16
    spacing = {later[0] - earlier[0] for earlier, later in list(pairwise(entered))[3:-3]}
    # 28 km at 55 km/h, a minute for each throat, and two for having stopped
    assert spacing == {round(28 / 55 * 3_600) + 60 + 60 + 120}
    assert 17 <= pairs_a_day(spacing.pop()) <= 18.5


def test_a_new_loop_in_the_middle_of_it_gives_about_thirty_three() -> None:
    shift = started(reduced([("a", 1.0, 12), ("m", 14.0, 2), ("b", 14.0, 12)], west=8, east=8))
    shift.advance(43_000)
    assert not [e for e in shift.events if e.code == "deadlock"]
    entered = [t for t, _ in times_s(shift, "t1/1")]
    assert len(entered) == 16
    each = (entered[12] - entered[4]) / 8
    assert each == pytest.approx(14 / 55 * 3_600 + 240, rel=0.02)
    assert 31 <= pairs_a_day(each) <= 34


def test_two_tracks_need_no_alternation_at_all() -> None:
    doubled = [{"id": "t1", "gauge": 1520, "sections": 1}, {"id": "t1b", "gauge": 1520, "sections": 1}]
    shift = started(reduced([("a", 1.0, 12), ("b", 28.0, 12)], west=6, east=6, tracks=doubled))
    shift.advance(43_000)
    both = sorted(t for track in ("t1/1", "t1b/1") for t, _ in times_s(shift, track))
    assert len(both) == 12
    assert both[9] - both[3] < 4 * 2_073  # six trains in the time of three


def one_of_each(**last: object) -> Level:
    return reduced([("a", 22.0, 2), ("b", 22.0, 2), ("c", 11.0, 2)], west=2, east=1, **last)


def moments(shift: Shift, unit: str) -> dict[str, int]:
    """When a train came to each loop, and to its end."""
    found = {}
    for event in shift.events:
        if event.args and event.args[0] == unit and event.code in ("in_loop", "arrived", "gone"):
            name = str(event.args[1]).split("-")[0] if event.code == "in_loop" else event.code
            found[name] = event.t - START_S
    return found


def test_a_train_alone_by_hand() -> None:
    shift = started(one_of_each(), all_at_once=False)
    give(shift, "depart 1400")
    shift.advance(30_000)
    # out of Altynkol 3 min, 24 min to each of a and b, 12 to c, 1 km at the end; a minute for each throat of a loop, and no stop
    a = 180 + 1_440 + 60
    b = a + 60 + 1_440 + 60
    c = b + 60 + 720 + 60
    assert moments(shift, "1400") == {"a": a, "b": b, "c": c, "gone": c + 60 + round(3_600 / 55)}


def test_a_meet_by_hand() -> None:
    shift = started(one_of_each(), all_at_once=False)
    give(shift, "depart 1400", "accept 2600 W20", "meet 2600 b 1400")
    shift.advance(30_000)
    west, east = moments(shift, "1400"), moments(shift, "2600")
    # 2600: the neighbour's minute, 1 km and a throat to c, and on to b, where it waits for 1400, the section to a being its
    c = 60 + round(3_600 / 55) + 60
    assert east["c"] == c
    assert east["b"] == c + 60 + 720 + 60
    met = 180 + 1_440 + 60 + 60 + 1_440 + 60
    assert west["b"] == met
    assert east["a"] == met + 60 + 120 + 1_440 + 60  # out, the stop, the run, in
    assert west["c"] == met + 60 + 720 + 60  # it has not stopped


def test_an_overtake_by_hand() -> None:
    shift = started(one_of_each(), all_at_once=False)
    give(shift, "depart 1400", "meet 1400 a 1401")
    shift.advance(START_S + 60)
    give(shift, "depart 1401")
    shift.advance(30_000)
    slow, fast = moments(shift, "1400"), moments(shift, "1401")
    a = 180 + 1_440 + 60
    assert slow["a"] == a
    assert fast["a"] == a + 180 + 1_440 + 60  # it sets off when the section is free again
    assert fast["b"] == fast["a"] + 60 + 1_440 + 60
    # the one that was overtaken waits for the section ahead to be free again
    assert slow["b"] == fast["b"] + 60 + 120 + 1_440 + 60


def test_a_restriction_over_some_kilometres_costs_what_they_take_longer() -> None:
    slow = ({"start": "06:00", "until": "23:00", "speed_kmh": 27.5, "from_km": 5.5, "to_km": 11.0},)
    level = reduced([("a", 22.0, 2)], west=1, east=0, slow=slow)
    shift = started(level)
    shift.advance(30_000)
    # 5.5 km at half the speed: 6 minutes more
    assert moments(shift, "1400")["a"] == 180 + 1_440 + 360 + 60
    over = reduced([("a", 22.0, 2)], west=1, east=0, slow=({**slow[0], "until": "07:00"},))
    later = started(over)
    later.advance(30_000)
    assert moments(later, "1400")["a"] == 180 + 1_440 + 60


def test_the_projection_of_the_line_comes_true_where_nobody_orders_anything() -> None:
    shift = started(reduced([("a", 20.0, 2), ("b", 24.0, 3), ("c", 18.0, 2)], west=3, east=3))
    shift.advance(START_S + 9_000)  # the last of them is on the line
    told = project(shift.view, courses(shift.view), {}).ends
    assert set(told) >= {"1402", "2602"}
    shift.advance(43_000)
    for unit, end_s in told.items():
        really = moments(shift, unit)
        assert end_s is not None
        assert end_s - START_S == pytest.approx(really.get("gone", really.get("arrived", 0)), abs=200)


def test_the_works_of_2026_give_five_loops_more_and_32_km_of_second_track() -> None:
    before, after = shipped("single-line"), shipped("works-2026")
    places = [
        sum(s.role == "loop" for s in level.stations) + 1 for level in (before, after)
    ]  # and Altynkol, a station too
    assert places == [14, 19]
    main = [[line for line in level.lines if line.id.startswith("line-")] for level in (before, after)]
    assert [round(sum(line.length_km for line in lines)) for lines in main] == [293, 293]
    assert sum(line.length_km for line in main[1] if len(line.tracks) == 2) == 32
    old = {s.id: [t.length_m for t in s.tracks] for s in before.stations if s.role == "loop"}
    longer = [s.id for s in after.stations if s.id in old and [t.length_m for t in s.tracks] != old[s.id]]
    assert len(longer) == 8


def under_way(*numbers: str, leaves_min: int) -> Shift:
    """Trains of the level after the works alone on the line: 2603 accepted at once, 1404 sent at a minute."""
    level = shipped("works-2026")
    trains = [train.model_dump() | {"late": None} for train in level.trains if train.number in numbers]
    shift = Shift(
        variant(level, trains=trains, disruptions=[], hints=[], objectives=[], shift__length_min=900),
        1,
        {"customs": "reference"},
    )
    if "1404" in numbers:
        give(shift, "inspect 1404")
    shift.advance(2_500)
    if "2603" in numbers:
        give(shift, "accept 2603 W10")
    shift.advance(leaves_min * 60)
    if "1404" in numbers:
        give(shift, "depart 1404")
    shift.advance(50_000)
    return shift


def spent_s(shift: Shift, unit: str) -> int:
    """From setting off to the end of its way."""
    start = next(e.t for e in shift.events if e.code == "moving" and e.args[0] == unit)
    return next(e.t for e in shift.events if e.code in ("arrived", "gone") and e.args[0] == unit) - start


def test_on_the_second_track_of_2026_two_trains_meet_at_speed_and_neither_loses_a_second() -> None:
    alone = [spent_s(under_way(number, leaves_min=270), number) for number in ("1404", "2603")]
    lost = []
    for leaves_min in range(294, 343, 6):
        shift = under_way("1404", "2603", leaves_min=leaves_min)
        inside = {
            unit: [e.t for e in shift.events if e.code in ("entered", "freed") and e.args[0] == unit and str(e.args[1]).startswith("s2")]
            for unit in ("1404", "2603")
        }  # fmt: skip
        at_once = max(times[0] for times in inside.values()) < min(times[-1] for times in inside.values())
        lost.append((at_once, [spent_s(shift, unit) - run for unit, run in zip(("1404", "2603"), alone, strict=True)]))
    assert (True, [0, 0]) in lost
    assert any(not at_once and max(minutes) > 0 for at_once, minutes in lost)
