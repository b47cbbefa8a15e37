"""Records that an earlier program kept are brought up to date, whole or not at all, and a copy of them stays."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import shipped
from played import played

from corridor_tui.records import database
from corridor_tui.records.store import Records
from corridor_tui.session.marks import Mark
from corridor_tui.session.result import of_first_records
from corridor_tui.session.run import RunError
from corridor_tui.session.verify import verify

OLD = Path(__file__).parent / "old"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "r.sqlite3"


def test_the_first_records_are_carried_over_and_a_copy_is_kept(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript((OLD / "records-0001.sql").read_text(encoding="utf-8"))
        before = plain.execute(
            "SELECT name, level, seed, total, stars FROM runs JOIN trainees ON trainees.id = trainee_id"
        ).fetchall()
    records = Records(path)
    assert sorted((run.trainee, run.level, run.seed, run.total, run.stars) for run in records.all()) == sorted(before)
    assert {run.origin for run in records.all()} == {"first records"}
    assert records.bests("Aigul")["first-train"].runs == 2
    (copy,) = records.backups()
    with closing(sqlite3.connect(copy)) as plain:
        assert plain.execute("SELECT count(*) FROM runs").fetchone() == (len(before),)
        assert plain.execute("PRAGMA user_version").fetchone() == (1,)
    records.keep(played("first-train"))
    assert len(records.all()) == len(before) + 1


@pytest.mark.parametrize("version", [2, 3])
def test_records_of_an_earlier_program_are_brought_up_to_date_with_all_that_is_in_them(
    path: Path, version: int
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript((OLD / f"records-{version:04}.sql").read_text(encoding="utf-8"))
        before = plain.execute("SELECT key, events_digest, clock_s FROM runs ORDER BY key").fetchall()
        orders = plain.execute("SELECT count(*) FROM orders").fetchone()
    records = Records(path)
    found = [result for key in records.run_keys() if (result := records.result(key)) is not None]
    assert [(one.run.key, one.events_digest, one.run.clock_s) for one in found] == before
    assert sum(len(one.run.given) for one in found) == orders[0] > 0
    for one in found:
        verdict = verify(one)
        assert verdict.true or verdict.foreign
    mark = Mark(90, "Marat", "why so late?", 1)
    assert records.mark(before[0][0], mark)
    assert records.result(before[0][0]) == replace(found[0], marks=(*found[0].marks, mark))
    assert len(found[0].marks) == version - 2
    assert [copy.name for copy in records.backups()] == [f"{path.name}.before-{database.HEAD}"]


def test_a_run_of_the_first_records_is_true_on_its_level_and_not_on_another(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript((OLD / "records-0001.sql").read_text(encoding="utf-8"))
    from corridor_tui.level.load import from_text

    level = from_text((OLD / "first-train.json").read_text(encoding="utf-8"))
    records = Records(path)
    key = next(run.key for run in records.all() if run.seed == 4)
    found = records.result(key)
    assert found is not None
    whole = of_first_records(found, level)
    assert len(whole.run.given) == 18
    assert verify(whole).foreign  # of an earlier engine, and nothing else is wrong with it
    with pytest.raises(RunError, match="the level was changed"):
        of_first_records(found, shipped("gale"))


def test_a_migration_that_fails_leaves_the_first_records_as_they_were(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript((OLD / "records-0001.sql").read_text(encoding="utf-8"))
        plain.execute("UPDATE runs SET score = '{}' WHERE id = 2")
        plain.commit()
        before = list(plain.iterdump())
    with pytest.raises(KeyError):
        Records(path).all()
    with closing(sqlite3.connect(path)) as plain:
        assert list(plain.iterdump()) == before
        assert plain.execute("PRAGMA user_version").fetchone() == (1,)
