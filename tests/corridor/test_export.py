"""What lorries bring from the zone: into the stack, cleared before it is loaded, onto a rake whose list is still open."""

from random import Random

import pytest
from helpers import at_random, calm, check_no_container_is_lost, give, refused, to_the_cranes, until, variant

from corridor_tui.corridor.chain import load_left_s
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.waits import Wait, waiting
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.rules import UNPAID, UNSECURED, addresses
from corridor_tui.scoring.gather import gather
from corridor_tui.scoring.losses import lateness_s, missing
from corridor_tui.session.calls import calls
from corridor_tui.session.shift import Shift, play

EXPORT = {
    "number": "E1", "title": "E1 Furniture of the zone", "kind": "export", "entry": "port", "exit": "zhetygen",
    "at": "10:30", "due": "15:00", "wagon": "flat80", "wagons": 2, "feu": 4, "consignments": 2, "papers": "lodged",
    "scripted": [{"number": 1, "boxes": 3, "lane": "green", "clean": True}, {"number": 2, "boxes": 1, "lane": "green", "clean": True}],
}  # fmt: skip


def exporting(**changes: object) -> Level:
    """First train with a rake that has places left, and four containers from the zone for it."""
    level = calm("first-train")
    trains = [*level.model_dump()["trains"], {**EXPORT, **changes}]
    return variant(level, road={}, trains=trains, rakes__0__wagons=25)


