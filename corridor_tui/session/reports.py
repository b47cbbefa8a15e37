"""What the desk shows, as plain lines: for the dialogue, where nobody sees a screen."""

from collections.abc import Iterator

from corridor_tui.corridor.chain import chain
from corridor_tui.corridor.options import orders_for, rule_orders, verbs_for
from corridor_tui.corridor.orders import VERBS, Order
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.level.plant import Track
from corridor_tui.scenario.rules import addresses, danger_list, in_play
from corridor_tui.scoring.score import Score
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.prices import rung_price
from corridor_tui.session.shift import Shift
from corridor_tui.session.status import Since, by_urgency, cleared, clearing, deadline, holding, place_of, so_far, waits
from corridor_tui.session.wording import WORDS, clock, order_text

_KINDS = {
    "container": "container train",
    "through": "through train",
    "empties": "train of empties",
    "rake": "rake",
    "grain": "grain train",
    "export": "export by lorry",
}
_STEPS = {
    "done": "done",
    "doing": "at work",
    "queued": "waits for people",
    "open": "your order is missing",
    "blocked": "cannot yet",
    "later": "later",
}


def briefing_lines(level: Level, seed: int) -> Iterator[str]:
    """What is read before the shift."""
    yield f"{level.title}. {level.shift.date}, {level.shift.start} to {clock(level.start_s, level.shift_s)}, seed {seed}."
    for head, text in (
        ("Background", level.briefing.background),
        ("Your task", level.briefing.task),
        ("Handover", level.briefing.handover),
        ("Not as in life", level.briefing.teaching or ""),
    ):
        paragraphs = [" ".join(paragraph.split()) for paragraph in str(text).strip().split("\n\n") if paragraph.strip()]
        if paragraphs:
            yield f"{head}:"
            yield from paragraphs
    yield "What is asked:"
    yield from (str(goal.text) for goal in level.objectives)


def clock_line(shift: Shift) -> str:
    """The time, until when the shift lasts, and how it stands as far as the level lets that be seen."""
    start_s, now_s = shift.level.start_s, shift.now_s
    told = so_far(shift, short=False)
    at = f"{clock(start_s, now_s)}:{now_s % 60:02d} of {clock(start_s, shift.level.shift_s)}"
    return f"{at}. {told}" if told else at


def train_lines(view: View, since: Since) -> Iterator[str]:
    """A line for each train and rake that has not gone."""
    here = [unit for unit in view.units.values() if unit.gone_s is None]
    for unit in here:
        yield unit_line(view, unit, since)
    if not here:
        yield "no trains"


def unit_line(view: View, unit: Unit, since: Since) -> str:
    """What a train is, where, what it waits for, its papers, its deadline and the order that is missing."""
    (text, *_), _ = waits(view, unit, since)
    until, late = deadline(view, unit)
    papers = cleared(view, unit).removeprefix("✓")
    missing = next((step.name for step in chain(view, unit) if step.state == "open"), None)
    parts = [
        text,
        f"papers {papers}" if papers else "",
        f"{until}{', that has passed' if late else ''}" if until else "",
        f"next: {missing}" if missing else "",
    ]
    place = place_of(view, unit)
    at = "" if place == "-" else f", bound for {place[1:]}" if place.startswith("→") else f", {place}"
    return f"{unit.id}, {_KINDS[unit.kind]}{at}: {'; '.join(part for part in parts if part)}"


def one_train_lines(shift: Shift, unit: Unit, since: Since) -> Iterator[str]:
    """A train with its whole chain of work, and what can be ordered about it now."""
    view, start_s = shift.view, shift.level.start_s
    yield unit_line(view, unit, since)
    yield f"{unit.wagons} wagons, {unit.length_m:.0f} m, {unit.gauge} mm, {len(unit.boxes)} containers on it"
    yield f"chain: {', '.join(f'{step.name} {_STEPS[step.state]}' for step in chain(view, unit))}"
    for task, job in unit.jobs.items():
        if job.progress == "doing" and job.expected_s is not None:
            yield f"{WORDS.get(task, task)} until about {clock(start_s, job.expected_s)}"
    for place, other in unit.meets.items():
        yield f"waits at {place} for {other}"
    yield from option_lines(shift, unit.id)


def option_lines(shift: Shift, subject: str) -> Iterator[str]:
    """The orders about a train, a rake or a consignment that would be accepted; for the others why not."""
    view = shift.view
    refused = []
    for verb in verbs_for(view, subject):
        orders = orders_for(view, verb, subject)
        good = [order for order in orders if shift.refusal(order) is None]
        price = rung_price(view, verb, subject) if subject in view.dossiers else ""
        price = f"; {price}" if price else ""
        yield from (f"can: {order.text} ({order_text(order)}{price})" for order in good)
        if orders and not good:
            refused.append(f"cannot {verb}: {shift.refusal(orders[0])}")
    yield from refused
    if subject in view.dossiers and shift.refusal(Order("check", (subject,))) is None:
        yield f"can: find {subject} FIELD FIELD RULE ({VERBS['find'].help}); `papers {subject}` shows the fields"


def customs_lines(view: View) -> Iterator[str]:
    """The consignments, those that hold a train or need a decision first."""
    holds = holding(view)
    dossiers = by_urgency(view)
    for dossier in dossiers:
        held = "; HOLDS ITS TRAIN" if dossier.id in holds else ""
        text = clearing(dossier)[0].lstrip("○✓✕ ")
        regime = "" if view.level.road is None else f", {dossier.regime}"
        yield f"{dossier.id}{regime}, {dossier.lane or 'no lane yet'}: {text}{held}"
    if not dossiers:
        yield "no papers yet"


