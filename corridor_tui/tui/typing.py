"""Keys in the order in which they were typed, and escape with the one typed at once after it.

A terminal sends the same for those two as for that key with alt.

Textual takes some of these for other keys (`f` for ctrl+right, `1` for `¡`), and of others it drops the escape. Here all of them are
read as the key with alt, and what has no meaning with alt where it is typed is taken apart.
"""

import os
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event, Key
from textual.screen import Screen

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


def _lenient(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), "ignore")


class InOrder(App[None]):
    """A program that takes its keys in one after the other: each when all that the one before set going is done.

    Whatever is typed ahead so belongs to what the keys before it open; what is typed at once after escape is heeded like escape.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: list[Key] | None = None
        """What was typed behind a key that is still on its way through the screen; None: none is."""

    def get_driver_class(self) -> type[Driver]:
        """The driver of this terminal, telling escape from alt and passing over bytes that are no text. It looks its parser and
        its decoder up by name and can be told no others.
        """
        driver = super().get_driver_class()
        module = import_module(driver.__module__)
        if getattr(module, "XTermParser", None) is XTermParser:
            setattr(module, "XTermParser", Keys)  # noqa: B010 - the name is Textual's own
            setattr(module, "getincrementaldecoder", _lenient)  # noqa: B010 - as above
        return driver

    async def on_event(self, event: Event) -> None:
        """Take in a key, or let it wait for the one before it."""
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._typed is not None:
            self._typed.append(event)
        else:
            self._typed = [event]
            await self._next()

    async def _next(self) -> None:
        """Take in the next key, and follow it."""
        if not self._typed:
            self._typed = None
            return
        event, *behind = self._typed
        in_text = self.focused is not None and self.focused.check_consume_key("a", "a")
        keys = apart(event, in_text=in_text)
        if not keys or (len(keys) > 1 and event.key in self.screen.active_bindings):
            keys = [event]
        first, *more = keys
        self._typed = [*more, *behind]
        screen = self.screen
        way = (self.focused or screen).ancestors_with_self
        await super().on_event(first)
        await self._follow(way, screen)

    async def _follow(self, way: list[DOMNode], screen: Screen[object]) -> None:
        """Go the way of a key behind it, from what had the focus up to the program; over a screen that it opened too,
        until that can be written on.
        """
        for place, node in enumerate(way):
            if node.call_later(self._follow, way[place + 1 :], screen):
                return
        if self.screen is screen:
            await self._next()
        else:
            await self._follow([self.screen, self], self.screen)
