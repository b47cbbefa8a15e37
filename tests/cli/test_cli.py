"""The command line, as a user meets it: the installed program in its own process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LEVELS, ROOT

from corridor_tui import ENGINE


def corridor(*args: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "corridor_tui", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "140", **env},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_help_names_every_command_and_gives_an_example() -> None:
    text = corridor("--help").stdout
    for command in ("play", "levels", "check", "preview", "run", "schema"):
        assert command in text
    assert "corridor play first-train" in text


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("run", "--help")])
def test_short_answers_do_not_wait_for_textual(args: tuple[str, ...]) -> None:
    code = f"import sys\nsys.argv = ['corridor', *{args!r}]\nfrom corridor_tui.cli import app\ntry:\n    app()\nexcept SystemExit:\n    pass\nsys.exit(3 if 'textual' in sys.modules else 0)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_run_prints_one_json_object_with_all_it_promises() -> None:
    result = json.loads(
        corridor("run", "fifty-five-minutes", "--seed", "4", "--dispatcher", "reference", "--json").stdout
    )
    assert list(result) == [
        "level", "seed", "dispatcher", "engine", "digest", "shift_s", "trains_in", "trains_out", "containers_out", "score",
        "measures", "objectives", "trains",
    ]  # fmt: skip
    assert (result["level"], result["seed"], result["dispatcher"], result["engine"]) == (
        "fifty-five-minutes",
        4,
        "reference",
        ENGINE,
    )
    assert result["shift_s"] == 18_000
    assert set(result["score"]) == {"total", "safety", "losses", "stars"}
    assert set(result["score"]["losses"]) == {"time", "detection", "resources"}
    goal = next(goal for goal in result["objectives"] if goal["id"] == "fifty-five")
    assert set(goal) == {"id", "measure", "value", "target", "met"}
    assert goal["target"] == 55
    assert {train["number"] for train in result["trains"]} == {"X8041", "X8043", "X8045", "2402"}
    assert set(result["trains"][0]) == {
        "number", "arrived_s", "transfer_start_s", "transfer_end_s", "cleared_s", "departed_s", "containers",
    }  # fmt: skip
    through = next(train for train in result["trains"] if train["number"] == "2402")
    assert through["transfer_start_s"] is None


def test_the_fifty_five_of_the_events_is_the_fifty_five_of_the_objective(tmp_path: Path) -> None:
    """From the event log alone: first lift of X8043 to the last box that left on its rake being loaded and released."""
    path = tmp_path / "events.jsonl"
    shown = corridor("run", "fifty-five-minutes", "--seed", "2", "--json", "--events", str(path)).stdout
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rake = next(event["args"][1] for event in events if event["code"] == "paired" and event["args"][0] == "X8043")
    left = next(event["t"] for event in events if event["code"] == "departed" and event["args"][0] == rake)
    onto: dict[str, int] = {}
    first = None
    for event in events:
        if event["t"] > left:
            break
        if event["code"] == "lifting" and event["args"][2] == rake and first is None:
            first = event["t"]
        if event["code"] == "lifted":
            onto.pop(event["args"][1], None)
            if event["args"][2] == rake:
                onto[event["args"][1]] = event["t"]
    released = [event["t"] for event in events if event["code"] == "released" and event["args"][0].startswith("X8043-")]
    value = next(goal["value"] for goal in json.loads(shown)["objectives"] if goal["id"] == "fifty-five")
    assert first is not None
    assert value == pytest.approx((max(*onto.values(), *released) - first) / 60, abs=0.01)


def test_run_prints_a_table_for_people() -> None:
    text = corridor("run", "first-train", "--dispatcher", "novice").stdout
    assert "objective" in text
    assert "X8001" in text


def test_check_passes_good_levels_and_names_every_error_of_bad_ones(tmp_path: Path) -> None:
    good = corridor("check", *(str(path) for path in sorted(LEVELS.glob("*.toml"))))
    assert "decisions/min" in good.stdout
    bad = tmp_path / "bad.toml"
    spoiled = (LEVELS / "first-train.toml").read_text(encoding="utf-8").replace("feu = 30", "feu = -3")
    bad.write_text(spoiled, encoding="utf-8")
    line = spoiled.split("\n").index("feu = -3") + 1
    lines = corridor("check", str(bad), str(tmp_path / "none.toml"), code=1).stdout
    assert f"{bad}:{line}:7: -3 is out of bounds" in lines
    assert "none.toml:1:1: there is no file" in lines


def test_unknown_names_get_a_hint_and_no_stack_trace() -> None:
    assert "did you mean first-train?" in corridor("run", "frist-train", code=2).stderr
    assert (
        "there are do-nothing, novice, reference" in corridor("run", "first-train", "--dispatcher", "x", code=2).stderr
    )
    assert "cannot be written" in corridor("run", "first-train", "--events", "/nowhere/x", code=2).stderr


def test_preview_shows_the_instructor_what_is_in_store() -> None:
    text = corridor("preview", "first-train", "--seed", "1").stdout
    assert "error" in text
    assert "lookalike" in text


def test_levels_shows_the_levels_and_schema_is_json() -> None:
    assert "Fifty-five minutes" in corridor("levels").stdout
    assert json.loads(corridor("schema").stdout)["title"] == "corridor_tui level"


def test_play_without_a_terminal_says_so() -> None:
    assert "needs a terminal" in corridor("play", "first-train", code=2).stderr


def test_a_trainees_name_cannot_drive_the_terminal() -> None:
    done = corridor("play", "first-train", "--trainee", "x\x1b[31m", code=2)
    assert "control character U+001B" in done.stderr
    assert "\x1b" not in done.stderr
