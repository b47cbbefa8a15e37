"""Records on a file: durable, strict, alone with it, and a word in one line for whatever keeps them from being read or kept."""

import fcntl
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, shipped
from played import again, played

from corridor_tui.records import database, rows, schema
from corridor_tui.records.journals import Journals
from corridor_tui.records.keeper import Keeper
from corridor_tui.records.store import Records, RecordsError, default_path
from corridor_tui.session.journal import JournalError
from corridor_tui.session.verify import verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "r.sqlite3"


def test_a_trainee_who_never_played_has_no_results_and_looking_makes_no_file(path: Path) -> None:
    records = Records(path)
    assert records.bests("Aigul") == {}
    assert (records.all(), records.run_keys(), records.result("x"), records.forget("Aigul")) == ([], [], None, None)
    assert not path.parent.exists()


def test_a_path_with_signs_that_an_address_would_read_is_still_that_path(tmp_path: Path) -> None:
    odd = tmp_path / "my data?mode=memory#1" / "r.sqlite3"
    Records(odd).keep(played("first-train"))
    assert odd.is_file()
    assert Records(odd).bests("Aigul")
    copy = tmp_path / "a copy?.sqlite3"
    Records(odd).back_up(copy)
    assert Records(copy).all() == Records(odd).all()


def test_the_file_is_durable_strict_and_carries_its_version(path: Path) -> None:
    Records(path).keep(played("first-train"))
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert plain.execute("PRAGMA user_version").fetchone() == (int(database.HEAD),)
        tables = plain.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
        assert {name for name, strict in tables if strict} == {table.name for table in schema.meta.sorted_tables}
        with pytest.raises(sqlite3.IntegrityError):
            plain.execute("UPDATE scores SET total = 'much'")


def test_a_setting_that_does_not_take_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database._PRAGMAS, "synchronous", ("OFF", 2))
    with pytest.raises(RecordsError, match="does not keep synchronous=OFF"):
        Records(path).keep(played("first-train"))


def test_a_result_is_kept_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Records(path).keep(played("first-train"))
    monkeypatch.setattr(rows, "score_text", lambda _: "")
    with pytest.raises(RecordsError):
        Records(path).keep(again(played("first-train"), "Marat"))
    assert [run.trainee for run in Records(path).all()] == ["Aigul"]
    assert Records(path).forget("Marat") is None


def test_a_corrupt_database_is_named_in_one_line_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, " * 100)
    for use in (lambda: Records(path).bests("Aigul"), lambda: Records(path).keep(played("first-train"))):
        with pytest.raises(RecordsError, match=r"results cannot be (kept in|read from) .*r\.sqlite3: .*database$"):
            use()
    assert path.read_bytes() == b"not a database, " * 100


def test_a_newer_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute(f"PRAGMA user_version={int(database.HEAD) + 1}")
    with pytest.raises(RecordsError, match="newer version"):
        Records(path).bests("Aigul")


def test_a_place_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder.sqlite3").mkdir()
    for bad in (tmp_path / "file" / "r.sqlite3", tmp_path / "folder.sqlite3"):
        with pytest.raises(RecordsError, match="results cannot be kept in") as caught:
            Records(bad).keep(played("first-train"))
        assert "\n" not in str(caught.value)


def test_a_read_only_folder_is_named_in_one_line() -> None:
    result = played("first-train")
    with read_only() as folder:
        with pytest.raises(RecordsError, match=r"results cannot be kept in .*: permission denied$") as caught:
            Records(folder / "r.sqlite3").keep(result)
        assert "\n" not in str(caught.value)
        assert Records(folder / "r.sqlite3").all() == []
        with pytest.raises(JournalError, match=r"no journal can be kept in .*: permission denied$"):
            Journals(folder / "journals").begin(result.run)


@contextmanager
def read_only() -> Iterator[Path]:
    """A folder that may be read and not written; root, who may write anywhere, is nobody meanwhile."""
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="corridor-") as name:
        folder = Path(name)
        folder.chmod(0o555)
        if root:
            os.seteuid(65_534)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o700)


def test_a_result_that_finds_no_room_stays_in_its_journal_and_is_kept_once_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Keeper(tmp_path, "Aigul")
    shift = keeper.begin(shipped("first-train"), 1)
    assert shift.order("accept X8001 N1").reason
    shift.advance(shift.level.shift_s)
    with monkeypatch.context() as full:
        full.setitem(database._PRAGMAS, "max_page_count", ("20", 20))
        trouble = keeper.finish(shift, shift.finish())
    assert trouble is not None
    assert "database or disk is full" in trouble
    assert "\n" not in trouble
    (found,) = keeper.interrupted(None)
    assert found.run is not None
    shift, run = keeper.resume(found.key)
    assert [one.text for one in run.given] == ["accept X8001 N1"]
    assert keeper.finish(shift, shift.finish()) is None
    kept = Records(default_path(tmp_path)).result(found.key)
    assert kept is not None
    assert verify(kept).true
    assert keeper.journals.all() == []


def test_a_database_that_another_program_holds_is_given_up_in_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 1)
    Records(path).keep(played("first-train"))
    with path.with_name("r.sqlite3.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(RecordsError, match="another program"):
            Records(path).bests("Aigul")
    assert Records(path).bests("Aigul")


def test_the_database_library_waits_until_results_are_used() -> None:
    code = (
        "import sys, corridor_tui.records.store, corridor_tui.records.keeper\n"
        "sys.exit(bool({'sqlalchemy', 'alembic'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
