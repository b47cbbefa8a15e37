"""Known runs: a change that moves a digest is a new engine version, or another level, and must say so."""

import json
from pathlib import Path

from conftest import shipped

from corridor_tui import ENGINE
from corridor_tui.session.shift import play

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))


def test_known_runs_give_their_known_events() -> None:
    assert GOLDEN["engine"] == ENGINE
    assert {name: shipped(name).digest for name in GOLDEN["levels"]} == GOLDEN["levels"]
    for run, digest in GOLDEN["runs"].items():
        level, seed, dispatcher = run.split()
        assert play(shipped(level), int(seed), dispatcher).digest == digest, run
