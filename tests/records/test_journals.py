"""The journal of a run: what was written stays, whatever ends the program, and what is damaged is told."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import CAMPAIGN, ROOT, shipped
from played import played

from corridor_tui.records.journals import Journals, Writer
from corridor_tui.records.keeper import Keeper
from corridor_tui.session.journal import Given, JournalError
from corridor_tui.session.run import Run, new_run


@pytest.fixture
def journals(tmp_path: Path) -> Journals:
    return Journals(tmp_path / "journals")


def begun(journals: Journals, orders: int = 0) -> Writer:
    writer = journals.begin(new_run(shipped("first-train"), 3, "Aigul", 1_700_000_000_000))
    for number in range(orders):
        writer.order(Given(10 * number, f"accept X8001 N{number}", number % 3 > 0))
    return writer


def files(journals: Journals) -> set[str]:
    return {path.suffix for path in journals.path("x").parent.iterdir()}


def test_what_was_written_is_read_back_with_clock_and_state(journals: Journals) -> None:
    writer = begun(journals, 5)
    writer.clock(77)
    key = writer.run.key
    assert journals.find(key).state == "played"
    writer.close()
    found = journals.find(key)
    assert (found.state, found.trouble) == ("interrupted", None)
    given = tuple(Given(10 * number, f"accept X8001 N{number}", number % 3 > 0) for number in range(5))
    assert found.run == replace(writer.run, given=given, clock_s=77)


def test_a_run_is_gone_on_with_by_one_only(journals: Journals) -> None:
    writer = begun(journals, 2)
    with pytest.raises(JournalError, match="being played just now"):
        journals.resume(writer.run.key)
    with pytest.raises(JournalError, match="being played just now"):
        journals.discard(writer.run.key)
    writer.close()
    again = journals.resume(writer.run.key)
    again.order(Given(500, "hold X8001"))
    again.end(501)
    again.end(502)
    again.close()
    run = journals.find(writer.run.key).run
    assert run is not None
    assert len(run.given) == 3
    assert (run.clock_s, run.ended) == (501, True)


def broken_off_after_every_order(data: Path, name: str) -> None:
    """A run that is let go of after each of its orders, taken up again from its journal, and finished in the end."""
    result, level = played(name), shipped(name)
    keeper = Keeper(data, "Aigul")
    shift = keeper.begin(level, result.run.seed)
    (found,) = keeper.journals.all()
    for one in result.run.given:
        shift.advance(one.t)
        shift.order(one.text)
        keeper.close()
        keeper = Keeper(data, "Aigul")
        shift, run = keeper.resume(found.key)
        assert run.given[-1] == one
        assert shift.now_s == one.t
    outcome = shift.finish()
    assert outcome.digest == result.events_digest
    assert outcome.score == result.score
    assert keeper.finish(shift, outcome) is None


def test_a_run_broken_off_after_every_order_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    broken_off_after_every_order(tmp_path, "first-train")


@pytest.mark.full
@pytest.mark.parametrize("name", CAMPAIGN)
def test_every_level_broken_off_after_every_order_ends_as_if_it_had_not_been(name: str, tmp_path: Path) -> None:
    broken_off_after_every_order(tmp_path, name)


def test_an_abandoned_run_is_told_apart_and_can_still_be_taken_up(journals: Journals) -> None:
    writer = begun(journals, 1)
    writer.abandon(300)
    writer.close()
    assert journals.find(writer.run.key).state == "abandoned"
    journals.resume(writer.run.key).close()
    found = journals.find(writer.run.key)
    assert found.state == "interrupted"
    assert found.run is not None
    assert (len(found.run.given), found.run.clock_s) == (1, 300)


def test_a_journal_whose_run_is_kept_elsewhere_leaves_nothing_behind(journals: Journals) -> None:
    writer = begun(journals, 3)
    writer.discard()
    assert journals.all() == []
    assert files(journals) == set()


def test_runs_are_listed_the_latest_first_and_other_files_are_left_alone(journals: Journals) -> None:
    keys = []
    for started in (3, 1, 2):
        run = replace(new_run(shipped("first-train"), 3, "Aigul", started))
        journals.begin(run).close()
        keys.append(run.key)
    (journals.path("x").parent / "notes.sqlite3").write_text("mine", encoding="utf-8")
    assert [found.key for found in journals.all()] == [keys[0], keys[2], keys[1]]


def test_an_entry_that_is_not_the_one_written_ends_what_is_believed(journals: Journals) -> None:
    writer = begun(journals, 8)
    writer.clock(400)
    writer.close()
    path = journals.path(writer.run.key)
    for spoil in ("UPDATE entries SET t = t + 1 WHERE seq = 5", "DELETE FROM entries WHERE seq = 5",
                  "UPDATE entries SET text = 'hold X8001' WHERE seq = 5", "UPDATE entries SET seq = 99 WHERE seq = 5"):  # fmt: skip
        copy = Journals(path.parent.parent / f"copy-{abs(hash(spoil))}")
        copy.path("x").parent.mkdir()
        shutil.copy(path, copy.path(writer.run.key))
        plain = sqlite3.connect(copy.path(writer.run.key))
        plain.execute(spoil)
        plain.commit()
        plain.close()
        found = copy.find(writer.run.key)
        assert found.run is not None
        assert found.run.given == writer_given(8)[:4]
        assert found.run.clock_s == 30
        assert found.trouble == "its journal is damaged from entry 5 on; 2 orders were recovered"
        resumed = copy.resume(writer.run.key)
        resumed.order(Given(60, "hold X8001"))
        resumed.close()
        mended = copy.find(writer.run.key)
        assert mended.trouble is None
        assert mended.run is not None
        assert len(mended.run.given) == 5
        assert ".damaged" in files(copy)


def writer_given(count: int) -> tuple[Given, ...]:
    return tuple(Given(10 * number, f"accept X8001 N{number}", number % 3 > 0) for number in range(count))


def test_a_journal_cut_or_overwritten_anywhere_never_stops_the_program_nor_makes_orders_up(
    journals: Journals, tmp_path: Path
) -> None:
    writer = begun(journals, 900)  # so that damage mostly falls on orders, not on the level's text
    writer.close()
    whole = journals.path(writer.run.key).read_bytes()
    draws, recovered, kept = Random(1), 0, writer_given(900)
    for number in range(120):
        spoilt = bytearray(whole)
        if number % 2:
            del spoilt[draws.randrange(len(spoilt)) :]
        else:
            at = draws.randrange(len(spoilt))
            spoilt[at : at + 400] = draws.randbytes(400)
        place = Journals(tmp_path / f"spoilt-{number}")
        path = place.path(writer.run.key)
        path.parent.mkdir()
        path.write_bytes(spoilt)
        (found,) = place.all()
        if found.run is None:
            assert found.state == "unreadable"
            assert found.trouble
            assert "\n" not in found.trouble
        else:
            assert found.run.given == kept[: len(found.run.given)]
            assert found.run.level_text == writer.run.level_text
            assert found.trouble is not None or len(found.run.given) == 900
            recovered += 1
    assert recovered >= 20


@pytest.mark.parametrize("content", [b"", b"not a database " * 99, b"SQLite format 3\0" + b"\xff" * 4_096])
def test_what_is_no_journal_is_said_to_be_unreadable(journals: Journals, content: bytes) -> None:
    writer = begun(journals)
    writer.discard()
    path = journals.path(writer.run.key)
    path.write_bytes(content)
    (found,) = journals.all()
    assert found.state == "unreadable"
    assert "nothing can be recovered from its journal" in (found.trouble or "")
    with pytest.raises(JournalError):
        journals.resume(found.key)


def test_a_journal_of_a_newer_program_is_left_alone(journals: Journals) -> None:
    writer = begun(journals, 2)
    writer.close()
    plain = sqlite3.connect(journals.path(writer.run.key))
    plain.execute("PRAGMA user_version = 99")
    plain.close()
    found = journals.find(writer.run.key)
    assert (found.state, found.trouble) == ("unreadable", "it was written by a newer version of the program")


def test_where_no_journal_can_be_kept_one_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(JournalError, match="no journal can be kept in") as caught:
        begun(Journals(tmp_path / "file" / "journals"))
    assert "\n" not in str(caught.value)
    assert Journals(tmp_path / "file" / "journals").all() == []


def test_a_full_disk_refuses_the_order_and_takes_it_once_there_is_room(journals: Journals) -> None:
    writer = begun(journals, 3)
    connection = writer._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    refused = None
    for number in range(3, 2_000):
        try:
            writer.order(Given(10 * number, f"accept X8001 N{number}", number % 3 > 0))
        except JournalError as error:
            refused = number, str(error)
            break
    assert refused is not None
    assert "full" in refused[1]
    connection.execute("PRAGMA max_page_count = 100000")
    for number in range(refused[0], refused[0] + 5):
        writer.order(Given(10 * number, f"accept X8001 N{number}", number % 3 > 0))
    writer.close()
    found = journals.find(writer.run.key)
    assert found.trouble is None
    assert found.run is not None
    assert found.run.given == writer_given(refused[0] + 5)


def test_an_order_and_its_note_are_written_both_or_neither(journals: Journals) -> None:
    writer = begun(journals)
    connection = writer._connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    written: list[Given] = []
    full = False
    while not full:
        at_s = len(written)
        pair = Given(at_s, f"guide gave hold X{at_s}", heard=False), Given(at_s, f"hold X{at_s}")
        try:
            writer.order(*pair)
        except JournalError:
            full = True
        else:
            written += pair
    writer.close()
    found = journals.find(writer.run.key)
    assert found.run is not None
    assert found.trouble is None
    assert len(written) > 2
    assert list(found.run.given) == written


def test_what_a_killed_process_was_told_is_written_is_written(journals: Journals) -> None:
    """Twelve processes that write as fast as they can, killed at moments of chance."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom corridor_tui.records.journals import Journals\n"
        "from corridor_tui.session.journal import Given\n"
        "writer = Journals(Path(sys.argv[1])).resume(sys.argv[2])\nnumber = len(writer.run.given)\n"
        "while True:\n    writer.order(Given(number, f'order {number}'))\n    writer.clock(number)\n"
        "    print(number, flush=True)\n    number += 1\n"
    )
    writer = begun(journals)
    writer.close()
    key = writer.run.key
    run: Run | None = None
    draws = Random(3)
    for _ in range(12):
        worker = subprocess.Popen(
            [sys.executable, "-c", code, str(journals.path("x").parent), key],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        said = [worker.stdout.readline() for _ in range(draws.randrange(1, 200))]
        worker.kill()
        said += worker.stdout.readlines()
        worker.stdout.close()
        worker.wait()
        told = [int(line) for line in said if line.endswith("\n")]
        found = journals.find(key)
        assert (found.state, found.trouble) == ("interrupted", None)
        run = found.run
        assert run is not None
        assert told[-1] < len(run.given) <= told[-1] + 2
        assert run.clock_s >= told[-1]
        assert [given.text for given in run.given] == [f"order {number}" for number in range(len(run.given))]
