"""The themes: readable, told apart by every eye, and without colour by shape alone."""

import itertools
import re

import pytest
from conftest import ROOT, shipped
from hands import at_the_desk
from rich.color import Color
from rich.color_triplet import ColorTriplet

from corridor_tui.tui.looks import LOOKS, THEMES, looks_of, themes_for
from corridor_tui.tui.pane import Rows

# Machado, Oliveira and Fernandes 2009, severity 1.0; they work on linear RGB
MEANING = ("good", "warn", "bad", "narrow", "broad", "head")
"""The looks whose colour says something."""
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LEAST_DIFFERENCE = 12.0
"""In CIE 1976 units; 2.3 is a difference that is just noticed."""


def linear(colour: ColorTriplet) -> list[float]:
    parts = [part / 255 for part in colour]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen(colour: ColorTriplet, eye: str) -> tuple[float, float, float]:
    """A colour in CIELAB as an eye sees it."""
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear(colour), strict=True))))
        for row in EYES[eye]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    f = [part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z)]
    return (116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))


def brightness(colour: ColorTriplet) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def triplet(text: str | None) -> ColorTriplet:
    assert text is not None
    found = Color.parse(text).triplet
    assert found is not None
    return found


OWN = [theme for theme in THEMES if not theme.ansi]


def test_the_simulation_knows_what_red_green_blindness_confuses() -> None:
    red, green = triplet("#c00000"), triplet("#707000")
    apart = sum((a - b) ** 2 for a, b in zip(seen(red, "all"), seen(green, "all"), strict=True)) ** 0.5
    together = sum((a - b) ** 2 for a, b in zip(seen(red, "no green"), seen(green, "no green"), strict=True)) ** 0.5
    assert apart > 3 * together


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("eye", EYES)
def test_colours_that_mean_something_stay_apart_for_every_eye(theme: object, eye: str) -> None:
    name = theme.name  # type: ignore[attr-defined]
    colours = {look: LOOKS[name][look].color for look in MEANING}
    labs = {look: seen(colour.triplet, eye) for look, colour in colours.items() if colour and colour.triplet}
    labs["plain"] = seen(triplet(theme.foreground), eye)  # type: ignore[attr-defined]
    for one, other in itertools.combinations(labs, 2):
        difference = sum((a - b) ** 2 for a, b in zip(labs[one], labs[other], strict=True)) ** 0.5
        assert difference >= LEAST_DIFFERENCE, (one, other, difference)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_every_look_can_be_read_on_every_ground(theme: object) -> None:
    name = theme.name  # type: ignore[attr-defined]
    least = 7.0 if name == "contrast" else 4.5
    for ground in (theme.surface, theme.panel):  # type: ignore[attr-defined]
        for look in (*MEANING, "dim", "bold", "train", "key"):
            colour = LOOKS[name][look].color
            assert colour is not None
            assert colour.triplet is not None
            assert contrast(colour.triplet, triplet(ground)) >= least, (look, ground)


def test_the_theme_of_the_terminal_names_no_colour_of_its_own() -> None:
    for style in LOOKS["terminal"].values():
        for colour in (style.color, style.bgcolor):
            assert colour is None or colour.triplet is None


def test_every_theme_knows_the_same_looks_and_textuals_own_have_some() -> None:
    from textual.theme import BUILTIN_THEMES

    assert len({frozenset(looks) for looks in LOOKS.values()}) == 1
    assert all(looks_of(theme) in LOOKS.values() for theme in BUILTIN_THEMES.values())
    assert themes_for(no_color=True) == ("dark", "light", "contrast")


@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
async def test_the_desk_is_drawn_anew_in_another_theme(name: str) -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        hands.pilot.app.theme = name
        await hands.pilot.pause()
        await hands.pilot.pause()
        pane = hands.desk.query_one("#trains", Rows)
        strip = pane.render_line(0)
        looks = [segment.style for segment in strip if segment.text.strip() and segment.style]
        train = LOOKS[name]["train"]
        assert any(style.bold and style.color == (train.color or style.color) for style in looks)
        assert "X8041" in hands.screen_text()
        await hands.press("enter", "escape", "colon", "escape", "question_mark", "escape")


async def test_without_colour_what_is_chosen_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        assert hands.pilot.app.no_color
        pane = hands.desk.query_one("#trains", Rows)
        strips = [pane.render_line(line) for line in range(8)]
        strip = next(strip for strip in strips if strip.text.startswith("▸"))
        assert all(segment.style is not None and segment.style.reverse for segment in strip if segment.text.strip())
        names = [command.title for command in hands.pilot.app.get_system_commands(hands.pilot.app.screen)]
        assert "Theme: light" in names
        assert "Theme: terminal" not in names


async def test_every_state_has_a_sign_of_its_own_beside_its_colour() -> None:
    """Whatever look a row's spans have, two different states never read the same."""
    from corridor_tui.tui.graph import _SIGNS
    from corridor_tui.tui.lists import _LANE, _STATE
    from corridor_tui.tui.rails import RAIL

    for signs in (_LANE, _STATE, _SIGNS):
        assert len({sign for sign, _ in signs.values()}) == len(signs)
    assert len(set(RAIL.values())) == 2


def test_no_colour_is_written_outside_of_the_looks() -> None:
    for path in (ROOT / "corridor_tui" / "tui").glob("*.py"):
        if path.name != "looks.py":
            assert not re.search(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8")), path
