"""Alerts: what is urgent is told once, by a line and the bell, folded and never often; each as far as it is wanted."""

from conftest import shipped
from hands import at_the_desk
from helpers import give, to_the_cranes, until

from corridor_tui.config import config_path
from corridor_tui.language import speaking
from corridor_tui.session.shift import Shift
from corridor_tui.tui.alerts import QUIET_S, STAYS_S, Alerts
from corridor_tui.tui.settings import ALERTS, Alerting, read


class Told:
    """Alerts on a shift of the first train, with a clock on the wall and a bell that counts."""

    def __init__(self, mode: Alerting = "bell") -> None:
        self.now, self.rung = 0.0, 0
        self.shift = Shift(shipped("first-train"), 1)
        self.alerts = Alerts(self.shift, lambda: self.now, self._ring, mode)

    def _ring(self) -> None:
        self.rung += 1

    def until(self, code: str, *args: str) -> None:
        until(self.shift, code, *args)
        self.alerts.look()


def stopped(mode: Alerting = "bell") -> Told:
    """A crane has stopped; the calls before it rang long ago."""
    told = Told(mode)
    to_the_cranes(told.shift)
    give(told.shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    told.alerts.look()
    told.now += 60
    told.rung = 0
    told.until("crane_stopped")
    return told


def test_what_is_urgent_is_told_by_a_line_and_rings_once() -> None:
    told = stopped()
    assert "‼ 11:1" in told.alerts.text
    assert "RMG1" in told.alerts.text
    assert told.rung == 1
    told.alerts.look()
    assert told.rung == 1


def test_the_line_goes_after_a_while_or_when_it_was_seen() -> None:
    told = stopped()
    told.now += STAYS_S
    assert told.alerts.text == ""
    told = stopped()
    told.alerts.seen()
    assert told.alerts.text == ""


def test_what_comes_soon_after_is_folded_and_does_not_ring_again() -> None:
    told = stopped()
    told.now += QUIET_S / 2
    told.until("call", "width")
    assert "(and 2 more)" in told.alerts.text  # who called meanwhile, too
    assert told.rung == 1
    told.now += QUIET_S
    give(told.shift, "answer width reseat")
    told.until("call", "scale")
    assert told.rung == 2


def test_each_is_as_far_as_it_is_wanted() -> None:
    assert (stopped("visible").rung, bool(stopped("visible").alerts.text)) == (0, True)
    assert (stopped("off").rung, stopped("off").alerts.text) == (0, "")


def test_it_is_set_in_the_config_file_and_what_is_wrong_there_is_told() -> None:
    assert read(config_path()).alerts == "bell"
    config_path().write_text('alerts = "visible"\n', encoding="utf-8")
    assert read(config_path()).alerts == "visible"
    config_path().write_text('theme = "dark"\nalerts = "loud"\n', encoding="utf-8")
    settings = read(config_path())
    assert settings.alerts == "bell"
    assert [fault.partition("toml")[2] for fault in settings.faults] == [
        ":2: alerts cannot be `loud`; they are one of off, visible, bell"
    ]


async def test_at_the_desk_an_alert_stands_above_all_else_until_the_messages_are_looked_at() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        told = stopped()
        hands.desk.shift = told.shift
        hands.desk.surrounds.alerts = told.alerts
        hands.desk.tick()
        assert hands.line("status").split("\n")[0].startswith(" ‼ 11:1")
        await hands.press("5")
        hands.desk.tick()
        assert "‼" not in hands.line("status")


async def test_the_palette_sets_what_alerts_do() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        app = hands.pilot.app
        hands.desk.shift = stopped().shift
        rung: list[int] = []
        hands.desk.surrounds.alerts = Alerts(hands.desk.shift, lambda: 0.0, lambda: rung.append(1), "bell")
        commands = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        assert {f"Alerts: {mode}" for mode in ALERTS} <= set(commands)
        commands["Alerts: off"]()
        hands.desk.surrounds.alerts._heard = 0
        hands.desk.tick()
        assert (rung, hands.desk.surrounds.alerts.text) == ([], "")
        commands = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        commands["Alerts: bell"]()
        hands.desk.surrounds.alerts._heard = 0
        hands.desk.tick()
        assert rung == [1]


async def test_in_another_language_the_palette_is_searched_by_its_words() -> None:
    with speaking("ru"):
        async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
            titles = [command.title for command in hands.pilot.app.get_system_commands(hands.desk)]
            assert any("(Pause)" in title and not title.startswith("Pause") for title in titles)
