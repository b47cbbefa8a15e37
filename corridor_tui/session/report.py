"""A finished run as plain data: one JSON object, and its event log as JSON Lines."""

import json
from dataclasses import asdict
from typing import TextIO

from corridor_tui.corridor.events import Listener
from corridor_tui.level.model import Level
from corridor_tui.session.outcome import Outcome


def report(level: Level, outcome: Outcome) -> dict[str, object]:
    """The run's result; unknown times and values are None."""
    score = outcome.score
    return {
        "level": outcome.level,
        "seed": outcome.seed,
        "dispatcher": outcome.dispatcher,
        "engine": outcome.engine,
        "digest": outcome.digest,
        "shift_s": level.shift_s,
        "trains_in": score.trains_in,
        "trains_out": score.trains_out,
        "containers_out": score.containers_out,
        "score": {
            "total": score.total if score.scaled else None,
            "safety": score.safety,
            "losses": {part: round(loss, 2) for part, loss in asdict(score.losses).items()},
            "stars": score.stars if score.scaled else None,
        },
        "measures": score.measures,
        "objectives": [
            {"id": goal.id, "measure": goal.measure, "value": goal.value, "target": goal.target, "met": goal.met}
            for goal in score.objectives
        ],
        "trains": [asdict(line) for line in score.trains],
    }


def to_file(file: TextIO) -> Listener:
    """Have every event written to a file as a line: one JSON object with its second, code and arguments."""
    return lambda event: print(json.dumps({"t": event.t, "code": event.code, "args": event.args}), file=file)
