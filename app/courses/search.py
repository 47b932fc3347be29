"""Finding courses in the catalogue, and how many there are of each kind."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.courses.models import Course, CourseVersion
from app.courses.rules import Category, Length, length_of, with_theme
from app.platform.db import db
from app.platform.i18n.folding import searchable

FACETS = ("category", "theme", "audience", "language", "modality", "length")
LONGEST = 100
"""Letters of a search that are looked at."""
_MOST_WORDS = 6
_SHELVES = {category: place for place, category in enumerate(Category)}


@dataclass(frozen=True)
class CatalogueFilter:
    """What the address of the catalogue asks for; empty means all. `theme` may be a point, as `theme/point`."""

    category: Category | None = None
    theme: str = ""
    audience: str = ""
    language: str = ""
    modality: str = ""
    length: Length | None = None
    words: str = ""
    archived: bool = False
    """Courses that are no longer offered instead of those that are."""

    @property
    def is_empty(self) -> bool:
        return self == CatalogueFilter()


@dataclass(frozen=True)
class Found:
    """Versions that fit, in the order of their shelves. `counts`: facet -> value -> how many courses there would be
    with this value and the other filters.
    """

    version_ids: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]


def find(wanted: CatalogueFilter) -> Found:
    """The current versions that the filter asks for. One statement."""
    asked = [str(getattr(wanted, facet) or "") for facet in FACETS]
    filters = [(place, value) for place, value in enumerate(asked) if value]
    seen: list[Counter[frozenset[str]]] = [Counter() for _facet in FACETS]
    found = []
    for version_id, *values in db.session.execute(_rows(wanted)):
        has = _facets(*values)
        missing = [place for place, value in filters if value not in has[place]]
        if not missing:
            found.append(version_id)
            for counter, names in zip(seen, has, strict=True):
                counter[names] += 1
        elif len(missing) == 1:
            seen[missing[0]][has[missing[0]]] += 1
    return Found(found, {facet: _each(sets) for facet, sets in zip(FACETS, seen, strict=True)})


def cards(version_ids: Sequence[int]) -> list[Any]:
    """What a card of the catalogue shows of these versions, in their order."""
    rows = db.session.execute(
        sa.select(
            CourseVersion.id, Course.code, CourseVersion.category, CourseVersion.titles, CourseVersion.summary,
            CourseVersion.hours, CourseVersion.themes, CourseVersion.languages, CourseVersion.modalities,
        )
        .join(Course, Course.id == CourseVersion.course_id)
        .where(CourseVersion.id.in_(version_ids))
    )
    by_id = {row.id: row for row in rows}
    return [by_id[version_id] for version_id in version_ids]


def _rows(wanted: CatalogueFilter) -> sa.Select[*tuple[Any, ...]]:
    """Id and what `_facets` takes."""
    words = searchable(wanted.words[:LONGEST]).split()[:_MOST_WORDS]
    return _EVERY.where(
        Course.archived_at.is_not(None) if wanted.archived else Course.archived_at.is_(None),
        *(CourseVersion.search_text.contains(word, autoescape=True) for word in words),
    )


@lru_cache(maxsize=4096)
def _facets(
    category: str, hours: float, themes: str, audience: str, languages: str, modalities: str
) -> tuple[frozenset[str], ...]:
    """The values of a course in the order of FACETS. What the database keeps as JSON comes as text and is read once:
    most courses share it with others.
    """
    return (
        frozenset((category,)), with_theme(json.loads(themes)), frozenset(json.loads(audience)),
        frozenset(json.loads(languages)), frozenset(json.loads(modalities)), frozenset((str(length_of(hours)),)),
    )  # fmt: skip


def _each(sets: Counter[frozenset[str]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for values, number in sets.items():
        for value in values:
            found[value] += number
    return found


# Built once: building it takes longer than asking it.
_EVERY = (
    sa.select(
        CourseVersion.id, sa.type_coerce(CourseVersion.category, sa.String), CourseVersion.hours,
        *(
            sa.cast(column, sa.Text)
            for column in (
                CourseVersion.themes, CourseVersion.audience, CourseVersion.languages, CourseVersion.modalities,
            )
        ),
    )
    .join(Course, Course.current_version_id == CourseVersion.id)
    .order_by(sa.case(_SHELVES, value=CourseVersion.category), Course.code)
)
