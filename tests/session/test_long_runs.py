"""Runs whose trains are settled on the way: they come to the same, and need no more room the longer they are."""

import json

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.report import report
from corridor_tui.session.shift import KEPT, play, unattended

SEA = shipped("across-the-sea")


def days(count: int, settle_h: float | None) -> Level:
    """Drawn traffic to destinations that need no ferry, over some days, all of it worked by hand."""
    services = [
        service.model_dump()
        | {"until_h": count * 24.0 - 12.0, "to": [{"destination": "tashkent"}] if service.kind == "container" else []}
        for service in SEA.services
    ]
    return variant(SEA, shift__length_min=count * 1_440, shift__settle_h=settle_h, services=services)


@pytest.fixture(scope="module", params=["reference", "novice"])
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, object], dict[str, object]]:
    """The same run without and with settled trains."""
    runs = []
    for settle_h in (None, 12.0):
        level = days(6, settle_h)
        runs.append(report(level, play(level, 3, request.param, baselines=False)))
    return runs[0], runs[1]


def test_settled_trains_count_as_much_as_those_kept_to_the_end(
    pair: tuple[dict[str, object], dict[str, object]],
) -> None:
    kept, settled = pair
    for key in ("trains_in", "trains_out", "containers_out", "measures"):
        assert settled[key] == kept[key], key
    assert kept["trains_out"] != 0


def test_their_losses_are_the_same_but_for_who_is_to_blame_for_the_last_ten_minutes(
    pair: tuple[dict[str, object], dict[str, object]],
) -> None:
    kept, settled = ({**run["score"]["losses"]} for run in pair)  # type: ignore[index]
    assert settled["detection"] == pytest.approx(kept["detection"])
    assert settled["resources"] == pytest.approx(kept["resources"])
    assert settled["time"] == pytest.approx(kept["time"], rel=0.02)


def test_a_settled_train_is_forgotten_and_its_audit_told() -> None:
    level = days(6, 12.0)
    shift = unattended(resolve(level, 3), "reference")
    view = shift.view
    assert all(unit.gone_s is None or unit.gone_s > shift.now_s - 20 * 86_400 for unit in view.units.values())
    gone = [unit for unit in view.units.values() if unit.gone_s is not None]
    assert len(gone) < shift.view.out_boxes / 50
    known = {number for dossier in view.dossiers.values() for number in dossier.boxes}
    assert set(view.boxes) == known
    assert set(view.dossiers) == {name for names in view.cargo.values() for name in names}


def test_no_more_than_the_last_events_are_kept_and_the_digest_is_of_all_of_them() -> None:
    level = days(4, 12.0)
    told: list[str] = []
    heard = play(level, 1, "reference", baselines=False, listener=lambda event: told.append(event.code))
    assert len(heard.events) < KEPT + 1_000 < len(told)
    assert heard.digest == play(level, 1, "reference", baselines=False).digest
    assert told.index("forgotten") < told.index("over")


def test_without_baselines_there_is_no_total() -> None:
    level = shipped("first-train")
    told = json.loads(json.dumps(report(level, play(level, 1, "reference", baselines=False))))
    assert told["score"]["total"] is None
    assert told["score"]["stars"] is None
    assert told["score"]["losses"]["resources"] > 0
