"""A report, read: figures for everybody and by one split, as far as the actor may know them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.access.actor import Actor
from app.factories.models import Programme
from app.platform.clock import now
from app.platform.i18n.folding import searchable
from app.reports import queries
from app.reports.counting import Source, counted
from app.reports.definitions import DEFINITIONS, means
from app.reports.facts.asked import Asked
from app.reports.labels import ALWAYS_ROWS, MANY, Words, words
from app.reports.rules.facts import Split
from app.reports.rules.figures import NESTED, Figure, Indicator, guarded
from app.reports.rules.period import Span


@dataclass(frozen=True)
class Report:
    """The figures of some programmes in a period."""

    programmes: Sequence[Programme]
    span: Span
    at: datetime
    """The moment that the figures are of."""
    figures: Sequence[Figure]
    splits: Sequence[Split]
    words: Words
    sees_people: bool
    committee_shares: Mapping[str, int]
    """Code of a programme -> how many in 100 of each side make a committee a trained one; empty where nobody knows."""
    earlier: Collection[Indicator] = frozenset()
    """What was counted by an earlier definition than today's."""

    def means(self, indicator: Indicator) -> str:
        """What a figure counts."""
        shares = {*self.committee_shares.values()}
        return means(indicator, shares, is_earlier=indicator in self.earlier)

    def of(self, indicator: Indicator, split: str = "", word: str = "") -> dict[str, Figure]:
        """Value -> figure."""
        return self._found.get((indicator, split, word), {})

    @cached_property
    def _found(self) -> dict[tuple[str, str, str], dict[str, Figure]]:
        found: dict[tuple[str, str, str], dict[str, Figure]] = defaultdict(dict)
        for each in self.figures:
            found[each.indicator, each.split, each.word][each.value] = each
        return found

    def all(self, indicator: Indicator) -> Figure | None:
        return self.of(indicator).get("")

    def money(self) -> list[str]:
        """The currencies in which costs were entered."""
        return sorted({each.word for each in self.figures if each.word})

    def values(self, split: Split) -> list[str]:
        """Values of a split that some figure has, in their order."""
        found = {each.value for each in self.figures if each.split == split}
        return self.words.order(split, sorted(found))

    def columns(self, split: Split) -> list[str]:
        """Its values where they find room beside each other; else they are rows, and there are no columns."""
        found = self.values(split)
        return found if len(found) <= MANY and split not in ALWAYS_ROWS else []

    def rows(self, split: Split, q: str = "") -> list[str]:
        """The values of a split that has too many for columns, as far as they are called something like this."""
        if self.columns(split):
            return []
        wanted = searchable(q)
        return [value for value in self.values(split) if wanted in searchable(self.words.value(split, value))]


def report(actor: Actor, programmes: Sequence[Programme], span: Span, splits: Sequence[Split]) -> Report:
    """By what is known now. A fixed number of statements. The caller has checked the programmes."""
    at = now()
    asked = Asked(tuple(each.id for each in programmes), span, at)
    return shown(actor, programmes, span, at, counted(Source(asked), splits), splits)


def shown(
    actor: Actor, programmes: Sequence[Programme], span: Span, at: datetime, found: Sequence[Figure],
    splits: Sequence[Split],
) -> Report:  # fmt: skip
    """Figures as the actor may know them."""
    sees_people = queries.sees_people(actor, [each.id for each in programmes])
    figures = list(found) if sees_people else _guarded(found, splits)
    return Report(programmes, span, at, figures, splits, words(figures), sees_people, shares_of(programmes))


def shares_of(programmes: Sequence[Programme]) -> dict[str, int]:
    """Code of a programme -> how many in 100 of each side of a committee it wants trained."""
    return {each.code: each.committee_share for each in programmes}


def _guarded(found: Sequence[Figure], splits: Sequence[Split]) -> list[Figure]:
    by_indicator: Mapping[Indicator, list[Figure]] = {each: [] for each in DEFINITIONS}
    for figure in found:
        by_indicator[figure.indicator].append(figure)
    shown: list[Figure] = []
    for own in by_indicator.values():
        whole = [each for each in own if not each.split]
        shown += guarded(whole)
        for split in {*splits, Split.FUNDING} - NESTED:
            shown += [each for each in guarded([*whole, *(row for row in own if row.split == split)]) if each.split]
    return shown
