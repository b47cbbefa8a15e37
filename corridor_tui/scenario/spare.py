"""Sheets that papers lack, and sheets that lie there though nothing asks for them: no sheet betrays a fault by being there.

What errors take away from papers that need a sheet, they put into papers that do not, as often over all: so a sheet is as
frequent among faulty papers as among sound ones. That a spare sheet is there is legal, and sound papers have them, too.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import get_args

from corridor_tui.level.risk import Family
from corridor_tui.level.road import Inbound, Regime
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.goods import CONFORMITY, Mix
from corridor_tui.scenario.oddities import SUM_TIMES, SUM_TOO_LITTLE, made_up
from corridor_tui.scenario.values import MISSING_SHARE, Sheets

_HELD = 0.15
"""How often papers hold a sheet that nothing asks for: a general guarantee shown, an advance, a certificate; assumed."""
_LICENSED = 0.25
"""How often goods come with a licence that no rule asks for; assumed."""
ASKED = 0.25
"""How often a buyer asks for a certificate of conformity with goods that need none; assumed."""
_NOTHING_PUT = Sheets(_HELD, _HELD, _HELD, _LICENSED)
_ADVANCED = made_up(SUM_TOO_LITTLE, SUM_TIMES)
_INBOUND = get_args(Inbound)
_NEEDS = 256
"""Of how many different needs it is known what follows from them: more than there are at a time in a level."""


def needed(train: Train, regime: Regime | None, licensed: float) -> Sheets:
    """How many of the papers among which a consignment's are need each sheet.

    `licensed` is how often a rule of the day asks for a licence. What pays or secures duties is needed by none where no duty
    is told of, or where it is an export.
    """
    if regime not in _INBOUND:
        return Sheets(ASKED, licence=licensed)
    shares = {one.regime: one.share for one in train.regimes}
    return Sheets(ASKED, shares.get("import", 0.0), 1.0 - sum(shares.values()), licensed)


@lru_cache(maxsize=_NEEDS)
def missing(need: Sheets, *, certain: bool) -> Sheets:
    """How often an error about a sheet is that it is not there, in papers that need it.

    `certain`: the goods must have a certificate, and do not set out without.
    """
    lacks = Sheets(*(_taken(share) for share in need))
    return lacks._replace(certificate=0.0) if certain else lacks


def lots(mix: Mix, kind: str, *, eastward: bool) -> Iterator[tuple[str, float]]:
    """The goods for which certificates of a kind are made out, and in which proportion errors find them there.

    Who takes one of these by this proportion, whatever goods he comes from, leaves each as frequent as it was.
    """
    for goods, share in mix.shares(eastward=eastward):
        if goods.certificate == kind:
            yield goods.name, share
        elif goods.certificate is None and kind == CONFORMITY:
            yield goods.name, share * ASKED * (1.0 - _taken(ASKED))


def spare(need: Sheets, errs: Callable[[Family], bool] | None = None) -> Sheets:
    """How often papers hold a sheet that nothing asks for.

    `errs` tells whether their error is of a family, or would be if they could have one of it: into such is put what others
    lack; None: they have no error.
    """
    if errs is None:
        return _NOTHING_PUT
    put = _all_put(need)
    return Sheets(
        _HELD + (put.certificate if errs("certificate") else 0.0),
        _HELD + (put.payment if errs("duty") else 0.0),
        _HELD + (put.guarantee if errs("duty") else 0.0),
        _LICENSED + (put.licence if errs("licence") else 0.0),
    )


def advances(need: Sheets, worn: float) -> float:
    """How often what is paid though nothing asks for it is more than would be owed.

    Errors about the payment of an import take it away and put it there, or make it too little, and take the place of a
    larger sum where they come with one, which is as often as `worn` says: more of these makes up for that.
    """
    taken = _taken(need.payment)
    return min(1.0, ((1 - taken) * _ADVANCED + worn) / taken) if taken > 0 else 0.0


def _taken(needed: float) -> float:
    """How often an error takes away a sheet which a share of papers needs: no oftener than it can be put into the others."""
    return MISSING_SHARE * min(1.0, (1.0 - needed) / needed) if needed > 0 else MISSING_SHARE


@lru_cache(maxsize=_NEEDS)
def _all_put(need: Sheets) -> Sheets:
    """How often errors put each sheet into papers that do not need it."""
    return Sheets(*(_put(share) for share in need))


def _put(needed: float) -> float:
    """How often an error puts a sheet into papers that do not need it."""
    return MISSING_SHARE * min(1.0, needed / (1.0 - needed)) if needed < 1 else 0.0
