"""The language that the program speaks: every text for people goes through here, and is found in a gettext catalogue.

Texts are written in English where they are used, `_("{train} waits for {what}", train=..., what=...)`, with named
placeholders, so that a translator can put them in another order; `ngettext` where a number decides the form. What is
written down before anybody speaks (tables of words at the head of a module) is marked with `N_` and goes through `_`
where it is shown. A word that English uses for several things gets a context: `pgettext`, `NP_`. Orders, codes, events and what other programs read are no texts: they are the same in every language.

Which language is spoken belongs to whoever the program talks with, as a locale does, not to each of the hundreds of
functions that word something: so it is not handed through all of them, but kept in a context variable. Nothing here is
changed once a language is spoken: `speaking` puts a frozen value into the context for as long as a block lasts, asyncio's
tasks inherit it, tests and further readers in one process do not see each other's. A bare thread starts without it, in English.

The sources of the catalogues are `locale/LANGUAGE/LC_MESSAGES/corridor_tui.po`; the package is built with them compiled.
"""

import gettext as catalogues
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeGuard

Language: TypeAlias = Literal["en", "ru", "kk", "zh"]

OWN: Language = "en"
"""The language that the texts are written in."""
LANGUAGES: Mapping[Language, str] = MappingProxyType({
    "en": "English", "ru": "Русский", "kk": "Қазақша", "zh": "中文",
})  # fmt: skip
"""The languages there are, each by its own name."""
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "corridor_tui"
_OF = "\x04"
"""What stands between a text and its context in a catalogue."""
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class _Speech:
    language: Language
    texts: catalogues.NullTranslations


_speech: ContextVar[_Speech] = ContextVar("language", default=_Speech(OWN, catalogues.NullTranslations()))  # noqa: B039 - nothing is ever written to it


def _(message: str, /, **values: object) -> str:
    """A text in the language that is spoken, with its placeholders filled in."""
    text = _speech.get().texts.gettext(message) if message else ""
    if _OF in text:
        text = text.rpartition(_OF)[2]  # not translated
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The form of a text that goes with a number; the number itself is its placeholder `{n}`."""
    return _speech.get().texts.ngettext(one, many, n).format(n=n, **values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """A text whose English alone does not tell what is meant."""
    text = _speech.get().texts.pgettext(context, message)
    return text.format(**values) if values else text


def N_(message: str) -> str:  # noqa: N802 - the name by which extractors know it
    """Mark a text that goes through `_` later, where it is shown."""
    return message


def NP_(context: str, message: str) -> str:  # noqa: N802 - as `N_`
    """Mark a text that goes through `_` later and whose English alone does not tell what is meant."""
    return f"{context}{_OF}{message}"


def spoken() -> Language:
    """The language that is spoken."""
    return _speech.get().language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for as long as the block lasts."""
    token = _speech.set(_Speech(language, _texts(language)))
    try:
        yield
    finally:
        _speech.reset(token)


@cache
def _texts(language: Language) -> catalogues.NullTranslations:
    return catalogues.translation(DOMAIN, LOCALE, [language], fallback=True)


def is_compiled(language: Language) -> bool:
    """Whether the texts of a language are there to be spoken."""
    return language == OWN or catalogues.find(DOMAIN, LOCALE, [language]) is not None


def is_language(name: str) -> TypeGuard[Language]:
    """Whether there is a language of that name."""
    return name in LANGUAGES


def unknown_language(name: str) -> str:
    """The words for a language that there is not."""
    known = ", ".join(f"{code} ({own})" for code, own in LANGUAGES.items())
    return _("there is no language `{name}`; there are {known}", name=name, known=known)


def of_locale(environment: Mapping[str, str]) -> tuple[Language, str]:
    """The language that the locale asks for, as gettext reads it, and the variable that says so (none: empty).

    LANGUAGE lists several, the best first, and counts unless the locale is plain C.
    """
    variable = next((name for name in _VARIABLES if environment.get(name)), "")
    locale = environment.get(variable, "")
    if locale not in ("C", "POSIX"):
        for wanted in environment.get("LANGUAGE", "").split(":"):
            if is_language(code := _code(wanted)):
                return code, "LANGUAGE"
    return (code, variable) if is_language(code := _code(locale)) else (OWN, "")


def _code(locale: str) -> str:
    """The language of a locale's name, such as `kk` of `kk_KZ.UTF-8`."""
    for mark in "._@-":
        locale = locale.partition(mark)[0]
    return locale.lower()
