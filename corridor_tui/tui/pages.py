"""Pages to read: the briefing, the help and the rulebook, as rows that scroll."""

from corridor_tui.config import config_path
from corridor_tui.corridor.orders import VERBS
from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.level.risk import Criterion
from corridor_tui.level.teaching import Question
from corridor_tui.scenario.rules import danger_list, in_play, stamp
from corridor_tui.scenario.selectivity import BLUE, RANDOM, TOP_UP
from corridor_tui.session.wording import clock
from corridor_tui.tui.keys import KEYS, Keyboard
from corridor_tui.tui.rows import Row, row, wrap


def prose(text: str, width: int) -> list[Row]:
    """A text with paragraphs, wrapped; line breaks within a paragraph are only the writer's."""
    rows: list[Row] = []
    for paragraph in text.strip().split("\n\n"):
        rows += [row(line) for line in wrap(paragraph, width)]
        rows.append(row(""))
    return rows


def _listed(text: str, width: int) -> list[Row]:
    """A text whose lines stand for themselves, such as a handover sheet."""
    rows = [row(part) for line in text.strip().split("\n") for part in wrap(line, width)]
    return [*rows, row("")]


def hanging(head: str, text: str, width: int, style: str = "") -> list[Row]:
    """A text beside its head, its further lines indented as far."""
    lines = wrap(text, max(20, width - len(head)))
    return [row((head if not number else " " * len(head), style), line) for number, line in enumerate(lines)]


def briefing_rows(level: Level, seed: int, width: int) -> list[Row]:
    """What the trainee reads before the shift."""
    shift = level.shift
    end = clock(level.start_s, level.shift_s)
    clocks = {
        "free": "it can be paused",
        "covered": "papers are covered while it is paused",
        "never": "it cannot be paused",
    }
    about = f"{shift.date}, {shift.start} to {end}; the clock runs at {shift.default_speed}x and {clocks[shift.pause]}; seed {seed}"
    rows = [row((level.title, "head")), *(row((line, "dim")) for line in wrap(about, width)), row("")]
    rows += prose(level.briefing.background, width)
    rows += [row(("Your task", "head")), *prose(level.briefing.task, width)]
    rows += [row(("Handover", "head")), *_listed(level.briefing.handover, width)]
    rows.append(row(("What is asked, and how it is measured", "head")))
    for goal in level.objectives:
        rows += hanging("○ ", goal.text, width, "warn")
        rows.append(row((f"  {_measured(goal.measure)}", "dim")))
    scoring = level.scoring
    weights = (
        f"time {scoring.time.weight:g}, detection {scoring.detection.weight:g}, resources {scoring.resources.weight:g}"
    )
    rows += [row(""), row(("How it is scored", "head"))]
    rows += prose(
        f"0 is what doing nothing would lose on this very shift, 100 what a good railwayman loses. Weights: {weights}. A safety "
        f"mistake costs points of its own and holds the total at {scoring.safety.cap:g} at the most. What is open when the shift "
        f"ends is finished by others, and its delay counts. Stars at {', '.join(f'{star:g}' for star in scoring.stars)}.",
        width,
    )
    if level.briefing.teaching:
        rows += [row(("Not as in life", "head")), *prose(level.briefing.teaching, width)]
    return rows


def answer_rows(question: Question, word: str, width: int) -> list[Row]:
    """What was answered to a question of the debriefing, what is right, and why."""
    rows = [*prose(question.text, width)]
    for answer in question.answers:
        sign = "✓" if answer.right else "✕" if answer.word == word else " "
        style = "good" if answer.right else "bad" if answer.word == word else ""
        rows += hanging(f"{'▸' if answer.word == word else ' '} {sign} ", answer.text, width, style)
    return [*rows, row(""), *prose(question.because, width)]


