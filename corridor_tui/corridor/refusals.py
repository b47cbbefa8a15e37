"""Why the corridor refuses: a code with its parameters; the words for it are found elsewhere."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """A reason to refuse an order."""

    code: str
    args: tuple[str | int, ...] = ()


def because(code: str, *args: str | int) -> Refusal:
    """A refusal."""
    return Refusal(code, args)
