"""The themes, their points and the questions under them: what a finding can be about. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.factories.roster.text import fold
from app.improvement.findings.codes import code_key

_LONGEST_CODE = 40


@dataclass(frozen=True)
class Theme:
    """A theme with its points, as code -> title."""

    code: str
    title: str
    points: Mapping[str, str]


@dataclass(frozen=True)
class Catalogue:
    """All themes, in their order."""

    themes: tuple[Theme, ...]

    @cached_property
    def _themes(self) -> dict[str, Theme]:
        by_title = {title_key(theme.title): theme for theme in self.themes}
        return by_title | {code_key(theme.code): theme for theme in self.themes}

    @cached_property
    def _points(self) -> dict[str, tuple[str, Theme]]:
        return {code_key(code): (code, theme) for theme in self.themes for code in theme.points}

    def theme(self, text: str) -> Theme | None:
        """The theme of a code or a title."""
        return self._themes.get(code_key(text)) or self._themes.get(title_key(text))

    def point(self, text: str, within: Theme | None = None) -> tuple[str, Theme] | None:
        """The code of a point and its theme, from the code, or from the title where the theme is known."""
        found = self._points.get(code_key(text))
        if found or within is None:
            return found
        key = title_key(text)
        return next(((code, within) for code, title in within.points.items() if title_key(title) == key), None)


def title_key(text: str) -> str:
    """For comparing titles: no case, no accents, no punctuation, and no `and` or `&`."""
    return " ".join(word for word in fold(text).split() if word != "and")


def read_catalogue(raw: Any) -> Catalogue:
    """From {code: {title, points: {code: title}}}. Raises ValueError for anything else."""
    if not isinstance(raw, Mapping) or not raw:
        raise ValueError("expected an object of themes")
    return Catalogue(tuple(_theme(str(code), said) for code, said in raw.items()))


def _theme(code: str, said: Any) -> Theme:
    if not isinstance(said, Mapping) or not isinstance(said.get("points"), Mapping):
        raise ValueError(f"{code[:_LONGEST_CODE]}: expected a title and points")  # noqa: TRY004 - one error for all
    points = {str(point).strip(): str(title) for point, title in said["points"].items()}
    return Theme(code.strip(), str(said.get("title") or code), points)
