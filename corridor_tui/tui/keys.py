"""The one list of what keys do on the desk: bindings, hints, help and the config file are made of it."""

import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingsMap
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from corridor_tui.language import N_, NP_, _


@dataclass(frozen=True, slots=True)
class Key:
    """Something that keys do: its name in the config file, its keys, its action, its word for hints, and what it does.

    `panes` are the instruments in which it is good for something; empty: in all.
    """

    name: str
    keys: tuple[str, ...]
    action: str
    word: str
    about: str
    panes: tuple[str, ...] = ()


PANE_NAMES = {
    "panel": N_("panel"),
    "trains": N_("trains"),
    "customs": N_("customs"),
    "papers": N_("papers"),
    "messages": N_("messages"),
    "graph": N_("graph"),
    "cranes": N_("cranes"),
}
"""The instruments by what stands on their tabs."""
PANE_NUMBERS = {name: place for place, name in enumerate(PANE_NAMES, 1)}
"""The number of each instrument, which is the same wherever it can be looked at."""
KEYS = (
    Key("pause", ("space",), "pause", N_("pause"), N_("pause and go on; orders can be given while paused")),
    Key("faster", ("plus", "equals_sign"), "speed(1)", N_("faster"), N_("let the clock run faster")),
    Key("slower", ("minus",), "speed(-1)", N_("slower"), N_("let the clock run slower")),
    Key("next", ("n",), "run_on", N_("next call"), N_("run on to the next event that needs you")),
    Key("proposed", ("c",), "coach", N_("do it"), N_("give the order that is proposed (where the level has a coach)")),
    Key(
        "orders",
        ("enter",),
        "menu",
        N_("orders"),
        N_(
            "the orders for what is chosen: a letter gives one; in the messages go to what one is about, or answer a call; "
            "also a double click"
        ),
    ),
    Key(
        "search",
        ("f",),
        "filter",
        N_("search"),
        N_("show only the messages that have some words, or a time"),
        ("messages",),
    ),
    Key(
        "what-if",
        ("w", "f2"),
        "what_if",
        N_("what if"),
        N_("what an order would do, before it is given; in menus and on the command line f2"),
    ),
    Key("answer", ("a",), "answer", N_("answer"), N_("answer the call that has waited longest")),
    Key(
        "standing",
        ("s",),
        "standing",
        N_("standing"),
        N_("standing orders, where the level allows them: rules that act on their own"),
    ),
    Key(
        "mark",
        ("m",),
        "mark",
        N_("mark"),
        N_("in the papers: mark the cell under the cursor; also a double click"),
        ("papers",),
    ),
    Key(
        "find",
        ("f",),
        "filter",
        N_("finding"),
        N_("claim a finding: the two marked cells clash under a rule"),
        ("papers",),
    ),
    Key(
        "meet",
        ("m",),
        "mark",
        N_("meet"),
        N_("have the chosen train meet another: whom, where, and what both come to"),
        ("graph",),
    ),
    Key(
        "scope",
        ("v",),
        "scope",
        N_("stations"),
        N_("the whole corridor, or one station after another by itself"),
        ("panel",),
    ),
    Key(
        "closer",
        ("left_square_bracket",),
        "span(-1)",
        N_("closer"),
        N_("show less time; on the panel the station of what is chosen"),
        ("graph", "panel"),
    ),
    Key(
        "wider",
        ("right_square_bracket",),
        "span(1)",
        N_("wider"),
        N_("show more time; on the panel the whole corridor"),
        ("graph", "panel"),
    ),
    Key("now", ("0", "home"), "to_now", N_("now"), N_("follow the clock again"), ("graph", "messages")),
    Key(
        "route",
        ("e",),
        "route",
        N_("route"),
        N_("pick where the chosen train is to go; the way lights up, or you are told why not"),
    ),
    Key(
        "cancel", ("escape",), "cancel", "", N_("leave the route that is being chosen; else skip the step of the guide")
    ),
    Key(
        "ask",
        ("i",),
        "ask",
        N_("ask"),
        N_(
            "ask for help with what has waited longest: where to look, what is wanted there, the order; a level may set prices"
        ),
    ),
    Key("guide", ("x",), "guide", N_("guide"), N_("leave the guide of the level, or take it up again where it was")),
    Key("follow", ("t",), "follow", N_("follow"), N_("have the panel follow the chosen train")),
    Key(
        "locate",
        ("p",),
        "locate",
        N_("panel"),
        N_("go to the chosen train, or the train of what is chosen, on the panel"),
    ),
    Key(
        "filter",
        ("f",),
        "filter",
        N_("filter"),
        N_("show only some of the trains: yours, on our tracks, on the line, wagons"),
        ("trains",),
    ),
    Key("sort", ("o",), "sort", N_("sort"), N_("by deadline, by wait, by number, from east to west"), ("trains",)),
    Key(
        "bulk",
        ("b",),
        "bulk",
        NP_("key", "bulk"),
        N_("release by a criterion: what it would cover is shown first"),
        ("customs",),
    ),
    Key(
        "score",
        ("d",),
        "score",
        N_("score"),
        N_("what is lost so far and for what, as far as the level lets it be seen"),
    ),
    Key("rules", ("r",), "rulebook", N_("rules"), N_("the rulebook, with what is new today")),
    Key("zoom", ("z",), "zoom", N_("zoom"), N_("give the instrument the whole screen, or go back")),
    Key(
        "command",
        ("colon", "slash"),
        "command",
        N_("type"),
        N_("write an order, or a train's number to choose it; tab completes"),
    ),
    Key(
        "number",
        ("number_sign", "numero_sign"),
        "by_number",
        N_("number"),
        N_(
            "choose a train by its number: type that behind this key, or just so where it begins with a capital letter; enter keeps "
            "it, escape goes back"
        ),
    ),
    Key("repeat", ("full_stop",), "repeat", N_("again"), N_("the last order again, about what is chosen now")),
    Key("undo", ("u",), "undo", N_("undo"), N_("take the last order back by a new one, where that can be")),
    Key("help", ("question_mark", "f1"), "help", N_("help"), N_("this page")),
    Key("leave", ("q",), "leave", N_("leave"), N_("leave the shift: it asks first")),
    Key("up", ("up", "k"), "move(-1)", "", N_("choose what is above")),
    Key("down", ("down", "j"), "move(1)", "", N_("choose what is below")),
    Key("left", ("left", "h"), "move(0, -1)", "", N_("choose what is to the left; on the graph go back in time")),
    Key("right", ("right", "l"), "move(0, 1)", "", N_("choose what is to the right; on the graph go on in time")),
    Key("page-up", ("pageup",), "move(-8)", "", N_("the same by eight")),
    Key("page-down", ("pagedown",), "move(8)", "", N_("the same by eight")),
    Key("next-pane", ("tab",), "turn(1)", "", N_("go to the next instrument")),
    Key("previous-pane", ("shift+tab",), "turn(-1)", "", N_("go to the one before")),
    Key("panel", ("1",), "pane('panel')", N_("panel"), N_("go to the panel")),
    Key("trains", ("2",), "pane('trains')", N_("trains"), N_("go to the trains")),
    Key("customs", ("3",), "pane('customs')", N_("customs"), N_("go to the customs desk")),
    Key("papers", ("4",), "pane('papers')", N_("papers"), N_("go to the papers of the chosen consignment")),
    Key("messages", ("5",), "pane('messages')", N_("messages"), N_("go to the messages")),
    Key("graph", ("6", "g"), "pane('graph')", N_("graph"), N_("go to the train graph")),
    Key("cranes", ("7",), "pane('cranes')", N_("cranes"), N_("go to the cranes, container by container")),
)
"""The same key may do two things where their panes differ; it then has one action, which looks where it is pressed."""
ACTIONS = {key.name: key.action for key in KEYS}
"""The action of each key by its name."""
_SIGNS = {
    "plus": "+", "minus": "-", "equals_sign": "=", "colon": ":", "slash": "/", "full_stop": ".", "question_mark": "?",
    "left_square_bracket": "[", "right_square_bracket": "]", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "number_sign": "#", "numero_sign": "№", "less_than_sign": "<", "greater_than_sign": ">", "comma": ",",
}  # fmt: skip


