"""A train of a service, written out as a level would list it."""

from corridor_tui.level.services import Service
from corridor_tui.level.traffic import Train


def sample(service: Service, wagons: int, consignments: int) -> Train:
    """A train of a service with so many wagons and consignments, numbered with the service's letters."""
    twenties = forties = 0
    if service.kind != "empties":
        # A twenty-foot box takes half a wagon: with a share s of them, w wagons bear w / (1 - s / 2) boxes.
        share = service.twenties_share
        twenties = 2 * round(wagons * share / (2 - share))
        forties = wagons - twenties // 2
    return Train(
        number=service.id,
        title=service.title,
        kind=service.kind,
        entry=service.entry,
        exit=service.exit,
        origin=service.origin,
        to=service.to,
        promised_d=service.promised_d,
        at="00:00",
        late=service.late,
        wagon=service.wagon,
        wagons=wagons,
        feu=forties,
        twenties=twenties,
        consignments=0 if service.kind == "empties" else min(consignments, forties + twenties),
        flagged=None if service.flagged is None else min(service.flagged, consignments),
        papers=service.papers,
        regimes=service.regimes,
    )
