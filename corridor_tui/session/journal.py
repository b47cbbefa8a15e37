"""The journal as the session knows it: what is written down before it takes effect. Who keeps it, and where, is not its matter."""

from dataclasses import dataclass
from typing import Protocol

MOST_ORDER = 200
"""The most characters of an order; one that is longer is none."""


class JournalError(RuntimeError):
    """Something cannot be written down or read back; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Given:
    """An order as it was given: at the first second not yet simulated, and its text.

    `heard` is False for what never came to the corridor: no order at all, an order of a desk that somebody else works, or
    one after the end. Such a thing is journalled and changes nothing. What the corridor itself refuses is heard.
    """

    t: int
    text: str
    heard: bool = True


class Journal(Protocol):
    """Where a run is written down while it is played."""

    def order(self, given: Given) -> None:
        """Write an order down; once this returns no crash can lose it. Raises `JournalError` where it is not written."""
        ...

    def clock(self, now_s: int) -> None:
        """Note how far the shift has come; once this returns no end of the program can lose it. Raises `JournalError`."""
        ...

    def end(self, now_s: int) -> None:
        """Note that the trainee has ended the shift, or its time is up. Raises `JournalError`."""
        ...
