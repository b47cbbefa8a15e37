"""A run is what it claims, or what was altered is named; and it lives the same in every process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from random import Random

import pytest
from conftest import CAMPAIGN, ROOT, shipped
from helpers import random_orders, variant
from played import played

from corridor_tui.scoring.judge import rescaled
from corridor_tui.session.result import ExportError, Result, export, read_export, result_of
from corridor_tui.session.run import finished, new_run
from corridor_tui.session.shift import Shift
from corridor_tui.session.verify import verify

FUZZED = 1_000
SAMPLE = 16
MOST_BYTES = 200_000
"""What an hour of busy play may be exported to."""


def forged(change: Callable[[dict[str, object]], object]) -> Result:
    """An exported run that somebody has changed in an editor."""
    document = json.loads(export(played("first-train", 1, "reference")))
    change(document)
    return read_export(json.dumps(document))


def resealed(result: Result) -> Result:
    """A forgery by somebody who knows how the chain is made."""
    return replace(result, links=result.run.links)


def test_a_true_run_is_true_wherever_it_comes_from() -> None:
    result = played("first-train", 1, "reference")
    again = read_export(export(result))
    assert again == result
    verdict = verify(again)
    assert verdict.true
    assert verdict.score == result.score


def orders_of(document: dict[str, object]) -> list[list[object]]:
    orders = document["orders"]
    assert isinstance(orders, list)
    return orders


def test_an_order_taken_out_is_named() -> None:
    with pytest.raises(ExportError, match=r"^order 5 is missing: in its place stands order 6$"):
        forged(lambda document: orders_of(document).pop(4))

    def renumbered(document: dict[str, object]) -> None:
        orders = orders_of(document)
        del orders[4]
        for seq, row in enumerate(orders, 1):
            row[0] = seq

    result = forged(renumbered)
    faults = verify(result).faults
    assert faults[0].startswith("order 5 (")
    assert "was altered, or one before it was taken out" in faults[0]
    assert any("its events are not those" in fault for fault in verify(resealed(result)).faults)


def test_an_order_moved_by_a_second_is_named() -> None:
    def moved(document: dict[str, object]) -> None:
        row = orders_of(document)[6]
        assert isinstance(row[1], int)
        row[1] += 1

    result = forged(moved)
    given = result.run.given[6]
    assert verify(result).faults[0].startswith(f"order 7 (`{given.text}` at second {given.t}) was altered")
    assert any("its events are not those" in fault for fault in verify(resealed(result)).faults)


def test_an_order_put_in_is_named() -> None:
    result = forged(
        lambda document: orders_of(document).append([len(orders_of(document)) + 1, 9_999, "hold X8001", True, "0" * 16])
    )
    assert (
        verify(result).faults[0].startswith(f"order {len(result.run.given)} (`hold X8001` at second 9999) was altered")
    )


@pytest.mark.parametrize("text", ["\x1b[2J", "fly X8001", "mark words", "accept", "w" * 200])
def test_what_is_no_order_cannot_be_passed_off_as_one(text: str) -> None:
    def put(document: dict[str, object]) -> None:
        orders_of(document)[1][2] = text

    faults = verify(resealed(forged(put))).faults
    assert len(faults) == 1
    assert faults[0].startswith("order 2 (`")
    assert "is none that the corridor would have heard" in faults[0]
    assert faults[0].isprintable()


def test_a_raised_score_is_named_with_the_true_one() -> None:
    def raised(document: dict[str, object]) -> None:
        score = document["score"]
        assert isinstance(score, dict)
        score["total"] = 142.0

    true = played("first-train", 1, "reference").score.total
    assert verify(forged(raised)).faults == (
        f"the score was altered: it claims 142 points, and its orders come to {true:g}",
    )


@pytest.mark.parametrize(
    ("part", "value"), [("stars", 0), ("safety", -3.5), ("reasons", []), ("trains_out", 9), ("losses", {"time": 0, "detection": 0, "resources": 0})]
)  # fmt: skip
def test_any_part_of_a_score_that_was_altered_is_named(part: str, value: object) -> None:
    def spoil(document: dict[str, object]) -> None:
        score = document["score"]
        assert isinstance(score, dict)
        score[part] = value

    (fault,) = verify(forged(spoil)).faults
    assert fault.startswith("the score was altered")
    assert part in fault


def on_another_scale(document: dict[str, object]) -> dict[str, float]:
    """The same run as a program would have scored it whose reference loses 40 more of time."""
    result = played("first-train", 1, "reference")
    scale = result.score.scale
    assert scale is not None
    other = replace(scale, reference=replace(scale.reference, time=scale.reference.time + 40))
    score = rescaled(result.score, other, shipped("first-train"))
    assert score.total > result.score.total
    document["score"] = asdict(score)
    return {"then": score.total, "now": result.score.total}


def test_a_reference_that_plays_otherwise_is_told_from_a_raised_score() -> None:
    totals: dict[str, float] = {}
    verdict = verify(forged(lambda document: totals.update(on_another_scale(document))))
    assert verdict.foreign
    (fault,) = verdict.faults
    assert fault.startswith("the score is on another scale: the reference lost ")
    assert "do-nothing" not in fault
    assert fault.endswith(f"on this program's scale its orders come to {totals['now']:g} points")

    def raised(document: dict[str, object]) -> None:
        on_another_scale(document)
        score = document["score"]
        assert isinstance(score, dict)
        score["total"] = 142.0

    verdict = verify(forged(raised))
    assert not verdict.foreign
    assert verdict.faults[0].startswith("the score was altered: it claims 142 points, and its orders come to ")
    assert verdict.faults[1].startswith("the score is on another scale")


def test_a_score_of_a_program_that_noted_no_scale_is_still_compared() -> None:
    def unnoted(document: dict[str, object]) -> None:
        score = document["score"]
        assert isinstance(score, dict)
        del score["scale"]

    assert verify(forged(unnoted)).true

    def raised(document: dict[str, object]) -> None:
        unnoted(document)
        score = document["score"]
        assert isinstance(score, dict)
        score["total"] = 142.0

    (fault,) = verify(forged(raised)).faults
    assert fault.startswith("the score was altered, or the reference plays otherwise since: it claims 142 points")


def test_a_changed_level_is_named() -> None:
    easier = variant(shipped("first-train"), title="An easier one")

    def text(document: dict[str, object]) -> None:
        level = document["level"]
        assert isinstance(level, dict)
        level["text"] = easier.text

    assert "the level was changed: it is not the one that was played" in verify(forged(text)).faults

    def whole(document: dict[str, object]) -> None:
        text(document)
        level = document["level"]
        assert isinstance(level, dict)
        level["digest"] = easier.digest

    assert verify(forged(whole)).faults[0].startswith("its head was altered")


def _update(change: dict[str, object], document: dict[str, object]) -> None:
    document.update(change)


def test_another_seed_trainee_or_desk_is_named() -> None:
    changes: list[dict[str, object]] = [{"seed": 2}, {"trainee": "Marat"}, {"started_ms": 5}]
    for change in changes:
        assert verify(forged(partial(_update, change))).faults[0].startswith("its head was altered")
    result = forged(lambda document: document.update(seed=2))
    assert any("its events are not those" in fault for fault in verify(resealed(result)).faults)
    desks = {"dispatch": "trainee", "terminal": "reference", "customs": "trainee"}
    result = forged(lambda document: document.update(desks=desks))
    assert "the desks were not worked by whom the level says" in verify(resealed(result)).faults


def test_a_run_of_another_engine_can_be_neither_confirmed_nor_denied() -> None:
    result = forged(lambda document: document.update(engine="1"))
    verdict = verify(resealed(result))
    assert verdict.foreign
    assert not verdict.true
    assert "played with engine 1 and this is engine" in verdict.faults[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is no exported run: Invalid JSON"),
        ("[]", "it is no exported run"),
        (
            '{"format": "corridor run", "version": 99}',
            "it has version 99 of the format, and this program reads up to 2",
        ),
        ("[" * 200_000, "it is no exported run"),
        ('{"format": "corridor run", "version": 1, "format": NaN}', "it is no exported run"),
        (" " * 5_000_000, "larger than 4 MB"),
    ],
)
def test_a_file_that_is_no_run_is_refused_with_a_word(text: str, words: str) -> None:
    with pytest.raises(ExportError, match=words) as caught:
        read_export(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("place", ["trainee", "engine", "run"])
def test_what_could_drive_a_terminal_does_not_come_in_with_a_file(place: str) -> None:
    with pytest.raises(ExportError) as caught:
        forged(lambda document: document.update({place: "a\x1b[2Jb"}))
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "mark",
    [
        [1, "Marat", "a\x1b[2Jb", 1], [1, "a\x1bb", "words", 1], [1, "", "words", 1], [1, "Marat", "", 1],
        [-1, "Marat", "words", 1], [1, "Marat", "w" * 201, 1], [1, "Marat", "words", 0], [2**31, "Marat", "words", 1],
    ],
)  # fmt: skip
def test_a_mark_that_could_not_have_been_set_does_not_come_in_with_a_file(mark: list[object]) -> None:
    with pytest.raises(ExportError) as caught:
        forged(lambda document: document.update(marks=[mark]))
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("version", [1, 2])
def test_a_run_exported_by_an_earlier_version_of_the_format_is_still_read(version: int) -> None:
    result = read_export((Path(__file__).parent / f"run-{version}.json").read_text(encoding="utf-8"))
    verdict = verify(result)
    assert verdict.true or verdict.foreign


@pytest.mark.parametrize("name", CAMPAIGN)
def test_an_hour_of_busy_play_is_a_small_file(name: str) -> None:
    """An order every six seconds for an hour, most of them refused, on every level."""
    level, draws = shipped(name), Random(name)
    shift = Shift(level, 1)
    every_s = max(1, level.shift_s // 600)
    given = 0
    while given < 600 and not shift.over:
        shift.advance(shift.now_s + every_s)
        for text in random_orders(shift.view, draws, 1):
            shift.order(text)
            given += 1
    run = finished(new_run(level, 1, "Aigul", 1_700_000_000_000), shift)
    size = len(export(result_of(run, shift.finish(), 1_700_000_000_001)).encode())
    assert given > 500
    assert size < MOST_BYTES


def fuzzed(seed: int) -> Result:
    """A run of orders at random."""
    draws = Random(seed)
    level = shipped(CAMPAIGN[seed % len(CAMPAIGN)])
    shift = Shift(level, seed)
    while not shift.over and shift.now_s < level.shift_s * draws.random():
        for text in random_orders(shift.view, draws, draws.randrange(6)):
            shift.order(text)
        shift.advance(shift.now_s + 1 + draws.randrange(1_200))
    run = new_run(level, seed, "Aigul", 1_700_000_000_000)
    return result_of(finished(run, shift), shift.finish(), 1_700_000_000_001)


def live_again(results: list[Result], hash_seed: str, tmp_path: Path) -> None:
    """Each run verified in another process, whose hashes are other ones."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom corridor_tui.session.result import read_export\n"
        "from corridor_tui.session.verify import verify\n"
        "for line in Path(sys.argv[1]).read_text(encoding='utf-8').splitlines():\n"
        "    print(*verify(read_export(line)).faults)\n"
    )
    path = tmp_path / "runs.jsonl"
    path.write_text("".join(map(export, results)), encoding="utf-8")
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, str(path)], env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout == "\n" * len(results)


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_fuzzed_runs_live_the_same_in_another_process(hash_seed: str, tmp_path: Path) -> None:
    live_again([fuzzed(seed) for seed in range(SAMPLE // 2)], hash_seed, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("block", range(20))
def test_a_thousand_fuzzed_runs_live_the_same_in_another_process(block: int, tmp_path: Path) -> None:
    size = FUZZED // 20
    live_again([fuzzed(seed) for seed in range(block * size, (block + 1) * size)], str(block * 77), tmp_path)
