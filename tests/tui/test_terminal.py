"""The real program on a pseudo terminal: what a trainee at a terminal gets, bytes included."""

import re
import signal
from pathlib import Path

import pytest
from conftest import ROOT
from terminals import RESTORED, Program, program


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
def test_first_train_can_be_begun_with_what_the_screen_tells(tmp_path: Path, size: tuple[int, int]) -> None:
    with program(tmp_path, "play", "first-train", "--seed", "3", "--trainee", "Aigul", size=size) as desk:
        desk.until("The first train")
        desk.until("take the desk")
        desk.send("\r")
        desk.until("YOUR TURN")
        desk.send("x")
        desk.until("PAUSED")
        desk.until("Next:")
        desk.send("c")
        desk.until("✓ have the documents of X8001-")
        desk.send("n")  # on to the offer of the train
        desk.until("your order (dispatch)")
        desk.send("\ra1")  # typed ahead: enter opens the orders, a is accept, 1 the first track
        desk.until("✓ accept X8001 onto track N1")
        desk.send(":depart R1\r")
        desk.until("refused: let R1 depart: R1 does not stand where its line begins")
        desk.send("q")
        desk.until("leave without a result")
        desk.send("l")
        assert desk.until_ended() == 0
        assert RESTORED in desk.written


def test_a_shift_ended_early_is_scored_and_the_start_screen_shows_the_best(tmp_path: Path) -> None:
    with program(tmp_path, "play", "--seed", "1", "--trainee", "Aigul") as desk:
        desk.until("not played yet")
        desk.send("\r")
        desk.until("take the desk")
        desk.send("\r")
        desk.until("press 1")
        desk.send("q")
        desk.until("be scored")
        desk.send("e")
        desk.until("the result is kept")
        desk.send("\r")
        desk.until("would have cost nothing?")
        desk.send("1")
        desk.until("made 71 minutes")
        desk.send("q")
        assert re.search(r"The first train.*best -?[0-9]", desk.until("best "))
        desk.send("q")
        assert desk.until_ended() == 0


def test_what_the_program_writes_holds_nothing_of_a_hostile_level_but_its_letters(tmp_path: Path) -> None:
    hostile = "[/x][@click=app.exit]go[/]"
    text = (ROOT / "levels" / "first-train.toml").read_text(encoding="utf-8")
    text = text.replace('"The first train"', f'"{hostile}"')
    text = re.sub(r'^(title = .*)"X8001 Lianyungang, the first"', rf'\1"{hostile}"', text, flags=re.MULTILINE)
    text = re.sub(r'^name = \{ en = "[^"]*"', f'name = {{ en = "{hostile}"', text, flags=re.MULTILINE)
    level = tmp_path / "hostile.toml"
    level.write_text(text, encoding="utf-8")
    with program(tmp_path, "play", str(level), "--seed", "1", size=(120, 40)) as desk:
        desk.until(hostile)
        desk.send("\r")
        desk.until(hostile.upper()[:20])
        desk.send("\x1b[<0;3;4M\x1b[<0;3;4m")  # a click on the hostile name
        desk.send("q")
        desk.until("leave without a result")
        desk.send("l")
        assert desk.until_ended() == 0
    commands = set(re.findall(rb"\x1b(\][^\x07\x1b]*|P[^\x1b]*)", desk.written))
    assert not [command for command in commands if b"click" in command or b"app." in command]


def test_who_goes_to_another_instrument_has_that_and_the_one_he_left_drawn_anew_and_not_the_whole_desk(
    tmp_path: Path,
) -> None:
    def written(desk: Program, key: str) -> int:
        before = len(desk.written)
        desk.send(key)
        desk.listen(1.0)
        return len(desk.written) - before

    with program(tmp_path, "play", "fifty-five-minutes", size=(160, 50)) as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("welcome at the desk")
        desk.listen(1.0)
        moved = written(desk, "5")
        assert "search" in desk.text
        desk.send("?")
        desk.until("This instrument")
        whole = written(desk, "\x1b")
        assert "search" in desk.text
        assert 0 < moved < whole / 2


