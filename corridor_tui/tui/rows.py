"""Rows of styled text: what panes draw. Every text is data here; nothing is ever read as markup."""

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size
from textual.content import Content


class Span(NamedTuple):
    """A piece of text with the name of its style, and what it stands for if it alone can be chosen."""

    text: str
    style: str = ""
    key: str = ""


class Row(NamedTuple):
    """One line: its spans, and what it stands for (a train, a consignment) if it can be chosen as a whole."""

    spans: tuple[Span, ...]
    key: str = ""

    @property
    def text(self) -> str:
        """What it says, without styles."""
        return "".join(span.text for span in self.spans)


Part: TypeAlias = "str | tuple[str, str] | tuple[str, str, str]"


def plain(text: str) -> str:
    """A text that cannot drive the terminal: characters that do not print are shown as a box."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "□" for char in text)


def literal(text: str) -> Content:
    """A text for a widget that would else read markup; the one way data enters such widgets."""
    return Content(plain(text))


def row(*parts: Part, key: str = "") -> Row:
    """A row from texts, (text, style) pairs and (text, style, key) triples."""
    return Row(
        tuple(Span(plain(part)) if isinstance(part, str) else Span(plain(part[0]), *part[1:]) for part in parts), key
    )


def cells_of(parts: Iterable[Part]) -> int:
    """The cells that parts of a row take."""
    return sum(cell_len(part if isinstance(part, str) else part[0]) for part in parts)


def fit(text: str, width: int) -> str:
    """A text cut or padded to a width in cells; what was cut off is shown by an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…" if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """A text broken between words into lines of at most so many cells; a word longer than a line is broken behind a hyphen,
    else cut in pieces, and one of wide characters may be broken after each, but not before what closes a phrase.
    """
    lines = [""]
    for word in text.split():
        gap = " "
        for unit in _units(word):
            for piece in _pieces(unit, width):
                line = f"{lines[-1]}{gap}{piece}" if lines[-1] else piece
                if cell_len(line) <= width:
                    lines[-1] = line
                else:
                    lines.append(piece)
                gap = ""
    return lines


_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_OPENING, _CLOSING = "（「『【〈《“‘", "，。、；：！？）」』】〉》”’％"
_UNITS = rf"[{_OPENING}]*(?:[{_WIDE}]|[^{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*"
"""What is not broken: a run of narrow characters, or a wide one, with the marks that open before it and close after it."""


def _units(word: str) -> list[str]:
    # what is ASCII throughout has nothing wide, and the first page may need nothing else: the pattern is long to compile
    return [word] if word.isascii() else [unit for unit in re.findall(_UNITS, word) if unit]


_MOST_WHOLE = 14
"""The most cells of a word without digits that are kept together where room is scarce."""
_DIGIT = re.compile(r"\d")


def unbroken(text: str) -> int:
    """The least cells a line needs that no number of a text is broken, and no word that is not a long one."""
    needs = [
        cell_len(part) if _DIGIT.search(word) else min(_MOST_WHOLE, cell_len(part))
        for word in text.split()
        for unit in _units(word)
        for part in ([unit] if _DIGIT.search(word) else _hyphened(unit))
    ]
    return max(needs, default=0)


def _hyphened(word: str) -> list[str]:
    return re.findall(r"[^-]*-|[^-]+$", word)


def _pieces(word: str, width: int) -> list[str]:
    pieces = []
    rest = word
    while cell_len(rest) > width:
        piece = set_cell_size(rest, width).rstrip() or rest[:1]
        if not _DIGIT.search(word) and "-" in piece[:-1]:
            piece = piece[: piece.rindex("-", 0, -1) + 1] if piece[-1] != "-" else piece
        pieces.append(piece)
        rest = rest[len(piece) :]
    return [*pieces, rest]
