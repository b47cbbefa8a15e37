"""Escape and a key typed at once after it: a terminal sends them as one, and both are heeded."""

import string
from pathlib import Path

import pytest
from terminals import Program, program
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from corridor_tui.tui.typing import Keys, apart

ONES = [*string.printable, "ж", "Қ", "始"]


def read(parser: XTermParser, sent: str, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What is read of what was sent, once nothing more comes."""
    told = list(parser.feed(sent))
    with monkeypatch.context() as later:
        later.setattr("textual._parser.get_time", lambda: 1e12)
        return [*told, *parser.tick()]


def keys(told: list[Message]) -> list[tuple[str, str | None]]:
    return [(event.key, event.character) for event in told if isinstance(event, Key)]


@pytest.mark.parametrize("one", ONES)
def test_every_key_behind_escape_stands_for_escape_and_that_key(one: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = keys(read(XTermParser(), one, monkeypatch))
    (both,) = [event for event in read(Keys(), f"\x1b{one}", monkeypatch) if isinstance(event, Key)]
    assert keys([*apart(both, in_text=False)]) == [("escape", "\x1b"), *alone]


@pytest.mark.parametrize("sent", sorted(one for one in ANSI_SEQUENCES_KEYS if len(one) != 2))
def test_all_other_keys_are_read_as_ever(sent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys(read(Keys(), sent, monkeypatch)) == keys(read(XTermParser(), sent, monkeypatch))


def test_words_are_gone_over_on_a_line_of_text_as_terminals_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for sent, meant in (("\x1bb", "ctrl+left"), ("\x1bf", "ctrl+right"), ("\x1b\x7f", "ctrl+w")):
        (event,) = [event for event in read(Keys(), sent, monkeypatch) if isinstance(event, Key)]
        assert [key.key for key in apart(event, in_text=True)] == [meant]


def test_the_console_of_linux_goes_back_with_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    assert keys(read(Keys(), "\x1b\t", monkeypatch)) == [("shift+tab", None)]


MENU = ": orders"


def test_a_menu_is_left_by_escape_whatever_is_typed_at_once_after_it(tmp_path: Path) -> None:
    def left(desk: Program, key: str, seen: str) -> None:
        desk.send("\r")
        desk.until(MENU)
        desk.send(f"\x1b{key}")
        desk.until(lambda text: MENU not in text and seen in text)

    with program(tmp_path, "play", "fifty-five-minutes", "--seed", "7", "--trainee", "Aigul") as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("Altynkol")
        left(desk, ".", "nothing was ordered yet")
        left(desk, "b", "release in bulk")
        desk.send("\x1bZ")  # a capital letter that means nothing
        desk.until(lambda text: "release in bulk" not in text)
        left(desk, " ", "▶ ")
        left(desk, " ", "PAUSED")
        left(desk, "3", "officers")
        left(desk, "f", "mark two cells")


def test_what_is_typed_ahead_is_taken_in_one_after_the_other(tmp_path: Path) -> None:
    with program(tmp_path, "play", "fifty-five-minutes", "--seed", "7", "--trainee", "Aigul") as desk:
        desk.until("take the desk")
        desk.send("\r")
        desk.until("Altynkol")
        desk.send("\r\x1b3\r\x1b\r\x1b:first second\x1bbthe \x1b\x7fa ")
        assert MENU not in desk.until("first a second")
        desk.send("\x1b?\x1b:depart R1\r")
        desk.until("refused: let R1 depart")
        desk.send("q\x1b\r\x1b2")  # leave? no; the orders? no; the trains
        assert MENU not in desk.until("empty wagons")
