"""A run over months that broke off: how far it is lived again stands on the screen, and nobody has to wait for that."""

import pytest
from conftest import FINALE, shipped
from helpers import variant
from textual.pilot import Pilot

from corridor_tui.level.shelf import data_dir
from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.records.keeper import Keeper
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.reliving import Reliving

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
