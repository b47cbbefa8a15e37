"""The published figures that the corridor is held against, each with how far it has come.

Every line of the facts' list of calibration targets is here, under the words of its first column. To take a line over: give it the
standing `reproduced`, and add the test of its key in `test_reproduced.py`, which notes what came out with `note`.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal["reproduced", "restated", "out of scope"]
STANDINGS: tuple[Standing, ...] = ("reproduced", "restated", "out of scope")
RESULTS: dict[str, str] = {}
"""What came out for each observable in this run."""


@dataclass(frozen=True)
class Target:
    """A line of the list: what is observed, the published figure, how it stands, and why where it is not reproduced.

    `reproduced`: comes out of runs. `restated`: the figure itself is what the level puts in. `out of scope`: cannot be looked at yet.
    """

    observable: str
    figure: str
    standing: Standing
    why: str = ""


def note(observable: str, said: str) -> None:
    """Keep what came out, for the list at the end of the run."""
    assert any(target.observable == observable for target in TARGETS), observable
    RESULTS[observable] = said


TARGETS: tuple[Target, ...] = (
    Target("Crane phase, 45-50 FEU, 3 RMGs, direct transfer", "47-55 min, mean 51 +/- 5, 95 % <= 75", "reproduced"),
    Target("First-day crew, 30 containers, transfer plus customs", "71 +/- 10 min", "reproduced"),
    Target("Moves per hour per RMG while working", "18-21 +/- 2", "reproduced"),
    Target("Station to station, everything ready, 1435 arrival to 1520 departure", "4-5 +/- 1 h", "reproduced"),
    Target("Handling time per container inside the dry port", "5 h, then 1 h", "out of scope",
           "no level plays the port before and after its modernisation"),
    Target("Throughput, early level", "80,000 TEU/yr; 2.3 trains a day +/- 10 %", "restated",
           "a service brings so many trains a day and all of them leave"),
    Target("Throughput (2021)", "10-12 trains/day, 500 containers/day", "out of scope",
           "needs rakes that come back, day after day"),
    Target("Throughput (2025)", "372,000 TEU/yr; 9.8 trains/day +/- 5 %", "restated",
           "a service brings so many trains a day; that they all leave, year in year out, needs rakes that come back"),
    Target("Yearly ceiling", "540,000, then 800,000 TEU", "out of scope", "needs the ten tracks, availability and acceptance"),
    Target("TEU per train", "95-104 +/- 6", "restated", "wagons and box mix of the services"),
    Target("Crossing traffic both directions seen from Horgos", "19 / 22 / 27 a day", "out of scope",
           "trains reloaded on the Chinese side do not come over this border station"),
    Target("Westbound share of trains", "81 %", "out of scope", "no level plays the mix of 2018"),
    Target("Border crossing, ordinary shipment, China side outbound", "34.8 h, then 14 h", "out of scope",
           "the Chinese side is a neighbour: what waits there is not worked here"),
    Target("Border crossing, ordinary shipment, Kazakhstan inbound", "78 h", "out of scope", "no level plays the congestion of 2022"),
    Target("Border crossing, ordinary shipment, Kazakhstan outbound", "7-11 h", "out of scope",
           "trains eastward pass without plant health checks and without the neighbour's acceptance limits"),
    Target("Share of crossing time spent waiting rather than worked", "> 80 %", "out of scope",
           "no level plays the congestion of 2022"),
    Target("Transit declarations for a train", "8 h paper; 30 min electronic +/- 20 %", "restated",
           "`paper_min` and `electronic_min`"),
    Target("Lane shares, imports", "78.5 / 20.1 / 1.0 %", "restated", "the level's lane shares"),
    Target("Yellow-lane release", "95 % within 4 h +/- 3 points", "restated",
           "the spread of the document check; what officers keep waiting adds to it"),
    Target("1520 locomotive turn to Horgos and back", "5.5 +/- 0.7 h", "out of scope",
           "a locomotive's turn is one figure of the level, and no level plays 2019"),
    Target("Wind over 20 m/s", "20 to 9 trains a day", "out of scope", "no weather at the station yet"),
    Target("Severe frost", "15 to 3 trains a day", "out of scope", "no weather at the station yet"),
    Target("Horgos-border to EU border on 1520 mm", "4.9-6 +/- 0.5 days", "restated", "two runs of the way to Malaszewicze"),
    Target("Xi'an-Tashkent best case", "5 +/- 0.5 days", "reproduced"),
    Target("Xi'an-Baku", "11 +/- 2 days", "reproduced"),
    Target("Malaszewicze wait", "2-3 +/- 1 days; 10 +/- 3 congested", "restated", "the wait of the second change of gauge"),
    Target("Lianyungang to Horgos / Almaty", "4 / 6 +/- 0.5 days", "reproduced"),
)  # fmt: skip
