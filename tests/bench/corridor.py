"""How fast the corridor is without a screen: microseconds a container moved and cleared, set against a lean yardstick.

    python tests/bench/corridor.py [--trains 20] [--rounds 5]
    python tests/bench/corridor.py --days 12 [--rounds 9]     so many days of the level of a year instead, with its peak memory

The yardstick is a SimPy program that does comparable work; it and the corridor run in turn, and the ratio is what
counts. Nothing here is a test: machines differ, and ratios are read by people.
"""

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import unattended

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "yardstick" / "year.py"
MOST_RATIO = 4.0
MOST_RATIO_OF_A_YEAR = 2.0


def busy_day(trains: int) -> Level:
    """A day of container trains, an even gap apart, with wagons, locomotives, tracks and officers enough; nothing else happens."""
    document = load(ROOT / "levels" / "fifty-five-minutes.toml").model_dump()
    named = next(train for train in document["trains"] if train["number"] == "X8043")
    gap = 1_380 // trains
    clock = [f"{(8 + minute // 60) % 24:02d}:{minute % 60:02d}" for minute in range(1_440)]
    document["trains"] = [
        {
            **named,
            "number": f"X{number:03d}",
            "title": None,
            "papers": "electronic",
            "flagged": None,
            "scripted": (),
            "at": clock[number * gap],
            "due": clock[min(1_439, number * gap + 300)],
        }
        for number in range(trains)
    ]
    document["rakes"] = [
        {**document["rakes"][0], "id": f"R{n}", "track": None, "park": "zhetygen"} for n in range(trains)
    ]
    document["shift"].update(length_min=1_440)
    document["shift"]["start"] = "08:00"
    document["locomotives"] = [{**pool, "count": 20} for pool in document["locomotives"]]
    document["staff"] = dict.fromkeys(document["staff"], 6)
    document["customs"].update(officers=16, cases={"errors": None, "lookalikes": None})
    document["lines"][2].update(
        paths=[], speed_kmh=160.0, tracks=[{"id": f"main-{n}", "gauge": 1520, "sections": 2} for n in (1,)]
    )
    for told_of_trains in ("objectives", "disruptions", "hints"):
        document[told_of_trains] = []
    return Level.model_validate(document)


def days_of_the_year(days: int) -> Level:
    """The first days of the level of a year."""
    document = load(ROOT / "levels" / "a-million.toml").model_dump()
    document["shift"]["length_min"] = days * 1_440
    return Level.model_validate(document)


def corridor_us(level: Level) -> tuple[float, int]:
    """Process seconds a container of one run under the reference, in microseconds; and the containers that left."""
    began = time.process_time()
    shift = unattended(resolve(level, 1), "reference")
    spent = time.process_time() - began
    return spent / max(1, shift.view.out_boxes) * 1e6, shift.view.out_boxes


def peak_mib() -> float:
    """The most memory this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def yardstick_us(containers: int) -> float:
    """The same of the yardstick, in its own process."""
    done = subprocess.run([sys.executable, str(YARDSTICK), str(containers)], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["us_a_container"])


def whole_process_s(rounds: int) -> float:
    """Median wall seconds of `corridor run fifty-five-minutes --dispatcher reference`, process start included."""
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "corridor_tui", "run", "fifty-five-minutes", "--dispatcher", "reference"],
            check=True, capture_output=True, cwd=ROOT,
        )  # fmt: skip
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trains", type=int, default=20, help="container trains in the day")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, help="so many days of the level of a year instead of one busy day")
    wanted = parser.parse_args()
    level, ratios = busy_day(wanted.trains) if wanted.days is None else days_of_the_year(wanted.days), []
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)  # as the command line does
    for _ in range(wanted.rounds):
        gc.collect()  # a run is a ring of things: what the last one held is not this one's
        ours, containers = corridor_us(level)
        if not YARDSTICK.exists():
            print(f"corridor {ours:.1f} us a container ({containers} containers); there is no yardstick at {YARDSTICK}")
            continue
        theirs = yardstick_us(50_000)
        ratios.append(ours / theirs)
        print(
            f"corridor {ours:6.1f} us a container ({containers})   yardstick {theirs:5.2f}   ratio {ours / theirs:5.2f}"
        )
    most = MOST_RATIO if wanted.days is None else MOST_RATIO_OF_A_YEAR
    if ratios:
        print(f"median ratio {statistics.median(ratios):.2f} (wanted: at most {most:g})")
    if wanted.days is not None:
        print(f"peak memory {peak_mib():.0f} MiB (wanted: under 200, and the same for more days)")
        return
    print(
        f"`corridor run fifty-five-minutes --dispatcher reference`: {whole_process_s(wanted.rounds):.2f} s (wanted: under 1)"
    )


if __name__ == "__main__":
    main()
