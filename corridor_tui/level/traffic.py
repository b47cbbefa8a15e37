"""The traffic of a level: trains, rakes of empties, and the consignments and cases they bring."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Count, Duration, Lane, Many, Minutes, Part, Points, Share, about
from corridor_tui.level.plant import Danger
from corridor_tui.level.risk import DayRule, Family, FamilyShares, GoodsCode, Selectivity, Sign
from corridor_tui.level.road import Imports, Inbound, LaneShares, Under
from corridor_tui.level.services import Days, To
from corridor_tui.level.text import Clock, Ident
from corridor_tui.level.told import ToldLine

Kind: TypeAlias = Literal["error", "offence", "lookalike"]
Papers: TypeAlias = Literal["lodged", "electronic", "paper"]
Reached: TypeAlias = Literal["arrived", "secured", "inspection", "inspected"]
"""How far a train has come that stands there as the shift begins."""


class Case(Part):
    """What is odd about one consignment: an error, an offence, or something legal that only looks wrong."""

    kind: Kind
    family: Family
    """What it is about."""


class Consignment(Part):
    """A scripted consignment; what is left out is drawn."""

    number: Annotated[int, Field(ge=1, le=200)]
    """Its place in the train, from 1."""
    boxes: Annotated[int, Field(ge=1, le=200)] | None = None
    """How many; none: drawn."""
    lane: Lane | None = None
    """Its lane; none: drawn."""
    goods: GoodsCode | None = None
    """A code of the goods catalogue, such as "tyres"."""
    case: Case | None = None
    """What is odd about it; none: drawn."""
    clean: bool = False
    """True: no case may be drawn for it."""
    regime: Inbound | None = None
    """The customs procedure it is declared for."""
    reefer: bool = False
    """Its containers are refrigerated: in a block they need a socket."""
    danger: Danger | None = None
    """The class of dangerous goods that its containers are placarded with."""


class StandingTrain(Part):
    """Where a train stands when the shift begins, and how far it has come."""

    track: Ident
    """Where it stands."""
    stage: Reached
    """How far it has come."""
    since_min: Minutes = 0.0
    """How long before the start of the shift it arrived. Assumed: just now."""


class Train(Part):
    """One train of the shift.

    `container`: loaded, to be transshipped from 1435 to 1520 and sent to `exit`. `through`: loaded 1520 train that goes
    on to `exit` on its own wheels. `empties`: a rake of empty 1520 wagons that stays as the desk's wagons. `grain`: loaded
    in bulk on 1520, to be unloaded at the grain terminal; its load leaves to `exit` on 1435, its wagons go back.
    `export`: what lorries bring from the zone into the stack, to leave to `exit` with the desk's 1520 wagons; `entry` is the
    terminal, and `wagons` are those that it needs.
    """

    number: Ident
    """Its number, by which orders name it."""
    title: ToldLine | None = None
    """What it is called; none: by its number."""
    kind: Literal["container", "through", "empties", "grain", "export"]
    entry: Ident
    """The neighbour it comes from."""
    exit: Ident | None = None
    """The neighbour its load leaves to; none for empties."""
    origin: Ident | None = None
    """Where it was loaded: its delay then comes from the travel time from there, and `late` is left out."""
    to: Many[To] = ()
    """Where its consignments go once they have left over the line; none: nobody asks."""
    promised_d: Days | None = None
    """Promised from the origin, or from the offer where none is named, to delivery: instead of the origin's and the destination's."""
    at: Clock
    """When the neighbour offers it by timetable."""
    late: Duration | None = None
    """How much later it may really be offered; none: on time."""
    due: Clock | None = None
    """When its load is to leave; none for empties."""
    due_there: Clock | None = None
    """When its load is to be at `exit`; with it the line counts too. None: its lateness is that of leaving the station."""
    late_times: Points = 1.0
    """How many times a late minute of it counts. Assumed: an express is worth more to whoever pays for it."""
    wagon: Ident
    """The type of wagon."""
    wagons: Annotated[int, Field(ge=1, le=120)]
    """How many."""
    feu: Annotated[int, Field(ge=0, le=200)] = 0
    """Forty-foot boxes; none by default."""
    twenties: Annotated[int, Field(ge=0, le=200)] = 0
    """Twenty-foot boxes; none by default."""
    consignments: Annotated[int, Field(ge=0, le=200)] = 0
    """How many sets of papers its load has; none by default."""
    flagged: Annotated[int, Field(ge=0, le=200)] | None = None
    """How many consignments are not green; none: each lane is drawn from the shares."""
    papers: Papers = "paper"
    """When its papers can be worked."""
    regimes: Many[Under] = ()
    """Which of its consignments stay in the country, by shares; the others are transit."""
    standing: StandingTrain | None = None
    """Where it stands as the shift begins; none: it is still to come."""
    scripted: Many[Consignment] = ()
    """Consignments that are written and not drawn."""


class Rake(Part):
    """Empty wagons the desk has: standing on a track, or at a neighbour that brings them when called.

    On 1520 mm they take what the cranes lift, on 1435 mm grain from the silo.
    """

    id: Ident
    count: Annotated[int, Field(ge=1, le=200)] = 1
    """How many rakes alike; from two on they are called `id` with their number, `R1`, `R2`, `R3`, and come from a `park`. One
    (the default, assumed) is called by its `id`.
    """
    wagon: Ident
    """The type of wagon."""
    wagons: Annotated[int, Field(ge=1, le=120)]
    """How many in each."""
    track: Ident | None = None
    """Where it stands as the shift begins."""
    park: Ident | None = None
    """The neighbour whose park they stand in."""
    notice: Duration = about(30, 45, 75)
    """From the call until the neighbour offers them. Assumed."""
    back: Duration | None = None
    """From their arrival where they left to until they stand there in the park again, empty, to be called as `ID/2`, `ID/3`
    and so on. None: they do not come back. Wagons came back from China in 2 days, in 7 when it was congested (published).
    """

    @property
    def names(self) -> tuple[str, ...]:
        """What each rake of it is called."""
        return (self.id,) if self.count == 1 else tuple(f"{self.id}{number}" for number in range(1, self.count + 1))


class Cases(Part):
    """Faults and look-alikes drawn over the shift.

    Either exact numbers, spread by the seed over the consignments of all container trains (a level that teaches), or
    shares of each consignment (a calibrated level). Shares by default: 4 % with some error, 0.3 % offences, assumed.
    """

    errors: Count | None = None
    """How many slips of the pen; none: by their share."""
    unflagged: Count = 0
    """How many of the errors sit in green consignments."""
    lookalikes: Count | None = None
    """How many that only look wrong; none: by their share."""
    offence_chance: Share = 0.0
    """The chance that the shift has one offence."""
    error_share: Share = 0.04
    """The share of consignments with an error: 4 % of containers (assumed)."""
    lookalike_share: Share = 0.04
    """The share that only looks wrong: as many (assumed)."""
    offence_share: Share = 0.003
    """The share with an offence: 0.3 % of containers (assumed)."""
    shares: FamilyShares = FamilyShares()
    """How often each family is drawn."""


class CustomsWork(Part):
    """How long each rung takes; each holds one officer, opening and unloading a bay too."""

    green: Duration = about(2, 3, 4)
    """Per container: an officer reads one invoice, one packing list, one waybill line (assumed)."""
    check: Duration = Field(default=about(12, 25, 60))
    """Documents of a flagged consignment. Assumed, and narrower than in life, where the rule is 95 % under 4 h."""
    request: Duration = about(20, 35, 60)
    """Until an asked-for document comes. Assumed."""
    scan: Duration = about(6, 9, 15)
    """Per container: yard move, scan and reading of the image (assumed)."""
    open: Duration = about(35, 45, 60)
    """A container opened at its door: 0.75 h (assumed)."""
    unload: Duration = about(240, 360, 600)
    """Full unloading: 4-10 h, mostly 6 (assumed)."""
    correct: Duration = about(60, 100, 180)
    """A clerical error set right: 1-3 h (assumed)."""
    answer: Duration = about(15, 25, 45)
    """The declarant's answer to a finding that does not stand. Assumed."""
    supervisor: Duration = about(5, 10, 20)
    """Until the supervisor answers a request to lower a lane. Assumed."""
    consent_share: Share = 0.5
    """How often the supervisor lets a lane be lowered. Assumed."""


