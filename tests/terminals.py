"""The real program in its own process: with a pseudo terminal, and without one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pyte
from conftest import ROOT

PATIENCE_S = 15.0
"""How long to wait for what must come; a limit for the hopeless case, not a measure."""
RESTORED = b"\x1b[?1049l"
"""Leaves the alternate screen: the shell's own lines are back."""


def corridor(*args: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
    """A command without a terminal; it must end with `code`."""
    done = subprocess.run(
        [sys.executable, "-m", "corridor_tui", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "140", **env},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done


class Program:
    """The program on a terminal of a size."""

    def __init__(self, child: "pexpect.spawn[bytes]", columns: int, lines: int) -> None:
        self.child = child
        self.written = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def send(self, keys: str) -> None:
        self.child.send(keys)

    def until(self, seen: Callable[[str], bool] | str) -> str:
        """Wait until the screen shows something."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if seen in self.text if isinstance(seen, str) else seen(self.text):
                return self.text
            if not self._read():
                break
        raise AssertionError(f"{seen} did not come:\n{self.text}")

    def until_ended(self) -> int:
        """Wait until the program has ended; its exit code."""
        while self._read():
            pass
        self.child.wait()
        return self.child.exitstatus if self.child.exitstatus is not None else -int(self.child.signalstatus or 0)

    def finish(self) -> None:
        """End the shift that is played, see that its result is kept, and leave."""
        self.send("q")
        self.until("be scored")
        self.send("e")
        self.until_kept()

    def until_kept(self) -> None:
        """Wait until the result is kept, and leave by the list of levels."""
        self.until("the result is kept")
        self.send("q")
        self.until("just played: ")
        self.send("q")
        assert self.until_ended() == 0

    def listen(self, seconds: float) -> str:
        """Take in for a while whatever comes; what the screen shows then."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._read(left):
            pass
        return self.text

    def _read(self, patience_s: float = PATIENCE_S) -> bool:
        try:
            chunk = self.child.read_nonblocking(65_536, patience_s)
        except (pexpect.EOF, pexpect.TIMEOUT):
            return False
        self.written += chunk
        self._stream.feed(chunk)
        return True

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)


@contextmanager
def program(
    tmp_path: Path, *args: str, size: tuple[int, int] = (80, 24), code: str = "", **env: str
) -> Iterator[Program]:
    """`corridor ARGS`, or Python code that runs it, on a terminal of a size."""
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "CORRIDOR_DATA": str(tmp_path / "data"),
    }
    environment |= {"PYTHONPATH": str(ROOT), **env}
    command = ["-c", code] if code else ["-m", "corridor_tui"]
    child: pexpect.spawn[bytes] = pexpect.spawn(
        sys.executable, [*command, *args], env=environment, dimensions=(size[1], size[0]), cwd=str(tmp_path)
    )
    child.delaybeforesend = None
    try:
        yield Program(child, *size)
    finally:
        child.close(force=True)
