"""Dangerous goods: the entries of the list under which goods of the catalogue travel, and how papers name them.

Numbers, classes, packing groups and proper shipping names are those of the UN list that SMGS annex 2 follows. A name may
be written in the singular or the plural and its qualifying words in another order (3.1.2.3 there): so each has two.
"""

from typing import NamedTuple

from corridor_tui.scenario.goods import DANGEROUS
from corridor_tui.scenario.streams import below

NOTHING = "none"
"""What papers say where nothing is dangerous or placarded."""
LIMITED = " LQ"
"""What follows a UN number where the goods travel in limited quantities (chapter 3.4)."""


class Entry(NamedTuple):
    """An entry of the list: UN number, class, packing group (empty: it has none) and its two ways to write its name."""

    un: str
    kind: str
    group: str
    names: tuple[str, str]

    def told(self, name: str) -> str:
        """The entry as a consignment note tells it, under one of its names."""
        return ", ".join(part for part in (f"{self.un} {name}", self.kind, self.group) if part)


def _groups(un: str, kind: str, groups: str, *names: str) -> tuple[Entry, ...]:
    return tuple(Entry(f"UN {un}", kind, group.strip("-"), (names[0], names[1])) for group in groups.split())


_PAINT = ("PAINT", "PAINTS")
_PEROXIDE = ("HYDROGEN PEROXIDE, AQUEOUS SOLUTION", "AQUEOUS SOLUTION OF HYDROGEN PEROXIDE")
ENTRIES: dict[str, tuple[Entry, ...]] = {
    "paint": (*_groups("1263", "3", "II III", *_PAINT), *_groups("3066", "8", "II III", *_PAINT)),
    "adhesives": (
        *_groups("1133", "3", "II III", "ADHESIVES", "ADHESIVE"),
        *_groups("1866", "3", "II III", "RESIN SOLUTION", "RESIN SOLUTIONS"),
    ),
    "batteries": (
        *_groups("3480", "9", "-", "LITHIUM ION BATTERIES", "LITHIUM ION BATTERY"),
        *_groups("3090", "9", "-", "LITHIUM METAL BATTERIES", "LITHIUM METAL BATTERY"),
    ),
    "aerosols": (
        *_groups("1950", "2.1", "-", "AEROSOLS", "AEROSOL"),
        *_groups("1950", "2.2", "-", "AEROSOLS", "AEROSOL"),
    ),
    "bleach": (
        *_groups("2014", "5.1", "II", *_PEROXIDE),
        *_groups("2984", "5.1", "III", *_PEROXIDE),
        *_groups("1760", "8", "II III", "CORROSIVE LIQUID, N.O.S.", "LIQUID, CORROSIVE, N.O.S."),
    ),
    "pesticides": (
        *_groups("2902", "6.1", "II III", "PESTICIDE, LIQUID, TOXIC, N.O.S.", "LIQUID PESTICIDE, TOXIC, N.O.S."),
        *_groups("2588", "6.1", "II III", "PESTICIDE, SOLID, TOXIC, N.O.S.", "SOLID PESTICIDE, TOXIC, N.O.S."),
    ),
}
"""The entries under which goods travel where they are dangerous. All of them are drawn alike."""
_BY_TEXT = {entry.told(name): entry for entries in ENTRIES.values() for entry in entries for name in entry.names}
"""Every entry by each text that a consignment note tells it in."""


def entry_at(goods: str, u: float, kind: str | None = None) -> Entry:
    """The entry of some goods at a share `u`, of a class where one is given and such goods may be of it."""
    fitting = tuple(entry for entry in ENTRIES[goods] if entry.kind == kind) or ENTRIES[goods]
    return fitting[below(u, len(fitting))]


def any_entry(goods_u: float, u: float) -> Entry:
    """An entry of any goods, as often as goods are drawn under it."""
    return entry_at(DANGEROUS[below(goods_u, len(DANGEROUS))].code, u)


def goods_of(kind: str) -> str | None:
    """Goods that may be of a class; None where the list here has none."""
    return next((goods for goods, entries in ENTRIES.items() if any(entry.kind == kind for entry in entries)), None)


def read(told: str) -> Entry | None:
    """The entry that a consignment note tells; None where it tells of none, or of limited quantities."""
    return _BY_TEXT.get(told)
