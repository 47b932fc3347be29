"""Adding facts up: those about people in the database, the others here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.courses.models import CourseVersion
from app.factories.models import Programme
from app.platform.db import db
from app.reports.definitions import figures, kinds_of, needed
from app.reports.facts import large, small
from app.reports.facts.asked import Asked
from app.reports.rules.facts import IDS, NOT_SAID, Fact, FactKind, Known, Split, Sums
from app.reports.rules.figures import Figure, Key, added

_SUMMED = ("number", "met", "more", "amount", "before", "after")


@dataclass(frozen=True)
class Source:
    """Where facts are read: what is known now, or what a frozen period keeps."""

    asked: Asked
    period_id: int | None = None
    """The frozen period; None for what is known now."""

    def large(self, splits: Collection[Split] = tuple(Split)) -> Any:
        if self.period_id is not None:
            return large.kept(self.period_id)
        return large.live(self.asked, splits)

    def small(
        self, splits: Collection[Split] = tuple(Split), kinds: Collection[FactKind] = small.FEW
    ) -> list[Fact]:  # fmt: skip
        if self.period_id is not None:
            return small.kept(self.period_id, kinds)
        return small.live(self.asked, splits, kinds)


def counted(source: Source, splits: Sequence[Split]) -> list[Figure]:
    """All figures, for everybody and by each of the splits. A fixed number of statements, however many there are."""
    known = known_of(splits)
    sums = _large(source, splits, known) | added(source.small(splits), needed(splits), known)
    return figures(sums)


def known_of(splits: Collection[Split]) -> Known:
    """What these splits need: themes of course versions without their points, countries of programmes. One statement
    each.
    """
    themes, countries = {}, {}
    if Split.THEME in splits:
        versions = db.session.execute(sa.select(CourseVersion.id, CourseVersion.themes))
        themes = {row.id: sorted({theme.partition("/")[0] for theme in row.themes}) for row in versions}
    if Split.COUNTRY in splits:
        countries = {row.id: row.country for row in db.session.execute(sa.select(Programme.id, Programme.country))}
    return Known(themes, countries)


def _large(source: Source, splits: Sequence[Split], known: Known) -> dict[Key, Sums]:
    """Everybody is the sum of both sexes and of those of whom none is known, where these are asked for: nobody is two
    of them.
    """
    facts = source.large(splits).cte("facts")
    parts = [] if Split.SEX in splits else [_added(facts, "", sa.literal(""), facts)]
    parts += [_by(facts, split, known) for split in splits if kinds_of(split)]
    found: dict[Key, Sums] = {}
    for kind, split, value, *numbers in db.session.execute(sa.union_all(*parts)):
        found[FactKind(kind), split, str(value), ""] = sums = _sums(numbers)
        if split == Split.SEX:
            everybody = FactKind(kind), "", "", ""
            found[everybody] = found.get(everybody, Sums()) + sums
    return found


def _sums(numbers: Sequence[Any]) -> Sums:
    """PostgreSQL answers sums of whole numbers with decimal ones."""
    whole, shares = numbers[:6], numbers[6:]
    return Sums(*map(int, whole), *map(float, shares))


def _by(facts: sa.CTE, split: Split, known: Known) -> sa.Select[Any]:
    value, start = told_apart(facts, split, known)
    return _added(facts, split, value, start, () if split is Split.SEX else kinds_of(split))


def told_apart(facts: Any, split: Split, known: Known) -> tuple[Any, Any]:
    """What a split tells facts apart by, as text, and where both are found: a fact has a row for each of its themes."""
    columns = facts.c
    if split is Split.THEME:
        named = _theme_table(known.themes)
        return named.c.theme, sa.join(facts, named, named.c.version_id == columns.version_id)
    if split is Split.COUNTRY:
        return Programme.country, sa.join(facts, Programme, Programme.id == columns.programme_id)
    if split in IDS:
        return sa.func.coalesce(sa.cast(columns[IDS[split]], sa.String), NOT_SAID), facts
    return columns[split.value], facts


def _theme_table(themes: Mapping[int, Sequence[str]]) -> Any:
    """Course versions with each of their themes, as a table of a statement."""
    pairs = [(number, theme) for number, names in themes.items() for theme in names] or [(0, "")]
    columns = sa.column("version_id", sa.Integer), sa.column("theme", sa.String)
    return sa.values(*columns, name="theme_of").data(pairs).cte("theme_of")


def _added(facts: sa.CTE, split: str, value: Any, start: Any, kinds: Sequence[str] = ()) -> sa.Select[Any]:
    """First person by person, then all: so that people are told apart in one pass."""
    columns, apart = facts.c, facts.c.after - facts.c.before
    each = [sa.func.sum(columns[name]).label(name) for name in _SUMMED]
    squares = [
        sa.func.sum(columns.before * columns.before).label("before_squares"), sa.func.sum(apart * apart).label("apart")
    ]  # fmt: skip
    who = (
        sa.select(columns.kind, value.label("value"), sa.func.count().label("rows"), *each, *squares)
        .select_from(start)
        .where(*([columns.kind.in_(kinds)] if kinds else []))
        .group_by(columns.kind, value, columns.person_id)
        .subquery()
    )
    totals = [sa.func.sum(who.c[name]) for name in (*_SUMMED, "before_squares", "apart")]
    return sa.select(
        who.c.kind, sa.literal(str(split)), who.c.value, sa.func.sum(who.c.rows), sa.func.count(), *totals
    ).group_by(who.c.kind, who.c.value)
