"""The train graph: where trains have been, where they will be, who gets in whose way, and a meet set from it."""

import pytest
from conftest import shipped
from hands import SIZES, at_the_desk
from helpers import give, until
from rich.cells import cell_len

from corridor_tui.language import LANGUAGES, Language, speaking
from corridor_tui.session.forecast import Forecast, forecast, planned
from corridor_tui.session.shift import Shift
from corridor_tui.session.traces import Axis, Traces
from corridor_tui.session.wording import event_text
from corridor_tui.tui.canvas import Canvas
from corridor_tui.tui.graph import Picture, told, window_at
from corridor_tui.tui.meets import choices_of, rivals
from corridor_tui.tui.menu import Menu
from corridor_tui.tui.sheet import Window, axis


def under_way() -> Shift:
    """1404 runs west from Altynkol against 2601, and nobody has said where they meet."""
    shift = Shift(shipped("single-line"), 1)
    give(shift, "inspect 1404")
    for task in ("border", "commercial", "technical"):
        until(shift, "done", "1404", task)
    until(shift, "offered", "2601")
    give(shift, "accept 2601 W7")
    until(shift, "released", "1404-03")
    shift.advance(6_000)
    give(shift, "depart 1404")
    until(shift, "departed", "1404")
    return shift


@pytest.fixture(scope="module")
def noon() -> Shift:
    shift = Shift(shipped("single-line"), 1, {"dispatch": "reference"})
    shift.advance(6 * 3_600)
    return shift


def test_stations_stand_at_the_kilometres_of_the_lines_between_them() -> None:
    axis = Axis(shipped("single-line"))
    assert axis.km["horgos"] == 0
    assert axis.km["altynkol"] == 12
    assert axis.km["shelek"] == pytest.approx(206.0)
    assert axis.sections["s4/1"] == (axis.km["l228"], axis.km["l205"])
    # where a level runs only the first 43 of 293 km, those are what is drawn
    assert Axis(shipped("fifty-five-minutes")).km["zhetygen"] == 55


def test_a_trace_goes_through_the_places_at_the_seconds_of_the_events() -> None:
    shift = under_way()
    until(shift, "in_loop", "1404")
    traces = Traces(shift.level)
    traces.read(shift.events)
    at = {event.code: event.t for event in shift.events if event.args[:1] == ("1404",)}
    points = traces.of["1404"].points
    assert (at["in_loop"], traces.axis.km["l271"]) in points
    assert any(second <= at["departed"] and km == 12.0 for second, km in points)
    assert [second for second, _ in points] == sorted(second for second, _ in points)
    shift.advance(shift.now_s + 4_000)
    in_pieces = Traces(shift.level)
    for first in range(0, len(shift.events), 7):
        in_pieces.read(shift.events[first : first + 7])
    traces = Traces(shift.level)
    traces.read(shift.events)
    assert {name: trace.points for name, trace in in_pieces.of.items()} == {
        name: trace.points for name, trace in traces.of.items()
    }


def test_a_train_from_the_far_end_begins_there() -> None:
    shift = under_way()
    traces = Traces(shift.level)
    traces.read(shift.events)
    assert traces.of["2601"].points[0][1] == traces.axis.ends[1]


def test_what_is_forecast_for_a_train_alone_comes_true() -> None:
    shift = Shift(shipped("single-line"), 1)
    until(shift, "offered", "2601")
    give(shift, "accept 2601 W7")
    until(shift, "moving", "2601")
    shift.advance(shift.now_s + 60)
    ahead = forecast(shift.view, Axis(shift.level))
    assert not ahead.clashes
    came = until(shift, "arrived", "2601", most_s=40_000)
    assert ahead.ends["2601"] == pytest.approx(came, abs=180)


def test_two_trains_against_each_other_clash_ahead_until_their_meet_is_set() -> None:
    shift = under_way()
    axis = Axis(shift.level)
    clashes = forecast(shift.view, axis).clashes
    assert clashes
    assert {clashes[0].unit, clashes[0].rival} == {"1404", "2601"}
    assert clashes[0].kind == "clash"
    waits, for_whom = clashes[0].unit, clashes[0].rival
    give(shift, f"meet {waits} {clashes[0].place} {for_whom}")
    first = forecast(shift.view, axis).clashes[0]
    assert (first.kind, first.unit, first.place) == ("meet", waits, clashes[0].place)
    assert "as ordered" in " ".join(row.text for row in told(shift.view, forecast(shift.view, axis), waits, 100))


