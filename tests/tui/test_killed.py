"""The real program, killed at moments of chance: no order that it confirmed is lost, and no more than a second of play."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import shipped
from terminals import RESTORED, Program, program

from corridor_tui.records.journals import Journals
from corridor_tui.session.run import Run, new_run
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import said_text

LIVES = 5
"""How often a run is killed before it is finished."""
SLACK_S = 1.0
"""The most play, in real seconds, that a kill may cost."""


class Player:
    """Somebody who gives orders that can be told apart, and notes which of them the screen has confirmed."""

    def __init__(self, draws: Random) -> None:
        self._draws = draws
        self._number = 0
        self._sent: list[str] = []
        self.confirmed: list[str] = []
        self.seen_s = 0
        self.speed = 0

    def act(self, desk: Program) -> None:
        """Press some keys and look at the screen for a moment."""
        draws = self._draws
        kind = draws.randrange(7)
        if kind < 4:
            self._number += 1
            order = draws.choice([f"hold Z{self._number}", f"release Z{self._number}", f"fly Z{self._number}"])
            self._sent.append(order)
            desk.send(f":{order}\r")
        elif kind == 4:
            desk.send("c")
        else:
            desk.send(draws.choice([" ", " ", "+", "-"]))
        self.look(desk.listen(draws.uniform(0.0, 0.25)))

    def look(self, text: str) -> None:
        for order in self._sent:
            if order not in self.confirmed and re.search(
                rf"refused: {said_text(order, shipped('first-train'))}: ", text
            ):
                self.confirmed.append(order)
        clock = re.search(r" (\d\d):(\d\d):(\d\d) Altynkol", text)
        speed = re.search(r"▶ (\d+)x", text)
        if clock and (speed or "PAUSED" in text):
            hours, minutes, seconds = map(int, clock.groups())
            self.seen_s = hours * 3_600 + minutes * 60 + seconds - shipped("first-train").start_s
            self.speed = int(speed[1]) if speed else max(self.speed, 1)


def journal(tmp_path: Path) -> Run:
    (found,) = Journals(tmp_path / "data" / "journals").all()
    assert (found.state, found.trouble) == ("interrupted", None)
    assert found.run is not None
    return found.run


def live_and_die(tmp_path: Path, player: Player, draws: Random, *, first: bool) -> Run:
    """Sit down, play for a moment and be killed; the run as it is then in the journal."""
    with program(tmp_path, "play", "first-train", "--seed", "3", "--trainee", "Aigul") as desk:
        desk.until("take the desk" if first else "A shift was broken off")
        desk.send("\r" if first else "g")
        player.look(desk.until("Altynkol"))
        desk.send("x" if first else "")  # without the guide, for which the clock would wait
        for _ in range(draws.randrange(1, 9)):
            player.act(desk)
        desk.child.kill(9)
        desk.listen(0.05)
        desk.until_ended()
    run = journal(tmp_path)
    given = [one.text for one in run.given]
    assert [order for order in player.confirmed if order not in given] == [], given
    assert len(set(given) & set(player.confirmed)) == len(player.confirmed)
    assert run.clock_s >= player.seen_s - player.speed * SLACK_S
    return run


def uninterrupted(run: Run) -> Shift:
    """The same orders, lived through in one go."""
    shift = Shift(shipped("first-train"), run.seed)
    for given in run.given:
        shift.advance(given.t)
        shift.order(given.text)
    shift.advance(run.clock_s)
    return shift


def killed_and_finished(tmp_path: Path, seed: int) -> None:
    draws = Random(seed)
    player = Player(draws)
    run = live_and_die(tmp_path, player, draws, first=True)
    for _ in range(LIVES - 1):
        before = run
        run = live_and_die(tmp_path, player, draws, first=False)
        assert run.given[: len(before.given)] == before.given
        assert run.clock_s >= before.clock_s
    with program(tmp_path, "play", "first-train", "--trainee", "Aigul") as desk:
        desk.until("A shift was broken off")
        desk.send("g")
        desk.until("Altynkol")
        desk.send("q")
        desk.until("be scored")
        desk.send("e")
        desk.listen(draws.uniform(0.0, 0.6))
        desk.child.kill(9)
        desk.until_ended()
    for found in Journals(tmp_path / "data" / "journals").all():  # killed before the score was made and kept
        assert found.run is not None
        with program(tmp_path, "play", "first-train", "--trainee", "Aigul") as desk:
            if kept(tmp_path):  # killed when the result was kept and the journal not yet put away
                desk.until("take the desk")
                break
            desk.until("A shift was broken off")
            desk.send("g")
            if found.run.ended:
                desk.until_kept()
            else:  # killed before the end was written down
                desk.until("Altynkol")
                desk.finish()
    assert kept(tmp_path) == uninterrupted(run).finish().digest
    assert Journals(tmp_path / "data" / "journals").all() == []


def kept(tmp_path: Path) -> str:
    """The digest of the one result; empty while there is none."""
    path = tmp_path / "data" / "records.sqlite3"
    if not path.exists():
        return ""
    with closing(sqlite3.connect(path)) as plain:
        if not plain.execute("SELECT 1 FROM sqlite_master WHERE name = 'scores'").fetchall():
            return ""
        rows = plain.execute("SELECT events_digest FROM runs").fetchall()
    assert len(rows) <= 1
    return str(rows[0][0]) if rows else ""


def test_a_run_killed_five_times_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    killed_and_finished(tmp_path, 0)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1, 1 + 200 // LIVES))
def test_two_hundred_kills_lose_nothing(tmp_path: Path, seed: int) -> None:
    killed_and_finished(tmp_path, seed)


def test_where_no_journal_can_be_kept_the_desk_says_so_and_the_shift_is_played(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    data = str(tmp_path / "file" / "data")
    with program(tmp_path, "play", "first-train", "--trainee", "Aigul", size=(120, 40), CORRIDOR_DATA=data) as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("not journalled: no journal can be kept")
        desk.send("c")
        desk.until("✓ have the documents of")
        desk.send("q")
        desk.until("be scored")
        desk.send("e")
        desk.until("not kept: results cannot be kept")
        desk.send("q")
        desk.until("just played: ")
        desk.send("q")
        assert desk.until_ended() == 0
    assert b"results cannot be kept" in desk.written.rpartition(RESTORED)[2]


def test_a_shift_of_another_engine_is_not_gone_on_with_and_both_are_named(tmp_path: Path) -> None:
    journals = Journals(tmp_path / "data" / "journals")
    writer = journals.begin(replace(new_run(shipped("first-train"), 1, "Aigul", 1), engine="0"))
    writer.close()
    with program(tmp_path, "play", "first-train", "--trainee", "Aigul", size=(120, 40)) as desk:
        desk.until("A shift was broken off")
        desk.until("it was begun with engine 0 and this is engine")
        desk.send("n")
        desk.until("take the desk")
        desk.send("q")
        assert desk.until_ended() == 0
    with program(tmp_path, "play", "--resume", writer.run.key, "--trainee", "Aigul") as desk:
        assert desk.until_ended() == 1
    assert b"cannot be gone on with: it was played with engine 0" in desk.written.rpartition(RESTORED)[2]


def test_who_goes_later_or_begins_anew_or_gives_up_finds_it_so(tmp_path: Path) -> None:
    arguments = ("play", "first-train", "--seed", "3", "--trainee", "Aigul")
    journals = Journals(tmp_path / "data" / "journals")
    with program(tmp_path, *arguments) as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("press 1")
        desk.send("c")
        desk.until("✓ have the documents of")
        desk.send("q")
        desk.until("go on another time")
        desk.send("g")
        assert desk.until_ended() == 0
    (found,) = journals.all()
    assert found.state == "interrupted"
    with program(tmp_path, *arguments) as desk:  # anew: the old one waits
        desk.until("1 order given")
        desk.send("n")
        desk.until("take the desk")
        desk.send("\r")
        desk.until("press 1")
        desk.send("q")
        desk.until("leave without a result")
        desk.send("l")
        assert desk.until_ended() == 0
    assert sorted(one.state for one in journals.all()) == ["abandoned", "interrupted"]
    with program(tmp_path, "play", "--resume", found.key[:5], "--trainee", "Aigul") as desk:
        desk.until("back at the desk")
        desk.send("\x03")
        desk.until("go on another time")
        desk.send("g")
        assert desk.until_ended() == 0
    with program(tmp_path, *arguments) as desk:
        desk.until("A shift was broken off")
        desk.send("x")
        desk.until("take the desk")
        desk.send("q")
        assert desk.until_ended() == 0
    assert {one.state for one in journals.all()} == {"abandoned"}
    with program(tmp_path, *arguments) as desk:
        desk.until("take the desk")
        desk.send("q")
        assert desk.until_ended() == 0
