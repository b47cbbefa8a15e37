"""How much the desk costs and how fast it answers: the real program on a pty, bytes included.

Run by hand: `python tests/bench/screen.py`, or one part of it: `--part start`. Forty trains run at 240x on 160x50, with dispatchers at two
desks, and fifty-five-minutes on 120x40 with the trainee at all of them: printed are frames a second, the share of one core, what is
written, and the time from a key to its effect on the screen; then the same of the train graph of a full line; what a shift of eight
hours that is left running holds in memory; the start as a multiple of an empty Textual program's in the same run; and how long an
answer to "what if" takes. Each figure stands beside its limit; exits 1 where one is missed. On a machine that does other things
besides the figures are too high, so how busy it is stands at the head.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from program import LARGE, ROOT, Size, Terminal

NORMAL: Size = (120, 40)
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


def coached(folder: Path) -> Path:
    """Fifty-five minutes as it is, but with a coach, so that one key gives an order."""
    text = (ROOT / "levels" / "fifty-five-minutes.toml").read_text(encoding="utf-8")
    path = folder / "coached.toml"
    path.write_text(text.replace("coach = false", "coach = true"), encoding="utf-8")
    return path


def many_trains(folder: Path) -> Path:
    """The same with so many trains, and dispatchers at the dispatch and terminal desks."""
    text = coached(folder).read_text(encoding="utf-8")
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
    path.write_text(f"{head}[briefing]{rest}\n" + "\n".join(more) + desks, encoding="utf-8")
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


def _chosen(lines: list[str]) -> list[str]:
    """The numbers of the trains that are chosen."""
    return [line[:8] for line in lines if line[0] == "▸"]


def selection_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from a key that moves the selection to its effect, while the shift runs."""
    times: list[float] = []
    for number, key in zip(range(2 * presses), cycle("jjjjkkkk"), strict=False):
        terminal.draw(0.09 + 0.013 * (number % 7))
        at = terminal.send(key)
        with suppress(TimeoutError):  # the end of the list: trains change their places in it
            times.append(terminal.until_changed(_chosen, 0.5, at) - at)
        if len(times) >= presses:
            return times
    raise TimeoutError("keys had no effect")


def _answer(lines: list[str]) -> str:
    """What was last answered to an order."""
    return next((line for line in lines if line.lstrip().startswith(("✓", "✕", "nothing is proposed"))), "")


def _runs(terminal: Terminal) -> bool:
    """Whether the desk is still there and its shift not over; while a line is written on the clock may stand."""
    return "Altynkol" in terminal.lines[0] and "PAUSED" not in terminal.lines[0]


def proposed_times(terminal: Terminal, presses: int) -> list[float]:
    """Seconds from the key that gives the proposed order to its answer, while the shift runs."""
    times: list[float] = []
    number = 0
    while len(times) < presses and _runs(terminal):
        number += 1
        terminal.draw(0.09 + 0.017 * (number % 5))
        at = terminal.send("c")
        with suppress(TimeoutError):  # nothing is proposed, as it was before
            answered = terminal.until_changed(_answer, 0.3, at)
            if _answer(terminal.lines):  # else the shift is over, and its end took the last answer away
                times.append(answered - at)
    return times


def _offers(lines: list[str], word: str) -> bool:
    """Whether an open menu has an order that would be accepted."""
    return any(f"  {word} " in line and "✕" not in line for line in lines)


def picked_times(terminal: Terminal, presses: int, consignments: list[str]) -> list[float]:
    """Seconds from the letter that gives an order from a menu, the release of a consignment, to its answer on the desk."""
    times: list[float] = []
    for name in consignments:  # once each: most are released then, and the clock stands while a menu is open
        if len(times) == presses or not _runs(terminal):
            break
        with suppress(TimeoutError):  # it is not lodged yet, or the shift ends meanwhile
            terminal.send(f":{name}\r")
            terminal.until_shown(f"{name} is chosen", most_s=1.0)
            terminal.send("\r")
            terminal.until_shown(f"{name}: orders", most_s=3.0)
            terminal.draw(0.1 + 0.017 * (len(times) % 5))
            if _offers(terminal.lines, "release"):
                at = terminal.send("r")
                times.append(terminal.until_changed(_answer, 0.5, at) - at)
            else:
                terminal.send("\x1b")
        terminal.draw(0.1)
    return times


def written_times(terminal: Terminal, presses: int, trains: Iterator[str], letters: list[float]) -> list[float]:
    """Seconds from the key that gives a written order to its answer on the desk, while the shift runs; to `letters` are added
    those from the first letter, with which every order is looked through, to where it stands on the line.
    """
    times: list[float] = []
    while len(times) < presses and _runs(terminal):
        order = f"hold {next(trains)}"
        with suppress(TimeoutError):  # the shift may end meanwhile
            terminal.send(":")
            terminal.until_shown("could be meant")
            terminal.draw(0.1)
            at = terminal.send(order[0])
            letters.append(terminal.until_shown(f"▊  {order[0]}", since=at))
            terminal.send(order[1:])
            terminal.until_shown(f"▊  {order} ")
            terminal.draw(0.1 + 0.017 * (len(times) % 5))
            at = terminal.send("\r")
            times.append(terminal.until_shown(f"✓ {order} back", f"✕ refused: {order} back", most_s=3.0, since=at))
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
    """Print the figures of some times beside their limit; whether they are within it."""
    middle, p99 = percentile(times, 0.5) * 1e3, percentile(times, 0.99) * 1e3
    say(f"  {name:<38} n {len(times):>3}  p50 {middle:5.1f} ms  p99 {p99:5.1f} ms, at most {most_s * 1e3:.0f}")
    return p99 < most_s * 1e3


