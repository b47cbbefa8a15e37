"""The panel from near and far, a train followed on it, entry and exit, and the cranes container by container."""

import re

import pytest
from conftest import CAMPAIGN, ROOT, shipped
from hands import SIZES, at_the_desk
from helpers import being_inspected, by_reference, give, one_train, to_the_cranes, until, variant
from rich.cells import cell_len

from corridor_tui.corridor.orders import Order
from corridor_tui.level.load import load
from corridor_tui.scenario.onward import next_sailing_s
from corridor_tui.session.reports import track_lines
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import clock, day_clock
from corridor_tui.tui.closeup import closeup_rows
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.rails import UNLIT, line_row
from corridor_tui.tui.routes import blocked, order_to, way
from corridor_tui.tui.staff import locomotives


def test_each_line_locomotive_shows_what_it_does_through_its_turn() -> None:
    level = variant(shipped("across-the-sea"), locomotives__1__turn_min=30.0)
    shift = Shift(level, 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))

    def told() -> str:
        cells = "  ".join(row.text for row in locomotives(shift.view, 200)).split("◆ ")
        return next((cell.strip().partition("  ")[0] for cell in cells if "R1" in cell), "")

    until(shift, "loco_called", "R1")
    assert re.fullmatch(r"comes for R1 about [0-9]{2}:[0-9]{2}", told())
    until(shift, "loco_on", "R1")
    assert told() == "on R1"
    until(shift, "departed", "R1")
    assert told() == "away with R1"
    gone_s = until(shift, "gone", "R1")
    assert told() == f"back from R1 about {clock(level.start_s, gone_s + 30 * 60)}"
    shift.advance(gone_s + 30 * 60 + 1)
    assert told() == ""


@pytest.mark.parametrize("name", CAMPAIGN)
@pytest.mark.parametrize("width", [54, 78, 118])
def test_a_station_by_itself_shows_every_track_to_scale(name: str, width: int) -> None:
    shift = by_reference(name, 7_200)
    for station in shift.level.stations:
        if station.role in ("neighbour", "loop"):
            continue
        rows = closeup_rows(shift.view, station, width, UNLIT)
        assert all(cell_len(row.text) <= width for row in rows)
        for track in station.tracks:
            [line] = [row.text for row in rows if row.text.split(" ")[0] == track.id]
            assert f"{track.length_m:.0f} m" in line
            holder = shift.view.holds.get(track.id)
            assert holder is None or holder in line


def test_a_train_is_drawn_as_long_as_it_is_and_with_the_work_on_it() -> None:
    shift = being_inspected()
    station = shift.view.network.stations["altynkol"]
    rows = [row.text for row in closeup_rows(shift.view, station, 106, UNLIT)]
    at = next(place for place, text in enumerate(rows) if text.startswith("N1"))
    body = rows[at][6:].rstrip()
    drawn = body.index("▸") + 1 if "▸" in body else body.index("]") + 1
    assert drawn == pytest.approx(85 * 850 / 1050 * 420 / 850, abs=2)  # 420 m of train on 850 m of track
    assert "▶ securing until" in rows[at + 1]


def test_the_way_of_a_train_names_what_it_runs_over_and_who_holds_it() -> None:
    shift = one_train()
    until(shift, "offered", "X8001")
    unit = shift.view.units["X8001"]
    assert order_to(unit, "track:N1") == Order("accept", ("X8001", "N1"))
    assert way(shift.view, unit, "track:N1") == ("border-1435/1", "altynkol.east", "N1")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    assert order_to(unit, "track:PN1") == Order("move", ("X8001", "PN1"))
    assert way(shift.view, unit, "track:PN1") == ("altynkol.port", "neck-1435/1", "port.neck", "PN1")
    assert way(shift.view, unit, "track:N2")[-1] == "N2"
    assert order_to(unit, "place:horgos") == Order("depart", ("X8001",))
    assert order_to(unit, "crane:RMG1") is None
    assert way(shift.view, unit, "track:W1") == ()
    shift.view.holds["altynkol.port"] = "R1"
    assert blocked(shift.view, unit, way(shift.view, unit, "track:PN1")) == ["altynkol.port by R1"]


