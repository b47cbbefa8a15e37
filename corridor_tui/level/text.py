"""Text that comes from people: what may stand in it, and how what may not is named.

Control, bidirectional, zero-width, private-use and surrogate characters could drive the terminal or hide meaning, so
they are refused where text enters the program; line breaks are allowed only where a text has paragraphs.
"""

import unicodedata
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from corridor_tui.language import N_, _

_REFUSED_CATEGORIES = {
    "Cc": N_("control character"),
    "Cf": N_("invisible character"),
    "Co": N_("private-use character"),
    "Cs": N_("surrogate character"),
    "Cn": N_("unassigned character"),
}
_MOST_MARKS = 3


@lru_cache(2_048)  # the letters of a few languages, over and over
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def fault_in(text: str, *, breaks: bool) -> str | None:
    """Say what is wrong with a text that a person supplied, or None where it may be shown.

    `breaks` allows line feeds. The answer names the offending character escaped, never raw, with its 1-based position.
    """
    printable = (text.replace("\n", "") if breaks else text).isprintable()
    if printable and (text.isascii() or not any(map(_is_mark, set(text)))):
        return None  # nearly every text; any other is looked at sign by sign
    marks = 0
    for position, char in enumerate(text, 1):
        category = unicodedata.category(char)
        if category in _REFUSED_CATEGORIES and not (breaks and char == "\n"):
            return _(
                "{what} U+{code:04X} at character {position} is not allowed",
                what=_(_REFUSED_CATEGORIES[category]),
                code=ord(char),
                position=position,
            )
        if category in ("Zl", "Zp"):
            return _(
                "line separator U+{code:04X} at character {position} is not allowed; use a plain line break",
                code=ord(char),
                position=position,
            )
        marks = marks + 1 if _is_mark(char) else 0
        if marks > _MOST_MARKS:
            return _(
                "more than {most} combining marks in a row at character {position}", most=_MOST_MARKS, position=position
            )
    return None


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for each wide character, none for a mark that combines."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(2_048)  # as above
def _columns(char: str) -> int:
    return 0 if _is_mark(char) else 2 if _is_wide(char) else 1


def flowing(text: str) -> str:
    """A text in one line: where its writer broke a line stands a blank, and nothing between two wide characters, whose
    languages write none.
    """
    told = ""
    for line in (" ".join(line.split()) for line in text.split("\n")):
        blank = " " if told and line and not (_is_wide(told[-1]) and _is_wide(line[0])) else ""
        told += blank + line
    return told


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _no_wider(most: int) -> AfterValidator:
    def check(text: str) -> str:
        if (wide := cells(text)) > most:
            raise ValueError(_("this text is {wide} columns wide; at most {most} are allowed", wide=wide, most=most))
        return text

    return AfterValidator(check)


def one_line(text: str) -> str:
    """A text of one line; raises ValueError where it may not be shown."""
    return _visible(text, breaks=False)


def _paragraphs(text: str) -> str:
    return _visible(text, breaks=True)


def _visible(text: str, *, breaks: bool) -> str:
    if fault := fault_in(text, breaks=breaks):
        raise ValueError(fault)
    if not text.strip():
        raise ValueError(_("this text is empty"))
    return text


Line = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(one_line), _no_wider(120)]
"""One line of display text."""
Telling = Annotated[str, Field(min_length=1, max_length=220), AfterValidator(one_line), _no_wider(220)]
"""A few sentences without line breaks: they fill three lines of the narrowest desk at the most."""
Paragraphs = Annotated[str, Field(min_length=1, max_length=6000), AfterValidator(_paragraphs)]
"""Display text with line breaks."""
Ident = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,23}$")]
"""A name that orders can use: letters, digits and hyphens, at most 24."""
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A local clock time, "HH:MM"; one earlier than the start of the shift is on the next day."""