def at_work(terminal: Terminal, name: str, seconds: float) -> bool:
    """Print what the running desk costs over a stretch, beside the limits; whether it is within them."""
    written, frames = terminal.written, terminal.frames
    share = share_of_core(terminal, seconds)
    rate, shown = (terminal.written - written) / seconds / 1_000, (terminal.frames - frames) / seconds
    clock = terminal.lines[0].split()[0]
    say(f"{name}; the clock says {clock}")
    say(
        f"  {shown:.1f} frames/s, at least {LEAST_FRAMES:.0f}; {share:.1%} of a core, at most {MOST_SHARE:.0%}; "
        f"{rate:.1f} kB/s written, at most {MOST_KB_S:.0f}"
    )
    return share < MOST_SHARE and rate < MOST_KB_S and shown > LEAST_FRAMES


def at_the_desk(level: str, data: Path, keys: str, size: Size = LARGE, seed: int = 1) -> Terminal:
    """The program with the desk open and some keys pressed."""
    terminal = Terminal("play", level, "--seed", str(seed), data=data, size=size)
    terminal.until_shown("take the desk")
    terminal.send("\r")
    terminal.until_shown("welcome at the desk")
    terminal.draw(1)
    terminal.send(keys)
    return terminal


def shifts(level: Path, folder: Path, size: Size) -> Generator[Terminal, None, None]:
    """The desk at 240x, of one seed after another; each in a folder of its own, where no shift broke off."""
    for seed in range(1, 100):
        own = folder / f"{level.stem}-{seed}"
        own.mkdir()
        terminal = at_the_desk(str(level), own, "+++ ", size, seed)
        terminal.draw(2)
        yield terminal
        terminal.stop()


def answers(level: Path, folder: Path, size: Size, presses: int) -> bool:
    """How fast the desk answers keys at 240x, over as many shifts as that takes: one is over in a minute."""
    numbers = re.findall(r'^number = "(\w+)"', level.read_text(encoding="utf-8"), re.MULTILINE)
    trains = cycle(numbers)
    consignments = [f"{train}-{number:02d}" for number in range(1, 9) for train in numbers[:2]]
    few = presses // 4
    desks = shifts(level, folder, size)
    good = report("a key that moves the selection", selection_times(next(desks), presses))
    opened = opening_times(next(desks), "2\r", ": orders", few)
    good = report("a menu that opens", opened, MOST_OPENED_S) and good
    opened = opening_times(next(desks), ":", "could be meant", few)
    good = report("the command line", opened, MOST_OPENED_S) and good
    proposed: list[float] = []
    while len(proposed) < presses:
        proposed += proposed_times(next(desks), presses - len(proposed))
    picked: list[float] = []
    while len(picked) < few:
        picked += picked_times(next(desks), few - len(picked), consignments)
    written: list[float] = []
    letters: list[float] = []
    while len(written) < presses:
        written += written_times(next(desks), presses - len(written), trains, letters)
    desks.close()
    good = report("a key that gives the proposed order", proposed) and good
    good = report("a letter that gives an order of a menu", picked) and good
    good = report("the first letter on the command line", letters) and good
    return report("enter that gives a written order", written) and good


def busy(folder: Path, seconds: float, presses: int) -> bool:
    """Forty trains on a large screen, and fifty-five-minutes on a normal one, at 240x."""
    good = True
    for name, level, size in (
        (f"{TRAINS} trains", many_trains(folder), LARGE),
        ("fifty-five-minutes", coached(folder), NORMAL),
    ):
        own = folder / f"at-work-{size[0]}"
        own.mkdir()
        terminal = at_the_desk(str(level), own, "+++ ", size)
        terminal.draw(6)
        good = at_work(terminal, f"{name} at 240x on {size[0]}x{size[1]}", seconds) and good
        terminal.stop()
        good = answers(level, folder, size, presses) and good
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
    text, length_min = level.read_text(encoding="utf-8"), max(600, int(hours * 60) + 60)
    level.write_text(
        re.sub(r"^length_min = \d+", f"length_min = {length_min}", text, flags=re.MULTILINE), encoding="utf-8"
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
    """From the command to the first full screen, as a multiple of what an empty program takes, one after the other in turn.

    Both from compiled modules, as an installation has them; the first start of each makes these and does not count.
    """
    ours, empty = [], []
    for number in range(times + 1):
        own = folder / f"start-{number}"
        own.mkdir()
        terminal = Terminal("-c", EMPTY, data=own, compiled=folder)
        empty.append(terminal.until_shown("here"))
        terminal.stop()
        terminal = Terminal("play", "fifty-five-minutes", "--seed", "1", data=own, compiled=folder)
        ours.append(terminal.until_shown("take the desk"))
        terminal.stop()
    ours, empty = ours[1:], empty[1:]
    ratio = percentile(ours, 0.5) / percentile(empty, 0.5)
    say(
        f"start: {percentile(ours, 0.5):.2f} s, an empty program {percentile(empty, 0.5):.2f} s: {ratio:.2f} times as long, "
        f"at most {MOST_START:g} (best of each: {min(ours) / min(empty):.2f})"
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
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
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
                    good = start(folder, 11) and good
                case "memory":
                    good = memory(folder, options.hours) and good
                case _:
                    good = asked(folder, 8) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
