"""What the library of the command line says of its own, in the language that is spoken: it words help and errors in English only."""

import re
from collections.abc import Mapping

from corridor_tui.language import N_, _

_HELP: Mapping[str, str] = {
    r"^Usage:": N_("Usage:"),
    r"^Arguments:$": N_("Arguments:"),
    r"^Options:$": N_("Options:"),
    r"^Commands:$": N_("Commands:"),
    r"\bShow\s+this\s+message\s+and\s+exit\.": N_("Show this message and exit."),
    r"\[default:": N_("[default:"),
    r"\[required\]": N_("[required]"),
    r"\[env var:": N_("[env var:"),
}
_ERRORS: Mapping[str, str] = {
    r"Missing argument (?P<name>.+)\.": N_("Missing argument {name}."),
    r"Missing option (?P<name>.+)\.": N_("Missing option {name}."),
    r"Missing command\.": N_("Missing command."),
    r"No such option: (?P<name>\S+)": N_("No such option: {name}"),
    r"No such option: (?P<name>\S+) \(Possible options: (?P<known>.+)\)": N_(
        "No such option: {name} (possible: {known})"
    ),
    r"No such command (?P<name>.+)\.": N_("No such command {name}."),
    r"Got unexpected extra argument\(s\) \((?P<names>.+)\)": N_("There are words too many: {names}"),
    r"Option (?P<name>.+) requires an argument\.": N_("Option {name} wants a value after it."),
    r"Option (?P<name>.+) does not take a value\.": N_("Option {name} takes no value."),
    r"Invalid value for (?P<name>[^:]+): (?P<why>.+)": N_("Invalid value for {name}: {why}"),
}
_WHY: Mapping[str, str] = {
    r"Input should be a valid integer.*": N_("it has to be a whole number"),
    r"Input should be a valid number.*": N_("it has to be a number"),
    r"Input should be (?:less|smaller) than or equal to (?P<most>.+)": N_("it can be {most} at most"),
    r"Input should be greater than or equal to (?P<least>.+)": N_("it has to be {least} at least"),
    r"(?:File|Directory|Path) (?P<path>.+) does not exist\.": N_("{path} is not there"),
}


def help_in_words(text: str) -> str:
    """A help, or a usage, in the language that is spoken."""
    for pattern, said in _HELP.items():
        text = re.sub(pattern, _(said).replace("\\", r"\\"), text, flags=re.MULTILINE)
    return text


def error_in_words(message: str) -> str:
    """What is wrong with a command line in the language that is spoken; as it is where that is not known."""
    for pattern, said in _ERRORS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            parts = found.groupdict()
            if "why" in parts:
                parts["why"] = _first(_WHY, parts["why"])
            return _(said, **parts)
    return message


def _first(table: Mapping[str, str], message: str) -> str:
    for pattern, said in table.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(said, **found.groupdict())
    return message
