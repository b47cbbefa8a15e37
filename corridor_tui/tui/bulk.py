"""Bulk release: consignments picked by a criterion, shown before they are released."""

from collections.abc import Callable
from functools import partial

from corridor_tui.corridor.orders import Order
from corridor_tui.corridor.state import Dossier
from corridor_tui.language import _, ngettext
from corridor_tui.session.prices import rung_price
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import by_urgency, holding
from corridor_tui.session.wording import word
from corridor_tui.tui.menu import Item, Page
from corridor_tui.tui.rows import fit

_ALL = "all "


def _criteria(shift: Shift) -> dict[str, tuple[str, Callable[[Dossier], bool]]]:
    view = shift.view
    holds = holding(view)
    found: dict[str, tuple[str, Callable[[Dossier], bool]]] = {
        "holding": (_("those that hold a train now"), lambda one: one.id in holds),
        "green": (_("green ones"), lambda one: one.lane == "green"),
        "blue": (_("blue ones, audited later"), lambda one: one.lane == "blue"),
        "corrected": (_("corrected ones"), lambda one: one.corrected),
        "seen": (_("those that were scanned or opened and are clean"), _clean),
        "checked": (_("those whose documents an officer has checked, nothing claimed"), _checked),
    }
    for train in dict.fromkeys(one.train for one in view.dossiers.values()):
        found[train] = (_("green and blue ones of {train}", train=train), partial(_of, train))
    return found


def _of(train: str, dossier: Dossier) -> bool:
    return dossier.train == train and dossier.lane in ("green", "blue")


def _clean(dossier: Dossier) -> bool:
    seen = [result for rung, result in dossier.seen.items() if rung in ("scan", "open", "unload")]
    return bool(seen) and all(result == "clean" for result in seen)


def _checked(dossier: Dossier) -> bool:
    return dossier.did("check") and not dossier.findings


def covered(shift: Shift, criterion: str) -> list[Dossier]:
    """The consignments that a criterion picks and that can be released now, those that hold a train first."""
    criteria = _criteria(shift)
    if criterion not in criteria:
        return []
    fits = criteria[criterion][1]
    return [
        one
        for one in by_urgency(shift.view)
        if one.state == "lodged" and fits(one) and shift.refusal(Order("release", (one.id,))) is None
    ]


def criteria(shift: Shift) -> list[Item]:
    """The criteria that pick anything now, each with how many."""
    items = []
    for name, (label, _fits) in _criteria(shift).items():
        if found := covered(shift, name):
            boxes = sum(len(one.boxes) for one in found)
            names = ", ".join(one.id for one in found)
            items.append(
                Item(
                    name,
                    _("{which}: {count} with {boxes} boxes", which=label, count=len(found), boxes=boxes),
                    "",
                    names,
                )
            )
    return items


def preview(shift: Shift, criterion: str) -> Page:
    """What a bulk release would cover: first all of it, then each by itself."""
    found = covered(shift, criterion)
    items = [
        Item(
            f"{_ALL}{criterion}",
            _("release all {count} below", count=len(found)),
            "y",
            ", ".join(one.id for one in found),
        )
    ]
    holds = holding(shift.view)
    for one in found:
        held = _("holds {train}", train=one.train) if one.id in holds else ""
        price = rung_price(shift.view, "release", one.id)
        lane = "-" if one.lane is None else word(one.lane)
        boxes = ngettext("{n} box", "{n} boxes", len(one.boxes))
        label = f"{one.id:<10} {fit(lane, 7)} {fit(boxes, 8)} {'; '.join(filter(None, (held, price)))}"
        items.append(Item(f"release {one.id}", label, "", _("only this one")))
    return Page(_("this would be released"), items)


def orders_of(shift: Shift, picked: str) -> list[str]:
    """The orders of what was picked in the preview."""
    if not picked.startswith(_ALL):
        return [picked]
    return [f"release {one.id}" for one in covered(shift, picked.removeprefix(_ALL))]
