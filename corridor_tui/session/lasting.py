"""How long what is under way lasts, as far as the desks know: its true time once that has shown itself, until then what is expected
of it, or so much more that it does not end before the next second.
"""

from dataclasses import dataclass

from corridor_tui.level.disruptions import Call, Cold, CraneService, CraneStop, MachineStop, Wind
from corridor_tui.scenario.disruptions import Upcoming
from corridor_tui.scenario.streams import expected_s
from corridor_tui.session.seen import Seen, Spell


def at_least(expected: int, least: int, times: float = 1.0) -> int:
    """The expected seconds of a work, or so many more that it lasts at least so long where it takes `times` as long."""
    takes = max(1, expected, int(least / times))
    while round(takes * times) < least:
        takes += 1
    return takes


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long things last by what was seen before `now_s`, the first second not yet simulated."""

    seen: Seen
    now_s: int

    def takes(self, spell: Spell | None, true_s: int, expected: int, times: float = 1.0) -> int:
        """The seconds of what a spell is of; None: it has not begun."""
        if spell is None:
            return expected
        return true_s if spell.known else at_least(expected, self.now_s - spell.began_s, times)

    def since(self, began_s: int | None, true_s: int, expected: int) -> int:
        """The seconds of what began so and was told when it ended, without a name; None: it has not begun."""
        if began_s is None:
            return expected
        return true_s if began_s + true_s < self.now_s else at_least(expected, self.now_s - began_s)

    def hangs(self, number: str, turn: int, expected: int, *, machines: bool) -> int | None:
        """The seconds of a container's lift, or of its move by a machine, that is being made; None: it has been made."""
        for name, hanging in self.seen.hanging.items():
            if (name in self.seen.view.machines) == machines and (hanging.number, hanging.turn) == (number, turn):
                least = hanging.worked_s + (1 if hanging.since_s is None else self.now_s - hanging.since_s)
                return at_least(expected, least + (hanging.times != 1), hanging.times)
        return None

    def upsets(self, item: Upcoming, begun_s: int | None) -> int:
        """The seconds of what upsets the shift; None: it has not begun."""
        spec = item.spec
        if isinstance(spec, Call):
            return item.lasts_s
        if isinstance(spec, CraneStop | MachineStop):
            spells = self.seen.spells.get((item.plant or "", "repair"), []) if begun_s is not None else []
            spell = next((spell for spell in spells if spell.began_s >= (begun_s or 0)), None)
            return self.takes(spell, item.lasts_s, expected_s(spec.repair))
        if begun_s is None:
            return expected_s(spec.lasts)
        if not isinstance(spec, CraneService | Wind | Cold):
            return item.lasts_s  # it was told how long
        from_s = begun_s + (round(spec.warning_min * 60) if isinstance(spec, Wind) else 0)
        return self.since(from_s, item.lasts_s, expected_s(spec.lasts))
