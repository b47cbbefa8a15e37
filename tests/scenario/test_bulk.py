"""Grain in bulk: its wagons, masses, papers, and who is picked for a sample."""

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.dispatcher.reading import clashes
from corridor_tui.level.granary import PAPER_FAMILIES
from corridor_tui.scenario.bulk import wagon_number
from corridor_tui.scenario.draw import Scenario, resolve


def loads(scenario: Scenario) -> list[str]:
    return [item.id for train in ("G701", "G703") for item in scenario.consignments(train)]


def test_a_wagon_number_has_eight_digits_and_its_check_digit() -> None:
    # 2 0 5 0 0 1 7 with weights 2 1 2 1 2 1 2: 4 0 (1+0) 0 0 1 (1+4) = 11, so 9.
    assert wagon_number(5, 17) == "20500179"
    assert len({wagon_number(index, serial) for index in range(5) for serial in range(100)}) == 500


@pytest.mark.parametrize("seed", range(1, 6))
def test_every_wagon_is_a_load_and_every_consignment_is_of_goods_that_travel_in_bulk(seed: int) -> None:
    scenario = resolve(shipped("harvest"), seed)
    for train in ("G701", "G703"):
        items = scenario.consignments(train)
        boxes = [box for item in items for box in item.containers]
        assert len(items) == scenario.plans[train].spec.consignments
        assert len(boxes) == len({box.number for box in boxes}) == 14
        assert all(box.teu == 0 and 0.94 * 66_000 <= box.gross_kg == box.declared_kg <= 66_000 for box in boxes)
        assert {item.goods for item in items} <= {"wheat", "safflower"}
        listed = scenario.manifest(train).consignments
        assert [loading.wagon for item in listed for loading in item.loadings] == list(range(14))


@pytest.mark.parametrize("seed", range(1, 6))
def test_clean_papers_of_grain_speak_of_wagons_and_a_careful_officer_finds_nothing(seed: int) -> None:
    scenario = resolve(shipped("harvest"), seed)
    for name in loads(scenario):
        papers = scenario.papers(name, corrected=False)
        assert papers.value("note.wagons") is not None
        assert papers.value("note.containers") is None
        assert papers.value("certificate.type") == "phytosanitary"
        assert str(papers.value("packing.packages")).endswith("wagonloads")
        assert clashes(papers) == ()


@pytest.mark.parametrize("family", PAPER_FAMILIES)
def test_a_scripted_error_is_found_in_the_papers_of_grain(family: str) -> None:
    script = ({"number": 2, "lane": "yellow", "case": {"kind": "error", "family": family}},)
    level = variant(shipped("harvest"), trains__0__scripted=script)
    for seed in range(1, 6):
        scenario = resolve(level, seed)
        assert scenario.consignments("G701")
        truth = scenario.truth("G701-02")
        found = clashes(scenario.papers("G701-02", corrected=False))
        assert truth is not None
        assert [clash.rule for clash in found] == [family]
        assert {found[0].first, found[0].second} & truth.fields
        assert clashes(scenario.papers("G701-02", corrected=True)) == ()


def test_the_share_of_samples_is_the_level_s_and_only_goods_with_a_plant_health_certificate_are_picked() -> None:
    picked = total = 0
    for seed in range(120):
        scenario = resolve(shipped("harvest"), seed)
        for name in loads(scenario):
            total += 1
            picked += scenario.sample(name) is not None
        for train in ("2402", "X8107"):
            for item in scenario.consignments(train):
                if item.goods not in ("wheat", "safflower"):
                    assert scenario.sample(item.id) is None
    assert picked / total == pytest.approx(0.6, abs=0.05)


def test_without_plant_health_nothing_is_sampled() -> None:
    scenario = resolve(variant(shipped("harvest"), plant_health=None), 1)
    assert all(scenario.sample(name) is None for name in loads(scenario))
