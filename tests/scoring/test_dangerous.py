"""Dangerous goods that nobody declared: released they are a matter of safety, told by the audit and by nothing before."""

from helpers import calm, give, until, variant

from corridor_tui.dispatcher.reading import clashes
from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift


def hidden() -> Level:
    """First train with an offence of dangerous goods in its first consignment, and nothing odd in the others."""
    return variant(
        calm("first-train"),
        cargo={"danger_share": 0.1},
        trains__0__papers="lodged",
        trains__0__scripted=[{"number": 1, "lane": "green", "case": {"kind": "offence", "family": "concealed"}}],
        customs__cases={"error_share": 0.0, "lookalike_share": 0.0, "offence_share": 0.0},
        shift__overtime_min=0.0,
    )


def played(*orders: str) -> Shift:
    shift = Shift(hidden(), 3)
    until(shift, "lodged", "X8001-01")
    give(shift, *orders)
    shift.advance(shift.now_s + 3_600)
    return shift


def safety(shift: Shift) -> list[tuple[str, object]]:
    reasons = shift.finish().score.reasons
    return [(reason.code, reason.args[0]) for reason in reasons if reason.component == "safety"]


def test_released_they_are_a_safety_mistake_that_no_event_of_the_shift_betrays() -> None:
    shift = played("release X8001-01")
    assert [event for event in shift.events if event.code == "mistake"] == []
    assert ("undeclared", "X8001-01") in safety(shift)
    assert shift.finish().score.measures["safety_mistakes"] == 1


def test_found_and_detained_they_are_none() -> None:
    shift = played()
    papers = shift.view.papers("X8001-01")
    assert papers is not None
    (clash,) = clashes(papers)
    assert clash.rule == "concealed"
    give(shift, f"find X8001-01 {clash.first} {clash.second} {clash.rule}")
    until(shift, "settled", "X8001-01", "upheld")
    give(shift, "detain X8001-01")
    assert safety(shift) == []
