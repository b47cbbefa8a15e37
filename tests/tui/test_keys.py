"""Keys of one's own, a config file that tells what is wrong in it, and every order reachable in every way."""

from pathlib import Path

import pytest
from conftest import shipped
from hands import at_the_desk
from helpers import give
from textual.binding import Binding

from corridor_tui.config import config_path
from corridor_tui.corridor.orders import VERBS
from corridor_tui.level.teaching import INSTRUMENTS, ORDERS, PRESSED
from corridor_tui.session.shift import Shift
from corridor_tui.tui import choices
from corridor_tui.tui.arrange import PANES
from corridor_tui.tui.header import hints_row
from corridor_tui.tui.keys import KEYS, PANE_NUMBERS, Keyboard, WrongKeyError
from corridor_tui.tui.menu import lettered
from corridor_tui.tui.pages import help_rows
from corridor_tui.tui.replay import ReplayScreen
from corridor_tui.tui.settings import read


def test_without_a_file_everything_is_as_shipped() -> None:
    settings = read(config_path())
    assert settings.faults == ()
    assert settings.theme == "dark"
    assert settings.keyboard.shown("next") == "n"


def test_keys_can_be_written_as_signs_or_by_name() -> None:
    keyboard = Keyboard({"next": ["f5", "!"], "faster": [">"], "slower": "<", "command": ["ctrl+n"]})
    bound = {key: binding.action for key, (binding, *_) in keyboard.bindings.key_to_bindings.items()}
    assert bound["f5"] == bound["exclamation_mark"] == "run_on"
    assert bound["greater_than_sign"] == "speed(1)"
    assert bound["ctrl+n"] == "command"
    assert "n" not in bound
    assert "colon" not in bound


def test_a_key_that_is_asked_for_is_taken_from_what_had_it() -> None:
    keyboard = Keyboard({"next": ["m"]})
    bound = {
        key: [binding.action for binding in bindings] for key, bindings in keyboard.bindings.key_to_bindings.items()
    }
    assert bound["m"] == ["run_on"]
    assert keyboard.shown("mark") == ""


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"fly": ["x"]}, "there is no action `fly`; there are pause"),
        ({"next": ["nonsense"]}, "there is no key `nonsense`"),
        ({"next": ["hyperctrl+x"]}, "only ctrl, shift"),
        ({"next": ["x"], "orders": ["x"]}, "the key `x` is given to both"),
        ({"help": []}, "`help` needs a key"),
        ({"next": ["?", "f1"], "pause": ["?"]}, "given to both"),
    ],
)
def test_what_cannot_be_is_told_with_what_can(own: dict[str, list[str]], words: str) -> None:
    with pytest.raises(WrongKeyError) as caught:
        Keyboard(own)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "pink"', ":1: there is no theme `pink`; there are dark, light, contrast, terminal"),
        ("colour = 1", ":1: there is no setting `colour`; there are theme, language, alerts and the table [keys]"),
        ('[keys]\nnext = "n"\nfly = "x"', ":3: there is no action `fly`"),
        ('[keys]\nnext = ["nope"]', ":2: `next`: there is no key `nope`"),
        ("[keys]\nnext = 5", ":2: `next` wants a key or a list of keys"),
        ("keys = 3", ":1: [keys] is a table"),
        ("theme = \nx = 1", "at line 1"),
        ("x = " + "[" * 5_000, "nested too deeply"),
        ("x = " + "9" * 6_000, "a number in it is too large"),
        ('"\\u001b[2J" = 1', "there is no setting `\\x1b[2J`"),
        ('theme = "\\u202e' + "x" * 5_000 + '"', "there is no theme `\\u202ex"),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_the_rest_of_it_holds(text: str, words: str) -> None:
    path = config_path()
    path.write_text(text, encoding="utf-8")
    settings = read(path)
    assert any(str(path) in fault and words in fault for fault in settings.faults), settings.faults
    assert all(fault.isprintable() and len(fault) < 600 for fault in settings.faults)
    assert settings.theme == "dark"
    assert settings.keyboard.shown("pause") == "space"


def test_what_is_right_in_a_wrong_file_holds() -> None:
    path = config_path()
    path.write_text('theme = "light"\n[keys]\nnext = "f5"\nfly = "x"\n', encoding="utf-8")
    settings = read(path)
    assert settings.theme == "light"
    assert settings.keyboard.shown("next") == "f5"
    assert len(settings.faults) == 1


def test_a_file_that_is_no_text_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe")
    assert "no UTF-8" in read(path).faults[0]
    assert "cannot be read" in read(tmp_path).faults[0]


async def test_the_desk_works_with_keys_of_ones_own_and_shows_them() -> None:
    config_path().write_text('theme = "light"\n[keys]\nnext = "f5"\norders = ["x"]\n', encoding="utf-8")
    async with at_the_desk(shipped("first-train")) as hands:
        assert hands.pilot.app.theme == "light"
        assert "x orders" in hands.line("hints")
        await hands.press("f5")
        await hands.wait(0.25)
        assert hands.desk.shift.now_s == 121
        await hands.press("2", "x", "a", "1")
        assert "✓ accept X8001 onto track N1" in hands.line("status")
        await hands.press("enter")
        assert "✓ accept" in hands.line("status")  # enter does nothing now
        await hands.press("question_mark")
        assert "f5" in hands.page


