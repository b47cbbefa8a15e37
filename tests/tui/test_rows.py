"""Texts on the desk: their widths, and that nothing in them can drive the terminal."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from corridor_tui.tui.rows import fit, literal, plain, row, wrap

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


@given(TEXTS)
def test_no_character_that_drives_the_terminal_gets_into_a_row_or_a_widget(text: str) -> None:
    for shown in (row(text, (text, "bad")).text, literal(text).plain):
        assert shown.isprintable()


def test_markup_stays_as_it_is_written() -> None:
    assert literal("[bold]x[/] [@click=app.quit]y[/]").plain == "[bold]x[/] [@click=app.quit]y[/]"
    assert literal("[bold]x[/]").spans == []
