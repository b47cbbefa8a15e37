"""Results are kept, and nothing about keeping them stops a shift."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, shipped

from corridor_tui.records import database
from corridor_tui.records.store import Best, Records, RecordsError
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import play


@cache
def run_of(level: str, dispatcher: str) -> Outcome:
    return play(shipped(level), 1, dispatcher)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "r.sqlite3"


def test_the_best_of_several_runs_is_remembered_by_trainee_and_level(path: Path) -> None:
    runs = [run_of("first-train", name) for name in ("novice", "reference", "do-nothing")]
    numbers = [Records(path).save(run, "Aigul") for run in runs]
    Records(path).save(run_of("fifty-five-minutes", "novice"), "Marat")
    assert numbers == [1, 2, 3]
    again = Records(path)
    best = Best(max(run.score.total for run in runs), max(run.score.stars for run in runs), 3)
    assert again.bests("Aigul") == {"first-train": best}
    assert again.best("Aigul", "first-train") == best
    assert again.best("Aigul", "fifty-five-minutes") is None
    assert set(again.bests("Marat")) == {"fifty-five-minutes"}
    assert again.bests("nobody") == {}


def test_a_trainee_who_never_played_has_no_results_and_looking_makes_no_file(path: Path) -> None:
    assert Records(path).bests("Aigul") == {}
    assert not path.parent.exists()


def test_a_kept_run_holds_all_it_takes_to_play_it_again(path: Path) -> None:
    outcome = run_of("first-train", "novice")
    Records(path).save(outcome, "Aigul")
    plain = sqlite3.connect(path)
    plain.row_factory = sqlite3.Row
    row = plain.execute("SELECT * FROM runs").fetchone()
    plain.close()
    assert row["level_digest"] == shipped("first-train").digest
    assert (row["seed"], row["engine"], row["events_digest"]) == (1, outcome.engine, outcome.digest)
    assert json.loads(row["desks"]) == dict.fromkeys(("dispatch", "terminal", "customs"), "novice")
    assert [tuple(order) for order in json.loads(row["orders"])] == list(outcome.orders)
    assert json.loads(row["score"])["total"] == outcome.score.total


def test_names_are_data(path: Path) -> None:
    name = "'); DROP TABLE runs; --"
    Records(path).save(run_of("first-train", "novice"), name)
    assert Records(path).bests(name)["first-train"].runs == 1


def test_a_path_with_signs_that_an_address_would_read_is_still_that_path(tmp_path: Path) -> None:
    odd = tmp_path / "my data?mode=memory#1" / "r.sqlite3"
    Records(odd).save(run_of("first-train", "novice"), "Aigul")
    assert odd.is_file()
    assert Records(odd).bests("Aigul")


def test_the_database_is_durable_strict_and_carries_its_version(path: Path) -> None:
    Records(path).save(run_of("first-train", "novice"), "Aigul")
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA foreign_keys = ON")
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert plain.execute("PRAGMA user_version").fetchone() == (database.SCHEMA,)
    for spoil in (
        "INSERT INTO trainees (name) VALUES (printf('%.*c', 500, 'x'))",
        "INSERT INTO trainees (name) VALUES ('')",
        "INSERT INTO trainees (name) VALUES (x'00')",
        "UPDATE runs SET stars = 4",
        "UPDATE runs SET total = 'much'",
        "UPDATE runs SET level = printf('%.*c', 25, 'x')",
        "UPDATE runs SET events_digest = ''",
        "UPDATE runs SET trainee_id = 99",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            plain.execute(spoil)
    plain.close()


def test_a_setting_that_does_not_take_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database._PRAGMAS, "synchronous", ("OFF", 2))
    with pytest.raises(RecordsError, match="does not keep synchronous=OFF"):
        Records(path).save(run_of("first-train", "novice"), "Aigul")


def test_a_result_is_kept_whole_or_not_at_all(path: Path) -> None:
    outcome = run_of("first-train", "novice")
    Records(path).save(outcome, "Aigul")
    with pytest.raises(RecordsError):
        database.keep(path, "Marat", {"level": "half a run"})
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT name FROM trainees").fetchall() == [("Aigul",)]
    plain.close()


def test_a_corrupt_database_is_named_in_one_line_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, " * 100)
    for use in (lambda: Records(path).bests("Aigul"), lambda: Records(path).save(run_of("first-train", "novice"), "A")):
        with pytest.raises(RecordsError, match=r"results cannot be (kept in|read from) .*r\.sqlite3: .*database$"):
            use()
    assert path.read_bytes() == b"not a database, " * 100


def test_a_newer_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA user_version={database.SCHEMA + 1}")
    plain.close()
    with pytest.raises(RecordsError, match="newer version"):
        Records(path).bests("Aigul")


def test_a_place_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder.sqlite3").mkdir()
    for bad in (tmp_path / "file" / "r.sqlite3", tmp_path / "folder.sqlite3"):
        with pytest.raises(RecordsError, match="results cannot be kept in") as caught:
            Records(bad).save(run_of("first-train", "novice"), "Aigul")
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RecordsError, match="permission denied"):
        Records(tmp_path / "r.sqlite3").save(run_of("first-train", "novice"), "Aigul")
    tmp_path.chmod(0o700)


def test_a_database_that_another_program_holds_is_given_up_in_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 1)
    Records(path).save(run_of("first-train", "novice"), "Aigul")
    with path.with_name("r.sqlite3.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(RecordsError, match="another program"):
            Records(path).bests("Aigul")
    assert Records(path).bests("Aigul")


def test_processes_writing_at_once_lose_nothing(path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom conftest import shipped\n"
        "from corridor_tui.records.store import Records\nfrom corridor_tui.session.shift import play\n"
        "outcome = play(shipped('first-train'), 1, 'novice')\nprint(flush=True)\nsys.stdin.readline()\n"
        "for _ in range(15):\n    Records(Path(sys.argv[1])).save(outcome, sys.argv[2])\n"
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), name],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b", "a")
    ]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    for worker in workers:
        worker.communicate("go\n")
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert Records(path).bests("a")["first-train"].runs == 30
    assert Records(path).bests("b")["first-train"].runs == 15


def test_the_database_library_waits_until_results_are_used() -> None:
    code = "import sys, corridor_tui.records.store; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
