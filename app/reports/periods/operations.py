"""Opening a period, freezing it, and saying what reports of a programme go by. None of them commits."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import Course
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.reports.counting import Source, counted
from app.reports.definitions import numbers
from app.reports.facts import large, small
from app.reports.facts.asked import Asked
from app.reports.labels import NO_PERIOD, NO_SHARE
from app.reports.models import FrozenReport, PromotionCourse, ReportedFact, ReportingPeriod
from app.reports.periods import queries
from app.reports.reading import shares_of
from app.reports.rules.facts import COLUMNS, SHARES, Split
from app.reports.rules.figures import stored
from app.reports.rules.period import Span, fault

_MAY = Permission.REPORTS_FREEZE
_TOGETHER = 1000
"""Facts that are written with one statement."""


def open_period(actor: Actor, programme_code: str, title: str, span: Span) -> ReportingPeriod:
    """A period that is to be reported; an empty code stands for all programmes. The same again changes nothing.

    Raises NotFound out of scope, Refused for a period that is none.
    """
    programme_id = programme_by_code(actor, programme_code, _MAY).id if programme_code else None
    if programme_id is None and not actor.scope(_MAY).everything:
        raise NotFound
    if fault(span):
        raise Refused(str(NO_PERIOD))
    values: dict[str, Any] = {
        "programme_id": programme_id, "title": title, "starts_on": span.first, "ends_on": span.last,
    }  # fmt: skip
    row = insert(ReportingPeriod).values(**values, created_at=now(), created_by=actor.account_id)
    made: ReportingPeriod | None = db.session.scalar(row.on_conflict_do_nothing().returning(ReportingPeriod))
    if made is None:  # somebody else's, or one's own first click
        same = (getattr(ReportingPeriod, name) == value for name, value in values.items())
        return db.session.scalars(sa.select(ReportingPeriod).where(*same)).one()
    audit.record(actor, "reports.open_period", _subject(made), period=made.id, first=span.first.isoformat(),
                 last=span.last.isoformat())  # fmt: skip
    return made


def freeze(actor: Actor, period_id: int) -> FrozenReport:
    """Keep every figure of a period, with the facts behind it, as they are known now. Once: of two who do it at the
    same time, and for whoever does it again, the first counts.

    Raises NotFound out of scope, Refused while the period is not over.
    """
    period = queries.period(actor, period_id, _MAY)
    programmes = queries.of_period(actor, period)
    if period.is_frozen:
        return queries.frozen(period.id)
    if any(today(programme.zone) <= period.ends_on for programme in programmes):
        raise Refused(_("This period is not over yet. Freeze it after its last day."))
    at = now()
    row = insert(FrozenReport).values(
        period_id=period.id, frozen_at=at, account_id=actor.account_id, figures=[], facts=0,
        definitions={}, committee_shares={},
    )
    made: FrozenReport | None = db.session.scalar(
        row.on_conflict_do_nothing(index_elements=["period_id"]).returning(FrozenReport)
    )  # whoever comes second waits here for the first, and finds it done
    if made is None:
        return queries.frozen(period.id)
    _keep(period, programmes, made)
    period.frozen_at, period.frozen_by = at, actor.account_id
    audit.record(actor, "reports.freeze", _subject(period), period=period.id, facts=made.facts)
    return made


def _keep(period: ReportingPeriod, programmes: Sequence[Programme], made: FrozenReport) -> None:
    """First the facts, then the figures that these facts say."""
    asked = Asked(tuple(each.id for each in programmes), Span(period.starts_on, period.ends_on), made.frozen_at)
    facts = large.live(asked).subquery()
    chosen = sa.select(sa.literal(period.id), *(facts.c[name] for name in COLUMNS))
    db.session.execute(sa.insert(ReportedFact).from_select(["period_id", *COLUMNS], chosen))
    rows = [{"period_id": period.id, **asdict(fact)} for fact in small.live(asked)]
    for start in range(0, len(rows), _TOGETHER):
        db.session.execute(sa.insert(ReportedFact), rows[start : start + _TOGETHER])
    number = sa.select(sa.func.count()).where(ReportedFact.period_id == period.id)
    made.facts = db.session.scalar(number) or 0
    made.figures = [stored(figure) for figure in counted(Source(asked, period.id), list(Split))]
    made.definitions, made.committee_shares = numbers(), shares_of(programmes)


def export(actor: Actor, period: ReportingPeriod, ending: str) -> None:
    """The figures of a frozen period are taken along; logged. The caller has checked the period."""
    audit.record(actor, "reports.export_period", _subject(period), period=period.id, ending=ending)


def settle(actor: Actor, programme_code: str, course_codes: Sequence[str], committee_share: int) -> None:
    """Say which courses of a programme lead to promotion, these and no others, and how many in 100 of each side make a
    committee a trained one. What is frozen stays as it is. Raises NotFound, and Refused for what is no share.
    """
    programme = programme_by_code(actor, programme_code, _MAY)
    if committee_share not in SHARES:
        raise Refused(str(NO_SHARE))
    chosen = list(db.session.scalars(sa.select(Course.id).where(Course.code.in_(course_codes)).order_by(Course.id)))
    own = PromotionCourse.programme_id == programme.id
    db.session.execute(sa.delete(PromotionCourse).where(own, PromotionCourse.course_id.not_in(chosen)))
    for course_id in chosen:
        row = insert(PromotionCourse).values(programme_id=programme.id, course_id=course_id)
        db.session.execute(row.on_conflict_do_nothing(index_elements=["programme_id", "course_id"]))
    programme.committee_share = committee_share
    audit.record(actor, "reports.settle", f"programme:{programme.id}", courses=chosen, committee_share=committee_share)


def _subject(period: ReportingPeriod) -> str:
    """The programme, so that whoever reads its log finds it; else the report of all."""
    return f"programme:{period.programme_id}" if period.programme_id else f"report:{period.id}"
