"""The themes of the desk, and what each makes of the looks that rows are written in.

The colours that carry meaning stay apart for eyes that see no red, no green or no blue; a glyph or a letter goes with each.
"""

from collections.abc import Mapping

from rich.style import Style
from textual.theme import Theme

Looks = Mapping[str, Style]


def _looks(colours: Mapping[str, str], ground: str, chosen: str) -> Looks:
    """`ground`: what is written on a bright mark; `chosen`: what lies under what is chosen."""
    bold = ("bold", "head", "warn", "bad", "train", "key")
    looks = {name: Style(color=colour, bold=name in bold or None) for name, colour in colours.items()}
    return {
        "": Style(),
        **looks,
        "mark": Style(color=ground, bgcolor=colours["warn"], bold=True),
        "tab": Style(color=ground, bgcolor=colours["head"], bold=True),
        "chosen": Style(bgcolor=chosen, bold=True),
    }


_DARK = {
    "dim": "#8593a1", "faint": "#4a5662", "bold": "#f2f5f8", "head": "#8fd3ff", "narrow": "#e5712f", "broad": "#6f92f0",
    "good": "#20e86f", "warn": "#ffe14d", "bad": "#ff8f9e", "train": "#ffffff", "key": "#ffe14d",
}  # fmt: skip
_LIGHT = {
    "dim": "#55626e", "faint": "#a3b0bb", "bold": "#0b1218", "head": "#00456f", "narrow": "#5e2c10", "broad": "#1552ea",
    "good": "#00756c", "warn": "#665900", "bad": "#c81f3c", "train": "#000000", "key": "#665900",
}  # fmt: skip
_CONTRAST = {
    "dim": "#c8c8c8", "faint": "#8a8a8a", "bold": "#ffffff", "head": "#25e9fb", "narrow": "#d99a50", "broad": "#7f9fe8",
    "good": "#a4f57d", "warn": "#ffe84f", "bad": "#ff7fa6", "train": "#ffffff", "key": "#ffe84f",
}  # fmt: skip
_TERMINAL: Looks = {
    "": Style(),
    "dim": Style(dim=True),
    "faint": Style(dim=True),
    "bold": Style(bold=True),
    "head": Style(color="cyan", bold=True),
    "narrow": Style(color="yellow"),
    "broad": Style(color="blue"),
    "good": Style(color="green"),
    "warn": Style(color="yellow", bold=True),
    "bad": Style(color="red", bold=True),
    "mark": Style(color="yellow", reverse=True, bold=True),
    "tab": Style(reverse=True, bold=True),
    "train": Style(bold=True),
    "key": Style(color="yellow", bold=True),
    "chosen": Style(reverse=True, bold=True),
}
"""The sixteen colours as the terminal has them."""
LOOKS: Mapping[str, Looks] = {
    "dark": _looks(_DARK, "#10161c", "#2c4258"),
    "light": _looks(_LIGHT, "#f5f8fa", "#c3d3e2"),
    "contrast": _looks(_CONTRAST, "#000000", "#00408a"),
    "terminal": _TERMINAL,
}
PLAIN = Style(reverse=True, bold=True)
"""What is chosen, where there is no colour."""
THEMES = (
    Theme(
        "dark", primary="#3d6b8e", secondary="#7aa2f7", accent="#e0af68", foreground="#d5dde5", background="#0e1318",
        surface="#12191f", panel="#1b2630", warning="#ffe14d", error="#ff8f9e", success="#20e86f", dark=True,
    ),
    Theme(
        "light", primary="#3d6b8e", secondary="#1552ea", accent="#8a4b00", foreground="#1d2731", background="#f5f8fa",
        surface="#eef2f5", panel="#e3e8ec", warning="#665900", error="#c81f3c", success="#00756c", dark=False,
    ),
    Theme(
        "contrast", primary="#ffffff", secondary="#7f9fe8", accent="#ffe84f", foreground="#ffffff", background="#000000",
        surface="#000000", panel="#000000", warning="#ffe84f", error="#ff7fa6", success="#a4f57d", dark=True,
    ),
    Theme(
        "terminal", ansi=True, primary="ansi_blue", secondary="ansi_cyan", warning="ansi_yellow", error="ansi_red",
        success="ansi_green", accent="ansi_yellow", foreground="ansi_default", background="ansi_default",
        surface="ansi_default", panel="ansi_default", boost="ansi_default", dark=True,
        variables={
            "ansi-background": "ansi_black", "ansi-foreground": "ansi_white", "input-cursor-background": "ansi_white",
            "input-cursor-foreground": "ansi_black", "input-selection-background": "ansi_bright_blue",
            "input-selection-foreground": "ansi_black", "block-cursor-foreground": "ansi_black",
            "block-cursor-background": "ansi_white",
        },
    ),
)  # fmt: skip
DEFAULT = "dark"


def looks_of(theme: Theme) -> Looks:
    """The looks under a theme, one of the desk's own or any other of Textual's."""
    own = LOOKS.get(theme.name)
    return own if own is not None else LOOKS["terminal" if theme.ansi else "dark" if theme.dark else "light"]


def themes_for(*, no_color: bool) -> tuple[str, ...]:
    """The themes that can be had: colours of the terminal itself cannot be turned grey."""
    return tuple(theme.name for theme in THEMES if not (no_color and theme.ansi))
