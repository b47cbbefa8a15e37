"""What a seed holds in store of what goes wrong is what then happens."""

import io

import pytest
from conftest import CAMPAIGN, shipped
from helpers import calm, variant
from rich.console import Console

from corridor_tui.corridor.options import injections
from corridor_tui.instructor.preview import preview
from corridor_tui.level.disruptions import Condition
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, unattended
from corridor_tui.session.wording import order_text
from corridor_tui.tables_upsets import condition_texts, upset_tables


def told(level: Level, seed: int) -> str:
    out = io.StringIO()
    Console(file=out, width=200).print(upset_tables(level, preview(level, seed)))
    return out.getvalue()


@pytest.mark.parametrize("name", CAMPAIGN)
def test_every_disruption_and_every_call_of_a_level_is_told_with_its_right_answer(name: str) -> None:
    level, text = shipped(name), told(shipped(name), 3)
    rows = {line.split("│")[1].strip(): line for line in text.splitlines() if line.startswith("│")}
    for item in level.disruptions:
        assert item.id in rows
        if item.id in level.calls:
            right = next(answer.word for answer in level.calls[item.id].answers if answer.right)
            assert rows[item.id].split("│")[-2].strip() == right
        elif item.live:
            assert "when the instructor lets it" in rows[item.id]


def test_what_is_drawn_is_told_as_it_then_comes() -> None:
    hour = {"min_min": 40.0, "mode_min": 60.0, "max_min": 80.0}
    level = variant(
        calm("paper-trail"),
        disruptions=(
            {"id": "rmg", "kind": "crane-stop", "every_h": 4.0},
            {"id": "rail", "kind": "closed-block", "track": "main", "every_h": 3.0, "lasts": hour},
            {"id": "hold", "kind": "document-hold", "share": 0.5, "lasts": hour},
        ),
    )
    text, shift = told(level, 5), unattended(resolve(level, 5), "do-nothing")
    held = [event for event in shift.events if event.code == "papers_held"]
    closed = [event for event in shift.events if event.code == "line_closed"]
    assert held
    assert closed
    for event in held:
        minutes = round((int(str(event.args[1])) - event.t) / 60)
        assert any(str(event.args[0]) in line and f" {minutes} min " in line for line in text.splitlines())
    assert sum(line.startswith("│ rail/") for line in text.splitlines()) >= len(closed)
    assert any(line.startswith("│ rmg/RMG1/1 ") for line in text.splitlines())


def test_what_an_instructor_may_let_begin_is_told_as_what_it_is() -> None:
    said = [order_text(order, shipped("single-line")) for order in injections(Shift(shipped("single-line"), 1).view)]
    assert said == [
        "let rail-cracks begin: a line track is closed, s7",
        "let 2611-late begin: a train is late, 2611",
    ]


def test_a_level_on_which_nothing_goes_wrong_says_so() -> None:
    assert told(calm("first-train"), 1).strip() == "nothing goes wrong on this seed"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ({"train": "X1", "lifted": 0.5}, "X1 50% lifted"),
        ({"train": "X1", "done": "secure", "after_min": 5.0}, "X1: securing done, 5 min later"),
        ({"train": "X1", "done": "lift"}, "X1: emptied"),
        ({"queue": 3}, "3 trains not accepted"),
        ({"repeats": 2}, "the same refusal or mistake 2 times"),
        ({"ordered": "accept X1"}, "after the order accept X1"),
        ({"at": "10:30", "idle_min": 9.0, "till": "12:00"}, "from 10:30, a lull of 9 min, till 12:00"),
    ],
)
def test_a_condition_is_told_in_words(when: dict[str, object], text: str) -> None:
    assert ", ".join(condition_texts(Condition.model_validate(when))) == text
