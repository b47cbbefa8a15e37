"""What the customs post looks for: families of discrepancies, rules that take effect today, criteria of the risk engine."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Count, Many, Part, Points, Share
from corridor_tui.level.road import Inbound
from corridor_tui.level.text import Clock, Ident, Line
from corridor_tui.level.told import ToldLine

Family: TypeAlias = Literal[
    "mass", "packages", "hs", "party", "seal", "certificate", "container", "licence", "danger", "duty",
    "goods", "undeclared", "barred", "concealed",
]  # fmt: skip
"""What a discrepancy is about; each has its rule of the same name."""
GoodsCode: TypeAlias = Literal[
    "laptops", "phones", "monitors", "machines", "pumps", "compressors", "tyres", "brakes", "motors", "cables",
    "panels", "furniture", "footwear", "clothing", "toys", "lamps", "tiles", "steelware", "glass", "tea", "tomato",
    "vitamins", "bicycles", "fridges", "wheat", "flour", "safflower", "cotton", "urea",
    "paint", "adhesives", "batteries", "aerosols", "bleach", "pesticides", "fish", "fruit", "chocolate",
]  # fmt: skip
"""The codes of the goods catalogue; the scenario knows what each weighs and needs."""
ERRORS: tuple[Family, ...] = (
    "mass", "packages", "hs", "party", "seal", "certificate", "container", "licence", "danger", "duty",
)  # fmt: skip
"""What can be set right."""
OFFENCES: tuple[Family, ...] = ("goods", "undeclared", "barred", "concealed")
"""What cannot: misdeclared goods, undeclared goods, goods that a rule of the day bars, dangerous goods not declared."""
OF_THE_DAY: tuple[Family, ...] = ("licence", "barred")
"""Families that need a rule of the day."""
OF_CARGO: tuple[Family, ...] = ("danger", "concealed")
"""Families that need dangerous goods among the cargo."""
OF_REGIMES: tuple[Family, ...] = ("duty",)
"""Families that need customs regimes in the papers."""
SOMETIMES: tuple[Family, ...] = (*OF_THE_DAY, *OF_CARGO, *OF_REGIMES)
"""Families that not every consignment can have, in every level."""
CLASSES_OF: dict[GoodsCode, tuple[str, ...]] = {
    "paint": ("3", "8"),
    "adhesives": ("3",),
    "batteries": ("9",),
    "aerosols": ("2.1", "2.2"),
    "bleach": ("5.1", "8"),
    "pesticides": ("6.1",),
}
"""Goods of the catalogue that are dangerous, or harmless, by what is in them, and the classes they may be of."""

Criteria: TypeAlias = Literal["yellow", "red", "off"]


class FamilyShares(Part):
    """How often each family is drawn, in parts of their sum: among errors mass to duty, among offences goods to
    concealed, among look-alikes all. A family that a consignment cannot have (a certificate where none is needed, a rule
    of the day that does not touch its goods, dangerous goods where there are none) gives way to the others.

    All are assumed: no split is published.
    """

    mass: Points = 25.0
    packages: Points = 15.0
    hs: Points = 20.0
    party: Points = 15.0
    seal: Points = 10.0
    certificate: Points = 15.0
    container: Points = 5.0
    licence: Points = 5.0
    danger: Points = 20.0
    """As often as a code, since most of what is written about dangerous goods are numbers."""
    duty: Points = 15.0
    goods: Points = 5.0
    undeclared: Points = 5.0
    barred: Points = 5.0
    concealed: Points = 5.0


class DayRule(Part):
    """A rule that takes effect at a minute of the shift: some goods need a licence from then on, or are barred.

    It counts when a declaration was registered, not when the desk reads it.
    """

    id: Ident
    title: ToldLine
    """What the rulebook says."""
    goods: Many[GoodsCode]
    """Goods of the catalogue whose code the rule names."""
    digits: Literal[4, 6, 10] = 10
    """How many digits of the code it names; a code that agrees in fewer is not touched (assumed)."""
    needs: Literal["licence", "barred"] = "licence"
    """A licence, or that nothing of it passes."""
    effective: Clock
    """Declarations registered at this minute or later fall under it."""
    announced: Clock | None = None
    """When the desk is told; none: it is in the handover of the shift."""


class Pattern(Part):
    """What a consignment can be declared as: it matches where it matches all that is set here."""

    id: Ident
    chapters: Many[Annotated[str, Field(pattern=r"^[0-9]{2}$")]] = ()
    """Chapters of the HS code, two digits."""
    goods: Many[GoodsCode] = ()
    """Codes of the catalogue; any by default."""
    origins: Many[Line] = ()
    """Cities of loading, as on the consignment note."""
    regimes: Many[Inbound] = ()
    """Customs procedures that goods are declared for."""
    consignors: Many[Line] = ()
    """Firms, as on the consignment note without the city."""
    value_usd_from: Annotated[float, Field(ge=0, le=1e9)] | None = None
    """The least declared value; any by default."""
    mass_t_from: Annotated[float, Field(ge=0, le=10_000)] | None = None
    """Declared gross mass of the consignment in tonnes."""


class Criterion(Pattern):
    """A criterion of the risk engine: what is declared matches it, and goes to `lane`."""

    lane: Criteria = "yellow"
    """Where it sends a consignment at the start of the shift; `off`: the desk may switch it on."""
    share: Share = 1.0
    """The share of those that match which is really picked, by the consignment's own hidden chance. Assumed: all."""


class Sign(Pattern):
    """What makes a consignment look risky: one that matches has at least the risk `adds`, several add up as independent chances.

    Published as reasons for a red lane are a low value, the importer's score, sensitive goods and chance (ALAICS 2025), without
    figures: all here are assumed, for the level to set. They read what is declared, and know nothing of what is wrong with it.
    """

    adds: Share
    """How risky it makes a consignment look."""


class Selectivity(Part):
    """How the risk engine sorts what is lodged. All figures here are assumed, for the level to set; the one published
    figure is a broker's estimate that about 10 % of imports are picked at random.
    """

    criteria: Many[Criterion] = ()
    """In any order: red goes before yellow."""
    random_share: Share = 0.0
    """Of what no criterion picks, the share that goes yellow by chance."""
    blue_share: Share = 0.0
    """Of what is left, the share that goes blue."""
    top_up: Count = 0
    """The least number of consignments of a train that are flagged: chance picks what is short."""
    desk: bool = False
    """Whether the customs desk may set the criteria during the shift."""
