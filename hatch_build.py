"""Compiles the catalogues of the languages when the package is built, or installed to be edited."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Makes of every `.po` file the `.mo` file that gettext reads, and takes those into the package."""

    def initialize(self, version: str, build_data: dict[str, list[str]]) -> None:  # noqa: ARG002 - as hatchling calls it
        """Compile them all."""
        for source in sorted(Path(self.root, "corridor_tui", "locale").glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as written, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(written, source.parts[-3]))
        build_data["artifacts"].append("corridor_tui/locale/*/LC_MESSAGES/*.mo")
