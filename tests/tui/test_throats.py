"""Throats on the panel: who has one, the route that is set through it, and where a train or a shunt is held before it."""

import pytest
from conftest import CAMPAIGN, ROOT, shipped
from helpers import give, one_train, until
from rich.cells import cell_len

from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift
from corridor_tui.tui.closeup import closeup_rows
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.rails import UNLIT

ODD = ("branches", "small")


def level_of(name: str) -> Level:
    return load(ROOT / "tests" / "levels" / f"{name}.toml") if name in ODD else shipped(name)


def until_held(shift: Shift, element: str, holder: str) -> None:
    """Let time pass by the second until somebody has a throat."""
    for _second in range(20_000):
        if shift.view.holds.get(element) == holder:
            return
        shift.advance(shift.now_s + 1)
    raise AssertionError(f"{holder} never had {element}")


def head(shift: Shift, station: str = "ALTYNKOL", width: int = 78) -> str:
    return next(row.text for row in panel_rows(shift.view, width, 60, UNLIT) if row.text.startswith(station))


def drawn(shift: Shift, track: str, width: int = 78) -> str:
    """What the panel shows of a track of the left column, up to the next track."""
    row = next(row.text for row in panel_rows(shift.view, width, 60, UNLIT) if row.text.startswith(f"{track} "))
    return row[: width // 2]


def near(shift: Shift, track: str, station: str = "altynkol", width: int = 78) -> str:
    rows = [row.text for row in closeup_rows(shift.view, shift.view.network.stations[station], width, UNLIT)]
    return next(text for text in rows if text.startswith(f"{track} "))


def arriving() -> Shift:
    """A train that runs through the east throat onto N1."""
    shift = one_train()
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until_held(shift, "altynkol.east", "X8001")
    return shift


def ready_to_shunt() -> Shift:
    shift = arriving()
    until(shift, "arrived", "X8001")
    give(shift, "secure X8001", "inspect X8001")
    until(shift, "done", "X8001", "secure")
    give(shift, "uncouple X8001")
    for task in ("border", "commercial", "technical", "uncouple"):
        until(shift, "done", "X8001", task)
    return shift


def test_who_runs_in_has_the_throat_and_its_route_is_drawn_to_the_track() -> None:
    shift = arriving()
    assert "east●X8001→N1" in head(shift)
    assert "N1  ▸(X8001 coming)" in drawn(shift, "N1")
    assert near(shift, "N1").startswith("N1    ╚▸( X8001 is coming )")
    assert near(shift, "N2")[6] in "├└"
    until(shift, "arrived", "X8001")
    assert "east○" in head(shift)
    assert "▸(" not in drawn(shift, "N1")
    assert near(shift, "N1")[6] in "├└"


def test_a_shunt_is_held_at_the_end_of_its_track_and_is_told_by_whom_until_its_route_is_set() -> None:
    shift = ready_to_shunt()
    shift.view.holds["altynkol.port"] = "R1"
    give(shift, "move X8001 PN1")
    shift.advance(shift.now_s + 1)
    until(shift, "signal", "X8001")
    assert "port●R1 !X8001" in head(shift)
    assert drawn(shift, "N1").rstrip().endswith("■")
    assert "■" in near(shift, "N1")
    station = shift.view.network.stations["altynkol"]
    held = next(row.text for row in closeup_rows(shift.view, station, 78, UNLIT) if "! held" in row.text)
    assert "! held before port: altynkol.port by R1" in held


def test_a_shunt_that_goes_has_a_clear_shunting_signal_behind_it() -> None:
    shift = ready_to_shunt()
    give(shift, "move X8001 PN1")
    until_held(shift, "altynkol.port", "X8001")
    assert "port●X8001 N1→" in head(shift)
    assert "(X8001 leaving)□" in drawn(shift, "N1")
    assert "( X8001 is leaving )□═" in near(shift, "N1")
    until_held(shift, "port.neck", "X8001")
    assert "neck●X8001→PN1" in head(shift, "KTZE")
    assert near(shift, "PN1", "port")[6] in "╠╚"


def test_a_train_is_held_at_its_exit_signal_and_leaves_by_a_clear_one() -> None:
    shift = Shift(shipped("single-line"), 1)
    give(shift, "inspect 1404")
    until(shift, "released", "1404-03")
    shift.advance(6_000)
    track = shift.view.units["1404"].place or ""
    shift.view.holds["altynkol.west"] = "2601"
    give(shift, "depart 1404")
    shift.advance(shift.now_s + 60)
    assert "west●2601 !1404" in head(shift)
    assert "●" in near(shift, track)
    assert "■" not in near(shift, track)
    del shift.view.holds["altynkol.west"]
    shift.view.units["1404"].waiting_at = None
    shift.view.units["1404"].moving = True
    shift.view.holds["altynkol.west"] = "1404"
    assert f"west●1404 {track}→" in head(shift)
    assert "( 1404 is leaving )○═" in near(shift, track)


def test_who_is_on_a_loops_track_who_comes_and_who_is_held_there_look_otherwise_without_colour() -> None:
    shift = Shift(shipped("single-line"), 1)
    shift.view.holds["A1"] = "1404"
    unit = shift.view.units["1404"]

    def loop() -> str:
        return next(row.text for row in panel_rows(shift.view, 78, 60, UNLIT) if "A1 " in row.text).partition("A1 ")[2]

    assert "(1404▸)" in loop()
    unit.place = "A1"
    assert "1404▸─" in loop()
    unit.waiting_at = "l271.west"
    assert "1404▸!" in loop()


@pytest.mark.parametrize("width", [54, 78, 118])
@pytest.mark.parametrize("name", [*CAMPAIGN, *ODD])
def test_every_throat_that_is_taken_names_who_has_it_and_whoever_is_held_is_marked(name: str, width: int) -> None:
    shift = Shift(level_of(name), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    seen = 0
    for _look in range(120):
        if shift.over:
            break
        shift.advance(shift.now_s + 97)
        view = shift.view
        rows = [row.text for row in panel_rows(view, width, 60, UNLIT)]
        stations = [station for station in view.level.stations if station.role in ("station", "terminal")]
        for station in stations:
            close = [row.text for row in closeup_rows(view, station, width, UNLIT)]
            assert all(cell_len(text) <= width for text in close)
            for throat in station.throats:
                holder = view.holds.get(f"{station.id}.{throat}")
                if holder is not None:
                    seen += 1
                    assert any(f"{throat}●{holder}" in text for text in rows)
                    assert any(f"{throat}●{holder}" in text for text in close)
                    assert any(sign in text for text in close for sign in "╔╗║")
        for unit in view.units.values():
            at = view.level.tracks.get(unit.place or "")
            if unit.waiting_at is not None and at is not None and at[0] in stations:
                close = [row.text for row in closeup_rows(view, at[0], width, UNLIT)]
                line = next(text for text in close if text.startswith(f"{unit.place} "))
                assert "●" in line or "■" in line
    assert seen
