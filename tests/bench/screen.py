"""How much the desk costs and how fast it answers: the real program on a pty, bytes included.

Run by hand: `python tests/bench/screen.py`. A busy shift (dispatchers at two desks) runs at 240x on 120x40, then the train graph
of a full line; printed are the share of one core over a stretch and the time from a key to its effect on the screen. Exits 1 where a limit is missed.
"""

import argparse
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable
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
        self._child.delaybeforesend = None
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

    def until_changed(self, look: Callable[[list[str]], object], most_s: float = 2.0) -> float:
        """When what is looked at is first another; raises `TimeoutError` where it stays as it is."""
        before, end = look(self.lines), time.perf_counter() + most_s
        while time.perf_counter() < end:
            try:
                at = self._take(end - time.perf_counter())
            except queue.Empty:
                break
            if look(self.lines) != before:
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


def busy_line(folder: Path) -> Path:
    """The single line with a dispatcher at its desk: a dozen trains on the train graph."""
    text = (ROOT / "levels" / "single-line.toml").read_text(encoding="utf-8")
    path = folder / "line.toml"
    path.write_text(text.replace("[desks]\n", '[desks]\ndispatch = "reference"\n'), encoding="utf-8")
    return path


def share_of_core(terminal: Terminal, seconds: float) -> float:
    """The share of one core that the program takes."""
    cpu, wall = terminal.cpu_s(), time.perf_counter()
    terminal.draw(seconds)
    while time.perf_counter() - wall < seconds:
        terminal.draw(0.2)
    return (terminal.cpu_s() - cpu) / (time.perf_counter() - wall)


def selection_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from a key that moves the selection to its effect, while the shift runs."""
    times = []
    for number in range(presses):
        terminal.draw(0.09 + 0.013 * (number % 7))
        at = terminal.send("j" if number // 4 % 2 == 0 else "k")
        times.append(terminal.until_changed(lambda lines: [line[0] for line in lines]) - at)
    return times


def order_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from the key that gives the proposed order to its answer, while the shift runs."""
    times: list[float] = []
    for number in range(4 * presses):
        terminal.draw(0.09 + 0.017 * (number % 5))
        at = terminal.send("c")
        try:
            times.append(terminal.until_changed(lambda lines: lines[LINES - 3], 0.3) - at)
        except TimeoutError:
            terminal.send("n")  # nothing is proposed: on to where something is
        if len(times) >= presses:
            break
    return times


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def report(name: str, times: list[float]) -> bool:
    """Print the figures of some times; whether they are within the limit."""
    p99 = percentile(times, 0.99)
    say(f"{name:<34} n {len(times):>3}  p50 {percentile(times, 0.5) * 1e3:5.1f} ms  p99 {p99 * 1e3:5.1f} ms")
    return p99 < MOST_KEY_S


def main() -> int:
    """Run both parts and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=STRETCH_S)
    arguments.add_argument("--presses", type=int, default=120)
    options = arguments.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terminal = Terminal("play", str(busy_level(folder)), "--seed", "1", data=folder)
        terminal.draw(2)
        terminal.send("\r")
        terminal.draw(1.5)
        terminal.send("+++")
        terminal.send(" ")
        terminal.draw(4)
        written = terminal.written
        share = share_of_core(terminal, options.seconds)
        rate = (terminal.written - written) / options.seconds / 1024
        clock = terminal.lines[0].split()
        say(
            f"busy shift at 240x on {COLUMNS}x{LINES}: {share:.1%} of a core, {rate:.1f} KiB/s written; the clock says {clock[0]}"
        )
        good = share < MOST_SHARE and good
        good = report("a key that moves the selection", selection_times(terminal, options.presses)) and good
        terminal.stop()
        terminal = Terminal("play", "first-train", "--seed", "1", data=folder)
        terminal.draw(2)
        terminal.send("\r")
        terminal.draw(1.5)
        terminal.send(" ")
        good = report("a key that gives an order", order_times(terminal, 30)) and good
        terminal.stop()
        terminal = Terminal("play", str(busy_line(folder)), "--seed", "1", data=folder)
        terminal.draw(2)
        terminal.send("\r")
        terminal.draw(1.5)
        terminal.send("6z++++ ")
        terminal.draw(STRETCH_S)  # until the line is full
        written = terminal.written
        share = share_of_core(terminal, options.seconds)
        rate = (terminal.written - written) / options.seconds / 1024
        say(f"the train graph over the whole screen at 240x: {share:.1%} of a core, {rate:.1f} KiB/s written")
        good = share < MOST_SHARE and good
        terminal.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
