"""What the parts of the desk know of it."""

from collections.abc import Callable
from typing import Protocol

from corridor_tui.session.shift import Shift
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.menu import Choice


class Playing(Protocol):
    """Where a shift is played, and with which keys."""

    @property
    def shift(self) -> Shift:
        """What is played."""

    @property
    def keyboard(self) -> Keyboard:
        """The keys of whoever plays."""


class Teller(Playing, Protocol):
    """The desk as its parts know it: where the shift is played, and whom they tell what they have for the trainee."""

    def say(self, text: str, style: str) -> None:
        """Say something in the line of answers."""

    def give(self, text: str, *, helped: bool = False) -> bool:
        """Give an order and show at once what became of it; whether it was accepted. `helped`: it is not the trainee's own idea."""

    def ask(self, choice: Choice, then: Callable[[str], object]) -> None:
        """Have something picked; `then` is told what, if anything is."""
