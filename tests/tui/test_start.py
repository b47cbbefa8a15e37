"""The first page stands there before most of the program is imported."""

import subprocess
import sys


def loaded(code: str, *names: str) -> list[str]:
    """Which of some modules, or of what is in them, are there after some code."""
    told = f"import sys\n{code}\nprint(*(one for one in sys.modules if one.startswith({names!r})))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[-2].split()


def test_the_first_page_waits_for_neither_the_corridor_nor_the_records() -> None:
    heavy = "simpy", "sqlalchemy", "corridor_tui.corridor", "corridor_tui.scenario", "corridor_tui.records"
    assert loaded("import corridor_tui.tui.app, corridor_tui.level.load", *heavy) == []


def test_a_command_does_not_wait_for_the_others() -> None:
    asked = "sys.argv = ['corridor', {words}]\nfrom corridor_tui.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    others = "corridor_tui.cli_runs", "corridor_tui.cli_debrief", "corridor_tui.cli_levels"
    assert loaded(asked.format(words="'play', '--help'"), *others) == []
    assert loaded(asked.format(words="'levels', '--help'"), *others) == ["corridor_tui.cli_levels"]
    assert set(loaded(asked.format(words="'--help'"), *others)) == set(others)
