"""How much the desk costs and how fast it answers: the real program on a pty, bytes included.

Run by hand: `python tests/bench/screen.py`. A busy shift (dispatchers at two desks) runs at 240x on 120x40; printed are the
share of one core over a stretch of it and the time from a key to its effect on the screen. Exits 1 where a limit is missed.
"""

import argparse
import os
import queue
import sys
import tempfile
import threading
import time
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
COLUMNS, LINES = 120, 40
MOST_SHARE = 0.15
MOST_KEY_S = 0.040
STRETCH_S = 20.0


class Terminal:
    """The program on a pty, with a thread that stamps what it writes."""

    def __init__(self, *args: str, data: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "CORRIDOR_DATA": str(data)}
        environment["PYTHONPATH"] = str(ROOT)
        command = ["-m", "corridor_tui", *args]
        self._child = pexpect.spawn(
            sys.executable, command, dimensions=(LINES, COLUMNS), env=environment, cwd=str(data), maxread=65_536
        )
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
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
        self._stream.feed(chunk)
        return at

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return list(self._screen.display)

    def until_changed(self, part: slice, most_s: float = 2.0) -> float:
        """When the text of some lines, taken at their left edge and marks only, is first another."""
        before = [line[:2] for line in self.lines[part]]
        end = time.perf_counter() + most_s
        while time.perf_counter() < end:
            at = self._take(end - time.perf_counter())
            if [line[:2] for line in self.lines[part]] != before:
                return at
        raise TimeoutError("the key had no effect")

    def cpu_s(self) -> float:
        """Processor seconds the program has used."""
        fields = Path(f"/proc/{self._child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self._child.close(force=True)


def busy_level(folder: Path) -> Path:
    """Fifty-five minutes with dispatchers at the dispatch and terminal desks, so that much happens by itself."""
    text = (ROOT / "levels" / "fifty-five-minutes.toml").read_text(encoding="utf-8")
    path = folder / "busy.toml"
    path.write_text(text + '\n[desks]\ndispatch = "reference"\nterminal = "reference"\n', encoding="utf-8")
    return path


def share_of_core(terminal: Terminal, seconds: float) -> float:
    """The share of one core that the program takes."""
    cpu, wall = terminal.cpu_s(), time.perf_counter()
    terminal.draw(seconds)
    while time.perf_counter() - wall < seconds:
        terminal.draw(0.2)
    return (terminal.cpu_s() - cpu) / (time.perf_counter() - wall)


def key_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from a key that moves the selection to its effect, while the shift runs."""
    times = []
    trains = slice(0, LINES - 3)
    for number in range(presses):
        terminal.draw(0.09 + 0.013 * (number % 7))
        at = terminal.send("j" if number // 4 % 2 == 0 else "k")
        times.append(terminal.until_changed(trains) - at)
    return times


def order_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from a key that gives an order to its answer on the screen."""
    times = []
    for number in range(presses):
        terminal.draw(0.1 + 0.017 * (number % 5))
        at = terminal.send("f")  # refused with a word where no cells are marked; an order's answer stands in the same line
        times.append(terminal.until_changed(slice(LINES - 3, LINES)) - at)
        terminal.draw(0.05)
        terminal.send("c")
        terminal.draw(0.15)
    return times


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
