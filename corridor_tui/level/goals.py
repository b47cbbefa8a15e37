"""What a level asks and how it is scored."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Many, Minutes, Part, Points
from corridor_tui.level.text import Ident
from corridor_tui.level.told import ToldLine
from corridor_tui.level.traffic import Fee

Measure: TypeAlias = Literal[
    "clear_and_change_min",
    "crane_phase_min",
    "departed_late_min",
    "trains_out",
    "containers_out",
    "grain_out_t",
    "faults_missed",
    "false_alarms",
    "hit_pct",
    "false_alarm_pct",
    "safety_mistakes",
    "rehandles",
    "calls_failed",
    "late_min",
    "connections_made",
    "connections_missed",
    "promises_kept",
]


class Objective(Part):
    """One thing the level asks: a measure of the run, of one train where named, against a bound."""

    id: Ident
    text: ToldLine
    """What the trainee reads."""
    measure: Measure
    """What is measured."""
    train: Ident | None = None
    """Of which train, where it is of one."""
    at_most: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    """What it may be at the most."""
    at_least: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    """What it must be at least."""


class TimeLoss(Part):
    """Late minutes of every train, and the fee for late acceptance of its containers.

    Fee curve: under 24 h nothing, then 1, 5 and 10 times the tariff from 24, 48 and 72 h (published March 2025).
    """

    weight: Points = 50.0
    """Its part of the score."""
    late_minute: Points = 1.0
    """Of each late minute of a train."""
    tariff: Points = 1.0
    """What `fees` are times of."""
    swift_h: Annotated[float, Field(ge=0, le=720)] = 5.0
    """How fast a desk that hurries gets a load out after its offer: 4-5 h with everything ready (Dostyk 2016, Horgos 2024).
    A connection that would have been made so is the desk's to miss."""
    fees: Many[Fee] = (Fee(from_h=24, times=1), Fee(from_h=48, times=5), Fee(from_h=72, times=10))
    """What is charged for late acceptance; published (RailFreight, March 2025)."""


class DetectionLoss(Part):
    """What a mistake of the customs desk costs; all assumed, for the level to set.

    Verdict, reason and rule are charged apart: a fault released or a sound consignment detained is a wrong verdict; where
    something is wrong and the finding falls, the fields and the rule that were named are each judged by themselves.
    """

    weight: Points = 30.0
    """Its part of the score."""
    miss: Points = 60.0
    """A fault released: more than the hours that setting it right would have taken, or release without a look pays."""
    offence_miss: Points = 120.0
    """An offence released."""
    false_alarm: Points = 10.0
    """A finding that fell on sound papers."""
    wrong_reason: Points = 5.0
    """Something is wrong, and the two fields named are not what is."""
    wrong_rule: Points = 5.0
    """Something is wrong, and the rule named is not the one it breaks."""
    wrong_detention: Points = 20.0
    """A consignment detained that is no offence."""
    unjustified: Points = 6.0
    """A rung of the ladder climbed without ground."""
    undecided: Points = 8.0
    """A consignment that could have been decided by the end of the shift and was not."""


class ResourceLoss(Part):
    """What the work costs, in cost units; work not done is charged too. All assumed, for the level to set."""

    weight: Points = 20.0
    """Its part of the score."""
    lift: Points = 1.0
    """Of each lift."""
    officer_hour: Points = 4.0
    """Of each hour an officer works."""
    shunt: Points = 4.0
    """Of each pull by the shunter."""
    locomotive_hour: Points = 6.0
    """Of a locomotive called for a train and standing."""
    rake_hour: Points = 2.0
    """Of an emptied or a waiting rake on a track."""
    spoilt: Points = 40.0
    """Of each reefer that was too long without a socket, once."""
    storage: Points = 0.3
    """Of each TEU and hour that a container for the zone stands in the stack beyond its free time. Assumed."""
    undelivered: Points = 6.0
    """Of each container not on its way when the shift ends."""