def in_the_stack() -> Shift:
    """Its export in the stack, the train under the cranes with its transfer planned."""
    shift = Shift(exporting(), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1")
    return shift


def boxes(shift: Shift, consignment: int) -> list[str]:
    return list(shift.view.dossiers[f"E1-{consignment:02d}"].boxes)


def test_lorries_come_one_after_another_and_what_they_bring_stands_in_the_stack() -> None:
    shift = Shift(exporting(), 1)
    at_s = until(shift, "offered", "E1")
    assert "by lorry" in refused(shift, "accept E1 N1")
    for number in [*boxes(shift, 1), *boxes(shift, 2)]:
        at_s += shift.scenario.haul_s(number).load_s
        assert until(shift, "brought", number) == at_s
        check_no_container_is_lost(shift.view)
    assert shift.view.units["E1"].arrived_s == at_s
    assert shift.view.stack_teu == 8


def test_nothing_is_loaded_before_it_is_released_nor_after_the_list_of_the_rake_is_closed() -> None:
    shift = in_the_stack()
    first = boxes(shift, 1)[0]
    assert "not released" in refused(shift, f"load {first} R1")
    give(shift, "release E1-01")
    until(shift, "released", "E1-01")
    give(shift, f"load {first} R1")
    due_s = shift.view.units["R1"].due_s
    assert due_s is not None
    shift.advance(due_s - 3_600 + 1)
    assert "list of R1 was closed" in refused(shift, f"load {boxes(shift, 1)[1]} R1")


def test_a_rake_with_places_but_no_wagon_with_the_tonnes_takes_no_more() -> None:
    limit_t = 31.0
    kinds = [{**kind.model_dump(), "load_t": limit_t} for kind in exporting().wagons]

    def loaded(wagons: int) -> Shift:
        shift = Shift(variant(exporting(), wagons=kinds, rakes__0__wagons=wagons), 1)
        to_the_cranes(shift)
        give(shift, "transfer X8001 R1", "crane RMG1 X8001", "release E1-01")
        until(shift, "emptied", "X8001")
        until(shift, "released", "E1-01")
        return shift

    shift = loaded(1 + max(loaded(30).view.units["R1"].boxes.values()))
    rake = shift.view.units["R1"]
    free = dict.fromkeys(range(rake.wagons), (4, limit_t * 1_000))
    for number, wagon in rake.boxes.items():
        teu, kg = free[wagon]
        free[wagon] = teu - 2, kg - shift.view.boxes[number].declared_kg
    assert len(rake.boxes) == 30
    assert sum(teu for teu, _ in free.values()) > 8, "places enough for all of them"
    for number in boxes(shift, 1):
        mass_kg = shift.view.boxes[number].declared_kg
        assert not any(teu >= 2 and kg >= mass_kg for teu, kg in free.values())
        assert refused(shift, f"load {number} R1") == f"no wagon of R1 has both the place and the tonnes for {number}"


def test_a_lorry_puts_what_is_chilled_where_a_socket_is_and_what_is_dangerous_apart() -> None:
    plain = {"lane": "green", "clean": True}
    special: list[dict[str, object]] = [
        {"boxes": 2, "reefer": True},
        {"boxes": 1, "danger": "3"},
        {"boxes": 1, "danger": "8"},
    ]
    level = variant(
        exporting(consignments=3, scripted=[{"number": place} | plain | one for place, one in enumerate(special, 1)]),
        terminal__blocks=[{"id": name, "slots": 9, "plugs": plugs} for name, plugs in (("A", 0), ("B", 1), ("C", 1))],
        terminal__apart=[{"one": "3", "other": "8"}],
    )
    shift = Shift(level, 1)
    until(shift, "offered", "E1")
    while shift.view.units["E1"].arrived_s is None:
        shift.advance(shift.now_s + 60)
    blocks = [[shift.view.boxes[number].block for number in boxes(shift, place)] for place in (1, 2, 3)]
    assert blocks == [["B", "C"], ["A"], ["B"]]
    assert not [event for event in shift.events if event.code == "mistake"]


def test_an_export_that_machines_still_have_to_bring_waits_for_them() -> None:
    machine = {"id": "RS1", "kind": "reach-stacker"}
    shift = Shift(variant(exporting(), terminal__machines=[machine]), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "release E1-02")
    until(shift, "released", "E1-02")
    give(shift, "detain E1-01", f"load {boxes(shift, 2)[0]} R1")
    assert waiting(shift.view, shift.view.units["E1"]).cause == "machine"
    until(shift, "carried", "RS1", boxes(shift, 2)[0], "ground")
    assert waiting(shift.view, shift.view.units["E1"]).cause == "crane"


@pytest.mark.parametrize("when", ["before it comes", "once it is there"])
def test_an_export_of_which_everything_is_detained_is_set_aside_and_holds_the_shift_open_no_longer(when: str) -> None:
    shift = Shift(exporting(), 1)
    until(shift, "lodged", "E1-02")
    if when == "once it is there":
        while shift.view.units["E1"].arrived_s is None:
            shift.advance(shift.now_s + 60)
    give(shift, "detain E1-01", "detain E1-02")
    detained_s = shift.now_s
    while (at_s := shift.view.units["E1"].arrived_s) is None:
        assert load_left_s(shift.view, shift.view.units["E1"]) is None
        shift.advance(shift.now_s + 60)
    assert load_left_s(shift.view, shift.view.units["E1"]) == max(at_s, detained_s)
    record = gather(shift.level, shift.finish().events, shift.scenario)
    assert lateness_s(record)["E1"] == 0
    assert missing(record) >= 4, "what was detained without ground is missed"


def test_a_shift_ends_although_an_export_was_detained_whole() -> None:
    faulty = [{"number": place, "lane": "red", "case": {"kind": "offence", "family": "goods"}} for place in (1, 2)]
    level = variant(exporting(scripted=faulty), desks={"dispatch": "reference", "terminal": "reference"})
    shift = Shift(level, 1)
    until(shift, "lodged", "E1-02")
    give(shift, "detain E1-01", "detain E1-02")
    score = shift.finish().score
    assert shift.view.units["E1"].departed_s is not None
    late = [reason for reason in score.reasons if reason.component == "time" and reason.args[0] == "E1"]
    assert late == []
    assert not [reason for reason in score.reasons if reason.code == "wrong_detention"]


def gated(**changes: object) -> Shift:
    """An export of four before a stack without room for all of it, and the train under the cranes with its transfer planned."""
    shift = Shift(variant(exporting(), **changes), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "release E1-01", "release E1-02")
    until(shift, "released", "E1-01")
    until(shift, "released", "E1-02")
    return shift


@pytest.mark.parametrize(
    "changes",
    [{"terminal__stack_teu": 4}, {"terminal__blocks": [{"id": "A", "slots": 1, "tiers": 2}]}],
    ids=["without blocks", "in blocks"],
)
def test_lorries_wait_at_the_gate_of_a_full_stack_until_there_is_room_and_nobody_is_to_blame(
    changes: dict[str, object],
) -> None:
    shift = gated(**changes)
    third = boxes(shift, 1)[2]
    until(shift, "at_gate", third)
    assert shift.view.units["E1"].left == 2
    assert waiting(shift.view, shift.view.units["E1"]) == Wait("trainee", "terminal"), "he could load what is there"
    assert calls(shift.view, Event(shift.now_s, "at_gate", (third,)), frozenset({"terminal"}))
    shift.advance(shift.now_s + 1_800)
    assert shift.view.units["E1"].left == 2
    give(shift, f"load {boxes(shift, 1)[0]} R1", f"load {boxes(shift, 1)[1]} R1")
    assert waiting(shift.view, shift.view.units["E1"]) == Wait("stack"), "nothing is left to order"
    give(shift, "crane RMG1 X8001")
    lifted_s = until(shift, "lifting", "RMG1", boxes(shift, 1)[0])
    assert until(shift, "brought", third) == lifted_s
    until(shift, "brought", boxes(shift, 2)[0])
    check_no_container_is_lost(shift.view)
    assert not [event for event in shift.events if event.code == "mistake"]


def test_a_lorry_with_what_is_chilled_waits_for_a_socket_where_the_stack_has_any() -> None:
    plain = {"lane": "green", "clean": True, "reefer": True}
    chilled = [{"number": 1, "boxes": 3, **plain}, {"number": 2, "boxes": 1, **plain}]
    for plugs, gate in ((1, 1), (4, 0), (0, 0)):
        level = variant(exporting(scripted=chilled), terminal__blocks=[{"id": "A", "slots": 20, "plugs": plugs}])
        shift = Shift(level, 1)
        until(shift, "offered", "E1")
        shift.advance(shift.now_s + 3_600)
        assert len(shift.view.gate) == gate
        assert shift.view.units["E1"].left == (3 if gate else 0)
        assert not [event for event in shift.events if event.code == "mistake"]


def test_an_export_is_away_when_the_rakes_with_all_of_it_are() -> None:
    outcome = play(exporting(), 1, "reference")
    line = next(line for line in outcome.score.trains if line.number == "E1")
    gone = [event.t for event in outcome.events if event.code == "departed" and event.args[0] == "R1"]
    assert [line.departed_s] == gone
    assert line.departed_s is not None
    assert line.departed_s <= 5 * 3_600
    assert outcome.score.measures["containers_out"] == 34
    assert outcome.score.measures["trains_out"] == 1, "lorries are no train"


def test_its_papers_are_those_of_an_export_of_the_zone() -> None:
    for seed in range(20):
        scenario = resolve(exporting(), seed)
        for item in scenario.consignments("E1"):
            papers = scenario.papers(item.id, corrected=False)
            assert papers.value("declaration.procedure") == "10 export"
            assert (papers.value("note.consignor") or "").endswith("Khorgos SEZ")
            assert (papers.value("note.seal") or "").startswith("KZ")
            assert papers.value("note.station") not in ("Almaty-1", "Almaty-2", "Altynkol")
            assert {UNPAID, UNSECURED}.isdisjoint(addresses(papers)), "it owes nothing now, so neither can be missing"
            assert next(d.title for d in papers.documents if d.kind == "declaration") == "Export declaration"


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_ordered_about_an_export_nothing_is_lost(seed: int) -> None:
    level = variant(exporting(), desks={"dispatch": "novice", "terminal": "trainee", "customs": "novice"})
    shift = Shift(level, seed)
    for _ in at_random(shift, Random(seed)):
        pass
    shift.close()
    check_no_container_is_lost(shift.view)
    assert shift.view.units["E1"].arrived_s is not None
