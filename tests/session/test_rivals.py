"""The baselines of a long shift that another process plays meanwhile: the same as if they were played here."""

import multiprocessing
import os
import signal
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from conftest import FINALE, LEVELS, shipped
from helpers import half_told, killed_with_children, variant

from corridor_tui.level.model import Level
from corridor_tui.session.rivals import GaveUpError, Rivals
from corridor_tui.session.shift import BASELINES, Shift, baseline


def five_days() -> Level:
    return variant(shipped(FINALE), shift__length_min=7_200)


def test_they_come_to_what_they_come_to_here_and_make_the_same_score() -> None:
    level = five_days()
    mine, beside = Shift(level, 2), Shift(level, 2)
    with closing(Rivals(beside)) as rivals:
        for shift in (mine, beside):
            assert shift.order("auto-accept 20").accepted
        here, there = mine.finish(), beside.finish(played=rivals.raw)
        for name in BASELINES:
            assert rivals.raw(name) == baseline(Shift(level, 2).scenario, name)
        assert rivals.now_s >= level.shift_s
    assert there.score == here.score
    assert there.score.scale is not None


def test_what_an_instructor_let_happen_happens_to_them_too() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    asked = list[str]()
    shift.instructor = True
    assert shift.order("inject rmg2-fails").accepted
    shift.finish(played=asked.append)
    assert asked == []


def test_a_shift_of_hours_needs_no_process() -> None:
    with closing(Rivals(Shift(shipped("first-train"), 1))) as rivals:
        assert multiprocessing.active_children() == []
        assert rivals.raw("reference") is None


def test_who_leaves_waits_no_longer() -> None:
    rivals = Rivals(Shift(shipped(FINALE), 1))
    gave_up = list[bool]()

    def wait() -> None:
        with pytest.raises(GaveUpError):
            rivals.raw("reference")
        gave_up.append(True)

    waiting = Thread(target=wait)
    waiting.start()
    rivals.close()
    waiting.join(30)
    assert gave_up == [True]
    assert multiprocessing.active_children() == []


def test_where_the_process_was_ended_from_outside_they_are_played_here() -> None:
    shift = Shift(five_days(), 2)
    with closing(Rivals(shift)) as rivals:
        (process,) = multiprocessing.active_children()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        assert rivals.raw("reference") is None
        assert shift.finish(played=rivals.raw).score.scale is not None


def test_where_it_was_ended_while_it_told_of_them_they_are_played_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corridor_tui.session.rivals._play", half_told)
    with closing(Rivals(Shift(five_days(), 2))) as rivals:
        assert rivals.raw("reference") is None


def test_it_ends_with_whoever_began_it_even_where_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "shift.py"
    script.write_text(
        "import multiprocessing, sys, time\nfrom pathlib import Path\n"
        "from corridor_tui.level.load import load\nfrom corridor_tui.session.rivals import Rivals\n"
        "from corridor_tui.session.shift import Shift\n"
        "if __name__ == '__main__':\n"
        "    rivals = Rivals(Shift(load(Path(sys.argv[1])), 1))\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    assert len(killed_with_children(script, str(LEVELS / f"{FINALE}.toml"))) == 1
