"""The customs desk: the price of a rung before it is chosen, the queue, bulk release with its preview, what is new today."""

import re
from functools import partial

import pytest
from conftest import shipped
from hands import SIZES, at_the_desk
from helpers import give, until, variant
from screens import as_text

from corridor_tui.corridor.chain import carrier
from corridor_tui.corridor.options import orders_for
from corridor_tui.corridor.orders import parse
from corridor_tui.scenario.streams import expected_s
from corridor_tui.session.prices import order_price, rung_price
from corridor_tui.session.reports import option_lines
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import by_urgency, holding
from corridor_tui.tui import bulk
from corridor_tui.tui.briefing import briefing_rows
from corridor_tui.tui.choices import entries, kinds
from corridor_tui.tui.completing import Completion
from corridor_tui.tui.matrix import MARKED
from corridor_tui.tui.pages import rulebook_rows


def early() -> Shift:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    shift.advance(60)
    return shift


def test_each_rung_has_its_price_in_minutes_people_and_places() -> None:
    shift = early()
    view = shift.view
    yellow = next(one for one in view.dossiers.values() if one.lane == "yellow")
    check = rung_price(view, "check", yellow.id)
    assert check.startswith("about ")
    assert "an officer" in check
    scan, opened = rung_price(view, "scan", yellow.id), rung_price(view, "open", yellow.id)
    assert "the scanner, an officer" in scan
    assert "the inspection bay, an officer" in opened
    assert int(rung_price(view, "unload", yellow.id).split()[1]) > int(opened.split()[1])
    item = next(item for item in kinds(shift, yellow.id) if item.key == "check")
    assert check in item.label


def test_detention_has_the_price_of_its_lifts_and_of_being_wrong() -> None:
    shift = early()
    view, level = shift.view, shift.level
    name = next(one.id for one in view.dossiers.values() if one.lane == "yellow")
    boxes = view.dossiers[name].boxes
    price = rung_price(view, "detain", name)
    lifts = "1 lift" if len(boxes) == 1 else f"{len(boxes)} lifts"
    minutes = round(len(boxes) * expected_s(level.terminal.lift) / 60)
    assert price.startswith(f"at once, {lifts} to set it aside (about {minutes} min), ")
    rates, undelivered = level.scoring.detection, level.scoring.resources.undelivered
    assert f"{rates.wrong_detention:g} + {len(boxes)}×{undelivered:g} lost if it is no offence" in price
    assert price.endswith(f"{rates.wrong_reason + rates.wrong_rule:g} if it is one: no finding stands")
    view.dossiers[name].seen["open"] = "offence"
    assert "no finding stands" not in rung_price(view, "detain", name)
    for number in boxes:
        view.boxes[number].at = "stack"
    assert "to set it aside" not in rung_price(view, "detain", name)


def test_every_rung_names_its_price_wherever_it_can_be_chosen() -> None:
    shift = early()
    view = shift.view
    name = next(one.id for one in view.dossiers.values() if one.lane == "yellow")
    for verb in ("check", "request", "scan", "open", "unload", "detain", "find", "lane"):
        price = rung_price(view, verb, name)
        assert price, verb
        assert price in next(item.label for item in kinds(shift, name) if item.key == verb)
    lines = list(option_lines(shift, name))
    for text in (f"check {name}", f"scan {name}", f"open {name}", f"unload {name}", f"detain {name}"):
        order = parse(text)
        price = order_price(view, order)
        assert price == rung_price(view, order.verb, name)
        assert any(text in line and price in line for line in lines)
        assert any(one.text == text and price in one.about for one in Completion(shift, []).meant(text))
        assert any(item.key == text and price in item.label for item in entries(shift, [order]))
    asked = next(order for order in orders_for(view, "request", name))
    assert order_price(view, asked) == rung_price(view, "request", name)


def test_to_raise_a_lane_takes_nobody_and_to_lower_one_the_supervisor() -> None:
    shift = early()
    view = shift.view
    name = next(one.id for one in view.dossiers.values() if one.lane == "yellow")
    assert order_price(view, parse(f"lane {name} red doubt")) == ""
    lower = order_price(view, parse(f"lane {name} green sound"))
    assert lower.startswith("about ")
    assert rung_price(view, "lane", name) == f"to lower it {lower}"


