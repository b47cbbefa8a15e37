"""Who works at what: nobody who is busy is left out, and nobody is named who is not."""

import pytest
from conftest import CAMPAIGN
from helpers import being_inspected, by_reference, give

from corridor_tui.session.people import people_lines, rotas


@pytest.mark.parametrize("name", CAMPAIGN)
def test_the_work_that_is_told_of_a_pool_is_what_its_people_are_busy_with(name: str) -> None:
    shift, seen = by_reference(name, 0), 0
    while not shift.over and shift.now_s < 6 * 3_600:
        shift.advance(shift.now_s + 1_800)
        for pool, rota in rotas(shift.view).items():
            if pool != "lorries":
                assert len(rota.doing) == shift.view.pools[pool].busy, (pool, shift.now_s)
                assert len(rota.waiting) == shift.view.pools[pool].queue, (pool, shift.now_s)
                seen += len(rota.doing)
    assert seen


def test_each_pool_says_at_what_it_works_until_when_and_what_waits_for_it() -> None:
    shift = being_inspected()
    told = {line.partition(":")[0]: line for line in people_lines(shift.view)}
    assert told["yard teams"].startswith("yard teams: 1 of 1 at work; X8001 securing until ~")
    assert told["clerks"] == "clerks: 0 of 1 at work"
    assert told["locomotives of 1520 mm"] == "locomotives of 1520 mm: 1 free"
    green = [item.id for item in shift.view.dossiers.values() if item.lane == "green"]
    give(shift, *(f"release {name}" for name in green))
    shift.advance(shift.now_s + 1)
    [officers] = [line for line in people_lines(shift.view) if line.startswith("customs officers")]
    assert officers.startswith("customs officers: 2 of 2 at work; ")
    assert f"waiting: {green[2]} reading of the papers" in officers
