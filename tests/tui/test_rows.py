"""Texts on the desk: their widths, and that nothing in them can drive the terminal."""

import pytest
from conftest import shipped
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since
from corridor_tui.tui.lists import customs_rows, train_rows, train_told
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.rows import fit, literal, plain, row, wrap
from corridor_tui.tui.staff import customs_staff

TEXTS = st.text(max_size=60)
PRINTED = TEXTS.map(plain)


@given(PRINTED, st.integers(0, 40))
def test_a_fitted_text_has_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


def test_a_text_that_was_cut_says_so() -> None:
    assert fit("Tashkent-Tovarny", 9) == "Tashkent…"
    assert fit("Almaty", 9) == "Almaty   "


@given(PRINTED, st.integers(2, 40))
def test_wrapped_lines_keep_within_the_width_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_is_broken_between_its_characters_but_not_before_a_mark_that_closes() -> None:
    assert wrap("列车 X8001 等空股道，自九时起。", 10) == ["列车 X8001", "等空股道，", "自九时起。"]
    assert wrap("运行图（计划）", 8) == ["运行图", "（计划）"]


@given(TEXTS)
def test_no_character_that_drives_the_terminal_gets_into_a_row_or_a_widget(text: str) -> None:
    for shown in (row(text, (text, "bad")).text, literal(text).plain):
        assert shown.isprintable()


def test_markup_stays_as_it_is_written() -> None:
    assert literal("[bold]x[/] [@click=app.quit]y[/]").plain == "[bold]x[/] [@click=app.quit]y[/]"
    assert literal("[bold]x[/]").spans == []


@pytest.mark.parametrize("width", [80, 160])
def test_grain_its_samples_and_the_slots_of_the_neighbour_are_on_the_desk_and_no_row_is_too_wide(width: int) -> None:
    shift = unattended_until("harvest", 4 * 3_600 + 720)
    view = shift.view
    panel, trains, customs = (
        panel_rows(view, width, 20),
        train_rows(view, width, Since(), view.units.values()),
        customs_rows(view, width),
    )
    assert all(cell_len(item.text) <= width for item in [*panel, *trains, *customs])
    shown = "\n".join(item.text for item in panel)
    assert "takes 4 more (grain 2, containers 2) until" in shown
    assert "/50000 t" in shown
    assert any(" grain " in item.text for item in trains)
    assert any("laboratory test" in item.text and "wagons" in item.text for item in customs)
    assert "t of grain in it" in train_told(view, "L1", width)[0].text
    assert "lab ●●●" in customs_staff(view).text


def unattended_until(name: str, second: int) -> Shift:
    """A shift that the reference works at all desks, at a moment."""
    shift = Shift(shipped(name), 1, {"dispatch": "reference", "terminal": "reference", "customs": "reference"})
    shift.advance(second)
    return shift
