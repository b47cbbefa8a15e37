"""What is resolved of a consignment before its papers are written: its code, its registration, its case and its lots.

Everything is drawn alike for every consignment, and its kind of case before it is known what it can have, so that no
goods, hour or certificate is by itself the sign of a fault.
"""

from dataclasses import replace
from random import Random
from typing import NamedTuple, get_args

from corridor_tui.level.model import Level
from corridor_tui.level.risk import (
    CLASSES_OF,
    ERRORS,
    OF_CARGO,
    OF_REGIMES,
    OF_THE_DAY,
    OFFENCES,
    SOMETIMES,
    DayRule,
    Family,
)
from corridor_tui.level.road import Inbound, Regime
from corridor_tui.level.traffic import Case, Kind, Train
from corridor_tui.level.traffic import Consignment as Script
from corridor_tui.scenario import goods as catalogue
from corridor_tui.scenario.cases import Lot, dressed_share, family
from corridor_tui.scenario.goods import Goods
from corridor_tui.scenario.rules import Today, stamp, today
from corridor_tui.scenario.selectivity import LOTS
from corridor_tui.scenario.spare import missing, spare
from corridor_tui.scenario.streams import below
from corridor_tui.scenario.values import LEFT_OUT_SHARE, Risk, Special

_ASKED = 0.25
"""How often a buyer asks for a certificate of conformity with goods that need none; assumed."""
_HELD = 0.25
"""How often goods come with a licence that no rule asks for; assumed."""
_AHEAD_S = 7_200
"""Declarations are registered up to two hours ahead: advance information before a train crosses, as commonly quoted."""


class Nature(NamedTuple):
    """A consignment's goods, its case, and what else is resolved of it."""

    goods: str
    case: Case | None
    risk: Risk


class _Drawn(NamedTuple):
    """What is drawn alike for every consignment: goods, certificate asked for, code, second of its registration; and what
    is special about its goods.
    """

    goods: Goods
    asked: bool
    hs: str
    second: int
    special: Special | None
    regime: Regime | None

    @property
    def certified(self) -> bool:
        """Whether it comes with a certificate."""
        return self.asked or self.goods.certificate is not None


class Ware(NamedTuple):
    """The goods of a consignment, what is special about them, and the procedure they are declared for."""

    goods: Goods
    special: Special | None = None
    regime: Regime | None = None