class Customs(Part):
    """The customs post: officers, inspection bays, scanners, and the declarations' way."""

    officers: Count = 3
    """Customs officers. Assumed."""
    bays: Count = 3
    """Assumed: 500 containers a day, 1 % red, 4 h each."""
    scanners: Count = 0
    """No rail scanner at Altynkol is publicly confirmed: none (assumed)."""
    paper_min: Minutes = 480.0
    """All declarations of a train on paper: 8 h (Astana Times 2025); they start on arrival."""
    electronic_min: Minutes = 30.0
    """Until all electronic declarations of a train are in: 30 minutes (Astana Times 2025)."""
    lanes: LaneShares = LaneShares()
    """The shares of the risk engine."""
    imports: Imports = Imports()
    """What is different for imports."""
    selectivity: Selectivity | None = None
    """The criteria of the risk engine; none: lanes are drawn from their shares."""
    signs: Many[Sign] = ()
    """What the risk figure of a consignment is made of; none: there is no such figure."""
    rules: Many[DayRule] = ()
    """Rules that take effect today."""
    audit_min: Minutes | None = None
    """How long after its release the audit of a consignment reports; none: only after the shift. Assumed by the level."""
    cases: Cases = Cases()
    """What is odd about consignments."""
    work: CustomsWork = CustomsWork()
    """How long each rung takes."""


class Cargo(Part):
    """Goods that ask for more than a place: dangerous goods and reefers, drawn over the consignments of container trains,
    and told in their papers. No share is published for this border: all figures are assumed.
    """

    danger_share: Share = 0.0
    """The share of consignments that are dangerous goods; as many again are the same goods without what makes them so."""
    reefer_share: Share = 0.0
    """The share of consignments that travel chilled or frozen."""
    power_h: Annotated[float, Field(gt=0, le=240)] = 4.0
    """How long a reefer in the stack keeps its cold without a socket; then what is in it is spoilt. General knowledge."""


class Fee(Part):
    """A step of the fee for late acceptance: from so many hours on, so many times the tariff a container."""

    from_h: Annotated[float, Field(ge=0, le=10_000)]
    """From so many hours on."""
    times: Points
    """So many times the tariff."""
