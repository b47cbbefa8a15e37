"""The control desk in a test's hands: keys, the mouse, the clock on the wall, and what can be read on the screen."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from corridor_tui.level.model import Level
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader

SIZES = [(80, 24), (120, 40), (160, 50)]


class Hands:
    """The desk under test: keys, the clock on the wall, and what can be read on the screen."""

    def __init__(self, pilot: Pilot[None], wall: list[float]) -> None:
        self.pilot = pilot
        self._wall = wall

    @property
    def desk(self) -> Desk:
        screen = self.pilot.app.screen
        assert isinstance(screen, Desk), screen
        return screen

    @property
    def desk_below(self) -> Desk:
        """The desk, whatever lies over it."""
        return next(screen for screen in self.pilot.app.screen_stack if isinstance(screen, Desk))

    def pass_wall(self, seconds: float) -> None:
        """Let the clock on the wall go on by itself."""
        self._wall[0] += seconds

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
            await self.pilot.pause()  # what a key brings into sight is drawn after the next layout

    async def wait(self, seconds: float) -> None:
        """Let the clock on the wall run, a frame at a time."""
        steps = round(seconds / 0.25)
        for _ in range(steps):
            self._wall[0] += 0.25
            if isinstance(self.pilot.app.screen, Desk):
                self.desk.tick()
        await self.pilot.pause()

    def shown(self, pane: str) -> str:
        return "\n".join(item.text for item in self.desk.query_one(f"#{pane}", Rows).rows)

    def line(self, name: str) -> str:
        return self.desk.query_one(f"#{name}", Bar).text

    @property
    def page(self) -> str:
        """The page that is being read, or the menu that is open."""
        screen = self.pilot.app.screen
        over = screen.over if isinstance(screen, Desk) else None
        return "\n".join(item.text for item in (over or screen).query_one(Rows).rows)

    async def until_read(self) -> str:
        """Wait until a page is on the screen, and return it."""
        for _ in range(1_500):
            if isinstance(self.pilot.app.screen, Reader) and self.page:
                return self.page
            await self.pilot.pause(0.02)
        raise AssertionError(f"no page came: {self.pilot.app.screen}")

    def screen_text(self) -> str:
        return re.sub(r"&#160;", " ", self.pilot.app.export_screenshot())


@asynccontextmanager
async def at_the_desk(
    level: Level, size: tuple[int, int] = (120, 40), *, brief: bool = False, guided: bool = False
) -> AsyncIterator[Hands]:
    """At the desk of a level, or before its briefing; without the guide unless that is what is looked at."""
    wall = [0.0]
    app = CorridorApp(level, 1, "Aigul", wall=lambda: wall[0])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        hands = Hands(pilot, wall)
        if not brief:
            await hands.press("enter")
            await pilot.pause()
            if not guided:
                hands.desk.guide.on = False
                hands.desk.paint()
                await pilot.pause()
        yield hands
