"""A shipped level with values of it written otherwise is refused or can be played, whoever plays it."""

from collections.abc import Iterator
from random import Random
from typing import TypeAlias

import pytest
from conftest import CAMPAIGN, shipped
from helpers import at_random, check_no_container_is_lost, check_nothing_collides, check_tracks
from pydantic import ValidationError

from corridor_tui.level.meaning import faults
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, unattended

RUNS = 1_000
_Place: TypeAlias = tuple[dict[str, object] | list[object], str | int, str]
"""Where a value stands: in what, under which key or number, and the name of the key next above it."""


def _places(inside: object, name: str = "") -> Iterator[_Place]:
    """Every value of a document."""
    keyed = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
    for key, value in keyed:
        below = key if isinstance(key, str) else name
        assert isinstance(inside, dict | list)
        yield inside, key, below
        yield from _places(value, below)


def _plain(value: object) -> object:
    """The same with lists instead of tuples, so that it can be written otherwise."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _otherwise(value: object, alike: list[object], draws: Random) -> object:
    """Another value for one: none or little or much of it, one from elsewhere, or a list longer or shorter."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        kind = type(value)
        return draws.choice([0, 1, -1, value * 10, kind(value / 10), value + 1, kind(value / 2), draws.choice(alike)])
    if isinstance(value, list) and value:
        return draws.choice([value[:-1], value[1:], [*value, value[-1]], value[::-1]])
    return draws.choice(alike)


def changed(name: str, draws: Random) -> Level | None:
    """A shipped level with one to five values otherwise; None: what came out is refused."""
    document = _plain(shipped(name).model_dump())
    for _ in range(draws.choice([1, 1, 2, 3, 5])):
        places = list(_places(document))
        inside, key, below = draws.choice(places)
        if isinstance(inside, dict) and isinstance(key, str):
            alike = [
                of[at] for of, at, called in places if isinstance(of, dict) and isinstance(at, str) and called == below
            ]
            inside[key] = _otherwise(inside[key], alike, draws)
        elif isinstance(inside, list) and isinstance(key, int):
            inside[key] = _otherwise(inside[key], list(inside), draws)
    try:
        level = Level.model_validate(document)
    except ValidationError:
        return None
    return None if faults(level) else level


def play_changed(name: str, seed: int) -> bool:
    """Play a changed level by a monkey or an automatic player; whether it is a level."""
    draws = Random(f"{name} {seed}")
    level = changed(name, draws)
    if level is None:
        return False
    player = draws.choice(["monkey", "monkey", "reference", "novice"])
    if player == "monkey":
        shift = Shift(level, seed)
        for _ in at_random(shift, draws):
            pass
        shift.close()
    else:
        shift = unattended(resolve(level, seed), player)
    check_nothing_collides(shift.events)
    check_tracks(shift.events)
    check_no_container_is_lost(shift.view)
    return True


@pytest.mark.parametrize("name", CAMPAIGN)
def test_a_changed_level_is_refused_or_can_be_played(name: str) -> None:
    assert any(play_changed(name, seed) for seed in range(40))  # until one of them is a level


@pytest.mark.full
@pytest.mark.parametrize("batch", range(40, 40 + RUNS // len(CAMPAIGN)))
@pytest.mark.parametrize("name", CAMPAIGN)
def test_a_thousand_changed_levels_are_refused_or_can_be_played(name: str, batch: int) -> None:
    play_changed(name, batch)