def papers_lines(shift: Shift, name: str) -> Iterator[str]:
    """The documents of a consignment, field by field, as `find` names them."""
    papers = shift.view.papers(name)
    if papers is None:
        yield f"the papers of {name} are not lodged yet"
        return
    fields: dict[str, list[str]] = {}
    for document in papers.documents:
        for field, value in document.fields:
            fields.setdefault(field, []).append(f"{document.kind}.{field} {value}")
    yield f"{name}: {', '.join(document.title for document in papers.documents)}"
    yield from (" | ".join(values) for values in fields.values())
    shown = {f"{document.kind}.{field}" for document in papers.documents for field, _ in document.fields}
    yield from (f"{address}: NOT THERE" for address in addresses(papers) if address not in shown)
    yield f"rules: {', '.join(rule.code for rule in in_play(shift.level))}"


def rule_lines(view: View) -> Iterator[str]:
    """The rulebook, what is new today first."""
    for rule in view.rules.values():
        yield f"new today, from {rule.since}: {rule.title} ({rule.needs}); codes {', '.join(rule.codes)}"
    yield from (f"{rule.code}: {rule.title}. {rule.text}" for rule in in_play(view.level))
    yield from (f"list of dangerous goods, {goods}: {entries}" for goods, entries in danger_list(view.level))


def track_lines(view: View) -> Iterator[str]:
    """Every track with who holds it, and every section that is held."""
    for station in view.level.stations:
        held = [_track(view, track) for track in station.tracks]
        if held:
            yield f"{station.name}: {', '.join(held)}"
    sections = [f"{element} {unit}" for element, unit in view.holds.items() if "/" in element]
    yield f"on the line: {', '.join(sections) if sections else 'nobody'}"


def _track(view: View, track: Track) -> str:
    unit = view.holds.get(track.id)
    return f"{track.id} {track.gauge} {track.use} {track.length_m:.0f} m {'free' if unit is None else unit}"


def crane_lines(view: View) -> Iterator[str]:
    """What each crane and each machine of the stack does, and how full the stack is."""
    for crane in view.cranes.values():
        if crane.down is not None:
            text = WORDS.get(crane.down, crane.down)
        elif not crane.able:
            text = "tied down"
        elif crane.box is not None:
            text = f"lifts {crane.box} to {crane.dest}"
        else:
            text = "free" if crane.train is None else f"on {crane.train}{', blocked' if crane.blocked else ''}"
        yield f"{crane.id}: {text}, {crane.lifts} lifts"
    for machine in view.machines.values():
        text = "free" if machine.box is None else f"carries {machine.box} to the {machine.dest}"
        yield f"{machine.id}: {text if machine.down is None else WORDS[machine.down]}, {machine.lifts} moves"
    yield f"stack: {view.stack_teu} of {view.level.terminal.room_teu} TEU"


def standing_lines(shift: Shift) -> Iterator[str]:
    """The standing orders in force, and those that could be set."""
    yield from (f"in force: {name} {setting}" for name, setting in shift.view.standing.items())
    settable = [order.text for order in rule_orders(shift.view) if shift.refusal(order) is None]
    yield f"can: {', '.join(settable)}" if settable else "this level allows no standing orders"
    purse, budget = shift.view.purse, shift.level.budget
    if purse is not None and budget is not None:
        yield f"to spend: {purse.money}"
        for offer in budget.offers:
            state = (
                "built" if offer.id in purse.built else "bought" if offer.id in purse.bought else f"costs {offer.price}"
            )
            yield f"buy {offer.id}: {offer.title}, {state}"


def call_lines(shift: Shift) -> Iterator[str]:
    """Who waits for an answer, and what can be answered."""
    rings = shift.view.ringing(shift.desks)
    for ring in rings:
        call = shift.level.calls[ring.id]
        until = clock(shift.level.start_s, ring.until_s)
        yield f"{call.caller}, until {until}: {' '.join(str(call.text).split())}"
        yield from (f"can: answer {ring.id} {answer.word} ({answer.text})" for answer in call.answers)
    if not rings:
        yield "nobody waits for an answer"


def result_lines(level: Level, score: Score) -> Iterator[str]:
    """What came of the shift, and why."""
    yield f"{score.total:.1f} points, {score.stars} of 3 stars; 0 is doing nothing, 100 a good railwayman on this very shift"
    for part, points in score.parts.items():
        yield f"{part}: {'nothing to measure' if points is None else f'{points:.1f}'}, lost {score.losses.of(part):.0f}"
    if score.safety:
        yield f"safety: {score.safety:.1f} off, and no more than {level.scoring.safety.cap:g} in all"
    for goal in score.objectives:
        value = "nothing to measure" if goal.value is None else f"{goal.value:g}"
        bound = "at most" if goal.at_most else "at least"
        yield f"{'met' if goal.met else 'not met'}: {level.asked(goal.id, goal.text)} ({value}, asked {bound} {goal.target:g})"
    for reason in sorted(score.reasons, key=lambda item: (item.component != "safety", -item.loss)):
        yield f"lost {reason.loss:.1f} at {clock(level.start_s, reason.from_s)}: {reason_text(reason)}"
    yield f"{score.trains_in} trains in, {score.trains_out} out, {score.containers_out} containers out"
