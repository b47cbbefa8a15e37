"""The language that the program speaks: what chooses it, and how texts are found in it."""

from pathlib import Path

import pytest
from conftest import LEVELS
from terminals import corridor

from corridor_tui.language import LANGUAGES, Language, _, ngettext, of_locale, speaking, spoken


@pytest.mark.parametrize(
    ("environment", "language", "by"),
    [
        ({}, "en", ""),
        ({"LANG": "ru_RU.UTF-8"}, "ru", "LANG"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "kk_KZ.UTF-8"}, "kk", "LC_MESSAGES"),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "kk_KZ.UTF-8"}, "zh", "LC_ALL"),
        ({"LANG": "de_DE.UTF-8"}, "en", ""),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:kk:ru"}, "kk", "LANGUAGE"),
        ({"LANG": "ru_RU.UTF-8", "LANGUAGE": "de"}, "ru", "LANG"),
        ({"LC_ALL": "", "LANG": "kk_KZ@cyrillic"}, "kk", "LANG"),
        ({"LC_ALL": "C", "LANGUAGE": "ru"}, "en", ""),
        ({"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, "en", ""),
    ],
)
def test_the_locale_chooses_as_gettext_reads_it(environment: dict[str, str], language: Language, by: str) -> None:
    assert of_locale(environment) == (language, by)


@pytest.mark.parametrize("words", [("--lang", "ru", "doctor"), ("doctor", "--lang", "ru"), ("doctor", "--lang=ru")])
def test_the_command_line_chooses_before_all_else(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (line,) = (line for line in corridor(*words).stdout.splitlines() if "ru (" in line)
    assert "Русский" in line
    assert "--lang" in line


def test_the_config_file_chooses_before_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert "ru (Русский)" in corridor("doctor").stdout
    (tmp_path / "config.toml").write_text('language = "kk"\n', encoding="utf-8")
    assert "kk (Қазақша)" in corridor("doctor").stdout


@pytest.mark.parametrize("words", [("--lang", "xx", "levels"), ("levels", "--lang", "xx")])
def test_a_language_that_there_is_not_is_told_with_those_there_are(words: tuple[str, ...]) -> None:
    said = corridor(*words, code=2).stderr
    assert "`xx`" in said
    assert all(name in said for name in LANGUAGES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_level_is_whole_beside_the_longest_headings(language: Language) -> None:
    told = corridor("levels", "--lang", language).stdout
    assert [path.stem for path in LEVELS.glob("*.toml") if path.stem not in told] == []


def test_a_language_lasts_as_long_as_its_block() -> None:
    assert spoken() == "en"
    with speaking("ru"):
        with speaking("zh"):
            assert spoken() == "zh"
        assert spoken() == "ru"
    assert spoken() == "en"


def test_a_text_without_translation_is_said_in_english() -> None:
    with speaking("ru"):
        assert _("nobody translates {this}", this="that") == "nobody translates that"
        assert ngettext("{n} unheard of", "{n} unheards of", 2) == "2 unheards of"
        assert not _("")  # not the head of the catalogue
