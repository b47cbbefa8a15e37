"""How long the decisions of a run take to be valued: .venv/bin/python tests/bench/debrief.py [LEVEL [SEED]]

Wanted: a run of a hundred orders within 20 s on two cores. The seconds of all processes together are told too: where the
machine is busy with other things, half of them is what two free cores would take. Exits 1 where that is more.
"""

import resource
import sys
import time
from pathlib import Path
from queue import SimpleQueue

from corridor_tui.session.valuing import PROCESSES, Progress, Valuing

MOST_S = 20.0


def main(name: str = "single-line", seed: str = "1") -> bool:
    """Measure and print it; whether it is soon enough."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from played import played

    run, heard = played(name, int(seed)).run, SimpleQueue[Progress]()
    began = time.perf_counter()
    with Valuing(run, heard.put):
        while not (come := heard.get()).over:
            pass
    took = time.perf_counter() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = children.ru_utime + children.ru_stime
    print(f"{name}: {run.heard} orders, {len(come.worths)} decisions, {took:.1f} s, {spent:.1f} s of processors")
    return spent / PROCESSES < MOST_S


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
