"""Marks set after a shift: what somebody who looked at the replay wants to be seen again, and who that was.

They are kept with the run and not among its orders: whoever may read a run may mark it, and no digest and no link knows of it.
"""

from dataclasses import dataclass

MOST_MARKS = 500
"""How many marks a run bears at the most."""
MOST_WORDS = 200
"""The most characters of a mark's words."""
MOST_WHO = 160
"""The most characters of a name: as of a trainee."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words at a second of the shift, who set them, and when: milliseconds since 1970 UTC."""

    t: int
    who: str
    words: str
    set_ms: int
