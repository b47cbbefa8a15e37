"""Whatever is done to a level file, it is a level or it is refused, with places that are in the file."""

import re

from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor_tui.level.errors import LevelError, LevelFileError
from corridor_tui.level.load import loads

SMALL = (ROOT / "tests" / "levels" / "small.toml").read_text(encoding="utf-8")
_VALUES: list[tuple[int, int]] = [
    match.span(1) for match in re.finditer(r'(?<== )("[^"\n]*"|[-0-9.]+|true|false)', SMALL)
]
_KEYS: list[tuple[int, int]] = [match.span(0) for match in re.finditer(r"(?m)\b[a-z_]+(?= = )", SMALL)]
_NAMES = sorted(
    {SMALL[a:b] for a, b in _VALUES} | {"1e400", "nan", "-inf", "0", "-1", "true", "10:05:00", "2016-12-01"}
)

_scalar = st.one_of(
    st.sampled_from(_NAMES),
    st.integers(-(10**30), 10**30).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters='"\\'), max_size=140).map('"{}"'.format),
    st.sampled_from(['"\\u202e"', '"\\u001b[2J"', '"""\na\n"""', "'''b'''", "0x1F", "1979-05-27T07:32:00Z"]),
)
_value = st.recursive(
    _scalar,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{ " + ", ".join(f"k{n} = {item}" for n, item in enumerate(items)) + " }"
        ),
    ),
    max_leaves=5,
)
_edit = st.one_of(
    st.tuples(st.sampled_from(_VALUES), _value),
    st.tuples(st.sampled_from(_KEYS), st.sampled_from(["id", "track", "a.b", '"q\\u0041"', "km", "standing.track"])),
    st.tuples(st.integers(0, len(SMALL)).map(lambda at: (at, at)), st.text(max_size=4)),
    st.tuples(st.integers(0, len(SMALL) - 9).map(lambda at: (at, at + 9)), st.just("")),
)


def _edited(edits: list[tuple[tuple[int, int], str]]) -> str:
    """The level with places of it written otherwise, from the end so that places stay what they were."""
    text = SMALL
    done = len(text) + 1
    for (begin, end), instead in sorted(edits, reverse=True):
        if end <= done:
            text = text[:begin] + instead + text[end:]
            done = begin
    return text


def _refusal(data: bytes) -> tuple[LevelError, ...]:
    """What is wrong with a file; nothing where it is a level."""
    try:
        loads(data, "x")
    except LevelFileError as error:
        return error.errors or (LevelError("x", 0, 0, "refused without a reason"),)
    return ()


@settings(max_examples=250, deadline=None)
@given(st.lists(_edit, min_size=1, max_size=3))
def test_a_changed_level_is_a_level_or_is_refused_at_places_in_the_file(
    edits: list[tuple[tuple[int, int], str]],
) -> None:
    text = _edited(edits)
    lines = text.split("\n")
    for error in _refusal(text.encode("utf-8", "surrogatepass")):
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1
        assert error.message.isprintable()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(SMALL)))
def test_noise_in_a_file_is_no_worse(noise: bytes, at: int) -> None:
    data = SMALL.encode()
    assert all(str(error).isprintable() for error in _refusal(data[:at] + noise + data[at:]))


def test_the_level_that_is_changed_is_one() -> None:
    assert _refusal(SMALL.encode()) == ()
