"""The config file of whoever sits at the desk: where it lies, and the language it asks for before anything else is read."""

import os
from pathlib import Path

from corridor_tui.language import Language, is_language


def config_path() -> Path:
    """Where the config file lies; CORRIDOR_CONFIG names another."""
    own = os.environ.get("CORRIDOR_CONFIG")
    if own:
        return Path(own).expanduser()
    import platformdirs  # noqa: PLC0415 - a command that only prints its version does not wait for it

    return platformdirs.user_config_path("corridor", appauthor=False) / "config.toml"


def language_of(path: Path) -> Language | None:
    """The language that a config file asks for; none where it asks for none, or cannot be read: that is told elsewhere."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    import tomli  # noqa: PLC0415

    try:
        wanted = tomli.loads(text).get("language")
    except (tomli.TOMLDecodeError, ValueError, RecursionError):
        return None
    return wanted if isinstance(wanted, str) and is_language(wanted) else None
