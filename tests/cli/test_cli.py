"""The command line, as a user meets it: the installed program in its own process."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from conftest import LEVELS, ROOT, shipped
from played import played
from terminals import corridor

from corridor_tui import ENGINE, __version__
from corridor_tui.cli import COMMANDS
from corridor_tui.instructor.load import load_figures
from corridor_tui.instructor.preview import preview
from corridor_tui.level.load import load
from corridor_tui.records.store import Records, default_path
from corridor_tui.scenario.rules import family
from corridor_tui.session.wording import clock


def test_help_names_every_command_and_gives_an_example() -> None:
    text = corridor("--help").stdout
    for command in COMMANDS:
        assert command in text
    assert "corridor play first-train" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    assert re.search(rf"Examples?:\s+corridor {command}\b", corridor(command, "--help").stdout)


def test_the_version_names_the_engine() -> None:
    assert corridor("--version").stdout == f"corridor {__version__} (engine {ENGINE})\n"


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("run", "--help"), ("play", "--help")])
def test_short_answers_load_neither_the_screen_nor_the_simulation(args: tuple[str, ...]) -> None:
    code = f"import sys\nsys.argv = ['corridor', *{args!r}]\nfrom corridor_tui.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\nsys.exit(3 if {{'textual', 'simpy', 'sqlalchemy'}} & set(sys.modules) else 0)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "args", [("fly",), ("run",), ("run", "first-train", "--sed", "1"), ("levels", "--levels", "none")]
)
def test_a_command_line_that_makes_no_sense_ends_with_2(args: tuple[str, ...]) -> None:
    assert corridor(*args, code=2).stderr


@pytest.mark.parametrize("seed", ["-1", "many", str(2**53)])
def test_a_seed_is_a_whole_number_within_bounds(seed: str) -> None:
    assert "--seed" in corridor("run", "first-train", "--seed", seed, code=2).stderr


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
    assert result["shift_s"] == 19_800
    assert set(result["score"]) == {"total", "safety", "losses", "stars"}
    assert set(result["score"]["losses"]) == {"time", "detection", "resources"}
    assert all(type(loss) is float for loss in (*result["score"]["losses"].values(), result["score"]["safety"]))
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


def test_check_takes_the_names_of_shipped_levels_and_warns_of_unknown_ones() -> None:
    text = corridor("check", "first-train", "frist-train", code=1).stdout
    assert "decisions/min" in text
    assert "frist-train:1:1: there is no level frist-train; did you mean first-train?" in text


def test_check_tells_the_load_on_several_seeds_and_what_is_wrong_on_which(tmp_path: Path) -> None:
    slow = tmp_path / "slow.toml"
    spoiled = (
        (LEVELS / "first-train.toml").read_text(encoding="utf-8").replace("default_speed = 30", "default_speed = 10")
    )
    slow.write_text(spoiled, encoding="utf-8")
    text = corridor("check", str(slow), "--seeds", "2").stdout
    figures = [load_figures(load(slow), seed) for seed in (1, 2)]
    low, high = sorted(one.decisions_per_min for one in figures)
    assert f"{low:.1f}-{high:.1f}" in text
    assert f"{round(max(one.longest_dead_s for one in figures))} s" in text
    for seed, one in enumerate(figures, 1):
        assert f"slow.toml, seed {seed}: {one.faults[0]}" in " ".join(text.split())


def test_a_broken_level_is_not_played_and_its_errors_are_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1\nid = 7\n", encoding="utf-8")
    for command in ("play", "run", "preview"):
        assert f"{bad}:2:6: " in corridor(command, str(bad), code=1).stderr


def test_unknown_names_get_a_hint_and_no_stack_trace() -> None:
    assert "did you mean first-train?" in corridor("run", "frist-train", code=2).stderr
    assert "there is no file ./none.toml" in corridor("run", "./none.toml", code=2).stderr
    assert (
        "there are do-nothing, novice, reference" in corridor("run", "first-train", "--dispatcher", "x", code=2).stderr
    )


def test_the_event_log_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    assert "cannot be written" in corridor("run", "first-train", "--events", str(tmp_path / "no" / "x"), code=2).stderr
    assert "cannot be written" in corridor("run", "first-train", "--events", str(tmp_path), code=2).stderr
    path = tmp_path / "events.jsonl"
    path.write_text("of yesterday", encoding="utf-8")
    corridor("run", "first-train", "--events", str(path))
    assert [entry.name for entry in tmp_path.iterdir()] == ["events.jsonl"]
    assert set(json.loads(path.read_text(encoding="utf-8").splitlines()[0])) == {"t", "code", "args"}


def test_the_event_log_can_be_standard_output_alone_and_the_tables_are_told_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    told = corridor("run", "first-train", "--events", str(path)).stdout
    done = corridor("run", "first-train", "--events", "-")
    assert done.stdout == path.read_text(encoding="utf-8")
    assert done.stderr == told
    assert not (ROOT / "-").exists()
    assert (
        "only one thing can go to standard output"
        in corridor("run", "first-train", "--events", "-", "--json", code=2).stderr
    )
    assert "`-`: to standard output" in " ".join(corridor("run", "--help").stdout.split())


def test_who_reads_only_the_first_events_is_told_nothing() -> None:
    """Of a log longer than a pipe holds (64 kB), so that it cannot all be written before the reader is gone."""
    command = f"{sys.executable} -m corridor_tui run eight-cities --no-baselines --events - | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert set(json.loads(done.stdout)) == {"t", "code", "args"}
    assert done.stderr == ""


def test_the_event_log_can_go_into_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        corridor("run", "first-train", "--events", str(pipe))
        text, _ = reader.communicate()
    assert json.loads(text.splitlines()[-1])["code"]
    assert pipe.is_fifo()


def test_preview_shows_the_instructor_what_is_in_store() -> None:
    text = corridor("preview", "first-train", "--seed", "1").stdout
    seen = preview(shipped("first-train"), 1)
    for item in seen.consignments:
        assert (item.id in text) == item.notable
    assert {"error", "lookalike"} <= {item.kind for item in seen.consignments}
    assert all(f"{item.kind}: {family(item.family).split()[0]}" in text for item in seen.consignments if item.family)
    late = next(
        train for train in preview(shipped("fifty-five-minutes"), 1).trains if train.offered_s > train.planned_s
    )
    shown = clock(shipped("fifty-five-minutes").start_s, late.offered_s)
    assert re.search(rf"{late.number}.*{shown}", corridor("preview", "fifty-five-minutes", "--seed", "1").stdout)


def test_levels_shows_the_levels_and_ones_best_results(tmp_path: Path) -> None:
    result = played("first-train", 1, "reference")
    Records(default_path(tmp_path)).keep(result)
    text = corridor("levels", "--trainee", "Aigul", CORRIDOR_DATA=str(tmp_path)).stdout
    assert "Fifty-five minutes" in text
    assert re.search(rf"first-train.*{result.score.total:.1f}.*★", text)
    assert "★" not in corridor("levels", "--trainee", "Marat", CORRIDOR_DATA=str(tmp_path)).stdout
    assert str(tmp_path) in text


def test_levels_of_ones_own_stand_on_the_shelf(tmp_path: Path) -> None:
    own = (LEVELS / "first-train.toml").read_text(encoding="utf-8").replace('id = "first-train"', 'id = "mine"')
    (tmp_path / "mine.toml").write_text(own, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("format = 1\n", encoding="utf-8")
    done = corridor("levels", "--levels", str(tmp_path))
    assert "mine" in done.stdout
    assert "broken.toml has errors; `corridor check` names them" in done.stderr
    shown = corridor("run", "mine", "--levels", str(tmp_path), "--json").stdout
    assert json.loads(shown)["level"] == "mine"


def test_results_that_cannot_be_read_are_one_line_and_the_levels_are_shown(tmp_path: Path) -> None:
    default_path(tmp_path).write_bytes(b"no database " * 100)
    done = corridor("levels", CORRIDOR_DATA=str(tmp_path))
    assert "first-train" in done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert "results cannot be read" in done.stderr


def test_texts_of_a_level_are_printed_as_they_stand(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.toml"
    text = (LEVELS / "first-train.toml").read_text(encoding="utf-8")
    hostile.write_text(re.sub(r"(?m)^title\.en = .*$", 'title.en = "[red]T[/x]"', text), encoding="utf-8")
    assert "[red]T[/x]" in corridor("run", str(hostile), "--dispatcher", "do-nothing").stdout
    assert "[red]T[/x]" in corridor("levels", "--levels", str(tmp_path)).stdout


def test_the_schema_is_json_and_the_one_beside_the_levels() -> None:
    schema = json.loads(corridor("schema").stdout)
    assert schema == json.loads((LEVELS / "level.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("args", [(), ("play",), ("play", "first-train")])
def test_play_without_a_terminal_says_so(args: tuple[str, ...]) -> None:
    assert "needs a terminal" in corridor(*args, code=2).stderr


@pytest.mark.parametrize(
    ("name", "word"), [("x\x1b[31m", "U+001B"), ("", "1 to 40"), ("  ", "1 to 40"), ("货" * 21, "1 to 40")]
)
def test_a_trainees_name_is_short_and_cannot_drive_the_terminal(name: str, word: str) -> None:
    done = corridor("levels", "--trainee", name, code=2)
    assert word in done.stderr
    assert "\x1b" not in done.stderr


def test_a_login_name_that_cannot_be_shown_is_not_used() -> None:
    assert "best results of trainee" in corridor("levels", LOGNAME="x" * 41).stdout
    assert "best results of Aigul" in corridor("levels", LOGNAME="Aigul").stdout


@pytest.mark.parametrize("args", [("run", "\x1b[31mx"), ("check", "a\x9bb"), ("fly\x07",), ("run", "a", "--\x1b]0;x")])
def test_no_message_quotes_what_would_drive_the_terminal(args: tuple[str, ...]) -> None:
    done = corridor(*args, code=2)
    assert "control character U+00" in done.stderr
    assert not set("\x1b\x07\x9b") & set(done.stdout + done.stderr)


def test_what_goes_wrong_inside_is_one_plain_line_and_a_log(tmp_path: Path) -> None:
    code = (
        "import sys, corridor_tui.session.shift as shift\n"
        "def broken(*_, **_more):\n    secret = 'hunter2'\n    raise RuntimeError('axle\\x1b[31m')\n"
        "shift.play = broken\nsys.argv = ['corridor', 'run', 'first-train']\n"
        "from corridor_tui.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "CORRIDOR_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    log = tmp_path / "crash.log"
    assert done.returncode == 70
    assert done.stdout == ""
    line = f"corridor: something went wrong inside the program (RuntimeError); the details are in {log}\n"
    assert done.stderr == line
    assert "RuntimeError: axle" in log.read_text(encoding="utf-8")
    assert "run first-train" in log.read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("args", [("levels",), ("runs",), ("schema",), ("run", "first-train", "--events", "-")])
def test_a_full_disk_behind_standard_output_is_told_in_one_line(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "corridor_tui", *args], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr.decode() == "corridor: standard output cannot be written: No space left on device\n"
    assert done.returncode == 2


def _in_shell(rest: str) -> subprocess.CompletedProcess[str]:
    command = f"exec {sys.executable} -m corridor_tui {rest}"
    return subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_what_is_to_go_to_a_closed_standard_output_is_refused_before_the_run() -> None:
    done = _in_shell("run first-train --events - >&-")
    assert (done.returncode, done.stderr) == (2, "corridor: standard output cannot be written: Bad file descriptor\n")


def test_who_has_closed_standard_error_or_input_is_served_as_one_who_left_them_empty() -> None:
    heard = _in_shell("run first-train --json")
    assert heard.returncode == 0
    assert _in_shell("run first-train --json 2>&-").stdout == heard.stdout
    silent, empty = (_in_shell(f"play first-train --line --seed 1 {stdin}") for stdin in ("<&-", "</dev/null"))
    assert (silent.returncode, silent.stderr) == (0, "")
    assert "is kept" in silent.stdout
    assert silent.stdout == empty.stdout


def test_on_a_terminal_one_is_told_what_takes_a_while_and_the_answer_stays_whole() -> None:
    with pexpect.spawn(
        sys.executable,
        ["-m", "corridor_tui", "run", "first-train", "--json"],
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm"},
        dimensions=(24, 5_000),
        encoding="utf-8",
        timeout=60,
    ) as program:
        program.expect("reference plays first-train, seed 1")
        program.expect(pexpect.EOF)
        answer = str(program.before)
    assert json.loads(answer[answer.index("{") :])["level"] == "first-train"


def test_a_reader_that_leaves_early_gets_no_stack_trace() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "corridor_tui", "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(1)
        program.stdout.close()
        assert program.stderr.read() == b""


def test_check_proves_a_level_and_fails_with_reasons_where_it_does_not_separate_skill(tmp_path: Path) -> None:
    sound = corridor("check", "--prove", "first-train", "--seeds", "2", "--jobs", "2")
    assert "novice below reference" in sound.stdout
    assert "tells skill from the lack of it" in sound.stdout
    nobodys = tmp_path / "easy.toml"
    nobodys.write_text((LEVELS / "first-train.toml").read_text().replace("at_most = 81.0", "at_most = 1.0"))
    failed = corridor("check", "--prove", str(nobodys), "--seeds", "2", "--json", code=1)
    told = json.loads(failed.stdout)
    assert told["pairs"][-1] == {"low": "novice", "high": "reference", "below": 2, "of": 2, "holds": True}
    assert any("out of reach" in fault for fault in told["faults"])
    year = corridor("check", "--prove", "a-million", code=2)
    assert "a-million cannot be proved" in year.stderr


def test_without_its_extra_serve_says_how_to_get_it_and_a_level_that_is_not_there_is_named() -> None:
    code = "import sys\nsys.modules['textual_serve'] = None\nsys.argv = ['corridor', 'serve']\nfrom corridor_tui.cli import main\nmain()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'corridor_tui[serve]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert "first-trian" in corridor("serve", "first-trian", code=2).stderr


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "https://", "http://[::1"])
def test_what_no_browser_can_open_is_no_address(url: str) -> None:
    assert f"{url} is no address for browsers" in corridor("serve", "--url", url, code=2).stderr
