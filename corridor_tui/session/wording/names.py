"""What codes are called: stages, documents, lanes, kinds of work and of mistakes."""

from collections.abc import Mapping
from types import MappingProxyType

from corridor_tui.language import N_, NP_, _
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family

WORDS: Mapping[str, str] = MappingProxyType({
    "secure": N_("securing"),
    "uncouple": N_("uncoupling"),
    "couple": N_("coupling"),
    "setout": N_("setting out"),
    "shunt": N_("pull by the shunter"),
    "border": N_("border and seal check"),
    "commercial": N_("commercial inspection"),
    "technical": N_("technical inspection"),
    "empty": N_("return inspection"),
    "weigh": N_("weighing"),
    "waybill": N_("wagon list and waybill"),
    "brake_full": N_("full brake test"),
    "brake_yard": N_("brake test from the yard plant"),
    "brake_short": N_("short brake test"),
    "read": N_("reading of the papers"),
    "check": N_("document check"),
    "supervisor": N_("question to the supervisor"),
    "request": N_("request for a document"),
    "scan": N_("scan"),
    "open": N_("opening"),
    "unload": N_("full unloading"),
    "unsecured": N_("locomotive taken off an unsecured rake"),
    "no_brake_test": N_("departure without a brake test"),
    "overloaded": N_("departure with an overloaded wagon"),
    "uninspected": N_("moved on without inspection"),
    "deadlock": N_("trains run into a knot"),
    "wind": N_("a lift above the wind limit"),
    "untied": N_("a crane not tied down in a storm"),
    "overfull": N_("a container set down where the stack has no place"),
    "unplugged": N_("a refrigerated container without a socket"),
    "segregation": N_("dangerous goods in one block with what they must be apart from"),
    "repair": N_("repair"),
    "tie": N_("tying down"),
    "untie": N_("untying"),
    "sample": N_("sampling"),
    "laboratory": N_("laboratory test"),
    "stopped": N_("a fault, it needs the fitters"),
    "service": N_("planned service"),
    "upheld": N_("it stands"),
    "answered": N_("it does not stand: these cells keep that rule"),
    "withdrawn": N_("withdrawn"),
})  # fmt: skip

NAMES: Mapping[str, str] = MappingProxyType({
    "green": N_("green"),
    "yellow": N_("yellow"),
    "red": N_("red"),
    "blue": N_("blue"),
    "dispatch": N_("dispatch"),
    "terminal": N_("terminal"),
    "customs": N_("customs"),
    "instructor": N_("instructor"),
    "expected": N_("expected"),
    "lodged": N_("lodged"),
    "releasing": N_("being released"),
    "released": N_("released"),
    "detained": N_("detained"),
    "clean": N_("clean"),
    "suspect": N_("suspect"),
    "error": N_("error"),
    "offence": N_("offence"),
    "lookalike": N_("lookalike"),
    "full": N_("full"),
    "yard": N_("yard"),
    "short": N_("short"),
    "note": NP_("document", "note"),
    "declaration": NP_("document", "declaration"),
    "invoice": NP_("document", "invoice"),
    "packing": NP_("document", "packing"),
    "certificate": NP_("document", "certificate"),
    "handover": NP_("document", "handover"),
    "licence": NP_("document", "licence"),
    "reseal": NP_("document", "reseal"),
    "risk": NP_("document", "risk"),
    "transit": NP_("procedure", "transit"),
    "import": NP_("procedure", "import"),
    "bonded": NP_("procedure", "bonded"),
    "export": NP_("procedure", "export"),
    "grain": N_("grain"),
    "stack": N_("stack"),
    "ground": N_("ground"),
    "lorry": N_("lorry"),
    "road": N_("road"),
    "warehouse": N_("bonded warehouse"),
    "containers": N_("containers"),
    "inspect": N_("the inspection"),
    "discharge": NP_("stage", "discharge"),
    "depart": N_("the departure"),
    "back": N_("running back"),
    "on": NP_("setting", "on"),
    "off": NP_("setting", "off"),
})  # fmt: skip
"""Names that codes have where they stand in a sentence as they are."""
STAGES: Mapping[str, str] = MappingProxyType({
    "call": NP_("stage", "call"),
    "accept": NP_("stage", "accept"),
    "run": NP_("stage", "run"),
    "secure": NP_("stage", "secure"),
    "uncouple": NP_("stage", "uncouple"),
    "inspect": NP_("stage", "inspect"),
    "place": NP_("stage", "place"),
    "discharge": NP_("stage", "discharge"),
    "lift": NP_("stage", "lift"),
    "check": NP_("stage", "check"),
    "out": NP_("stage", "out"),
    "loco": NP_("stage", "loco"),
    "load": NP_("stage", "load"),
    "bring": NP_("stage", "bring"),
    "weigh": NP_("stage", "weigh"),
    "waybill": NP_("stage", "waybill"),
    "brake": NP_("stage", "brake"),
    "papers": NP_("stage", "papers"),
    "path": NP_("stage", "path"),
    "depart": NP_("stage", "depart"),
})  # fmt: skip
"""The stages of a train's chain of work, in a word as short as can be."""
KINDS: Mapping[str, str] = MappingProxyType({
    "container": NP_("kind of train", "container"),
    "through": NP_("kind of train", "through"),
    "empties": NP_("kind of train", "empties"),
    "rake": NP_("kind of train", "rake"),
    "grain": NP_("kind of train", "grain"),
    "export": NP_("kind of train", "export"),
})  # fmt: skip
"""The kinds of trains, and what else of wagons there is."""

_ASKED_FOR = "request:"


def word(code: str) -> str:
    """A code in words, as it stands in a sentence; what is no code stays as it is."""
    if code.startswith(_ASKED_FOR):
        return _("the {document} asked for", document=word(code.removeprefix(_ASKED_FOR)))
    text = WORDS.get(code) or NAMES.get(code)
    return family(code) if text is None else _(text)


def station_text(level: Level, name: str) -> str:
    """What a station is called in a level; what is none stays as it is."""
    return next((str(station.name) for station in level.stations if station.id == name), name)