def test_a_scan_costs_by_the_container_and_a_queue_is_told() -> None:
    shift = early()
    view = shift.view
    one, more = sorted(view.dossiers.values(), key=lambda each: len(each.boxes))[:: len(view.dossiers) - 1]
    per_box = int(rung_price(view, "scan", one.id).split()[1]) / len(one.boxes)
    assert int(rung_price(view, "scan", more.id).split()[1]) >= per_box * len(more.boxes) * 0.8
    for name in [each.id for each in view.dossiers.values() if each.lane == "yellow"][: view.pools["officers"].total]:
        give(shift, f"check {name}")
    free = next(each.id for each in view.dossiers.values() if "check" not in each.jobs)
    if view.pools["officers"].busy == view.pools["officers"].total:
        assert "before it" in rung_price(view, "check", free)


def test_the_queue_begins_with_what_holds_a_train() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1, {"dispatch": "reference", "terminal": "reference"})
    shift.advance(18_000)
    held = holding(shift.view)
    assert held
    order = [one.id for one in by_urgency(shift.view)]
    assert set(order[: len(held)]) == held
    name = order[0]
    bearer = carrier(shift.view, shift.view.units[shift.view.dossiers[name].train])
    assert bearer.place in shift.view.level.tracks
    assert f"{bearer.id} holds {bearer.place} meanwhile" in rung_price(shift.view, "scan", name)


def test_a_criterion_covers_just_what_it_says_and_could_be_released() -> None:
    shift = early()
    green = bulk.covered(shift, "green")
    assert green
    assert all(one.lane == "green" and one.state == "lodged" for one in green)
    assert bulk.covered(shift, "corrected") == []
    assert {item.key for item in bulk.criteria(shift)} >= {"green"}
    train = green[0].train
    assert {one.train for one in bulk.covered(shift, train)} == {train}
    assert bulk.covered(shift, "no such criterion") == []
    page = bulk.preview(shift, "green")
    assert len(page.items) == len(green) + 1
    assert bulk.orders_of(shift, page.items[0].key) == [f"release {one.id}" for one in green]
    assert bulk.orders_of(shift, page.items[1].key) == [f"release {green[0].id}"]


def test_yellow_ones_are_covered_once_they_are_checked_and_nothing_is_claimed() -> None:
    shift = early()
    yellow = next(one.id for one in shift.view.dossiers.values() if one.lane == "yellow")
    assert yellow not in [one.id for one in bulk.covered(shift, "checked")]
    give(shift, f"check {yellow}")
    until(shift, "done", yellow, "check")
    assert yellow in [one.id for one in bulk.covered(shift, "checked")]


async def test_bulk_release_shows_what_it_would_cover_before_it_releases() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (80, 24)) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        shift = hands.desk.shift
        green = [one.id for one in bulk.covered(shift, "green")]
        await hands.press("3", "b")
        assert f"green ones: {len(green)} with" in hands.page
        letter = next(line.split()[0] for line in hands.page.split("\n") if "green ones:" in line)
        await hands.press(letter)
        assert all(name in hands.page for name in green)
        assert all(shift.view.dossiers[name].state == "lodged" for name in green)
        await hands.press("y")
        assert f"✓ {len(green)} of {len(green)} released in bulk" in hands.line("status")
        assert all(shift.view.dossiers[name].state != "lodged" for name in green)


async def test_one_of_the_preview_can_be_released_alone() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("3", "b", "1", "2")
        assert hands.line("status").startswith(" ✓ release ")
        done = [
            one.id
            for one in hands.desk.shift.view.dossiers.values()
            if one.state != "lodged" and one.lodged_s is not None
        ]
        assert len(done) == 1


def test_the_rulebook_begins_with_what_is_new_today() -> None:
    shift = Shift(shipped("paper-trail"), 1)
    shift.advance(5 * 3_600)
    page = [row.text for row in partial(rulebook_rows, shift.view)(100)]
    assert any(text.startswith("New today: ") for text in page[:4])


