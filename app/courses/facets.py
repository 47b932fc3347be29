"""The filters of the catalogue with their counts, as the page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.courses import labels
from app.courses.search import FACETS, CatalogueFilter
from app.platform.i18n import lazy
from app.platform.i18n.languages import LANGUAGES

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Option:
    """A value to choose, with how many courses there would be. `lang` is that of its label, where it is its own."""

    value: str
    label: Any
    count: int
    is_chosen: bool
    lang: str = ""


@dataclass(frozen=True)
class Filter:
    """A field of the form: groups of options under a heading, which is empty for what needs none."""

    name: str
    label: Any
    groups: Sequence[tuple[Any, Sequence[Option]]]


def shelves(counts: Counts, chosen: CatalogueFilter) -> list[Option]:
    """The categories in which there is something to find."""
    return _options(counts, chosen, "category", labels.CATEGORIES.items())


def filters(counts: Counts, chosen: CatalogueFilter) -> list[Filter]:
    """Every other filter that has something to choose."""
    spoken = sorted(code for code in counts["language"] if code in LANGUAGES)
    languages = [
        Option(code, LANGUAGES[code].own_name, counts["language"][code], chosen.language == code, code)
        for code in spoken
    ]
    fields = [
        Filter("theme", lazy("Theme"), _themes(counts, chosen)),
        Filter("audience", lazy("For whom"), [("", _options(counts, chosen, "audience", labels.ROLES.items()))]),
        Filter("language", lazy("Language"), [("", languages)]),
        Filter("modality", lazy("Modality"), [("", _options(counts, chosen, "modality", labels.MODALITIES.items()))]),
        Filter("length", lazy("Length"), [("", _options(counts, chosen, "length", labels.LENGTHS.items()))]),
    ]
    return [field for field in fields if any(options for _heading, options in field.groups)]


def _options(
    counts: Counts, chosen: CatalogueFilter, facet: str, labelled: Iterable[tuple[str, Any]]
) -> list[Option]:
    """Those that lead to something, and the one that is chosen."""
    now = str(getattr(chosen, facet) or "")
    return [
        Option(str(value), label, counts[facet].get(value, 0), value == now)
        for value, label in labelled
        if counts[facet].get(value) or value == now
    ]


def _themes(counts: Counts, chosen: CatalogueFilter) -> list[tuple[Any, list[Option]]]:
    """Each theme with its points."""
    groups = []
    for theme, label in labels.THEMES.items():
        own = [(name, words) for name, words in labels.POINTS.items() if name.startswith(f"{theme}/")]
        options = _options(counts, chosen, "theme", [(theme, lazy("All of this theme")), *own])
        if options:
            groups.append((label, options))
    return groups


def chosen_values(chosen: CatalogueFilter) -> dict[str, str]:
    """The filter as the parts of an address."""
    values = {facet: str(getattr(chosen, facet) or "") for facet in FACETS}
    values |= {"q": chosen.words, "archived": "yes" if chosen.archived else ""}
    return {name: value for name, value in values.items() if value}
