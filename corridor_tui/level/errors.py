"""Errors in a level file: where they are, what is wrong, and how to mend it."""

from dataclasses import dataclass


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
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(str(error) for error in self.errors))
