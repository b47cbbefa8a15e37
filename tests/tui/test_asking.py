"""What if, at the desk: asked from menus, the command line and by a key; shown as a table; its process ends with the desk."""

import os
import signal
import time
from pathlib import Path

from conftest import shipped
from hands import Hands, at_the_desk
from helpers import variant
from terminals import program

from corridor_tui.session.wording import clock
from corridor_tui.tui.menu import Menu
from corridor_tui.tui.whatif import WhatIf

PATIENCE_S = 10.0
"""No process is left so long after the desk is."""


async def answered(hands: Hands) -> str:
    """Wait until an answer stands there, and return it."""
    screen = hands.pilot.app.screen
    assert isinstance(screen, WhatIf), screen
    for _ in range(1_000):
        if screen.answered:
            await hands.pilot.pause()
            return hands.page
        await hands.pilot.pause(0.02)
    raise AssertionError("no answer came")


def followers(folder: Path) -> list[int]:
    """The processes that follow a shift kept in a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
            own = f"CORRIDOR_DATA={folder}".encode() in (path / "environ").read_bytes()
        except OSError:
            continue
        if own and b"corridor_tui.session.ahead" in command:
            found.append(int(path.name))
    return found


def assert_none_left(folder: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while followers(folder) and time.monotonic() < end:
        time.sleep(0.05)
    assert followers(folder) == []


async def test_the_command_line_asks_with_a_key_and_enter_then_gives_the_order() -> None:
    async with at_the_desk(shipped("paper-trail")) as hands:
        await hands.press("n", "colon", *"release X8611", "f2")
        page = await answered(hands)
        assert "if `release X8611` is given now" in page
        assert all(train in page for train in ("X8611", "X8613", "X8621"))
        assert hands.desk_below.shift.given == []
        await hands.press("enter")
        assert hands.desk.over is None
        assert [one.text for one in hands.desk.shift.given] == ["release X8611"]


async def test_escape_goes_back_to_where_it_was_asked_and_nothing_is_ordered() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n", "2", "enter", "f2", "f2")
        assert "nothing changes" in await answered(hands)
        await hands.press("escape")
        assert isinstance(hands.desk.over, Menu)
        assert hands.desk_below.shift.orders == []


async def test_a_key_on_the_desk_has_an_order_about_the_chosen_train_picked_and_asks_about_it() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n", "2", "w")
        assert "what if? X8001" in hands.screen_text()
        await hands.press("a", "1")
        assert "if `accept X8001" in await answered(hands)
        await hands.press("enter")
        assert [text.split()[0] for _, _, text in hands.desk.shift.orders] == ["accept"]


async def test_why_an_order_would_be_refused_is_said_and_it_cannot_be_given() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("colon", *"accept X8001 N1", "f2")
        assert "it would be refused: the neighbour has not offered X8001 yet" in await answered(hands)
        await hands.press("enter")
        assert isinstance(hands.pilot.app.screen, WhatIf)


async def test_the_word_on_the_command_line_asks_too_and_alone_it_asks_how_it_stands() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("colon", *"what-if ", "enter")
        assert "as it stands" in await answered(hands)
        await hands.press("escape", "colon", *"what-if hold X8001", "enter")
        assert "refused" in await answered(hands)


async def test_the_palette_finds_it() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        names = [command.title for command in hands.pilot.app.get_system_commands(hands.desk)]
        assert "What if" in names


async def test_a_price_is_told_before_it_is_paid() -> None:
    async with at_the_desk(variant(shipped("first-train"), aids__what_if_costs=7.0)) as hands:
        await hands.press("n", "colon", *"accept X8001 N1", "f2")
        assert "costs 7 units" in hands.page
        await hands.press("escape", "f2")
        assert hands.desk_below.shift.orders == []
        await hands.press("enter")
        assert "nothing changes" in await answered(hands)
        assert [text for _, _, text in hands.desk_below.shift.orders] == ["what-if accept X8001 N1"]
        await hands.press("enter")
        assert [text for _, _, text in hands.desk.shift.orders][1:] == ["accept X8001 N1"]


async def test_a_level_that_switches_it_off_says_so() -> None:
    async with at_the_desk(variant(shipped("first-train"), aids__what_if=False)) as hands:
        await hands.press("w")
        assert "does not tell beforehand" in hands.line("status")
        await hands.press("2", "enter")
        assert "what if" not in hands.screen_text()
        await hands.press("f2")
        assert isinstance(hands.desk.over, Menu)


async def test_the_desk_goes_on_while_it_is_asked_and_the_answer_is_of_the_second_of_the_question() -> None:
    async with at_the_desk(variant(shipped("fifty-five-minutes"), shift__pause="covered")) as hands:
        await hands.press("space", "colon", *"check X8041-01", "f2")
        desk = hands.desk_below
        before = clock(desk.shift.level.start_s, desk.shift.now_s)
        for _ in range(10):
            hands.pass_wall(5)
            desk.tick()
        assert clock(desk.shift.level.start_s, desk.shift.now_s) != before
        assert f"{before} if `check X8041-01` is given now" in await answered(hands)


async def test_the_process_ends_with_the_desk(tmp_path: Path) -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n", "2", "enter", "f2", "f2")
        await answered(hands)
        assert len(followers(tmp_path / "data")) == 1
        await hands.press("escape", "escape", "escape", "q", "l")
    assert_none_left(tmp_path / "data")


async def test_a_process_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n", "2", "enter", "f2", "f2")
        await answered(hands)
        os.kill(followers(tmp_path / "data")[0], signal.SIGKILL)
        await hands.press("escape", "f2")
        page = await answered(hands)
        if "ask again" in page:
            await hands.press("escape", "f2")
            page = await answered(hands)
        assert "nothing changes" in page


def test_nothing_is_left_of_it_when_the_program_is_killed(tmp_path: Path) -> None:
    with program(tmp_path, "play", "first-train", "--seed", "1") as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("Altynkol")
        desk.send("2")
        desk.send("w")
        desk.until("what if? X8001")
        deadline = time.monotonic() + PATIENCE_S
        while not followers(tmp_path / "data") and time.monotonic() < deadline:
            desk.listen(0.05)
        assert followers(tmp_path / "data")
        desk.child.kill(9)
        desk.until_ended()
    assert_none_left(tmp_path / "data")
