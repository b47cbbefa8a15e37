"""From an instructor's file to a level: read, parse, validate, and say everything that is wrong at once."""

import difflib
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import tomli
from pydantic import BaseModel, ValidationError

from corridor_tui.level.errors import LevelError, LevelFileError
from corridor_tui.level.meaning import faults
from corridor_tui.level.model import Level

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from corridor_tui.level.where import Index

MOST_BYTES = 262_144
"""A level file is text written by hand; one that is larger is none."""
_LONGEST_KEY = 1_000
_DEEPEST = 40


def load(path: Path) -> Level:
    """Read a level from a file; raises `LevelFileError` with every error and OSError where it cannot be read."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise LevelFileError([LevelError(str(path), 1, 1, "this is not a regular file")])
    with path.open("rb") as file:
        return loads(file.read(MOST_BYTES + 1), str(path))


def loads(data: bytes, name: str) -> Level:
    """Read a level from bytes; `name` is the file named in errors."""
    document = _parse(data, name)
    try:
        level = Level.model_validate(document)
    except ValidationError as error:
        index = _index(data)
        found = [_translate(detail, index, name) for detail in error.errors(include_url=False)]
        raise LevelFileError(list(dict.fromkeys(found))) from None
    problems = faults(level)
    if problems:
        index = _index(data)
        places = [(index.value(path), message) for path, message in problems]
        raise LevelFileError([LevelError(name, place.line, place.column, message) for place, message in places])
    return level


def _index(data: bytes) -> "Index":
    # tree-sitter is needed only here, and slow to import.
    from corridor_tui.level.where import Index  # noqa: PLC0415

    return Index(data)


def _one(name: str, line: int, column: int, message: str) -> LevelFileError:
    return LevelFileError([LevelError(name, line, column, message)])


def _parse(data: bytes, name: str) -> dict[str, object]:
    if len(data) > MOST_BYTES:
        raise _one(name, 1, 1, f"the file is larger than {MOST_BYTES // 1024} kB; a level is not")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _one(name, 1, 1, "the file begins with a byte order mark; save it as UTF-8 without one")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        begin = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[begin : error.start].decode("utf-8", "replace")) + 1
        raise _one(name, line, column, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8") from None
    _refuse_depth(text, name)
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise _one(name, error.lineno, error.colno, f"not TOML: {message}") from None
    except RecursionError:
        raise _one(name, 1, 1, "the file is nested too deeply") from None
    except ValueError as error:
        raise _one(name, 1, 1, f"a number cannot be read: {error}") from None


def _refuse_depth(text: str, name: str) -> None:
    """Refuse what no level needs and what would cost a parser dear: endless dotted keys and deep nesting."""
    for number, line in enumerate(text.split("\n"), 1):
        head = line.partition("=")[0]
        if len(head) > _LONGEST_KEY and '"""' not in line and head.count(".") > _DEEPEST:
            raise _one(name, number, 1, f"a key of more than {_DEEPEST} parts")
        if line.count("[") > _DEEPEST or line.count("{") > _DEEPEST:
            raise _one(name, number, 1, "arrays or tables nested too deeply")


def _translate(detail: "ErrorDetails", index: "Index", name: str) -> LevelError:
    path = tuple(part for part in detail["loc"] if part not in ("triangular", "lognormal"))
    kind, key = detail["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        place, message = index.key(path), f"unknown key `{key}`{_meant(key, _fields(path[:-1]))}"
    elif kind == "missing":
        place, message = index.key(path[:-1]), f"`{key}` is missing{_in(path[:-1])}"
    else:
        place, message = index.value(path), _value_message(detail)
    return LevelError(name, place.line, place.column, message)


def _in(path: tuple[str | int, ...]) -> str:
    names = [str(part) for part in path if isinstance(part, str)]
    return f" in {'.'.join(names)}" if names else " at the top of the file"


def _value_message(detail: "ErrorDetails") -> str:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        hint = _meant(str(value), allowed) if allowed else ""
        return f"{_shown(value)} is not allowed here; allowed: {str(context['expected']).replace(chr(39), '`')}{hint}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "finite_number":
        return "a finite number is needed"
    if kind == "string_pattern_mismatch":
        return _pattern_message(str(context["pattern"]), value)
    bounds = {
        "greater_than": "more than {gt}",
        "greater_than_equal": "at least {ge}",
        "less_than": "less than {lt}",
        "less_than_equal": "at most {le}",
    }
    if kind in bounds:
        return f"{_shown(value)} is out of bounds: it must be {bounds[kind].format(**context)}"
    types = {
        "string_type": "a text in quotes",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "bool_type": "true or false",
        "tuple_type": "a list in square brackets",
        "model_type": "a table",
        "model_attributes_type": "a table",
        "dict_type": "a table",
    }
    if kind in types:
        return f"{types[kind]} is needed here, not {_shown(value)}"
    return detail["msg"][0].lower() + detail["msg"][1:]


def _pattern_message(pattern: str, value: object) -> str:
    if ":" in pattern and "2[0-3]" in pattern:
        return f'{_shown(value)} is not a clock time; write it as "08:30"'
    if pattern.startswith("^(19|20)"):
        return f'{_shown(value)} is not a date; write it as "2016-12-01"'
    if r"\." in pattern:
        return f'{_shown(value)} is not a line end; write it as "station.throat"'
    return f"{_shown(value)} is not an identifier: letters, digits and hyphens only, at most 24"


def _shown(value: object) -> str:
    """A value from the file as it may stand in a message: short, and with nothing a terminal would act on."""
    text = (
        ascii(value)
        if isinstance(value, str)
        else f"a {type(value).__name__}"
        if isinstance(value, dict | list)
        else str(value)
    )
    return text if len(text) <= 60 else text[:57] + "..."


def _meant(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""


def _fields(path: tuple[str | int, ...]) -> list[str]:
    """The keys that are known at a path of the level."""
    models: list[type[BaseModel]] = [Level]
    for part in path:
        if isinstance(part, int):
            continue
        models = [inner for model in models if part in model.model_fields for inner in _models(model, part)]
    return [name for model in models for name in model.model_fields]


def _models(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting: list[object] = [model.model_fields[name].annotation]
    while waiting:
        annotation = waiting.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found.append(annotation)
        else:
            waiting.extend(getattr(annotation, "__args__", ()))
    return found