def _measured(measure: str) -> str:
    return {
        "clear_and_change_min": "minutes from its first lift until its last container is loaded and cleared",
        "crane_phase_min": "minutes from its first lift to its last",
        "departed_late_min": "minutes by which its load leaves after it is due",
        "trains_out": "trains that have left with their load",
        "containers_out": "containers that have left",
        "grain_out_t": "tonnes of grain that have left",
        "faults_missed": "discrepancies in what was released, found by the audit afterwards",
        "false_alarms": "findings on sound papers that fell",
        "hit_pct": "of the faulty consignments that were judged, how many per cent were found",
        "false_alarm_pct": "of the sound consignments that were judged, how many per cent had a false alarm",
        "safety_mistakes": "safety mistakes",
        "calls_failed": "calls answered wrongly or too late",
        "late_min": "late minutes of all trains together",
        "connections_made": "consignments that make the sailing they are booked on",
        "connections_missed": "consignments that miss their sailing, or never leave for it",
        "promises_kept": "per cent of the promised consignments that are delivered in time",
    }[measure]


_ABOUT = {
    "panel": "The corridor from east (top, China) to west (bottom). Tracks with their length in metres and who stands on them, the "
    "throats, the sections of the lines, the cranes where they stand and what they lift, the stack, and who of the staff is busy. "
    "Choose a train, a track or a crane.",
    "trains": "Every train and rake: where it is, what it waits for and since when, how many of its consignments are released, and "
    "its next deadline. Below each stands its chain of work.",
    "customs": "The consignments, those first that hold a train, then those that need a decision. What is chosen here lies open in "
    "the papers.",
    "papers": "The documents of the chosen consignment side by side: a row for each field, a column for each document. What stands in "
    "one row must agree, unless the rulebook says otherwise.",
    "messages": "What has happened, the latest at the bottom; what repeats is folded.",
    "cranes": "What each crane lifts; then every train under the cranes, wagon for wagon, above the wagons of its rake: █ full, ▌ "
    "half, ─ ━ empty, ░ ▒ with something that is not released, ! overloaded, ◇ placarded as dangerous (its class stands beside it), ϟ a reefer. Whether all that still comes fits onto the rake. Then "
    "its containers one by one: enter offers what can be done with one.",
    "graph": "Time runs from left to right, the line from top to bottom by kilometre; every train is a line. What has been is drawn "
    "whole, what is expected in dots, what the timetable wants in few dots. ◆ two want the same stretch, ◇ a meet that is ordered, "
    "▒ a closed stretch, ✕ a knot. Lines in the colour of a warning come too late.",
}


def help_rows(pane: str, keyboard: Keyboard, width: int) -> list[Row]:
    """First the instrument that was looked at, then the keys, the signs, the orders and the way of a train."""
    rows = [row((f"This instrument: {pane}", "head")), *prose(_ABOUT[pane], width)]
    own = list(keyboard.of(pane))
    for key in own:
        rows += hanging(f"  {keyboard.all_shown(key.name):<12} ", key.about, width, "key")
    rows += [row("")] if own else []
    rows.append(row(("Keys", "head")))
    for key in KEYS:
        shown = keyboard.all_shown(key.name)
        if pane not in key.panes and shown:
            where = f" ({', '.join(key.panes)})" if key.panes else ""
            rows += hanging(f"  {shown:<12} ", key.about + where, width, "key")
    rows += hanging(f"  {'escape':<12} ", "close what lies on top", width, "key")
    rows += hanging(f"  {'ctrl+p':<12} ", "find any order, train, theme or command by name", width, "key")
    rows += hanging(f"  {'mouse':<12} ", "a click chooses, a second one opens, the hints can be clicked", width, "key")
    rows += [row(""), row(("Signs", "head"))]
    rows += [
        row(
            ("  ■ done  ", "good"),
            "▶ being done  … waits for people  ",
            ("○ your order is missing  ", "warn"),
            ("· later", "dim"),
        ),
        row(
            ("  ─ 1435 mm", "narrow"),
            ("  ━ 1520 mm", "broad"),
            "   ◆ locomotive   ▸ bound west   ◂ bound east   ╦ crane lifting",
        ),
        row(
            "  tracks: in receiving, out departure, park storage, crane under the cranes; the number is their length in metres"
        ),
        row("  ● somebody at work, ○ somebody free, +1 a job that waits for somebody"),
        row("  lanes: G green release, Y yellow documents first, R red open first, B blue audit later"),
    ]
    rows += [row(""), row(("Orders, as the command line takes them", "head"))]
    for verb in VERBS.values():
        head = f"  {verb.word} {verb.shape}"
        rows += hanging(f"{head:<34} ", verb.help, width, "key")
    rows.append(row(""))
    rows.append(row(("The way of a train", "head")))
    rows += prose(
        "Accept it from the neighbour onto a receiving track. Secure it, then uncouple its locomotive. Have it inspected. Pull it "
        "under the cranes, where a rake of the other gauge stands. Plan the transfer and put the cranes on it. Meanwhile customs: "
        "green and blue consignments can be released, yellow ones need a document check, red ones must be opened or scanned; where two "
        "fields of the papers clash against the rulebook, claim it. Weigh the loaded rake, write its waybill, pull it to a departure "
        "track, call a locomotive, test the brakes, book a path, depart. The emptied rake is inspected and goes home.",
        width,
    )
    rows += hanging("  ", f"Keys and theme can be set in {config_path()}; see the README.", width, "dim")
    return rows


