"""Signs two cells wide stay whole where what lies over the desk crosses the edge of a pane."""

import pytest
from conftest import shipped
from hands import at_the_desk
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from screens import as_text
from textual.strip import Strip

from corridor_tui.language import speaking
from corridor_tui.tui.seams import unbroken


@given(st.text("a 箱道─", max_size=30), st.sets(st.integers(0, 60), max_size=4))
def test_no_sign_stands_across_a_seam_and_nothing_is_lost_that_has_room(text: str, seams: set[int]) -> None:
    padded = Strip([Segment(text), Segment(" " * 61)])
    strip = unbroken(padded, seams)
    assert strip.cell_length == padded.cell_length
    assert strip.text.replace(" ", "") == text.replace(" ", "")
    column = 0
    for sign in strip.text:
        assert cell_len(sign) == 1 or column + 1 not in seams
        column += cell_len(sign)


async def test_a_menu_in_chinese_is_read_whole_over_the_edge_of_a_pane() -> None:
    with speaking("zh"):
        async with at_the_desk(shipped("fifty-five-minutes")) as hands:
            await hands.press("2", "enter")
            await hands.pilot.pause(0.1)
            screen = as_text(hands.pilot.app).replace(" ", "")
            entries = [row.text.replace(" ", "") for row in hands.desk.menu.pane.rows]
            assert entries
            assert [entry for entry in entries if entry not in screen] == []


@pytest.mark.parametrize("width", [152, 160, 163, 165])
async def test_the_title_of_a_menu_in_chinese_is_read_whole_over_the_edge_of_a_pane(width: int) -> None:
    with speaking("zh"):
        async with at_the_desk(shipped("a-million"), (width, 50)) as hands:
            await hands.press("s")
            await hands.pilot.pause(0.1)
            assert "f2假设" in as_text(hands.pilot.app).replace(" ", "")
