"""`python -m corridor_tui` is the `corridor` command."""

from corridor_tui.cli import main

main()
