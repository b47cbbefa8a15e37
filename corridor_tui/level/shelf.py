"""Where level files are found: a folder named by hand, the user's own, those that came with the program."""

import difflib
import os
from importlib.resources import files
from pathlib import Path

import platformdirs

from corridor_tui.language import _
from corridor_tui.level.errors import plain
from corridor_tui.level.text import fault_in


class NoLevelError(LookupError):
    """There is no level of that name."""


JOURNALS = "journals"
"""The folder of the data directory in which runs without a result are kept."""


def data_dir() -> Path:
    """The user's data directory; CORRIDOR_DATA overrides it."""
    own = os.environ.get("CORRIDOR_DATA")
    return Path(own).expanduser() if own else platformdirs.user_data_path("corridor", appauthor=False)


def _folders(extra: Path | None) -> list[Path]:
    package = Path(str(files("corridor_tui")))
    places = [extra, data_dir() / "levels", package / "_levels", package.parent / "levels"]
    return [place for place in places if place is not None and place.is_dir()]


def shelf(extra: Path | None = None) -> dict[str, Path]:
    """Every level file by its name; a folder named by hand goes before the user's, the user's before the shipped ones."""
    found: dict[str, Path] = {}
    for folder in _folders(extra):
        for path in sorted(folder.glob("*.toml")):
            if fault_in(path.stem, breaks=False) is None:
                found.setdefault(path.stem, path)
    return found


def find(name: str, extra: Path | None = None) -> Path:
    """The file of a level by its name or path; raises `NoLevelError` where there is none."""
    path = Path(name)
    if path.suffix == ".toml" or path.parent != Path():
        if path.exists():
            return path
        raise NoLevelError(_("there is no file {name}", name=plain(name)))
    levels = shelf(extra)
    if name in levels:
        return levels[name]
    close = difflib.get_close_matches(name, list(levels), n=1)
    hint = (
        _("; did you mean {name}?", name=close[0])
        if close
        else _("; there are {names}", names=", ".join(sorted(levels)))
        if levels
        else ""
    )
    raise NoLevelError(_("there is no level {name}", name=plain(name)) + hint)


def any_journals(data: Path) -> bool:
    """Whether anything was played in a data directory that has no result yet, or not been put away."""
    return next((data / JOURNALS).glob("*.sqlite3"), None) is not None
