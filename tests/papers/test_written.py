"""What the papers of consignments say, and that the same consignment has the same papers in every process."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT
from written import (
    CLEAN,
    DAY,
    EASTBOUND,
    ERRORS,
    LEVEL,
    LOOKALIKES,
    OFFENCES,
    TARE_KG,
    WESTBOUND,
    cells,
    digest,
    lot,
)

from corridor_tui.dispatcher.reading import clashes
from corridor_tui.level.text import fault_in
from corridor_tui.level.traffic import Case, Train
from corridor_tui.scenario.iso6346 import compact
from corridor_tui.scenario.papers import draw_papers
from corridor_tui.scenario.parties import DESTINATIONS

# what the papers say


def test_masses_packages_and_values_come_out() -> None:
    for seed, train, item in lot(600, CLEAN):
        sheet = cells(draw_papers(seed, train, item, DAY))
        tare = sum(TARE_KG[box.teu] for box in item.containers)
        assert int(sheet["note.gross_kg"]) + tare == sum(box.declared_kg for box in item.containers)
        net, packages = int(sheet["packing.net_kg"]), int(sheet["packing.packages"].split(" ")[0])
        assert 0 < net < int(sheet["packing.gross_kg"])
        assert packages > 0
        assert float(sheet["invoice.usd_per_kg"]) * net == pytest.approx(int(sheet["invoice.value"][4:]), abs=1)
        assert int(sheet["packing.containers_of"]) == len(item.containers)


def test_a_tare_on_the_handover_list_of_a_look_alike_is_the_containers_tare() -> None:
    for seed, train, item in lot(100, (Case(kind="lookalike", family="mass"),)):
        sheet = cells(draw_papers(seed, train, item, DAY))
        shown, said = sheet["handover.gross_kg"].split(" ", 1)
        assert said == "incl. tare"
        assert int(shown) == sum(box.declared_kg for box in item.containers)


def test_the_papers_name_the_container_that_stands_on_the_wagon() -> None:
    for seed, train, item in lot(400, CLEAN + LOOKALIKES):
        sheet = cells(draw_papers(seed, train, item, DAY))
        for kind in ("note", "declaration", "handover"):
            assert compact(sheet[f"{kind}.containers"])[:11] == item.containers[0].number


def test_dates_follow_one_another_from_the_shipper_to_the_border() -> None:
    for seed, train, item in lot(400, CLEAN):
        sheet = cells(draw_papers(seed, train, item, DAY))
        assert sheet["invoice.date"] < sheet["note.date"] < sheet["handover.date"] == DAY
        if "certificate.issued" in sheet:
            assert sheet["certificate.issued"] < sheet["note.date"]
            assert sheet["certificate.expires"] > DAY


def test_the_cim_smgs_note_goes_to_cim_countries_only() -> None:
    forms = {
        (sheet["note.station"], sheet["note.form"], papers.documents[0].title)
        for seed, train, item in lot(600, CLEAN)
        for papers in [draw_papers(seed, train, item, DAY)]
        for sheet in [cells(papers)]
    }
    european = {name for place in DESTINATIONS if place.country in ("PL", "DE") for name in place.stations}
    assert {station for station, _, _ in forms} >= european
    for station, form, title in forms:
        assert form == ("CIM/SMGS" if station in european else "SMGS")
        assert title == f"{form} note"


def test_a_train_named_after_its_origin_carries_that_citys_consignors_and_any_train_only_one_citys() -> None:
    chongqing = next(train for train in LEVEL.trains if train.title and "Chongqing" in train.title.own)
    for train, named in ((chongqing, "Chongqing"), (WESTBOUND, None)):
        cities = {
            cells(draw_papers(3, train, item, DAY))["note.consignor"].rpartition(", ")[2]
            for _, line, item in lot(120, CLEAN)
            if line is WESTBOUND
        }
        assert len(cities) == 1
        assert named is None or cities == {named}


@pytest.mark.parametrize(
    ("train", "at", "day", "dated"),
    [
        (WESTBOUND, "21:59", "2016-12-01", "2016-12-01"),
        (WESTBOUND, "22:00", "2016-12-01", "2016-12-02"),
        (WESTBOUND, "21:30", "2025-12-31", "2026-01-01"),
        (EASTBOUND, "23:30", "2016-12-01", "2016-12-01"),
    ],
)
def test_an_act_made_in_china_late_in_the_evening_is_dated_by_beijing_time(
    train: Train, at: str, day: str, dated: str
) -> None:
    late = train.model_copy(update={"at": at})
    items = [item for _, line, item in lot(100, (Case(kind="lookalike", family="seal"),)) if line is train]
    for item in items:
        papers = draw_papers(1, late, item, day)
        assert papers.value("reseal.date") == dated
        assert papers.value("handover.date") == day
        assert clashes(papers) == ()


def test_values_are_short_plain_text_and_documents_short_enough_for_a_small_screen() -> None:
    for seed, train, item in lot(1_500, CLEAN + ERRORS + LOOKALIKES + OFFENCES):
        for document in draw_papers(seed, train, item, DAY).documents:
            assert len(document.fields) <= 14
            for name, value in document.fields:
                assert fault_in(value, breaks=False) is None
                assert 0 < len(value) <= 60, (name, value)


# chance


def test_the_same_consignment_has_the_same_papers_whatever_was_read_before() -> None:
    items = list(lot(150, CLEAN + ERRORS + LOOKALIKES + OFFENCES))
    forward = {item.id: draw_papers(seed, train, item, DAY) for seed, train, item in items}
    for seed, train, item in reversed(items):
        assert draw_papers(seed, train, item, DAY) == forward[item.id]


def test_another_seed_or_consignment_has_other_papers() -> None:
    _, train, item = next(lot(1, CLEAN))
    numbers = {draw_papers(seed, train, item, DAY).value("note.number") for seed in range(20)}
    assert len(numbers) == 20
    other = item._replace(id="X8043-9999")
    assert draw_papers(0, train, other, DAY).value("note.number") != draw_papers(0, train, item, DAY).value(
        "note.number"
    )


def test_papers_do_not_depend_on_the_process_that_draws_them() -> None:
    code = "import written; print(written.digest())"
    paths = os.pathsep.join(str(path) for path in (ROOT, ROOT / "tests"))
    for hash_seed in ("0", "4711"):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == digest()