def test_the_timetable_is_drawn_as_a_run_without_stops() -> None:
    view = Shift(shipped("single-line"), 1).view
    axis = Axis(view.level)
    [way_in, way_out] = planned(view, axis, view.units["2605"])
    assert way_in[0] == (view.units["2605"].planned_s, axis.ends[1])
    assert way_in[-1][1] == axis.km["altynkol"]
    assert way_out[0] == (view.units["2605"].due_s, axis.km["altynkol"])
    [out] = planned(view, axis, view.units["1404"])
    assert out[-1] == (view.units["1404"].due_there_s, axis.ends[1])


@pytest.mark.parametrize(("width", "height"), [(78, 15), (64, 28), (118, 30), (158, 40)])
def test_every_station_and_loop_has_its_level_and_no_row_is_too_wide(noon: Shift, width: int, height: int) -> None:
    traces = Traces(noon.level)
    traces.read(noon.events)
    picture = Picture(
        noon.view, traces, forecast(noon.view, traces.axis), window_at(noon.now_s, 14_400), width, height, "1404"
    )
    rows = picture.rows()
    assert len(rows) == height
    assert all(cell_len(row.text) <= width for row in (*rows, picture.head()))
    names = " ".join(row.text[:12] for row in rows)
    assert sum(station.name.own[:8].lower() in names.lower() for station in noon.level.stations) >= min(16, height - 1)
    moving = [unit.id for unit in noon.view.units.values() if unit.moving and unit.gone_s is None]
    shown = "\n".join(row.text for row in rows)
    assert moving
    assert set(moving) <= set(picture.drawn)
    assert sum(name in shown for name in moving) >= len(moving) - 2  # labels that would cover each other give way
    assert "▼" in picture.head().text


