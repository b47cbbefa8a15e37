"""Escape and the key typed at once after it: a terminal sends the same for both of them as for that key with alt.

Textual takes some of these for other keys (`f` for ctrl+right, `1` for `¡`), and of others it drops the escape. Here all of them are
read as the key with alt; whoever takes it in decides by what it means there.
"""

import os
from collections.abc import Iterable
from importlib import import_module

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Key

_ESC = "\x1b"
_OPENS = "[O"
"""What opens the sequences of other keys: behind an escape it is a key by itself only when nothing follows for a while."""
_LINUX_CONSOLE = {"\x1b\t": "shift+tab"}
"""What the console of Linux sends for keys of its own."""
_IN_TEXT = {"alt+b": "ctrl+left", "alt+f": "ctrl+right", "alt+backspace": "ctrl+w"}
"""What these mean wherever text is written on a line, as terminals have it: a word back, a word on, a word less."""


class Keys(XTermParser):
    """Reads what a terminal sends; a key right behind escape as that key with alt."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:  # noqa: FBT001, FBT002 - as Textual has it
        own = _LINUX_CONSOLE.get(sequence) if os.environ.get("TERM") == "linux" else None
        behind = len(sequence) == 2 and sequence[0] == _ESC and sequence[1] not in _ESC + _OPENS
        if own is not None:
            yield Key(own, None)
        elif alt or behind:
            for event in super()._sequence_to_key_events(sequence[-1]):
                yield Key(f"alt+{event.key}", event.character)
        else:
            yield from super()._sequence_to_key_events(sequence)


def reading_keys(driver: type[Driver]) -> type[Driver]:
    """The driver, reading keys so. It looks its parser up by name and can be told no other."""
    module = import_module(driver.__module__)
    if getattr(module, "XTermParser", None) is XTermParser:
        setattr(module, "XTermParser", Keys)  # noqa: B010 - the name is Textual's own
    return driver


def apart(event: Key, *, in_text: bool) -> list[Key]:
    """What a key with alt stands for where it means nothing itself: escape and the key; on a line of text what terminals have it
    mean. Nothing where it has no alt.
    """
    plain = event.key.removeprefix("alt+")
    if plain == event.key:
        return []
    if in_text and event.key in _IN_TEXT:
        return [Key(_IN_TEXT[event.key], None)]
    return [Key("escape", _ESC), Key(plain, event.character)]
