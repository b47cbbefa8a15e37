"""Papers as they are written for consignments of all kinds, clean, faulty and only odd."""

import hashlib
from collections.abc import Iterator
from random import Random

from conftest import shipped

from corridor_tui.level.risk import ERRORS as CLERICAL
from corridor_tui.level.risk import OF_CARGO, OF_REGIMES, OF_THE_DAY
from corridor_tui.level.risk import OFFENCES as SERIOUS
from corridor_tui.level.road import Regime
from corridor_tui.level.traffic import Case, Train
from corridor_tui.scenario.danger import ENTRIES
from corridor_tui.scenario.goods import CATALOGUE, DANGEROUS, Goods
from corridor_tui.scenario.iso6346 import number
from corridor_tui.scenario.papers import draw_papers, truth
from corridor_tui.scenario.values import Consignment, Container, Papers, Risk, Sheets, Special, Truth, Work

DAY = "2016-12-01"
LEVEL = shipped("fifty-five-minutes")
WESTBOUND = next(train for train in LEVEL.trains if train.number == "X8043")
EASTBOUND = next(train for train in LEVEL.trains if train.kind == "through")
CLEAN: tuple[Case | None, ...] = (None,)
_PAPERS = tuple(family for family in CLERICAL if family not in OF_THE_DAY)
_GOODS = tuple(family for family in SERIOUS if family not in OF_THE_DAY)
ERRORS = tuple(Case(kind="error", family=family) for family in _PAPERS)
LOOKALIKES = tuple(Case(kind="lookalike", family=family) for family in (*_PAPERS, *_GOODS))
OFFENCES = tuple(Case(kind="offence", family=family) for family in _GOODS)
DRESSED = 0.3
TARE_KG = {1: 2_300, 2: 3_900}
NO_WORK = Work(1, 1, 1, 1, 1, 1, 1, 1, 1, consents=True)


def boxes(goods: Goods, chance: Random, count: int) -> Iterator[Container]:
    for _ in range(count):
        teu = chance.choice((1, 2))
        low, high = goods.feu_kg if teu == 2 else goods.twenty_kg
        mass = chance.randint(low, high) + TARE_KG[teu]
        yield Container(number(chance.randrange(800), chance.randrange(10_000)), teu, mass, mass, (100,))


LACKING = Sheets(0.4, 0.4, 0.4, 0.4)


def lot(count: int, cases: tuple[Case | None, ...]) -> Iterator[tuple[int, Train, Consignment]]:
    """Consignments of all goods, both directions and many sizes, the cases taken in turn."""
    for place in range(count):
        chance, goods, case = Random(place), CATALOGUE[place % len(CATALOGUE)], cases[place % len(cases)]
        special = Special() if place % 3 == 0 and not goods.eastward else None
        if goods.eastward and case is not None and case.family in OF_REGIMES:
            goods = CATALOGUE[0]
        if (case is not None and case.family in OF_CARGO) or place % 7 == 0:
            goods = chance.choice(DANGEROUS)
            special = Special(chance.choice((None, *ENTRIES[goods.code])))
        regime: Regime | None = chance.choice(("transit", "import", "bonded")) if place % 5 == 0 else None
        if case is not None and case.family in OF_REGIMES:
            regime = chance.choice(("transit", "import"))
        if goods.eastward:
            regime = None
        train = EASTBOUND if goods.eastward else WESTBOUND
        load = tuple(boxes(goods, chance, chance.randint(1, 8)))
        name = f"{train.number}-{place:04d}"
        asked = chance.random() < 0.25 or (case is not None and case.family == "certificate")
        worn = case is not None and case.kind != "lookalike" and chance.random() < DRESSED
        dress = case.family if case is not None and worn else None
        risk = Risk(
            chance.choice(goods.codes),
            asked,
            dress=dress,
            special=special,
            regime=regime,
            missing=LACKING,
            unmarked=0.15,
        )
        yield (
            place % 7,
            train,
            Consignment(name, train.number, place, goods.code, load, "yellow", case, 0, NO_WORK, risk),
        )


def cells(papers: Papers) -> dict[str, str]:
    return {f"{document.kind}.{name}": value for document in papers.documents for name, value in document.fields}


def odd(seed: int, train: Train, item: Consignment) -> tuple[Papers, Truth]:
    real = truth(seed, train, item, DAY)
    assert real is not None
    return draw_papers(seed, train, item, DAY), real


def clean(seed: int, train: Train, item: Consignment) -> Papers:
    return draw_papers(seed, train, item._replace(case=None), DAY)


def digest() -> str:
    papers = [draw_papers(*args, DAY) for args in lot(300, CLEAN + ERRORS + LOOKALIKES + OFFENCES)]
    return hashlib.blake2b(repr(papers).encode()).hexdigest()
