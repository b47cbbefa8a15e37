"""What is resolved of a consignment before its papers are written: its code, its registration, its case and its lots.

Everything is drawn alike for every consignment, and its kind of case before it is known what it can have, so that no
goods, hour or certificate is by itself the sign of a fault.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from corridor_tui.level.model import Level
from corridor_tui.level.risk import (
    CLASSES_OF,
    ERRORS,
    OF_CARGO,
    OF_REGIMES,
    OF_THE_DAY,
    OFFENCES,
    DayRule,
    Family,
)
from corridor_tui.level.road import Regime
from corridor_tui.level.traffic import Case, Kind, Train
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.cases import Lot, dressed_share, family
from corridor_tui.scenario.goods import Goods, Mix
from corridor_tui.scenario.rules import Today, stamp, today
from corridor_tui.scenario.selectivity import LOTS
from corridor_tui.scenario.spare import ASKED, advances, missing, needed, spare
from corridor_tui.scenario.streams import Draws, below
from corridor_tui.scenario.values import LEFT_OUT_SHARE, Risk, Sheets, Special

_TAKEN: tuple[Family, ...] = ("certificate", "duty")
"""Families of errors that may take away a sheet about which something is odd."""
_AHEAD_S = 7_200
"""Declarations are registered up to two hours ahead: advance information before a train crosses, as commonly quoted."""


class Nature(NamedTuple):
    """A consignment's goods, its case, and what else is resolved of it."""

    goods: str
    case: Case | None
    risk: Risk


class _Drawn(NamedTuple):
    """What is drawn alike for every consignment: goods, certificate asked for, code, second of its registration; what is
    special about its goods; how many of the papers among which its own are need each sheet.
    """

    goods: Goods
    asked: bool
    hs: str
    second: int
    special: Special | None
    regime: Regime | None
    need: Sheets

    @property
    def certified(self) -> bool:
        """Whether it comes with a certificate."""
        return self.asked or self.goods.certificate is not None


class Ware(NamedTuple):
    """The goods of a consignment, what is special about them, and the procedure they are declared for."""

    goods: Goods
    special: Special | None = None
    regime: Regime | None = None


class Frame:
    """What a level's consignments have in common: the rules of the day, and how often a fault comes with a legal oddity."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.todays: tuple[Today, ...] = tuple(today(level, rule) for rule in level.customs.rules)
        self.dressed = dressed_share(level)
        self.asking = {kind: tuple(self._licensed_codes(kind)) for kind in ("container", "export")}
        """From which second a rule asks for a licence for a code, and how many of a kind of trains' goods are under it."""

    def mix(self, kind: str) -> Mix:
        """What goods a kind of trains carry beside the ordinary ones."""
        cargo = self.level.cargo if kind == "container" else None
        return Mix() if cargo is None else Mix(2 * cargo.danger_share, cargo.reefer_share)

    def _licensed_codes(self, kind: str) -> Iterator[tuple[int, float]]:
        pairs = zip(self.level.customs.rules, self.todays, strict=True)
        rules = [(self.level.at_s(rule.effective), shown) for rule, shown in pairs if shown.needs == "licence"]
        for goods, share in self.mix(kind).shares(eastward=False) if rules else ():
            for code in goods.codes:
                since = [second for second, shown in rules if shown.names(code)]
                if since:
                    yield min(since), share / len(goods.codes)


