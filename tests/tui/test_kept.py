"""Settings chosen at the desk are kept in the config file, in which nothing else changes."""

from pathlib import Path

import pytest
import tomli
from conftest import shipped
from hands import at_the_desk
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.config import config_path, language_of
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.kept import keep
from corridor_tui.tui.palette import Palette
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.settings import read

MINE = """# my desk
theme = "light" # for the office

[keys]
# as on the old desk
next = ["f5", "n"]
"""


def test_one_value_changes_and_every_comment_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(MINE)
    assert keep(path, "theme", "contrast") is None
    assert path.read_text() == MINE.replace('"light"', '"contrast"')
    assert keep(path, "language", "kk") is None
    assert path.read_text() == MINE.replace(
        '"light" # for the office\n', '"contrast" # for the office\nlanguage = "kk"\n'
    )
    assert read(path).theme == "contrast"
    assert read(path).keyboard.all_shown("next") != read(tmp_path / "none").keyboard.all_shown("next")
    assert language_of(path) == "kk"


def test_a_file_that_is_not_there_is_made_with_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "new" / "corridor" / "config.toml"
    assert keep(path, "alerts", "off") is None
    assert path.read_text() == 'alerts = "off"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[keys]\nnext = 'n'\n", "theme = \"dark\"\n\n[keys]\nnext = 'n'\n"),
        ("# nothing yet", '# nothing yet\ntheme = "dark"\n'),
        ("alerts = 'off'", "alerts = 'off'\ntheme = \"dark\"\n"),
        ("'theme' = '''light'''\n", "'theme' = \"dark\"\n"),
        ("alerts = 'off'\r\n[keys]\r\n", "alerts = 'off'\r\ntheme = \"dark\"\r\n[keys]\r\n"),
    ],
)
def test_a_key_that_is_not_there_stands_before_the_first_table(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(before.encode())
    assert keep(path, "theme", "dark") is None
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize("wrong", ["theme = ", "theme = 'a'\ntheme = 'b'\n", "\udcff", "theme.day = 'light'\n"])
def test_a_file_in_which_something_is_wrong_is_left_alone_and_that_is_told(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(before := wrong.encode("utf-8", "surrogateescape"))
    trouble = keep(path, "theme", "dark")
    assert trouble is not None
    assert str(path) in trouble
    assert path.read_bytes() == before


def test_a_link_stays_a_link_and_the_mode_of_the_file_what_it_was(tmp_path: Path) -> None:
    real, link = tmp_path / "mine.toml", tmp_path / "config.toml"
    real.write_text(MINE)
    real.chmod(0o600)
    link.symlink_to(real)
    assert keep(link, "theme", "dark") is None
    assert link.is_symlink()
    assert 'theme = "dark"' in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.toml", "mine.toml"]


def test_where_nothing_can_be_written_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file" / "config.toml"
    path.parent.write_text("no directory")
    assert "cannot be written" in (keep(path, "theme", "dark") or "")


_VALUES = st.one_of(st.integers(0, 9).map(str), st.sampled_from(['"a b"', "'c'", "[1, 2]", "{ x = 1 }", "true"]))
_LINES = st.lists(
    st.tuples(st.sampled_from(["alerts", "language", "x-1", '"y z"']), _VALUES), unique_by=lambda one: one[0]
)


@given(_LINES, st.booleans(), st.sampled_from(["", "[keys]\nnext = 'n' # mine\n", "\n\n[[a]]\nb = 1\n"]))
def test_whatever_else_is_in_the_file_means_the_same_afterwards(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]], has: bool, tables: str
) -> None:
    path = tmp_path_factory.mktemp("kept") / "config.toml"
    text = (
        "".join(f"{name} = {value} # {name}\n" for name, value in lines) + ("theme = 'light'\n" if has else "") + tables
    )
    path.write_text(text)
    assert keep(path, "theme", "dark") is None
    assert tomli.loads(path.read_text()) == {**tomli.loads(text), "theme": "dark"}
    assert sum("#" in line for line in path.read_text().split("\n")) == text.count("#")


async def test_at_the_desk_a_setting_of_the_palette_is_kept_and_that_is_said_with_its_place() -> None:
    async with at_the_desk(shipped("first-train"), (120, 40)) as hands:
        app = hands.pilot.app
        assert isinstance(app, CorridorApp)

        async def choose(title: str) -> str:
            command = next(each for each in app.get_system_commands(app.screen) if each.title == title)
            command.callback()
            await hands.pilot.pause()
            return hands.line("status")

        path = str(config_path())
        assert f"Theme: light: kept in {path}" in (await choose("Theme: light")).replace("\n ", "")
        assert "Alerts: off: kept in" in await choose("Alerts: off")
        assert "Қазақша (kk) from the next start on: kept in" in await choose("Language: Қазақша (kk)")
        assert app.theme == "light"
    settings = read(config_path())
    assert (settings.theme, settings.alerts, language_of(config_path())) == ("light", "off", "kk")


async def test_the_palette_finds_the_languages_by_their_own_names() -> None:
    async with at_the_desk(shipped("first-train"), (120, 40)) as hands:
        await hands.press("ctrl+p")
        assert isinstance(hands.pilot.app.screen, Palette)
        await hands.press(*"русский")
        for _turn in range(100):
            await hands.pilot.pause(0.02)
            if "Русский" in hands.screen_text():
                break
        await hands.press("enter")
        for _turn in range(100):
            await hands.pilot.pause(0.02)
            if language_of(config_path()):
                break
    assert language_of(config_path()) == "ru"


async def test_in_a_browser_nothing_is_kept_since_all_share_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(shipped("first-train"), (120, 40)) as hands:
        monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
        app = hands.pilot.app
        next(each for each in app.get_system_commands(app.screen) if each.title == "Theme: light").callback()
        await hands.pilot.pause()
        assert app.theme == "light"
        assert "Theme: light for now only: what is chosen in a browser is not kept" in hands.line("status")
    assert not config_path().exists()


async def test_before_a_shift_it_is_said_on_a_page() -> None:
    app = CorridorApp(None, 1, "Aigul")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        next(each for each in app.get_system_commands(app.screen) if each.title == "Theme: contrast").callback()
        for _turn in range(500):
            await pilot.pause(0.02)
            if isinstance(app.screen, Reader) and (rows := app.screen.query_one(Rows).rows):
                break
        assert "Theme: contrast: kept in" in "".join(item.text for item in rows)
    assert read(config_path()).theme == "contrast"
