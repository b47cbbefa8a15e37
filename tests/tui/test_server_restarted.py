"""A server of records that is restarted, or stays away, in the middle of a shift: play goes on, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Server
from terminals import RESTORED, Program, program

from corridor_tui.records.store import Records, default_path
from corridor_tui.session.verify import verify


@pytest.fixture
def empty(server: Server) -> Iterator[Server]:
    """The server with nothing on it, running again afterwards."""
    server.empty()
    yield server
    if not server.runs:
        server.start()


def begin(desk: Program) -> None:
    desk.until("take the desk")
    desk.send("\r")
    desk.until("Altynkol")
    desk.send("x")  # without the guide, for which the clock would wait


def order(desk: Program, number: int) -> str:
    """Give an order that can be told apart, and see it answered: then it is in the journal."""
    text = f"hold Z{number}"
    desk.send(f":{text}\r")
    desk.until(f"refused: {text} back at the neighbour: ")
    return text


def orders(records: Records) -> list[list[str]]:
    """The orders of every run that is kept, but for the guide's; each of them true."""
    found = [result for key in records.run_keys() if (result := records.result(key)) is not None]
    assert all(verify(result).true for result in found)
    return sorted([one.text for one in result.run.given if one.text.startswith("hold")] for result in found)


def test_a_server_restarted_or_gone_in_mid_shift_stops_nothing_and_gets_what_it_missed(
    tmp_path: Path, empty: Server
) -> None:
    here, there = Records(default_path(tmp_path / "data")), Records(empty.url)
    arguments = ("play", "first-train", "--seed", "3", "--trainee", "Aigul", "--db", empty.url)
    with program(tmp_path, *arguments) as desk:  # restarted in mid-shift
        begin(desk)
        given = [order(desk, 1)]
        empty.stop()
        given.append(order(desk, 2))
        empty.start()
        given.append(order(desk, 3))
        desk.finish()
    assert b"corridor:" not in desk.written.rpartition(RESTORED)[2]
    assert orders(here) == orders(there) == [given]

    with program(tmp_path, *arguments) as desk:  # gone in mid-shift, and still away at the end
        begin(desk)
        missed = [order(desk, 4)]
        empty.stop()
        missed.append(order(desk, 5))
        desk.finish()
    said = desk.written.rpartition(RESTORED)[2].decode()
    assert "results cannot be sent to postgresql://corridor" in said
    assert "they are kept here and sent next time" in said
    assert "Traceback" not in said
    assert orders(here) == sorted([given, missed])

    empty.start()
    with program(tmp_path, *arguments) as desk:  # whoever sits down next brings it
        desk.until("take the desk")
        desk.send("q")
        assert desk.until_ended() == 0
    assert orders(there) == orders(here) == sorted([given, missed])