def rulebook_rows(view: View, width: int) -> list[Row]:
    """The rules of the customs desk: first what is new today and how the risk engine is set, then what always holds."""
    rows = [*_today_rows(view, width), *_criteria_rows(view, width)]
    for rule in in_play(view.level):
        rows.append(row((rule.title, "head"), (f"  ({rule.code})", "dim")))
        rows += prose(rule.text, width)
    listed = list(danger_list(view.level))
    if listed:
        rows.append(row(("The list of dangerous goods", "head")))
        for goods, entries in listed:
            rows += prose(f"{goods}: {entries}.", width)
    return rows


def _today_rows(view: View, width: int) -> list[Row]:
    """The rules of the day that the desk has been told of: what they ask, of which codes, from which minute."""
    rows: list[Row] = []
    at = stamp(view.level, view.now_s)
    for rule in view.rules.values():
        force = "IN FORCE" if at >= rule.since else "NOT YET IN FORCE"
        needs = "need a licence" if rule.needs == "licence" else "are barred"
        rows.append(row(("New today: ", "warn"), (rule.title, "head"), (f"  ({rule.needs}, {force})", "warn")))
        rows += prose(
            f"Goods of the codes {', '.join(rule.codes)} {needs} where their declaration was registered at {rule.since} or later. "
            "A code is touched only where it begins with all the digits that are named.",
            width,
        )
    return rows


def _criteria_rows(view: View, width: int) -> list[Row]:
    """The criteria of the risk engine and how each is set."""
    selectivity = view.level.customs.selectivity
    if selectivity is None:
        return []
    heads = {item.id: _criterion(item) for item in selectivity.criteria}
    heads |= {
        RANDOM: "per cent of the others that go yellow by chance",
        BLUE: "per cent of the rest that go blue",
        TOP_UP: "consignments of a train that are flagged at the least",
    }
    rows = [row(("Criteria of the risk engine", "head"))]
    for name, setting in view.selectivity.items():
        rows += hanging(f"  {name:<14} {setting:<7} ", heads[name], width, "key")
    tail = "select CRITERION SETTING changes one for what is lodged from then on." if selectivity.desk else ""
    return [*rows, *([row((tail, "dim"))] if tail else []), row("")]


def _criterion(item: Criterion) -> str:
    """What a criterion looks for, in words."""
    parts = [
        f"chapters {', '.join(item.chapters)}" if item.chapters else "",
        ", ".join(item.goods),
        f"loaded at {', '.join(item.origins)}" if item.origins else "",
        f"sent by {', '.join(item.consignors)}" if item.consignors else "",
        "" if item.value_usd_from is None else f"worth USD {item.value_usd_from:,.0f} or more",
        "" if item.mass_t_from is None else f"of {item.mass_t_from:g} t or more",
    ]
    share = "" if item.share == 1 else f"; {item.share:.0%} of them"
    return ", ".join(part for part in parts if part) + share
