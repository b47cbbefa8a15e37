"""A run is played back on the desk's panes, and the desk is taken over where one likes."""

import re
from pathlib import Path

import pytest
from conftest import shipped
from played import played
from rich.cells import cell_len
from terminals import program

from corridor_tui.language import LANGUAGES, Language, _, speaking
from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.records.store import Records, default_path
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import export
from corridor_tui.session.run import new_run
from corridor_tui.session.verify import verify
from corridor_tui.tui.replay import timeline
from corridor_tui.tui.replay_keys import KEYS, MARKS, help_rows, hints


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
def test_a_run_is_looked_through_mark_by_mark_and_the_desk_taken_over(tmp_path: Path, size: tuple[int, int]) -> None:
    result = played("fifty-five-minutes", 1, "novice")
    file = tmp_path / "run.json"
    file.write_text(export(result), encoding="utf-8")
    alarm = next(marker for marker in Replay(result.run, result.score).markers if marker.kind == "alarm")
    with program(tmp_path, "replay", str(file), "--trainee", "Marat", size=size) as screen:
        screen.until("n goes to the next mark")
        screen.until("c call, * mark")
        for _ in range(20):
            screen.send("n")
            if alarm.text[:40] in screen.listen(0.3):
                break
        assert alarm.text[:40] in screen.text
        shown = re.search(r"REPLAY +(\d\d):(\d\d):(\d\d)", screen.text)
        assert shown is not None
        second = int(shown[1]) * 3_600 + int(shown[2]) * 60 + int(shown[3]) - shipped("fifty-five-minutes").start_s
        assert second == alarm.t + 1
        screen.send("\x1b[F")  # to the end, where nobody takes the desk over
        screen.until("others finish what was open")
        screen.send("b")
        screen.until("the shift was over by then")
        screen.send("\x1b[H")
        screen.until("08:00:01")
        screen.send("lll")
        screen.until("08:03:01")
        screen.send(" ")
        screen.until(lambda text: "08:04" in text)
        screen.send("b")
        screen.until("back at the desk")
        screen.send("q")
        screen.until("another time")
        screen.send("g")
        assert screen.until_ended() == 0
    (found,) = Journals(tmp_path / "data" / "journals").all()
    assert found.run is not None
    assert found.run.trainee == "Marat"
    assert found.run.branch == f"{result.run.key}@{found.run.clock_s}"


def test_an_instructor_marks_a_second_afterwards_and_the_trainee_finds_it(tmp_path: Path) -> None:
    records = Records(default_path(tmp_path / "data"))
    result = played("first-train")
    records.keep(result)
    key = result.run.key
    with program(tmp_path, "replay", key, "--trainee", "Marat") as screen:
        screen.until("n goes to the next mark")
        screen.send("lllll")
        screen.until("10:05:01")
        screen.send("m")
        screen.until("why this second is worth seeing again")
        screen.send("why so late?\r")
        screen.until("* 10:05 Marat: why so late?")
        screen.send("lm")
        screen.until("why this second is worth seeing again")
        screen.send("a slip\r")
        screen.until("Marat: a slip")
        screen.send("x")
        screen.until("the mark is taken away")
        screen.send("q")
        assert screen.until_ended() == 0
    kept = records.result(key)
    assert kept is not None
    assert [(mark.t, mark.who, mark.words) for mark in kept.marks] == [(300, "Marat", "why so late?")]
    assert verify(kept).true
    file = tmp_path / "run.json"
    file.write_text(export(kept), encoding="utf-8")
    (elsewhere := tmp_path / "elsewhere").mkdir()
    with program(elsewhere, "replay", str(file), "--trainee", "Aigul") as screen:
        screen.until("n goes to the next mark")
        for _ in range(20):
            screen.send("n")
            if "Marat: why so late?" in screen.listen(0.3):
                break
        assert "Marat: why so late?" in screen.text
        screen.send("m")
        screen.until("why this second is worth seeing again")
        screen.send("more\r")
        screen.until("only a finished run that is kept here can be marked: import it first")
        screen.send("q")
        assert screen.until_ended() == 0


def test_a_run_that_broke_off_is_looked_at_and_left(tmp_path: Path) -> None:
    journals = Journals(default_folder(tmp_path / "data"))
    writer = journals.begin(new_run(shipped("first-train"), 1, "Aigul", 1))
    writer.clock(3_000)
    writer.close()
    with program(tmp_path, "replay", writer.run.key[:4]) as screen:
        screen.until("REPLAY")
        screen.send("q")
        assert screen.until_ended() == 0
    assert journals.find(writer.run.key).state == "interrupted"


def test_what_cannot_be_played_back_is_one_line(tmp_path: Path) -> None:
    with program(tmp_path, "replay", "zzz") as screen:
        assert screen.until_ended() == 2
    assert b"no finished run begins with zzz" in screen.written


@pytest.mark.parametrize("width", [80, 140])
def test_the_timeline_shows_the_gravest_mark_of_every_place(width: int) -> None:
    result = played("first-train")
    replay = Replay(result.run, result.score)
    marks, pointer = timeline(replay, width)
    assert len(marks.text) <= width
    assert {MARKS[kind][0] for kind in ("delay", "end")} <= set(marks.text)
    assert pointer.text.index("▲") == 1
    replay.jump(replay.end_s)
    assert timeline(replay, width)[1].text.index("▲") == width - 2


@pytest.mark.parametrize("width", [80, 140])
def test_a_click_on_the_timeline_goes_to_the_moment_there(width: int) -> None:
    result = played("first-train")
    replay = Replay(result.run, result.score)
    marks = timeline(replay, width)[0].spans[1:]
    ends = {MARKS["end"][0]}
    for column, span in enumerate(marks, 1):
        assert span.key.startswith("to("), span
        replay.jump(int(span.key[3:-1]))
        beyond = 1 if span.text not in {"─", " "} else 0  # of a mark it is the moment just after it
        assert 0 <= timeline(replay, width)[1].text.index("▲") - column <= beyond or span.text in ends, (column, span)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
def test_the_replay_explains_itself_and_its_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    file = tmp_path / "run.json"
    file.write_text(export(played("first-train")), encoding="utf-8")
    with program(tmp_path, "replay", str(file), "--trainee", "Marat", size=size) as screen:
        screen.until("? help")
        screen.send("?")
        screen.until("The shift as it was played")
        screen.send("\x1b[F")
        screen.until("where the shift ended")
        screen.send("\x1b")
        screen.until("n goes to the next mark")
        screen.send("q")
        assert screen.until_ended() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_replay_is_in_its_help(language: Language) -> None:
    with speaking(language):
        told = "\n".join(each.text for each in help_rows(78))
        for key in KEYS:
            assert _(key.about).split()[0] in told
        assert f"? {_('help')}" in hints(80).text
        assert all(cell_len(line) <= 78 for line in told.split("\n"))
        assert cell_len(hints(80).text) <= 80
