"""The baselines of a long shift, played by another process while it is played itself: at its end nobody waits a year for them."""

import os
import sys
from contextlib import ExitStack, redirect_stderr
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeAlias

from corridor_tui.level.load import from_text
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.measures import Raw
from corridor_tui.session.processes import leave_with
from corridor_tui.session.shift import BASELINES, Progress, Shift, baseline

_Told: TypeAlias = int | dict[str, Raw]
"""The second of the shift that it has come to; at last what the baselines came to."""
_NICE = 10
"""The shift itself goes first where there is one processor for both."""


class GaveUpError(RuntimeError):
    """Nobody waits for the baselines any more."""


class Rivals:
    """Plays the baselines of a shift over months from now until they are played or ended; those of another are played in no time.

    `now_s` is the second that the one who plays has come to.
    """

    def __init__(self, shift: Shift) -> None:
        self.now_s = 0
        self._raws: dict[str, Raw] = {}
        self._ends = ExitStack()
        self._ended = False
        self._hears: Connection | None = None
        if shift.level.shift.settle_h is not None:
            self._hears = self._begin(shift)

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._ended = True
        self._ends.close()

    def _begin(self, shift: Shift) -> Connection:
        context = get_context("spawn")
        end, alive = context.Pipe(duplex=False)
        hears, tells = context.Pipe(duplex=False)
        process = context.Process(target=_play, args=(end, tells, shift.level.text, shift.seed), daemon=True)
        # begun with the real error stream: that of a screen has no number which it could inherit
        with redirect_stderr(sys.__stderr__), end, tells:
            process.start()
        for last in (process.join, process.kill, alive.close):
            self._ends.callback(last)
        return hears

    def raw(self, name: str) -> Raw | None:
        """What a baseline came to, once it is played; None where nobody plays it, or whoever did was ended from outside.

        Raises `GaveUpError` where it is ended meanwhile.
        """
        while self._hears is not None and not self._raws:
            try:
                told: _Told = self._hears.recv()
            except (EOFError, OSError):  # the other: it was ended while it told of them
                if self._ended:
                    raise GaveUpError from None
                return None
            if isinstance(told, dict):
                self._raws = told
            else:
                self.now_s = told
        return self._raws.get(name)


def _play(alive: Connection, tells: Connection, text: str, seed: int) -> None:
    leave_with(alive)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    level = from_text(text)
    heard: dict[str, Progress] = {BASELINES[-1]: tells.send}
    tells.send({name: baseline(resolve(level, seed), name, heard.get(name)) for name in BASELINES})