class Profiler:
    """Draws the nature of a level's consignments."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._todays: tuple[Today, ...] = tuple(today(level, rule) for rule in level.customs.rules)
        self._dressed = dressed_share(level)

    def drawn(self, draws: Random, train: Train, ware: Ware, ready_s: int, lot: Lot | None, *, fixed: bool) -> Nature:
        """The nature of a consignment; a kind of case of which it can have no family is left out."""
        item = self._draw(draws, train, ware, ready_s)
        case = None
        if lot is not None:
            kind, u = lot
            found = family(kind, u, self._level.customs.cases.shares, lambda one: self._fits(kind, one, item))
            case = None if found is None else Case(kind=kind, family=found)
        nature = self._made(draws, self._spared(item, case, draws.random()), case, fixed=fixed)
        return self._evened(nature, train, item, lot)

    def scripted(self, draws: Random, train: Train, ware: Ware, ready_s: int, script: Script, *, fixed: bool) -> Nature:
        """The nature of a consignment whose case the level has written: its goods and its minute are made to fit."""
        case = script.case
        assert case is not None
        item = self._draw(draws, train, ware, ready_s)
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
        nature = self._made(draws, self._spared(item, case, earlier), case, fixed=fixed)
        return self._evened(nature, train, item, None)

    def _draw(self, draws: Random, train: Train, ware: Ware, ready_s: int) -> _Drawn:
        goods = ware.goods
        asked, hs = draws.random() < _ASKED, goods.codes[below(draws.random(), len(goods.codes))]
        second = self._latest_s(train, ready_s) - round(draws.random() * _AHEAD_S)
        return _Drawn(goods, asked, hs, second, ware.special, ware.regime)

    def _latest_s(self, train: Train, ready_s: int) -> int:
        """The last second at which a declaration can have been registered, whatever is ordered."""
        if train.papers == "lodged":
            return 0
        offered = -round(train.standing.since_min * 60) if train.standing else self._level.at_s(train.at)
        return offered + ready_s

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
            return self._near(item, one) if kind == "lookalike" else self._touched(item, one)
        return True

    def _spared(self, item: _Drawn, case: Case | None, u: float) -> _Drawn:
        """Goods that a rule bars were registered before it, unless that is the offence: nobody sends them any more."""
        if case is not None and case.kind == "offence" and case.family == "barred":
            return item
        since = [self._level.at_s(rule.effective) for rule in self._barring(item)]
        return item._replace(second=min(since) - 60 - round(u * _AHEAD_S)) if since else item

    def _barring(self, item: _Drawn) -> list[DayRule]:
        at = stamp(self._level, item.second) if self._todays else ""
        pairs = zip(self._level.customs.rules, self._todays, strict=True)
        return [rule for rule, shown in pairs if shown.needs == "barred" and shown.touches(item.hs, at)]

    def _made(self, draws: Random, item: _Drawn, case: Case | None, *, fixed: bool) -> Nature:
        dressed, which, held = draws.random() < self._dressed, draws.random(), draws.random() < _HELD
        dress = None
        if dressed and case is not None and case.kind != "lookalike":
            dress = self._dress(which, case, item)
        spared = case is not None and case.kind == "lookalike" and case.family in OF_THE_DAY
        licence = bool(self._todays) and not spared and (held or self._touched(item, "licence"))
        registered = stamp(self._level, item.second) if self._todays else None
        lots = tuple(draws.random() for _ in range(LOTS))
        risk = Risk(item.hs, item.asked, registered, licence, dress, lots, fixed, item.special, item.regime)
        return Nature(item.goods.code, case, risk)

    def _evened(self, nature: Nature, train: Train, item: _Drawn, lot: Lot | None) -> Nature:
        """The same with the sheets that it may lack or hold without need, in levels of dangerous goods or customs procedures.

        Papers that tell of neither are written as before, so that known runs stay what they are.
        """
        if item.special is None and item.regime not in get_args(Inbound):
            return nature

        def errs(one: Family) -> bool:
            if lot is None or lot[0] != "error":
                return False
            shares = self._level.customs.cases.shares
            return family(*lot, shares, lambda other: other == one or self._fits("error", other, item)) == one

        certain = item.goods.certificate is not None
        lacks, holds = missing(train, None if certain else _ASKED), spare(train, _ASKED, errs)
        return nature._replace(risk=replace(nature.risk, missing=lacks, spare=holds, unmarked=self._unmarked(item)))

    def _unmarked(self, item: _Drawn) -> float:
        """How often an error about dangerous goods is that there are no marks: as often, over all, as offences put marks on
        packages of harmless goods.
        """
        cases = self._level.customs.cases
        errors, offences = cases.error_share, cases.offence_share
        if cases.errors is not None or cases.lookalikes is not None:
            errors, offences = float(cases.errors or 0), cases.offence_chance
        put = offences * self._part("offence", "concealed", item)
        wrong = errors * self._part("error", "danger", item)
        return min(1 - LEFT_OUT_SHARE, put / wrong) if wrong > 0 else 0.0

    def _part(self, kind: Kind, one: Family, item: _Drawn) -> float:
        """Of the cases of a kind that a consignment can have, the share that is of a family."""
        shares = self._level.customs.cases.shares
        names = [name for name in (ERRORS if kind == "error" else OFFENCES) if self._fits(kind, name, item)]
        whole = sum(float(getattr(shares, name)) for name in names)
        return float(getattr(shares, one)) / whole if one in names and whole > 0 else 0.0

    def _dress(self, u: float, case: Case, item: _Drawn) -> Family | None:
        """The family of the legal oddity that a fault comes with.

        An error comes in that of its own family, but for the part of oddities that no error has: so all of them together
        are spread over faulty papers as over sound ones.
        """
        shares = self._level.customs.cases.shares
        names = [name for name in (*ERRORS, *OFFENCES) if name not in OF_THE_DAY]
        names = [name for name in names if name not in SOMETIMES or self._fits("lookalike", name, item)]
        table = {name: float(getattr(shares, name)) for name in names}
        own = sum(share for name, share in table.items() if name in ERRORS)
        whole = sum(table.values())
        if case.kind == "error" and u * whole < own:
            return case.family
        kind: Kind = "offence" if case.kind == "error" else "lookalike"
        rest = (u * whole - own) / (whole - own) if case.kind == "error" else u
        return family(kind, rest, shares, lambda one: one not in OF_THE_DAY and self._fits("lookalike", one, item))
