"""The log: its digest is that of the events' JSON, whatever they hold and wherever a batch ends."""

import json
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.corridor.events import Event, Log

_ARGS = st.lists(st.text() | st.integers() | st.booleans() | st.none(), max_size=4).map(tuple)
_EVENTS = st.lists(st.builds(Event, st.integers(0, 10**9), st.text(min_size=1), _ARGS), max_size=30)


@given(_EVENTS, st.integers(1, 20))
def test_the_digest_is_that_of_the_events_as_ascii_json(events: list[Event], times: int) -> None:
    """A log hashes each event as compact JSON in ASCII with a comma after it."""
    log, plain = Log(keep=10), blake2b(digest_size=16)
    for event in events * times:
        log.add(event)
        plain.update(json.dumps(event, separators=(",", ":")).encode() + b",")
    assert log.digest == plain.hexdigest()


def test_a_listener_hears_all_but_what_it_does_not_care_for() -> None:
    """Who listens from the middle of a run on hears what comes after; in the order in which they began to listen."""
    log, heard = Log(), list[tuple[str, str]]()
    log.listen(lambda event: heard.append(("one", event.code)), besides={"lifted"})
    log.add(Event(1, "lifted", ()))
    log.add(Event(1, "gone", ()))
    log.listen(lambda event: heard.append(("two", event.code)))
    log.add(Event(2, "lifted", ()))
    log.add(Event(2, "gone", ()))
    assert heard == [("one", "gone"), ("two", "lifted"), ("one", "gone"), ("two", "gone")]
