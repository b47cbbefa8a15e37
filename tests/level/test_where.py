"""Every value and every key of a file is found where it stands."""

import re
from collections.abc import Iterator

import pytest
import tomli
from conftest import LEVELS, ROOT

from corridor_tui.level.where import Index, Path, Place

SMALL = (ROOT / "tests" / "levels" / "small.toml").read_text(encoding="utf-8")
ODD = """\
# ж: two bytes, one character
top = { "жж" = 1, b.c = [ 2, # a remark
  { d = 'e' } ] }
"quoted \\u0041".'lit.eral' = "x"

[a."b.c".d]
e.f = 1
e.g = [[1], [2, 3]]

[[list]]
name = "one"
[list.sub]
n = 1
[[list.deep]]
m = 1
[[list]]
name = "two"
[[list.deep]]
m = 2
[[list.deep]]
m = 3
[after]
k = '''
text'''
"""


def _leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _from(text: str, place: Place) -> str:
    lines = text.split("\n")
    return "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])


_LITERAL = re.compile(r'""".*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^\s,\]}]+', re.DOTALL)


@pytest.mark.parametrize(
    "text",
    [ODD, SMALL, *((LEVELS / f"{name}.toml").read_text("utf-8") for name in ("first-train", "fifty-five-minutes"))],
    ids=["odd", "small", "first-train", "fifty-five-minutes"],
)
def test_at_the_place_of_a_value_stands_that_value(text: str) -> None:
    index = Index(text.encode())
    leaves = list(_leaves(tomli.loads(text)))
    assert len(leaves) > 10
    for path, value in leaves:
        literal = _LITERAL.match(_from(text, index.value(path)))
        assert literal is not None
        assert tomli.loads(f"x = {literal[0]}")["x"] == value, path


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("top", "жж"), Place(2, 9)),
        (("top", "b", "c"), Place(2, 21)),
        (("quoted A",), Place(4, 1)),
        (("quoted A", "lit.eral"), Place(4, 17)),
        (("a", "b.c", "d"), Place(6, 1)),
        (("a",), Place(6, 1)),
        (("a", "b.c", "d", "e", "g"), Place(8, 3)),
        (("list", 0), Place(10, 1)),
        (("list", 1), Place(16, 1)),
        (("list", 1, "deep", 1), Place(20, 1)),
        (("list", 1, "sub", "n"), Place(16, 1)),
        (("nothing", "there"), Place(1, 1)),
    ],
)
def test_a_key_is_found_by_its_own_part_and_a_table_by_its_header(path: Path, place: Place) -> None:
    assert Index(ODD.encode()).key(path) == place
