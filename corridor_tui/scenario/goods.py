"""The goods that travel: what they are, their HS code, what they weigh, how they are packed, which certificate they need.

HS codes are those of the 2022 edition of the Harmonized System, whatever the year of a level; masses, values and package
counts are assumed within the limits of the boxes (26 t of grain in a 40-foot, 24 t in a 20-foot box). Directions after
the traffic reports of 2025.
"""

import math
from dataclasses import dataclass

PACKING_SHARE = 0.03
"""Packing weighs about three hundredths of what is in it; assumed."""


@dataclass(frozen=True, slots=True)
class Goods:
    """A kind of goods. Masses are kilograms a container with the packing but without the container, `packages` how many
    a 40-foot box holds (a 20-foot box half as many), `usd_kg` the value of a net kilogram.
    """

    code: str
    name: str
    hs: str
    feu_kg: tuple[int, int]
    twenty_kg: tuple[int, int]
    package: str
    packages: tuple[int, int]
    usd_kg: tuple[float, float]
    certificate: str | None = None
    eastward: bool = False
    weight: int = 1

    @property
    def usual_kg(self) -> tuple[float, float]:
        """What one package weighs net at least and at most, to a tenth of a kilogram outward."""
        fewest, most = self.packages
        lightest = min(self.feu_kg[0] / most, self.twenty_kg[0] / math.ceil(most / 2)) / (1 + PACKING_SHARE)
        heaviest = max(self.feu_kg[1] / fewest, self.twenty_kg[1] / (fewest // 2)) / (1 + PACKING_SHARE)
        return math.floor(lightest * 10) / 10, math.ceil(heaviest * 10) / 10


CATALOGUE: tuple[Goods, ...] = (
    Goods("laptops", "Portable computers", "8471300000", (7_000, 10_500), (3_500, 5_500), "cartons", (700, 1_100), (60, 110)),
    Goods("phones", "Smartphones", "8517130000", (5_000, 8_000), (2_800, 4_200), "cartons", (500, 900), (150, 300)),
    Goods("monitors", "Computer monitors", "8528520000", (7_500, 11_000), (4_000, 6_000), "cartons", (600, 1_000), (12, 25)),
    Goods("machines", "Machining centres", "8457100000", (16_000, 22_000), (9_000, 17_000), "cases", (4, 12), (9, 20)),
    Goods("pumps", "Centrifugal pumps", "8413708100", (14_000, 20_000), (8_000, 16_000), "cases", (40, 120), (6, 14)),
    Goods("compressors", "Refrigeration compressors", "8414302000", (15_000, 21_000), (9_000, 17_000), "pallets", (20, 24), (5, 9)),
    Goods("tyres", "Bus and lorry tyres", "4011200000", (12_000, 17_000), (6_000, 9_000), "pieces", (220, 300), (2.4, 3.6), weight=2),
    Goods("brakes", "Brake parts for vehicles", "8708309100", (17_000, 22_000), (11_000, 18_000), "pallets", (18, 24), (4, 8), weight=2),
    Goods("motors", "Electric motors", "8501520000", (16_000, 21_500), (10_000, 17_500), "cases", (60, 160), (5, 11)),
    Goods("cables", "Insulated electric cable", "8544499108", (17_000, 22_500), (11_000, 18_500), "drums", (16, 40), (5, 9)),
    Goods("panels", "Photovoltaic panels", "8541430000", (15_000, 20_500), (7_000, 10_000), "pallets", (18, 26), (3, 6), weight=2),
    Goods("furniture", "Wooden bedroom furniture", "9403500009", (7_500, 11_500), (4_000, 6_000), "cartons", (350, 650), (2.5, 5)),
    Goods("footwear", "Footwear with rubber soles", "6402999300", (6_500, 9_500), (3_200, 4_800), "cartons", (650, 1_000), (9, 17)),
    Goods("clothing", "Synthetic-fibre garments", "6204631800", (8_000, 12_000), (4_200, 6_200), "cartons", (500, 850), (12, 24), weight=2),
    Goods("toys", "Plastic toys", "9503004900", (5_500, 8_500), (2_800, 4_400), "cartons", (600, 1_000), (5, 11), "conformity"),
    Goods("lamps", "LED lamps", "9405110009", (6_000, 9_000), (3_100, 4_700), "cartons", (650, 1_050), (8, 16), "conformity"),
    Goods("tiles", "Ceramic tiles", "6907219009", (23_000, 25_500), (21_000, 23_500), "pallets", (20, 24), (0.4, 0.9)),
    Goods("steelware", "Stainless kitchenware", "7323930000", (12_500, 17_500), (7_000, 11_000), "cartons", (700, 1_200), (4, 8)),
    Goods("glass", "Toughened glass", "7007119000", (20_000, 24_500), (16_000, 21_000), "cases", (14, 28), (0.8, 1.6)),
    Goods("tea", "Green tea", "0902200000", (11_000, 15_000), (6_000, 9_000), "cartons", (600, 900), (3.5, 8), "phytosanitary"),
    Goods("tomato", "Tomato paste", "2002909100", (20_500, 23_500), (18_000, 21_000), "drums", (72, 88), (0.9, 1.4), "health"),
    Goods("vitamins", "Feed vitamins", "2936290009", (17_000, 20_500), (13_000, 17_000), "drums", (560, 720), (8, 20), "veterinary"),
    Goods("bicycles", "Bicycles", "8712003000", (6_800, 9_800), (3_400, 5_000), "cartons", (340, 520), (6, 12)),
    Goods("fridges", "Household refrigerators", "8418108001", (7_800, 11_800), (4_000, 6_000), "pieces", (120, 190), (3, 5.5), "conformity"),
    Goods("wheat", "Milling wheat", "1001990000", (22_000, 25_500), (20_500, 23_500), "big bags", (20, 24), (0.2, 0.3), "phytosanitary", True, 4),
    Goods("flour", "Wheat flour", "1101001500", (22_000, 25_500), (20_500, 23_500), "bags", (440, 510), (0.25, 0.4), "health", True, 3),
    Goods("safflower", "Safflower seed", "1207600000", (19_000, 23_000), (17_500, 20_500), "big bags", (20, 24), (0.4, 0.7), "phytosanitary", True),
    Goods("cotton", "Cotton, not carded", "5201009000", (19_500, 23_500), (10_000, 13_000), "bales", (88, 108), (1.5, 2.2), None, True),
    Goods("urea", "Urea", "3102101000", (23_000, 25_500), (21_000, 23_500), "big bags", (22, 25), (0.3, 0.5), None, True),
)  # fmt: skip

_BY_CODE = {item.code: item for item in CATALOGUE}
_DECKS = {
    eastward: tuple(item for item in CATALOGUE if item.eastward == eastward for _ in range(item.weight))
    for eastward in (False, True)
}


def pick(u: float, *, eastward: bool) -> Goods:
    """The goods at a share `u` of the traffic of one direction."""
    deck = _DECKS[eastward]
    return deck[min(int(u * len(deck)), len(deck) - 1)]


_BULK = tuple(item for item in CATALOGUE if item.eastward and item.certificate == "phytosanitary")
_BULK_DECK = tuple(item for item in _BULK for _ in range(item.weight))


def pick_grain(u: float) -> Goods:
    """The goods at a share `u` of what travels in bulk through the grain terminal."""
    return _BULK_DECK[min(int(u * len(_BULK_DECK)), len(_BULK_DECK) - 1)]


def by_code(code: str) -> Goods:
    """Goods by their code; raises KeyError where there are none."""
    return _BY_CODE[code]


def codes() -> tuple[str, ...]:
    """Every goods code."""
    return tuple(_BY_CODE)


def with_hs6(hs: str) -> tuple[Goods, ...]:
    """The goods of the catalogue that share the first six digits of an HS code."""
    return tuple(item for item in CATALOGUE if item.hs[:6] == hs[:6])
