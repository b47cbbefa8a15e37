"""Results are kept, on a file and on a server alike, and nothing about keeping them stops a shift."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from played import STARTED_MS, again, played
from servers import Server

from corridor_tui.records import database, schema
from corridor_tui.records.store import Best, Records, RecordsError
from corridor_tui.session.marks import MOST_MARKS, Mark
from corridor_tui.session.verify import verify


@pytest.fixture
def url(server: Server) -> str:
    """The server, with nothing on it."""
    server.empty()
    return server.url


@pytest.fixture(params=["path", "url"])
def place(request: pytest.FixtureRequest) -> Path | str:
    """Where records are kept: a file, then a server; with nothing in it."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path | str)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "r.sqlite3"


# the contract of both places


def test_the_best_of_several_runs_is_remembered_by_trainee_and_level(place: Path | str) -> None:
    results = [played("first-train", 1, name) for name in ("novice", "reference", "do-nothing")]
    records = Records(place)
    assert all(records.keep(result) for result in results)
    records.keep(again(played("fifty-five-minutes"), "Marat"))
    best = Best(max(one.score.total for one in results), max(one.score.stars for one in results), 3)
    assert Records(place).bests("Aigul") == {"first-train": best}
    assert set(records.bests("Marat")) == {"fifty-five-minutes"}
    assert records.bests("nobody") == {}


def test_what_was_ordered_in_runs_that_earned_a_star_is_looked_at_to_see_what_somebody_can_do(
    place: Path | str,
) -> None:
    records = Records(place)
    good, poor = played("first-train", 1, "reference"), played("first-train", 1, "do-nothing")
    assert (good.score.stars > 0, poor.score.stars) == (True, 0)
    records.keep(good)
    records.keep(again(played("fifty-five-minutes"), "Marat"))
    assert records.given("Aigul") == [[(one.text, one.heard) for one in good.run.given]]
    assert records.given("nobody") == []


def test_a_kept_run_is_read_back_as_it_was_and_is_still_true(place: Path | str) -> None:
    result = played("first-train")
    Records(place).keep(result)
    found = Records(place).result(result.run.key)
    assert found == result
    assert verify(found).true
    assert Records(place).result("nosuchrun2") is None


def test_a_run_is_kept_once_whoever_brings_it_again(place: Path | str) -> None:
    result = played("first-train")
    records = Records(place)
    assert records.keep(result)
    assert not records.keep(result)
    assert not records.keep(replace(result, score=replace(result.score, total=999.0)), "imported")
    assert [run.total for run in records.all()] == [result.score.total]


def test_marks_are_kept_with_the_run_each_once_and_can_be_taken_away(place: Path | str) -> None:
    result, records = played("first-train"), Records(place)
    early, late = Mark(300, "Marat", "why so late?", 7), Mark(900, "Saule", "=look", 8)
    assert not records.mark(result.run.key, early)
    records.keep(replace(result, marks=(late,)))
    assert records.mark(result.run.key, early)
    assert records.mark(result.run.key, replace(early, set_ms=9))
    assert records.result(result.run.key) == replace(result, marks=(early, late))
    records.unmark(result.run.key, late, 9)
    records.mark(result.run.key, late)
    records.mark(result.run.key, replace(late, set_ms=10))
    assert records.result(result.run.key) == replace(result, marks=(early, replace(late, set_ms=10)))
    records.unmark(result.run.key, replace(late, set_ms=10), 10)
    # who brings the run again brings what was marked in it elsewhere, unless it is another run of that key
    other = Mark(1_200, "Aigul", "I see", 10)
    assert not records.keep(replace(result, marks=(early, other)))
    assert not records.keep(replace(result, events_digest="0" * 32, marks=(late,)))
    assert records.result(result.run.key) == replace(result, marks=(early, other))
    many = tuple(Mark(t, "Marat", "again", 11) for t in range(MOST_MARKS))
    records.keep(replace(result, marks=many))
    found = records.result(result.run.key)
    assert found is not None
    assert len(found.marks) == MOST_MARKS


def test_who_is_forgotten_is_forgotten_as_one_who_marked_too(place: Path | str) -> None:
    result, records = played("first-train"), Records(place)
    records.keep(replace(result, marks=(Mark(300, "Marat", "why so late?", 7),)))
    assert records.forget("Marat") == 0
    assert records.forget("Marat") is None
    assert records.result(result.run.key) == result
    records.mark(result.run.key, Mark(1, "Saule", "here", 1))
    assert records.forget("Aigul") == 1
    with database.opened(place, "read from") as connection:
        assert connection.execute(schema.marks.select()).all() == []


def test_runs_are_listed_in_short_the_latest_first(place: Path | str) -> None:
    first, second = played("first-train"), played("fifty-five-minutes")
    records = Records(place)
    records.keep(replace(second, finished_ms=STARTED_MS + 5))
    records.keep(replace(first, finished_ms=STARTED_MS + 9), "imported")
    one, other = records.all()
    assert (one.key, one.trainee, one.level, one.origin) == (first.run.key, "Aigul", "first-train", "imported")
    assert (one.orders, one.total, one.stars) == (len(first.run.given), first.score.total, first.score.stars)
    assert (other.time_loss, other.started_ms) == (second.score.losses.time, STARTED_MS)
    assert records.run_keys() == sorted([first.run.key, second.run.key])
    assert records.run_keys(first.run.key[:6]) == [first.run.key]
    assert records.run_keys("_" * 3) == []


