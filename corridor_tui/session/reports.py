"""What the desk shows, as plain lines: for the dialogue, where nobody sees a screen."""

from collections.abc import Iterator

from corridor_tui.corridor.chain import chain
from corridor_tui.corridor.options import orders_for, rule_orders, verbs_for
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import N_, NP_, _, ngettext, pgettext
from corridor_tui.level.disruptions import CallAnswer
from corridor_tui.level.model import Level
from corridor_tui.level.plant import Track
from corridor_tui.level.text import flowing
from corridor_tui.scenario.rules import addresses, danger_list, in_play
from corridor_tui.scoring.score import Score
from corridor_tui.scoring.words import asked_text, component, reason_text
from corridor_tui.session.clocks import date_text, end_text, told_clock
from corridor_tui.session.deadlines import deadline
from corridor_tui.session.debrief import when_text
from corridor_tui.session.prices import order_price
from corridor_tui.session.running import PARTS, running, untold
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import (
    Since,
    alike_in_parks,
    by_urgency,
    cleared,
    clearing,
    holding,
    load_text,
    place_of,
    so_far,
    waits,
)
from corridor_tui.session.wording import STAGES, clock, order_text, word

_KINDS = {
    "container": N_("container train"),
    "through": N_("through train"),
    "empties": N_("train of empties"),
    "rake": N_("rake"),
    "grain": N_("grain train"),
    "export": N_("export by lorry"),
}
_USES = {
    "receiving": N_("receiving"),
    "departure": N_("departure"),
    "crane": NP_("use of a track", "crane"),
    "storage": N_("storage"),
    "grain": N_("grain"),
}
_STEPS = {
    "done": N_("done"),
    "doing": N_("at work"),
    "queued": N_("waits for people"),
    "open": N_("your order is missing"),
    "blocked": N_("cannot yet"),
    "later": N_("later"),
}

_MANY = 12
"""How many orders of one kind are told without being asked for."""


def briefing_lines(level: Level, seed: int) -> Iterator[str]:
    """What is read before the shift."""
    yield _(
        "{level}. {date}, {start} to {end}, seed {seed}.",
        level=level.title,
        date=level.shift.date,
        start=level.shift.start,
        end=end_text(level.shift.date, level.start_s, level.shift_s),
        seed=seed,
    )
    for head, text in (
        (_("Background"), level.briefing.background),
        (_("Your task"), level.briefing.task),
        (pgettext("briefing", "Handover"), level.briefing.handover),
        (_("Not as in life"), level.briefing.teaching or ""),
    ):
        paragraphs = [flowing(paragraph) for paragraph in str(text).strip().split("\n\n") if paragraph.strip()]
        if paragraphs:
            yield f"{head}:"
            yield from paragraphs
    yield _("What is asked:")
    yield from (str(goal.text) for goal in level.objectives)


def clock_line(shift: Shift) -> str:
    """The time, until when the shift lasts, and how it stands as far as the level lets that be seen."""
    start_s, now_s = shift.level.start_s, shift.now_s
    told = so_far(shift)[0]
    day, length_s = shift.level.shift.date, shift.level.shift_s
    now, end = f"{clock(start_s, now_s)}:{now_s % 60:02d}", end_text(day, start_s, length_s)
    if end != clock(start_s, length_s):
        now = f"{date_text(day, start_s + now_s)} {now}"
    at = _("{now} of {end}", now=now, end=end)
    return f"{at}. {told}" if told else at


def score_lines(shift: Shift) -> Iterator[str]:
    """How it stands: what is lost so far by part, then the reasons, the latest first."""
    now = running(shift)
    if now is None:
        yield untold(shift)
        return
    yield clock_line(shift)
    yield _("lost so far: {parts}", parts=", ".join(f"{component(part)} {now.lost[part]:.1f}" for part in PARTS))
    for reason in now.reasons:
        when = when_text(shift.level, reason)
        yield _("{loss:.1f}, {when}: {why}", loss=reason.loss, when=when, why=reason_text(reason, shift.level))


