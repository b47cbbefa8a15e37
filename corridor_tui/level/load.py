"""From an instructor's file to a level: read, parse, validate, and say everything that is wrong at once."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import tomli
from pydantic import ValidationError

from corridor_tui.language import _
from corridor_tui.level import dialect, wording
from corridor_tui.level.errors import LevelError, LevelFileError, brief, plain
from corridor_tui.level.meaning import faults
from corridor_tui.level.model import Level
from corridor_tui.level.told import EACH, ONE

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from corridor_tui.level.where import Index

_SHAPES = ("triangular", "lognormal", ONE, EACH)
MOST_BYTES = 262_144
"""A level file is text written by hand; one that is larger is none."""


def load(path: Path) -> Level:
    """Read a level from a file; raises `LevelFileError` with every error and OSError where it cannot be read."""
    name = plain(str(path))
    if not stat.S_ISREG(path.stat().st_mode):
        raise _one(name, 1, 1, _("this is not a regular file"))
    with open(path, "rb", opener=_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _one(name, 1, 1, _("this is not a regular file"))
        return loads(file.read(MOST_BYTES + 1), name)


def loads(data: bytes, name: str) -> Level:
    """Read a level from bytes; `name` is the file named in errors. Raises `LevelFileError` with every error."""
    name = plain(name)
    document = _parse(data, name)
    try:
        level = Level.model_validate(document)
    except ValidationError as error:
        index = _index(data)
        found = [_located(detail, document, index, name) for detail in error.errors(include_url=False)]
        raise LevelFileError(found) from None
    problems = faults(level)
    if problems:
        index = _index(data)
        places = [(index.value(path), message) for path, message in problems]
        raise LevelFileError([LevelError(name, place.line, place.column, message) for place, message in places])
    return level


def from_text(text: str) -> Level:
    """The level of a run by its `Level.text`; raises ValueError, with one plain line, where that is no level of this program.

    The text may come from outside: it is checked as a level file is.
    """
    if len(text) > MOST_BYTES:
        raise ValueError(_("the level is larger than {most} kB", most=MOST_BYTES // 1024))
    try:
        level = Level.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(
            _("the level cannot be read: {place}: {why}", place=brief(place), why=plain(first["msg"])[:200])
        ) from None
    for path, message in faults(level):
        raise ValueError(
            _(
                "the level makes no sense: {place}: {why}",
                place=brief(".".join(map(str, path))),
                why=plain(message)[:200],
            )
        )
    return level


def _at_once(path: str, flags: int) -> int:
    """Open without waiting, should the file have become a pipe since it was looked at."""
    return os.open(path, flags | os.O_NONBLOCK)


def _index(data: bytes) -> "Index":
    # tree-sitter is needed only here, and slow to import.
    from corridor_tui.level.where import Index  # noqa: PLC0415

    return Index(data)


def _one(name: str, line: int, column: int, message: str) -> LevelFileError:
    return LevelFileError([LevelError(name, line, column, message)])


def _text(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise _one(name, 1, 1, _("the file is larger than {most} kB; a level is not", most=MOST_BYTES // 1024))
    if data.startswith(b"\xef\xbb\xbf"):
        raise _one(name, 1, 1, _("the file begins with a byte order mark; save it as UTF-8 without one"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = dialect.spot(before, len(before))
        raise _one(
            name,
            line,
            column,
            _("byte 0x{byte:02x} is not UTF-8; save the file as UTF-8", byte=data[error.start]),
        ) from None


def _parse(data: bytes, name: str) -> dict[str, object]:
    text = _text(data, name)
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _one(name, error.lineno, error.colno, _syntax(error.msg)) from None
    except RecursionError:
        raise _one(name, *dialect.too_deep(text), _("the file is nested too deeply")) from None
    except ValueError:
        raise _one(name, *dialect.too_long_number(text), _("this number is too large")) from None
    # tomli reads "\r\n" as one line break.
    newer = [LevelError(name, *spot, message) for spot, message in dialect.newer(text.replace("\r\n", "\n"))]
    if newer:
        raise LevelFileError(newer)
    deep = list(_too_deep(document))
    if deep:
        index = _index(data)
        places = [index.value(path) for path in deep]
        raise LevelFileError(
            [
                LevelError(name, at.line, at.column, _("nested deeper than {most} levels", most=dialect.DEEPEST))
                for at in places
            ]
        )
    return document


def _syntax(message: str) -> str:
    """The parser's complaint, without its own way of naming keys."""
    keys = re.search(r"\((.*)\)", message)
    if keys and message.startswith("Cannot "):
        key = brief(".".join(re.findall(r"'(.*?)'", keys[1])))
        return _("not TOML: `{key}` is written twice, or added to after it was closed", key=key)
    if message.startswith(("Cannot overwrite a value", "Duplicate inline table key")):
        return _("not TOML: this key has a value already")
    if message == r"Illegal character '\n'":
        return _("not TOML: the quotes that open before are not closed on this line")
    why = _("not TOML: {why}", why=plain(message[0].lower() + message[1:])[:200])
    return why + (_('; a text, a date or a clock time stands in quotes: "so"') if message == "Invalid value" else "")


def _too_deep(document: dict[str, object]) -> Iterator[tuple[str | int, ...]]:
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > dialect.DEEPEST:
            yield path
        elif isinstance(value, dict):
            waiting.extend(((*path, str(key)), inner) for key, inner in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, number), inner) for number, inner in enumerate(value))


def _located(detail: "ErrorDetails", document: dict[str, object], index: "Index", name: str) -> LevelError:
    path = _path(detail["loc"], document)
    if detail["type"] == "extra_forbidden":
        place, message = index.key(path), wording.unknown(str(path[-1]), path[:-1])
    elif detail["type"] == "missing":
        place, message = index.value(path[:-1]), wording.missing(path[-1], path[:-1])
    elif detail["type"] == wording.NO_KIND:
        place, message = index.value(path), wording.missing(wording.discriminator(detail), path)
    elif detail["type"] == wording.UNKNOWN_KIND:
        place, message = index.value((*path, wording.discriminator(detail))), wording.wrong(detail)
    elif detail["loc"][-1] == "[key]":
        place, message = index.key(path), wording.wrong(detail)
    else:
        place, message = index.value(path), wording.wrong(detail)
    return LevelError(name, place.line, place.column, message)


def _path(loc: tuple[str | int, ...], document: object) -> tuple[str | int, ...]:
    """A path into the file: without the names of the shapes of a duration or a text, which stand only in the model."""
    path: list[str | int] = []
    here = document
    for part in loc:
        if part in (*_SHAPES, "[key]") and not (isinstance(here, dict) and part in here):
            continue
        path.append(part)
        if isinstance(here, dict) and isinstance(part, str):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            here = None
    return tuple(path)
