"""The line on the desk: every loop with who is there, closed tracks, and in the list where and for whom a train waits."""

import pytest
from conftest import shipped
from helpers import give, until

from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since
from corridor_tui.tui.lists import train_rows
from corridor_tui.tui.panel import panel_rows


@pytest.fixture(scope="module")
def noon() -> Shift:
    shift = Shift(shipped("single-line"), 1, {"dispatch": "reference"})
    shift.advance(6 * 3_600)
    return shift


@pytest.mark.parametrize(("width", "height"), [(78, 20), (118, 36), (78, 46), (158, 46)])
def test_every_loop_has_a_row_with_who_stands_there(noon: Shift, width: int, height: int) -> None:
    rows = [row.text for row in panel_rows(noon.view, width, height)]
    assert all(len(row) <= width for row in rows)
    for station in noon.level.stations:
        if station.role == "loop":
            assert sum(f" {station.name} " in f"{row} " for row in rows) == 1, station.name
    held = {unit for element, unit in noon.view.holds.items() if "/" in element}
    shown = "\n".join(rows)
    assert held
    assert all(unit in shown for unit in held)
    assert "shut 12:20" in shown  # the window between Taskarasu and Loop 162


def test_where_the_room_is_short_a_station_shows_only_the_gauges_that_are_stood_on(noon: Shift) -> None:
    short, tall = panel_rows(noon.view, 78, 20), panel_rows(noon.view, 78, 60)
    assert len(short) < len(tall)
    assert not any(row.text.startswith("N1 ") for row in short)
    assert any(row.text.startswith("N1 ") for row in tall)


def test_the_train_list_says_where_a_train_waits_and_for_whom() -> None:
    shift = Shift(shipped("single-line"), 1)
    give(shift, "inspect 1402")
    for task in ("border", "commercial", "technical"):
        until(shift, "done", "1402", task)
    shift.advance(6_000)
    give(shift, "depart 1402", "meet 1402 kundyzdy 2603")
    until(shift, "in_loop", "1402", "B3")
    shift.advance(shift.now_s + 60)
    shown = [row.text for row in train_rows(shift.view, 78, Since(), shift.view.units.values())]
    line = next(text for text in shown if text.startswith("1402"))
    assert "waits at Kundyzdy for 2603" in line
    assert "due 13:40" in line