@pytest.mark.parametrize("name", ["fifty-five-minutes", "first-train", "across-the-sea"])
def test_it_makes_sense_where_there_are_no_loops(name: str) -> None:
    shift = Shift(shipped(name), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    shift.advance(3 * 3_600)
    traces = Traces(shift.level)
    traces.read(shift.events)
    ahead = forecast(shift.view, traces.axis)
    rows = Picture(shift.view, traces, ahead, window_at(shift.now_s, 14_400), 78, 15, "").rows()
    shown = "\n".join(row.text for row in rows)
    assert any(0x2800 < ord(char) < 0x2900 for char in shown)
    assert "ALTYNKOL" in shown
    assert isinstance(told(shift.view, ahead, "", 78), list)


def test_a_knot_ahead_is_marked_as_one() -> None:
    shift = under_way()
    # each is to wait at another loop for the other one: neither comes
    axis = Axis(shift.level)
    trains = forecast(shift.view, axis)
    place = trains.clashes[0].place
    give(shift, f"meet 1404 {place} 2601")
    stations = [station.id for station in axis.stations if station.role == "loop"]
    other = stations[stations.index(place) + 1]
    give(shift, f"meet 2601 {other} 1404")
    caught = forecast(shift.view, axis)
    assert {clash.kind for clash in caught.clashes} == {"knot"}
    assert caught.ends["1404"] is caught.ends["2601"] is None
    lines = told(shift.view, caught, "1404", 120)
    assert "✕" in lines[1].text


def test_the_meets_offered_say_what_both_trains_come_to() -> None:
    shift = under_way()
    ahead = forecast(shift.view, Axis(shift.level))
    first = rivals(shift, ahead, "1404")[0]
    assert first.key == "2601"
    same = [item for item in rivals(shift, ahead, "1404") if "the same way" in item.label]
    assert {item.key[:2] for item in same} == {"14"}, (
        "of trains that run the same way it is said that one passes the other"
    )
    items = choices_of(shift, "1404", "2601")
    assert items
    assert shift.order(items[0].key).accepted
    assert any("min" in item.label or "as before" in item.label for item in items)


def test_dots_outside_of_the_canvas_are_cut_off() -> None:
    canvas = Canvas(4, 2)
    canvas.line((-10, 0.0), (20, 0.0), "a", 1)
    assert [row.text for row in canvas.rows()] == ["⠉⠉⠉⠉", "    "]
    assert not canvas.put(2, 0, "far", "b", 9)
    assert canvas.put(0, 1, "far", "b", 9)
    assert not canvas.put(1, 1, "x", "b", 10)


def test_the_window_keeps_now_in_its_first_half_and_moves_in_steps() -> None:
    assert window_at(0, 7_200) == window_at(1_799, 7_200)
    for now_s in range(0, 20_000, 700):
        window = window_at(now_s, 7_200)
        assert 0.25 <= window.column(now_s, 100) / 100 < 0.5
    assert Window(0, 100).column(50, 10) == 5


@pytest.mark.parametrize("size", SIZES)
async def test_the_graph_on_the_desk_scrolls_zooms_and_chooses(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("single-line"), size) as hands:
        await hands.press("6")
        desk = hands.desk
        assert desk.focused is desk.graph
        assert "▼06:00" in hands.shown("graph")
        chosen = desk.subject
        await hands.press("down")
        assert desk.subject != chosen
        assert desk.query_one("#trains").choice == desk.subject  # type: ignore[attr-defined]
        span = desk.graph.window.span_s
        await hands.press("right_square_bracket")
        assert desk.graph.window.span_s > span
        from_s = desk.graph.window.from_s
        await hands.press("right", "right")
        assert desk.graph.window.from_s > from_s
        await hands.press("0")
        assert desk.graph.window.from_s == from_s


async def test_a_line_with_loops_and_no_papers_begins_with_the_graph_beside_the_panel() -> None:
    async with at_the_desk(shipped("single-line"), (120, 40)) as hands:
        assert hands.desk.graph.display
        assert not hands.desk.matrix.display
    async with at_the_desk(shipped("first-train"), (120, 40)) as hands:
        assert not hands.desk.graph.display
        assert hands.desk.matrix.display


async def test_a_meet_is_set_from_the_graph() -> None:
    async with at_the_desk(shipped("single-line"), (120, 40)) as hands:
        desk = hands.desk
        desk.shift = under_way()
        desk.paint()
        await hands.press("6")
        while desk.subject != "1404":
            await hands.press("down")
        await hands.press("m")
        assert isinstance(hands.desk.over, Menu)
        assert "by itself" in hands.page
        await hands.press("1")
        assert "waits" in hands.page
        await hands.press("1")
        assert hands.line("status").startswith(" ✓ 1404 waits at ")
        assert any(unit.meets for unit in desk.shift.view.units.values())
        assert "as ordered" in hands.shown("graph")


def test_nothing_is_forecast_where_nothing_runs() -> None:
    shift = Shift(shipped("first-train"), 1)
    assert forecast(shift.view, Axis(shift.level)) == Forecast()


def test_a_time_steps_aside_for_the_mark_of_now_and_goes_where_it_has_no_room() -> None:
    labels = {0: "08:00", 12: "09:00"}
    assert axis(labels, None, 24).rstrip() == "08:00       09:00"
    assert axis(labels, 13, 24).rstrip() == "08:00         09:00"
    assert axis(labels, 16, 24).rstrip() == "08:00      09:00"
    assert axis({0: "08:00", 6: "09:00", 12: "10:00"}, 8, 18).rstrip() == "08:00       10:00"


def test_numbers_of_trains_are_not_written_right_beside_each_other() -> None:
    canvas = Canvas(12, 1)
    assert canvas.put(0, 0, "WH9", "", 1, apart=True)
    assert not canvas.put(3, 0, "WH10", "", 1, apart=True)
    assert canvas.put(4, 0, "WH10", "", 1, apart=True)
    assert canvas.rows()[0].text.rstrip() == "WH9 WH10"


def test_a_meet_is_told_with_the_name_of_its_loop() -> None:
    shift = under_way()
    give(shift, "meet 1404 kundyzdy 2601")
    shift.advance(shift.now_s + 1)
    (told_so,) = [event_text(event, shift.level) for event in shift.events if event.code == "meet_set"]
    assert told_so == "1404 waits at Kundyzdy for 2601"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_stations_that_differ_at_the_end_of_their_names_are_told_apart(
    language: Language, size: tuple[int, int]
) -> None:
    with speaking(language):
        level = shipped("single-line")
        async with at_the_desk(level, size) as hands:
            await hands.press("6")
            heads = [line[:14] for line in hands.shown("graph").split("\n")]
            numbered = [str(each.name) for each in level.stations if any(sign.isdigit() for sign in str(each.name))]
            told = [name for name in numbered if any(head.startswith(name) for head in heads)]
            assert len(told) >= 4  # the others stand on the line of a neighbour of theirs where there is little room
            cut = [head for head in heads if "…" in head and any(head[:5] == name[:5] for name in numbered)]
            assert cut == []
