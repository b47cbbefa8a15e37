"""The one registry of orders: what can be told to the corridor, by which desk, in one canonical text form."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from corridor_tui.language import N_, _
from corridor_tui.level.base import Giver
from corridor_tui.level.wording import meant

Slot: TypeAlias = Literal[
    "unit",
    "track",
    "rake",
    "crane",
    "box",
    "consignment",
    "lane",
    "field",
    "rule",
    "test",
    "document",
    "wagon",
    "word",
    "call",
    "setting",
    "loop",
    "criterion",
    "wagons",
    "block",
    "offer",
    "upset",
    "percent",
    "order",
]


class OrderError(ValueError):
    """A text that is no order: the message says what is missing or misspelt."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of order: its word, who gives it, what follows the word, what it does, and the effort it asks of a person.

    `effort_s` is in real seconds at the desk, assumed; the load figures of a level are made of it. `more` may follow too.
    """

    word: str
    desk: Giver
    slots: tuple[Slot, ...]
    help: str
    effort_s: int = 4
    more: tuple[Slot, ...] = ()
    rest: bool = False
    """Whether any words may follow the last slot."""

    @property
    def shape(self) -> str:
        """What follows the word, as the help and refusals write it."""
        return " ".join([*(slot.upper() for slot in self.slots), *(f"[{slot.upper()}]" for slot in self.more)])

    def takes(self, words: int) -> bool:
        """Whether so many words can follow the verb."""
        least = len(self.slots)
        return words == least or (words > least and (self.rest or words <= least + len(self.more)))


class Order(NamedTuple):
    """One thing the corridor is told to do."""

    verb: str
    args: tuple[str, ...]

    @property
    def text(self) -> str:
        """The canonical text, as journals, command lines and dispatchers write it."""
        return " ".join((self.verb, *self.args))


_ALL = (
    Verb("accept", "dispatch", ("unit", "track"), N_("take a train from the neighbour onto a track"), 6),
    Verb("hold", "dispatch", ("unit",), N_("take the acceptance back while the train still stands at the neighbour")),
    Verb("secure", "dispatch", ("unit",), N_("lay skates, so that the train stands without its locomotive")),
    Verb("uncouple", "dispatch", ("unit",), N_("take the line locomotive off")),
    Verb(
        "inspect",
        "dispatch",
        ("unit",),
        N_("border, commercial and technical inspection; an emptied rake: its return check"),
    ),
    Verb("move", "dispatch", ("unit", "track"), N_("have the shunter pull a train or rake to a track"), 6),
    Verb("call-rake", "dispatch", ("rake",), N_("order empty wagons from the park"), 5),
    Verb("call-loco", "dispatch", ("unit",), N_("order a line locomotive; it couples when it comes")),
    Verb("weigh", "dispatch", ("unit",), N_("weigh a loaded rake and check how its loads are secured")),
    Verb("waybill", "dispatch", ("unit",), N_("write the wagon list and the waybill")),
    Verb("brake-test", "dispatch", ("unit", "test"), N_("full, or yard before and short after coupling"), 5),
    Verb("path", "dispatch", ("unit",), N_("book the next free path on the line")),
    Verb("drop-path", "dispatch", ("unit",), N_("give a booked path back")),
    Verb("depart", "dispatch", ("unit",), N_("send a train to the line")),
    Verb(
        "set-out", "dispatch", ("unit", "wagon"), N_("set one wagon out of a standing rake, with what stands on it"), 8
    ),
    Verb(
        "transfer",
        "terminal",
        ("unit", "rake"),
        N_("plan a train's containers onto a rake of empties; `stack`: to the stack"),
        8,
    ),
    Verb(
        "crane",
        "terminal",
        ("crane", "unit"),
        N_("put a crane on a train's transfer, or on a part of the train such as wagons `1-20`; `off`: take it away"),
        4,
        ("wagons",),
    ),
    Verb(
        "ground",
        "terminal",
        ("box",),
        N_("put a container into the stack, or into a block of it, instead of onto a wagon"),
        6,
        ("block",),
    ),
    Verb("load", "terminal", ("box", "rake"), N_("load a container from the stack onto a rake"), 6),
    Verb(
        "fetch",
        "terminal",
        ("consignment",),
        N_("have lorries take a released consignment of the zone out of the stack"),
        5,
    ),
    Verb(
        "discharge", "terminal", ("unit",), N_("unload a train of grain into the silo, a front of wagons at a time"), 5
    ),
    Verb(
        "fill", "terminal", ("rake", "unit"), N_("fill a rake of 1435 mm wagons with a train's grain from the silo"), 8
    ),
    Verb(
        "repair",
        "terminal",
        ("crane",),
        N_("send the fitters to a crane or a machine of the stack that has stopped"),
        4,
    ),
    Verb(
        "tie", "terminal", ("crane",), N_("tie a crane down against the wind; it lifts nothing until it is untied"), 4
    ),
    Verb("untie", "terminal", ("crane",), N_("make a tied crane ready for work again"), 4),
    Verb(
        "meet",
        "dispatch",
        ("unit", "loop", "unit"),
        N_("have a train wait in a loop until another has come or gone by"),
        10,
    ),
    Verb("drop-meet", "dispatch", ("unit", "loop"), N_("let a train no longer wait in a loop")),
    Verb("back", "dispatch", ("unit",), N_("have a train that waits in a loop run back to the loop behind it"), 8),
    Verb("answer", "dispatch", ("call", "word"), N_("answer a call with one of its words"), 8),
    Verb("buy", "dispatch", ("offer",), N_("buy what the budget offers; it is there when it is built"), 10),
    Verb(
        "what-if",
        "dispatch",
        ("order",),
        N_("ask what an order would do to every train before it is given; some levels set a price"),
        0,
        rest=True,
    ),
    Verb(
        "advise",
        "dispatch",
        ("word", "word"),
        N_(
            "ask for help with a train, a consignment, a crane or a call: `where`, `what` or `show`; the level sets the prices"
        ),
        0,
    ),
    Verb("inject", "instructor", ("upset",), N_("let a disruption begin that the level keeps ready"), 0),
    Verb(
        "allow", "instructor", ("percent",), N_("allow a trainee so many per cent more time: the clock runs slower"), 0
    ),
    Verb("release", "customs", ("consignment",), N_("release a consignment; a train: all its green and blue ones"), 5),
    Verb("check", "customs", ("consignment",), N_("have an officer check the documents"), 5),
    Verb("sample", "customs", ("consignment",), N_("have plant health take its sample and the laboratory test it"), 5),
    Verb("request", "customs", ("consignment", "document"), N_("ask the declarant for a document"), 10),
    Verb("scan", "customs", ("consignment",), N_("scan its containers"), 10),
    Verb("open", "customs", ("consignment",), N_("open a container in the bay"), 10),
    Verb("unload", "customs", ("consignment",), N_("unload its containers fully in the bay"), 10),
    Verb("detain", "customs", ("consignment",), N_("detain it: it does not travel on"), 12),
    Verb(
        "find",
        "customs",
        ("consignment", "field", "field", "rule"),
        N_("claim that two fields clash against a rule"),
        20,
    ),
    Verb("withdraw", "customs", ("consignment",), N_("take an open finding back"), 5),
    Verb(
        "lane",
        "customs",
        ("consignment", "lane", "word"),
        N_("raise the lane with a reason; lowering asks the supervisor"),
        10,
    ),
    Verb(
        "select",
        "customs",
        ("criterion", "setting"),
        N_("set a criterion of the risk engine for what is lodged from now on"),
        10,
    ),
    Verb(
        "auto-accept",
        "dispatch",
        ("setting",),
        N_("accept trains by itself while fewer than so many are here; `off`"),
        6,
    ),
    Verb(
        "auto-prepare", "dispatch", ("setting",), N_("secure, uncouple and inspect whatever comes in: `on` or `off`"), 6
    ),
    Verb("auto-place", "dispatch", ("setting",), N_("pull to the cranes whatever is ready for them: `on` or `off`"), 6),
    Verb(
        "auto-rakes",
        "dispatch",
        ("setting",),
        N_("call a rake from the park for every train without one: `on` or `off`"),
        6,
    ),
    Verb(
        "auto-send",
        "dispatch",
        ("setting",),
        N_("weigh, write, couple, test and send what is loaded: `on` or `off`"),
        6,
    ),
    Verb(
        "auto-lift", "terminal", ("setting",), N_("plan transfers and put cranes on the most urgent: `on` or `off`"), 6
    ),
    Verb(
        "auto-release",
        "customs",
        ("setting",),
        N_("release green and blue consignments once lodged: `on`, `off`, or those below a risk such as `0.3`"),
        6,
    ),
)
RULES = tuple(verb.word for verb in _ALL if verb.slots == ("setting",))
"""The standing orders."""
WHAT_IF = "what-if"
"""Asks what an order would do. An entry in the log only where the level has set a price; without one it is no order."""
ADVISE = "advise"
"""Asks for help: a rung of the ladder, on what has waited longest."""
RUNGS = ("where", "what", "show")
"""The rungs of the ladder of help: where to look, what is wanted there, the order itself."""
ALLOW = "allow"
"""Gives more time to a trainee who needs it: nothing in the corridor changes, only how fast its clock runs."""
ALLOWANCES = range(201)
"""The allowances there can be, in per cent of the time; up to three times the time, assumed."""
ASKING = (WHAT_IF, ADVISE)
"""What only asks: it changes nothing in the corridor, and may be given by any desk that the trainee works."""
ASIDE = (ALLOW, *ASKING)
"""What is in the log and moves nothing in the corridor."""
VERBS: dict[str, Verb] = {verb.word: verb for verb in _ALL}


def risk_limit(setting: str) -> float | None:
    """The risk below which a setting of `auto-release` lets consignments go; None: it is no such setting."""
    is_share = setting.startswith("0.") and re.fullmatch(r"0\.[0-9]{1,2}", setting)
    return float(setting) if is_share and float(setting) > 0 else None


def may_allow(percent: str) -> bool:
    """Whether a word is an allowance that there can be."""
    return percent.isascii() and percent.isdigit() and len(percent) <= 3 and int(percent) in ALLOWANCES


def allowance_in(text: str) -> int:
    """How much more time an order allows, in per cent; 0 where it allows none."""
    verb, _, percent = text.partition(" ")
    return int(percent) if verb == ALLOW and may_allow(percent) else 0


def parse(text: str) -> Order:
    """Read an order from its text; raise `OrderError` where it is none."""
    words = text.split()
    if not words:
        raise OrderError(_("an order begins with a word such as `accept`"))
    verb = VERBS.get(words[0])
    if verb is None:
        raise OrderError(_("there is no order `{word}`", word=words[0]) + meant(words[0], VERBS))
    args = tuple(words[1:])
    if not verb.takes(len(args)):
        raise OrderError(_("`{verb}` is followed by {shape}", verb=verb.word, shape=verb.shape))
    return Order(verb.word, args)
