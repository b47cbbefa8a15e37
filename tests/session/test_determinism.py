"""The same level, seed and orders give the same events: in every process, in any slices, folded or lived."""

import json
import os
import subprocess
import sys
from random import Random

import pytest
from conftest import ROOT, shipped
from futures import Grafted

from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.view import View
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.session.shift import Shift, play, unattended


def run_in_a_process(level: str, hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "corridor_tui", "run", level, "--seed", "3", "--dispatcher", "novice", "--json"],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def test_processes_with_different_hash_seeds_give_equal_runs() -> None:
    outputs = {run_in_a_process("fifty-five-minutes", seed) for seed in ("0", "1", "4242")}
    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())["digest"]) == 32


def test_slicing_does_not_change_a_run() -> None:
    whole = unattended(resolve(shipped("fifty-five-minutes"), 2), "reference")
    draws = Random(5)
    level = shipped("fifty-five-minutes")
    desks = {"dispatch": "reference", "terminal": "reference", "customs": "reference"}
    sliced = Shift(level, 2, desks)  # type: ignore[arg-type]
    while not sliced.over:
        sliced.advance(sliced.now_s + draws.randrange(1, 400))
    assert sliced.events == whole.events


def test_orders_given_again_at_their_seconds_give_the_same_events() -> None:
    first = unattended(resolve(shipped("first-train"), 4), "reference")
    again = Shift(shipped("first-train"), 4)
    for at_s, _, text in first.orders:
        again.advance(at_s)
        again.order(text)
    again.advance(again.level.shift_s)
    assert again.events == first.events


def test_two_orders_in_one_second_do_not_depend_on_a_look_in_between() -> None:
    def give(look: bool) -> list[object]:
        shift = Shift(shipped("first-train"), 1)
        shift.advance(300)
        shift.order("accept X8001 N1")
        if look:
            shift.advance(shift.now_s)
        shift.order("release X8001")
        shift.advance(4_000)
        return list(shift.events)

    assert give(True) == give(False)


def test_the_view_is_a_fold_of_the_events() -> None:
    shift = unattended(resolve(shipped("fifty-five-minutes"), 6), "novice")
    folded = View(shift.level, shift.scenario)
    for event in shift.events:
        apply(folded, event)
    lived = shift.view
    assert folded.units == lived.units
    assert folded.boxes == lived.boxes
    assert folded.dossiers == lived.dossiers
    assert folded.cranes == lived.cranes
    assert folded.pools == lived.pools
    assert folded.holds == lived.holds
    assert (folded.stack_teu, folded.out_boxes, folded.paths) == (lived.stack_teu, lived.out_boxes, lived.paths)


@pytest.mark.parametrize("dispatcher", ["do-nothing", "novice", "reference", "file-all", "inspect-all", "random"])
@pytest.mark.parametrize("second", [3_000, 8_000, 9_300])
def test_permuting_the_hidden_future_changes_no_earlier_order(dispatcher: str, second: int) -> None:
    level = shipped("fifty-five-minutes")
    known = unattended(resolve(level, 1), dispatcher)
    seen = {
        str(event.args[0])
        for event in known.events
        if event.t < second and event.code in ("offered", "stood", "handed_over")
    }
    hidden = [train.number for train in level.trains if train.number not in seen]
    assert hidden
    grafted = unattended(Grafted(resolve(level, 1), resolve(level, 99), seen), dispatcher)
    assert [order for order in grafted.orders if order[0] < second] == [
        order for order in known.orders if order[0] < second
    ]
    if dispatcher != "do-nothing":
        assert grafted.events != known.events, "the graft must change what comes"


@pytest.mark.parametrize("dispatcher", ["novice", "reference"])
def test_no_dispatcher_knows_a_lift_or_a_task_before_it_is_done(dispatcher: str) -> None:
    """Other lift and task times from some second on change no order given before they can be known."""
    level, second = shipped("fifty-five-minutes"), 7_000
    known = unattended(resolve(level, 1), dispatcher)
    begun = {
        (str(e.args[0]), str(e.args[1])) for e in known.events if e.code in ("started", "loco_called") and e.t < second
    }
    lifted = {str(event.args[1]) for event in known.events if event.code == "lifting" and event.t < second}

    class Slower(Scenario):
        def lift_s(self, container: object, lift: int) -> int:
            own = super().lift_s(container, lift)  # type: ignore[arg-type]
            return own if getattr(container, "number", "") in lifted else own + 37

    slower = Slower(level, 1)
    for name, plan in slower.plans.items():
        for task in plan.tasks_s:
            if (name, task) not in begun and task not in ("shunt", "shunt2", "loco"):
                plan.tasks_s[task] += 111
    other = unattended(slower, dispatcher)
    assert [order for order in other.orders if order[0] < second] == [
        order for order in known.orders if order[0] < second
    ]
    assert other.events != known.events


def test_a_seed_is_a_different_shift() -> None:
    level = shipped("first-train")
    assert play(level, 1, "novice").digest != play(level, 2, "novice").digest
