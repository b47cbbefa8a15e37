"""The published figures that the corridor is held against, each with how far it has come.

Every line of the facts' list of calibration targets is here, under the words of its first column. To take a line over: give it the
standing `reproduced`, and a test that notes what came out with `note` under its observable.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal["reproduced", "restated"]
STANDINGS: tuple[Standing, ...] = ("reproduced", "restated")


@dataclass(frozen=True)
class Result:
    """What came out of how many replications, and whether it is within the tolerance."""

    said: str
    replications: int
    within: bool


RESULTS: dict[str, Result] = {}
"""What came out for each observable in this run."""


@dataclass(frozen=True)
class Target:
    """A line of the list: what is observed, the published figure, its tolerance, how it stands, and what is to be said of that.

    `reproduced`: comes out of runs; `why` names what was fitted, since nothing is published of it. `restated`: the figure
    itself is what the level puts in.
    """

    observable: str
    figure: str
    tolerance: str
    standing: Standing
    why: str = ""


def note(observable: str, said: str, replications: int, *, within: bool, explained: bool = False) -> None:
    """Keep what came out, for the list at the end of the run; fail where it is outside and the list does not explain it."""
    assert any(target.observable == observable for target in TARGETS), observable
    RESULTS[observable] = Result(said, replications, within)
    assert within or explained, f"{observable}: {said}"


def table(width: int = 150) -> list[str]:
    """The whole list as lines of text: target, tolerance, replications, result and verdict, and the counts."""
    wide = max(len(target.observable) for target in TARGETS)
    head = f"{'observable':{wide}}  {'target':34} {'tolerance':14} {'n':>4}  result"
    lines = [head, "-" * width]
    for target in TARGETS:
        found = RESULTS.get(target.observable)
        n, said = ("", "not looked at in this run") if found is None else (str(found.replications), found.said)
        verdict = "" if found is None else ", within" if found.within else ", OUTSIDE, explained"
        lines.append(f"{target.observable:{wide}}  {target.figure:34} {target.tolerance:14} {n:>4}  {said}")
        lines.append(f"{'':{wide}}  {target.standing}{verdict}{': ' if target.why else ''}{target.why}")
    counts = (f"{sum(target.standing == name for target in TARGETS)} {name}" for name in STANDINGS)
    seen = [found.within for found in RESULTS.values()]
    return [
        *lines,
        "+/- after a result: the 95 % interval of the mean of n replications. Within: that mean (of 3 replications: its interval), as the",
        "facts ask for means; a single replication of some days or weeks may lie outside.",
        f"{len(TARGETS)} lines: {', '.join(counts)}; {sum(seen)} of the {len(seen)} looked at are within their tolerance",
    ]


TARGETS: tuple[Target, ...] = (
    Target("Crane phase, 45-50 FEU, 3 RMGs, direct transfer", "47-55 min", "mean 51 +/- 5", "reproduced"),
    Target("First-day crew, 30 containers, transfer plus customs", "71 min", "+/- 10 min", "reproduced"),
    Target("Moves per hour per RMG while working", "18-21", "+/- 2", "reproduced"),
    Target("Station to station, everything ready, 1435 arrival to 1520 departure", "4-5 h", "+/- 1 h", "reproduced"),
    Target("Handling time per container inside the dry port", "5 h, then 1 h", "+/- 20 %", "reproduced",
           "fitted: wagons come by chance, hardly as often as trains, then enough of them to stand ready"),
    Target("Throughput, early level", "80,000 TEU/yr; 4.6 movements a day", "+/- 10 %", "reproduced",
           "the trains that come are put in; that the plant of the year sends all of them on comes out"),
    Target("Throughput (2021)", "10-12 trains, 500 containers a day", "+/- 10 %", "reproduced", "as above"),
    Target("Throughput (2025)", "372,000 TEU/yr; 9.8 trains a day", "+/- 5 %", "reproduced", "as above"),
    Target("Yearly ceiling", "540,000, then 800,000 TEU", "+/- 10 %", "reproduced",
           "more trains than can be taken; 17.5 paths a day each way, then 33 and the ten tracks; twice the staff (83, then 180 people)"),
    Target("TEU per train", "95-104", "+/- 6", "restated", "wagons and box mix of the services"),
    Target("Crossing traffic both directions seen from Horgos", "19 / 22 / 27, peaks 27 / - / 36 a day", "+/- 2, peak 4", "reproduced",
           "the mean is put in; the peaks come out. Fitted: half of the trains by timetable, half by chance"),
    Target("Westbound share of trains", "81 %", "+/- 5 points", "restated", "the services of 2018"),
    Target("Border crossing, ordinary shipment, China side outbound", "34.8 h, then 14 h", "+/- 20 %", "reproduced",
           "Horgos' own 12, then 7 h are put in (published), the wait to be taken over comes out. Fitted: trains and wagons of the year"),
    Target("Border crossing, ordinary shipment, Kazakhstan inbound", "78 h", "+/- 20 %", "reproduced",
           "mean of all Kazakh crossings; here about 46 h: no shipment is left in the stack while its train's wagons go. Fitted: few wagons"),
    Target("Border crossing, ordinary shipment, Kazakhstan outbound", "7-11 h", "+/- 3 h", "reproduced", "declared on paper"),
    Target("Share of crossing time spent waiting rather than worked", "> 80 %", "-", "reproduced",
           "of the same shipments; worked is what station to station takes with everything ready"),
    Target("Transit declarations for a train", "8 h paper; 30 min electronic", "+/- 20 %", "restated",
           "`paper_min` and `electronic_min`; the officers' reading, 2-4 min a container (assumed), comes on top"),
    Target("Lane shares, imports", "78.5 / 20.1 / 1.0 %", "2 / 2 / 0.5 points", "reproduced",
           "10 % by chance (published); fitted: two criteria on what is declared"),
    Target("Yellow-lane release", "95 % within 4 h", "+/- 3 points", "reproduced",
           "the check's spread is put in; the wait for an officer comes out"),
    Target("1520 locomotive turn to Horgos and back", "5.5 h", "+/- 0.7 h", "reproduced",
           "fitted: how long it stands at Horgos; its runs there and back and its wait for the line come out"),
    Target("Wind over 20 m/s", "from 20 to 9 trains a day", "+/- 2 trains", "reproduced",
           "fitted: storms of 2-10 h (assumed length), on average one in eight hours"),
    Target("Severe frost", "from 15 to 3 trains a day", "+/- 1 train", "reproduced",
           "frost, and storms on most hours (fitted). Nothing at night does not come out: the model's cranes know no night"),
    Target("Horgos-border to EU border on 1520 mm", "4.9-6 days", "+/- 0.5 days", "restated", "two runs of the way to Malaszewicze"),
    Target("Xi'an-Tashkent best case", "5 days", "+/- 0.5 days", "reproduced"),
    Target("Xi'an-Baku", "11 days", "+/- 2 days", "reproduced"),
    Target("Malaszewicze wait", "2-3 days; 10 congested", "+/- 1; 3 days", "restated",
           "the wait of the second change of gauge, a figure of the level"),
    Target("Lianyungang to Horgos / Almaty", "4 / 6 days", "+/- 0.5 days", "reproduced"),
)  # fmt: skip
