"""What every test shares: a data directory of its own, nothing of the user's settings, and the levels."""

import os
from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path

import pytest
from catalogues import compile_stale
from servers import REQUIRED, Server, program, running

from corridor_tui.level.load import load
from corridor_tui.level.model import Level

ROOT = Path(__file__).parent.parent
LEVELS = ROOT / "levels"
FINALE = "a-million"
"""The level of a year, which standing orders work; what holds of it is tested on some of its days."""
CAMPAIGN = sorted(path.stem for path in LEVELS.glob("*.toml") if path.stem != FINALE)
"""The other shipped levels by name."""


@cache
def shipped(name: str) -> Level:
    return load(LEVELS / f"{name}.toml")


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIDOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CORRIDOR_CONFIG", str(tmp_path / "config.toml"))
    for setting in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(setting, raising=False)
    for setting in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(setting, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _languages() -> None:
    """Whoever changed a catalogue need not install the program again to test it."""
    compile_stale()


@pytest.fixture
def first_train() -> Level:
    return shipped("first-train")


@pytest.fixture
def fifty_five() -> Level:
    return shipped("fifty-five-minutes")


@pytest.fixture(params=["first-train", "fifty-five-minutes", "harvest"])
def level(request: pytest.FixtureRequest) -> Level:
    return shipped(str(request.param))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL server for all tests of a session."""
    if program("initdb") is None or program("postgres") is None:
        if os.environ.get(REQUIRED):
            pytest.fail("there is no PostgreSQL on this machine, and it is required here")
        pytest.skip("NO POSTGRESQL ON THIS MACHINE: records on a server are not tested here; .ci/run tests them")
    if not os.environ.get(REQUIRED):
        pytest.importorskip("psycopg", reason="NO PSYCOPG: records on a server are not tested here; .ci/run tests them")
    with running() as found:
        yield found


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that ran a part of the tests hands over what it found of the calibration targets."""
    if hasattr(session.config, "workeroutput"):
        from targets import RESULTS  # processes of single tests import this file without the folder

        session.config.workeroutput["calibration"] = {name: astuple(found) for name, found in RESULTS.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take what such a process hands over."""
    from targets import RESULTS, Result

    handed = getattr(node, "workeroutput", {}).get("calibration", {})
    RESULTS.update({name: Result(*found) for name, found in handed.items()})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a run that looked at them, print every calibration target with what came out, and the counts."""
    from targets import RESULTS, table

    if not RESULTS:
        return
    terminalreporter.section("calibration targets")
    for said in table():
        terminalreporter.write_line(said)
