"""How much the desk costs and how fast it answers: the real program on a pty, bytes included.

Run by hand: `python tests/bench/screen.py`, or one part of it: `--part start`. On 160x50, forty trains run at 240x with dispatchers at two
desks: printed are frames a second, the share of one core, what is written, and the time from a key to its effect on the screen; then
the same of the train graph of a full line; what a shift of eight hours that is left running holds in memory; the start as a multiple of an empty Textual program's in the same run; and how long
an answer to "what if" takes. Exits 1 where a limit is missed. On a machine that does other things besides the figures are too high.
"""

import argparse
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
COLUMNS, LINES = 160, 50
TRAINS = 40
LEAST_FRAMES = 19.0
"""Twenty a second are drawn; one more or less falls into a stretch."""
MOST_SHARE = 0.15
MOST_KB_S = 250.0
MOST_KEY_S = 0.040
MOST_OPENED_S = 0.150
MOST_START = 2.0
MOST_ANSWER_S = 1.0
MOST_GROWTH_MB = 4.0
"""What the log of the events of a shift takes, and no more."""
STRETCH_S = 20.0
EMPTY = "from textual.app import App; from textual.widgets import Static; App.compose = lambda app: [Static('here')]; App().run()"
"""The program whose start is the measure of ours."""


class Terminal:
    """The program on a pty, with a thread that stamps what it writes."""

    def __init__(self, *args: str, data: Path) -> None:
        self._began = time.perf_counter()
        self.frames = 0
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "CORRIDOR_DATA": str(data)}
        environment["PYTHONPATH"] = str(ROOT)
        command = list(args) if args[0] == "-c" else ["-m", "corridor_tui", *args]
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
        before = self._screen.display[0]
        self._stream.feed(chunk)
        self.frames += before != self._screen.display[0]
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
        return list(self._screen.display)

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


def many_trains(folder: Path) -> Path:
    """Fifty-five minutes with so many trains, dispatchers at the dispatch and terminal desks, and a coach at the customs desk."""
    text = (ROOT / "levels" / "fifty-five-minutes.toml").read_text(encoding="utf-8")
    more = []
    for number in range(TRAINS - text.count("[[trains]]")):
        hour, minute = divmod(8 * 60 + 20 + 5 * number, 60)
        more.append(
            f'[[trains]]\nnumber = "Y{number + 1:02d}"\nkind = "container"\nentry = "horgos"\nexit = "zhetygen"\n'
            f'at = "{hour:02d}:{minute:02d}"\ndue = "{(hour + 8) % 24:02d}:{minute:02d}"\nwagon = "flat40-cn"\nwagons = 40\nfeu = 40\n'
            'consignments = 8\nflagged = 2\npapers = "lodged"\n'
        )
    path = folder / "many.toml"
    head, rest = text.split("[briefing]", 1)
    desks = '\n[desks]\ndispatch = "reference"\nterminal = "reference"\n'
    path.write_text(
        f"{head.replace('coach = false', 'coach = true')}[briefing]{rest}\n" + "\n".join(more) + desks, encoding="utf-8"
    )
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
        times.append(terminal.until_changed(lambda lines: [line[0] for line in lines], since=at) - at)
    return times


def _answer(lines: list[str]) -> str:
    """What was last answered to an order."""
    return next((line for line in lines if line.lstrip().startswith(("✓", "✕", "nothing is proposed"))), "")


