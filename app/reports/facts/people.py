"""Facts about people, as parts of one statement: there are as many of them as participations."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.factories.models import Committee, CommitteeMember, Employment, FactoryTerm, Person
from app.factories.queries import held_on, sits
from app.factories.rules import Side, TermKind
from app.reports.facts.asked import Asked, begins_in, begins_outside
from app.reports.facts.row import ONCE, row, word
from app.reports.rules.facts import (
    COLUMNS,
    LONGEST_HALF_DAY,
    NOT_SAID,
    SEVERAL,
    TYPE_OF,
    FactKind,
    PersonType,
    Split,
    Way,
)
from app.sessions.costs.models import COUNTS, TrainingCost
from app.sessions.models import Meeting, Seat, SeatAtMeeting, TrainingSession
from app.sessions.rules import MeetingState, Modality, TrainingState

ATTENDED = tuple(mark for mark in Mark if mark.counts)
"""Present and late. Partly there is not attended, whatever the minutes: so the figure is one for every course."""

_RAN = (TrainingState.CONFIRMED, TrainingState.POSTPONED, TrainingState.CLOSED)


def tiers(asked: Asked) -> sa.CTE:
    """Factory with its support tier on the last day of the period."""
    turn = sa.func.row_number().over(partition_by=FactoryTerm.factory_id, order_by=FactoryTerm.starts_on.desc())
    known = (
        sa.select(FactoryTerm.factory_id, FactoryTerm.value, turn.label("turn"))
        .where(FactoryTerm.kind == TermKind.SUPPORT_TIER, FactoryTerm.starts_on <= asked.last)
        .subquery()
    )
    return sa.select(known.c.factory_id, known.c.value.label("tier")).where(known.c.turn == 1).cte("tiers")


def funding() -> sa.CTE:
    """Training session with who paid for it: one kind of payer, or several."""
    first, last = (_plain(which(TrainingCost.payer)) for which in (sa.func.min, sa.func.max))
    return (
        sa.select(TrainingCost.training_id, sa.case((first == last, first), else_=SEVERAL).label("funding"))
        .where(COUNTS)
        .group_by(TrainingCost.training_id)
        .cte("funding")
    )


def ended(asked: Asked) -> sa.CTE:
    """Training sessions that were held - neither cancelled nor never confirmed - whose last half-day lies in the period
    and is over.
    """
    some = (
        sa.select(TrainingSession.id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(asked.trainings, TrainingSession.state.in_(_RAN), begins_in(asked.span))
    )
    last, ended_at = sa.func.max(Meeting.starts), sa.func.max(Meeting.ends_at)
    return (
        sa.select(Meeting.training_id, last.label("last"), ended_at.label("ended_at"))
        .where(Meeting.training_id.in_(some), Meeting.state == MeetingState.PLANNED)
        .group_by(Meeting.training_id)
        .having(sa.func.date(last) <= _day(asked.last), ended_at <= asked.now)
        .cte("ended")
    )


def participations(asked: Asked, over: sa.CTE | None = None, splits: Collection[Split] = tuple(Split)) -> sa.CTE:
    """Person and training session, once each: what was attended in the period (`inside`, `halves`, `seconds`,
    `virtual_inside`, `first_inside`) and, of the ended training sessions in `over`, what was attended of them whenever
    it was (`half_days`, `virtual`, `first`). What was virtual is counted where the splits ask for it.

    An entry that was joined with another keeps marks where the other has one as well; these count no more.

    Marks are found by their half-day and seats by their person, each through its index: of a year among ten that is a
    tenth of reading all of them.
    """
    half = _half_days(asked, over)
    is_virtual = sa.case((_link(half) == Modality.VIRTUAL, 1), else_=0) if Split.MODALITY in splits else sa.literal(0)
    whose = half.c.training_id, half.c.programme_id, half.c.version_id, CurrentMark.person_id
    each = (
        sa.select(
            *whose, sa.func.sum(half.c.inside).label("inside"),
            sa.func.sum(half.c.halves).label("halves"), sa.func.sum(half.c.seconds).label("seconds"),
            sa.func.sum(is_virtual * half.c.inside).label("virtual_inside"),
            sa.func.min(sa.case((half.c.inside == 1, half.c.starts))).label("first_inside"),
            sa.func.count().label("half_days"), sa.func.sum(is_virtual).label("virtual"),
            sa.func.min(half.c.starts).label("first"),
        )
        .join(CurrentMark, CurrentMark.meeting_id == half.c.id)
        .where(CurrentMark.mark.in_(ATTENDED), *_is_of(asked.factory_id, half))
        .group_by(*whose)
        .order_by(half.c.training_id, CurrentMark.person_id)  # so that what is looked up next lies side by side
        .subquery()
    )  # fmt: skip
    seated = sa.select(Seat.factory_id).where(
        Seat.training_id == each.c.training_id, Seat.person_id == each.c.person_id
    )
    return (
        sa.select(
            *each.c, word(sa.func.coalesce(_plain(Person.sex), NOT_SAID)).label("sex"),
            seated.scalar_subquery().label("factory_id"),
        )
        .join(Person, Person.id == each.c.person_id)
        .where(Person.merged_into_id.is_(None))
        .cte("participations")
        .prefix_with(ONCE)
    )  # fmt: skip


def _is_of(factory_id: int | None, half: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    """Whose seat is of this factory, where one is asked for."""
    if factory_id is None:
        return []
    own = sa.select(Seat.person_id).where(Seat.training_id == half.c.training_id, Seat.factory_id == factory_id)
    return [CurrentMark.person_id.in_(own)]


def _half_days(asked: Asked, over: sa.CTE | None) -> sa.Subquery:
    """Half-days that have begun: those in the period, and the others of ended training sessions, which have no length
    here: it is counted in the period in which they begin.
    """
    # Whole numbers: of decimal ones, which PostgreSQL makes of moments, the sums take several times as long.
    seconds = sa.cast(sa.extract("epoch", Meeting.ends_at) - sa.extract("epoch", Meeting.starts_at), sa.Integer)
    begun = (
        sa.select(
            Meeting.id, Meeting.training_id, Meeting.modality, Meeting.starts, TrainingSession.programme_id,
            TrainingSession.version_id,
        )
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .where(asked.trainings, Meeting.starts_at <= asked.now)
    )  # fmt: skip
    halves = sa.case((seconds > int(LONGEST_HALF_DAY.total_seconds()), 2), else_=1)
    counts = sa.literal(1).label("inside"), halves.label("halves"), seconds.label("seconds")
    inside = begun.add_columns(*counts).where(begins_in(asked.span))
    if over is None:
        return inside.subquery()
    outside = (
        begun.add_columns(*(sa.literal(0).label(each.name) for each in counts))
        .join(over, over.c.training_id == Meeting.training_id)
        .where(begins_outside(asked.span))
    )
    return sa.union_all(inside, outside).subquery()


def _link(half: sa.Subquery) -> sa.ColumnElement[str]:
    """How somebody took part in a half-day: as it was held; in one of both kinds as the seat says."""
    seat = (
        sa.select(sa.func.coalesce(SeatAtMeeting.modality, Seat.modality))
        .select_from(Seat)
        .outerjoin(SeatAtMeeting, sa.and_(SeatAtMeeting.seat_id == Seat.id, SeatAtMeeting.meeting_id == half.c.id))
        .where(Seat.training_id == half.c.training_id, Seat.person_id == CurrentMark.person_id)
        .scalar_subquery()
    )
    return sa.case((half.c.modality != Modality.HYBRID, half.c.modality), else_=seat)


def described(people: sa.CTE, asked: Asked, splits: Collection[Split]) -> sa.CTE:
    """Participations with the tiers and payers that splits tell them apart by, whichever half-days are counted."""
    said: list[sa.Label[str]] = []
    rows: sa.FromClause = people
    if Split.TIER in splits:
        known = tiers(asked)
        said.append(word(sa.func.coalesce(known.c.tier, NOT_SAID)).label("tier"))
        rows = rows.outerjoin(known, known.c.factory_id == people.c.factory_id)
    if Split.FUNDING in splits:
        paid = funding()
        said.append(word(sa.func.coalesce(_plain(paid.c.funding), NOT_SAID)).label("funding"))
        rows = rows.outerjoin(paid, paid.c.training_id == people.c.training_id)
    return sa.select(*people.c, *said).select_from(rows).cte("described") if said else people


def attended(people: sa.CTE, splits: Collection[Split]) -> sa.Select[Any]:
    """Facts about who attended in the period."""
    half_days = people.c.inside, people.c.virtual_inside, people.c.first_inside
    facts = _told(
        FactKind.ATTENDED, people, half_days, splits, number=people.c.halves, amount=people.c.seconds // 60
    )
    return facts.where(people.c.inside > 0)


def started(people: sa.CTE, over: sa.CTE, splits: Collection[Split]) -> sa.Select[Any]:
    """Facts about who took part in ended training sessions. met: 1 for whoever holds a completion of the course that
    comes of this session or was valid when it ended; more: 1 for whoever holds a certificate for such a one that is
    neither revoked nor replaced.
    """
    best = sa.func.max(sa.case((Certificate.completion_id.is_not(None), 2), else_=1))
    held = (
        sa.select(best)
        .select_from(Completion)
        .outerjoin(Certificate, sa.and_(Certificate.completion_id == Completion.id, *IN_FORCE))
        .where(
            Completion.person_id == people.c.person_id, Completion.course_id == CourseVersion.course_id,
            Completion.withdrawn_at.is_(None),
            sa.or_(
                Completion.training_id == people.c.training_id,
                sa.and_(
                    Completion.completed_at <= over.c.ended_at,
                    sa.or_(Completion.valid_until.is_(None), Completion.valid_until > over.c.ended_at),
                ),
            ),
        )
        .scalar_subquery()
    )  # fmt: skip
    those = (
        sa.select(*people.c, sa.func.coalesce(held, 0).label("held"))
        .join(over, over.c.training_id == people.c.training_id)
        .join(CourseVersion, CourseVersion.id == people.c.version_id)
        .cte("ended_with")
        .prefix_with(ONCE)
    )
    half_days = those.c.half_days, those.c.virtual, those.c.first
    met, more = sa.case((those.c.held >= 1, 1), else_=0), sa.case((those.c.held == 2, 1), else_=0)
    return _told(FactKind.STARTED, those, half_days, splits, met=met, more=more)


def reached(people: sa.CTE) -> sa.Select[Any]:
    """Facts about the factories of those who attended in the period."""
    return _of_factories(FactKind.REACHED, people)


def at_seminars(people: sa.CTE) -> sa.Select[Any]:
    """Facts about the factories of those who attended an industry seminar in the period."""
    is_seminar = sa.select(CourseVersion.id).where(CourseVersion.category == Category.INDUSTRY_SEMINAR)
    return _of_factories(FactKind.SEMINAR, people).where(people.c.version_id.in_(is_seminar))


def _of_factories(kind: FactKind, people: sa.CTE) -> sa.Select[Any]:
    own = {name: people.c[name] for name in ("programme_id", "factory_id", "tier") if name in people.c}
    attended = people.c.inside > 0, people.c.factory_id.is_not(None)
    return sa.select(*row(kind, **own)).where(*attended).group_by(*own.values())


def _told(
    kind: FactKind, people: sa.CTE, half_days: tuple[Any, Any, Any], splits: Collection[Split], **numbers: Any
) -> sa.Select[Any]:
    """Facts about these people. Types of people cost a look at their work."""
    count, virtual, first = half_days
    way = sa.case((virtual == 0, Way.IN_PERSON), (virtual == count, Way.VIRTUAL), else_=Way.BOTH)
    own = {each.name: each for each in people.c if each.name in COLUMNS}
    person_type = _type(people, sa.func.date(first)) if Split.PERSON_TYPE in splits else None
    modality = way if Split.MODALITY in splits else None
    return sa.select(*row(kind, **{**own, **numbers}, person_type=person_type, modality=modality))


def _type(people: sa.CTE, day: Any) -> sa.ColumnElement[str]:
    role = (
        sa.select(Employment.role)
        .where(
            Employment.person_id == people.c.person_id, Employment.factory_id == people.c.factory_id,
            held_on(day),
        )
        .order_by(Employment.started_on.desc(), Employment.id.desc())
        .limit(1)
        .scalar_subquery()
    )  # fmt: skip
    speaks = sa.exists().where(
        CommitteeMember.person_id == people.c.person_id, CommitteeMember.side == Side.WORKER,
        CommitteeMember.committee_id == Committee.id, Committee.factory_id == people.c.factory_id, sits(day),
    )  # fmt: skip
    of_role = sa.case({role_.value: kind.value for role_, kind in TYPE_OF.items()}, value=_plain(role), else_=NOT_SAID)
    return sa.case((speaks, PersonType.WORKER_REP.value), else_=of_role)


def _plain(column: Any) -> sa.ColumnElement[str]:
    """A word as it is stored: what is compared and joined here is no longer one of a closed set."""
    return sa.type_coerce(column, sa.String)


def _day(day: Any) -> Any:
    return sa.literal(day, sa.Date)