@pytest.mark.parametrize(
    ("before", "key", "answer"),
    [(":hold X8041", "\r", "hold X8041 back"), (":X8043-04\r\r", "r", "✓ release X8043-04")],
)
def test_the_answer_to_an_order_is_written_before_all_that_is_drawn_anew(
    tmp_path: Path, before: str, key: str, answer: str
) -> None:
    with program(tmp_path, "play", "fifty-five-minutes", "--seed", "1", size=(160, 50)) as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("welcome at the desk")
        desk.listen(1.0)
        desk.send(before)
        desk.listen(1.0)
        begun = len(desk.written)
        desk.send(key)
        desk.until(answer)
        desk.listen(1.0)
        ahead, _, behind = desk.written[begun:].partition(answer.encode())
        assert len(ahead) < 160  # nothing but where it stands and how it looks
        assert len(behind) > 1_000
        assert "escape back" not in desk.text  # what lay over the desk is gone, and its keys with it


def test_a_fault_inside_restores_the_terminal_and_says_one_plain_line(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv[1:] = ['play', 'first-train']\n"
        "from corridor_tui.tui.desk import Desk\n"
        "def broken(self):\n    secret = 'a secret'\n    raise RuntimeError('broken')\n"
        "Desk.tick = broken\n"
        "from corridor_tui.cli import main; main()"
    )
    with program(tmp_path, code=code) as desk:
        desk.until("take the desk")
        desk.send("\r")
        assert desk.until_ended() == 70
    after = desk.written.rpartition(RESTORED)[2]
    assert b"something went wrong inside the program (RuntimeError)" in after
    assert b"Traceback" not in after
    assert b"a secret" not in desk.written
    assert "broken" in (tmp_path / "data" / "crash.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_from_outside_it_leaves_the_terminal_as_it_was(tmp_path: Path, sent: signal.Signals) -> None:
    with program(tmp_path, "play", "first-train") as desk:
        desk.until("take the desk")
        desk.child.kill(sent)
        assert desk.until_ended() == 128 + sent
        assert RESTORED in desk.written


def test_bytes_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    with program(tmp_path, "play", "first-train") as desk:
        desk.until("take the desk")
        desk.child.send(b"\xff\xfe\xeb(\xc3\r")
        desk.until("YOUR TURN")
        desk.child.send(b":\xe9acc\x80ept \xf0\x9f")
        desk.until("accept")


def test_where_no_shell_could_take_it_up_again_it_is_not_stopped(tmp_path: Path) -> None:
    with program(tmp_path, "play", "first-train") as desk:
        desk.until("take the desk")
        desk.send("\x1a\r")
        desk.until("YOUR TURN")


def test_a_terminal_made_too_small_and_large_again(tmp_path: Path) -> None:
    with program(tmp_path, "play", "first-train") as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("press 1")
        desk.resize(60, 20)
        desk.until("the desk needs at least 80x24")
        desk.resize(120, 40)
        desk.until("KTZE DRY PORT")


@pytest.mark.parametrize(
    ("size", "setting", "words"),
    [
        ((70, 20), {"TERM": "xterm"}, "80x24"),
        ((80, 24), {"TERM": "dumb"}, "needs a terminal"),
        ((80, 24), {"PYTHONIOENCODING": "latin-1"}, "set LC_ALL=C.UTF-8"),
    ],
)
def test_where_it_cannot_run_it_says_so_in_one_line(
    tmp_path: Path, size: tuple[int, int], setting: dict[str, str], words: str
) -> None:
    with program(tmp_path, "play", "first-train", size=size, **setting) as desk:
        assert desk.until_ended() == 2
    assert words.encode() in desk.written
    assert b"\x1b[" not in desk.written
    assert desk.written.count(b"\n") == 1
