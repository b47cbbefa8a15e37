"""A run as an asciicast: what the replay draws, second by second, as a player in a browser shows it again.

The control room is drawn in memory, by a clock of its own; the same run gives the same cast.
"""

import asyncio
import json
from collections.abc import Callable

from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from corridor_tui.language import _
from corridor_tui.session.replay import KINDS, Kind, Replay
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.replay import ReplayScreen

FORMAT = 2
"""The version of the asciicast format."""
STEP_S = 0.5
"""Seconds of the cast between two pictures."""
_LEAST: Kind = "meet"
"""The least grave marker that a cast bears: every order would be too many."""
Told = Callable[[int], None]
"""Told how far the replay has come, in seconds of the shift."""


class _Tape(CorridorApp):
    """The program on a tape instead of a terminal."""

    def __init__(self, replay: Replay, wall: Callable[[], float]) -> None:
        super().__init__(None, replay.run.seed, replay.run.trainee, wall=wall, replay=replay)
        self.driver_class = _Recorder
        self._written: list[str] = []

    def write(self, data: str) -> None:
        """Take in what the terminal would be sent."""
        self._written.append(data)

    def cut(self) -> str:
        """What was written since the last cut."""
        written, self._written = "".join(self._written), []
        return written


class _Recorder(HeadlessDriver):
    """A terminal that is a tape."""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        if isinstance(self._app, _Tape):
            self._app.write(data)


def cast(replay: Replay, size: tuple[int, int], speed: int, told: Told | None = None) -> str:
    """The cast of a run from its first second, at so many columns and lines and so many simulated seconds a second."""
    return asyncio.run(_record(replay, size, speed, told))


async def _record(replay: Replay, size: tuple[int, int], speed: int, told: Told | None) -> str:
    wall = [0.0]
    tape = _Tape(replay, lambda: wall[0])
    level = replay.level
    title = _("{level}, seed {seed}", level=level.title, seed=replay.run.seed)
    head = {"version": FORMAT, "width": size[0], "height": size[1], "title": title}
    lines = [json.dumps(head | {"env": {"TERM": "xterm-256color"}}, ensure_ascii=False)]
    marks = [one for one in replay.markers if KINDS.index(one.kind) >= KINDS.index(_LEAST)]

    async def play(pilot: Pilot[object]) -> None:
        while tape.fault is None and not (isinstance(tape.screen, ReplayScreen) and tape.screen.clock):
            await pilot.pause()
        screen = tape.screen
        assert isinstance(screen, ReplayScreen)
        assert screen.clock is not None
        screen.clock.stop()
        replay.jump(1)
        screen.pace.jump(1)
        screen.pace.speed = speed
        screen.pace.toggle()
        screen.paint()
        at = 0.0
        while True:
            await pilot.pause()
            await pilot.pause()  # what was painted is drawn after the next layout
            if drawn := tape.cut():
                lines.append(json.dumps([round(at, 3), "o", drawn], ensure_ascii=False))
            if told is not None:
                told(replay.now_s)
            if replay.now_s >= replay.end_s:
                break
            at += STEP_S
            while marks and marks[0].t <= at * speed:
                lines.append(json.dumps([round(at, 3), "m", marks.pop(0).text], ensure_ascii=False))
            wall[0] = at
            screen.tick()
        tape.exit()

    await tape.run_async(size=size, auto_pilot=play)
    if tape.fault is not None:
        raise tape.fault
    return "\n".join(lines) + "\n"
