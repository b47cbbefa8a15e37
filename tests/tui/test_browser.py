"""The control room in a real browser: what it shows, what keys do there, and that nothing is left when the tab is closed."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyte
import pytest
from playwright.sync_api import Page, sync_playwright
from terminals import corridor

from corridor_tui.records.journals import Journals, default_folder

REQUIRED = "CORRIDOR_NEEDS_CHROMIUM"
"""Where this is set, tests in a browser fail without one; elsewhere they are skipped."""
_PATIENCE_S = 60.0
COLUMNS, LINES = 200, 80


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get(REQUIRED):
            pytest.fail("there is no Chromium on this machine, and it is required here")
        pytest.skip("NO CHROMIUM ON THIS MACHINE: the control room in a browser is not tested here; .ci/run tests it")
    return found


@dataclass(frozen=True)
class Served:
    """A server of the first train: its address, its data directory and its process."""

    address: str
    data: Path
    process: "subprocess.Popen[str]"

    def players(self) -> list[int]:
        """The processes that play a shift for a browser of this server."""
        found, mine = [], f"CORRIDOR_DATA={self.data}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if b"play" in words and mine in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found

    def until_none_plays(self) -> None:
        """Wait until nobody plays; at most ten seconds."""
        end = time.monotonic() + 10
        while left := self.players():
            assert time.monotonic() < end, f"processes {left} are left after 10 s"
            time.sleep(0.2)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server of the first train."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path / "data"
    command = [sys.executable, "-m", "corridor_tui", "serve", "first-train", "--port", str(port), "--trainee", "Aigul"]
    environment = {**os.environ, "CORRIDOR_DATA": str(data)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}" in server.stdout.readline()
        yield Served(f"http://127.0.0.1:{port}", data, server)
        server.terminate()


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("127.0.0.1", "another program listens there already; name another port"),
        ("192.0.2.1", "this machine has no such address"),
    ],
)
def test_a_place_that_cannot_be_listened_on_is_told_with_the_way_out_and_never_as_an_address(
    host: str, told: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = corridor("serve", "--host", host, "--port", str(port), code=1)
    assert f"corridor: {host}:{port} cannot be listened on: {told}" in " ".join(done.stderr.split())
    assert done.stdout == ""


class Tab:
    """A tab of the browser: what its terminal was sent, drawn on a screen of our own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        page.on("websocket", lambda socket: socket.on("framereceived", self._take))

    def _take(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self._stream.feed(frame)

    def until(self, words: str) -> None:
        """Wait until the screen shows something."""
        end = time.monotonic() + _PATIENCE_S
        while not any(words in line for line in self.screen.display):
            assert time.monotonic() < end, "\n".join(line.rstrip() for line in self.screen.display)
            self.page.wait_for_timeout(100)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(150)


@pytest.fixture
def tab(served: Served) -> Iterator[Tab]:
    """A tab that shows the briefing."""
    chromium = _chromium()  # what drives it does not even start on a system without one
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = Tab(browser.new_page(viewport={"width": 1400, "height": 800}))
        opened.page.goto(served.address)
        opened.until("The first train")
        assert len(served.players()) == 1
        yield opened
        browser.close()


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="looks for processes as Linux lists them"
)


def test_a_shift_is_played_in_a_browser_and_ends_with_its_tab(served: Served, tab: Tab) -> None:
    tab.page.click("body")
    tab.press("Enter")
    tab.until("Altynkol")
    tab.press("x", "n", "c")
    tab.until("accept X8001")
    tab.page.close()
    served.until_none_plays()
    runs = [found for found in Journals(default_folder(served.data)).all() if found.run is not None]
    assert [(found.state, found.run and found.run.trainee) for found in runs] == [("interrupted", "Aigul")]
    assert [
        given.text.split()[0] for found in runs if found.run is not None for given in found.run.given if given.heard
    ] == ["accept"]


def test_where_the_server_ends_nobody_plays_on(served: Served, tab: Tab) -> None:
    assert not tab.page.is_closed()
    served.process.terminate()
    served.process.wait(10)
    served.until_none_plays()
