"""Choosing by number: it is typed on the desk, what it means is chosen at once, and the line of keys shows how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from rich.cells import cell_len
from textual import events

from corridor_tui.corridor.view import View
from corridor_tui.language import N_, _
from corridor_tui.tui.arrange import Before
from corridor_tui.tui.completing import meant_by
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row

_TYPE = N_("type the number of a train, or of whatever stands on the desk")


class Choosing(Protocol):
    """Where something is chosen by its number, and what was chosen before can be again."""

    def show(self, name: str) -> None:
        """Choose something wherever it stands in sight, without going there."""

    def remember(self) -> Before:
        """What is chosen and shown now."""

    def recall(self, before: Before) -> None:
        """Choose and show again what was so before."""


@dataclass(frozen=True, slots=True)
class Typed:
    """How far a number has come and what it may mean, the likeliest first. `any_case`: small letters are read as capitals."""

    text: str
    found: tuple[str, ...]
    before: Before
    any_case: bool


class Number:
    """A number that is being typed: one that begins with a capital letter at once, any other behind a key for that.

    `select` goes to what was chosen, `tell` shows how far it has come, `refuse` says that a key has no meaning in it.
    """

    def __init__(
        self,
        chosen: Choosing,
        select: Callable[[str], object],
        tell: Callable[[], object],
        refuse: Callable[[], object],
    ) -> None:
        self._chosen = chosen
        self._select = select
        self._tell = tell
        self._refuse = refuse
        self._typed: Typed | None = None

    def takes(self, event: events.Key, view: View, *, bound: bool) -> bool:
        """Take in what belongs to a number, and say whether it did; any other key keeps what is chosen and does what it does.
        `bound`: the key does something else on the desk.
        """
        typed, char = self._typed, event.character or ""
        if typed is None:
            begins = char.isupper() and not bound
            return begins and self._type(self._begun(any_case=False), char, view)
        if event.key == "escape":
            self.leave()
        elif event.key == "enter":
            self.keep()
        elif event.key == "backspace":
            self._back(typed, view)
        elif not (char.isalnum() or char == "-") or (char.islower() and not typed.any_case):
            self.keep()
            return False
        elif not self._type(typed, char, view):
            if char.islower():
                self.keep()
                return False
            self._refuse()
        return True

    def _begun(self, *, any_case: bool) -> Typed:
        return Typed("", (), self._chosen.remember(), any_case)

    def _type(self, typed: Typed, char: str, view: View) -> bool:
        """Go on with a number, where anything is meant by it then."""
        found = tuple(meant_by(view, typed.text + char))
        if found:
            self._show(replace(typed, text=typed.text + char, found=found))
        return bool(found)

    def _back(self, typed: Typed, view: View) -> None:
        text = typed.text[:-1]
        if text:
            self._show(replace(typed, text=text, found=tuple(meant_by(view, text))))
        else:
            self.leave()

    def _show(self, typed: Typed) -> None:
        self._typed = typed
        self._chosen.show(typed.found[0])
        self._tell()

    def begin(self) -> None:
        """Begin one."""
        self._typed = self._begun(any_case=True)
        self._tell()

    def keep(self) -> None:
        """Go to what was chosen."""
        typed, self._typed = self._typed, None
        if typed is not None and typed.found:
            self._select(typed.found[0])
        else:
            self._tell()

    def leave(self) -> None:
        """Choose again what was chosen before."""
        typed, self._typed = self._typed, None
        if typed is not None and typed.found:
            self._chosen.recall(typed.before)
        self._tell()

    def drop(self) -> None:
        """Have done with it; what is chosen stays so."""
        if self._typed is not None:
            self._typed = None
            self._tell()

    def row(self, width: int) -> Row | None:
        """The number so far, what it means, and how it goes on; None where none is being typed."""
        typed = self._typed
        if typed is None:
            return None
        tail: list[Part] = [
            (" enter", "key", "keep_number"), (" " + _("keeps it") + " ", "dim", "keep_number"),
            (" escape", "key", "leave_number"), (" " + _("back") + " ", "dim", "leave_number"),
        ]  # fmt: skip
        head: list[Part] = [(f" {typed.text}▏ ", "mark"), (f" {typed.found[0]} " if typed.found else "", "train")]
        room = width - cells_of([*head, *tail])
        others = _("or {others}", others=" ".join(typed.found[1:])) if typed.found[1:] else ""
        said = others if typed.found else _(_TYPE)
        return row(*head, (fit(said, min(cell_len(said), room)), "dim"), " " * max(0, room - cell_len(said)), *tail)
