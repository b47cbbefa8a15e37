"""What a decision was worth, worked out by hand on levels with one train: a hold, a fault let pass, a crane plan.

The points of a loss unit are 100 times the component's share of the weights, over what do-nothing loses in it more than the
reference. The weights are 50 for time, 30 for detection and 20 for resources.
"""

import pytest
from coaching import coached, only
from conftest import ROOT
from helpers import variant

from corridor_tui.corridor.orders import Order
from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.score import Component
from corridor_tui.session.decisions import Analysis

SHARES = {"time": 50, "detection": 30, "resources": 20}
AT_ONCE = {"shape": "triangular", "min_min": 1.0, "mode_min": 1.0, "max_min": 1.0}


def tiny(name: str) -> Level:
    return load(ROOT / "tests" / "levels" / f"{name}.toml")


def points(analysis: Analysis, part: Component) -> float:
    """What a loss unit is worth, where all three components count."""
    scale = analysis.score.scale
    assert scale is not None
    return SHARES[part] / (scale.nothing.of(part) - scale.reference.of(part))


def test_a_train_held_costs_each_minute_of_it() -> None:
    """T1 is offered at 10:05 (300 s). The coach would accept it at 320 and is heard only at 1280.

    The reference is asked every 100 s (300 times in eight hours, on a grid of 20 s) and has wanted it since 400, so that
    the decision is 1280 - 400 = 880 s late. Every step after it follows at the same pace, so that the load, which is late
    anyway, is away 880 s sooner: 880 / 60 = 14.67 minutes of 1 unit each. Nobody and nothing is kept longer or shorter.
    """
    due: list[int] = []

    def holding(now_s: int, order: Order) -> Order | None:
        if order.verb != "accept":
            return order
        due.append(now_s)
        return order if now_s >= due[0] + 960 else None

    analysis = Analysis(coached(tiny("tiny-one"), 1, holding)[0])
    (decision,) = analysis.decisions
    assert (decision.way, decision.text, decision.t, decision.instead_s) == ("late", "accept T1 N1", 1_280, 400)
    worth = analysis.worth(decision)
    assert (worth.time, worth.detection, worth.resources, worth.safety) == (14.67, 0, 0, 0)
    assert worth.total == pytest.approx(880 / 60 * points(analysis, "time"), abs=0.01)


def test_a_fault_let_pass_costs_the_miss_and_nothing_else() -> None:
    """The declaration of T1-02 has another HS code than its invoice. Set right it takes 10 minutes, long before T1 is away.

    A miss is 60 units. Do-nothing leaves two consignments undecided, 8 units each, and the reference loses nothing there:
    a unit is worth 30 / 16 = 1.875 points, and the decision 60 * 1.875 = 112.5.
    """
    correct = AT_ONCE | dict.fromkeys(("min_min", "mode_min", "max_min"), 10.0)
    level = variant(tiny("tiny-three"), customs__work__correct=correct)

    def blind(_: int, order: Order) -> Order:
        return Order("release", ("T1-02",)) if order.verb == "find" else order

    analysis = Analysis(coached(level, 1, blind)[0])
    (decision,) = analysis.decisions
    assert (decision.way, decision.text) == ("other", "release T1-02")
    assert decision.instead[0].startswith("find T1-02 ")
    worth = analysis.worth(decision)
    assert points(analysis, "detection") == 1.875
    assert (worth.total, worth.time, worth.detection, worth.resources, worth.safety) == (112.5, 0, 60, 0, 0)


def test_a_crane_left_idle_costs_the_seconds_it_would_have_saved() -> None:
    """T1 has two boxes, of 145 and 137 s. RMG1 begins at 3900; the reference would have put RMG2 on it too at 4000.

        one crane   3900 + 145 + 137 = 4182
        two         3900 + 145 = 4045 and 4000 + 137 = 4137

    The train is empty 4182 - 4137 = 45 s sooner. Its rake waits for nothing but its pull (locomotives come within a minute),
    so that it is away 45 s sooner too: 45 / 60 = 0.75 minutes late less, and 45 s less of a rake at 2 units an hour, 0.025.
    """
    level = variant(
        tiny("tiny-one"),
        terminal__cranes=({"id": "RMG1"}, {"id": "RMG2"}),
        terminal__clearance_m=0.0,
        locomotives__0__notice=AT_ONCE,
        locomotives__1__notice=AT_ONCE,
    )
    lifts_s = [box.lifts_s[0] for item in resolve(level, 1).consignments("T1") for box in item.containers]
    assert lifts_s == [145, 137]

    def alone(_: int, order: Order) -> Order | None:
        return None if order.text.startswith("crane RMG2") else order

    analysis = Analysis(coached(level, 1, alone)[0])
    decision = only(analysis, "never", "crane")
    assert (decision.text, decision.instead_s) == ("crane RMG2 T1", 4_000)
    worth = analysis.worth(decision)
    assert (worth.time, worth.detection, worth.safety) == (0.75, 0, 0)
    assert worth.resources == pytest.approx(0.025, abs=0.006)
    worked = 0.75 * points(analysis, "time") + 0.025 * points(analysis, "resources")
    assert worth.total == pytest.approx(worked, abs=0.006)
