"""The commands about runs: what a trainee and an instructor type to list, check, carry and delete them."""

import csv
import io
import itertools
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, shipped
from played import played
from servers import Server
from terminals import corridor

from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.records.store import Records, default_path
from corridor_tui.session.journal import Given
from corridor_tui.session.result import export
from corridor_tui.session.run import new_key, new_run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with a finished run, an interrupted and an abandoned one, and one beyond reading."""
    path = tmp_path / "data"
    Records(default_path(path)).keep(played("first-train", 1, "reference"))
    journals = Journals(default_folder(path))
    for number in range(2):
        writer = journals.begin(new_run(shipped("gale"), 7, "Marat", 1_700_000_000_000))
        writer.order(Given(60, "hold X1"))
        if number:
            writer.abandon(600)
        writer.close()
    journals.path(new_key()).write_text("damaged", encoding="utf-8")
    return path


def key_of(data: Path) -> str:
    return Records(default_path(data)).run_keys()[0]


@pytest.mark.usefixtures("data")
def test_runs_lists_all_of_them_with_their_state() -> None:
    text = corridor("runs", COLUMNS="160").stdout
    result = played("first-train", 1, "reference")
    orders = len(result.run.given)
    assert re.search(
        rf"{result.run.key} .*finished .*Aigul .*first-train .*2023-11-14 22:13 .*{orders} .*{result.score.total:.1f}",
        text,
    )
    assert re.search(r"interrupted .*Marat .*gale .*7 .* 1 .*minute 1", text)
    assert re.search(r"abandoned .*Marat .*gale .*minute 10", text)
    assert re.search(r"unreadable .*nothing can be recovered", text)


@pytest.mark.parametrize("command", ["runs", "records"])
@pytest.mark.usefixtures("data")
def test_what_is_typed_again_is_never_broken_even_on_the_narrowest_terminal(command: str) -> None:
    text = corridor(command, COLUMNS="80").stdout
    assert re.search(rf"{played('first-train', 1, 'reference').run.key} .* first-train ", text)


def test_a_run_is_verified_by_the_beginning_of_its_key(data: Path) -> None:
    key = key_of(data)
    assert f"run {key}, Aigul, first-train, seed 1: true: " in corridor("verify", key[:6]).stdout
    assert "no finished run begins with zzz" in corridor("verify", "zzz", code=2).stderr
    assert "no finished run begins with" in corridor("verify", "", code=2).stderr


def test_a_run_travels_in_one_file_and_is_verified_on_arrival(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    corridor("export", key_of(data), "-o", str(file))
    assert "true" in corridor("verify", str(file)).stdout
    elsewhere = str(tmp_path / "elsewhere")
    assert "true" in corridor("import", str(file), CORRIDOR_DATA=elsewhere).stdout
    assert "kept already" in corridor("import", str(file), CORRIDOR_DATA=elsewhere).stdout
    assert re.search(r"Aigul .*first-train", corridor("records", CORRIDOR_DATA=elsewhere).stdout)
    assert "finished, imported" in corridor("runs", CORRIDOR_DATA=elsewhere, COLUMNS="160").stdout
    again = tmp_path / "again.json"
    corridor("export", key_of(data), "-o", str(again), CORRIDOR_DATA=elsewhere)
    assert again.read_bytes() == file.read_bytes()


def test_a_forged_run_is_named_and_not_kept(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "forged.json"
    corridor("export", key_of(data), "-o", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    document["score"]["total"] = 142.0
    file.write_text(json.dumps(document), encoding="utf-8")
    elsewhere = str(tmp_path / "elsewhere")
    for command in ("verify", "import"):
        told = corridor(command, str(file), code=1, CORRIDOR_DATA=elsewhere).stdout
        assert "NOT TRUE" in told
        assert "it claims 142 points" in told
    assert not Path(elsewhere, "records.sqlite3").exists()
    file.write_text("{}", encoding="utf-8")
    assert "forged.json: it is no exported run" in corridor("import", str(file), code=1).stderr
    assert "there is no file" in corridor("import", str(tmp_path / "none.json"), code=1).stderr


def test_records_are_printed_as_csv_that_no_spreadsheet_takes_for_formulas(data: Path) -> None:
    result = played("first-train", 1, "reference")
    hostile = replace(result, run=replace(result.run, key=new_key(), trainee='=HYPERLINK("x")'))
    Records(default_path(data)).keep(hostile)
    rows = list(csv.DictReader(io.StringIO(corridor("records", "--csv").stdout)))
    assert {row["trainee"] for row in rows} == {"Aigul", '\'=HYPERLINK("x")'}
    assert {float(row["total"]) for row in rows} == {result.score.total}


def test_records_are_copied_whole(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    corridor("records", "--backup", str(copy))
    assert Records(copy).all() == Records(default_path(data)).all()
    assert (
        "there are no records"
        in corridor("records", "--backup", str(copy), code=1, CORRIDOR_DATA=str(tmp_path / "none")).stderr
    )


def test_a_trainee_is_deleted_with_results_and_journals(data: Path) -> None:
    told = corridor("records", "--forget", "Aigul").stdout
    assert "1 runs and 0 journals of Aigul deleted" in told
    assert "is damaged, and may hold something of anybody" in told
    assert "0 runs and 2 journals of Marat deleted" in corridor("records", "--forget", "Marat").stdout
    assert "nobody is kept under the name Aigul" in corridor("records", "--forget", "Aigul", code=2).stderr
    assert [found.state for found in Journals(default_folder(data)).all()] == ["unreadable"]
    assert b"Aigul" not in default_path(data).read_bytes()


def test_the_debrief_tells_times_eyes_and_what_decisions_were_worth(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "measures.csv"
    run = tmp_path / "run.json"
    run.write_text(export(played("first-train", 1, "novice")), encoding="utf-8")
    text = corridor("debrief", str(run), "--csv", str(file), COLUMNS="160").stdout
    assert re.search(r"X8001 .*min", text)
    assert "too few cases" in text
    assert re.search(r"10:14 .*: take thirty, it says .*: we count on arrival .*-0\.5 .*-5\.0 resources", text)
    rows = dict(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert float(rows["total"]) == played("first-train", 1, "novice").score.total
    assert "what each decision was worth" not in corridor("debrief", key_of(data), "--no-decisions").stdout


def test_whatever_writes_a_file_writes_to_standard_output_where_it_is_named_so(data: Path, tmp_path: Path) -> None:
    run, html, table = tmp_path / "run.json", tmp_path / "debrief.html", tmp_path / "measures.csv"
    key = key_of(data)
    corridor("export", key, "-o", str(run))
    assert corridor("export", key, "-o", "-").stdout == run.read_text(encoding="utf-8")
    assert "only one thing" in corridor("export", key, "-o", "-", "--cast", "-", code=2).stderr
    told = corridor("debrief", key, "--no-decisions", "-o", str(html), "--csv", str(table)).stdout
    as_page = corridor("debrief", key, "--no-decisions", "-o", "-")
    assert as_page.stdout == html.read_text(encoding="utf-8")
    assert as_page.stderr == told
    assert corridor("debrief", key, "--no-decisions", "--csv", "-").stdout == table.read_text(encoding="utf-8")
    assert "only one thing" in corridor("debrief", key, "-o", "-", "--csv", "-", code=2).stderr
    backup = [sys.executable, "-m", "corridor_tui", "records", "--backup", "-"]
    (copy := tmp_path / "copy.sqlite3").write_bytes(subprocess.run(backup, capture_output=True, check=True).stdout)
    assert Records(copy).all() == Records(default_path(data)).all()
    assert not (ROOT / "-").exists()


def test_the_debrief_is_written_as_one_page_and_set_against_another_run(tmp_path: Path) -> None:
    one, two, html = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "debrief.html"
    one.write_text(export(played("first-train", 1, "novice")), encoding="utf-8")
    two.write_text(export(played("first-train", 1, "reference", trainee="Marat")), encoding="utf-8")
    corridor("debrief", str(one), "--no-decisions", "-o", str(html), "--against", str(two))
    assert "Side by side" in html.read_text(encoding="utf-8")
    assert "-o" in corridor("debrief", str(one), "--against", str(two), code=2).stderr


def test_where_there_is_no_bound_it_is_said_and_all_else_is_made(tmp_path: Path) -> None:
    run, html, table = tmp_path / "run.json", tmp_path / "debrief.html", tmp_path / "measures.csv"
    run.write_text(export(played("paper-trail", 1, "reference")), encoding="utf-8")
    done = corridor("debrief", str(run), "--no-decisions", "--bound", "-o", str(html), "--csv", str(table))
    assert "there is no bound for this level: " in done.stderr
    assert "min" in done.stdout
    assert "there is no bound for this level: " in html.read_text(encoding="utf-8")
    assert table.exists()
    assert "no bound" in corridor("bound", "paper-trail", code=1).stderr


def test_the_screen_writes_no_file_and_says_so(data: Path, tmp_path: Path) -> None:
    done = corridor("debrief", key_of(data), "--screen", "-o", str(tmp_path / "page.html"), code=2)
    assert "--screen writes no file" in done.stderr


def test_doctor_says_what_is_in_use_and_what_stands_in_the_way(data: Path, tmp_path: Path) -> None:
    text = corridor("doctor", code=1).stdout  # one journal is damaged
    for what in ("engine", "python", "sqlite", str(data), "1 finished run", "damaged: ", "terminal"):
        assert what in text
    assert "ok  config" in corridor("doctor", CORRIDOR_DATA=str(tmp_path / "new")).stdout
    config = tmp_path / "config.toml"
    config.write_text('language = "xx"\n', encoding="utf-8")
    text = corridor("doctor", code=1, CORRIDOR_DATA=str(tmp_path / "new"), CORRIDOR_CONFIG=str(config)).stdout
    assert re.search(r"!!  config .*:1: there is no language `xx`", text)
    (tmp_path / "file").write_text("", encoding="utf-8")
    text = corridor("doctor", code=1, CORRIDOR_DATA=str(tmp_path / "file" / "data")).stdout
    assert re.search(r"!!  data .*cannot be written", text)


def test_doctor_blames_nobody_for_what_only_an_extra_lacks(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text('print("advice " * 99)\nraise OSError("no pango")', encoding="utf-8")
    text = corridor("doctor", PYTHONPATH=str(tmp_path)).stdout
    assert re.search(r"^--  pdf +a PDF needs the system's Pango library", text, re.MULTILINE)
    assert "advice" not in text


def test_what_cannot_be_written_is_told_before_the_long_work(data: Path, tmp_path: Path) -> None:
    for option, place in itertools.product(("-o", "--csv"), (tmp_path / "nowhere" / "report.html", tmp_path)):
        done = corridor("debrief", key_of(data), option, str(place), code=2)
        assert f"{place} cannot be written" in done.stderr
        assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "first-train", "--json"), "--json goes with --prove"),
        (("check", "first-train", "--jobs", "2"), "--jobs goes with --prove"),
        (("debrief", "k3m", "--limit", "2"), "--limit goes with --bound"),
        (("records", "--forget", "Aigul", "--csv"), "only one of --csv, --backup, --forget, --send at a time"),
    ],
)
def test_options_that_would_be_passed_over_are_refused(words: tuple[str, ...], told: str) -> None:
    done = corridor(*words, code=2)
    assert told in done.stderr
    assert done.stdout == ""


@pytest.mark.usefixtures("data")
def test_runs_are_sent_to_a_server_named_in_the_environment(server: Server) -> None:
    server.empty()
    assert corridor("records", "--send", CORRIDOR_DB=server.url).stdout == "1 run sent\n"
    assert corridor("records", "--send", "--db", server.url).stdout == "0 runs sent\n"
    assert "sent" in corridor("records", "--csv", "--db", server.url).stdout
    assert "--send needs a server" in corridor("records", "--send", code=2).stderr
    assert "1 finished run" in corridor("doctor", "--db", server.url, code=1).stdout
    gone = "postgresql://nobody@127.0.0.1:1/x"
    assert "results cannot be sent to" in corridor("records", "--send", "--db", gone, code=1).stderr


def test_a_run_that_broke_off_is_named_where_it_cannot_be_found() -> None:
    assert "no run that broke off begins with zzz" in corridor("play", "--resume", "zzz", code=2).stderr
    for line in ((), ("--line",)):
        assert "leave LEVEL out" in corridor("play", "gale", "--resume", "zzz", *line, code=2).stderr
        assert "leave --seed out" in corridor("play", "--seed", "3", "--resume", "zzz", *line, code=2).stderr
