"""Errors in a level file: where they are, what is wrong, and how to mend it."""

import unicodedata
from dataclasses import dataclass

_LONGEST = 80


def plain(text: str) -> str:
    """A text from outside as it may stand in a message: what could drive a terminal or hide itself is escaped."""
    return "".join(
        ascii(char)[1:-1] if unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" else char for char in text
    )


def brief(text: str) -> str:
    """A word from a level file for a message: plain, and cut where it is long."""
    shown = plain(text if len(text) <= _LONGEST else text[:_LONGEST] + "...")
    return shown if len(shown) <= _LONGEST + 3 else shown[:_LONGEST] + "..."


@dataclass(frozen=True, slots=True, order=True)
class LevelError:
    """One error; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class LevelFileError(ValueError):
    """A level file that cannot be used, with every error found in it."""

    def __init__(self, errors: list[LevelError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__("\n".join(str(error) for error in self.errors))
