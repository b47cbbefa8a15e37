"""A line that makes no sense is told where it stands in the file: windows, restrictions, loops and trains that fit none of them."""

from pathlib import Path

import pytest
from conftest import LEVELS

from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import load

TEXT = (LEVELS / "single-line.toml").read_text(encoding="utf-8")
WINDOW = 'windows = [{ track = "s6", start = "11:20", until = "12:20" }]'
LOOP = 'tracks = [{ id = "A2", gauge = 1520, length_m = 850 }, { id = "A1", gauge = 1520, length_m = 1050 }]'


def slow(inner: str) -> str:
    return f'slow = [{{ start = "14:00", until = "16:00", speed_kmh = 25.0, {inner} }}]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (WINDOW, WINDOW.replace('"s6"', '"s7"'), "there is no track of this line `s7`; did you mean `s6`?"),
        (WINDOW, WINDOW.replace("12:20", "11:20"), "11:20 is not after 11:20"),
        (WINDOW, WINDOW.replace("11:20", "05:00"), "12:20 is not after 05:00, counted from the start of the shift at 06:00"),
        (WINDOW, slow("from_km = 5.0, to_km = 30.0"), "line `line-6` is only 21 km long"),
        (WINDOW, slow("from_km = 12.0, to_km = 12.0"), "the restriction begins at km 12 and ends at 12"),
        ("heavy_t = 6000.0\n", "", "line `line-1` needs both `heavy_t` and `heavy_kmh`, or neither"),
        ("heavy_kmh = 45.0", "heavy_kmh = 70.0", "heavy trains are not faster than the 60 km/h of the line"),
        (LOOP, "tracks = []", "loop `l271` has no track"),
        (LOOP, LOOP.replace("length_m = 850", 'length_m = 850, use = "crane"'), "track `A2` is in a loop: no crane works there"),
        (LOOP, LOOP.replace('"A2", gauge = 1520', '"A2", gauge = 1435'), "no 1435 mm line leads through loop `l271`: it needs two"),
        (LOOP, LOOP.replace("1050", "950"), "`1408` is 980 m long: no track of loop `l271` takes it"),
        ('standing = { track = "W1"', 'standing = { track = "A2"', "track `A2` is in a loop; `1402` must stand on a track of this desk"),
    ],
)  # fmt: skip
def test_a_line_without_sense_is_told_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TEXT
    path = tmp_path / "line.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LevelFileError) as caught:
        load(path)
    found = [error for error in caught.value.errors if said in str(error)]
    assert found, caught.value
    line = int(str(found[0]).removeprefix(f"{path}:").split(":")[0])
    near = "\n".join(path.read_text(encoding="utf-8").splitlines()[line - 1 : line + 12])
    assert any(
        word in near for word in ("windows", "slow", "heavy_kmh", "loop", "wagons", "standing", "[[lines]]", "tracks")
    ), near


def test_a_restriction_and_two_tracks_are_read(tmp_path: Path) -> None:
    path = tmp_path / "line.toml"
    path.write_text(TEXT.replace(WINDOW, slow("from_km = 8.0, to_km = 11.0"), 1), encoding="utf-8")
    line = next(line for line in load(path).lines if line.id == "line-6")
    assert [(one.from_km, one.to_km) for one in line.slow] == [(8.0, 11.0)]