class WrongKeyError(ValueError):
    """A key or an action that there is not; the message says what is allowed."""


class Keyboard:
    """What each key does. `own` names actions and the keys they have instead; raises `WrongKeyError` where that cannot be."""

    def __init__(self, own: Mapping[str, Sequence[str]] | None = None) -> None:
        own = own or {}
        names = [key.name for key in KEYS]
        for name in own:
            if name not in names:
                raise WrongKeyError(
                    _("there is no action `{name}`; there are {known}", name=name, known=", ".join(names))
                )
        self._keys = {
            key.name: tuple(_canonical(key.name, one) for one in own[key.name]) if key.name in own else key.keys
            for key in KEYS
        }
        taken: dict[str, Key] = {}
        for each in sorted(KEYS, key=lambda key: key.name not in own):
            for one in self._keys[each.name]:
                before = taken.setdefault(one, each)
                if before.action == each.action:
                    continue
                if each.name in own:
                    raise WrongKeyError(
                        _(
                            "the key `{key}` is given to both `{one}` and `{other}`",
                            key=sign(one),
                            one=before.name,
                            other=each.name,
                        )
                    )
                # a key that was asked for is taken from what has it by default
                self._keys[each.name] = tuple(key for key in self._keys[each.name] if key != one)
        for name in ("help", "leave"):
            if not self._keys[name]:
                raise WrongKeyError(_("`{name}` needs a key", name=name))

    @property
    def bindings(self) -> BindingsMap:
        """The same for a screen."""
        once = {(one, key.action): key for key in KEYS for one in self._keys[key.name]}
        return BindingsMap([Binding(one, key.action, key.word, show=False) for (one, _), key in once.items()])

    def shown(self, name: str) -> str:
        """The first key of an action, as it is written; empty where it has none."""
        keys = self._keys[name]
        return sign(keys[0]) if keys else ""

    def beside_text(self, name: str) -> tuple[str, ...]:
        """The keys of an action that write nothing: those that work where letters mean something else."""
        return tuple(key for key in self._keys[name] if len(key) > 1)

    def all_shown(self, name: str) -> str:
        """Every key of an action."""
        return " ".join(sign(key) for key in self._keys[name])

    def written(self, targets: Iterable[str], letters: Mapping[str, str], typed: Container[str]) -> str:
        """What a hint points at, for a person: keys and instruments by their keys here, orders by their `letters` in a menu, what
        is `typed` to be chosen with the enter that keeps it, all else as it is.
        """
        return ", ".join(
            (self.shown(name) or name)
            if name in self._keys
            else f"{name} enter"
            if name in typed
            else letters.get(name, name)
            for name in targets
        )

    def of(self, pane: str) -> Iterator[Key]:
        """What keys do in an instrument and nowhere else."""
        return (key for key in KEYS if pane in key.panes)


def sign(key: str) -> str:
    """A key as it is written for a person."""
    return _SIGNS.get(key, key)


_NAMED = frozenset(each.value for each in Keys if "+" not in each.value and "<" not in each.value) | {"delete"}
_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")


def _canonical(action: str, key: str) -> str:
    """A key under the name that the terminal's keys have; raises where there is no such key."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if len(last) == 1 and last.isprintable() and not last.isspace():
        last = last if last.isalnum() else _named(last)
        if last.isupper() and modifiers:
            last = last.lower()
    elif last not in _NAMED and last not in _SIGNS:
        raise WrongKeyError(
            _(
                "`{action}`: there is no key `{key}`; a letter, a digit, a sign, or one such as {some}",
                action=action,
                key=key,
                some=", ".join(_SOME),
            )
        )
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        raise WrongKeyError(
            _(
                "`{action}`: in `{key}` only {modifiers} can stand before a key",
                action=action,
                key=key,
                modifiers=", ".join(_MODIFIERS),
            )
        )
    return "+".join([*modifiers, last])


_SOME = ("space", "enter", "tab", "f5", "pageup", "home", "ctrl+n")


def _named(char: str) -> str:
    name = unicodedata.name(char).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
