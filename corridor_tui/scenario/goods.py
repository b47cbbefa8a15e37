"""The goods that travel: what they are, their HS code, what they weigh, how they are packed, which certificate they need.

HS codes are those of the 2022 edition of the Harmonized System, whatever the year of a level; masses, values and package
counts are assumed within the limits of the boxes (26 t of grain in a 40-foot, 24 t in a 20-foot box). Directions after
the traffic reports of 2025.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

PACKING_SHARE = 0.03
"""Packing weighs about three hundredths of what is in it; assumed."""

CONFORMITY = "conformity"
"""The certificate that buyers may ask for with goods that need none."""
BANDS = 3
"""The price index knows three grades of each kind of goods; assumed."""
_ALSO = ("spare parts", "mounting kits", "tool sets", "spare fuses", "cleaning kits")
_ALSO_EAST = ("samples", "liner bags", "spare slings")


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
    set_c: int | None = None
    """The temperature it travels at in a reefer; None: any."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The ten-digit codes under which such goods travel: sister subheadings, each with two national endings.

        All are drawn alike, so that none is by itself the sign of a wrong one.
        """
        return _CODES[self.code]

    def packed_in(self, teu: int, u: float) -> int:
        """How many packages of such goods are in a box of so many TEU, at a share `u` of the range."""
        low, high = self.packages
        return round((low + (high - low) * u) / (1 if teu == 2 else 2))

    def box_kg(self, teu: int, u: float) -> int:
        """What such goods weigh in a box of so many TEU, without the box, at a share `u` of the range."""
        low, high = self.feu_kg if teu == 2 else self.twenty_kg
        return int(low + (high - low) * u)


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

DANGEROUS: tuple[Goods, ...] = (
    Goods("paint", "Paints and varnishes", "3208109000", (15_000, 21_000), (12_000, 18_000), "drums", (400, 620), (2.2, 4.5)),
    Goods("adhesives", "Adhesives and resins", "3506910000", (15_000, 21_000), (12_000, 18_000), "drums", (380, 600), (2.5, 6)),
    Goods("batteries", "Lithium cells and batteries", "8507600000", (14_000, 20_000), (9_000, 16_000), "cases", (500, 900), (12, 28)),
    Goods("aerosols", "Cosmetics in spray cans", "3305300000", (8_000, 12_500), (4_500, 7_000), "cartons", (900, 1_500), (4, 9)),
    Goods("bleach", "Bleaching and cleaning agents", "3402500000", (16_000, 21_500), (13_000, 18_500), "drums", (420, 640), (0.9, 2)),
    Goods("pesticides", "Plant protection products", "3808930000", (14_000, 20_000), (11_000, 17_000), "drums", (380, 600), (5, 14)),
)  # fmt: skip
"""Goods that are dangerous, or harmless, by what is in them; drawn only where a level asks for them."""
CHILLED: tuple[Goods, ...] = (
    Goods("fish", "Frozen fish fillets", "0304899000", (20_000, 25_000), (11_000, 15_000), "cartons", (1_000, 1_500), (2.5, 6), "veterinary", set_c=-20),
    Goods("fruit", "Fresh pears and apples", "0808309000", (18_000, 22_500), (9_000, 12_500), "cartons", (1_100, 1_600), (0.8, 1.6), "phytosanitary", set_c=1),
    Goods("chocolate", "Chocolate confectionery", "1806321000", (12_000, 17_000), (7_000, 10_000), "cartons", (900, 1_600), (4, 9), "health", set_c=15),
)  # fmt: skip
"""Goods that travel in reefers; drawn only where a level asks for them. Temperatures: usual set points, assumed."""
_ALL = (*CATALOGUE, *DANGEROUS, *CHILLED)

_SISTERS: dict[str, tuple[str, ...]] = {
    "laptops": ("847141", "847149"), "phones": ("851714", "851718"), "monitors": ("852842", "852859"),
    "machines": ("845720", "845730"), "pumps": ("841360", "841381"), "compressors": ("841440", "841480"),
    "tyres": ("401170", "401180"), "brakes": ("870850", "870880"), "motors": ("850151", "850153"),
    "cables": ("854442", "854460"), "panels": ("854142", "854149"), "furniture": ("940340", "940360"),
    "footwear": ("640219", "640291"), "clothing": ("620433", "620443"), "toys": ("950430", "950490"),
    "lamps": ("940521", "940542"), "tiles": ("690722", "690723"), "steelware": ("732391", "732399"),
    "glass": ("700719", "700729"), "tea": ("090210", "090240"), "tomato": ("200210", "210320"),
    "vitamins": ("293627", "293628"), "bicycles": ("871160", "871190"), "fridges": ("841821", "841829"),
    "wheat": ("100191", "100290"), "flour": ("110290", "110311"), "safflower": ("120740", "120750"),
    "cotton": ("520210", "520300"), "urea": ("310221", "310230"),
    "paint": ("320820", "320890"), "adhesives": ("350610", "350699"), "batteries": ("850650", "850680"),
    "aerosols": ("330590", "330720"), "bleach": ("284700", "340290"), "pesticides": ("380891", "380892"),
    "fish": ("030461", "030487"), "fruit": ("080810", "080840"), "chocolate": ("180631", "180690"),
}  # fmt: skip
"""Subheadings that are easily taken for one another; wide names of goods, so that each may stand under any of its own."""


def _codes_of(item: Goods) -> tuple[str, ...]:
    tail = item.hs[6:]
    other = f"{(int(tail) + 1_000) % 10_000:04d}"
    return tuple(f"{six}{end}" for six in (item.hs[:6], *_SISTERS[item.code]) for end in (tail, other))


_CODES = {item.code: _codes_of(item) for item in _ALL}
_BY_NAME = {item.name: item for item in _ALL}
_BY_CODE = {item.code: item for item in _ALL}
_DECKS = {
    eastward: tuple(item for item in CATALOGUE if item.eastward == eastward for _ in range(item.weight))
    for eastward in (False, True)
}


def pick(u: float, *, eastward: bool) -> Goods:
    """The goods at a share `u` of the traffic of one direction."""
    deck = _DECKS[eastward]
    return deck[min(int(u * len(deck)), len(deck) - 1)]


class Mix(NamedTuple):
    """Of what goes west, the shares of the kinds that are dangerous or harmless by what is in them, and of chilled goods."""

    dangerous: float = 0.0
    chilled: float = 0.0

    def shares(self, *, eastward: bool) -> Iterator[tuple[Goods, float]]:
        """The goods of one direction, each with its share of the consignments; goods of weight two come twice."""
        special = ((DANGEROUS, self.dangerous), (CHILLED, self.chilled))
        rest = (_DECKS[eastward], 1 - self.dangerous - self.chilled)
        for deck, share in ((_DECKS[True], 1.0),) if eastward else (rest, *special):
            yield from ((item, share / len(deck)) for item in deck)


_BULK = tuple(item for item in CATALOGUE if item.eastward and item.certificate == "phytosanitary")
_BULK_DECK = tuple(item for item in _BULK for _ in range(item.weight))


def pick_grain(u: float) -> Goods:
    """The goods at a share `u` of what travels in bulk through the grain terminal."""
    return _BULK_DECK[min(int(u * len(_BULK_DECK)), len(_BULK_DECK) - 1)]


def by_code(code: str) -> Goods:
    """Goods by their code; raises KeyError where there are none."""
    return _BY_CODE[code]


def by_name(name: str) -> Goods:
    """Goods by their name on the papers; raises KeyError where there are none."""
    return _BY_NAME[name]


def also(*, eastward: bool) -> tuple[str, ...]:
    """What may travel with the goods of a direction and has to be declared with them."""
    return _ALSO_EAST if eastward else _ALSO


def grade_usd(kind: Goods, place: float) -> float:
    """The price a net kilogram at a place in the index: 0 the cheapest, `BANDS` the dearest, grades of equal ratio."""
    low, high = kind.usd_kg
    return float(low * (high / low) ** (place / BANDS))


def grade_range(kind: Goods, band: int) -> str:
    """The range of a grade, as the risk sheet prints it."""
    return f"{grade_usd(kind, band):.3f}-{grade_usd(kind, band + 1):.3f}"


def codes() -> tuple[str, ...]:
    """Every goods code."""
    return tuple(_BY_CODE)
