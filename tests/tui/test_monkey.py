"""Whatever keys are pressed, wherever is clicked and however large the terminal becomes: the program goes on."""

from random import Random

import pytest
from conftest import CAMPAIGN, shipped
from hands import SIZES, Hands, at_the_desk
from helpers import random_orders
from screens import as_text

from corridor_tui.language import LANGUAGES, speaking
from corridor_tui.tui.desk import Desk

STEPS = 100
RUNS = 200
_SIZES = [*SIZES, (60, 20), (81, 25), (200, 60)]
_SIGNS = {" ": "space", "-": "minus", ".": "full_stop", ":": "colon", "_": "underscore", "/": "slash"}
_LETTERS = [*"abcdefghijklmnoprstuvwxyzXYE0123456789"]  # all but `q`, behind which there is no more
_STEERING = ["tab", "shift+tab", "space", "pageup", "pagedown", "home", "end", "left", "right", "up", "backspace"]
_OPENING = ["colon", "full_stop", "plus", "minus", "left_square_bracket", "number_sign", "question_mark", "slash", "ctrl+p", "f2"]  # fmt: skip
_OFTEN = ["enter"] * 12 + ["escape"] * 12 + ["down"] * 8 + ["n"] * 6 + ["c"] * 6
KEYS = [*_LETTERS, *_STEERING, *_OPENING, *_OFTEN]


async def step(hands: Hands, draws: Random) -> None:
    """Do any one thing."""
    pilot, chance = hands.pilot, draws.random()
    if chance < 0.78:
        await pilot.press(draws.choice(KEYS))
    elif chance < 0.85:
        width, height = pilot.app.size
        await pilot.click(offset=(draws.randrange(width), draws.randrange(height)))
    elif chance < 0.88:
        await pilot.resize_terminal(*draws.choice(_SIZES))
    elif chance < 0.92 and isinstance(pilot.app.screen, Desk):
        order = next(iter(random_orders(hands.desk.shift.view, draws, 1)), "accept")
        await pilot.press("colon", *(_SIGNS.get(sign, sign) for sign in order), "enter")
    else:
        await hands.wait(draws.choice([1.0, 5.0]))
    await pilot.pause()


async def play(number: int) -> None:
    """Any keys on any level at any size in any language, until they leave; what is on the screen then can be read."""
    draws = Random(number)
    level, size, language = draws.choice(CAMPAIGN), draws.choice(SIZES), draws.choice([*LANGUAGES])
    with speaking(language):
        async with at_the_desk(shipped(level), size, guided=draws.random() < 0.5) as hands:
            for _step in range(STEPS):
                await step(hands, draws)
                if not hands.pilot.app.is_running:
                    return
                assert as_text(hands.pilot.app).strip()


@pytest.mark.parametrize("number", range(3))
async def test_any_keys_end_nothing_but_by_leaving(number: int) -> None:
    await play(number)


@pytest.mark.full
@pytest.mark.parametrize("number", range(3, 3 + RUNS))
async def test_any_keys_end_nothing_two_hundred_times(number: int) -> None:
    await play(number)
