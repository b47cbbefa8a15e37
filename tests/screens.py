"""A screen as text that can be kept and compared: what it says line by line, then the looks of each line in runs."""

import difflib
import html
import os
import re
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from textual.app import App

_TEXT = re.compile(r'<text class="[\w-]+-(r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>(.*?)</text>')
_RECT = re.compile(r'<rect fill="(#[0-9a-f]{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')
_STYLE = re.compile(r"\.[\w-]+-(r\d+) \{([^}]*)\}")
_CELL, _LINE = 12.2, 24.4
"""The size of a cell in the picture."""


def as_text(app: App[None]) -> str:
    """The screen that is shown now."""
    svg = app.export_screenshot()
    width, height = app.size
    chars = [[" "] * width for _ in range(height)]
    looks = [["."] * width for _ in range(height)]
    names: dict[str, str] = {}
    styles = {name: _brief(text) for name, text in _STYLE.findall(svg)}
    for fill, x, y, length in _RECT.findall(svg):
        for column in range(round(float(x) / _CELL), min(width, round((float(x) + float(length)) / _CELL))):
            looks[int(float(y) / _LINE)][column] = fill
    for name, x, y, _, text in _TEXT.findall(svg):
        line, column = round(float(y) / _LINE - 0.82), round(float(x) / _CELL)
        for char in html.unescape(text).replace("\xa0", " "):
            for cell, part in enumerate([char, *[""] * (cell_len(char) - 1)]):  # a wide character has the next cell too
                if column + cell < width and line < height:
                    chars[line][column + cell] = part
                    looks[line][column + cell] += " " + styles[name]
            column += cell_len(char)
    shown = ["".join(row).rstrip() for row in chars]
    for row in looks:
        for look in row:
            names.setdefault(look, f"s{len(names)}")
    runs = [" ".join(f"{names[look]}*{len(list(run))}" for look, run in groupby(row)) for row in looks]
    legend = [f"{name} {look}" for look, name in names.items()]
    return "\n".join([*shown, "--", *runs, "--", *legend, ""])


def _brief(style: str) -> str:
    return " ".join(re.findall(r"#[0-9a-f]{6}|bold|italic|underline|line-through", style))


KEPT = Path(__file__).parent / "tui" / "screens"


def compare(name: str, size: tuple[int, int], shown: str) -> None:
    """Compare a screen with how it was kept; with UPDATE_SCREENS set keep it."""
    path = KEPT / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_SCREENS"):
        KEPT.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"{path} is not kept yet"
    kept = path.read_text(encoding="utf-8")
    changes = "\n".join(difflib.unified_diff(kept.split("\n"), shown.split("\n"), "kept", "shown", lineterm="", n=0))
    assert kept == shown, f"{name} looks otherwise:\n{changes}"
