"""The guided level: a newcomer who knows nothing and does only what the screen says gets to the result; nobody is held against their will."""

import re
import time
from pathlib import Path

from conftest import shipped
from hands import Hands, at_the_desk
from screens import as_text
from terminals import PATIENCE_S, program

from corridor_tui.tui.bar import Bar
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.pane import POINTER

_KEYS = {"↑": "up", "↓": "down", "←": "left", "→": "right"}
_BYTES = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "enter": "\r",
    "space": " ",
    "escape": "\x1b",
}
_MOST = 300
"""So many keys are more than anybody should need."""


def told(screen: str) -> str | None:
    """The one key that the screen tells a newcomer to press, by its text alone; None where it is not drawn yet."""
    if entry := re.search(rf"│ ?{POINTER}(\S) ", screen):
        return entry[1]  # a menu with an entry that is marked
    if "choose by yourself" in screen:
        return "1"
    if "pick the entry" in screen:
        return None
    if key := re.search(rf"{POINTER} press (\S+) ", screen):
        return _KEYS.get(key[1], key[1])
    if page := re.search(r"(\S+) (?:take the desk|back to the desk)", screen):
        return page[1]
    if "Next:" in screen:
        return "c"
    return "n"  # the guide is at its end; the key bar: on to the next call


def points_of(screen: str) -> float | None:
    found = re.search(r"(-?[\d.]+) points", screen)
    return float(found[1]) if found else None


async def screen_of(hands: Hands) -> str:
    await hands.pilot.pause(0.02)
    return as_text(hands.pilot.app).split("\n--\n")[0]


async def test_a_newcomer_who_follows_the_screen_finishes_the_first_level() -> None:
    async with at_the_desk(shipped("first-train"), (160, 50), brief=True, guided=True) as hands:
        pressed = []
        while points_of(screen := await screen_of(hands)) is None:
            key = told(screen)
            assert key is not None, screen
            pressed.append(key)
            assert len(pressed) < _MOST, pressed
            await hands.press(key)
            hands.pass_wall(0.5)
            if isinstance(hands.pilot.app.screen, Desk):
                hands.desk.tick()
        assert (points_of(screen) or 0) >= shipped("first-train").scoring.stars[1], screen


def test_a_newcomer_at_a_small_terminal_finishes_it_too(tmp_path: Path) -> None:
    with program(tmp_path, "play", "first-train", "--seed", "7", "--trainee", "Aigul") as desk:
        screen, pressed = desk.until("take the desk"), list[str]()
        while points_of(screen) is None:
            end = time.monotonic() + PATIENCE_S
            while (key := told(screen)) is None:
                assert time.monotonic() < end, f"no entry is marked:\n{screen}"
                screen = desk.listen(0.12)
            pressed.append(key)
            assert len(pressed) < _MOST, pressed
            desk.send(_BYTES.get(key, key))
            before = screen
            while (screen := desk.listen(0.12)) == before and time.monotonic() < end:
                pass
        assert (points_of(screen) or 0) >= shipped("first-train").scoring.stars[1], screen


async def test_the_clock_waits_for_a_step_and_goes_on_once_it_is_skipped_or_the_guide_is_left() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), guided=True) as hands:
        await hands.press("space")
        await hands.wait(3)
        assert hands.desk.shift.now_s == 1
        assert "YOUR TURN" in hands.line("header")
        await hands.press("n")
        assert "the clock waits for this step; escape skips it" in hands.line("status")
        assert "press 1 " in hands.line("status")
        await hands.press("escape")
        assert "press 2 " in hands.line("status")
        assert "2/" in hands.line("status")
        await hands.press("x")
        assert "the guide is left; x takes it up again" in hands.line("status")
        await hands.wait(1)
        assert hands.desk.shift.now_s > 1
        await hands.press("x")
        assert "press 2 " in hands.line("status")
        assert "YOUR TURN" in hands.line("header")


async def test_what_is_meant_is_marked_by_a_sign_in_its_pane_on_its_tab_and_among_the_keys() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), guided=True) as hands:
        assert f"{POINTER}1 panel" in hands.line("tabs")
        await hands.press("1", "2", "3")
        screen = await screen_of(hands)
        assert f"{POINTER}X8001-03" in screen
        assert f"{POINTER}3 customs" in screen
        assert f"{POINTER}enter orders" in screen
        await hands.press("enter")
        assert re.search(rf"│ {POINTER}c +check", await screen_of(hands))
        assert (
            f"{POINTER} press enter  pick the entry that is marked" in hands.desk_below.query_one("#status", Bar).text
        )
        await hands.press("escape", "down")
        assert "press ↑  to X8001-03" in hands.line("status")


async def test_it_points_at_no_entry_of_a_menu_where_none_is_meant_and_offers_no_order_beside_its_own() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), guided=True) as hands:
        await hands.press("1")
        assert "c do it" not in await screen_of(hands)
        await hands.press("enter")
        screen = await screen_of(hands)
        assert "press escape  back: the step is about something else" in screen
        assert "pick the entry" not in screen
        assert "skips" not in screen  # escape leaves the menu first


async def test_in_the_menu_of_another_thing_it_leads_back_and_not_to_what_is_refused_there() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), guided=True) as hands:
        step = ""
        while "press ↑  to X8001-0" not in await screen_of(hands):
            step = told(await screen_of(hands)) or ""
            await hands.press(step)
        await hands.press("enter")
        screen = await screen_of(hands)
        assert "X8001-03: orders" in screen
        assert f"│ {POINTER}" not in screen
        assert "press escape  back" in screen
        await hands.press("escape")
        assert "press ↑  to X8001-0" in await screen_of(hands)


async def test_a_menu_opens_at_the_entry_that_the_guide_means() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), guided=True) as hands:
        step = ""
        while step != "f":
            key = told(await screen_of(hands))
            assert key is not None
            step = key
            await hands.press(key)
            hands.pass_wall(0.5)
            if isinstance(hands.pilot.app.screen, Desk):
                hands.desk.tick()
        marked = re.search(rf"│ {POINTER}\S +(.+?) *│", await screen_of(hands))
        assert marked is not None
        menu = hands.desk.menu.pane
        chosen = next(item for item in menu.rows if item.key == menu.choice)
        assert marked[1] in chosen.text
        assert menu.choice != menu.rows[0].key, "a rule that is not the first shows that the choice has moved"
        await hands.press("enter")
        assert hands.desk.shift.orders[-1][2].startswith("find X8001-")


async def test_side_by_side_the_instrument_itself_is_marked() -> None:
    async with at_the_desk(shipped("first-train"), (160, 50), guided=True) as hands:
        await hands.pilot.pause(0.2)
        assert f"═{POINTER} 1 panel" in await screen_of(hands)


async def test_a_step_may_be_done_in_any_way_there_is() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), guided=True) as hands:
        await hands.press("1", "2", "3")
        await hands.press("colon", *"check X8001-03", "enter")
        assert "press r " in hands.line("status")


async def test_a_level_without_a_guide_says_so() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (80, 24), guided=True) as hands:
        await hands.press("x")
        assert "this level has no guide" in hands.line("status")
