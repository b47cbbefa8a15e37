"""Levels with grain that cannot be: each is told in plain words."""

import pytest
from conftest import shipped
from helpers import variant

from corridor_tui.level.meaning import faults


def told(**changes: object) -> str:
    return "\n".join(message for _, message in faults(variant(shipped("harvest"), **changes)))


def test_harvest_itself_has_no_fault() -> None:
    assert told() == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"grain": None}, "a train of grain needs a `[grain]` terminal"),
        ({"grain__station": "horgos"}, "there is no station of this desk `horgos`"),
        ({"grain__station": "port"}, "`port` needs tracks for `grain` of both gauges"),
        ({"grain__stock_t": 50_100.0}, "the silo holds 50000 t, not 50100 t"),
        ({"grain__stock_t": 49_500.0}, "the silo has room for 500 t; `G701` brings up to 924 t"),
        ({"plant_health__benches": 0}, "without benches no picked consignment can be released"),
        ({"trains__0__feu": 3}, "carries grain in bulk"),
        ({"trains__0__wagon": "flat40"}, "`flat40` takes no grain: give it `grain_t`"),
        ({"trains__0__consignments": 15}, "14 wagons need between 1 and 14 consignments"),
        ({"trains__0__wagons": 24}, "no 1520 mm track of the grain terminal takes the 352.8 m of `G701`"),
        ({"trains__0__wagon": "lined40"}, "a grain train runs on 1520 mm"),
        (
            {"trains__0__scripted": ({"number": 1, "case": {"kind": "error", "family": "container"}},)},
            "a case of grain in bulk is about one of `hs`, `party`, `seal`, `certificate`",
        ),
        (
            {"trains__0__scripted": ({"number": 1, "boxes": 13},)},
            "the scripted consignments have 13 wagons, and 2 more need one each; the train has 14",
        ),
        ({"rakes__0__wagon": "flat40-cn"}, "is a wagon of 1435 mm without `grain_t`"),
        ({"rakes__1__park": "zhetygen"}, "no 1435 mm line leads from `zhetygen` to the grain terminal"),
    ],
)
def test_what_cannot_be_is_told(changes: dict[str, object], message: str) -> None:
    assert message in told(**changes)
