"""Results are kept, and nothing about keeping them stops a shift."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, shipped

from corridor_tui.records.store import SCHEMA, Records, RecordsError
from corridor_tui.session.shift import play


def test_the_best_of_several_runs_is_remembered_by_trainee_and_level(tmp_path: Path) -> None:
    records = Records(tmp_path / "r.sqlite3")
    for dispatcher in ("novice", "reference", "do-nothing"):
        records.save(play(shipped("first-train"), 1, dispatcher), "Aigul")
    records.save(play(shipped("fifty-five-minutes"), 1, "novice"), "Marat")
    records.close()
    again = Records(tmp_path / "r.sqlite3")
    best = again.bests("Aigul")
    assert set(best) == {"first-train"}
    assert (best["first-train"].total, best["first-train"].stars, best["first-train"].runs) == (100.0, 3, 3)
    assert set(again.bests("Marat")) == {"fifty-five-minutes"}
    assert again.bests("nobody") == {}
    again.close()


def test_the_database_is_durable_strict_and_carries_its_version(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    Records(path).close()
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert plain.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute("INSERT INTO trainees (name) VALUES (?)", ("x" * 500,))
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute("INSERT INTO trainees (id, name) VALUES (1, x'00')")
    plain.close()


def test_a_corrupt_a_newer_and_an_unwritable_database_are_named_in_one_line(tmp_path: Path) -> None:
    corrupt = tmp_path / "corrupt.sqlite3"
    corrupt.write_bytes(b"not a database, " * 100)
    with pytest.raises(RecordsError, match=r"results cannot be kept in .*corrupt"):
        Records(corrupt)
    newer = tmp_path / "newer.sqlite3"
    plain = sqlite3.connect(newer)
    plain.execute(f"PRAGMA user_version={SCHEMA + 1}")
    plain.close()
    with pytest.raises(RecordsError, match="newer version"):
        Records(newer)
    with pytest.raises(RecordsError, match="cannot be kept"):
        Records(Path("/dev/null/r.sqlite3"))


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    code = (
        "import sys\nfrom pathlib import Path\nfrom conftest import shipped\n"
        "from corridor_tui.records.store import Records\nfrom corridor_tui.session.shift import play\n"
        "outcome = play(shipped('first-train'), 1, 'novice')\nrecords = Records(Path(sys.argv[1]))\n"
        "for _ in range(15):\n    records.save(outcome, sys.argv[2])\n"
    )
    env = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin"}
    workers = [subprocess.Popen([sys.executable, "-c", code, str(path), name], env=env) for name in ("a", "b", "a")]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    records = Records(path)
    assert records.bests("a")["first-train"].runs == 30
    assert records.bests("b")["first-train"].runs == 15
    records.close()
