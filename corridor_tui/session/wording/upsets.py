"""What disruptions are called, and what each is of."""

from collections.abc import Mapping
from types import MappingProxyType

from corridor_tui.language import N_, NP_, _
from corridor_tui.level.disruptions import (
    AcceptanceCut,
    Call,
    ClosedBlock,
    CraneService,
    CraneStop,
    Disruption,
    DocumentHold,
    LateTrain,
    MachineStop,
    WagonShortage,
    Wind,
)
from corridor_tui.level.model import Level
from corridor_tui.scenario.loading import consignment_id
from corridor_tui.session.wording.names import station_text

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "crane-stop": N_("a crane stops"),
        "machine-stop": N_("a machine of the stack breaks down"),
        "crane-service": N_("service of a crane"),
        "wind": NP_("disruption", "wind"),
        "frost": NP_("disruption", "frost"),
        "fog": NP_("disruption", "fog"),
        "acceptance-cut": N_("the neighbour takes fewer trains"),
        "wagon-shortage": N_("wagons are short"),
        "document-hold": N_("papers are called in"),
        "closed-block": N_("a line track is closed"),
        "late-train": N_("a train is late"),
    }
)


def kind_text(spec: Disruption) -> str:
    """What happens, in a few words."""
    return str(spec.caller) if isinstance(spec, Call) else _(_KINDS[spec.kind])


def about(level: Level, spec: Disruption, plant: str | None = None) -> str:
    """What a disruption is of: a crane, a train, a place, or how much of it; `plant`: the crane or machine that was drawn. Empty: of none."""
    match spec:
        case Wind(speed_ms=speed_ms):
            return _("{speed:g} m/s", speed=speed_ms)
        case AcceptanceCut(neighbour=neighbour, trains=trains):
            return _("{place}: {count} trains", place=station_text(level, neighbour), count=trains)
        case WagonShortage(times=times):
            return _("{times:g} times later", times=times)
        case DocumentHold(train=train, consignment=consignment):
            return consignment_id(train or "", consignment or 0)
        case ClosedBlock(track=track):
            return track
        case LateTrain(train=train):
            return train
        case CraneStop(crane=own) | CraneService(crane=own) | MachineStop(machine=own):
            return plant or own or ""
        case _:
            return plant or ""
