"""What the customs part of a level must mean: rules of the day that can bite, criteria that have a name of their own."""

from collections.abc import Iterator

from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault
from corridor_tui.level.risk import CLASSES_OF, ERRORS, OF_CARGO, OF_THE_DAY, OFFENCES, SOMETIMES, Pattern
from corridor_tui.level.traffic import Case, Train
from corridor_tui.level.traffic import Consignment as Script

RESERVED = ("random", "blue", "top-up")
"""Names under which the desk sets what is no criterion."""


def customs(level: Level) -> Iterator[Fault]:
    """What is wrong with rules of the day, criteria and shares of families."""
    yield from _rules(level)
    yield from _selectivity(level)
    for i, sign in enumerate(level.customs.signs):
        if not _says_something(sign):
            path = ("customs", "signs", i)
            yield path, _("the sign `{sign}` matches everything: set what it looks for", sign=sign.id)
    yield from _shares(level)
    if level.cargo is not None and 2 * level.cargo.danger_share + level.cargo.reefer_share > 1:
        yield (
            ("cargo", "danger_share"),
            _(
                "twice `danger_share`, since as many are the same goods and harmless, and `reefer_share` are more than 1"
            ),
        )


def _rules(level: Level) -> Iterator[Fault]:
    for i, rule in enumerate(level.customs.rules):
        path = ("customs", "rules", i)
        if not rule.goods:
            yield (*path, "goods"), _("the rule `{rule}` names no goods", rule=rule.id)
        if level.at_s(rule.effective) >= level.shift_s:
            yield (*path, "effective"), _("the rule `{rule}` takes effect only after the shift has ended", rule=rule.id)
        elif rule.announced is not None and level.at_s(rule.announced) > level.at_s(rule.effective):
            yield (*path, "announced"), _("the rule `{rule}` is announced only after it has taken effect", rule=rule.id)


def _selectivity(level: Level) -> Iterator[Fault]:
    selectivity = level.customs.selectivity
    if selectivity is None:
        return
    for i, item in enumerate(selectivity.criteria):
        path = ("customs", "selectivity", "criteria", i)
        if item.id in RESERVED:
            yield (*path, "id"), _("`{name}` is what the share is set under: choose another name", name=item.id)
        if not _says_something(item):
            yield (
                path,
                _(
                    "the criterion `{criterion}` matches everything: use `random_share` or set what it looks for",
                    criterion=item.id,
                ),
            )
    for i, train in enumerate(level.trains):
        if train.flagged is not None:
            yield (
                ("trains", i, "flagged"),
                _("with criteria of the risk engine the lanes come of them: leave `flagged` out, or use `top_up`"),
            )
    if level.customs.cases.unflagged:
        yield ("customs", "cases", "unflagged"), _("with criteria nobody knows what is flagged: leave `unflagged` out")


def _says_something(item: Pattern) -> bool:
    figures = (item.value_usd_from, item.mass_t_from)
    return bool(
        item.regimes
        or item.chapters
        or item.goods
        or item.origins
        or item.consignors
        or any(f is not None for f in figures)
    )


def _shares(level: Level) -> Iterator[Fault]:
    cases, shares = level.customs.cases, level.customs.cases.shares
    wanted = (
        (
            N_("no family is left that errors of every consignment can be about: set the share of another one"),
            ERRORS,
            cases.errors or (cases.error_share if cases.errors is None else 0),
        ),
        (
            N_("no family is left that offences of every consignment can be about: set the share of another one"),
            OFFENCES,
            cases.offence_chance or cases.offence_share,
        ),
    )
    for told, families, count in wanted:
        free = [name for name in families if name not in SOMETIMES and getattr(shares, name)]
        if count and not free:
            yield ("customs", "cases", "shares"), _(told)


def case_of(level: Level, train: Train, script: Script, case: Case) -> Iterator[str]:
    """What is wrong with the case of a scripted consignment."""
    if case.kind == "offence" and case.family not in OFFENCES:
        yield _(
            "an offence is about {families}; `{family}` is an error or a look-alike",
            families=", ".join(OFFENCES),
            family=case.family,
        )
    elif case.kind == "error" and case.family in OFFENCES:
        yield _("`{family}` is an offence or a look-alike, no error", family=case.family)
    yield from _of_papers(level, train, script, case)
    if case.family not in OF_THE_DAY:
        return
    rules = [rule for rule in level.customs.rules if rule.needs == case.family]
    if script.goods is not None:
        rules = [rule for rule in rules if script.goods in rule.goods] or []
    if not rules:
        told = N_('a case of `{family}` needs a rule of the day with `needs = "{family}"`')
        about = N_('a case of `{family}` needs a rule of the day with `needs = "{family}"` about {goods}')
        yield _(told if script.goods is None else about, family=case.family, goods=script.goods)
    elif case.kind != "lookalike" and not _after(level, train, level.at_s(rules[0].effective)):
        yield _(
            "the papers of `{train}` may be registered before the rule takes effect at {effective}",
            train=train.number,
            effective=rules[0].effective,
        )


def _of_papers(level: Level, train: Train, script: Script, case: Case) -> Iterator[str]:
    """What is wrong with a case about what only some levels' papers tell: dangerous goods, and customs procedures."""
    if case.family in OF_CARGO:
        if level.cargo is None:
            yield _(
                "a case of `{family}` needs dangerous goods in the papers: add the table `[cargo]`", family=case.family
            )
        elif script.goods is not None and script.goods not in CLASSES_OF:
            yield _("a case of `{family}` is about {goods}", family=case.family, goods=", ".join(CLASSES_OF))
    if case.family == "duty" and level.road is None:
        yield _("a case of `duty` needs customs regimes in the papers: add the table `[road]`")
    elif case.family == "duty" and train.kind == "export":
        yield _("an export owes nothing: a case of `duty` is about transit or import")
    elif case.family == "duty" and script.regime == "bonded":
        yield _(
            "under the regime `{regime}` nothing is owed: a case of `duty` is about transit or import",
            regime=script.regime,
        )


def _after(level: Level, train: Train, since_s: int) -> bool:
    """Whether a train's papers can only come after a second of the shift."""
    return train.papers != "lodged" and train.standing is None and level.at_s(train.at) >= since_s
