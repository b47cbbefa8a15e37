"""A run over months that broke off: how far it is lived again stands on the screen, and nobody has to wait for that."""

import asyncio
from threading import Event

import pytest
from conftest import FINALE, shipped
from helpers import variant
from textual.pilot import Pilot

from corridor_tui.language import speaking
from corridor_tui.level.shelf import data_dir
from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.records.keeper import Keeper
from corridor_tui.session import run
from corridor_tui.session.run import Run
from corridor_tui.session.shift import Progress, Shift
from corridor_tui.tui import reliving
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.reliving import Reliving
from corridor_tui.tui.small import TooSmall

DAY = 86_400


def broken_off(days: int) -> str:
    """The key of a run of the finale that broke off after some days."""
    keeper = Keeper(data_dir(), "Aigul")
    shift = keeper.begin(variant(shipped(FINALE), shift__length_min=30 * 1_440), 1)
    assert shift.order("auto-accept 20").accepted
    shift.go_to(days * DAY)
    shift.keep_time()
    keeper.left(shift.now_s, later=True)
    return keeper.run_of(shift).key


async def until(pilot: Pilot[None], kind: type) -> None:
    for _ in range(1_500):
        if isinstance(pilot.app.screen, kind):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it never came: {pilot.app.screen}")


async def test_it_says_how_far_it_is_and_then_the_desk_stands_where_it_was_left() -> None:
    key = broken_off(3)
    app = CorridorApp(None, 1, "Aigul", resume=key)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, Reliving)
        told = app.screen.query_one(Bar).text
        assert "lived again up to 4 Jan 2026" in told
        assert key in told
        await until(pilot, Desk)
        assert isinstance(app.screen, Desk)
        assert app.screen.shift.now_s == 3 * DAY
        assert app.screen.shift.view.standing["auto-accept"] == "20"
        assert app.screen.shift.order("auto-prepare on").accepted
    (found,) = Journals(default_folder(data_dir())).all()
    assert found.run is not None
    assert [one.text for one in found.run.given] == ["auto-accept 20", "auto-prepare on"]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_who_leaves_it_finds_it_again(size: tuple[int, int]) -> None:
    key = broken_off(12)
    app = CorridorApp(None, 1, "Aigul", resume=key)
    async with app.run_test(size=size) as pilot:
        await until(pilot, Reliving)
        await pilot.press("escape")
        for _ in range(1_500):
            if not app.is_running or app.return_code is not None:
                break
            await pilot.pause(0.02)
    assert app.return_code == 1
    again = Keeper(data_dir(), "Aigul")
    shift, _run = again.resume(key)
    assert shift.now_s == 12 * DAY
    again.left(shift.now_s, later=True)


async def test_a_program_that_is_left_does_not_wait_until_the_run_is_lived_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days = list[int]()

    def endless(_run: Run, progress: Progress) -> Shift:
        while True:
            days.append(0)
            progress(0)

    monkeypatch.setattr(reliving, "rebuild", endless)
    app = CorridorApp(None, 1, "Aigul", resume=broken_off(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, Reliving)
        await pilot.press("ctrl+q")
    await asyncio.wait_for(asyncio.get_running_loop().shutdown_default_executor(), 30)
    assert days


async def test_a_run_that_is_ready_while_the_terminal_is_too_small_is_gone_on_with_once_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small, lived = Event(), Event()
    slowly = run.rebuild

    def once_small(broken: Run, progress: Progress) -> Shift:
        small.wait(30)
        shift = slowly(broken, progress)
        lived.set()
        return shift

    monkeypatch.setattr(reliving, "rebuild", once_small)
    app = CorridorApp(None, 1, "Aigul", resume=broken_off(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, Reliving)
        await pilot.resize_terminal(30, 10)
        await until(pilot, TooSmall)
        small.set()
        await asyncio.to_thread(lived.wait, 30)
        await pilot.pause(0.1)
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await until(pilot, Desk)
        assert not any(isinstance(screen, Reliving) for screen in app.screen_stack)


async def test_why_it_cannot_be_lived_again_is_told_in_the_language_that_is_spoken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = broken_off(1)
    monkeypatch.setattr(run, "ENGINE", "another")
    with speaking("ru"):
        app = CorridorApp(None, 1, "Aigul", resume=key)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.5)
    assert app.lead.keeper.trouble is not None
    assert "она сыграна с ядром" in app.lead.keeper.trouble
