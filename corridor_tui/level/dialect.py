"""TOML 1.0 and no more: what TOML 1.1 adds is found and named, since tomli reads it and most editors do not.

Works on text that tomli has accepted, so that strings, brackets and comments are known to be whole.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from corridor_tui.language import _

Spot: TypeAlias = tuple[int, int]
"""Line and column, both from 1; columns count characters."""

DEEPEST = 40
"""How deep keys, arrays and tables may nest; a level needs seven."""

_OUTSIDE, _INSIDE = re.compile(r"""["'#:{]"""), re.compile(r"""["'#:{}\[\],\n]""")
"""Where there is something to look at outside of inline tables, and in one: what stands between is passed over."""
_PASSED = re.compile(
    r"""
      (?P<basic> "{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5} | "(?:[^"\\\n]++|\\.)*+" )
    | '{3}.*?'{3,5} | '[^'\n]*' | \#[^\n]*
    """,
    re.VERBOSE | re.DOTALL,
)
"""What nothing counts in: strings, but for the escapes of some, and comments."""
_CLOCK = re.compile(r"(?<![-+:\d])\d\d:\d\d(?P<seconds>:\d\d)?")
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
# Both begin only where a word does, and never step back: the time they take grows with the text and no faster.
_LONG_KEY = re.compile(rf"(?<![^\s.=\[\]{{}}])(?:[^\s.=\[\]{{}}]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")
_LONG_NUMBER = re.compile(r"(?<![0-9_])[0-9][0-9_]{4000}")


def newer(text: str) -> Iterator[tuple[Spot, str]]:
    """Everything in a TOML text that only TOML 1.1 allows: where it stands, and how to write it instead."""
    open_at: list[int] = []
    """Where the brackets stand that are open, from that of an inline table on."""
    told: set[int] = set()
    at = comma = 0
    while sign := (_INSIDE if open_at else _OUTSIDE).search(text, at):
        here, at = sign.start(), sign.end()
        inline = bool(open_at) and text[open_at[-1]] == "{"
        if passed := _PASSED.match(text, here):
            at = passed.end()
            yield from _escapes(text, passed)
        elif sign[0] == ":":
            clock = _CLOCK.match(text, max(0, here - 2))
            if clock and not clock["seconds"]:
                yield spot(text, clock.start()), _('a clock time is written in quotes: "{clock}"', clock=clock[0])
        elif sign[0] in "{[":
            open_at.append(here)
        elif sign[0] == ",":
            comma = here
        elif sign[0] in "}]":
            if inline and text[comma] == "," and _BLANK.fullmatch(text, comma + 1, here):
                yield spot(text, comma), _("no comma before `}` in TOML 1.0")
            open_at.pop()
        elif inline and open_at[-1] not in told:
            told.add(open_at[-1])
            yield (
                spot(text, open_at[-1]),
                _("an inline table stands on one line in TOML 1.0; use a [table] for a long one"),
            )


def _escapes(text: str, passed: re.Match[str]) -> Iterator[tuple[Spot, str]]:
    """The first of the escapes in a string that TOML 1.0 does not have, where it has any."""
    for escape in _ESCAPE.finditer(passed["basic"] or ""):
        if escape[1] in "ex":
            yield (
                spot(text, passed.start() + escape.start()),
                _("there is no `\\{escape}` in TOML 1.0; use `\\u....`", escape=escape[1]),
            )
            return


def spot(text: str, at: int) -> Spot:
    """The line and column of a character."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def too_deep(text: str) -> Spot:
    """About where a text that no parser could follow becomes too deep; its begin where that cannot be told."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            return spot(text, bracket.start())
    key = _LONG_KEY.search(text)
    return spot(text, key.start()) if key else (1, 1)


def too_long_number(text: str) -> Spot:
    """Where a number stands that has thousands of digits; the begin where there is none."""
    number = _LONG_NUMBER.search(text)
    return spot(text, number.start()) if number else (1, 1)
