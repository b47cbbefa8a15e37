"""Texts of levels in several languages: which is shown, and that nothing else moves by it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogues import TRANSLATED
from conftest import LEVELS, shipped
from hands import at_the_desk
from pydantic import BaseModel
from screens import as_text

from corridor_tui.language import LANGUAGES, Language, _, speaking
from corridor_tui.level.errors import LevelError, LevelFileError
from corridor_tui.level.load import from_text, load, loads
from corridor_tui.level.model import Level
from corridor_tui.level.text import flowing
from corridor_tui.level.told import Told
from corridor_tui.session.report import report
from corridor_tui.session.shift import Shift, play
from corridor_tui.session.wording import event_text, refusal_text, said_text

BAD = sorted((LEVELS.parent / "tests" / "level" / "bad").glob("*.toml"))
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"|'[^']*'")
_ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
_TIMES_AND_NAMES = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{1,2}:[0-9]{2}|[A-Z]{1,4}[0-9]+)(?![0-9A-Za-z])")
FIRST = (LEVELS / "first-train.toml").read_text(encoding="utf-8")
SMALL = (LEVELS.parent / "tests" / "levels" / "small.toml").read_text(encoding="utf-8")


def _titled(title: str) -> Level:
    return loads(SMALL.replace('title = "Six containers"', title).encode(), "x")


def told(part: BaseModel) -> Iterator[Told[str]]:
    """Every text of a level that may be given in several languages."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Told):
                yield item
            elif isinstance(item, BaseModel):
                yield from told(item)


@pytest.mark.parametrize("title", ['title = { ru = "Шесть", en = "Six" }', 'title.ru = "Шесть"\ntitle.en = "Six"'])
def test_the_language_that_is_spoken_is_shown_and_the_first_where_it_is_missing(title: str) -> None:
    level = _titled(title)
    shown: dict[Language, str] = {"ru": "Шесть", "en": "Six", "kk": "Шесть", "zh": "Шесть"}
    for language, text in shown.items():
        with speaking(language):
            assert str(level.title) == text
    assert level.title.own == "Шесть"


def test_a_text_in_one_language_is_shown_to_everybody_and_is_the_same_level_as_ever() -> None:
    level = _titled('title = "Six containers"')
    with speaking("kk"):
        assert str(level.title) == "Six containers"
    assert '"title":"Six containers"' in level.text


def _refusal(path: Path) -> tuple[LevelError, ...]:
    with pytest.raises(LevelFileError) as caught:
        load(path)
    return caught.value.errors


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_wrong_with_a_level_is_told_in_the_language_of_the_screen(language: Language) -> None:
    """The parser's own reason, behind "not TOML", is nobody's to translate."""
    with speaking(language):
        parser = _("not TOML: {why}", why="")
        said = [error.message for path in BAD for error in _refusal(path)]
    assert len(said) > 250
    assert [words for words in said if _ENGLISH.search(_QUOTED.sub("", words)) and not words.startswith(parser)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_digest_moves_by_the_language(language: Language) -> None:
    with speaking(language):
        level = loads(FIRST.encode(), "first-train")
        outcome = play(level, 3, "reference", baselines=False)
        assert from_text(level.text).digest == level.digest
    assert level.digest == shipped("first-train").digest
    plainly = play(shipped("first-train"), 3, "reference", baselines=False)
    assert outcome.digest == plainly.digest
    assert json.dumps(report(level, outcome)) == json.dumps(report(shipped("first-train"), plainly))


@pytest.mark.parametrize("path", sorted(LEVELS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_text_of_the_campaign_is_told_in_every_language(path: Path) -> None:
    texts = list(told(shipped(path.stem)))
    assert len(texts) > 30
    assert [text for text in texts if not _in_every_language(text)] == []


_NOT_SHOWN = {"to", "points", "ordered", "origins"}
"""Texts for whoever reads the file, or for the program: the place a leg ends at, names, orders, and cities as papers have them."""


def _in_one_language(part: BaseModel) -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel) and not isinstance(item, Told):
                yield from _in_one_language(item)
            elif (
                isinstance(item, str)
                and name not in _NOT_SHOWN
                and re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+$", item)
            ):
                yield f"{name} = {item}"


@pytest.mark.parametrize("path", sorted(LEVELS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_text_or_name_of_the_campaign_is_left_in_english(path: Path) -> None:
    assert sorted(set(_in_one_language(shipped(path.stem)))) == []


async def test_trains_stations_and_ferries_are_called_by_their_names_in_the_language_that_is_spoken() -> None:
    with speaking("zh"):
        level = loads((LEVELS / "across-the-sea.toml").read_bytes(), "across-the-sea")
        async with at_the_desk(level, (160, 50)) as hands:
            screen = as_text(hands.pilot.app)
            assert all(name in screen for name in ("阿腾科里", "霍尔果斯", "阿克套渡轮"))
            assert not any(name in screen for name in ("Altynkol", "ALTYNKOL", "Horgos", "ferry"))
            view = hands.desk.shift.view
            assert view.units["X8107"].title == "X8107 郑州"
            assert "霍尔果斯" in refusal_text("no_room_to_meet", ("Horgos", "X1", "X2", "a", "b"), level)


@pytest.mark.parametrize("path", sorted(LEVELS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_times_and_names_of_a_text_are_the_same_in_every_language(path: Path) -> None:
    """What is changed in one language alone, such as the end of a shift, would mislead whoever reads another."""
    apart = []
    for text in told(shipped(path.stem)):
        named = (
            {language: set(_TIMES_AND_NAMES.findall(said)) for language, said in text.root.items()}
            if isinstance(text.root, dict)
            else {}
        )
        apart += [
            (text.own, language, names ^ named["en"]) for language, names in named.items() if names != named["en"]
        ]
    assert apart == []


def _in_every_language(text: Told[str]) -> bool:
    return isinstance(text.root, dict) and set(text.root) == set(LANGUAGES)


def test_what_a_caller_says_is_worded_in_the_language_that_is_spoken() -> None:
    shift = Shift(shipped("first-train"), 1)
    shift.advance(1_200)
    (call,) = (event for event in shift.events if event.code == "call" and event.args[0] == "count")
    with speaking("ru"):
        said = event_text(call, shift.level)
    assert "Станция Хоргос" in said
    assert "тридцать один" in said
    assert "Horgos station" in event_text(call, shift.level)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("the crew\nhas never", "the crew has never"),
        ("卸入\n五万吨的筒仓", "卸入五万吨的筒仓"),
        ("1435 mm，\n这里 1520 mm", "1435 mm，这里 1520 mm"),
        ("一列 1435 mm\n车列", "一列 1435 mm 车列"),
        ("a\n\n b  c\n", "a b c"),
    ],
)
def test_a_line_break_is_a_blank_but_not_where_the_language_writes_none(written: str, shown: str) -> None:
    assert flowing(written) == shown


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_was_ordered_is_told_in_words_of_the_language_and_not_in_codes(language: Language) -> None:
    level = shipped("fifty-five-minutes")
    with speaking(language):
        said = said_text("find X8041-01 note.gross_kg declaration.gross_kg mass", level)
        held = said_text("auto-accept on", level)
    for code in ("find", "note", "gross", "mass", "declaration", "auto-accept", " on"):
        assert code not in said.lower() + held.lower()
    assert "X8041-01" in said
