"""How long it takes to look back: .venv/bin/python tests/bench/debrief.py [LEVEL [SEED]]

Wanted: any second of a replay within 200 ms, the desk taken over there within a second, and what the decisions of a run of
a hundred orders were worth within 20 s on two cores. The seconds of all processes together are told too: where the
machine is busy with other things, half of them is what two free cores would take. Exits 1 where one of them takes longer.
"""

import resource
import sys
import time
from pathlib import Path
from queue import SimpleQueue
from random import Random

from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result
from corridor_tui.session.run import rebuild
from corridor_tui.session.valuing import PROCESSES, Progress, Valuing

MOST_S = 20.0
MOST_JUMP_S, MOST_BRANCH_S = 0.2, 1.0
JUMPS = 60


def main(name: str = "single-line", seed: str = "1") -> bool:
    """Measure and print it; whether it is soon enough."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from played import played

    result, heard = played(name, int(seed)), SimpleQueue[Progress]()
    run, jump_s, branch_s = result.run, *look_back(result)
    print(f"{name}: a jump {jump_s * 1_000:.0f} ms at the most, the desk taken over in {branch_s * 1_000:.0f} ms")
    began = time.perf_counter()
    with Valuing(run, heard.put):
        while not (come := heard.get()).over:
            pass
    took = time.perf_counter() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = children.ru_utime + children.ru_stime
    print(f"{name}: {run.heard} orders, {len(come.worths)} decisions, {took:.1f} s, {spent:.1f} s of processors")
    return spent / PROCESSES < MOST_S and jump_s < MOST_JUMP_S and branch_s < MOST_BRANCH_S


def look_back(result: Result) -> tuple[float, float]:
    """The longest jump to and fro, and the longest taking over of the desk, in seconds of the processor."""
    replay, draws = Replay.of(result), Random(1)
    jumps, branches = [], []
    for _ in range(JUMPS):
        began = time.process_time()
        replay.jump(draws.randrange(1, replay.end_s))
        jumps.append(time.process_time() - began)
        if replay.now_s <= replay.played_s:
            began = time.process_time()
            rebuild(replay.branch("Aigul", 1))
            branches.append(time.process_time() - began)
    return max(jumps), max(branches)


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
