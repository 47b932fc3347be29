"""Adding up programmes for partners: all together, by sex and by programme. Factories are counted, never named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from app.coverage.queries import after_findings, required
from app.platform.clock import now
from app.platform.db import db
from app.reports.counting import dimension
from app.reports.facts import large, standing
from app.reports.facts.asked import Asked
from app.reports.rules.facts import FactKind, Split
from app.reports.rules.period import Span
from app.reports.sharing.partners.rules import Cell, Line, Sum, row, said

SPLITS = (Split.SEX, Split.PROGRAMME)
_NO_SPLIT = {Line.FACTORIES: {Split.SEX}}
Key = tuple[Line, str, str]
"""Line, split and value; both empty for all together."""


@dataclass(frozen=True)
class Required:
    """A requirement, of which programme, and how many are covered."""

    titles: Mapping[str, str]
    programme: str
    cell: Cell


@dataclass(frozen=True)
class Counted:
    """Cells of the page."""

    cells: Mapping[Key, Cell]
    requirements: Sequence[Required]
    unsaid: int
    """Of so many requirements more there are too few factories to say anything."""

    def values(self, split: Split) -> list[str]:
        """Values of a split that some line has."""
        return sorted({value for _line, own, value in self.cells if own == split})


def counted(programme_ids: Sequence[int], span: Span) -> Counted:
    """By what is known now. A fixed number of statements and one a programme. The caller has checked the programmes."""
    asked = Asked(tuple(programme_ids), span, now())
    sums: dict[Key, Sum] = defaultdict(Sum)
    _add_people(sums, asked)
    by_requirement = _add_coverage(sums, asked)
    cells: dict[Key, Cell] = {}
    for line in Line:
        total = sums[line, "", ""]
        for split in SPLITS:
            if split in _NO_SPLIT.get(line, ()):
                continue
            parts = {value: each for (own, by, value), each in sums.items() if own is line and by == split}
            cells[line, "", ""], shown = row(total, parts, partial(said, line))
            cells |= {(line, split, value): cell for value, cell in shown.items()}
    known = [each for each in required(programme_ids, span.last) if each.id in by_requirement]
    told = [each for each in known if by_requirement[each.id].is_of_enough]
    requirements = [
        Required(each.titles, str(each.programme_id), said(Line.COVERAGE, by_requirement[each.id])) for each in told
    ]
    return Counted(cells, requirements, len(known) - len(told))


def _add_people(sums: dict[Key, Sum], asked: Asked) -> None:
    facts = large.live(asked, with_types=False).cte("facts")
    columns = facts.c
    for split in ("", *SPLITS):
        value: Any = dimension(columns, Split(split)) if split else sa.literal("")
        persons = sa.func.count(columns.person_id.distinct())
        by_value = sa.select(columns.kind, value, sa.literal(0), sa.func.count(), persons, sa.func.sum(columns.more))
        by_factory = sa.select(columns.kind, value, columns.factory_id, sa.func.count(), persons, sa.literal(0))
        rows = db.session.execute(
            sa.union_all(
                by_value.group_by(columns.kind, value),
                by_factory.where(columns.factory_id.is_not(None)).group_by(columns.kind, value, columns.factory_id),
            )
        )
        for kind, which, factory_id, participations, people, certified in rows:
            for line in _LINES.get(FactKind(kind), ()):
                each = sums[line, split, str(which)]
                if factory_id:
                    each.factories[factory_id] = people if line is Line.PERSONS else participations
                else:
                    each.whole, each.persons, each.top = participations, people, int(certified or 0)


_LINES: Mapping[FactKind, Sequence[Line]] = {
    FactKind.ATTENDED: (Line.FACTORIES, Line.PERSONS, Line.PARTICIPATIONS),
    FactKind.STARTED: (Line.CERTIFICATION,),
}


def _add_coverage(sums: dict[Key, Sum], asked: Asked) -> dict[int, Sum]:
    """Answers the sums of each requirement."""
    by_requirement: dict[int, Sum] = defaultdict(Sum)
    secret = frozenset[int]().union(*(after_findings(each) for each in asked.programme_ids))
    for fact in standing.covered(asked, [Split.FACTORY]):
        if fact.factory_id is None or fact.subject_id is None or fact.subject_id in secret:
            continue
        places = [("", ""), (Split.SEX, fact.sex), (Split.PROGRAMME, str(fact.programme_id))]
        for each in (by_requirement[fact.subject_id], *(sums[Line.COVERAGE, by, value] for by, value in places)):
            each.top += fact.met
            each.whole += fact.number
            each.persons += fact.number
            each.factories[fact.factory_id] = each.factories.get(fact.factory_id, 0) + fact.number
    return by_requirement
