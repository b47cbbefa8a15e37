"""Texts of a level that may be given in several languages: `title = "..."`, or `title.en = "..."` and `title.ru = "..."`.

One that is given in one language alone is shown to everybody. Of several the one that is spoken is shown, and where it is
missing the first: that is the level's own. The level keeps them all, so that its digest is the same in every language.
"""

from typing import Annotated, Generic, TypeVar

from pydantic import ConfigDict, Discriminator, Field, RootModel, Tag

from corridor_tui.language import Language, spoken
from corridor_tui.level.text import Line, Paragraphs, Telling

ONE, EACH = "one", "each"
"""What the shapes of such a text are called where validation names them: no part of a path into the file."""
_Text = TypeVar("_Text", bound=str)


def _shape(value: object) -> str:
    return EACH if isinstance(value, dict) else ONE


class Told(
    RootModel[
        Annotated[
            Annotated[_Text, Tag(ONE)] | Annotated[dict[Language, _Text], Field(min_length=1), Tag(EACH)],
            Discriminator(_shape),
        ]
    ],
    Generic[_Text],
):
    """A text in one language or in several; `str` is the one to be shown."""

    model_config = ConfigDict(strict=True, frozen=True, defer_build=True)

    def __str__(self) -> str:
        return self.root if isinstance(self.root, str) else self.root.get(spoken(), self.own)

    def __hash__(self) -> int:
        return hash(self.own)

    @property
    def own(self) -> str:
        """The text in the language of the level: it stands in records, which everybody reads."""
        return self.root if isinstance(self.root, str) else next(iter(self.root.values()))


class ToldLine(Told[Line]):
    """One line of display text, in one language or in several."""


class ToldTelling(Told[Telling]):
    """A few sentences without line breaks, in one language or in several."""


class ToldParagraphs(Told[Paragraphs]):
    """Display text with line breaks, in one language or in several."""
