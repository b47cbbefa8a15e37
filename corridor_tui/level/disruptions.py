"""What upsets a shift: crane stops, weather, cuts, shortages, holds and calls, and when each comes."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Count, Desk, Duration, LogNormal, Many, Minutes, Part, Points, Share, about
from corridor_tui.level.text import Clock, Ident, Line
from corridor_tui.level.told import ToldLine, ToldParagraphs

_PAUSES = ",:;"
"""What stands behind the first word of an answer that goes on with a reason."""

Stage: TypeAlias = Literal[
    "offered", "accepted", "arrived", "secure", "uncouple", "border", "commercial", "technical", "shunt", "transfer", "lift",
    "empty", "weigh", "waybill", "couple", "brake_full", "brake_yard", "brake_short", "departed",
]  # fmt: skip


class Condition(Part):
    """What must have come about for a disruption to begin: exactly one of its keys, with `train` for the first two.

    `idle_min` stands alone, or with one of the others, and then counts from when that holds.
    """

    train: Ident | None = None
    """The train or rake that `lifted` or `done` is about; one of a service by its place, such as `LY2`."""
    lifted: Share | None = None
    """This share of the train's containers is off it."""
    done: Stage | None = None
    """This work on the train or rake is done; `arrived`: it stands on one of our tracks; `transfer`: it is planned."""
    queue: Annotated[int, Field(ge=1, le=100)] | None = None
    """So many trains stand at the neighbours and are not accepted."""
    repeats: Annotated[int, Field(ge=2, le=100)] | None = None
    """The same order was refused for the same reason, or the same mistake made, so many times."""
    idle_min: Annotated[float, Field(gt=0, le=1_440)] | None = None
    """Nobody at the trainee's desks gave an order for so long; of the disruptions that wait for that, one comes in a lull."""
    ordered: Line | None = None
    """An order that begins with these words was given and accepted, such as `accept X8001` or `find`."""
    at: Clock | None = None
    """It is so late; only with `idle_min`."""
    till: Clock | None = None
    """What found no lull by then does not come at all; only with `idle_min`."""
    after_min: Minutes = 0.0
    """How long after that it begins. Assumed: at once."""

    @property
    def told(self) -> str | None:
        """The key of what events tell; None where only the clock tells."""
        return next(
            (key for key in ("lifted", "done", "queue", "repeats", "ordered") if getattr(self, key) is not None), None
        )


class Upset(Part):
    """When a disruption begins: at a clock time, on a condition, drawn with a mean gap, or live; exactly one of the four."""

    id: Ident
    at: Clock | None = None
    """The clock time at which it begins."""
    when: Condition | None = None
    """The condition on which it begins."""
    every_h: Annotated[float, Field(gt=0, le=100_000)] | None = None
    """Mean hours between two, drawn by the seed over the calendar of the shift."""
    live: bool = False
    """It begins when the instructor orders it, and not at all where nobody does."""


class CraneStop(Upset):
    """An RMG stands still in mid-lift until the fitters have repaired it; the desk has to send them, and to put it back to work.

    Repair by default: 0.6 h for spreader, sensor and twistlock faults (assumed); a major failure takes 36 h (12-96, assumed).
    """

    kind: Literal["crane-stop"]
    crane: Ident | None = None
    """None: each crane of the row on its own calendar; only with `every_h`."""
    repair: Duration = LogNormal(median_min=30, p95_min=90, max_min=360)
    """How long the fitters take."""


class MachineStop(Upset):
    """A reach stacker or an RTG breaks down in mid-move until the fitters have repaired it; the desk has to send them.

    Repair by default: 4 h on average; with `every_h = 200` working hours between two (assumed: mobile plant fails more often).
    """

    kind: Literal["machine-stop"]
    machine: Ident | None = None
    """None: each machine on its own calendar; only with `every_h`."""
    repair: Duration = LogNormal(median_min=210, p95_min=480, max_min=1440)
    """How long the fitters take."""


class CraneService(Upset):
    """Planned service of an RMG: it ends its lift and is away for a time. 2 h a week for each crane (length assumed)."""

    kind: Literal["crane-service"]
    crane: Ident
    """The crane that is served."""
    lasts: Duration = about(120, 120, 120)
    """How long it is away."""


class Wind(Upset):
    """Wind over the terminal. 8 days a year with a crane stop, of 2-10 h each (assumed for a sheltered valley)."""

    kind: Literal["wind"]
    speed_ms: Annotated[float, Field(gt=0, le=60)]
    """In metres a second; see `slow_ms`, `stop_ms` and `tie_ms` of `[terminal]`."""
    lasts: Duration = about(120, 300, 600)
    """How long it blows."""
    warning_min: Minutes = 30.0
    """How long before it comes the weather service says so. Assumed."""


