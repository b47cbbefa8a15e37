"""The documents of a consignment: they agree, but for what is odd about it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from conftest import shipped
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.dispatcher.reading import clashes, first_glance
from corridor_tui.level.risk import ERRORS as CLERICAL
from corridor_tui.level.risk import SOMETIMES, Family
from corridor_tui.level.text import fault_in
from corridor_tui.level.traffic import Case, Kind
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.iso6346 import check_digit, number, valid
from corridor_tui.scenario.papers import corrected_papers, draw_papers, truth
from corridor_tui.scenario.rules import RULES, addresses, finding_stands
from corridor_tui.scenario.values import Consignment, Papers

LEVEL = shipped("fifty-five-minutes")
TRAIN = LEVEL.trains[1]
ORDINARY = [family for family in CLERICAL if family not in SOMETIMES]
ERRORS: list[tuple[Kind, Family]] = [("error", family) for family in ORDINARY]
LOOKALIKES: list[tuple[Kind, Family]] = [("lookalike", family) for family in ORDINARY]


def consignments(seeds: int) -> Iterator[tuple[int, Consignment]]:
    for seed in range(seeds):
        for train in ("X8041", "X8043", "2402"):
            for item in resolve(LEVEL, seed).consignments(train):
                yield seed, item


def with_case(item: Consignment, kind: Kind, family: Family) -> Consignment:
    """A consignment with a case, and a certificate to be wrong about."""
    risk = item.risk._replace(asked=True, dress=None)
    return item._replace(case=Case(kind=kind, family=family), risk=risk)


def papers(seed: int, item: Consignment, case: Case | None) -> Papers:
    risk = item.risk._replace(asked=True, dress=None)
    return draw_papers(seed, TRAIN, item._replace(case=case, risk=risk), "2016-12-01")


def cells(sheet: Papers) -> dict[str, str]:
    return {f"{document.kind}.{name}": value for document in sheet.documents for name, value in document.fields}


def test_a_careful_reader_finds_nothing_in_clean_papers() -> None:
    for seed, item in consignments(12):
        assert clashes(papers(seed, item, None)) == ()


@pytest.mark.parametrize(("kind", "family"), [*ERRORS, ("offence", "goods"), ("offence", "undeclared")])
def test_every_fault_is_found_by_a_careful_reader_and_his_finding_stands(kind: Kind, family: Family) -> None:
    for seed, item in consignments(6):
        odd = with_case(item, kind, family)
        sheet = draw_papers(seed, TRAIN, odd, "2016-12-01")
        real = truth(seed, TRAIN, odd, "2016-12-01")
        found = clashes(sheet)
        assert real is not None
        assert found, (seed, item.id)
        assert finding_stands(real, found[0].first, found[0].second, found[0].rule)
        assert {found[0].first, found[0].second} <= set(addresses(sheet))


@pytest.mark.parametrize(("kind", "family"), LOOKALIKES)
def test_what_is_legal_misleads_no_careful_reader_and_a_finding_on_it_falls(kind: Kind, family: Family) -> None:
    for seed, item in consignments(6):
        odd = with_case(item, kind, family)
        sheet = draw_papers(seed, TRAIN, odd, "2016-12-01")
        real = truth(seed, TRAIN, odd, "2016-12-01")
        assert clashes(sheet) == ()
        assert real is not None
        assert cells(sheet) != cells(papers(seed, item, None)), "a look-alike must look odd"
        for first in real.fields:
            for second in RULES[family].fields:
                assert not finding_stands(real, first, second, family)


def test_a_novice_falls_for_look_alikes_and_misses_what_has_to_be_worked_out() -> None:
    seed, item = next(consignments(1))
    assert first_glance(papers(seed, item, Case(kind="lookalike", family="seal")))
    assert first_glance(papers(seed, item, Case(kind="error", family="party")))
    assert not first_glance(papers(seed, item, Case(kind="offence", family="goods")))


@pytest.mark.parametrize(("kind", "family"), [pair for pair in ERRORS if pair[1] != "certificate"])
def test_nothing_but_the_fault_tells_faulty_papers_from_clean_ones(kind: Kind, family: Family) -> None:
    for seed, item in consignments(3):
        odd = with_case(item, kind, family)
        clean, faulty = cells(papers(seed, item, None)), cells(draw_papers(seed, TRAIN, odd, "2016-12-01"))
        differing = {address for address in clean if clean[address] != faulty[address]}
        real = truth(seed, TRAIN, odd, "2016-12-01")
        assert real is not None
        assert differing == set(real.fields)


@pytest.mark.parametrize(("kind", "family"), ERRORS)
def test_corrected_papers_are_clean(kind: Kind, family: Family) -> None:
    for seed, item in consignments(3):
        odd = with_case(item, kind, family)
        assert clashes(corrected_papers(seed, TRAIN, odd, "2016-12-01")) == ()


def test_a_finding_needs_the_right_rule_and_a_cell_that_bears_the_fault() -> None:
    seed, item = next(consignments(1))
    odd = with_case(item, "error", "hs")
    real = truth(seed, TRAIN, odd, "2016-12-01")
    assert real is not None
    (bearing,) = real.fields
    assert finding_stands(real, bearing, "note.hs", "hs")
    assert not finding_stands(real, bearing, "note.hs", "mass")
    assert not finding_stands(real, bearing, "note.station", "hs")
    assert not finding_stands(None, "note.hs", "invoice.hs", "hs")


def test_masses_add_up_and_the_handover_list_carries_the_containers() -> None:
    for seed, item in consignments(4):
        sheet = papers(seed, item, None)
        tare = sum({1: 2_300, 2: 3_900}[box.teu] for box in item.containers)
        assert int(sheet.value("note.gross_kg") or 0) + tare == sum(box.declared_kg for box in item.containers)
        assert int(sheet.value("packing.net_kg") or 0) < int(sheet.value("packing.gross_kg") or 0)
        assert item.containers[0].number in (sheet.value("handover.containers") or "")


def test_papers_hold_only_short_plain_text() -> None:
    for seed, item in consignments(4):
        for value in cells(papers(seed, item, None)).values():
            assert fault_in(value, breaks=False) is None
            assert len(value) <= 60


def test_papers_are_the_same_in_another_process_with_another_hash_seed() -> None:
    code = (
        "from conftest import shipped\nfrom corridor_tui.scenario.draw import resolve\n"
        "s = resolve(shipped('fifty-five-minutes'), 5)\n"
        "print([s.papers(c.id, corrected=False) for c in s.consignments('X8041')])"
    )
    from conftest import ROOT

    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(outputs) == 1


def test_the_standards_own_example() -> None:
    assert check_digit("CSQU305438") == 3
    assert valid("CSQU3054383")
    assert not valid("CSQU3054384")


@given(st.integers(0, 5_000), st.integers(0, 9_999))
def test_every_container_number_is_valid(series: int, serial: int) -> None:
    assert valid(number(series, serial))


def test_no_two_containers_of_a_shift_share_a_number() -> None:
    scenario = resolve(LEVEL, 1)
    numbers = [
        box.number for train in scenario.plans for item in scenario.consignments(train) for box in item.containers
    ]
    assert len(numbers) == len(set(numbers)) == 50 + 50 + 52 + 60
