"""What a few letters on the command line could mean: an order, or a thing to choose."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from corridor_tui.corridor.orders import RULES, VERBS, OrderError, parse
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.scenario.rules import addresses, in_play
from corridor_tui.session.covering import told
from corridor_tui.session.journal import MARK
from corridor_tui.session.shift import Shift
from corridor_tui.tui.choices import in_words, orders_here

SHOWN = 8
"""How many are offered at once."""
_TRIED = 60
"""How many orders are asked whether they would be accepted, so that those can stand first."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Something that may be meant: its text, what that does, and why it would be refused now (None: it would not)."""

    text: str
    about: str
    objection: str | None = None


class Completion:
    """What can be written at one moment. Made when the line is opened; orders are tried as far as they are looked at."""

    def __init__(self, shift: Shift, history: Sequence[str]) -> None:
        self._shift = shift
        self._history = list(reversed(history))
        self._last: tuple[str, list[Meant]] | None = None

    @cached_property
    def _orders(self) -> str:
        """Every order, a line each: so they are searched at once, as thousands of texts they would not be."""
        return "".join(f"{order.text}\n" for order in orders_here(self._shift))

    @cached_property
    def _things(self) -> list[str]:
        return list(things(self._shift.view))

    def prepare(self) -> None:
        """List the orders before the first letter asks for them."""
        self._orders  # noqa: B018 - it is kept once it is read

    def meant(self, typed: str) -> list[Meant]:
        """The best guesses: what was given last while nothing is typed, then things, orders that would be accepted, others."""
        if self._last is None or self._last[0] != typed:
            self._last = (typed, self._guess(typed))
        return self._last[1]

    def _guess(self, typed: str) -> list[Meant]:
        words = typed.split()
        if not words:
            return [self._weighed(text) for text in self._history[:SHOWN]]
        found = [
            Meant(name, _("choose {name}", name=name))
            for name in self._things
            if len(words) == 1 and _named(name, words[0])
        ]
        orders = [
            self._weighed(text, whole=text == typed.strip()) for text in islice(self._matching(typed, words), _TRIED)
        ]
        orders.sort(key=lambda one: (one.objection is not None, not one.text.startswith(typed)))
        verbs = [
            Meant(f"{verb.word} ", f"{verb.shape} {_(verb.help)}".lstrip())
            for verb in VERBS.values()
            if len(words) == 1 and verb.word.startswith(words[0]) and verb.word != words[0]
        ]
        if len(words) == 1 and MARK.startswith(words[0]):
            verbs.append(Meant(MARK, _("WORDS set a mark here for the debriefing")))
        exact = [one for one in found if one.text.lower() == words[0].lower()]
        rest = [one for one in found if one not in exact]
        good = [one for one in orders if one.objection is None]
        begun = [one for one in good if one.text.startswith(typed)]
        return list(dict.fromkeys([*exact, *begun[: SHOWN - 2], *verbs, *begun, *rest, *good, *orders]))[:SHOWN]

    def _matching(self, typed: str, words: list[str]) -> Iterator[str]:
        if words[0] == "find":
            yield from self._findings(words)
        if words[0] in RULES and len(words) == 2:
            yield " ".join(words)
        yield from (found.group() for found in re.finditer(f"^{re.escape(typed)}.*", self._orders, re.MULTILINE))
        if len(typed) > 1:
            for found in _fitting(words).finditer(self._orders):
                if not found.group().startswith(typed):
                    yield found.group()

    def _findings(self, words: list[str]) -> Iterator[str]:
        """Findings cannot be listed whole: they are completed a word at a time."""
        view = self._shift.view
        start, last = (words[:-1], words[-1]) if words[1:] else (words, "")
        papers = view.papers(words[1]) if len(words) > 1 else None
        if papers is None:
            choices: Iterable[str] = (name for name, one in view.dossiers.items() if one.state == "lodged")
        elif len(words) <= 4:
            choices = addresses(papers)
            if last in (*choices, words[1]):
                start, last = words, ""
        else:
            choices = (rule.code for rule in in_play(self._shift.level))
        if len(start) == 4:
            choices, last = (rule.code for rule in in_play(self._shift.level)), ""
        yield from (" ".join([*start, choice]) for choice in choices if choice.startswith(last))

    def _weighed(self, text: str, *, whole: bool = False) -> Meant:
        """What a text would order; of a standing order that is `whole`, with what it would do at once."""
        try:
            order = parse(text)
        except OrderError as error:
            return Meant(f"{text} ", str(error))
        objection, about = self._shift.refusal(order), in_words(self._shift.view, order)
        if whole and objection is None and order.verb in RULES and order.args[0] != "off":
            about = "; ".join((about, *told(self._shift, order)))
        return Meant(text, about, objection)


def _named(name: str, word: str) -> bool:
    """Whether a word, or digits out of the middle of it, mean a name."""
    return word.lower() in name.lower() if word.isdigit() and len(word) > 1 else name.lower().startswith(word.lower())


def _fitting(words: list[str]) -> re.Pattern[str]:
    """The lines in which each word begins a word, in their sequence."""
    gap = r"\S* (?:\S+ )*?"
    return re.compile(rf"^(?:\S+ )*?{gap.join(map(re.escape, words))}.*", re.MULTILINE | re.IGNORECASE)


def things(view: View) -> Iterator[str]:
    """What can be chosen by its name: trains and rakes, consignments, tracks, cranes and machines of the stack."""
    yield from (unit.id for unit in view.units.values() if unit.gone_s is None)
    yield from view.dossiers
    yield from view.level.tracks
    yield from view.cranes
    yield from view.machines


def thing_named(view: View, word: str) -> str | None:
    """The one thing that a word names: whole, or by a part of a number that only one train has."""
    names = list(things(view))
    for name in names:
        if name.lower() == word.lower():
            return name
    units = [unit.id for unit in view.units.values() if unit.gone_s is None and _named(unit.id, word)]
    return units[0] if len(units) == 1 else None


def meant_by(view: View, typed: str) -> list[str]:
    """What a number may mean that is still being typed, the likeliest first: what it is, what it begins, and for digits the
    trains that have them anywhere. Consignments only from their hyphen on: else a train's own would stand before other trains.
    """
    word = typed.lower()
    names = [name for name in things(view) if "-" in word or name not in view.dossiers]
    found = [name for name in names if name.lower() == word]
    found += [name for name in names if name.lower().startswith(word)]
    if word.isdigit():
        found += [name for name in names if word in name.lower() and name in view.units]
    return list(dict.fromkeys(found))
