"""What a scenario holds: every chance of a level resolved, as plain values.

The hidden half (durations, cases, true masses) is for the corridor alone; `Manifest` and `Papers` are what the desk may
be handed.
"""

from dataclasses import dataclass
from typing import NamedTuple

from corridor_tui.level.base import Lane
from corridor_tui.level.risk import Family
from corridor_tui.level.road import LOCAL, Regime
from corridor_tui.level.traffic import Case, Train
from corridor_tui.scenario.danger import Entry
from corridor_tui.scenario.goods import Mix

TARE_KG = {0: 0, 1: 2_300, 2: 3_900}
"""Tare by TEU: of 20-foot and 40-foot boxes common builders' figures, assumed; grain in bulk is weighed without its wagon."""


class Container(NamedTuple):
    """A container: ISO 6346 number, size in TEU, true and declared gross mass in kg, seconds of its 1st, 2nd, 3rd lift.

    Of grain in bulk, the load of one wagon under the wagon's number: 0 TEU, the mass of the grain alone, and no lifts.
    """

    number: str
    teu: int
    gross_kg: int
    declared_kg: int
    lifts_s: tuple[int, ...]


class Special(NamedTuple):
    """What the papers tell of goods that ask for more than a place: the entry under which they are declared as dangerous
    (None: they are not), and the temperature they travel at in degrees (None: any). `apt`: whether papers of harmless goods
    may wrongly say that they are dangerous.
    """

    entry: Entry | None = None
    set_c: int | None = None
    apt: bool = True


class Haul(NamedTuple):
    """How long a lorry takes with a container: at the stack, to where it belongs, back; and how long that stays in the
    warehouse (None: longer than the shift). All in seconds.
    """

    load_s: int
    there_s: int
    back_s: int
    stay_s: int | None


class Work(NamedTuple):
    """How long each rung takes for one consignment, in seconds, and whether the supervisor would consent."""

    green_s: int
    check_s: int
    request_s: int
    scan_s: int
    open_s: int
    unload_s: int
    correct_s: int
    answer_s: int
    supervisor_s: int
    consents: bool


MISSING_SHARE = 0.4
"""How often an error about a certificate, a licence or what secures duties is that the sheet is not there, at the most; the
rest is shared evenly. Assumed.
"""


LEFT_OUT_SHARE = 0.5
"""How often an error about dangerous goods is that note, placard or declaration does not have them; assumed."""


class Sheets(NamedTuple):
    """A share for each sheet that papers may need, lack, or hold though nothing asks for it."""

    certificate: float = 0.0
    payment: float = 0.0
    guarantee: float = 0.0
    licence: float = 0.0


_NO_SHEETS = Sheets()
_ORDINARY = Mix()


class Risk(NamedTuple):
    """What else is resolved of a consignment before its papers are written.

    `hs`: the ten-digit code it travels under (empty: the first of its goods). `asked`: the buyer asked for a certificate
    that the goods need not have. `registered`: when its declaration was registered, "YYYY-MM-DD HH:MM" (None: the level
    has no rules of the day), and `licence` whether it comes with a licence. `dress`: the family of the legal oddity that
    a fault comes with, if any. `lots`: hidden chances by which criteria pick it. `fixed`: its lane is the level's.
    `special` and `regime`: None where the level's papers do not tell of such goods, or of customs procedures. `missing`:
    how often an error about a sheet is that it is not there; `spare`: how often one lies there that nothing asks for.
    `unmarked`: how often an error about dangerous goods is that their packages bear no marks. `mix`: what goods travel the
    same way. `advances`: how often what is paid though nothing asks for it is more than would be owed.
    """

    hs: str = ""
    asked: bool = False
    registered: str | None = None
    licence: bool = False
    dress: Family | None = None
    lots: tuple[float, ...] = ()
    fixed: bool = False
    special: Special | None = None
    regime: Regime | None = None
    missing: Sheets = _NO_SHEETS
    spare: Sheets = _NO_SHEETS
    unmarked: float = 0.0
    mix: Mix = _ORDINARY
    advances: float = 0.0

    @property
    def local(self) -> bool:
        """Whether it stays in the country and leaves by road."""
        return self.regime in LOCAL


class Consignment(NamedTuple):
    """One consignment: its place in the train, goods, containers, the lane the risk engine gives, and its hidden case.

    `ready_s`: when its declaration can be worked, in seconds after the train's arrival; negative or zero with papers
    lodged beforehand (then counted from the start of the shift).
    """

    id: str
    train: str
    number: int
    goods: str
    containers: tuple[Container, ...]
    lane: Lane
    case: Case | None
    ready_s: int
    work: Work
    risk: Risk = Risk()
    goal: str | None = None
    """The destination it goes on to."""
    countries: tuple[str, ...] = ()
    """The countries its consignee may be in; none: any."""
    reefer: bool = False
    danger: str = ""
    """Its class of dangerous goods; empty: it is none."""


class Loading(NamedTuple):
    """A container as the handover list shows it: its number, TEU, declared mass in kg, and wagon (from 0)."""

    number: str
    teu: int
    declared_kg: int
    wagon: int


class Listed(NamedTuple):
    """A consignment as the handover list shows it, with its containers.

    `goal`: the destination it goes on to, if it has one. `regime`: None where the level knows of no customs procedures.
    `danger`: its class of dangerous goods; empty: it is none. `road`: whether it leaves by road.
    """

    id: str
    loadings: tuple[Loading, ...]
    goal: str | None
    regime: Regime | None
    reefer: bool
    danger: str
    road: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """The handover list of one train: what stands on which wagon."""

    train: str
    consignments: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """A train of the scenario: its level entry, when it is really offered, and the seconds of each task on it."""

    spec: Train
    offered_s: int
    planned_s: int
    due_s: int | None
    tasks_s: dict[str, int]
    service: str | None = None
    announced_s: int = 0
    """When the desk is told of it; trains that the level lists are known from the start."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a consignment: its kind ("note", "declaration", ...), its title, and its fields in order."""

    kind: str
    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of one consignment as they lie on the desk."""

    consignment: str
    documents: tuple[Document, ...]

    def value(self, address: str) -> str | None:
        """The value at "document.field", or None where there is no such document or field."""
        kind, _, name = address.partition(".")
        for document in self.documents:
            if document.kind == kind:
                return dict(document.fields).get(name)
        return None


@dataclass(frozen=True, slots=True)
class Truth:
    """What is really wrong with a consignment, for the audit: its case and the field addresses that bear the clash."""

    kind: str
    family: Family
    fields: frozenset[str]

    def stands_in(self, document: str) -> bool:
        """Whether a field of a document bears the clash."""
        return any(field.partition(".")[0] == document for field in self.fields)
