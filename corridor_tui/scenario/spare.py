"""Sheets that papers lack, and sheets that lie there though nothing asks for them: no sheet betrays a fault by being there.

What errors take away from papers that need a sheet, they put into papers that do not, as often over all: so a sheet is as
frequent among faulty papers as among sound ones. That a spare sheet is there is legal, and sound papers have them, too.
"""

from collections.abc import Callable

from corridor_tui.level.risk import Family
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.values import MISSING_SHARE, Sheets

_HELD = 0.15
"""How often papers hold a sheet that nothing asks for: a general guarantee shown, an advance, a certificate; assumed."""


def missing(train: Train, asked: float | None) -> Sheets:
    """How often an error about a sheet is that it is not there, in papers that need it.

    `asked` is how often buyers ask for a certificate; None where the goods must have one: those do not set out without.
    """
    paid, secured = _under(train)
    return Sheets(0.0 if asked is None else _taken(asked), _taken(paid), _taken(secured))


def spare(train: Train, asked: float, errs: Callable[[Family], bool]) -> Sheets:
    """How often papers hold a sheet that nothing asks for.

    `errs` tells whether their error is of a family, or would be if they could have one of it: into such is put what others
    lack.
    """
    paid, secured = _under(train)
    duty = errs("duty")
    return Sheets(
        _HELD + (_put(asked) if errs("certificate") else 0.0),
        _HELD + (_put(paid) if duty else 0.0),
        _HELD + (_put(secured) if duty else 0.0),
    )


def _under(train: Train) -> tuple[float, float]:
    """The shares of a train's consignments that are imports, and that are in transit."""
    shares = {one.regime: one.share for one in train.regimes}
    return shares.get("import", 0.0), 1.0 - sum(shares.values())


def _taken(needed: float) -> float:
    """How often an error takes away a sheet which a share of papers needs: no oftener than it can be put into the others."""
    return MISSING_SHARE * min(1.0, (1.0 - needed) / needed) if needed > 0 else MISSING_SHARE


def _put(needed: float) -> float:
    """How often an error puts a sheet into papers that do not need it."""
    return MISSING_SHARE * min(1.0, needed / (1.0 - needed)) if needed < 1 else 0.0
