"""A level file to begin with: the one that the guide grows, or a copy of another level under a name of its own."""

import re
from pathlib import Path

import tomli
from pydantic import TypeAdapter, ValidationError

from corridor_tui.language import _
from corridor_tui.level.errors import plain
from corridor_tui.level.shelf import find
from corridor_tui.level.text import Ident, Line

_BLOCK = re.compile(r"^## \d+\. (?P<title>[^\n]+)$|^```toml\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL)
_ID = re.compile(r'^id = "[^"\n]*"$', re.MULTILINE)
_TITLE = re.compile(r"^title(?P<language>\.\w+)? = .*\n", re.MULTILINE)
_TABLE = re.compile(r"^\[", re.MULTILINE)
GUIDE = "README.md"
"""The guide to writing a level, which lies beside the shipped ones."""


class ScaffoldError(ValueError):
    """There is nothing to begin a level from; the message is one plain line."""


def check_names(name: str, title: str) -> None:
    """Raise `ScaffoldError` where a level can have no such `id` or `title`."""
    try:
        TypeAdapter[str](Ident).validate_python(name)
    except ValidationError:
        message = _("`{name}` cannot be a level's id: letters, digits and hyphens, at most 24", name=plain(name))
        raise ScaffoldError(message) from None
    try:
        TypeAdapter[str](Line).validate_python(title)
        fit = '"' not in title and "\\" not in title
    except ValidationError:
        fit = False
    if not fit:
        raise ScaffoldError(_("a title is one plain line of at most 120 columns, without quotation marks"))


def from_guide(name: str, title: str) -> str:
    """The level that the guide has one type block by block, each under the heading of its section."""
    guide = (find("first-train").parent / GUIDE).read_text(encoding="utf-8")
    parts, heading = list[str](), ""
    for found in _BLOCK.finditer(guide):
        if found["title"] is not None:
            heading = found["title"]
            continue
        if parts and heading:
            parts.append(f"# {heading}\n")
        parts.append(found["block"])
        heading = ""
    return renamed("\n".join(parts), name, title)


def like(path: Path, name: str, title: str) -> str:
    """Another level under a new name and title. Raises `ScaffoldError` where its file cannot be written anew like that."""
    try:
        text = renamed(path.read_text(encoding="utf-8"), name, title)
        found = tomli.loads(text)
    except OSError as error:
        raise ScaffoldError(_("{file} cannot be copied: {why}", file=plain(path.name), why=error.strerror)) from None
    except ValueError:
        raise ScaffoldError(_("{path} has errors; `corridor check` names them", path=plain(path.name))) from None
    if (found.get("id"), found.get("title")) != (name, title):
        raise ScaffoldError(_("{file} has no plain `id` and `title` to write anew", file=plain(path.name)))
    return text


def renamed(text: str, name: str, title: str) -> str:
    """A level's text with another `id` and `title`; a title in other languages was the other level's, and goes."""
    table = _TABLE.search(text)
    head, rest = (text, "") if table is None else (text[: table.start()], text[table.start() :])
    head = _ID.sub(f'id = "{name}"', head, count=1)
    first = _TITLE.search(head)
    if first is not None:
        head = head[: first.start()] + f'title = "{title}"\n' + _TITLE.sub("", head[first.end() :])
    return head + rest