def train_lines(view: View, since: Since) -> Iterator[str]:
    """A line for each train and rake that has not gone, and one for those alike in a park."""
    here = [unit for unit in view.units.values() if unit.gone_s is None]
    parks = alike_in_parks(view)
    alike = {name: names[0] for names in parks.values() for name in names}
    for unit in here:
        first = alike.get(unit.id, unit.id)
        if first == unit.id:
            line, names = unit_line(view, unit, since), parks.get(unit.id, [])
            yield _("{line}; with it there: {rakes}", line=line, rakes=", ".join(names[1:])) if names[1:] else line
    if not here:
        yield _("no trains")


def unit_line(view: View, unit: Unit, since: Since) -> str:
    """What a train is, where, what it waits for, its papers, its deadline and the order that is missing."""
    (text, *_more), _style = waits(view, unit, since)
    until, late = deadline(view, unit)
    papers = cleared(view, unit).removeprefix("✓")
    missing = next((_(STAGES[step.name]) for step in chain(view, unit) if step.state == "open"), None)
    parts = [
        text,
        _("papers {papers}", papers=papers) if papers else "",
        until + (_(", that has passed") if late else "") if until else "",
        _("next: {stage}", stage=missing) if missing else "",
    ]
    place = place_of(view, unit)
    bound = place.startswith("→")
    at = "" if place == "-" else _(", bound for {place}", place=place[1:]) if bound else f", {place}"
    return f"{unit.id}, {_(_KINDS[unit.kind])}{at}: {'; '.join(part for part in parts if part)}"


def one_train_lines(shift: Shift, unit: Unit, since: Since) -> Iterator[str]:
    """A train with its whole chain of work, and what can be ordered about it now."""
    view = shift.view
    yield unit_line(view, unit, since)
    wagons = ngettext("{n} wagon", "{n} wagons", unit.wagons)
    what = _("{wagons}, {length:.0f} m, {gauge} mm", wagons=wagons, length=unit.length_m, gauge=unit.gauge)
    yield ", ".join(filter(None, (what, load_text(view, unit))))
    stages = [f"{_(STAGES[step.name])} {_(_STEPS[step.state])}" for step in chain(view, unit)]
    yield _("chain: {stages}", stages=", ".join(stages))
    for task, job in unit.jobs.items():
        if job.progress == "doing" and job.expected_s is not None:
            yield _("{work} until about {at}", work=word(task), at=told_clock(view, job.expected_s))
    for place, other in unit.meets.items():
        yield _("waits at {loop} for {train}", loop=place, train=other)
    yield from option_lines(shift, unit.id)


def option_lines(shift: Shift, subject: str, only: str = "") -> Iterator[str]:
    """The orders about a train, a rake or a consignment that would be accepted; for the others why not.

    Of a kind with very many only their count is told, unless it is the `only` kind that is asked for.
    """
    view = shift.view
    refused = []
    for verb in [verb for verb in verbs_for(view, subject) if not only or verb == only]:
        orders = orders_for(view, verb, subject)
        good = [order for order in orders if shift.refusal(order) is None]
        if len(good) > _MANY and not only:
            yield _can(
                _(
                    "{verb}, in {count} ways; `options {name} {verb}` tells them",
                    verb=verb,
                    count=len(good),
                    name=subject,
                )
            )
        else:
            for order in good:
                said = order_text(order, shift.level), order_price(view, order)
                yield _can(f"{order.text} ({'; '.join(filter(None, said))})")
        if orders and not good:
            refused.append(_("cannot {verb}: {why}", verb=verb, why=shift.refusal(orders[0])))
    yield from refused
    if subject in view.dossiers and not only and shift.refusal(Order("check", (subject,))) is None:
        find = f"find {subject} FIELD FIELD RULE ({_(VERBS['find'].help)})"
        yield _can(_("{find}; `{papers}` shows the fields", find=find, papers=f"papers {subject}"))


