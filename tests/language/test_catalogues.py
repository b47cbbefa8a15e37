"""The catalogues: up to date with the code, their placeholders the same, and all of the shift screen translated."""

import re
from collections.abc import Iterator
from gettext import c2py

import pytest
from babel.messages.catalog import Message
from catalogues import TRANSLATED, read, said

from corridor_tui.language import LANGUAGES, Language, is_compiled

FORMS: dict[Language, list[int]] = {"ru": [0, 1, 1, 2, 2, 2, 0, 1, 2], "kk": [0, 1, 1, 1, 1, 1, 1, 1, 1], "zh": [0] * 9}
"""Which form goes with 1, 2, 4, 5, 11, 14, 21, 22 and 100."""


def _forms(strings: object) -> tuple[str, ...]:
    return tuple(map(str, strings)) if isinstance(strings, (tuple, list)) else (str(strings),)


def _placeholders(text: str) -> set[str]:
    return {found.group() for found in re.finditer(r"\{\w*|\$[TD]?\d", text)}


def _translations(language: Language) -> Iterator[tuple[Message, str]]:
    for message in read(language):
        if message.id:
            yield from ((message, form) for form in _forms(message.string) if form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_compiled(language: Language) -> None:
    assert is_compiled(language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_numbers_decide_the_form_as_in_the_language(language: Language) -> None:
    catalogue = read(language)
    plural = c2py(catalogue.plural_expr)
    assert [plural(n) for n in (1, 2, 4, 5, 11, 14, 21, 22, 100)] == FORMS[language]
    assert catalogue.num_plurals == max(FORMS[language]) + 1


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_the_texts_of_the_code_and_no_others(language: Language) -> None:
    """`python tests/catalogues.py` brings them up to date."""
    assert {(m.context, str(m.id)) for m in read(language)} == {(m.context, str(m.id)) for m in said()} | {(None, "")}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_text(language: Language) -> None:
    for message, form in _translations(language):
        assert _placeholders(form) == _placeholders(_forms(message.id)[-1]), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_its_text_does(language: Language) -> None:
    """Columns and joined texts hang on blanks at the ends."""
    for message, form in _translations(language):
        text = _forms(message.id)[-1]
        assert len(form) - len(form.lstrip()) == len(text) - len(text.lstrip()), form
        assert len(form) - len(form.rstrip()) == len(text) - len(text.rstrip()), form
