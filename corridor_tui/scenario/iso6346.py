"""Container numbers after ISO 6346: four letters, six digits and a check digit."""

from collections.abc import Iterator
from functools import cache
from itertools import count

_VALUES: dict[str, int] = {str(digit): digit for digit in range(10)}
_VALUES.update(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (value for value in range(10, 39) if value % 11), strict=True)
)  # letters count from 10 and leave out the multiples of 11
_OWNERS = ("KTZU", "CRXU", "TBJU", "RZDU", "SINU", "LYGU", "XANU", "CQRU")
"""Owner prefixes of the trainer, after the pattern of those seen on the line; the numbers stand for no real box."""


def check_digit(body: str) -> int:
    """The check digit of the ten characters that come before it."""
    total = 0
    for place, char in enumerate(body):
        total += _VALUES[char] << place
    return total % 11 % 10


_TRAINS = 100 * len(_OWNERS)
"""How many trains the prefixes serve before their third letter moves on by one."""
_LETTERS = 26


def number(series: int, serial: int) -> str:
    """The container number of a serial number within a series (a train); different pairs give different numbers.

    Serial numbers are taken modulo 10,000 and series modulo 20,800, so numbers may come again after so many trains.
    """
    return next(numbers(series, serial))


def numbers(series: int, serial: int) -> Iterator[str]:
    """The container numbers of a series from a serial number on, without end."""
    owner, prefix_sum = _prefix(series // _TRAINS % _LETTERS, series % len(_OWNERS))
    first = series // len(_OWNERS) % 100 * 10_000
    for each in count(serial):
        digits = first + each % 10_000
        total = prefix_sum + _FIRST_THREE[digits // 1_000] + _LAST_THREE[digits % 1_000]
        yield f"{owner}{digits:06d}{total % 11 % 10}"


def _parts(place: int) -> tuple[int, ...]:
    """What three digits from a place on add to the check sum, for each of their thousand values."""
    return tuple(sum(int(char) << at for at, char in enumerate(f"{n:03d}", place)) for n in range(1_000))


_FIRST_THREE, _LAST_THREE = _parts(4), _parts(7)


@cache
def _prefix(turn: int, place: int) -> tuple[str, int]:
    """An owner prefix whose third letter has moved on so many times, and its part of the check sum."""
    owner = _OWNERS[place]
    third = chr((ord(owner[2]) - ord("A") + turn) % _LETTERS + ord("A"))
    moved = f"{owner[:2]}{third}{owner[3]}"
    return moved, sum(_VALUES[char] << place for place, char in enumerate(moved))


def valid(text: str) -> bool:
    """Whether a text is a container number with the right check digit."""
    return (
        len(text) == 11
        and text[:3].isascii()
        and text[:3].isalpha()
        and text[:4].isupper()
        and text[3] in "UJZ"
        and text[4:].isdigit()
        and text[4:].isascii()
        and check_digit(text[:10]) == int(text[10])
    )


def spaced(text: str) -> str:
    """A container number as it is painted on the box: "CSQU 305438-3"; what follows the number stays."""
    return f"{text[:4]} {text[4:10]}-{text[10:]}"


def compact(text: str) -> str:
    """A container number without the blank and the dash of its painted form; what follows the number stays."""
    return f"{text[:4]}{text[5:11]}{text[12:]}" if text[4:5] == " " and text[11:12] == "-" else text
