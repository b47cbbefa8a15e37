"""The cranes container by container, the machines of the stack, and what could be built beside them."""

import re

import pytest
from conftest import CAMPAIGN, FINALE, shipped
from hands import at_the_desk
from helpers import by_reference, give, one_train, to_the_cranes, until, variant
from rich.cells import cell_len

from corridor_tui.language import LANGUAGES, Language, speaking
from corridor_tui.session.shift import Shift
from corridor_tui.tui.cranes import crane_rows
from corridor_tui.tui.panel import panel_rows
from corridor_tui.tui.rails import UNLIT
from corridor_tui.tui.runway import UNBUILT


def test_each_machine_of_the_stack_shows_what_it_carries_where_to_and_how_full_the_ground_is() -> None:
    shift = Shift(shipped("three-into-two"), 1)
    give(shift, "transfer X4101 stack", "crane RMG1 X4101")
    until(shift, "carrying", "RS1")
    carried = shift.view.machines["RS1"].box
    pane = [row.text for row in crane_rows(shift.view, 100)]
    assert any(f"RS1   reach stacker, carries {carried} to the stack since 08:0" in line for line in pane)
    assert any("RS2   reach stacker, free" in line for line in pane)
    assert any("0 of 12 places on the ground" in line for line in pane)
    panel = [row.text for row in panel_rows(shift.view, 80, 50, UNLIT)]
    assert any(line.startswith(f"RS1▾{(carried or '')[4:]}") and "RS2·free" in line for line in panel)


def lifting() -> Shift:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "lifted", "RMG1")
    return shift


def test_before_the_transfer_the_fit_onto_each_rake_is_told() -> None:
    shift = one_train()
    to_the_cranes(shift)
    text = "\n".join(row.text for row in crane_rows(shift.view, 100))
    assert "X8001 → no rake yet" in text
    assert "onto R1: 0 of 60 TEU stand on it, 60 TEU come: all fit" in text


def test_what_does_not_fit_is_counted_by_teu_and_mass() -> None:
    shift = one_train()
    to_the_cranes(shift)
    for box in list(shift.view.boxes.values())[:2]:
        box.declared_kg = 70_000  # more than a platform carries
    text = "\n".join(row.text for row in crane_rows(shift.view, 120))
    assert "2 fit no more" in text


def test_every_container_has_its_row_until_it_leaves() -> None:
    shift = lifting()
    rows = crane_rows(shift.view, 100)
    text = "\n".join(row.text for row in rows)
    aloft = sum(crane.box is not None for crane in shift.view.cranes.values())
    keys = [row.key for row in rows if row.key.startswith("box:")]
    assert len(keys) == len(set(keys)) == 30 - aloft
    assert "2 cranes, about until" in text
    assert "on R1 wagon 1" in text
    assert all(cell_len(row.text) <= 100 for row in rows)


@pytest.mark.parametrize("name", CAMPAIGN)
def test_the_cranes_are_told_on_every_level(name: str) -> None:
    for at_s in (3_600, 9_000):
        rows = crane_rows(by_reference(name, at_s).view, 62)
        assert all(cell_len(row.text) <= 62 for row in rows)
        assert len(rows) > len(shipped(name).terminal.cranes)


async def test_a_container_can_be_chosen_and_grounded() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        desk = hands.desk
        desk.shift = lifting()
        await hands.press("7")
        number = next(iter(desk.shift.view.units["X8001"].boxes))
        desk.instruments.panes["cranes"].choose(f"box:{number}")
        await hands.press("enter")
        assert f"put container {number} into the stack" in hands.page
        await hands.press("1")
        assert f"✓ put container {number} into the stack" in hands.line("status")


def test_what_is_not_built_is_only_hinted_at() -> None:
    shift = Shift(variant(shipped(FINALE), shift__length_min=6 * 1_440), 1)

    def hinted() -> int:
        return "".join(row.text for row in panel_rows(shift.view, 160, 60)).count(UNBUILT)

    before = hinted()
    assert shift.order("buy yard").accepted
    shift.advance(3 * 86_400 + 2)
    assert 0 < hinted() < before


@pytest.mark.parametrize("width", [54, 75, 79])
def test_every_crane_that_could_be_built_and_every_train_that_waits_is_told_within_the_width(width: int) -> None:
    """The busiest desk there is: nine cranes, and dozens of trains before the border."""
    shift = by_reference("a-million", 40 * 3_600)
    rows = [item.text for item in panel_rows(shift.view, width, 60)]
    assert max(map(cell_len, rows)) <= width
    for crane in shift.view.cranes:
        assert any(crane in row.replace("┈", " ").replace("╦", " ").replace("┬", " ").split() for row in rows), crane
    lifting = [f"{crane.id}╦{crane.box[4:]}" for crane in shift.view.cranes.values() if crane.box is not None]
    assert lifting
    assert all(any(told in row for row in rows) for told in lifting)
    assert not any("→" in row and "…" in row for row in rows if "╦" in row)
    (border,) = [row for row in rows if "HORGOS" in row]
    told, _, more = border.partition("+")
    before = [unit for unit in shift.view.units.values() if unit.place == "horgos" and unit.arrived_s is None]
    waiting = [unit.id for unit in before if unit.offered_s is not None and unit.gone_s is None]
    named = [name for name in waiting if f" {name} " in told]
    assert named
    assert int(more) == len(waiting) - len(named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wagon_of_a_container_is_told_where_there_is_little_room(language: Language) -> None:
    shift = lifting()
    with speaking(language):
        told = [
            line for line in (each.text for each in crane_rows(shift.view, 62)) if re.match(r"  [A-Z]{4}\d{7} ", line)
        ]
        assert len(told) >= 10
        assert not any("…" in line for line in told), told
        assert all(re.search(r"X8001\D+\d+|R1\D+\d+", line) for line in told)
