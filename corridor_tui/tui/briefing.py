"""What is read before and after a shift: the briefing, and the questions with their answers. It needs little of the program."""

from collections.abc import Sequence

from rich.cells import cell_len

from corridor_tui.language import N_, _, pgettext
from corridor_tui.level.model import Level
from corridor_tui.level.teaching import Question
from corridor_tui.level.text import flowing
from corridor_tui.session.clocks import date_text, end_text
from corridor_tui.tui.rows import Row, row, wrap


def prose(text: str, width: int) -> list[Row]:
    """A text with paragraphs, wrapped; line breaks within a paragraph are only the writer's."""
    rows: list[Row] = []
    for paragraph in text.strip().split("\n\n"):
        rows += [row(line) for line in wrap(flowing(paragraph), width)]
        rows.append(row(""))
    return rows


def _listed(text: str, width: int) -> list[Row]:
    """A text whose lines stand for themselves, such as a handover sheet."""
    rows = [row(part) for line in text.strip().split("\n") for part in wrap(line, width)]
    return [*rows, row("")]


def hanging(head: str, text: str, width: int, style: str = "") -> list[Row]:
    """A text beside its head, its further lines indented as far."""
    lines = wrap(text, max(20, width - cell_len(head)))
    return [row((head if not number else " " * cell_len(head), style), line) for number, line in enumerate(lines)]


def _slower(level: Level) -> list[str]:
    """What a level does to the clock besides: each a sentence."""
    shift, told = level.shift, list[str]()
    if shift.speed == "locked":
        told.append(_("The speed is kept."))
    if shift.call_speed is not None:
        told.append(_("While a call waits for you it runs at {speed}x at the most.", speed=shift.call_speed))
    if shift.papers_speed is not None:
        told.append(_("While you read papers it runs at {speed}x at the most.", speed=shift.papers_speed))
    return told


def briefing_rows(level: Level, seed: int, width: int) -> list[Row]:
    """What the trainee reads before the shift."""
    shift = level.shift
    end = end_text(level.shift.date, level.start_s, level.shift_s)
    clocks = {
        "free": N_("{date}, {start} to {end}; the clock runs at {speed}x and can be paused; seed {seed}"),
        "covered": N_(
            "{date}, {start} to {end}; the clock runs at {speed}x and papers are covered while it is paused; seed {seed}"
        ),
        "never": N_("{date}, {start} to {end}; the clock runs at {speed}x and cannot be paused; seed {seed}"),
    }
    about = _(
        clocks[shift.pause],
        date=date_text(str(shift.date), level.start_s),
        start=shift.start,
        end=end,
        speed=shift.default_speed,
        seed=seed,
    )
    slower = _slower(level)
    rows = [
        row((str(level.title), "head")),
        *(row((line, "dim")) for line in wrap(" ".join((about, *slower)), width)),
        row(""),
    ]
    rows += prose(str(level.briefing.background), width)
    rows += [row((_("Your task"), "head")), *prose(str(level.briefing.task), width)]
    rows += [row((pgettext("briefing", "Handover"), "head")), *_listed(str(level.briefing.handover), width)]
    rows.append(row((_("What is asked, and how it is measured"), "head")))
    for goal in level.objectives:
        rows += hanging("○ ", str(goal.text), width, "warn")
        rows.append(row((f"  {_measured(goal.measure)}", "dim")))
    scoring = level.scoring

    rows += [row(""), row((_("How it is scored"), "head"))]
    rows += prose(
        _(
            "0 is what doing nothing would lose on this very shift, 100 what a good railwayman loses. Weights: {weights}. A safety "
            "mistake costs points of its own and holds the total at {cap:g} at the most. What is open when the shift ends is "
            "finished by others, and its delay counts. Stars at {stars}.",
            weights=_weights(level),
            cap=scoring.safety.cap,
            stars=", ".join(f"{star:g}" for star in scoring.stars),
        ),
        width,
    )
    rows += _aids_rows(level, width)
    if level.briefing.teaching:
        rows += [row((_("Not as in life"), "head")), *prose(str(level.briefing.teaching), width)]
    return rows


def _weights(level: Level) -> str:
    """What each component weighs; the findings of others are nobody's here."""
    scoring = level.scoring
    weights = [_("time {weight:g}", weight=scoring.time.weight)]
    if level.player("customs") == "trainee":
        weights.append(_("detection {weight:g}", weight=scoring.detection.weight))
    return ", ".join((*weights, _("resources {weight:g}", weight=scoring.resources.weight)))


def _aids_rows(level: Level, width: int) -> list[Row]:
    """What help costs, where it costs anything."""
    costs = level.aids.ladder_costs
    if not level.aids.ladder or not any(costs):
        return []
    where, what, show = (f"{cost:g}" for cost in costs)
    said = _(
        "Help can be asked for (i, unless your own keys say otherwise): where to look costs {where}, what is wanted there "
        "{what}, the order itself {show}, in the cost units of the resources.",
        where=where,
        what=what,
        show=show,
    )
    return prose(said, width)


def key_rows(keys: Sequence[tuple[str, str]], width: int) -> list[Row]:
    """Keys as they are written, each with what it does, under their heading."""
    widest = max(cell_len(key) for key, _about in keys) + 2
    rows = [row((_("Keys"), "head"))]
    for key, about in keys:
        rows += hanging(f"  {key:<{widest}} ", about, width, "key")
    return rows


def answer_rows(question: Question, word: str, width: int) -> list[Row]:
    """What was answered to a question of the debriefing, what is right, and why."""
    rows = [*prose(str(question.text), width)]
    for answer in question.answers:
        sign = "✓" if answer.right else "✕" if answer.word == word else " "
        style = "good" if answer.right else "bad" if answer.word == word else ""
        rows += hanging(f"{'▸' if answer.word == word else ' '} {sign} ", str(answer.text), width, style)
    return [*rows, row(""), *prose(str(question.because), width)]


def _measured(measure: str) -> str:
    return _(_MEASURED[measure])


_MEASURED = {
    "clear_and_change_min": N_("minutes from its first lift until its last container is loaded and cleared"),
    "crane_phase_min": N_("minutes from its first lift to its last"),
    "departed_late_min": N_("minutes by which its load leaves after it is due"),
    "trains_out": N_("trains that have left with their load"),
    "containers_out": N_("containers that have left"),
    "grain_out_t": N_("tonnes of grain that have left"),
    "faults_missed": N_("discrepancies in what was released, found by the audit afterwards"),
    "false_alarms": N_("findings on sound papers that fell"),
    "hit_pct": N_("of the faulty consignments that were judged, how many per cent were found"),
    "false_alarm_pct": N_("of the sound consignments that were judged, how many per cent had a false alarm"),
    "safety_mistakes": N_("safety mistakes"),
    "rehandles": N_("containers moved aside in the stack"),
    "calls_failed": N_("calls answered wrongly or too late"),
    "late_min": N_("late minutes of all trains together"),
    "connections_made": N_("consignments that make the sailing they are booked on"),
    "connections_missed": N_("consignments that miss their sailing, or never leave for it"),
    "promises_kept": N_("per cent of the promised consignments that are delivered in time"),
}
