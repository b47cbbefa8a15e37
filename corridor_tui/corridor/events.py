"""Events: what happens, with its second, as codes and parameters and never as prose; and the log that digests them."""

import hashlib
import json
from collections.abc import Callable, Container
from functools import partial
from typing import NamedTuple, TypeAlias, cast

from pydantic import TypeAdapter

Arg: TypeAlias = str | int | None


class Event(NamedTuple):
    """One thing that happened: seconds since the start of the shift, its code, and what it concerns."""

    t: int
    code: str
    args: tuple[Arg, ...]


Listener: TypeAlias = Callable[[Event], None]

_BATCH = 256
_plain = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode
_Parts: TypeAlias = list[tuple[int, str, tuple[object, ...]]]
_typed = TypeAdapter(_Parts).dump_json
made = partial(tuple.__new__, Event)
"""An event from its three parts, in half the time that `Event(...)` takes."""


def _encode(events: list[Event]) -> bytes:
    """Events as compact JSON in ASCII: by their types where they hold nothing else, in a tenth of the time."""
    text = _typed(cast("_Parts", events))
    return text if text.isascii() and b"\x7f" not in text else _plain(events).encode()


class Log:
    """The log of a run: passes each event on, keeps it, and hashes all of them.

    With `keep` it holds no more than so many of the last ones and what is not hashed yet, and its memory does not grow with
    the run.
    """

    __slots__ = ("_dropped", "_due", "_hash", "_hashed", "_hears", "_keep", "_listeners", "_watchers", "events")

    def __init__(self, *, keep: int | None = None) -> None:
        self._keep = keep
        self._dropped = 0
        self.events: list[Event] = []
        self._listeners: list[tuple[Listener, Container[str]]] = []
        self._watchers: dict[str, list[Listener]] = {}
        self._hears: dict[str, tuple[Listener, ...]] = {}
        """Who hears of each code, as far as one was heard."""
        self._hash = hashlib.blake2b(digest_size=16)
        self._hashed = 0
        self._due = _BATCH
        """At how many kept events the next batch is full."""

    @property
    def count(self) -> int:
        """How many events there were, kept or not."""
        return self._dropped + len(self.events)

    def listen(self, listener: Listener, besides: Container[str] = ()) -> None:
        """Have every event shown to a listener, after those who came before it; but none of some codes."""
        self._listeners.append((listener, besides))
        self._hears.clear()

    def watch(self, code: str, watcher: Listener) -> None:
        """Have every event of a code shown to a watcher after all listeners; what it sets going in the corridor comes later."""
        self._watchers.setdefault(code, []).append(watcher)
        self._hears.clear()

    def add(self, event: Event) -> None:
        """Take one event in."""
        events, code = self.events, event[1]
        events.append(event)
        if len(events) >= self._due:
            self._fold()
        hears = self._hears.get(code)
        for listener in self._who_hears(code) if hears is None else hears:
            listener(event)

    def _who_hears(self, code: str) -> tuple[Listener, ...]:
        listeners = [listener for listener, besides in self._listeners if code not in besides]
        self._hears[code] = (*listeners, *self._watchers.get(code, ()))
        return self._hears[code]

    def _fold(self) -> None:
        # The events' JSON one after another, so that where a batch ends does not move the hash.
        fresh = self.events[self._hashed :] if self._hashed else self.events
        if fresh:
            self._hash.update(_encode(fresh)[1:-1] + b",")
        if self._keep is not None and len(self.events) > self._keep + _BATCH:
            self._dropped += len(self.events) - self._keep
            del self.events[: -self._keep or None]
        self._hashed = len(self.events)
        self._due = self._hashed + _BATCH

    def since(self, count: int) -> list[Event]:
        """The events after the first so many, as far as they are kept."""
        return self.events[count - self.count :] if count < self.count else []

    @property
    def digest(self) -> str:
        """The hash of all events so far."""
        self._fold()
        return self._hash.hexdigest()
