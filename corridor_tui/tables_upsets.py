"""What goes wrong on a seed, as tables: disruptions with when they begin and how long they last, and what callers want to hear."""

from collections.abc import Iterator

from rich.console import Group
from rich.text import Text

from corridor_tui.instructor.preview import Preview
from corridor_tui.language import NP_, _
from corridor_tui.level.disruptions import Call, Condition, Disruption
from corridor_tui.level.model import Level
from corridor_tui.scenario.disruptions import Upcoming
from corridor_tui.session.wording import day_clock, word
from corridor_tui.session.wording.upsets import about, kind_text
from corridor_tui.tables import minutes_text, table


def upset_tables(level: Level, seen: Preview) -> Group:
    """The disruptions but the calls, the holds of papers that were drawn, and the calls; none of what the seed has none of."""
    happens = [
        (
            item.id,
            kind_text(item.spec),
            about(level, item.spec, item.plant) or "-",
            _begins(level, item),
            minutes_text(item.lasts_s),
        )
        for item in seen.upsets
        if not isinstance(item.spec, Call)
    ]
    held = [
        (hold.id, kind_text(hold), name, _("as soon as they are lodged"), minutes_text(lasts_s))
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
