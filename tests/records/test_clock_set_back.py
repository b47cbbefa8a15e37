"""A clock on the wall that is set back in the middle of a shift: nothing is lost, and the run stays true."""

from pathlib import Path

import pytest
from conftest import shipped
from helpers import give, until

from corridor_tui.records import keeper
from corridor_tui.records.keeper import Keeper
from corridor_tui.records.store import Records, default_path
from corridor_tui.session.result import export, read_export
from corridor_tui.session.verify import verify

HOUR_MS = 3_600_000


def test_a_shift_that_ends_before_it_began_by_the_clock_is_kept_and_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = [1_700_000_000_000]
    monkeypatch.setattr(keeper, "now_ms", lambda: wall[0])
    at_work = Keeper(tmp_path, "Aigul")
    shift = at_work.begin(shipped("first-train"), 1)
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    wall[0] -= HOUR_MS
    give(shift, "hold X8001")
    shift.keep_time()
    at_work.close()
    wall[0] -= HOUR_MS
    again = Keeper(tmp_path, "Aigul")
    found = again.interrupted("first-train")
    assert [one.state for one in found] == ["interrupted"]
    shift, run = again.resume(found[0].key)
    assert [given.text for given in run.given] == ["accept X8001 N1", "hold X8001"]
    wall[0] -= HOUR_MS
    shift.keep_end()
    assert again.finish(shift, shift.finish()) is None
    assert again.trouble is None
    kept = Records(default_path(tmp_path)).all()
    assert [one.trainee for one in kept] == ["Aigul"]
    result = Records(default_path(tmp_path)).result(found[0].key)
    assert result is not None
    assert verify(read_export(export(result))).true