class Safety(Part):
    """Fixed deductions from the total, and the most the total can be once one was made. All assumed, for the level to set."""

    unsecured: Points = 15.0
    """A locomotive taken off a train without skates."""
    no_brake_test: Points = 25.0
    """A departure without a brake test."""
    overloaded: Points = 15.0
    """A departure with an overloaded wagon."""
    uninspected: Points = 15.0
    """A train moved on uninspected."""
    wind: Points = 20.0
    """A lift above the wind limit, once for each crane and wind."""
    deadlock: Points = 25.0
    """Trains on the line that none of them can leave: once for each knot."""
    untied: Points = 20.0
    """A crane not tied down above its limit."""
    overfull: Points = 10.0
    """A container set down where no block has a place. Assumed, with the two that follow."""
    unplugged: Points = 10.0
    """A refrigerated container put where no socket is free."""
    segregation: Points = 20.0
    """Dangerous goods put into a block with a class they must be apart from."""
    undeclared: Points = 25.0
    """Dangerous goods released that nobody had declared: once for each consignment. Assumed, as the gravest of the others."""
    cap: Points = 60.0
    """The most the total can be after a mistake."""


class Scoring(Part):
    """The three losses, the safety gate, and the totals from which one, two and three stars are given."""

    time: TimeLoss = TimeLoss()
    """Late trains and late acceptance."""
    detection: DetectionLoss = DetectionLoss()
    """The eye of the customs desk."""
    resources: ResourceLoss = ResourceLoss()
    """What the work costs."""
    safety: Safety = Safety()
    """What a mistake takes off."""
    stars: tuple[Points, Points, Points] = Field(default=(40.0, 70.0, 95.0), strict=False)
    """The totals from which one, two and three stars are given. Assumed."""


class Shift(Part):
    """The period played: its date, start, length, clock and what the trainee may do with it.

    Altynkol kept UTC+6 until 1 March 2024 and UTC+5 since; Beijing is UTC+8.
    """

    date: Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
    """The day on which it starts."""
    start: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    """Local time; any clock time of the file that is earlier is on the next day."""
    length_min: Annotated[int, Field(ge=10, le=527_040)]
    """At most a leap year."""
    utc_offset_h: Annotated[int, Field(ge=-12, le=14)] = 6
    """6 until 1 March 2024, 5 since (published)."""
    default_speed: Annotated[int, Field(ge=1, le=240)] = 30
    """Simulated seconds a real second. Assumed: a minute in two seconds."""
    max_speed: Annotated[int, Field(ge=1, le=240)] = 240
    """The fastest that the trainee may set. Assumed."""
    speed: Literal["free", "locked"] = "free"
    """Whether the trainee may change the speed and run on to the next call: an assessed shift keeps its speed. Free
    (the default): practice."""
    call_speed: Annotated[int, Field(ge=1, le=240)] | None = None
    """Simulated seconds a real second at the most while a call waits for the trainee's answer. None (the default, assumed): as
    fast as before."""
    papers_speed: Annotated[int, Field(ge=1, le=240)] | None = None
    """The same while the trainee reads papers. None (the default, assumed): as fast as before."""
    pause: Literal["free", "covered", "never"] = "free"
    """`covered`: documents are hidden while the clock stands."""
    feedback: Literal["none", "losses", "full"] = "full"
    """What is shown of the score during the shift."""
    overtime_min: Minutes = 2_880.0
    """How long after the shift the reference may take to finish what is open. Assumed: two days."""
    most_waiting: Annotated[int, Field(ge=1, le=1_000)] | None = None
    """So many trains of services wait at one neighbour at the most; what comes beyond is sent over another border and lost to
    this one. Only with `settle_h`. None (the default, assumed): they wait however many they are.
    """
    settle_h: Annotated[float, Field(gt=0, le=8_784)] | None = None
    """So many hours after the last of a train's load and wagons is gone, its books are closed: the audit tells what was
    odd, and it is forgotten, so that a year needs no more room than a week. None (the default, assumed): at the end.
    """