def _can(what: str) -> str:
    return _("can: {what}", what=what)


def _answer(call: str, answer: CallAnswer) -> str:
    order = f"answer {call} {answer.word}"
    return f"{order} ({answer.meaning})" if answer.meaning else order


def customs_lines(view: View) -> Iterator[str]:
    """The consignments, those that hold a train or need a decision first."""
    holds = holding(view)
    dossiers = by_urgency(view)
    for dossier in dossiers:
        held = _("; HOLDS ITS TRAIN") if dossier.id in holds else ""
        text = clearing(view, dossier)[0].lstrip("○✓✕ ")
        regime = "" if view.level.road is None else f", {word(dossier.regime)}"
        lane = _("no lane yet") if dossier.lane is None else word(dossier.lane)
        risk = view.risk(dossier.id)
        looks = "" if risk is None else _(", risk {risk:.2f}", risk=risk)
        yield f"{dossier.id}{regime}, {lane}{looks}: {text}{held}"
    if not dossiers:
        yield _("no papers yet")


def papers_lines(shift: Shift, name: str) -> Iterator[str]:
    """The documents of a consignment, field by field, as `find` names them."""
    papers = shift.view.papers(name)
    if papers is None:
        yield _("the papers of {name} are not lodged yet", name=name)
        return
    fields: dict[str, list[str]] = {}
    for document in papers.documents:
        for field, value in document.fields:
            fields.setdefault(field, []).append(f"{document.kind}.{field} {value}")
    not_there = _("NOT THERE")
    yield f"{name}: {', '.join(_(document.title) for document in papers.documents)}"
    yield from (" | ".join(values) for values in fields.values())
    shown = {f"{document.kind}.{field}" for document in papers.documents for field, _ in document.fields}
    yield from (f"{address}: {not_there}" for address in addresses(papers) if address not in shown)
    yield _("rules: {rules}", rules=", ".join(rule.code for rule in in_play(shift.level)))


def rule_lines(view: View) -> Iterator[str]:
    """The rulebook, what is new today first."""
    for rule in view.rules.values():
        yield _(
            "new today, from {since}: {title} ({needs}); codes {codes}",
            since=rule.since,
            title=rule.title,
            needs=_("licence") if rule.needs == "licence" else _("barred"),
            codes=", ".join(rule.codes),
        )
    yield from (f"{rule.code}: {_(rule.title)}. {_(rule.text)}" for rule in in_play(view.level))
    yield from (
        _("list of dangerous goods, {goods}: {entries}", goods=goods, entries=entries)
        for goods, entries in danger_list(view.level)
    )


def track_lines(view: View) -> Iterator[str]:
    """Every track with who holds it, and every section that is held."""
    for station in view.level.stations:
        held = [_track(view, track) for track in station.tracks]
        if held:
            yield f"{station.name}: {', '.join(held)}"
    sections = [f"{element} {unit}" for element, unit in view.holds.items() if "/" in element]
    yield _("on the line: {who}", who=", ".join(sections) if sections else _("nobody"))
    for line in view.level.lines:
        slow = view.network.slowest(line.tracks[0].id, view.now_s)
        if slow is not None:
            until = told_clock(view, slow.until_s)
            start, end = (view.network.stations[end.partition(".")[0]].name for end in (line.start, line.end))
            yield _("{start} to {end}: {kmh:g} km/h until {until}", start=start, end=end, kmh=slow.kmh, until=until)


def _track(view: View, track: Track) -> str:
    unit = view.holds.get(track.id)
    return _(
        "{track} {gauge} {use} {length:.0f} m {who}",
        track=track.id,
        gauge=track.gauge,
        use=_(_USES[track.use]),
        length=track.length_m,
        who=_("free") if unit is None else unit,
    )


