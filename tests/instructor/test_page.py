"""The debriefing as a page: it stands by itself, tells what the run came to, and takes no text for markup."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args

import pytest
from conftest import shipped
from played import played

from corridor_tui.corridor.waits import Cause
from corridor_tui.instructor import charts
from corridor_tui.instructor.page import page
from corridor_tui.language import LANGUAGES, OWN, Language, speaking
from corridor_tui.level.errors import plain
from corridor_tui.level.load import from_text
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import CAUSES, Dwell
from corridor_tui.session.decisions import Analysis
from corridor_tui.session.marks import Mark
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result
from corridor_tui.session.run import RunError
from corridor_tui.session.traces import Traces
from corridor_tui.session.wording import said_text

_VOID = {"meta", "link", "img", "br", "hr", "input"}


class Reader(HTMLParser):
    """Reads a page: its tags must close in order; collects its text, its tags and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "action", "data")
        ]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def run_of(name: str = "fifty-five-minutes") -> Result:
    return played(name, 1, "novice")


def test_the_page_needs_nothing_but_itself() -> None:
    read = Reader(page(run_of()))
    assert read.fetched == []
    assert not {"script", "link", "img", "iframe", "object"} & set(read.tags)
    assert "@import" not in read.text
    assert "url(" not in read.text


def test_the_page_tells_the_total_every_lost_point_every_load_and_the_questions() -> None:
    result, level = run_of(), shipped("fifty-five-minutes")
    text = Reader(page(result)).text
    assert f"{result.score.total:.1f}" in text
    for reason in result.score.reasons:
        assert " ".join(plain(reason_text(reason, level)).split()) in text
    for train in result.score.trains:
        assert train.number in text
    for card in level.questions:
        assert " ".join(str(card.because).split()) in text
    assert "too few cases" in text


def test_both_lines_are_drawn_and_what_the_decisions_were_worth_stands_in_order() -> None:
    result = run_of("first-train")
    analysis = Analysis(result.run)
    worths = [analysis.worth(decision) for decision in analysis.decisions]
    drawn = page(result, worths)
    assert 'class="mine"' in drawn
    assert 'class="theirs"' in drawn
    assert "the reference on the same seed" in drawn
    dear = sorted((one for one in worths if abs(one.total) >= 0.05), key=lambda one: (-one.total, one.decision.t))
    assert dear
    told = Reader(
        drawn.partition('id="decisions"')[2].partition("<h2")[0].partition("<tbody>")[2].partition("</tbody>")[0]
    )
    cells = [word.strip() for word in told.words if word.strip()]
    assert [(cells[1::4][place], cells[3::4][place]) for place in range(len(cells) // 4)] == [
        (said_text(one.decision.text, analysis.level), f"{-one.total:+.1f}") for one in dear
    ]
    assert 'id="decisions"' not in page(result)


def test_what_an_instructor_marked_stands_on_the_timeline_with_his_name() -> None:
    marked = replace(run_of("first-train"), marks=(Mark(900, "Marat <b>", "why so late?", 1),))
    drawn = page(marked)
    assert "Marat <b>: why so late?" in Reader(drawn).text
    assert "Marat <b>" not in drawn


def test_two_runs_stand_side_by_side_with_the_minutes_between_them() -> None:
    mine, best = run_of("first-train"), played("first-train", 1, "reference", trainee="Marat")
    text = Reader(page(mine, against=best)).text
    late, early = (
        next(train.departed_s for train in result.score.trains if train.number == "X8001") for result in (mine, best)
    )
    assert late is not None
    assert early is not None
    assert f"Side by side with run {best.run.key}" in text
    assert f"{(late - early) / 60:+.0f} min" in text


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != OWN])
def test_the_page_speaks_the_language_that_is_spoken_in_all_that_it_says(language: Language) -> None:
    headings = re.compile(r"<(?:h2|th scope=.col.)[^>]*>([^<]+)<")
    before = headings.findall(page(run_of("first-train")))
    with speaking(language):
        drawn = page(run_of("first-train"))
    assert f'<html lang="{language}">' in drawn
    assert len(before) > 15
    assert [said for said in before if said in headings.findall(drawn)] == ["A'"]


def test_runs_of_two_seeds_are_not_set_side_by_side() -> None:
    with pytest.raises(RunError, match="another level or seed"):
        page(run_of("first-train"), against=played("first-train", 2, "novice"))


def test_no_name_and_no_text_of_a_level_is_taken_for_markup() -> None:
    evil = "<script>alert(1)</script>&<b>"
    result = run_of("first-train")
    document = json.loads(result.run.level_text)
    document["title"] = document["stations"][1]["name"] = evil
    level = from_text(json.dumps(document))
    assert str(level.title) == evil
    run = replace(result.run, trainee=evil, level_text=level.text, level_digest=level.digest)
    drawn = page(replace(result, run=run))
    read = Reader(drawn)
    assert "script" not in read.tags
    assert "b" in read.tags  # its own
    assert evil in read.text
    assert "<script>" not in drawn


def test_where_the_customs_desk_was_anothers_no_eye_is_told() -> None:
    assert "The eye of the customs desk" in page(run_of())
    drawn = page(run_of("single-line"))
    Reader(drawn)
    assert "The eye of the customs desk" not in drawn


def test_every_cause_of_a_wait_has_a_colour_of_its_own() -> None:
    assert set(CAUSES) == set(get_args(Cause))
    dwells = [Dwell("X8001", "", dict.fromkeys(CAUSES, 600))]
    legend = charts.legend(dwells)
    assert list(legend) == list(CAUSES)
    assert len(set(legend.values())) == len(CAUSES)
    drawn = charts.dwell_bars(dwells).svg
    assert all(colour in drawn for colour in legend.values())


def test_no_number_of_a_train_is_written_over_another_on_the_train_graph() -> None:
    result = played("fifty-five-minutes")
    replay = Replay(result.run, result.score)
    replay.jump(replay.end_s)
    traces = Traces(replay.level)
    traces.read(replay.shown)
    svg = charts.train_graph(replay.level, traces, traces, replay.end_s, "the same").svg
    written = [
        (float(x), float(y), words)
        for x, y, words in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>', svg)
        if words in traces.of
    ]
    assert len(written) > 4
    for place, (x, y, words) in enumerate(written):
        for other_x, other_y, other in written[:place]:
            wide = 7 * len(words if x <= other_x else other)
            assert abs(y - other_y) >= 12 or abs(x - other_x) >= wide, (words, other)
