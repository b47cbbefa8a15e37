"""What is left in memory of what was opened and closed again, and of what went out of sight."""

import gc

import pytest
from conftest import shipped
from hands import Hands, at_the_desk
from textual._styles_cache import StylesCache
from textual.dom import DOMNode
from textual.strip import Strip
from textual.timer import Timer

from corridor_tui.tui.keys import PANE_NUMBERS
from corridor_tui.tui.pane import Rows

WAYS = {
    "a menu": ("enter", "escape"),
    "the command line": ("colon", "h", "escape"),
    "the palette": ("ctrl+p", "h", "escape"),
    "the help": ("question_mark", "escape"),
    "the close-up": ("z", "z"),
    "what is looked for": ("slash", "a", "escape"),
}


def held(*kinds: type) -> int:
    """How many things of some kinds are held on to."""
    gc.collect()
    return sum(isinstance(item, kinds) for item in gc.get_objects())


async def go(hands: Hands, keys: tuple[str, ...], times: int) -> None:
    for _time in range(times):
        await hands.press(*keys)


@pytest.mark.parametrize("keys", WAYS.values(), ids=WAYS)
async def test_what_is_opened_and_closed_leaves_nothing_behind(keys: tuple[str, ...]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await go(hands, keys, 3)
        before = held(DOMNode, Timer, StylesCache)
        await go(hands, keys, 4)
        for _time in range(50):  # what closes is a while about it
            if (after := held(DOMNode, Timer, StylesCache)) <= before:
                break
            await hands.pilot.pause(0.1)
        assert after <= before


async def test_what_went_out_of_sight_is_not_kept_as_it_was_drawn() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (80, 24)) as hands:
        hands.desk.shift.advance(4 * 3_600)
        await hands.press(str(PANE_NUMBERS["messages"]))
        log = hands.desk.query_one("#messages", Rows)
        pages = len(log.body) // log.lines
        assert pages > 3
        await hands.press(*["pageup"] * 3)
        drawn = held(Strip)
        await hands.press(*["pageup"] * 3 * pages)
        assert held(Strip) < drawn + log.lines