def crane_lines(view: View) -> Iterator[str]:
    """What each crane and each machine of the stack does, and how full the stack is."""
    for crane in view.cranes.values():
        if crane.down is not None:
            text = word(crane.down)
        elif not crane.able:
            text = _("tied down")
        elif crane.box is not None:
            text = _("lifts {box} to {place}", box=crane.box, place=word(crane.dest or ""))
        else:
            text = _("free") if crane.train is None else _("on {train}", train=crane.train)
            text += _(", blocked") if crane.blocked else ""
        yield f"{crane.id}: {text}, " + ngettext("{n} lift", "{n} lifts", crane.lifts)
    for machine in view.machines_built:
        carries = N_("carries {box} to the {place}")
        text = _("free") if machine.box is None else _(carries, box=machine.box, place=word(machine.dest or ""))
        text = text if machine.down is None else word(machine.down)
        yield f"{machine.id}: {text}, " + ngettext("{n} move", "{n} moves", machine.lifts)
    stack = _("stack: {teu} of {room} TEU", teu=view.stack_teu, room=view.level.terminal.room_teu)
    yield stack + (_(", {count} moved aside so far", count=view.rehandles) if view.blocks else "")


def standing_lines(shift: Shift) -> Iterator[str]:
    """The standing orders in force, and those that could be set."""
    yield from (_("in force: {rule}", rule=f"{name} {setting}") for name, setting in shift.view.standing.items())
    settable = [order.text for order in rule_orders(shift.view) if shift.refusal(order) is None]
    yield _can(", ".join(settable)) if settable else _("this level allows no standing orders")
    purse, budget = shift.view.purse, shift.level.budget
    if purse is not None and budget is not None:
        yield _("to spend: {money}", money=purse.money)
        for offer in budget.offers:
            if offer.id in purse.built:
                state = _("built")
            else:
                state = _("bought") if offer.id in purse.bought else _("costs {price}", price=offer.price)
            yield f"buy {offer.id}: {offer.title}, {state}"


def call_lines(shift: Shift) -> Iterator[str]:
    """Who waits for an answer, and what can be answered."""
    rings = shift.view.ringing(shift.desks)
    for ring in rings:
        call = shift.level.calls[ring.id]
        until = told_clock(shift.view, ring.until_s)
        said = flowing(str(call.text))
        yield _("{caller}, until {at}: {said}", caller=call.caller, at=until, said=said)
        yield from (_can(_answer(ring.id, answer)) for answer in call.answers)
    if not rings:
        yield _("nobody waits for an answer")


def result_lines(level: Level, score: Score) -> Iterator[str]:
    """What came of the shift, and why."""
    yield _(
        "{points:.1f} points, {stars} of 3 stars; 0 is doing nothing, 100 a good railwayman on this very shift",
        points=score.total,
        stars=score.stars,
    )
    for part, points in score.parts.items():
        reached = _("nothing to measure") if points is None else f"{points:.1f}"
        lost = score.losses.of(part)
        yield _("{part}: {points}, lost {loss:.0f}", part=component(part), points=reached, loss=lost)
    if score.safety:
        cap = level.scoring.safety.cap
        yield _("safety: {points:.1f} off, and no more than {cap:g} in all", points=score.safety, cap=cap)
    for goal in score.objectives:
        text = f"{level.asked(goal.id, goal.text)} ({asked_text(goal)})"
        yield _("met: {goal}", goal=text) if goal.met else _("not met: {goal}", goal=text)
    for reason in sorted(score.reasons, key=lambda item: (item.component != "safety", -item.loss)):
        when, why = when_text(level, reason), reason_text(reason, level)
        yield _("lost {loss:.1f}, {when}: {why}", loss=reason.loss, when=when, why=why)
    yield _(
        "{trains_in} trains in, {trains_out} out, {containers} containers out",
        trains_in=score.trains_in,
        trains_out=score.trains_out,
        containers=score.containers_out,
    )
