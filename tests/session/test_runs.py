"""A run lived again is the run: to the second, refused orders and all; and what was changed is named."""

from dataclasses import replace
from random import Random

import pytest
from conftest import CAMPAIGN, shipped
from helpers import give, one_train, random_orders, until, variant

from corridor_tui.dispatcher.players import player
from corridor_tui.level.load import from_text
from corridor_tui.level.model import Level
from corridor_tui.session.journal import MOST_ORDER, Given, JournalError
from corridor_tui.session.run import OtherEngineError, Run, RunError, is_key, level_of, new_key, new_run, rebuild
from corridor_tui.session.shift import Shift


class Notebook:
    """A journal in memory that notes, of every order, how many events there were when it was written down."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self.given: list[Given] = []
        self.events_before: list[int] = []
        self.clock_s = 1
        self.full = False

    def order(self, *given: Given) -> None:
        if self.full:
            raise JournalError("the disk is full")
        self.given += given
        self.events_before.append(len(self._shift.events))

    def clock(self, now_s: int) -> None:
        self.clock_s = now_s

    def end(self, now_s: int) -> None:
        self.clock_s = now_s


def at_work(level: Level, seed: int) -> tuple[Shift, Notebook]:
    shift = Shift(level, seed)
    shift.journal = notebook = Notebook(shift)
    return shift, notebook


def run_of(shift: Shift, notebook: Notebook) -> Run:
    shift.keep_time()
    run = new_run(shift.level, shift.seed, "Aigul", 1)
    return replace(run, given=tuple(notebook.given), clock_s=notebook.clock_s)


def test_an_order_is_written_down_before_it_takes_effect() -> None:
    shift, notebook = at_work(one_train().level, 1)
    at_s = until(shift, "offered", "X8001") + 1
    shift.advance(at_s)
    before = len(shift.events)
    give(shift, "accept X8001 N1")
    assert notebook.given == [Given(shift.now_s, "accept X8001 N1")]
    assert notebook.events_before == [before]
    assert len(shift.events) > before


def test_that_an_order_was_helped_is_written_down_with_it() -> None:
    shift, notebook = at_work(one_train().level, 1)
    shift.advance(until(shift, "offered", "X8001") + 1)
    assert shift.order("accept X8001 N1", helped=True).accepted
    note = Given(shift.now_s, "guide gave accept X8001 N1", heard=False)
    assert notebook.given == shift.given == [note, Given(shift.now_s, "accept X8001 N1")]
    assert len(notebook.events_before) == 1
    notebook.full = True
    assert not shift.order("secure X8001", helped=True).accepted
    assert len(shift.given) == 2


def test_refused_orders_are_written_down_too_and_what_is_no_order_is_told_apart() -> None:
    shift, notebook = at_work(shipped("paper-trail"), 1)
    said = ["release NOBODY", "accept X1 N1", "fly", "a\x1b[2J", "x" * 1_000]
    assert not any(shift.order(text).accepted for text in said)
    assert [given.heard for given in notebook.given] == [True, False, False, False, False]
    assert notebook.given[3].text == "a\\x1b[2J"
    assert len(notebook.given[4].text) == MOST_ORDER
    assert rebuild(run_of(shift, notebook)).events == shift.events


def test_an_order_that_cannot_be_written_down_does_not_count_and_the_shift_goes_on() -> None:
    shift, notebook = at_work(one_train().level, 1)
    until(shift, "offered", "X8001")
    events = list(shift.events)
    notebook.full = True
    answer = shift.order("accept X8001 N1")
    assert not answer.accepted
    assert "cannot be written down" in answer.reason
    assert "the disk is full" in answer.reason
    assert shift.events == events
    notebook.full = False
    give(shift, "accept X8001 N1")
    assert [given.text for given in notebook.given] == ["accept X8001 N1"]


@pytest.mark.parametrize("name", CAMPAIGN)
def test_a_run_broken_off_at_any_moment_goes_on_as_if_it_had_not(name: str) -> None:
    draws = Random(name)
    level = shipped(name)
    shift, notebook = at_work(level, 5)
    resumed: Shift | None = None
    known = 0
    while not shift.over and shift.now_s < level.shift_s * 2 // 3:
        for text in random_orders(shift.view, draws, 4):
            shift.order(text)
        if resumed is None and shift.now_s > level.shift_s // 3:
            known = len(notebook.given)
            resumed = rebuild(run_of(shift, notebook))
            assert resumed.now_s == shift.now_s
            assert resumed.events == shift.events
        step = 30 + draws.randrange(600)
        if draws.random() < 0.3:
            shift.run_on(shift.now_s + step)
        else:
            shift.advance(shift.now_s + step)
    assert resumed is not None
    for given in notebook.given[known:]:
        resumed.advance(given.t)
        resumed.order(given.text)
    for each in (shift, resumed):
        each.close()
    assert resumed.digest == shift.digest


def test_a_run_knows_when_its_level_was_changed() -> None:
    shift, notebook = at_work(shipped("first-train"), 1)
    run = run_of(shift, notebook)
    assert level_of(run) == shipped("first-train")
    changed = variant(shipped("first-train"), title="Another")
    for spoilt in (
        replace(run, level_text=changed.text),
        replace(run, level_digest=changed.digest),
        replace(run, level_text=run.level_text.replace("{", "{ ", 1)),
        replace(run, level_text="{}", level_digest="cd78db1ee2cd1f05f4a18bc8a0b5c6ed"),
        replace(run, level_id="other"),
    ):
        with pytest.raises(RunError, match="the level"):
            rebuild(spoilt)


def test_a_level_that_cannot_be_a_level_is_refused_with_a_word() -> None:
    text = shipped("first-train").text
    for spoilt in ("", "[]", "[" * 100_000, text.replace('"length_min":250', '"length_min":-1'), " " * 300_000):
        assert spoilt != text
        with pytest.raises(ValueError, match=r"^the level (cannot be read|is larger)"):
            from_text(spoilt)
    with pytest.raises(ValueError, match="the level makes no sense"):
        from_text(text.replace('"entry":"', '"entry":"no', 1))


def test_a_run_of_another_engine_is_refused_with_both_named() -> None:
    shift, notebook = at_work(shipped("first-train"), 1)
    with pytest.raises(OtherEngineError, match=r"engine 1 and this is engine"):
        rebuild(replace(run_of(shift, notebook), engine="1"))


def test_orders_that_cannot_have_been_given_then_are_named() -> None:
    shift, notebook = at_work(shipped("first-train"), 1)
    shift.advance(500)
    shift.order("accept X8001 N1")
    shift.advance(600)
    run = run_of(shift, notebook)
    for t in (0, run.given[0].t + 1_000_000):
        with pytest.raises(RunError, match=rf"order 1 \(`accept X8001 N1`\) was given at second {t}"):
            rebuild(replace(run, given=(replace(run.given[0], t=t),)))


def test_keys_are_easy_to_read_and_never_the_same() -> None:
    keys = {new_key() for _ in range(2_000)}
    assert len(keys) == 2_000
    assert all(map(is_key, keys))
    assert not any(is_key(text) for text in ("", "abc", "../../../a", "ABCDEFGHJK", "a" * 11))


def test_who_has_read_the_papers_before_proposes_what_one_who_comes_in_would() -> None:
    """On the level of the papers, whose rulebook changes during the shift, and with findings that have papers set right."""
    shift = Shift(shipped("paper-trail"), 3)
    proposed = 0
    while not shift.over:
        shift.advance(shift.now_s + 600)
        for _ in range(4):
            anew = list(player("reference").act(shift.view, shift.desks))
            assert list(shift.proposals()) == anew
            proposed += len(anew)
            if anew:
                shift.order(anew[0].text)
    assert proposed > 100
    assert len(shift.view.rules) > 0
    assert any(one.text.startswith("find ") for one in shift.given)
