"""The program on a pty, looked at from outside: what stands on its screen and when, what it writes and what it costs."""

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
Size: TypeAlias = tuple[int, int]
"""Columns and lines."""
SWITCH_S = 1e-4
"""How long the thread that draws may keep the one waiting that stamps; Python's own 5 ms would be added to every chunk."""
LARGE: Size = (160, 50)


class Terminal:
    """The program on a pty of so many columns and lines, with a thread that stamps what it writes.

    `compiled`: a folder for its compiled modules, which an installation would have beside them.
    """

    def __init__(self, *args: str, data: Path, size: Size = LARGE, compiled: Path | None = None) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._began = time.perf_counter()
        self.frames = 0
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "CORRIDOR_DATA": str(data)}
        environment["PYTHONPATH"] = str(ROOT)
        if compiled is not None:
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            environment["PYTHONPYCACHEPREFIX"] = str(compiled)
        command = list(args) if args[0] == "-c" else ["-m", "corridor_tui", *args]
        self._child = pexpect.spawn(
            sys.executable, command, dimensions=size[::-1], env=environment, cwd=str(data), maxread=65_536
        )
        self._child.delaybeforesend = None
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._lines = [""] * size[1]
        self._chunks: queue.Queue[tuple[float, bytes]] = queue.Queue()
        self.written = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                chunk = os.read(self._child.child_fd, 65_536)
            except OSError:
                return
            self._chunks.put((time.perf_counter(), chunk))

    def send(self, keys: str) -> float:
        """Press keys; returns when."""
        at = time.perf_counter()
        self._child.send(keys)
        return at

    def draw(self, seconds: float) -> None:
        """Take in what is written for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            try:
                self._take(left)
            except queue.Empty:
                return

    def _take(self, most_s: float) -> float:
        at, chunk = self._chunks.get(timeout=max(0.001, most_s))
        self.written += len(chunk)
        before = self._lines[0]
        self._stream.feed(chunk)
        for number in self._screen.dirty:  # all of them each time would keep a core busy
            line = self._screen.buffer[number]
            self._lines[number] = "".join(line[column].data for column in range(self._screen.columns))
        self._screen.dirty.clear()
        self.frames += before != self._lines[0]
        return at

    def until_shown(self, *texts: str, most_s: float = 30.0, since: float | None = None) -> float:
        """The seconds from its start, or from a moment, until one of some texts stands on the screen."""
        at, end = time.perf_counter(), time.perf_counter() + most_s
        while not any(text in line for line in self.lines for text in texts):
            if time.perf_counter() > end:
                raise TimeoutError(f"{texts} did not come")
            with suppress(queue.Empty):
                at = self._take(1.0)
        return at - (self._began if since is None else since)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return list(self._lines)

    def until_changed(self, look: Callable[[list[str]], object], most_s: float = 2.0, since: float = 0.0) -> float:
        """When what is looked at is first another after a moment; raises `TimeoutError` where it stays as it is."""
        before, end = look(self.lines), time.perf_counter() + most_s
        while time.perf_counter() < end:
            try:
                at = self._take(end - time.perf_counter())
            except queue.Empty:
                break
            if look(self.lines) != before and at > since:
                return at
            before = look(self.lines)
        raise TimeoutError("the key had no effect")

    def until_late(self, seconds: float) -> None:
        """Take in what is written until so much later."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.draw(left)

    def held_mb(self) -> float:
        """The memory that the program holds itself, in megabytes."""
        status = Path(f"/proc/{self._child.pid}/smaps_rollup").read_text(encoding="ascii")
        return sum(int(line.split()[1]) for line in status.split("\n") if line.startswith("Private_")) / 1_000

    def cpu_s(self) -> float:
        """Processor seconds the program has used."""
        fields = Path(f"/proc/{self._child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self._child.close(force=True)
