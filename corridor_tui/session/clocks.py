"""The local clock and the day of a shift."""

from corridor_tui.language import _


def clock(level_start_s: int, second: int) -> str:
    """The local clock at a second of the shift, "HH:MM"."""
    minutes = (level_start_s + second) // 60 % 1_440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_clock(level_start_s: int, second: int) -> str:
    """The day of the shift, from 1 on which it starts, and the local clock: "day 4 18:00"; of the first day the clock alone."""
    day = (level_start_s + second) // 86_400 + 1
    at = clock(level_start_s, second)
    return at if day == 1 else _("day {day} {clock}", day=day, clock=at)
