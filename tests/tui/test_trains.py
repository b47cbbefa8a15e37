"""The train list: sorted, filtered, and from a row to the panel."""

import pytest
from conftest import shipped
from hands import SIZES, at_the_desk
from helpers import calm, give, until, variant
from rich.cells import cell_len

from corridor_tui.corridor.chain import Step
from corridor_tui.corridor.waits import waiting
from corridor_tui.level.model import Level
from corridor_tui.session.deadlines import told_moment
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since
from corridor_tui.tui.lists import strip, train_rows
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.trains import TrainList


def listed(trains: TrainList, shift: Shift) -> list[str]:
    return [unit.id for unit in trains.listed(shift.view)]


@pytest.fixture(scope="module")
def noon() -> Shift:
    shift = Shift(shipped("single-line"), 1, {"dispatch": "reference"})
    shift.advance(6 * 3_600)
    return shift


def test_the_next_deadline_comes_first_until_asked_otherwise(noon: Shift) -> None:
    trains = TrainList("trains", noon.desks, "f")
    told = [told_moment(noon.view, unit) for unit in trains.listed(noon.view)]
    due = [(2, 0) if moment is None else (int(moment.kind == "offer"), moment.at_s) for moment in told]
    assert due == sorted(due), "who is only announced stands behind who is here"
    assert {kind for kind, _ in due} >= {0, 1}
    trains.sort = "number"
    assert listed(trains, noon) == sorted(listed(trains, noon))
    trains.sort = "place"
    names = listed(trains, noon)
    assert names.index("1410") < names.index("1402")  # it left four hours later


def test_the_longest_wait_can_come_first() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    trains = TrainList("trains", shift.desks, "f")
    for _ in range(12):
        shift.advance(shift.now_s + 300)
        for unit in shift.view.units.values():
            trains.since.note(unit.id, waiting(shift.view, unit), shift.now_s)
    trains.sort = "wait"
    waited = [trains.since.waited_s(name, shift.now_s) for name in listed(trains, shift)]
    assert waited[0] > 0
    assert waited == sorted(waited, reverse=True)


def test_only_those_that_wait_for_an_order_of_ours_can_be_shown(noon: Shift) -> None:
    shift = Shift(shipped("first-train"), 1)
    trains = TrainList("trains", shift.desks, "f")
    trains.keep = "yours"
    assert listed(trains, shift) == []
    until(shift, "offered", "X8001")
    assert listed(trains, shift) == ["X8001"]
    give(shift, "accept X8001 N1")
    until(shift, "moving", "X8001")
    assert listed(trains, shift) == []
    trains.keep = "wagons"
    assert listed(trains, shift) == ["R1"]
    of_line = TrainList("trains", noon.desks, "f")
    of_line.keep = "line"
    assert set(listed(of_line, noon)) == {unit.id for unit in noon.view.units.values() if unit.moving}


@pytest.mark.parametrize("size", SIZES)
async def test_keys_sort_filter_and_jump_to_the_panel(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        trains = hands.desk.query_one("#trains", TrainList)
        assert "next deadline first" in str(trains.border_title)
        await hands.press("o")
        assert "longest wait first" in str(trains.border_title)
        await hands.press("o", "f", "f")
        assert "on our tracks" in str(trains.border_title)
        assert "2402" not in hands.shown("trains")
        await hands.press("down", "p")
        panel = hands.desk.query_one("#panel", Rows)
        assert hands.desk.focused is panel
        assert panel.choice == trains.choice == hands.desk.subject


async def test_a_share_without_trains_says_how_to_see_others() -> None:
    async with at_the_desk(shipped("single-line"), (80, 24)) as hands:
        await hands.press("f", "f", "f")
        assert "f shows others" in hands.shown("trains")
        await hands.press("f", "f")
        assert "1402" in hands.shown("trains")


async def test_f_still_claims_a_finding_in_the_papers() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("4", "f")
        assert "mark two cells" in hands.line("status")


def test_on_eighty_columns_kinds_and_places_are_whole_words() -> None:
    shift = Shift(shipped("single-line"), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    shift.advance(3 * 3_600)
    wide, narrow = (
        "\n".join(item.text for item in train_rows(shift.view, width, Since(), shift.view.units.values()))
        for width in (79, 53)
    )
    assert "through" in wide
    assert "Taskarasu" in wide
    assert "…" not in wide
    assert " thru " in narrow


@pytest.mark.parametrize("width", range(12, 110))
def test_what_is_last_in_a_chain_and_has_no_room_for_its_words_is_counted(width: int) -> None:
    stages = ("accept", "run", "place", "load", "weigh", "waybill", "out", "loco", "brake", "path", "depart")
    steps = tuple(
        Step(name, "done" if place < 3 else "doing" if place == 3 else "later") for place, name in enumerate(stages)
    )
    shown = "".join(part if isinstance(part, str) else part[0] for part in strip(steps, width))
    assert "▶load" in shown
    told, _plus, more = shown.partition("+")
    assert not told.rstrip().endswith("·")
    assert told.count("·") + told.count("■") + told.count("▶") + int(more or 0) == len(stages)
    assert cell_len(shown.rstrip()) <= max(width, cell_len("■■■▶load ") + 2)


def parks() -> Level:
    """First train with two tables of rakes alike in the park, and one that stands alone there."""
    level = calm("first-train")
    rake = {"wagon": "flat80", "wagons": 15, "park": "zhetygen"}
    more = [{"id": "P", "count": 12, **rake}, {"id": "Q", "count": 2, **rake}, {"id": "L", **rake}]
    return variant(level, rakes=[*(each.model_dump() for each in level.rakes), *more])


@pytest.mark.parametrize("size", SIZES)
async def test_rakes_alike_in_a_park_are_one_row_from_which_one_after_the_other_is_called(
    size: tuple[int, int],
) -> None:
    async with at_the_desk(parks(), size) as hands:
        trains = hands.desk.query_one("#trains", TrainList)
        names = [spot.key for spot in trains.spots]
        assert [name for name in names if name[0] in "PQL"] == ["L", "P1", "Q1"]
        hands.desk.enter("P1")
        await hands.press("2")
        assert "12 in the park" in hands.shown("trains")
        for number in (1, 2):
            hands.desk.give(f"call-rake P{number}")
        await hands.press("2")
        names = [spot.key for spot in trains.spots]
        assert {"P1", "P2", "P3", "Q1"} <= set(names)
        assert "P4" not in names
        assert "10 in the park" in hands.shown("trains")


async def test_a_rake_that_another_stands_for_is_found_by_its_number_and_by_the_filter() -> None:
    async with at_the_desk(parks(), (160, 50)) as hands:
        trains = hands.desk.query_one("#trains", TrainList)
        hands.desk.enter("P7")
        await hands.press("2")
        assert trains.choice == "P7"
        assert "only rakes and empties" in str(trains.border_title)
        assert {f"P{number}" for number in range(1, 13)} <= {spot.key for spot in trains.spots}
        assert "12 in the park" not in hands.shown("trains")
