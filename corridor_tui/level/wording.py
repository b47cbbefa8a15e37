"""What the validation of a level found, in plain words: what is wrong, and how to mend it."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from pydantic import BaseModel

from corridor_tui.level.errors import brief
from corridor_tui.level.model import Level

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_EXACT = 2**53
_MANY = 12
_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
UNKNOWN_KIND, NO_KIND = "union_tag_invalid", "union_tag_not_found"
"""How validation calls it that the key which says what kind of thing a table is says nothing known, or is not there."""
_TYPES = {
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


def missing(key: str | int, parents: Iterable[str | int]) -> str:
    """The words for a key that is missing in the table at `parents`."""
    if isinstance(key, int):
        return f"too few values: number {key + 1} is missing"
    names = [part for part in parents if isinstance(part, str)]
    return f"`{key}` is missing" + (f" in {'.'.join(names)}" if names else " at the top of the file")


def discriminator(detail: "ErrorDetails") -> str:
    """The key of a table that says what kind of thing it is, where that is what is wrong with it."""
    return str(detail.get("ctx", {})["discriminator"]).strip("'")


def unknown(key: str, parents: Iterable[str | int]) -> str:
    """The words for a key that the table at `parents` does not have."""
    known = _fields(parents)
    if key in known:
        return f"`{key}` does not go with the other keys of this duration: it is either triangular or lognormal"
    return f"unknown key `{brief(key)}`{meant(key, known)}"


def wrong(detail: "ErrorDetails") -> str:
    """The words for a value that cannot stand where it does."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "literal_error":
        return _not_among(value, str(context["expected"]))
    if kind == UNKNOWN_KIND:
        return _not_among(value.get(discriminator(detail)), " or ".join(str(context["expected_tags"]).rsplit(", ", 1)))
    if kind == "value_error":
        return str(context["error"])
    if kind == "finite_number":
        return "a finite number is needed"
    if kind == "string_pattern_mismatch":
        return _pattern(str(context["pattern"]), value)
    if isinstance(value, int) and abs(value) > _EXACT:
        return "this number is too large"
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"{shown(value)} is out of bounds: it must be {words} {context[bound]:g}"
    if kind in _TYPES:
        return f"{_TYPES[kind]} is needed here, not {shown(value)}{_quoted(kind, value)}"
    return _length(kind, context, value) or brief(detail["msg"][0].lower() + detail["msg"][1:])


def meant(word: str, known: Iterable[str]) -> str:
    """A hint at the known name that is nearest to a misspelt one, or nothing."""
    close = difflib.get_close_matches(word[:200], list(known), n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""


def shown(value: object) -> str:
    """A value from the file as it may stand in a message: short, and with nothing a terminal would act on."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return brief(f"{value!a}" if len(value) <= 80 else f"{value[:76]!a}")
        case dict():
            return "a table"
        case list():
            return "a list"
        case datetime():
            return "a date with a time"
        case int() if abs(value) > _EXACT:
            return "so large a number"
        case _:
            return brief(str(value))


def _quoted(kind: str, value: object) -> str:
    """How to write what TOML took for a date or a time, where a text is asked for."""
    if kind != "string_type":
        return ""
    match value:
        case datetime():
            return f'; write "{value:%Y-%m-%d}" for the day, "{value:%H:%M}" for the time'
        case date():
            return f'; write it in quotes: "{value:%Y-%m-%d}"'
        case time():
            return f'; write it in quotes: "{value:%H:%M}"'
        case _:
            return ""


def _not_among(value: object, expected: str) -> str:
    words = re.findall(r"'([^']*)'", expected)
    hint = meant(str(value), words) if words and isinstance(value, str) else ""
    if isinstance(value, str) and value in re.findall(r"\d+", expected):
        hint = "; write it without quotes"
    allowed = "" if hint and len(words) > _MANY else f"; allowed: {expected.replace(chr(39), '`')}"
    return f"{shown(value)} is not allowed here{allowed}{hint}"


def _pattern(pattern: str, value: object) -> str:
    if ":" in pattern and "2[0-3]" in pattern:
        return f'{shown(value)} is not a clock time; write it as "08:30"'
    if pattern.startswith("^(19|20)"):
        return f'{shown(value)} is not a date; write it as "2016-12-01"'
    if pattern == "^[0-9]{2}$":
        return f'{shown(value)} is not a chapter of the HS code; write two digits in quotes: "85"'
    if pattern.startswith("^[1-9]"):
        return f'{shown(value)} is not a class of dangerous goods; write it as "3" or "5.1"'
    if r"\." in pattern:
        return f'{shown(value)} is not a line end; write it as "station.throat"'
    if pattern.startswith("^[A-Z]"):
        return f"{shown(value)} cannot number trains: one to four capital letters are needed"
    return f"{shown(value)} is not an identifier: letters, digits and hyphens only, at most 24"


def _length(kind: str, context: Mapping[str, object], value: object) -> str | None:
    if kind == "string_too_long" and isinstance(value, str):
        return f"this text has {len(value)} characters; at most {context['max_length']} are allowed"
    if kind == "too_short" and isinstance(value, dict):
        return "this table is empty: a text is needed in one language at least"
    if kind == "string_too_short":
        return "this text is empty"
    if kind == "too_long":
        return f"too many values: at most {context['max_length']} are allowed"
    return None


def _fields(path: Iterable[str | int]) -> list[str]:
    """The keys that are known at a path of the level."""
    models: list[type[BaseModel]] = [Level]
    for part in path:
        if isinstance(part, str):
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