def test_a_route_that_is_chosen_lights_up() -> None:
    shift = one_train()
    lit = frozenset({"N1", "border-1435/1", "altynkol.east"})
    rows = panel_rows(shift.view, 78, 40, lit)
    marked = "".join(span.text for row in rows for span in row.spans if span.style == "mark")
    assert "N1" in marked
    assert "east" in marked
    assert "─" in marked
    assert not any(span.style == "mark" for row in panel_rows(shift.view, 78, 40) for span in row.spans)


@pytest.mark.parametrize("size", SIZES)
async def test_entry_then_exit_sets_a_route_and_a_refusal_names_its_cause_on_the_spot(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        desk = hands.desk
        await hands.press("colon", *"8041", "enter", "e")
        assert desk.focused is desk.panel
        assert "X8041 goes where?" in hands.line("status")
        desk.panel.choose("track:W2")
        await hands.pilot.pause()
        assert "✕ pull X8041 to track W2: people are at work on X8041" in hands.line("status")
        assert desk.panel.lit == UNLIT
        await hands.press("escape", "colon", *"R2", "enter", "e")
        desk.panel.choose("track:W2")
        await hands.pilot.pause()
        assert "✓ pull R2 to track W2: the way is free" in hands.line("status")
        assert desk.panel.lit == {"port.neck", "neck-1520/1", "altynkol.port", "W2"}
        await hands.press("escape")
        assert "no route was set" in hands.line("status")
        assert desk.panel.lit == UNLIT


@pytest.mark.parametrize("size", SIZES)
async def test_a_track_that_is_taken_can_be_picked_too_and_who_has_it_is_named(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        desk = hands.desk
        await hands.press("colon", *"R2", "enter", "e")
        desk.panel.choose("R1")
        await hands.pilot.pause()
        assert "✕ pull R2 to track PW1: " in hands.line("status")
        assert "R1" in hands.line("status")
        await hands.press("colon", *"PW3", "enter")
        assert "✓ pull R2 to track PW3: the way is free" in hands.line("status")
        await hands.press("colon", *"PW1", "enter")
        assert "✕ pull R2 to track PW1: " in hands.line("status")
        assert desk.panel.lit == UNLIT
        assert desk.panel.choice == "R1"


async def test_a_track_chosen_by_its_name_is_found_whatever_the_panel_shows() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (80, 24)) as hands:
        await hands.press("1", "v", "v", "colon", *"W6", "enter")
        assert hands.desk.panel.choice == "track:W6"
        await hands.press("colon", *"PW1", "enter")
        assert hands.desk.panel.choice == "R1"
        assert "R1 is chosen" in hands.line("status")


@pytest.mark.parametrize("size", SIZES)
async def test_whatever_is_chosen_on_the_panel_has_a_menu_or_it_is_said_that_nothing_is_to_order(
    size: tuple[int, int],
) -> None:
    async with at_the_desk(shipped("first-train"), size) as hands:
        await hands.press("1")
        said = set[bool]()
        for key in dict.fromkeys(spot.key for spot in hands.desk.panel.spots):
            hands.desk.panel.choose(key)
            await hands.press("enter")
            if hands.desk.over is None:
                assert f"{key.partition(':')[2]}: there is nothing to order here now" in hands.line("status")
            said.add(hands.desk.over is None)
            await hands.press("escape")
        assert said == {True, False}


async def test_a_train_at_the_neighbour_is_accepted_by_picking_its_track() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("2", "e")
        hands.desk.panel.choose("track:N3")
        await hands.pilot.pause()
        assert "✓ accept X8001 onto track N3: the way is free" in hands.line("status")
        assert {"N3", "border-1435/1"} <= hands.desk.panel.lit
        await hands.press("enter")
        assert hands.desk.shift.view.units["X8001"].accepted == "N3"
        assert hands.desk.panel.lit == UNLIT


async def test_who_goes_elsewhere_leaves_the_route_that_was_being_chosen() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("2", "e", "2", "enter")
        assert "X8001: orders" in str(hands.desk.menu.pane.border_title)


@pytest.mark.parametrize("size", SIZES)
async def test_the_panel_zooms_to_stations_and_back(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        await hands.press("1", "v")
        assert "Altynkol" in str(hands.desk.panel.border_title)
        assert "HORGOS" not in hands.shown("panel")
        await hands.press("v")
        assert "KTZE DRY PORT" in hands.shown("panel")
        assert "PN1" in hands.shown("panel")
        await hands.press("v")
        assert "HORGOS" in hands.shown("panel")
        hands.desk.panel.choose("track:PN2")
        await hands.press("left_square_bracket")
        assert "KTZE DRY PORT" in hands.shown("panel")
        await hands.press("right_square_bracket")
        assert "HORGOS" in hands.shown("panel")


async def test_the_panel_follows_a_train_from_station_to_station() -> None:
    shift = one_train()
    async with at_the_desk(shipped("first-train")) as hands:
        desk = hands.desk
        desk.shift = shift
        desk.paint()
        desk.trains.choose("X8001")
        await hands.press("t")
        assert "follows X8001" in str(desk.panel.border_title)
        to_the_cranes(shift)
        desk.paint()
        assert "KTZE DRY PORT" in hands.shown("panel")
        assert desk.panel.choice == "X8001"
        await hands.press("t")
        assert "follows" not in str(desk.panel.border_title)
        assert "HORGOS" in hands.shown("panel")


def signals(shift: Shift, line: str) -> str:
    """The signals along the tracks of a line, as they stand on the panel."""
    drawn = line_row(shift.view, next(each for each in shift.level.lines if each.id == line), 100, UNLIT)
    return "".join(sign for sign in drawn.text if sign in "○◐●")


def test_signals_stop_who_would_come_into_a_section_that_somebody_has() -> None:
    shift = Shift(shipped("first-train"), 1)
    assert signals(shift, "border") == "○○" + "○○"
    shift.view.holds["border-1435/1"] = "X8001"
    assert signals(shift, "border") == "●◐" + "○○"  # its home signal is clear for it until it is held there
    assert signals(shift, "zhetygen-line") == "○○○"
    shift.view.holds["main/2"] = "X8001"
    assert signals(shift, "zhetygen-line") == "○◐●"
    shift.view.holds["main/1"] = "R1"
    assert signals(shift, "zhetygen-line") == "◐●●"


def test_a_home_signal_is_at_stop_while_its_throat_is_taken_or_a_train_is_held_before_it() -> None:
    shift = Shift(shipped("first-train"), 1)
    shift.view.holds["altynkol.east"] = "R1"
    assert signals(shift, "border") == "○◐" + "○◐"
    del shift.view.holds["altynkol.east"]
    shift.view.holds["border-1435/1"] = "X8001"
    shift.view.units["X8001"].waiting_at = "altynkol.east"
    assert signals(shift, "border") == "●●" + "○○"


def test_ferries_and_ships_stand_behind_the_neighbour_with_their_cut_off_and_what_is_booked() -> None:
    shift = Shift(shipped("across-the-sea"), 1)
    view, level = shift.view, shift.level
    rows = [row.text for row in panel_rows(view, 110, 60)]
    at = {
        name: next(n for n, text in enumerate(rows) if name in text) for name in ("HORGOS", "ZHETYGEN", "ship", "Aktau")
    }
    assert at["ship"] < at["HORGOS"] < at["ZHETYGEN"] < at["Aktau"]
    booked = [
        number
        for name, goal in view.goals.items()
        if view.booking(view.units[view.dossiers[name].train], goal).connection == "aktau"
        for number in view.dossiers[name].boxes
    ]
    sails = view.booking(view.units["XB1"], "alat").sails_s
    assert sails is not None
    assert booked
    told = rows[at["Aktau"]]
    assert f"sails {day_clock(level.start_s, sails)}, 0 of {len(booked)} boxes booked have left us" in told
    for number in booked[:3]:
        view.boxes[number].at = "R1"
    view.units["R1"].departed_s = 100
    assert f"3 of {len(booked)} boxes" in next(row.text for row in panel_rows(view, 110, 60) if "Aktau" in row.text)
    for width in (40, 54, 75, 120):
        assert all(cell_len(row.text) <= width for row in panel_rows(view, width, 60) if "≈" in row.text)


def test_where_nothing_is_to_be_caught_nothing_stands_behind_the_neighbours() -> None:
    assert not any("≈" in row.text for row in panel_rows(Shift(shipped("first-train"), 1).view, 80, 40))


@pytest.mark.parametrize(("day", "at"), [(0, 3), (2, 3), (4, 5), (6, 7)])
def test_the_next_sailing_is_the_first_that_has_not_left(day: int, at: int) -> None:
    level = shipped("across-the-sea")
    timetable = {"sails": "00:00", "first_d": 3, "every_d": 2}  # at midnight of the third day, then every second one
    aktau = level.route.connections["aktau"].model_copy(update=timetable)
    assert next_sailing_s(level, aktau, day * 86_400 - level.start_s) == at * 86_400 - level.start_s
    assert next_sailing_s(level, aktau, at * 86_400 - level.start_s) == (at + 2) * 86_400 - level.start_s


BRANCHES = load(ROOT / "tests" / "levels" / "branches.toml")


@pytest.mark.parametrize(("width", "height"), [(54, 19), (76, 26), (79, 20), (79, 60)])
def test_a_network_of_branches_is_drawn_with_every_neighbour_on_its_side(width: int, height: int) -> None:
    shift = Shift(BRANCHES, 1)
    until(shift, "offered", "T1")
    rows = [row.text for row in panel_rows(shift.view, width, height)]
    assert all(cell_len(text) <= width for text in rows), [text for text in rows if cell_len(text) > width]
    at = {
        station.id: next(n for n, t in enumerate(rows) if station.name.own.upper()[:9] in t.upper())
        for station in BRANCHES.stations
    }
    assert [rows[at[name]].strip()[0] for name in ("horgos", "dostyk", "zhetygen", "aktogay")] == ["◂", "◂", "▸", "▸"]
    assert at["horgos"] < at["dostyk"] < at["altynkol"] < at["port"] < at["saryozek"] < at["zhetygen"] < at["aktogay"]
    assert "stack" in rows[at["port"]]
    words = " ".join(rows).split()
    narrow = [name for name, (station, track) in BRANCHES.tracks.items() if track.gauge == 1435]
    assert set(narrow) <= set(words)  # where the offered train could go, however little room there is
    assert sum("T1 offered" in text for text in rows) == 1


@pytest.mark.parametrize("width", [54, 79, 120])
def test_from_near_every_line_says_where_it_leads(width: int) -> None:
    shift = Shift(BRANCHES, 1)
    station = next(station for station in BRANCHES.stations if station.id == "altynkol")
    rows = [row.text for row in closeup_rows(shift.view, station, width, UNLIT)]
    assert all(cell_len(text) <= width for text in rows)
    lines = rows[: rows.index(next(text for text in rows if text.startswith("ALTYNKOL")))]
    assert [text.split()[:2] for text in lines] == [
        ["◂", "霍尔果斯"], ["◂", "Достық"], ["▸", "A"], ["▸", "Sary-Ozek"], ["▸", "Aktogay"],
    ]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
async def test_the_desk_opens_on_a_network_of_branches(size: tuple[int, int]) -> None:
    async with at_the_desk(BRANCHES, size) as hands:
        await hands.press("n")
        await hands.wait(0.5)
        for keys in (("1",), ("v",), ("v",), ("v",), ("6",), ("7",)):
            await hands.press(*keys)
        await hands.press("2", "e", "1")
        assert "ДОСТЫҚ" in hands.shown("panel")


def test_a_speed_restriction_stands_on_its_stretch_while_it_holds_and_nobody_is_on_it() -> None:
    """Until 13:00 between Loop 216 and Loop 205."""
    shift = Shift(shipped("works-2026"), 1)
    rows = {width: "\n".join(row.text for row in panel_rows(shift.view, width, 100)) for width in (79, 118, 158)}
    assert "≈25" in rows[79]
    assert "≈25 km/h 13:00≈" in rows[158]
    assert "Loop 216 to Loop 205: 25 km/h until 13:00" in list(track_lines(shift.view))
    shift.advance(7 * 3_600 + 600)
    assert "≈25" not in "\n".join(row.text for row in panel_rows(shift.view, 158, 100))
    assert not [line for line in track_lines(shift.view) if "km/h" in line]


@pytest.mark.parametrize("name", ["single-line", "works-2026"])
@pytest.mark.parametrize("width", [51, 52, 74, 79])
def test_no_number_of_a_train_on_the_line_or_in_a_loop_is_cut(name: str, width: int) -> None:
    shift = Shift(shipped(name), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    seen = 0
    for at_s in range(3_600, shift.level.shift_s, 1_800):
        shift.advance(at_s)
        rows = "\n".join(item.text for item in panel_rows(shift.view, width, 100))
        for place, holder in shift.view.holds.items():
            unit = shift.view.units.get(holder)
            station = shift.view.level.tracks.get(place, (None,))[0]
            if unit is not None and station is not None and station.role == "loop":
                assert unit.id in rows, rows
                seen += 1
        assert max(cell_len(row) for row in rows.split("\n")) <= width
    assert seen > 5
