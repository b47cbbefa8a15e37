"""The `corridor` command, also as `python -m corridor_tui`."""

from corridor_tui import garbage


def main() -> None:
    """Do what the command line says."""
    garbage.never()
    from corridor_tui.cli import main as run  # noqa: PLC0415 - most of the program comes with it

    run()


if __name__ == "__main__":
    main()