def order_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from the key that gives the proposed order to its answer, while the shift runs."""
    times: list[float] = []
    for number in range(4 * presses):
        terminal.draw(0.09 + 0.017 * (number % 5))
        at = terminal.send("c")
        try:
            times.append(terminal.until_changed(_answer, 0.3, at) - at)
        except TimeoutError:
            terminal.send("n")  # nothing is proposed: on to where something is
        if len(times) >= presses:
            break
    return times


def opening_times(terminal: Terminal, keys: str, shown: str, presses: int) -> list[float]:
    """Seconds from a key until what it opens is there, while the shift runs."""
    times = []
    for number in range(presses):
        terminal.draw(0.3 + 0.013 * (number % 7))
        at = terminal.send(keys)
        times.append(terminal.until_changed(lambda lines: any(shown in line for line in lines)) - at)
        while any(shown in line for line in terminal.lines):
            terminal.send("\x1b")
            terminal.draw(0.5)
    return times


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def report(name: str, times: list[float], most_s: float = MOST_KEY_S) -> bool:
    """Print the figures of some times; whether they are within the limit."""
    p99 = percentile(times, 0.99)
    say(f"{name:<34} n {len(times):>3}  p50 {percentile(times, 0.5) * 1e3:5.1f} ms  p99 {p99 * 1e3:5.1f} ms")
    return p99 < most_s


def at_work(terminal: Terminal, name: str, seconds: float) -> bool:
    """Print what the running desk costs over a stretch; whether it is within the limits."""
    written, frames = terminal.written, terminal.frames
    share = share_of_core(terminal, seconds)
    rate, shown = (terminal.written - written) / seconds / 1_000, (terminal.frames - frames) / seconds
    clock = terminal.lines[0].split()[0]
    say(f"{name}: {shown:.1f} frames/s, {share:.1%} of a core, {rate:.1f} kB/s written; the clock says {clock}")
    return share < MOST_SHARE and rate < MOST_KB_S and shown > LEAST_FRAMES


def at_the_desk(level: str, data: Path, keys: str) -> Terminal:
    """The program with the desk open and some keys pressed."""
    terminal = Terminal("play", level, "--seed", "1", data=data)
    terminal.until_shown("take the desk")
    terminal.send("\r")
    terminal.until_shown("Altynkol")
    terminal.draw(1)
    terminal.send(keys)
    return terminal


def busy(folder: Path, seconds: float, presses: int) -> bool:
    """Forty trains at 240x."""
    level = str(many_trains(folder))
    terminal = at_the_desk(level, folder, "+++ ")
    terminal.draw(6)
    good = at_work(terminal, f"{TRAINS} trains at 240x on {COLUMNS}x{LINES}", seconds)
    terminal.stop()
    other = folder / "other"  # where no shift broke off
    other.mkdir()
    terminal = at_the_desk(level, other, " ")
    good = report("a key that moves the selection", selection_times(terminal, presses)) and good
    good = report("a menu that opens", opening_times(terminal, "2\r", ": orders", presses // 4), MOST_OPENED_S) and good
    good = (
        report("the command line", opening_times(terminal, ":", "could be meant", presses // 4), MOST_OPENED_S) and good
    )
    good = report("a key that gives an order", order_times(terminal, presses // 4)) and good
    terminal.stop()
    return good


def graph(folder: Path, seconds: float) -> bool:
    """The train graph of a full line over the whole screen."""
    terminal = at_the_desk(str(busy_line(folder)), folder, "6z++++ ")
    terminal.draw(STRETCH_S)  # until the line is full
    good = at_work(terminal, "the train graph over the whole screen at 240x", seconds)
    terminal.stop()
    return good


def memory(folder: Path, hours: float) -> bool:
    """A shift left running at 240x: what the program holds after a quarter of it, and at its end."""
    level = many_trains(folder)
    level.write_text(
        level.read_text(encoding="utf-8").replace("length_min = 315", "length_min = 600"), encoding="utf-8"
    )
    terminal = at_the_desk(str(level), folder, "+++ ")
    seconds = hours * 3_600 / 240
    held = []
    for share in (0.25, 0.75):
        terminal.until_late(seconds * share)
        held.append(terminal.held_mb())
    clock = terminal.lines[0].split()[0]
    terminal.stop()
    say(
        f"{hours:g} hours at 240x: {held[0]:.1f} MB held after a quarter, {held[1]:.1f} MB at the end; the clock says {clock}"
    )
    return held[1] - held[0] < MOST_GROWTH_MB


def start(folder: Path, times: int) -> bool:
    """From the command to the first full screen, as a multiple of what an empty program takes, one after the other in turn."""
    ours, empty = [], []
    for number in range(times):
        own = folder / f"start-{number}"
        own.mkdir()
        terminal = Terminal("-c", EMPTY, data=own)
        empty.append(terminal.until_shown("here"))
        terminal.stop()
        terminal = Terminal("play", "fifty-five-minutes", "--seed", "1", data=own)
        ours.append(terminal.until_shown("take the desk"))
        terminal.stop()
    ratio = percentile(ours, 0.5) / percentile(empty, 0.5)
    say(
        f"start: {percentile(ours, 0.5):.2f} s, an empty program {percentile(empty, 0.5):.2f} s: "
        f"{ratio:.2f} times as long (best of each: {min(ours) / min(empty):.2f})"
    )
    return ratio < MOST_START


_ANSWERS = ("what is expected", "would be refused", "nothing changes", "in all")


def asked(folder: Path, times: int) -> bool:
    """What if, on the level that takes longest, from its begin to late in the shift."""
    terminal = at_the_desk("single-line", folder, "")
    found = []
    for number in range(times):
        terminal.send("n")
        terminal.draw(1)
        terminal.send(":")
        terminal.draw(0.5)
        terminal.send("what-if hold 2601" if number % 2 else "what-if")
        terminal.draw(0.5)
        at = terminal.send("\r")
        found.append(terminal.until_shown(*_ANSWERS, since=at))
        while any("escape" in line for line in terminal.lines):
            terminal.send("\x1b")
            terminal.draw(0.5)
    terminal.stop()
    return report("what if", found, MOST_ANSWER_S)


PARTS = ("busy", "graph", "start", "what-if", "memory")


def main() -> int:
    """Run the parts and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=STRETCH_S)
    arguments.add_argument("--presses", type=int, default=120)
    arguments.add_argument("--hours", type=float, default=8.0, help="simulated, of the part that looks at memory")
    arguments.add_argument("--part", choices=PARTS, action="append")
    options = arguments.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as name:
        for part in options.part or PARTS:
            folder = Path(name) / part
            folder.mkdir()
            match part:
                case "busy":
                    good = busy(folder, options.seconds, options.presses) and good
                case "graph":
                    good = graph(folder, options.seconds) and good
                case "start":
                    good = start(folder, 7) and good
                case "memory":
                    good = memory(folder, options.hours) and good
                case _:
                    good = asked(folder, 8) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
