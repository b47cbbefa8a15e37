"""Pages to read: the briefing, the help and the result, as rows that scroll."""

import textwrap

from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import RULES
from corridor_tui.scoring.score import Score
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.wording import clock
from corridor_tui.tui.rows import Row, fit, row


def prose(text: str, width: int) -> list[Row]:
    """A text with paragraphs, wrapped; line breaks within a paragraph are only the writer's."""
    rows: list[Row] = []
    for paragraph in text.strip().split("\n\n"):
        rows += [row(line) for line in textwrap.wrap(" ".join(paragraph.split()), max(20, width)) or [""]]
        rows.append(row(""))
    return rows


def _listed(text: str, width: int) -> list[Row]:
    """A text whose lines stand for themselves, such as a handover sheet."""
    rows = [row(part) for line in text.strip().split("\n") for part in textwrap.wrap(line, max(20, width)) or [""]]
    return [*rows, row("")]


def briefing_rows(level: Level, seed: int, width: int) -> list[Row]:
    """What the trainee reads before the shift."""
    shift = level.shift
    end = clock(level.start_s, level.shift_s)
    rows = [
        row((level.title, "head")),
        row((f"{shift.date}, {shift.start}-{end}, at {shift.default_speed}x, seed {seed}", "dim")),
        row(""),
    ]
    rows += prose(level.briefing.background, width)
    rows += [row(("Your task", "head")), *prose(level.briefing.task, width)]
    rows += [row(("Handover", "head")), *_listed(level.briefing.handover, width)]
    rows.append(row(("What is asked", "head")))
    for goal in level.objectives:
        rows += [
            row(f"{'- ' if not number else '  '}{line}")
            for number, line in enumerate(textwrap.wrap(goal.text, width - 2))
        ]
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


def result_rows(level: Level, score: Score, width: int) -> list[Row]:
    """What came of the shift, and why."""
    stars = "★" * score.stars + "☆" * (3 - score.stars)
    rows = [row((f"{level.title}: {score.total:.1f} points {stars}", "head")), row("")]
    for part, points in score.parts.items():
        shown = "nothing to measure on this seed" if points is None else f"{points:6.1f}"
        bar = "" if points is None else "█" * max(0, min(40, round(points * 0.4)))
        rows.append(row(f"{part:<10} {shown} ", (bar, "good"), (f"  lost {score.losses.of(part):.0f}", "dim")))
    if score.safety:
        rows.append(
            row((f"safety     -{score.safety:.0f}, and no more than {level.scoring.safety.cap:g} in all", "bad"))
        )
    rows += [row(("           0 = doing nothing, 100 = a good railwayman, on this very shift", "dim")), row("")]
    rows.append(row(("What was asked", "head")))
    for goal in score.objectives:
        value = "not reached" if goal.value is None else f"{goal.value:g}"
        mark = ("✓ met    ", "good") if goal.met else ("✗ not met", "bad")
        bound = f" {value} ({'at most' if goal.at_most else 'at least'} {goal.target:g})"
        lines = textwrap.wrap(goal.text, max(20, width - 11))
        rows.append(row(mark, f"  {lines[0]}"))
        rows += [row(f"           {line}") for line in lines[1:]]
        rows.append(row((f"          {bound}", "dim")))
    rows += [row(""), row(("Where the points went", "head"))]
    for reason in score.reasons:
        when = clock(level.start_s, reason.from_s)
        if reason.to_s != reason.from_s:
            when += f"-{clock(level.start_s, reason.to_s)}"
        rows.append(
            row((f"{reason.loss:7.1f} ", "warn"), (f"{when:<12}", "dim"), fit(reason_text(reason), max(10, width - 20)))
        )
    rows += [row(""), row(("Trains", "head")), row(("number   arrived  lifting      cleared  left", "dim"))]
    for line in score.trains:
        times = [line.arrived_s, line.transfer_start_s, line.transfer_end_s, line.cleared_s, line.departed_s]
        shown_times = ["-" if second is None else clock(level.start_s, second) for second in times]
        rows.append(
            row(
                f"{line.number:<8} {shown_times[0]:<8} {shown_times[1]}-{shown_times[2]:<6} {shown_times[3]:<8} {shown_times[4]}"
            )
        )
    return rows


KEYS = (
    ("space", "pause and go on; orders can be given while paused"),
    ("+ -", "faster, slower"),
    ("n", "run on to the next event that needs you"),
    ("c", "give the order that is proposed (where the level has a coach)"),
    ("1 2 3 4 5", "panel, trains, customs, papers, messages; tab goes round"),
    ("arrows, j k", "choose a train, a consignment, a cell"),
    ("enter", "the orders for what is chosen: a letter gives one"),
    ("h l, m", "in the papers: another document; mark a cell"),
    ("f", "claim a finding: the two marked cells clash under a rule"),
    ("r", "the rulebook"),
    (":", "write an order, such as `accept X8001 N1`; tab completes"),
    ("ctrl+p", "find any order or command by name"),
    ("? or F1", "this help"),
    ("q", "leave the shift: it asks first"),
)


def help_rows(width: int) -> list[Row]:
    """The keys, the signs and the way of a train."""
    rows = [row(("Keys", "head"))]
    rows += [row((f"  {keys:<12}", "warn"), fit(text, max(10, width - 14))) for keys, text in KEYS]
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
            "  [◆X1] train with its locomotive  (X1) track held for it",
        ),
        row("  tracks: r receiving, d departure, c under the cranes, s storage"),
        row("  lanes: G green release, Y yellow documents first, R red open first, B blue audit later"),
        row(""),
        row(("The way of a train", "head")),
    ]
    rows += prose(
        "Accept it from the neighbour onto a receiving track. Secure it, then uncouple its locomotive. Have it inspected. Pull it "
        "under the cranes, where a rake of the other gauge stands. Plan the transfer and put the cranes on it. Meanwhile customs: "
        "green and blue consignments can be released, yellow ones need a document check, red ones must be opened or scanned; where two "
        "fields of the papers clash against the rulebook, claim it. Weigh the loaded rake, write its waybill, pull it to a departure "
        "track, call a locomotive, test the brakes, book a path, depart. The emptied rake is inspected and goes home.",
        width,
    )
    return rows


def rulebook_rows(width: int) -> list[Row]:
    """The rules of the customs desk."""
    rows: list[Row] = []
    for rule in RULES.values():
        rows.append(row((rule.title, "head"), (f"  ({rule.code})", "dim")))
        rows += prose(rule.text, width)
    return rows
