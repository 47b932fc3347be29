"""The figures of one factory, as coarse as they are shown."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from app.coverage.queries import after_findings, requirements_of
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.reports.facts import large, standing
from app.reports.facts.asked import Asked
from app.reports.rules.facts import FactKind
from app.reports.rules.period import Span
from app.reports.sharing import rules
from app.reports.sharing.rules import Aggregate, SharedFigure, Sums, Told

_OF_PEOPLE = frozenset({Aggregate.PERSONS, Aggregate.PARTICIPATIONS, Aggregate.HOURS, Aggregate.CERTIFICATION})


def counted(factory: Factory, span: Span, chosen: Collection[Aggregate]) -> list[SharedFigure]:
    """What these aggregates come to, in the order of the page, by what is known now. The caller has checked the
    factory.
    """
    asked, found = Asked((factory.programme_id,), span, now(), factory.id), list[SharedFigure]()
    if Aggregate.COVERAGE in chosen:
        found += _coverage(factory, asked)
    if _OF_PEOPLE.intersection(chosen):
        quarters = rules.quarters_of(span)
        apart = [_sums(replace(asked, span=each)) for each in quarters]
        told = rules.of_people(_sums(asked) if len(quarters) > 1 else apart[0], apart)
        found += [_whole(each, told[each]) for each in Aggregate if each in chosen and each in told]
    if Aggregate.COMMITTEES in chosen:
        own = standing.committees(asked)
        told_of = rules.committees(sum(each.more for each in own), [each.number for each in own])
        found.append(_whole(Aggregate.COMMITTEES, told_of, span.last))
    return found


def _coverage(factory: Factory, asked: Asked) -> Sequence[SharedFigure]:
    """A line a requirement; none that tells of findings."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for fact in standing.covered(asked, ()):
        if fact.subject_id is not None:
            sums[fact.subject_id][0] += fact.met
            sums[fact.subject_id][1] += fact.number
    secret = after_findings(factory.programme_id)
    return [
        SharedFigure(Aggregate.COVERAGE, rules.share(*sums[each.id]), each.titles, asked.last)
        for each in requirements_of(factory, asked.last) if each.id in sums and each.id not in secret
    ]  # fmt: skip


def _sums(asked: Asked) -> Sums:
    facts = large.live(asked, ()).cte("facts")
    columns = facts.c
    rows = db.session.execute(
        sa.select(
            columns.kind, sa.func.count(), sa.func.count(columns.person_id.distinct()), sa.func.sum(columns.amount),
            sa.func.sum(columns.more),
        )
        .group_by(columns.kind)
    )  # fmt: skip
    sums = {row[0]: [int(number or 0) for number in row[1:]] for row in rows}
    attended, persons, minutes, _certified = sums.get(FactKind.ATTENDED, [0, 0, 0, 0])
    started, of_persons, _minutes, certified = sums.get(FactKind.STARTED, [0, 0, 0, 0])
    return Sums(attended, persons, minutes, started, of_persons, certified)


def _whole(aggregate: Aggregate, told: Told, day: date | None = None) -> SharedFigure:
    return SharedFigure(aggregate, told, {}, day)
