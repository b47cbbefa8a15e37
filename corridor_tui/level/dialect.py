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

_TOKEN = re.compile(
    r'''
      (?P<basic>   """(?:[^\\]|\\.)*?"""(?:"{0,2}) | "(?:[^"\\\n]|\\.)*" )
    | (?P<literal> \'\'\'.*?\'\'\'(?:'{0,2}) | '[^'\n]*' )
    | (?P<comment> \#[^\n]* )
    | (?P<clock>   (?<![-+:\d])\d\d:\d\d(?P<seconds>:\d\d)? )
    | (?P<open>    [\[{] )
    | (?P<close>   [\]}] )
    | (?P<comma>   , )
    | (?P<newline> \n )
    | (?P<other>   [^\s\[\]{},"'\#0-9]+ | [0-9"'] )
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
# Both begin only where a word does, and never step back: the time they take grows with the text and no faster.
_LONG_KEY = re.compile(rf"(?<![^\s.=\[\]{{}}])(?:[^\s.=\[\]{{}}]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")
_LONG_NUMBER = re.compile(r"(?<![0-9_])[0-9][0-9_]{4000}")


def newer(text: str) -> Iterator[tuple[Spot, str]]:
    """Everything in a TOML text that only TOML 1.1 allows: where it stands, and how to write it instead."""
    tokens = list(_TOKEN.finditer(text))
    yield from _inline_tables(text, tokens)
    for token in tokens:
        if token["basic"]:
            yield from _escapes(text, token)
        elif token["clock"] and not token["seconds"]:
            yield spot(text, token.start()), _('a clock time is written in quotes: "{clock}"', clock=token[0])


def _inline_tables(text: str, tokens: list[re.Match[str]]) -> Iterator[tuple[Spot, str]]:
    """Inline tables that go over several lines or end with a comma."""
    stack: list[tuple[str, int]] = []
    told: set[int] = set()
    comma: int | None = None
    for token in tokens:
        bracket, at = stack[-1] if stack else ("", -1)
        if token["newline"]:
            if bracket == "{" and at not in told:
                told.add(at)
                yield (
                    spot(text, at),
                    _("an inline table stands on one line in TOML 1.0; use a [table] for a long one"),
                )
            continue
        if token["open"]:
            stack.append((token[0], token.start()))
        elif token["close"] and stack:
            if bracket == "{" and comma is not None:
                yield spot(text, comma), _("no comma before `}` in TOML 1.0")
            stack.pop()
        if not token["comment"]:
            comma = token.start() if token["comma"] else None


def _escapes(text: str, token: re.Match[str]) -> Iterator[tuple[Spot, str]]:
    """The first of the escapes in a text that TOML 1.0 does not have."""
    for escape in _ESCAPE.finditer(token[0]):
        if escape[1] in "ex":
            yield (
                spot(text, token.start() + escape.start()),
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