class Cold(Upset):
    """Frost below -15 degrees, which slows work in the yard, or fog, which slows the lifts."""

    kind: Literal["frost", "fog"]
    lasts: Duration = about(240, 480, 960)
    """How long it lasts. Assumed: no figure was found."""


class AcceptanceCut(Upset):
    """A neighbour takes only so many trains of ours until it is over. 4 a year, to 40-70 % of normal (derived).

    In October 2025 China took 10 trains a day instead of 14, some days 6, of them 3 of grain; in December 2024 at most
    4 of containers.
    """

    kind: Literal["acceptance-cut"]
    neighbour: Ident
    """Who takes fewer trains."""
    trains: Count
    """How many it still takes while it lasts."""
    grain: Count | None = None
    """How many of them may carry grain from the terminal; none: any."""
    containers: Count | None = None
    """How many of them may carry containers; none: any."""
    lasts: Duration
    """How long that goes on; 7-21 days (derived), in a level of one day what is left of it."""


class WagonShortage(Upset):
    """Empty wagons are short: rakes called meanwhile come so many times later. 10 % of days (assumed)."""

    kind: Literal["wagon-shortage"]
    times: Annotated[float, Field(ge=1, le=100)] = 2.0
    """How many times later. Assumed."""
    lasts: Duration
    """How long that goes on; 3-7 days (assumed), in a level of one day what is left of it."""


class DocumentHold(Upset):
    """The papers of a consignment are called in by another authority: it cannot be released until they are back.

    Drawn with `share` instead of a beginning: of so many of the trains with papers one consignment is held from the second its
    papers are in. 1 train in 25 (assumed).
    """

    kind: Literal["document-hold"]
    train: Ident | None = None
    """With `share` none: it is drawn over the trains."""
    consignment: Annotated[int, Field(ge=1, le=200)] | None = None
    """With `share` none: it is drawn over those of the train."""
    share: Share | None = None
    """The share of the trains, each by a hidden chance of its own."""
    lasts: Duration
    """How long the papers are away."""


class ClosedBlock(Upset):
    """A track of a line is closed: nothing sets off on it, and what is under way there runs on. The desk is told until when.

    A maintenance window is 90 minutes a day, 6 h on days of works (assumed; published).
    """

    kind: Literal["closed-block"]
    track: Ident
    """The line track."""
    lasts: Duration
    """How long it is closed."""


class LateTrain(Upset):
    """The neighbour tells that a train which it has not offered yet comes so much later: a delay that it brings with it."""

    kind: Literal["late-train"]
    train: Ident
    """The train; one of a service by its place, such as `LY2`."""
    lasts: Duration
    """By how much later it comes."""


class CallAnswer(Part):
    """What can be said to a call: the word the order uses, what it means, and whether it is right."""

    word: Ident
    """What the order `answer` names."""
    text: ToldLine
    """What it means."""
    right: bool = False
    """Whether it is the right one."""

    @property
    def meaning(self) -> str:
        """What it says beyond its word: the text, without that word where it begins with it and then pauses."""
        text = str(self.text)
        behind = text.removeprefix(self.word)
        return behind.lstrip(f"{_PAUSES} ") if behind != text and behind[:1] in _PAUSES else text

    @property
    def told(self) -> str:
        """Its word and what it means, each said once."""
        meaning = self.meaning
        if not meaning or meaning.startswith(f"{self.word} "):
            return meaning or self.word
        return f"{self.word}: {meaning}"


class Call(Upset):
    """Somebody calls and needs an answer: exactly one answer is right. A wrong or a late one costs, and says why."""

    kind: Literal["call"]
    caller: ToldLine
    """Who calls."""
    text: ToldParagraphs
    """What is asked."""
    desk: Desk = "dispatch"
    """The desk that is called, and that answers."""
    answers: Many[CallAnswer]
    """What can be said to it."""
    because: ToldParagraphs
    """Why the right answer is right: said once it is answered."""
    wait_min: Annotated[float, Field(gt=0, le=1_440)] = 20.0
    """How long the caller waits. Assumed."""
    costs: Points = 5.0
    """What a wrong answer or none costs, in resources. Assumed."""


Disruption: TypeAlias = Annotated[
    CraneStop
    | MachineStop
    | CraneService
    | Wind
    | Cold
    | AcceptanceCut
    | WagonShortage
    | DocumentHold
    | ClosedBlock
    | LateTrain
    | Call,
    Field(discriminator="kind"),
]
