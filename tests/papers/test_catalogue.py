"""Container numbers, goods, parties and the rulebook: what the papers are written from."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.level.risk import CLASSES_OF, Family
from corridor_tui.level.text import fault_in
from corridor_tui.scenario.danger import ENTRIES, read
from corridor_tui.scenario.goods import CATALOGUE, CHILLED, DANGEROUS, Goods, by_code, codes, pick
from corridor_tui.scenario.iso6346 import check_digit, compact, number, spaced, valid
from corridor_tui.scenario.parties import CIM, DESTINATIONS, EASTWARD, FORMS, GROWERS, LONG_FORMS, ORIGINS
from corridor_tui.scenario.rules import RULES

# container numbers


@pytest.mark.parametrize(
    ("body", "digit"),
    [
        ("CSQU305438", 3),  # the worked example in general use for ISO 6346
        ("TOLU473478", 7),  # another one often printed
    ],
)
def test_published_numbers_have_their_published_check_digit(body: str, digit: int) -> None:
    assert check_digit(body) == digit
    assert valid(f"{body}{digit}")
    assert not any(valid(f"{body}{other}") for other in range(10) if other != digit)


@pytest.mark.parametrize(
    "text",
    ["", "CSQU305438", "CSQU30543833", "csqu3054383", "CSQX3054383", "CS1U3054383", "CSQU30543８3", "CSQU 305438-3"],
)
def test_what_is_no_container_number_is_not_valid(text: str) -> None:
    assert not valid(text)


@given(st.integers(0, 5_000), st.integers(0, 9_999), st.integers(4, 9), st.integers(1, 9))
def test_a_single_digit_read_wrongly_is_betrayed_by_the_check_digit(
    series: int, serial: int, place: int, more: int
) -> None:
    text = number(series, serial)
    wrong = f"{text[:place]}{(int(text[place]) + more) % 10}{text[place + 1 :]}"
    # ISO 6346 writes a remainder of ten as nought, so that a few misreadings come out all the same.
    remainders = {sum_of(body) % 11 for body in (text[:10], wrong[:10])}
    assert valid(wrong) == (remainders == {0, 10})


def sum_of(body: str) -> int:
    letters = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
    return sum((int(char) if char.isdigit() else letters[char]) * 2**place for place, char in enumerate(body))


def test_numbers_do_not_come_again_within_a_year_of_trains() -> None:
    numbers = {number(series, serial) for series in range(800) for serial in range(5_000, 5_060)}
    assert len(numbers) == 800 * 60
    assert number(20_800, 5) == number(0, 5)


@given(st.integers(0, 5_000), st.integers(0, 9_999), st.sampled_from(["", " +3"]))
def test_a_number_written_as_on_the_box_is_the_same_number(series: int, serial: int, rest: str) -> None:
    text = number(series, serial) + rest
    assert compact(spaced(text)) == compact(text) == text
    assert spaced(text) != text


# goods


def test_the_catalogue_has_goods_enough_and_each_code_once() -> None:
    assert len(CATALOGUE) >= 24
    assert len(set(codes())) == len((*CATALOGUE, *DANGEROUS, *CHILLED))
    assert all(by_code(item.code) is item for item in CATALOGUE)


@pytest.mark.parametrize("goods", [*CATALOGUE, *DANGEROUS, *CHILLED], ids=lambda goods: goods.code)
def test_goods_are_possible(goods: Goods) -> None:
    assert len(goods.hs) == 10
    assert goods.hs.isdigit()
    assert 1 <= int(goods.hs[:2]) <= 97
    assert 0 < goods.feu_kg[0] < goods.feu_kg[1] <= 26_000
    assert 0 < goods.twenty_kg[0] < goods.twenty_kg[1] <= 24_000
    assert 0 < goods.usd_kg[0] < goods.usd_kg[1]
    assert goods.certificate in (None, "phytosanitary", "health", "veterinary", "conformity")
    assert 0 < goods.packages[0] < goods.packages[1]
    assert len(set(goods.codes)) == 6, "three sister subheadings, two national endings each"
    assert len({code[:6] for code in goods.codes}) == 3
    assert all(len(code) == 10 and code.isdigit() for code in goods.codes)


@given(st.floats(0, 1, exclude_max=True), st.booleans())
def test_goods_are_picked_for_their_direction(u: float, eastward: bool) -> None:
    assert pick(u, eastward=eastward).eastward == eastward


@pytest.mark.parametrize("eastward", [False, True])
def test_every_good_is_picked_in_proportion_to_its_weight(*, eastward: bool) -> None:
    deck = [item for item in CATALOGUE if item.eastward == eastward]
    total = sum(item.weight for item in deck)
    picked = [pick((place + 0.5) / (total * 10), eastward=eastward) for place in range(total * 10)]
    assert {item.code: picked.count(item) for item in deck} == {item.code: item.weight * 10 for item in deck}


def test_the_list_of_dangerous_goods_is_of_the_classes_that_a_level_may_name() -> None:
    assert {
        goods: tuple(dict.fromkeys(entry.kind for entry in listed)) for goods, listed in ENTRIES.items()
    } == CLASSES_OF
    assert set(ENTRIES) == {item.code for item in DANGEROUS}
    for entries in ENTRIES.values():
        for entry in entries:
            assert [read(entry.told(name)) for name in entry.names] == [entry, entry]
            assert len(set(entry.names)) == 2
            assert max(len(entry.told(name)) for name in entry.names) <= 60


# parties


def test_trains_come_from_lianyungang_and_the_eight_cities_named_with_the_thousandth_train() -> None:
    named = ["Lianyungang", "Chongqing", "Zhengzhou", "Wuhan", "Chengdu", "Xi'an", "Yiwu", "Hefei", "Lanzhou"]
    assert sorted(origin.city for origin in ORIGINS) == sorted(named)


def test_firms_are_told_apart_and_fit_their_field_even_in_full() -> None:
    consignees = [
        f"{firm} {LONG_FORMS[form]}"
        for place in (*DESTINATIONS, *EASTWARD)
        for firm in place.firms
        for form in FORMS[place.country]
    ]
    consignors = [f"{firm}, {origin.city}" for origin in (*ORIGINS, *GROWERS) for firm in origin.firms]
    assert len(set(consignees)) == len(consignees)
    assert len(set(consignors)) == len(consignors)
    for name in consignees + consignors:
        assert len(name) <= 60
        assert fault_in(name, breaks=False) is None


def test_only_stations_in_the_european_union_are_under_cim() -> None:
    assert {place.country for place in DESTINATIONS} > set(CIM)
    assert set(CIM) == {"PL", "DE"}


# the rulebook


def test_each_family_of_discrepancies_has_its_rule_with_a_text_to_read() -> None:
    assert set(RULES) == set(get_args(Family))
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.text.count(". ") >= 1, "what must agree, and what is legal all the same"
        assert len(rule.text) <= 420
        assert fault_in(rule.text, breaks=False) is None
