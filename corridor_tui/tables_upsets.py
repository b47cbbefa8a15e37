"""What goes wrong on a seed, as tables: disruptions with when they begin and how long they last, and what callers want to hear."""

from collections.abc import Iterator

from rich.console import Group
from rich.text import Text

from corridor_tui.instructor.preview import Preview
from corridor_tui.language import N_, NP_, _
from corridor_tui.level.disruptions import (
    AcceptanceCut,
    Call,
    ClosedBlock,
    Condition,
    Disruption,
    DocumentHold,
    LateTrain,
    WagonShortage,
    Wind,
)
from corridor_tui.level.model import Level
from corridor_tui.scenario.disruptions import Upcoming
from corridor_tui.scenario.loading import consignment_id
from corridor_tui.session.wording import day_clock, word
from corridor_tui.session.wording.names import station_text
from corridor_tui.tables import minutes_text, table

_KINDS = {
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


def upset_tables(level: Level, seen: Preview) -> Group:
    """The disruptions but the calls, the holds of papers that were drawn, and the calls; none of what the seed has none of."""
    happens = [
        (item.id, _(_KINDS[item.spec.kind]), _about(level, item), _begins(level, item), minutes_text(item.lasts_s))
        for item in seen.upsets
        if not isinstance(item.spec, Call)
    ]
    held = [
        (hold, _(_KINDS["document-hold"]), name, _("as soon as they are lodged"), minutes_text(lasts_s))
        for hold, name, lasts_s in seen.held
    ]
    calls = [
        (item.id, str(item.spec.caller), _begins(level, item), next(a.word for a in item.spec.answers if a.right))
        for item in seen.upsets
        if isinstance(item.spec, Call)
    ]
    heads = (_("name"), _("what"), _("of"), _("begins"), _("lasts"))
    asked = (_("call"), _("who calls"), _("begins"), _("right answer"))
    parts = [table(_("what goes wrong"), heads, [*happens, *held])] if happens or held else []
    parts += [table(_("who calls, and what is right"), asked, calls)] if calls else []
    return Group(*parts) if parts else Group(Text(_("nothing goes wrong on this seed")))


def _about(level: Level, item: Upcoming) -> str:
    """What a disruption is of: a crane, a train, a place, or how much of it."""
    match item.spec:
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
        case _:
            return item.plant or "-"


def _begins(level: Level, item: Upcoming) -> str:
    spec: Disruption = item.spec
    if spec.live:
        return _("when the instructor lets it")
    if spec.when is None:
        return day_clock(level.start_s, item.at_s or 0)
    return ", ".join(condition_texts(spec.when))


def condition_texts(when: Condition) -> Iterator[str]:
    """What a condition waits for, part by part."""
    if when.lifted is not None:
        yield _("{train} {share:.0%} lifted", train=when.train, share=when.lifted)
    if when.done is not None:
        yield f"{when.train}: {_stage(when.done)}"
    if when.queue is not None:
        yield _("{count} trains not accepted", count=when.queue)
    if when.repeats is not None:
        yield _("the same refusal or mistake {count} times", count=when.repeats)
    if when.ordered is not None:
        yield _("after the order {order}", order=when.ordered)
    if when.at is not None:
        yield _("from {at}", at=when.at)
    if when.idle_min is not None:
        yield _("a lull of {count:g} min", count=when.idle_min)
    if when.till is not None:
        yield _("till {at}", at=when.till)
    if when.after_min:
        yield _("{count:g} min later", count=when.after_min)


_STAGES = {
    "offered": NP_("stage of a train", "offered"),
    "accepted": NP_("stage of a train", "accepted"),
    "arrived": NP_("stage of a train", "arrived"),
    "transfer": NP_("stage of a train", "transfer planned"),
    "lift": NP_("stage of a train", "emptied"),
    "departed": NP_("stage of a train", "departed"),
}


def _stage(done: str) -> str:
    return _(_STAGES[done]) if done in _STAGES else _("{work} done", work=word(done))
