"""Line mode: a whole shift by plain lines, every order, every report, and nothing that a line could break."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from catalogues import TRANSLATED
from conftest import CAMPAIGN, FINALE, ROOT, shipped
from helpers import calm, variant
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.orders import VERBS, WHAT_IF
from corridor_tui.language import LANGUAGES, Language, speaking
from corridor_tui.level.model import Level
from corridor_tui.session.dialogue import Dialogue
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import event_text


class Talk:
    """A dialogue whose answers are at hand."""

    def __init__(self, level: Level) -> None:
        self.said: list[str] = []
        self.shift = Shift(level, 1)
        self.dialogue = Dialogue(self.shift, self.said.append)

    def ask(self, line: str) -> list[str]:
        """Say a line, and return what is answered."""
        before = len(self.said)
        self.dialogue.hear(line)
        return self.said[before:]

    def play(self, lines: Iterator[str]) -> Outcome | None:
        return self.dialogue.play(lines, end_scores=True)


def test_line_mode_tells_what_a_standing_order_would_do_before_it_is_set() -> None:
    signs = [{"id": "all", "mass_t_from": 0.0, "adds": 0.2}]
    level = variant(
        shipped("fifty-five-minutes"), standing_orders=["auto-accept", "auto-release"], customs__signs=signs
    )
    talk = Talk(level)
    talk.ask("run 1")
    assert any(", risk 0.20: " in line for line in talk.ask("customs"))
    [would] = talk.ask("standing auto-release 0.3")
    assert would.startswith("at once it would order: release ")
    none, left = talk.ask("standing auto-release 0.15")
    assert none == "at once it would order nothing"
    assert re.fullmatch(r"too risky for it, and left to you: (\S+ 0\.20(, )?)+", left)
    assert talk.ask("standing auto-release 1.5")[0].startswith("no: `1.5` is no limit of a risk")
    assert talk.ask("standing depart X8041") == ["`depart X8041` is no standing order"]
    assert talk.ask("standing nonsense")[0].startswith("no: ")
    assert talk.shift.view.standing == {}


def follow(talk: Talk) -> Iterator[str]:
    """Do what is proposed, else run on: nothing is known but what was said."""
    for _ in range(600):
        yield "proposed"
        last = talk.said[-1]
        if found := re.match(r"proposed: (.*?) \(", last):
            yield found[1]
            if talk.said[-1].startswith("no:"):
                yield "next"
        else:
            yield "next"


def proposals(talk: Talk) -> Iterator[str]:
    """Give what is proposed, else run on, and ask for every report on the way."""
    yield from [
        "trains",
        "customs",
        "rules",
        "tracks",
        "cranes",
        "calls",
        "standing",
        "clock",
        "score",
        "help",
        "briefing",
        "fly",
        "undo",
        "again",
        "log",
    ]
    yield from ("until noon", "papers X8001-01", "train R1", "options X8001", "what-if")
    while not talk.shift.over:
        order = next(talk.shift.proposals(), None)
        yield "next" if order is None else order.text


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_whole_shift_is_played_in_every_language_and_comes_to_the_same(language: Language) -> None:
    plainly = Talk(shipped("first-train"))
    there = plainly.play(proposals(plainly))
    with speaking(language):
        talk = Talk(shipped("first-train"))
        here = talk.play(proposals(talk))
    assert here is not None
    assert there is not None
    assert (here.digest, here.score.total) == (there.digest, there.score.total)
    said = [line for line in talk.said if not line.startswith(("note.", "declaration.", "invoice.", "packing."))]
    assert len(said) > 200
    orders = re.compile(rf"\b({'|'.join(VERBS)}) [\w. /-]+")
    said = [orders.sub("", line) for line in said]
    assert [line for line in said if re.search(r"\b[a-z]{3,} [a-z]{2,} [a-z]{2,}\b", line)] == []


def test_the_first_train_is_played_to_a_good_score_by_the_dialogue_alone() -> None:
    talk = Talk(shipped("first-train"))
    outcome = talk.play(follow(talk))
    assert outcome is not None
    assert outcome.score.total > 90
    told = "\n".join(talk.said)
    for words in ("What is asked:", "is offered by the neighbour", f"{outcome.score.total:.1f} points", "lost "):
        assert words in told
    assert all(line.isprintable() for line in talk.said)


def test_the_reports_alone_name_the_order_that_is_missing() -> None:
    talk = Talk(shipped("first-train"))
    talk.ask("next")
    [line] = [line for line in talk.ask("trains") if line.startswith("X8001")]
    assert line.endswith("next: accept")
    options = talk.ask("options X8001")
    assert "can: accept X8001 N1 (accept X8001 onto track N1)" in options
    assert any(line.startswith("cannot secure: ") for line in options)
    assert talk.ask("accept X8001 N1") == ["yes: accept X8001 N1"]
    assert talk.ask("accept X8001 N1")[0].startswith("no: accept X8001 N1: X8001 is accepted already")


@pytest.mark.parametrize("name", CAMPAIGN)
def test_every_report_can_be_had_on_every_level(name: str) -> None:
    talk = Talk(shipped(name))
    talk.ask("run 180")
    assert any("until" not in line for line in talk.said)
    words = [
        "trains",
        "customs",
        "rules",
        "tracks",
        "cranes",
        "graph",
        "calls",
        "standing",
        "clock",
        "score",
        "log",
        "proposed",
        "briefing",
        "help",
    ]
    for line in words:
        assert talk.ask(line), line
    view = talk.shift.view
    for unit in [unit.id for unit in view.units.values() if unit.gone_s is None][:6]:
        assert len(talk.ask(f"train {unit}")) >= 3
    for consignment in list(view.dossiers)[:4]:
        assert talk.ask(f"papers {consignment}")
        assert talk.ask(f"options {consignment}")
    assert not any(line.startswith("no:") for line in talk.said)


def test_every_order_is_told_by_help_and_taken_in_by_its_canonical_text() -> None:
    talk = Talk(shipped("first-train"))
    told = " ".join(talk.ask("help"))
    for verb in VERBS.values():
        assert verb.word in told
        [line] = talk.ask(f"help {verb.word}")
        assert line.startswith(verb.word)
        assert verb.help in line
        words = ["hold", "x"] if verb.word == WHAT_IF else ["x" for _ in verb.slots]
        [answer] = talk.ask(" ".join([verb.word, *words]))[:1]
        if verb.word == WHAT_IF:
            assert "would be refused: there is no train or rake x" in answer
            continue
        assert answer.startswith("no: ")
        assert "there is no order" not in answer


def test_a_misspelt_word_is_met_with_the_one_that_is_meant() -> None:
    talk = Talk(shipped("first-train"))
    assert talk.ask("acept X8001 N1") == ["no: there is no command or order acept; did you mean `accept`?"]
    assert talk.ask("quit") == [
        "no: there is no command or order quit; `later` leaves and goes on another time, `leave` leaves for good"
    ]
    assert talk.ask("xyzzy") == ["no: there is no command or order xyzzy; `help` tells them"]
    assert talk.ask("options X8001 inspct") == ["no: there is no order `inspct`; did you mean `inspect`?"]


def test_orders_of_which_there_are_very_many_are_told_when_they_are_asked_for() -> None:
    talk = Talk(shipped("single-line"))
    told = talk.ask("options 1402")
    assert len(told) < 20
    [meets] = [line for line in told if line.startswith("can: meet")]
    ways = re.search(r"in (\d+) ways; `(.+)` tells them", meets)
    assert ways is not None
    assert len(talk.ask(ways[2])) == int(ways[1]) > 100


def test_the_train_graph_is_told_as_lines() -> None:
    talk = Talk(shipped("single-line"))
    assert talk.ask("graph") == ["nobody is on the line, and nobody is about to be"]
    talk.ask("options 1402")
    for line in ("release 1402", "release 1404", "inspect 1402", "run 90"):
        talk.ask(line)
    assert talk.ask("depart 1402") == ["yes: depart 1402"]
    talk.ask("run 5")
    assert any(re.match(r"1402: at Zhetygen \d\d:\d\d", line) for line in talk.ask("graph"))


def test_a_mark_can_be_set_by_a_line_too() -> None:
    talk = Talk(shipped("first-train"))
    assert talk.ask("mark why so slow")[0] == "yes: mark why so slow"
    assert "mark WORDS: " in " ".join(talk.ask("help"))


def test_time_moves_by_commands_only() -> None:
    talk = Talk(shipped("first-train"))
    assert talk.ask("clock")[0].startswith("10:00:01")
    talk.ask("trains")
    assert talk.shift.now_s == 1
    assert talk.ask("run 1.5")[-1].startswith("10:01:31")
    assert talk.ask("until 10:05")[-1].startswith("10:05:00")
    assert talk.ask("until 10:05:30")[-1].startswith("10:05:30")
    for wrong in ("run", "run 0", "run -3", "run soon", "run nan", "run inf", "until 25", "until noon", "until 10:99"):
        assert talk.ask(wrong)[0].startswith("no: "), wrong
    assert talk.shift.now_s == 330


def test_undo_and_again() -> None:
    talk = Talk(shipped("first-train"))
    assert talk.ask("undo") == ["no: there is no order to take back"]
    talk.ask("next")
    talk.ask("accept X8001 N2")
    assert talk.ask("undo")[0] == "yes: hold X8001"
    assert talk.ask("undo") == ["no: there is no order to take back"]
    talk.ask("accept X8001 N2")
    assert talk.ask("again")[0].startswith("no: accept X8001 N2: ")


def test_who_leaves_has_no_result_and_who_ends_has() -> None:
    assert Talk(shipped("first-train")).play(iter(["next", "leave", "next"])) is None
    talk = Talk(shipped("first-train"))
    outcome = talk.play(iter(["end"]))
    assert outcome is not None
    assert outcome.score.total < 20
    interactive = Talk(shipped("first-train"))
    assert interactive.dialogue.play(iter([]), end_scores=False) is None


def test_what_the_level_withholds_is_not_told() -> None:
    from helpers import variant

    talk = Talk(variant(shipped("first-train"), shift__feedback="none"))
    assert "late" not in talk.ask("score")[0]
    talk.ask("run 240")
    assert not any("SAFETY" in line or "waited too long" in line for line in talk.said)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from([*VERBS, "run", "train X8001", "papers", "log -3", "help x y"])))
def test_no_line_breaks_it(lines: list[str]) -> None:
    talk = Talk(shipped("first-train"))
    for line in lines:
        talk.ask(line)


SCRIPT = """\
# the first train as a list of orders with their times
next
accept X8001 N1
check X8001-03
check X8001-04
until 10:03
release X8001
log 3
end
"""


def test_a_script_is_piped_in_and_the_result_is_kept() -> None:
    command = [
        sys.executable,
        "-m",
        "corridor_tui",
        "play",
        "first-train",
        "--line",
        "--seed",
        "1",
        "--trainee",
        "Aigul",
    ]
    first, again = (
        subprocess.run(command, input=SCRIPT, capture_output=True, text=True, cwd=ROOT, check=True).stdout for _ in "12"
    )
    assert "yes: accept X8001 N1" in first
    assert "yes: release X8001" in first
    assert "points" in first
    assert first == again
    assert first.endswith("the result of Aigul is kept\n")
    kept = subprocess.run(
        [*command[:3], "levels", "--trainee", "Aigul"], capture_output=True, text=True, cwd=ROOT, check=True
    ).stdout
    total = re.search(r"([0-9.]+) points", first)
    assert total is not None
    assert total[1] in kept


def _line(text: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "corridor_tui", "play", "--line", "--trainee", "Aigul", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=True).stdout


def test_a_shift_is_left_and_gone_on_with_another_time() -> None:
    told = _line("next\naccept X8001 N2\nlater\n", "first-train", "--seed", "1").splitlines()
    assert told[-1].startswith("go on with: corridor play --line --resume ")
    key = told[-1].split()[-1]
    again = _line("clock\ntracks\nhold X8001\nend\n", "--resume", key)
    assert "10:02:01 of 14:10" in again
    assert "yes: hold X8001" in again
    assert "points" in again
    assert again.endswith("the result of Aigul is kept\n")


def test_bytes_that_are_no_text_do_not_end_it() -> None:
    command = [sys.executable, "-m", "corridor_tui", "play", "first-train", "--line", "--seed", "1"]
    done = subprocess.run(command, input=b"\xff\xfe\x00 trains\nleave\n", capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0
    assert b"no: " in done.stdout


def test_it_loads_no_textual() -> None:
    code = "import sys, corridor_tui.session.dialogue; sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_grain_train_carries_tonnes_and_since_when_it_waits_is_told_to_the_minute() -> None:
    talk = Talk(shipped("harvest"))
    assert any("t of grain in it" in line for line in talk.ask("train G701"))
    assert not any("containers on it" in line for line in talk.ask("train G701"))
    offered = next(line for line in talk.ask("run 120") if "G703 is offered" in line)
    at = offered[:5]
    line = next(line for line in talk.ask("trains") if line.startswith("G703"))
    since = line.partition("since ")[2][:5]
    minutes = [int(text[:2]) * 60 + int(text[3:]) for text in (at, since)]
    assert 0 <= minutes[1] - minutes[0] <= 1


def test_a_shift_of_many_days_tells_the_date_and_each_message_its_day() -> None:
    talk = Talk(shipped("a-million"))
    [now] = talk.ask("clock")
    assert now.startswith("1 Jan 2026 00:00:01 of 1 Jan 2027. ")
    *said, now = talk.ask("run 1500")
    assert now.startswith("2 Jan 2026 01:00:01 of ")
    assert any(line.startswith("day 2 00:") for line in said)
    [short] = Talk(shipped("first-train")).ask("clock")
    assert short.startswith("10:00:01 of 14:10. ")


def test_rakes_alike_in_a_park_are_told_in_one_line_with_their_names() -> None:
    first = calm("first-train")
    more = {"id": "P", "count": 3, "wagon": "flat80", "wagons": 15, "park": "zhetygen"}
    talk = Talk(variant(first, rakes=[*(each.model_dump() for each in first.rakes), more]))
    [line] = [line for line in talk.ask("trains") if line.startswith("P")]
    assert line.startswith("P1, rake: ")
    assert line.endswith("; with it there: P2, P3")
    talk.ask("call-rake P1")
    lines = [line for line in talk.ask("trains") if line.startswith("P")]
    assert [line.partition(",")[0] for line in lines] == ["P1", "P2"]
    assert lines[1].endswith("; with it there: P3")


def test_who_runs_a_year_on_is_stopped_by_what_is_built_and_by_each_quarter() -> None:
    level = variant(shipped("a-million"), services=(), shift__most_waiting=None)
    talk = Talk(level)
    talk.ask("buy crews")
    stops = [talk.ask("next")[-1].partition(" of ")[0] for _ in range(4)]
    assert stops == ["3 Jan 2026 00:00:02", "1 Apr 2026 00:00:01", "1 Jul 2026 00:00:01", "1 Oct 2026 00:00:01"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("played", [*CAMPAIGN, FINALE])
def test_an_answer_says_its_word_once(played: str, language: Language) -> None:
    level = shipped(played)
    with speaking(language):
        for name, call in level.calls.items():
            asked = event_text(Event(0, "call", (name,)), level)
            for answer in call.answers:
                assert answer.told in asked
                assert not re.match(rf"{answer.word}\W+{answer.word}\b", answer.told), answer.told
                assert answer.word in answer.told


def test_who_asks_for_the_calls_reads_no_word_twice() -> None:
    talk = Talk(shipped("first-train"))
    for _step in range(60):
        talk.ask("run 5")
        talk.ask("accept X8001 N1")
        if any(ring.id == "clocks" for ring in talk.shift.view.ringing(talk.shift.desks)):
            break
    assert "can: answer clocks neither (yours is Beijing time, ours Altynkol time)" in talk.ask("calls")
