"""The journal as the session knows it: what is written down before it takes effect. Who keeps it, and where, is not its matter."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

MARK = "mark "
"""How a mark begins: words for the debriefing, kept among the orders with their second. It changes nothing."""
GUIDE = "guide "
"""How a note on the guide begins: that a step of it is done or skipped, or that the whole is wanted or not. It changes nothing."""
GAVE = f"{GUIDE}gave "
"""The beginning of a note that the order whose text follows is not the trainee's own idea."""
NOTES = (MARK, GUIDE)
"""How those begin that are kept among the orders with their second, and that the corridor never hears of."""
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

    @property
    def mark(self) -> str | None:
        """The words of a mark; None where it is none."""
        return self.text.removeprefix(MARK).strip() if self.text.startswith(MARK) and not self.heard else None

    @property
    def kind(self) -> str:
        """What a journal calls it."""
        return "order" if self.heard else "unheard"


def first_link(head: Iterable[str | int]) -> str:
    """The link that the first entry of a run hangs on: a hash of its head."""
    return blake2b(json.dumps(list(head)).encode(), digest_size=8).hexdigest()


def next_link(last: str, seq: int, t: int, kind: str, text: str) -> str:
    """The link after an entry: one that is altered, left out or put elsewhere breaks the chain at its place.

    The chain finds damage and careless hands. Who forges a run makes it anew, and is found by living the run again.
    """
    return blake2b(json.dumps([last, seq, t, kind, text]).encode(), digest_size=8).hexdigest()


class Journal(Protocol):
    """Where a run is written down while it is played."""

    def order(self, *given: Given) -> None:
        """Write an order down, behind the notes that go with it: all or none. Once this returns no crash can lose it.

        Raises `JournalError` where it is not written.
        """
        ...

    def clock(self, now_s: int) -> None:
        """Note how far the shift has come; once this returns no end of the program can lose it. Raises `JournalError`."""
        ...

    def end(self, now_s: int) -> None:
        """Note that the trainee has ended the shift, or its time is up. Raises `JournalError`."""
        ...
