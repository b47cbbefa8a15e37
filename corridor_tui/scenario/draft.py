"""Papers while they are written, and how whoever writes them makes them out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from corridor_tui.level.road import Regime
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.bulk import in_bulk
from corridor_tui.scenario.danger import ENTRIES, Entry, read
from corridor_tui.scenario.parties import DESTINATIONS, EASTWARD, SEZ, Destination
from corridor_tui.scenario.streams import Draws, below
from corridor_tui.scenario.values import TARE_KG, Container, Sheets

PROCEDURES: dict[Regime, str] = {
    "transit": "80 transit",
    "import": "40 import",
    "bonded": "70 warehouse",
    "export": "10 export",
}
"""How a declaration names its procedure; the codes of the EAEU's classifier."""

Sheet: TypeAlias = dict[str, dict[str, str]]
"""Documents being written: kind -> field -> value."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The documents of a consignment while they are written, and what their writers know.

    `boxes` are the containers that they are about; `act_date` is the date that a re-sealing act made at the handover bears; `home`: loaded and sealed in Kazakhstan;
    `missing`: how often an error about a sheet is that it is not there; `unmarked`: how often one about dangerous goods is
    that their packages bear no marks; `mix`: what goods travel the same way.
    """

    sheet: Sheet
    draws: Draws
    boxes: tuple[Container, ...]
    eastward: bool
    act_date: date
    home: bool
    missing: Sheets
    unmarked: float
    mix: catalogue.Mix

    @property
    def tare_kg(self) -> int:
        """What the containers weigh themselves."""
        return sum(TARE_KG[box.teu] for box in self.boxes)

    def net_kg(self, gross_kg: int) -> int:
        """What goods weigh without their packing; grain in bulk has none."""
        return round(gross_kg / (1 + catalogue.PACKING_SHARE)) if self.boxes[0].teu else gross_kg

    def as_carried(self, kind: catalogue.Goods) -> catalogue.Goods:
        """Goods of the catalogue as they travel in these boxes, or in bulk."""
        return kind if self.boxes[0].teu else in_bulk(kind, max(box.declared_kg for box in self.boxes))

    @property
    def these(self) -> catalogue.Goods:
        """The goods that the note tells of, as they travel here."""
        return self.as_carried(catalogue.by_name(self.sheet["note"]["goods"]))

    def lot_kg(self, kind: catalogue.Goods) -> int:
        """The net mass of another lot of some goods, in as many boxes."""
        carried = self.as_carried(kind)
        return self.net_kg(sum(carried.box_kg(box.teu, self.draws.random()) for box in self.boxes))

    def one_of(self, *names: str) -> str:
        """One of some names, by chance."""
        return names[below(self.draws.random(), len(names))]

    def between(self, low: float, high: float) -> float:
        """A number between two others, by chance."""
        return low + (high - low) * self.draws.random()

    def digits(self, count: int) -> str:
        """So many digits, by chance."""
        return f"{below(self.draws.random(), 10**count):0{count}d}"

    def swapped(self, text: str, fits: Callable[[str], bool] = bool) -> str:
        """A number as somebody retypes it wrongly: two neighbouring digits change places, or the last is another.

        The first digit stays, and the number is one that fits where any such does: a load ten times too heavy would be seen
        without looking at other papers.
        """
        swaps = [
            text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            for place in range(1, len(text) - 1)
            if text[place] != text[place + 1]
        ]
        likely = [swap for swap in swaps if fits(swap)]
        return self.one_of(*likely) if likely else text[:-1] + str((int(text[-1]) + 3) % 10)

    @property
    def today(self) -> date:
        """The day of the handover."""
        return date.fromisoformat(self.sheet["handover"]["date"])

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Where such trains go, and what is left here."""
        return EASTWARD if self.eastward else (*DESTINATIONS, SEZ)


def expire(certificate: dict[str, str], on: date) -> None:
    """Let a certificate expire on a day; issued for as long as it was, so that its dates tell nothing among themselves."""
    earlier = date.fromisoformat(certificate["expires"]) - on
    for field in ("issued", "expires"):
        certificate[field] = (date.fromisoformat(certificate[field]) - earlier).isoformat()


def declared_entry(draft: Draft) -> Entry | None:
    """The entry that a consignment note tells; None where it tells of none."""
    return read(draft.sheet["note"]["danger"])


def entry_of_these(draft: Draft, but: Entry | None = None) -> Entry:
    """An entry under which such goods might travel, but one."""
    entries = ENTRIES[catalogue.by_name(draft.sheet["note"]["goods"]).code]
    fitting = [entry for entry in entries if entry != but]
    return fitting[below(draft.draws.random(), len(fitting))]


def declare(entry: Entry, name: str) -> dict[str, str]:
    """An entry as a dangerous-goods declaration tells it; `-` where it has no packing group."""
    return {"un": entry.un, "proper_name": name, "class": entry.kind, "group": entry.group or "-"}


def usd(text: str) -> int:
    """The dollars of a sum such as `USD 1200`."""
    return int(text.partition(" ")[2])


def secured(draft: Draft) -> tuple[str, str]:
    """The sheet and the field that say how duties are paid or secured."""
    imported = draft.sheet["declaration"]["procedure"] == PROCEDURES["import"]
    return ("payment", "paid") if imported else ("guarantee", "covers")
