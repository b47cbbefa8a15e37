"""Asks a process beside the desk what an order would do; the desk goes on meanwhile."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

from corridor_tui.language import _, spoken
from corridor_tui.session.ahead import FOLLOWING, QUESTION, TOLD, Following, Question
from corridor_tui.session.shift import Shift
from corridor_tui.session.whatif import Answer, UnforeseenError

_MOST = 4_000_000
"""The most bytes of an answer; a year's trains take less."""


class Asking:
    """One shift and the process that follows it, which is begun when it is first needed and ends with `end`.

    Whoever holds it and dies otherwise takes the process along: nobody speaks to it any more.
    """

    def __init__(self, shift: Shift) -> None:
        self.shift = shift
        self._process: Process | None = None
        self._told = 0
        self._turn = asyncio.Lock()

    async def ready(self) -> None:
        """Have the process come as far as the shift has, so that it answers at once."""
        async with self._turn:
            await self._say(None)

    async def ask(self, order: str) -> Answer:
        """What an order does if it is given now; empty: how it stands. Raises `UnforeseenError`."""
        async with self._turn:
            process = await self._say(order)
            assert process.stdout is not None
            line = await process.stdout.readline()
        if not line:
            await self.end()
            raise UnforeseenError(_("the process that runs ahead has ended; ask again"))
        told = TOLD.validate_json(line)
        if told.answer is None:
            raise UnforeseenError(told.trouble)
        return told.answer

    async def _say(self, order: str | None) -> Process:
        process = self._process or await self._begin()
        shift = self.shift
        fresh, self._told = shift.given[self._told :], len(shift.given)
        given = tuple((one.t, one.text) for one in fresh if one.heard)
        assert process.stdin is not None
        process.stdin.write(QUESTION.dump_json(Question(shift.now_s, given, order)) + b"\n")
        return process

    async def _begin(self) -> Process:
        shift = self.shift
        # -P: what lies where the program was started from is no part of it
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "corridor_tui.session.ahead", stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_MOST
        )  # fmt: skip
        self._told = 0
        following = Following(shift.level.text, shift.seed, shift.players, spoken())
        assert process.stdin is not None
        process.stdin.write(FOLLOWING.dump_json(following) + b"\n")
        return process

    async def end(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()
