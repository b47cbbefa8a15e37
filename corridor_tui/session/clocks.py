"""The local clock and the day of a shift."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from corridor_tui.language import N_, _

if TYPE_CHECKING:
    # the first page tells times too, and does not wait for the corridor
    from corridor_tui.corridor.view import View

DAY_S = 86_400
"""The seconds of a day."""
_NEAR_S = DAY_S // 2
"""Within so much of now a clock time can be taken for one only."""
_MONTHS = (
    N_("{day} Jan {year}"),
    N_("{day} Feb {year}"),
    N_("{day} Mar {year}"),
    N_("{day} Apr {year}"),
    N_("{day} May {year}"),
    N_("{day} Jun {year}"),
    N_("{day} Jul {year}"),
    N_("{day} Aug {year}"),
    N_("{day} Sep {year}"),
    N_("{day} Oct {year}"),
    N_("{day} Nov {year}"),
    N_("{day} Dec {year}"),
)


def clock(level_start_s: int, second: int) -> str:
    """The local clock at a second of the shift, "HH:MM"."""
    minutes = (level_start_s + second) // 60 % 1_440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_clock(level_start_s: int, second: int) -> str:
    """The day of the shift, from 1 on which it starts, and the local clock: "day 4 18:00"; up to the first day the clock alone."""
    day = (level_start_s + second) // DAY_S + 1
    at = clock(level_start_s, second)
    return at if day <= 1 else _("day {day} {clock}", day=day, clock=at)


def told_clock(view: "View", second: int) -> str:
    """A second as it is told now: the local clock; before it the day, where it is another one and half a day away or more."""
    start_s = view.level.start_s
    at, day = clock(start_s, second), (start_s + second) // DAY_S
    if day == (start_s + view.now_s) // DAY_S or abs(second - view.now_s) < _NEAR_S:
        return at
    return _("day {day} {clock}", day=day + 1, clock=at)


def date_text(day: str, second: int) -> str:
    """The date so many seconds after a day, as the level gives it, began."""
    at = date.fromisoformat(day) + timedelta(days=second // DAY_S)
    return _(_MONTHS[at.month - 1], day=at.day, year=at.year)


def end_text(day: str, level_start_s: int, length_s: int) -> str:
    """When a shift ends: one that lasts for days by its date."""
    return clock(level_start_s, length_s) if length_s <= DAY_S else date_text(day, level_start_s + length_s)
