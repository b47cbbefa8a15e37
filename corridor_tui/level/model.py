"""The level: what an instructor's file says, validated and immutable."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from corridor_tui.level.base import Desk, Many, Part
from corridor_tui.level.budget import Budget
from corridor_tui.level.disruptions import Call, Disruption
from corridor_tui.level.goals import Objective, Scoring, Shift
from corridor_tui.level.grain import GrainTerminal, PlantHealth
from corridor_tui.level.plant import Locomotives, RailLine, Staff, Station, Tasks, Terminal, Track, WagonType
from corridor_tui.level.road import Road
from corridor_tui.level.services import Connection, Destination, Origin, Service
from corridor_tui.level.teaching import Aids, Hint, Question
from corridor_tui.level.text import Ident
from corridor_tui.level.told import ToldLine, ToldParagraphs
from corridor_tui.level.traffic import Cargo, Customs, Rake, Train

Player: TypeAlias = Literal["trainee", "do-nothing", "novice", "reference"]


StandingRule: TypeAlias = Literal[
    "auto-accept", "auto-prepare", "auto-place", "auto-rakes", "auto-send", "auto-lift", "auto-release"
]
"""A rule that a desk can set once and that then acts on its own."""


class Briefing(Part):
    """What the trainee reads before the shift."""

    background: ToldParagraphs
    """What happened there, and why it matters."""
    task: ToldParagraphs
    """What is wanted."""
    handover: ToldParagraphs
    """The sheet the last shift leaves: what stands where and what is agreed."""
    teaching: ToldParagraphs | None = None
    """What this level makes more frequent than life, where it does."""


class Desks(Part):
    """Who works each desk: the trainee, or a dispatcher by name."""

    dispatch: Player = "trainee"
    """Who works it."""
    terminal: Player = "trainee"
    """Who works it."""
    customs: Player = "trainee"
    """Who works it."""


@dataclass(frozen=True, slots=True)
class Route:
    """What lies before the border and beyond it, each by its identifier."""

    services: dict[str, Service]
    origins: dict[str, Origin]
    destinations: dict[str, Destination]
    connections: dict[str, Connection]


class Level(Part):
    """A level. Station and track identifiers, train numbers and rake identifiers are each unique in it."""

    format: Literal[1]
    """Always 1."""
    id: Ident
    order: Annotated[int, Field(ge=0, le=10_000)] = 1_000
    """Its place in the list of levels. Assumed: behind the shipped ones."""
    title: ToldLine
    """Its name."""
    summary: ToldLine
    """One line for the list of levels."""
    coach: bool = False
    """Whether the screen proposes the next order for each train."""
    briefing: Briefing
    shift: Shift
    desks: Desks = Desks()
    stations: Many[Station]
    lines: Many[RailLine]
    terminal: Terminal
    staff: Staff = Staff()
    tasks: Tasks = Tasks()
    locomotives: Many[Locomotives] = ()
    wagons: Many[WagonType]
    trains: Many[Train] = ()
    services: Many[Service] = ()
    origins: Many[Origin] = ()
    destinations: Many[Destination] = ()
    connections: Many[Connection] = ()
    rakes: Many[Rake] = ()
    cargo: Cargo | None = None
    """Dangerous goods and reefers in the papers; None: only what is scripted, and no paper tells of it."""
    road: Road | None = None
    """Lorries to the economic zone beside the port; None: everything goes on by rail, and papers tell of no regime."""
    customs: Customs = Customs()
    grain: GrainTerminal | None = None
    """The grain terminal, where there is one."""
    plant_health: PlantHealth | None = None
    """None: nothing is sampled."""
    disruptions: Many[Disruption] = ()
    budget: Budget | None = None
    """What the desk may buy while the shift runs; None: nothing."""
    standing_orders: Many[StandingRule] = ()
    """The standing orders that may be set; none where everything is to be done by hand."""
    objectives: Many[Objective] = ()
    """What is asked of the trainee; nothing by default."""
    aids: Aids = Aids()
    hints: Many[Hint] = ()
    questions: Many[Question] = ()
    scoring: Scoring = Scoring()

    @cached_property
    def text(self) -> str:
        """What the level says, as one line of JSON without what is left to its default: a run keeps it to be played again."""
        return self.model_dump_json(exclude_defaults=True)

    @cached_property
    def digest(self) -> str:
        """A hash of what the level says: layout and comments do not move it, nor what is left to its default.

        A default that changes what a run does is a matter of the engine's version.
        """
        return text_digest(self.text)

    @cached_property
    def start_s(self) -> int:
        """The start of the shift in seconds since local midnight."""
        return _seconds(self.shift.start)

    @cached_property
    def quarters_s(self) -> tuple[int, ...]:
        """The seconds of the shift at which a quarter of the calendar begins, the start of the shift left out."""
        first, found = date.fromisoformat(self.shift.date), []
        for days in range(1, self.shift_s // 86_400 + 2):
            day = first + timedelta(days=days)
            at_s = days * 86_400 - self.start_s
            if day.day == 1 and day.month % 3 == 1 and at_s < self.shift_s:
                found.append(at_s)
        return tuple(found)

    @property
    def shift_s(self) -> int:
        """The length of the shift in seconds."""
        return self.shift.length_min * 60

    def at_s(self, clock: str) -> int:
        """Seconds since the start of the shift for a local "HH:MM", the next day's where it has passed."""
        return (_seconds(clock) - self.start_s) % 86_400

    def clock_at(self, second: int) -> str:
        """The local "HH:MM" at a second of the shift, which may be negative."""
        minutes = (self.start_s + second) // 60 % 1_440
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    def date_at(self, second: int) -> str:
        """The local date (ISO) at a second of the shift."""
        return (date.fromisoformat(self.shift.date) + timedelta(days=(self.start_s + second) // 86_400)).isoformat()

    def asked(self, goal: str, otherwise: str) -> str:
        """What an objective asks, in the language that is spoken; `otherwise` where there is none of that name."""
        return next((str(item.text) for item in self.objectives if item.id == goal), otherwise)

    def player(self, desk: Desk) -> Player:
        """Who works a desk."""
        players: dict[Desk, Player] = {
            "dispatch": self.desks.dispatch,
            "terminal": self.desks.terminal,
            "customs": self.desks.customs,
        }
        return players[desk]

    @cached_property
    def called(self) -> dict[str, ToldLine]:
        """What stations, destinations and connections are called, by the name in the level's own language: that stands in events."""
        names = [station.name for station in self.stations]
        names += [each.name for each in self.destinations]
        names += [each.name for each in self.connections]
        return {name.own: name for name in names}

    @cached_property
    def tracks(self) -> dict[str, tuple[Station, Track]]:
        """Every station track by its identifier, with its station."""
        return {track.id: (station, track) for station in self.stations for track in station.tracks}

    @cached_property
    def route(self) -> "Route":
        """Services, origins, destinations and connections by identifier."""
        return Route(
            {service.id: service for service in self.services},
            {origin.id: origin for origin in self.origins},
            {destination.id: destination for destination in self.destinations},
            {connection.id: connection for connection in self.connections},
        )

    def rake(self, name: str) -> Rake | None:
        """The wagons behind the name of a rake, whichever of its turns that is of; None: it is no rake of the file."""
        return self.each_rake.get(name.partition("/")[0])

    @cached_property
    def each_rake(self) -> dict[str, Rake]:
        """Every rake by its name, and the table of the file that it is of."""
        return {name: rake for rake in self.rakes for name in rake.names}

    @cached_property
    def live(self) -> dict[str, Disruption]:
        """The disruptions that the instructor may let happen, by identifier."""
        return {item.id: item for item in self.disruptions if item.live}

    @cached_property
    def calls(self) -> dict[str, Call]:
        """The calls among the disruptions, by identifier."""
        return {item.id: item for item in self.disruptions if isinstance(item, Call)}

    @cached_property
    def wagon_types(self) -> dict[str, WagonType]:
        """Wagon types by identifier."""
        return {wagon.id: wagon for wagon in self.wagons}


def text_digest(text: str) -> str:
    """The digest of a level by its `text`."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _seconds(clock: str) -> int:
    return int(clock[:2]) * 3_600 + int(clock[3:]) * 60
