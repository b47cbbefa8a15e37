"""What the user sets in a config file: the language, the theme, the keys and what alerts do. A wrong file is told of, and the desk opens all the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import tomli

from corridor_tui.language import _, is_language, unknown_language
from corridor_tui.level.errors import plain
from corridor_tui.tui.keys import Keyboard, WrongKeyError
from corridor_tui.tui.looks import DEFAULT, LOOKS

Alerting: TypeAlias = Literal["off", "visible", "bell"]
"""Of what is urgent: nothing, a line, or a line and the bell."""
ALERTS: tuple[Alerting, ...] = get_args(Alerting)
_LONGEST = 400
"""The most characters of a fault that are shown: what it quotes may be as long as the file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The theme, the keys, what alerts do, and what is wrong with the file they come from."""

    theme: str = DEFAULT
    keyboard: Keyboard = field(default_factory=Keyboard)
    faults: tuple[str, ...] = ()
    alerts: Alerting = "bell"


def read(path: Path) -> Settings:
    """Read the settings; where there is no file, or for what is wrong in it, those that hold without one."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError:
        return Settings(faults=(_("{path}: it is no UTF-8 text", path=path),))
    except OSError as error:
        return Settings(faults=(_("{path}: it cannot be read: {why}", path=path, why=error.strerror),))
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return Settings(faults=(plain(f"{path}: {error}"),))
    except RecursionError:
        return Settings(faults=(plain(_("{path}: it is nested too deeply", path=path)),))
    except ValueError:
        return Settings(faults=(plain(_("{path}: a number in it is too large", path=path)),))
    settled = _settled(path, text, document)
    return replace(settled, faults=tuple(_short(fault) for fault in settled.faults))


def _short(fault: str) -> str:
    """A fault as it may be shown: what it quotes of the file is no text of ours."""
    return plain(fault if len(fault) <= _LONGEST else fault[:_LONGEST] + "...")


def _settled(path: Path, text: str, document: Mapping[str, object]) -> Settings:
    faults = [
        _(
            "{at}: there is no setting `{name}`; there are theme, language, alerts and the table [keys]",
            at=_at(path, text, name),
            name=name,
        )
        for name in document
        if name not in ("theme", "language", "alerts", "keys")
    ]
    theme = document.get("theme", DEFAULT)
    if not isinstance(theme, str) or theme not in LOOKS:
        at, known = _at(path, text, "theme"), ", ".join(LOOKS)
        faults.append(_("{at}: there is no theme `{theme}`; there are {known}", at=at, theme=theme, known=known))
        theme = DEFAULT
    wanted = document.get("alerts", "bell")
    alerts = next((each for each in ALERTS if each == wanted), None)
    if alerts is None:
        at, known = _at(path, text, "alerts"), ", ".join(ALERTS)
        faults.append(
            _("{at}: alerts cannot be `{wanted}`; they are one of {known}", at=at, wanted=wanted, known=known)
        )
    language = document.get("language")
    if language is not None and not (isinstance(language, str) and is_language(language)):
        faults.append(f"{_at(path, text, 'language')}: {unknown_language(str(language))}")
    own: dict[str, list[str]] = {}
    table = document.get("keys", {})
    if not isinstance(table, dict):
        faults.append(_("{at}: [keys] is a table of actions and their keys", at=_at(path, text, "keys")))
        table = {}
    for name, keys in table.items():
        listed = [keys] if isinstance(keys, str) else keys
        if isinstance(listed, list) and all(isinstance(key, str) and key for key in listed):
            try:
                Keyboard({**own, name: listed})
            except WrongKeyError as error:
                faults.append(f"{_at(path, text, name)}: {error}")
            else:
                own[name] = listed
        else:
            faults.append(
                _(
                    '{at}: `{name}` wants a key or a list of keys, such as "n" or ["n", "f5"]',
                    at=_at(path, text, name),
                    name=name,
                )
            )
    return Settings(theme, Keyboard(own), tuple(faults), alerts or "bell")


def _at(path: Path, text: str, name: str) -> str:
    """The file and the line on which a key stands."""
    for number, line in enumerate(text.splitlines(), 1):
        head = line.strip().lstrip("[").lstrip('"')
        if head.startswith(name) and not head[len(name) : len(name) + 1].isalnum():
            return f"{path}:{number}"
    return str(path)
