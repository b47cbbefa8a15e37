"""The first page stands there before most of the program is imported."""

import subprocess
import sys


def test_the_first_page_waits_for_neither_the_corridor_nor_the_records() -> None:
    told = "import sys; import corridor_tui.tui.app; print([n for n in ('simpy', 'sqlalchemy', 'corridor_tui.corridor.view') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