@pytest.mark.parametrize("size", SIZES)
async def test_two_marked_cells_can_be_read_whole_and_are_called_by_their_names(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        await hands.press("3", "4", "down", "down", "m", "right", "m")
        consignment, marks = hands.desk.marked
        assert [mark.partition(".")[2] for mark in marks] == ["containers", "containers"]
        papers = hands.desk.shift.view.papers(consignment)
        assert papers is not None
        screen = as_text(hands.pilot.app)
        for mark in marks:
            document = next(item for item in papers.documents if item.kind == mark.partition(".")[0])
            assert f"{MARKED} {document.title}, containers: {dict(document.fields)['containers']}" in screen
        await hands.press("f")
        assert "containers: Note / Declar. clash: by which rule?" in as_text(hands.pilot.app)


async def test_marks_go_when_the_claim_is_accepted_and_stay_to_be_corrected_when_it_is_refused() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        desk = hands.desk
        await hands.press("3", "4", "down", "down", "m", "right", "m")
        name, (first, second) = desk.marked
        assert MARKED in as_text(hands.pilot.app)
        assert not desk.give(f"find {name} {first} {first} containers")
        assert desk.marked[1] == [first, second]
        await hands.press("f", "1")
        assert desk.shift.view.dossiers[name].finding is not None
        assert f"✓ claim on {name}: containers: Note / Declar. clash (rule: " in hands.line("status")
        assert desk.marked[1] == []
        assert MARKED not in as_text(hands.pilot.app)


async def test_marks_go_with_another_consignment_and_stay_while_the_papers_are_covered() -> None:
    async with at_the_desk(variant(shipped("fifty-five-minutes"), shift__pause="covered")) as hands:
        desk = hands.desk
        await hands.press("space")
        await hands.wait(2)
        await hands.press("3", "4", "down", "down", "m")
        marks = desk.marked[1]
        assert len(marks) == 1
        await hands.press("space")
        assert "covered while the clock stands" in hands.shown("papers")
        await hands.press("space")
        assert desk.marked[1] == marks
        assert MARKED in hands.shown("papers")
        await hands.press("3", "down")
        assert desk.marked[1] == []


@pytest.mark.parametrize(("level", "seed"), [("fifty-five-minutes", 1), ("paper-trail", 1), ("across-the-sea", 2)])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_no_container_number_is_broken_in_any_papers(level: str, seed: int, size: tuple[int, int]) -> None:
    shift = Shift(shipped(level), seed)
    shift.advance(3_600)
    async with at_the_desk(shift.level, size) as hands:
        hands.desk.shift = shift
        hands.desk.paint()
        await hands.press("4")
        sets = [papers for name in shift.view.dossiers if (papers := shift.view.papers(name)) is not None]
        assert len(sets) > 5
        for papers in sets:
            hands.desk.matrix.lay(papers.consignment, papers, papers.consignment, "")
            assert re.search(r"\b[A-Z]{4}\d{7}\b", hands.shown("papers"))
            assert not re.search(r"\b[A-Z]{4}\d{1,6}\b", hands.shown("papers")), hands.shown("papers")


async def test_at_the_desk_of_another_nothing_is_left_to_decide_and_its_orders_are_refused_in_the_menu() -> None:
    async with at_the_desk(shipped("fourfold"), (160, 50)) as hands:
        assert "the customs desk decides" in hands.shown("customs")
        assert "release, or look into it" not in hands.shown("customs")
        await hands.press("3", "enter")
        assert "✕ release" in hands.page
        assert "✕ check" in hands.page
        assert "the customs desk is worked by the reference" in hands.page
        await hands.press("r")
        assert hands.desk.over is not None, "what is refused is not given"


def test_the_briefing_weighs_only_what_the_trainee_works_at() -> None:
    read = {
        name: " ".join(one.text for one in briefing_rows(shipped(name), 1, 100)) for name in ("fourfold", "first-train")
    }
    assert "Weights: time 50, resources 20." in read["fourfold"]
    assert "detection" in read["first-train"]