async def test_what_the_desk_says_names_keys_of_ones_own() -> None:
    own = '[keys]\nnext = "f5"\norders = "f6"\nmark = "y"\npapers = "f7"\ncancel = "f8"\n'
    config_path().write_text(own, encoding="utf-8")
    async with at_the_desk(shipped("first-train"), (160, 50)) as hands:
        hands.desk.select("R1")
        await hands.pilot.pause()
        assert "R1 is chosen: f6 shows its orders" in hands.line("status")
        await hands.press("e")
        assert "f6 sets the route, f8 leaves" in hands.line("status")
        hands.desk.action_find()
        await hands.pilot.pause()
        assert "f7, then the arrows, and y on each of the two" in hands.line("status")


async def test_a_wrong_config_file_is_told_on_the_desk() -> None:
    config_path().write_text('[keys]\nfly = "x"\n', encoding="utf-8")
    async with at_the_desk(shipped("first-train"), (160, 50)) as hands:
        assert "there is no action `fly`" in hands.line("status")
        assert hands.pilot.app.theme == "dark"


@pytest.mark.parametrize("pane", PANES)
async def test_help_begins_with_the_instrument_that_has_the_focus(pane: str) -> None:
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        await hands.press(str(PANES.index(pane) + 1), "question_mark")
        first, *_ = hands.page.split("\n")
        assert first == f"This instrument: {pane}"
        own = [key.about.split()[0] for key in KEYS if pane in key.panes]
        assert all(word in hands.page for word in own)


@pytest.mark.parametrize("pane", PANES)
def test_hints_name_keys_that_are_bound_to_what_they_say(pane: str) -> None:
    keyboard = Keyboard()
    row = hints_row(pane, 300, keyboard, coach=True, proposed=True, tabbed=False)
    actions = {binding.action for _, bindings in keyboard.bindings.key_to_bindings.items() for binding in bindings}
    assert {span.key for span in row.spans} <= actions
    assert "help" in row.text


def test_every_key_is_in_the_help() -> None:
    keyboard = Keyboard()
    page = "\n".join(row.text for row in help_rows("trains", keyboard, 100))
    for key in KEYS:
        assert keyboard.all_shown(key.name) in page
        assert key.about[:40] in page


def test_no_key_does_two_things_in_one_instrument() -> None:
    for pane in PANES:
        taken: dict[str, str] = {}
        for key in KEYS:
            if not key.panes or pane in key.panes:
                for one in key.keys:
                    assert taken.setdefault(one, key.action) == key.action, (pane, one)


def test_what_a_level_can_point_at_is_what_there_is() -> None:
    names = {key.name for key in KEYS}
    assert set(INSTRUMENTS) | set(PRESSED) <= names
    assert tuple(PANES) == INSTRUMENTS
    assert tuple(VERBS) == ORDERS


def test_letters_of_a_menu_differ() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    shift.advance(900)
    give(shift, "check X8041-03")
    for subject in ("X8041", "R1", "X8041-03"):
        letters = [letter for letter, _ in lettered(choices.kinds(shift, subject))]
        assert len(set(letters)) == len(letters), subject


async def test_the_palette_has_every_instrument_and_command_and_does_what_its_key_does() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        app = hands.pilot.app
        commands = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        for key in KEYS:
            if not key.action.startswith("move("):
                assert key.name.replace("-", " ").capitalize() in commands
        for name in PANES:
            await app.screen.run_action(f"pane('{name}')")
            assert commands[name.capitalize()] is not None
        await hands.press("ctrl+p", *"graph")
        await hands.pilot.pause(0.4)
        await hands.press("enter")
        await hands.pilot.pause(0.2)
        assert hands.desk.focused is hands.desk.graph


def test_a_number_opens_the_same_instrument_on_the_desk_and_in_the_replay() -> None:
    own = {key.keys[0]: key.action for key in KEYS if key.action.startswith("pane(")}
    numbered = {
        b.key: b.action for b in ReplayScreen.BINDINGS if isinstance(b, Binding) and b.action.startswith("pane(")
    }
    assert len(numbered) == 4
    assert numbered.items() <= own.items()
    assert {str(number): f"pane('{name}')" for name, number in PANE_NUMBERS.items()} == own


def test_where_the_coach_proposes_nothing_the_first_key_runs_on() -> None:
    words = {
        proposed: "".join(
            span.text for span in hints_row("trains", 80, Keyboard(), coach=True, proposed=proposed, tabbed=True).spans
        )
        for proposed in (True, False)
    }
    assert words[True].startswith(" c do it ")
    assert words[False].startswith(" n next call ")
    assert "do it" not in words[False]
    assert words[False].count("next call") == 1
