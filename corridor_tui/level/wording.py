"""What the validation of a level found, in plain words: what is wrong, and how to mend it."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from pydantic import BaseModel

from corridor_tui.language import N_, _
from corridor_tui.level.errors import brief
from corridor_tui.level.model import Level

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_EXACT = 2**53
_MANY = 12
_BOUNDS = {
    "greater_than": (N_("{value} is out of bounds: it must be more than {bound:g}"), "gt"),
    "greater_than_equal": (N_("{value} is out of bounds: it must be at least {bound:g}"), "ge"),
    "less_than": (N_("{value} is out of bounds: it must be less than {bound:g}"), "lt"),
    "less_than_equal": (N_("{value} is out of bounds: it must be at most {bound:g}"), "le"),
}
UNKNOWN_KIND, NO_KIND = "union_tag_invalid", "union_tag_not_found"
"""How validation calls it that the key which says what kind of thing a table is says nothing known, or is not there."""
_TYPES = {
    "string_type": N_("a text in quotes"),
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "float_type": N_("a number"),
    "bool_type": N_("true or false"),
    "tuple_type": N_("a list in square brackets"),
    "model_type": N_("a table"),
    "model_attributes_type": N_("a table"),
    "dict_type": N_("a table"),
}


def missing(key: str | int, parents: Iterable[str | int]) -> str:
    """The words for a key that is missing in the table at `parents`."""
    if isinstance(key, int):
        return _("too few values: number {number} is missing", number=key + 1)
    names = [part for part in parents if isinstance(part, str)]
    if not names:
        return _("`{key}` is missing at the top of the file", key=key)
    return _("`{key}` is missing in {table}", key=key, table=".".join(names))


def discriminator(detail: "ErrorDetails") -> str:
    """The key of a table that says what kind of thing it is, where that is what is wrong with it."""
    return str(detail.get("ctx", {})["discriminator"]).strip("'")


def unknown(key: str, parents: Iterable[str | int]) -> str:
    """The words for a key that the table at `parents` does not have."""
    known = _fields(parents)
    if key in known:
        return _(
            "`{key}` does not go with the other keys of this duration: it is either triangular or lognormal", key=key
        )
    return _("unknown key `{key}`", key=brief(key)) + meant(key, known)


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
        return _("a finite number is needed")
    if kind == "string_pattern_mismatch":
        return _pattern(str(context["pattern"]), value)
    if isinstance(value, int) and abs(value) > _EXACT:
        return _("this number is too large")
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return _(words, value=shown(value), bound=context[bound])
    if kind in _TYPES:
        return _("{wanted} is needed here, not {value}", wanted=_(_TYPES[kind]), value=shown(value)) + _quoted(
            kind, value
        )
    return _length(kind, context, value) or brief(detail["msg"][0].lower() + detail["msg"][1:])


def meant(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """A hint at the known name that is nearest to a misspelt one, or nothing where none is so much `alike`, from 0 to 1."""
    close = difflib.get_close_matches(word[:200], list(known), n=1, cutoff=alike)
    return _("; did you mean `{name}`?", name=close[0]) if close else ""


def shown(value: object) -> str:
    """A value from the file as it may stand in a message: short, and with nothing a terminal would act on."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return brief(f"{value!a}" if len(value) <= 80 else f"{value[:76]!a}")
        case dict():
            return _("a table")
        case list():
            return _("a list")
        case datetime():
            return _("a date with a time")
        case int() if abs(value) > _EXACT:
            return _("so large a number")
        case _:
            return brief(str(value))


def _quoted(kind: str, value: object) -> str:
    """How to write what TOML took for a date or a time, where a text is asked for."""
    if kind != "string_type":
        return ""
    match value:
        case datetime():
            return _('; write "{value:%Y-%m-%d}" for the day, "{value:%H:%M}" for the time', value=value)
        case date():
            return _('; write it in quotes: "{value}"', value=f"{value:%Y-%m-%d}")
        case time():
            return _('; write it in quotes: "{value}"', value=f"{value:%H:%M}")
        case _:
            return ""


def _not_among(value: object, expected: str) -> str:
    words = re.findall(r"'([^']*)'", expected)
    hint = meant(str(value), words) if words and isinstance(value, str) else ""
    if isinstance(value, str) and value in re.findall(r"\d+", expected):
        hint = _("; write it without quotes")
    allowed = "" if hint and len(words) > _MANY else _("; allowed: {names}", names=expected.replace(chr(39), "`"))
    return _("{value} is not allowed here", value=shown(value)) + allowed + hint


def _pattern(pattern: str, value: object) -> str:
    if ":" in pattern and "2[0-3]" in pattern:
        return _('{value} is not a clock time; write it as "08:30"', value=shown(value))
    if pattern.startswith("^(19|20)"):
        return _('{value} is not a date; write it as "2016-12-01"', value=shown(value))
    if pattern == "^[0-9]{2}$":
        return _('{value} is not a chapter of the HS code; write two digits in quotes: "85"', value=shown(value))
    if pattern.startswith("^[1-9]"):
        return _('{value} is not a class of dangerous goods; write it as "3" or "5.1"', value=shown(value))
    if r"\." in pattern:
        return _('{value} is not a line end; write it as "station.throat"', value=shown(value))
    if pattern.startswith("^[A-Z]"):
        return _("{value} cannot number trains: one to four capital letters are needed", value=shown(value))
    return _("{value} is not an identifier: letters, digits and hyphens only, at most 24", value=shown(value))


def _length(kind: str, context: Mapping[str, object], value: object) -> str | None:
    if kind == "string_too_long" and isinstance(value, str):
        return _(
            "this text has {count} characters; at most {most} are allowed", count=len(value), most=context["max_length"]
        )
    if kind == "too_short" and isinstance(value, dict):
        return _("this table is empty: a text is needed in one language at least")
    if kind == "string_too_short":
        return _("this text is empty")
    if kind == "too_long":
        return _("too many values: at most {most} are allowed", most=context["max_length"])
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
