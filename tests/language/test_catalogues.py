"""The catalogues: up to date with the code, their placeholders the same, and all of the shift screen translated."""

import ast
import re
from collections.abc import Iterator
from gettext import c2py
from string import Formatter

import pytest
from babel.messages.catalog import Message
from catalogues import PACKAGE, TRANSLATED, read, said

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


def _fields(text: str) -> set[tuple[str, str | None]] | None:
    """What a text is filled in with, and how; None where it is not, for a brace stands in it as it is."""
    try:
        return {(name, spec) for _text, name, spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_can_be_filled_in_as_its_text_is(language: Language) -> None:
    """No brace is left open, and figures are told with as many places."""
    for message, form in _translations(language):
        assert _fields(form) == _fields(_forms(message.id)[-1]), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_its_text_does(language: Language) -> None:
    """Columns and joined texts hang on blanks at the ends."""
    for message, form in _translations(language):
        text = _forms(message.id)[-1]
        assert len(form) - len(form.lstrip()) == len(text) - len(text.lstrip()), form
        assert len(form) - len(form.rstrip()) == len(text) - len(text.rstrip()), form


SHIFT = re.compile(
    r"corridor_tui/(corridor/|scenario/|session/(calls|guide|prices|prospects|shift|status|undo|whatif)\.py|session/wording/|tui/(arrange|bar|briefing|bulk|choices|"
    r"closeup|command|completing|cranes|desk|forecast|graph|guiding|header|instrument|keeping|keys|layers|lists|matrix|meets|menu|"
    r"messages|overview|pages|pane|panel|pointing|reader|routes|routing|rows|runway|sheet|small|staff|timed|trains|whatif)\.py)"
)
"""What words the shift screen and whatever opens over it."""


@pytest.mark.parametrize("language", TRANSLATED)
def test_all_of_the_shift_screen_is_translated(language: Language) -> None:
    catalogue = read(language)
    said_there = [
        message for message in said() if message.id and any(SHIFT.match(file) for file, _ in message.locations)
    ]
    assert len(said_there) > 900
    missing = []
    for message in said_there:
        found = catalogue.get(message.id[0] if isinstance(message.id, tuple) else message.id, message.context)
        if found is None or not all(_forms(found.string)):
            missing.append(message.id)
    assert not missing


SENTENCE = re.compile(r"^[^\n{;\[]*[A-Za-z]{2,}[,:;]? [a-z]{2,}")
CALLS = ("_", "N_", "ngettext", "pgettext", "NP_")


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _bare(tree: ast.Module) -> Iterator[str]:
    """Sentences that are neither marked, nor docstrings, nor what Textual never shows."""
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if _called(node) in (*CALLS, "Binding", "cast"):
            aside |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in aside:
            text = node.value
            yield from [f"{node.lineno}: {text!r}"] if isinstance(text, str) and SENTENCE.match(text) else []


def _in_f_strings(tree: ast.Module) -> Iterator[ast.Call]:
    """Texts that are asked for within an f-string, where extraction does not see them."""
    for joined in ast.walk(tree):
        if isinstance(joined, ast.JoinedStr):
            for node in ast.walk(joined):
                if isinstance(node, ast.Call) and _called(node) in CALLS and isinstance(node.args[0], ast.Constant):
                    yield node


def test_the_desk_words_nothing_past_the_catalogues() -> None:
    """A sentence in the code of the shift screen that nobody marked would stay English in every language."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = f"corridor_tui/{path.relative_to(PACKAGE)}"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert [f"{name}:{node.lineno}" for node in _in_f_strings(tree)] == []
        if SHIFT.match(name) and not name.startswith(("corridor_tui/corridor", "corridor_tui/scenario")):
            assert [f"{name}:{found}" for found in _bare(tree)] == []


@pytest.mark.parametrize(
    ("language", "strange"), [("ru", "[ӘәҒғҚқҢңӨөҰұҮүҺһІі\u4e00-\u9fff]"), ("kk", "[\u4e00-\u9fff]"), ("zh", "[А-я]")]
)
def test_no_language_has_slipped_into_another(language: Language, strange: str) -> None:
    assert [form for _, form in _translations(language) if re.search(strange, form)] == []
