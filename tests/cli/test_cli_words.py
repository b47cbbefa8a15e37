"""What the library of the command line says of its own stands in the language that is spoken, and still tells the same."""

import re

import pytest
from typer.testing import CliRunner

from corridor_tui.cli import COMMANDS, program
from corridor_tui.cli_words import error_in_words
from corridor_tui.language import Language, speaking

SAYS: dict[Language, tuple[str, str, str]] = {
    "ru": ("Использование: corridor", "Параметры:", "Ошибка: "),
    "kk": ("Қолданылуы: corridor", "Параметрлер:", "Қате: "),
    "zh": ("用法： corridor", "选项：", "错误："),
}
ENGLISH = re.compile(
    r"Usage|Error|Options:|Arguments:|Commands:|Show this|Missing|No such|Invalid|Try '|default:|required|Got |requires"
)
WRONG = {
    "export": "RUN",
    "play --sed 2": "--sed",
    "play --seed x": "--seed",
    "play --allowance 500": "200",
    "nonsense": "nonsense",
    "play a b": "b",
    "play --seed": "--seed",
    "play --line=3": "--line",
}
NO_USAGE = ("play --seed", "play --line=3")
"""Of these the library does not tell which command they were meant for."""


def said(language: Language, words: str) -> tuple[int, str]:
    result = CliRunner().invoke(program(), ["--lang", language, *words.split()])
    return result.exit_code, result.output


@pytest.mark.parametrize("language", SAYS)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_word_of_a_help_stays_english(language: Language, command: str) -> None:
    usage, options, _error = SAYS[language]
    code, told = said(language, f"{command} --help")
    assert code == 0
    assert told.lstrip().startswith(usage)
    assert options in told
    assert ENGLISH.findall(told) == []


@pytest.mark.parametrize("language", SAYS)
@pytest.mark.parametrize("words", WRONG)
def test_no_word_of_an_error_stays_english_and_what_was_wrong_is_named(language: Language, words: str) -> None:
    usage, _options, error = SAYS[language]
    code, told = said(language, words)
    assert code == 2
    assert usage in told or words in NO_USAGE
    assert error in told
    assert WRONG[words] in told
    assert ENGLISH.findall(told) == []


def test_an_error_that_is_not_known_is_told_as_it_is() -> None:
    with speaking("kk"):
        assert error_in_words("Something else is wrong.") == "Something else is wrong."


def test_in_english_an_error_ends_with_2_and_says_where_help_is() -> None:
    code, told = said("en", "play --sed 2")
    assert code == 2
    assert "Try 'corridor play -h' for help." in told
    assert "Error: No such option: --sed (possible: --db, --seed)" in told
