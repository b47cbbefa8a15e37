"""What lies ahead on the line in words: how each train goes on, and where one waits for another."""

from collections.abc import Iterator

from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.forecast import Clash, Forecast, forecast
from corridor_tui.session.traces import Axis


def ahead_lines(view: View) -> Iterator[str]:
    """The train graph as lines: every train that is on its way, and every wait ahead in the order of time."""
    ahead = forecast(view, Axis(view.level))
    yield from (course_text(view, ahead, train) for train in ahead.ends)
    if not ahead.ends:
        yield _("nobody is on the line, and nobody is about to be")
    elif not ahead.clashes:
        yield _("nothing ahead in each other's way")
    yield from (clash_text(view, clash) for clash in sorted(ahead.clashes, key=lambda clash: clash.from_s))


def clash_text(view: View, clash: Clash) -> str:
    """A wait ahead in one line."""
    place = view.network.stations[clash.place].name
    at = told_clock(view, max(clash.from_s, view.now_s))
    if clash.kind == "knot":
        return _("{at} {place}: {train} is caught, nothing undoes it by itself", at=at, place=place, train=clash.unit)
    minutes = ((clash.until_s or clash.from_s) - clash.from_s) // 60
    for_whom = _("the closed stretch") if clash.rival is None else clash.rival
    waits = _(
        "{at} {place}: {train} waits {minutes} min for {whom}",
        at=at, place=place, train=clash.unit, minutes=minutes, whom=for_whom,
    )  # fmt: skip
    return waits + (_(", as ordered") if clash.kind == "meet" else "")


def course_text(view: View, ahead: Forecast, choice: str) -> str:
    """Where a train is when, and when it should be."""
    unit = view.units.get(choice)
    if unit is None:
        return ""
    text, end_s = choice, ahead.ends.get(choice)
    if choice in ahead.ends:
        goal = view.network.stations.get(unit.to or "")
        where = goal.name if goal is not None else unit.accepted or unit.to or _("the end")
        if end_s is None:
            text = _("{train}: caught", train=choice)
        else:
            text = _("{train}: at {place} {at}", train=choice, place=where, at=told_clock(view, end_s))
    if unit.due_there_s is not None:
        text += _(", due there {at}", at=told_clock(view, unit.due_there_s))
        if end_s is not None and end_s > unit.due_there_s:
            text += _(", LATE {minutes} min", minutes=(end_s - unit.due_there_s) // 60)
    return text