class Profiler:
    """Draws the nature of a train's consignments."""

    def __init__(self, frame: Frame, train: Train) -> None:
        self._level, self._train = frame.level, train
        self._todays, self._dressed = frame.todays, frame.dressed
        self._mix, self._asking = frame.mix(train.kind), frame.asking.get(train.kind, ())
        stands = train.standing
        self._offered_s = self._level.at_s(train.at) if stands is None else -round(stands.since_min * 60)

    def drawn(self, draws: Draws, ware: Ware, ready_s: int, lot: Lot | None, *, fixed: bool) -> Nature:
        """The nature of a consignment; a kind of case of which it can have no family is left out."""
        item = self._draw(draws, ware, ready_s)
        case = None
        if lot is not None:
            kind, u = lot
            found = family(kind, u, self._level.customs.cases.shares, lambda one: self._fits(kind, one, item))
            case = None if found is None else Case(kind=kind, family=found)
        errs = None if lot is None or lot[0] != "error" else partial(self._errs, lot, item)
        spares = spare(item.need, errs)
        return self._made(draws, self._spared(item, case, draws.random()), case, spares, fixed=fixed)

    def scripted(self, draws: Draws, ware: Ware, ready_s: int, script: Script, *, fixed: bool) -> Nature:
        """The nature of a consignment whose case the level has written: its goods and its minute are made to fit."""
        case = script.case
        assert case is not None
        item = self._draw(draws, ware, ready_s)
        earlier = draws.random()
        if case.family == "certificate":
            item = item._replace(asked=True)
        elif case.family in OF_THE_DAY:
            rules = [rule for rule in self._level.customs.rules if rule.needs == case.family]
            rule = next((rule for rule in rules if script.goods in rule.goods), rules[0])
            named = ware.goods if ware.goods.code in rule.goods else catalogue.by_code(rule.goods[0])
            since = self._level.at_s(rule.effective)
            # As far after the rule as it was to be before its papers come, or a minute before it at the latest.
            after = max(item.second, since)
            second = min(item.second, since - 60) if case.kind == "lookalike" else after
            special = item.special if named is ware.goods else item.special and Special()
            item = item._replace(goods=named, hs=named.hs, second=second, special=special)
        spares = spare(item.need)
        return self._made(draws, self._spared(item, case, earlier), case, spares, fixed=fixed)

    def _draw(self, draws: Draws, ware: Ware, ready_s: int) -> _Drawn:
        goods = ware.goods
        asked, hs = draws.random() < ASKED, goods.codes[below(draws.random(), len(goods.codes))]
        # The last second at which its declaration can have been registered, whatever is ordered.
        latest = 0 if self._train.papers == "lodged" else self._offered_s + ready_s
        second = latest - round(draws.random() * _AHEAD_S)
        need = needed(self._train, ware.regime, self._licensed(latest) if self._asking else 0.0)
        return _Drawn(goods, asked, hs, second, ware.special, ware.regime, need)

    def _licensed(self, latest: int) -> float:
        """How often goods that are registered as late as a second come under a rule that asks for a licence."""
        return sum(share * max(0.0, min(1.0, (latest - since) / _AHEAD_S)) for since, share in self._asking)

    def _touched(self, item: _Drawn, needs: str) -> bool:
        if not self._todays:
            return False
        at = stamp(self._level, item.second)
        return any(rule.needs == needs and rule.touches(item.hs, at) for rule in self._todays)

    def _near(self, item: _Drawn, needs: str) -> bool:
        """Whether a rule names the first six digits of a code, and does not apply to it."""
        six = item.hs[:6]
        near = any(
            rule.needs == needs and any(code[:6] == six[: len(code)] for code in rule.codes) for rule in self._todays
        )
        return near and not self._touched(item, needs)

    def _fits(self, kind: Kind, one: Family, item: _Drawn) -> bool:
        if one == "certificate":
            return item.certified
        if one in OF_REGIMES:
            return item.regime in ("transit", "import")
        if one in OF_CARGO:
            special = item.special
            if special is None or item.goods.code not in CLASSES_OF:
                return False
            return one != "danger" or special.entry is not None or special.apt
        if one in OF_THE_DAY:
            if kind == "lookalike":
                return self._near(item, one)
            # No licence is asked for with goods that may not enter.
            return self._touched(item, one) and (one == "barred" or not self._touched(item, "barred"))
        return True

    def _errs(self, lot: Lot, item: _Drawn, one: Family) -> bool:
        """Whether an error is of a family, or would be if the papers could have one of it."""
        shares = self._level.customs.cases.shares
        return family(*lot, shares, lambda other: other == one or self._fits("error", other, item)) == one

    def _spared(self, item: _Drawn, case: Case | None, u: float) -> _Drawn:
        """Goods that a rule bars were registered before it, unless that is the offence: nobody sends them any more."""
        if case is not None and case.kind == "offence" and case.family == "barred":
            return item
        since = [self._level.at_s(rule.effective) for rule in self._barring(item)] if self._todays else []
        return item._replace(second=min(since) - 60 - round(u * _AHEAD_S)) if since else item

    def _barring(self, item: _Drawn) -> list[DayRule]:
        at = stamp(self._level, item.second)
        pairs = zip(self._level.customs.rules, self._todays, strict=True)
        return [rule for rule, shown in pairs if shown.needs == "barred" and shown.touches(item.hs, at)]

    def _made(self, draws: Draws, item: _Drawn, case: Case | None, spares: Sheets, *, fixed: bool) -> Nature:
        dressed, which, held = draws.random() < self._dressed, draws.random(), draws.random() < spares.licence
        dress = None
        if dressed and case is not None and case.kind != "lookalike":
            dress = self._dress(which, case, item)
        free = dress in OF_THE_DAY or (case is not None and case.kind == "lookalike" and case.family in OF_THE_DAY)
        licence = self._touched(item, "licence") or (bool(self._todays) and held and not free)
        registered = stamp(self._level, item.second) if self._todays else None
        lots = tuple(draws.random() for _ in range(LOTS))
        lacks = missing(item.need, certain=item.goods.certificate is not None)
        if case is not None and case.kind == "error" and case.family in _TAKEN:
            # What is odd about a sheet stays with it: the others are taken away so much oftener.
            worn = self._worn(case.family, item)
            lacks = Sheets(*(min(1.0, share / (1 - worn)) if worn < 1 else 1.0 for share in lacks))
        risk = Risk(
            item.hs, item.asked, registered, licence, dress, lots, fixed, item.special, item.regime, lacks, spares,
            self._unmarked(item), self._mix, advances(item.need, self._worn("duty", item)),
        )  # fmt: skip
        return Nature(item.goods.code, case, risk)

    def _unmarked(self, item: _Drawn) -> float:
        """How often an error about dangerous goods is that there are no marks: as often, over all, as offences put marks on
        packages of harmless goods.
        """
        cases = self._level.customs.cases
        errors, offences = cases.error_share, cases.offence_share
        if cases.errors is not None or cases.lookalikes is not None:
            errors, offences = float(cases.errors or 0), cases.offence_chance
        wrong = errors * self._part("error", "danger", item)
        return (
            min(1 - LEFT_OUT_SHARE, offences * self._part("offence", "concealed", item) / wrong) if wrong > 0 else 0.0
        )

    def _part(self, kind: Kind, one: Family, item: _Drawn) -> float:
        """Of the cases of a kind that a consignment can have, the share that is of a family."""
        if not self._fits(kind, one, item):
            return 0.0
        shares = self._level.customs.cases.shares
        names = [name for name in (ERRORS if kind == "error" else OFFENCES) if self._fits(kind, name, item)]
        whole = sum(float(getattr(shares, name)) for name in names)
        return float(getattr(shares, one)) / whole if whole > 0 else 0.0

    def _oddities(self, item: _Drawn) -> dict[Family, float]:
        """The families of legal oddities that papers can have, each with its share."""
        shares = self._level.customs.cases.shares
        return {
            name: float(getattr(shares, name)) for name in (*ERRORS, *OFFENCES) if self._fits("lookalike", name, item)
        }

    def _worn(self, one: Family, item: _Drawn) -> float:
        """How often an error of a family that may take its sheet away comes with an oddity of the same family."""
        if not self._fits("lookalike", one, item):
            return 0.0
        table = self._oddities(item)
        whole = sum(table.values())
        return self._dressed * table[one] / whole if whole > 0 else 0.0

    def _dress(self, u: float, case: Case, item: _Drawn) -> Family | None:
        """The family of the legal oddity that a fault comes with.

        An error comes in that of its own family, but for the part of oddities that no error has, or that would be lost with a
        sheet which errors take away: so all of them together are spread over faulty papers as over sound ones.
        """
        shares, table = self._level.customs.cases.shares, self._oddities(item)
        own = {
            name: share
            for name, share in table.items()
            if name in ERRORS and name not in _TAKEN and self._fits("error", name, item)
        }
        if case.family not in own:
            return family("lookalike", u, shares, table.__contains__)
        mine, whole = sum(own.values()), sum(table.values())
        if u * whole <= mine:
            return case.family
        rest = (u * whole - mine) / (whole - mine)
        return family("lookalike", rest, shares, lambda one: one in table and one not in own)
