"""A replay as an asciicast: the format that players read, the pictures of the replay, and the same each time."""

import json
from dataclasses import replace
from pathlib import Path

import pyte
from played import played
from terminals import corridor

from corridor_tui.session.marks import Mark
from corridor_tui.session.replay import KINDS, Replay
from corridor_tui.session.result import export
from corridor_tui.tui.cast import STEP_S, cast

SIZE, SPEED = (100, 30), 600


def replayed() -> Replay:
    result = played("first-train", 1, "novice")
    return Replay.of(replace(result, marks=(Mark(900, "Marat", "why so late?", 1),)))


def test_a_player_that_knows_the_format_shows_the_replay_from_its_first_second_to_its_last() -> None:
    replay = replayed()
    head, *events = [json.loads(line) for line in cast(replay, SIZE, SPEED).splitlines()]
    assert (head["version"], head["width"], head["height"]) == (2, *SIZE)
    assert all(len(event) == 3 and event[1] in ("o", "m") and isinstance(event[2], str) for event in events)
    times = [event[0] for event in events]
    assert times == sorted(times)
    assert times[0] == 0
    assert abs(times[-1] - replay.end_s / SPEED) <= 2 * STEP_S
    screen = pyte.Screen(*SIZE)
    stream = pyte.Stream(screen)
    stream.feed(next(event[2] for event in events if event[1] == "o"))
    assert any("REPLAY" in line for line in screen.display)
    assert any("X8001" in line for line in screen.display)
    for event in events:
        if event[1] == "o":
            stream.feed(event[2])
    level, last = replay.level, replay.end_s
    assert any(level.clock_at(last)[:4] in line for line in screen.display), "\n".join(screen.display)


def test_its_markers_are_those_of_the_replay_at_their_seconds() -> None:
    replay = replayed()
    events = [json.loads(line) for line in cast(replay, SIZE, SPEED).splitlines()[1:]]
    marks = [(at, text) for at, kind, text in events if kind == "m"]
    end = events[-1][0] * SPEED
    wanted = [one for one in replayed().markers if KINDS.index(one.kind) >= KINDS.index("meet") and one.t <= end]
    assert len(wanted) > 5
    assert "Marat: why so late?" in [one.text for one in wanted]
    assert [text for _, text in marks] == [one.text for one in wanted]
    assert all(0 <= at - one.t / SPEED <= STEP_S for (at, _), one in zip(marks, wanted, strict=True))


def test_the_same_run_gives_the_same_cast() -> None:
    assert cast(replayed(), SIZE, 1_800) == cast(replayed(), SIZE, 1_800)


def test_the_command_writes_it_and_asks_for_a_file(tmp_path: Path) -> None:
    run, file = tmp_path / "run.json", tmp_path / "run.cast"
    run.write_text(export(played("first-train", 1, "novice")), encoding="utf-8")
    corridor("export", str(run), "--cast", str(file), "--speed", "1800", "--columns", "80", "--lines", "24")
    assert json.loads(file.read_text(encoding="utf-8").split("\n")[0])["width"] == 80
    assert "--cast FILE" in corridor("export", str(run), code=2).stderr
