"""The picture in the README is what a user sees today."""

import os

from conftest import ROOT, shipped
from hands import at_the_desk

from corridor_tui.session.hints import Hints
from corridor_tui.session.shift import Shift

PICTURE = ROOT / "docs" / "desk.svg"


async def test_the_picture_of_the_desk_is_what_a_user_sees() -> None:
    """UPDATE_SCREENS=1 takes it anew."""
    shift = Shift(shipped("fifty-five-minutes"), 1, dict.fromkeys(("dispatch", "terminal", "customs"), "reference"))
    shift.advance(12_600)
    async with at_the_desk(shift.level) as hands:
        hands.desk.shift = shift
        hands.desk.teaching.hints = Hints(shift)
        hands.desk.pace.jump(shift.now_s)
        await hands.press("space", "colon", *"X8043-03", "enter", "4", "down", "down")
        hands.desk.say("", "")
        hands.desk.paint()
        await hands.pilot.pause()
        shown = hands.pilot.app.export_screenshot()
    if os.environ.get("UPDATE_SCREENS"):
        PICTURE.write_text(shown, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == shown, "UPDATE_SCREENS=1 takes the picture anew; look at it"
