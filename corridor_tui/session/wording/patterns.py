"""Patterns of codes, filled with what a code comes with."""

from string import Template

from corridor_tui.language import _
from corridor_tui.session.clocks import clock, day_clock
from corridor_tui.session.wording.names import word


class _Pattern(Template):
    idpattern = r"[TD]?[0-9]"


def fill(pattern: str, args: tuple[object, ...], start_s: int | None) -> str:
    """Put arguments into a pattern: $0, $1 as they are or by their word, $T1 as a clock time, $D1 with the day of the shift."""
    values: dict[str, str] = {}
    for place, arg in enumerate(args):
        values[str(place)] = "-" if arg is None else word(str(arg))
        if isinstance(arg, int):
            values[f"T{place}"] = _("minute {minute}", minute=arg // 60) if start_s is None else clock(start_s, arg)
            values[f"D{place}"] = day_clock(start_s or 0, arg)
    return _Pattern(_(pattern)).safe_substitute(values)