def test_a_trainee_is_forgotten_with_everything(place: Path | str) -> None:
    records = Records(place)
    for trainee in ("Aigul", "Aigul", "Marat"):
        records.keep(again(played("first-train"), trainee))
    assert records.forget("Aigul") == 2
    assert records.forget("Aigul") is None
    assert [run.trainee for run in records.all()] == ["Marat"]
    with database.opened(place, "read from") as connection:
        kept = {table.name: len(connection.execute(table.select()).all()) for table in schema.meta.sorted_tables}
    result = played("first-train")
    assert kept == {
        "trainees": 1, "levels": 1, "runs": 1, "scores": 1, "orders": len(result.run.given), "reasons": len(result.score.reasons),
            "marks": 0,
    }  # fmt: skip


def test_names_are_data(place: Path | str) -> None:
    name = "'); DROP TABLE runs; --"
    Records(place).keep(again(played("first-train"), name))
    assert Records(place).bests(name)["first-train"].runs == 1


@pytest.mark.parametrize(
    "spoil",
    [
        "INSERT INTO trainees (name) VALUES ('')",
        "UPDATE trainees SET name = repeat('x', 500)",
        "UPDATE scores SET stars = 4",
        "UPDATE runs SET level = ''",
        "UPDATE runs SET events_digest = ''",
        "UPDATE runs SET trainee_id = 99",
        "UPDATE runs SET seed = -1",
        "UPDATE runs SET key = 'short'",
        "UPDATE orders SET t = -1",
    ],
)
def test_what_makes_no_sense_is_not_taken(place: Path | str, spoil: str) -> None:
    Records(place).keep(played("first-train"))
    if isinstance(place, Path):
        spoil = spoil.replace("repeat('x', 500)", "printf('%.*c', 500, 'x')")
    with (
        pytest.raises(RecordsError, match="results cannot be kept in"),
        database.opened(place, "kept in") as opened,
    ):
        opened.exec_driver_sql(spoil)


def test_the_tables_are_those_that_the_program_believes_in(place: Path | str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with database.opened(place, "read from") as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == database.HEAD
        assert compare_metadata(context, schema.meta) == []
    scripts = ScriptDirectory(str(Path(database.__file__).with_name("migrations")))
    assert scripts.get_heads() == [database.HEAD]


def test_thirty_trainees_at_once_lose_nothing(place: Path | str) -> None:
    """Thirty processes on tables that none of them has made yet."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom dataclasses import replace\nfrom played import played\n"
        "from corridor_tui.records.store import Records\nfrom corridor_tui.session.run import new_key\n"
        "result = played('first-train', 1, 'do-nothing', 1.0, sys.argv[2])\nprint(flush=True)\nsys.stdin.readline()\n"
        "place = sys.argv[1] if '://' in sys.argv[1] else Path(sys.argv[1])\n"
        "for _ in range(2):\n    Records(place).keep(replace(result, run=replace(result.run, key=new_key())))\n"
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(place), f"trainee {number % 15}"],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(30)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()
    assert [worker.returncode for worker in workers] == [0] * 30
    found = Records(place).all()
    assert len(found) == 60
    assert {one.trainee for one in found} == {f"trainee {number}" for number in range(15)}


# a server


def test_a_server_that_comes_back_gets_what_it_missed(path: Path, url: str, server: Server) -> None:
    here, there = Records(path), Records(url)
    here.keep(again(played("first-train")))
    assert here.send(there) == 1
    server.stop()
    try:
        here.keep(again(played("first-train")))
        here.keep(again(played("fifty-five-minutes")))
        with pytest.raises(RecordsError, match="results cannot be sent to postgresql://corridor"):
            here.send(there)
    finally:
        server.start()
    assert here.send(there) == 2
    assert here.send(there) == 0
    assert there.run_keys() == here.run_keys()
    assert [there.result(key) for key in there.run_keys()] == [here.result(key) for key in here.run_keys()]
    assert {run.origin for run in there.all()} == {"sent"}
    here.mark(here.run_keys()[0], Mark(60, "Marat", "set after it was sent", 1))
    assert here.send(there) == 0
    assert [there.result(key) for key in there.run_keys()] == [here.result(key) for key in here.run_keys()]
    here.unmark(here.run_keys()[0], Mark(60, "Marat", "set after it was sent", 1), 2)
    here.send(there)
    assert [there.result(key) for key in there.run_keys()] == [here.result(key) for key in here.run_keys()]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://somewhere/x", "only PostgreSQL"),
        ("nonsense", "no URL of a database"),
        ("postgresql://me:secret@127.0.0.1:1/x", r"postgresql://me:\*\*\*@127.0.0.1:1/x: .*[Cc]onnection refused"),
    ],
)
def test_a_server_that_cannot_be_is_named_in_one_line_without_its_password(url: str, words: str) -> None:
    with pytest.raises(RecordsError, match=words) as caught:
        Records(url).all()
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
