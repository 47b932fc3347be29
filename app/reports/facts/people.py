"""Facts about people, as parts of one statement: there are as many of them as participations."""

from typing import Any

import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.factories.models import Committee, CommitteeMember, Employment, FactoryTerm, Person
from app.factories.rules import Side, TermKind
from app.reports.facts.asked import Asked, begins_in
from app.reports.rules.facts import NOT_SAID, SEVERAL, TYPE_OF, FactKind, PersonType, Way
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
    some = sa.select(Meeting.training_id).where(begins_in(asked.span))
    later = sa.func.max(Meeting.starts)
    last = sa.select(Meeting.training_id, later.label("last"), sa.func.max(Meeting.ends_at).label("ended_at"))
    whole = (
        last.where(Meeting.training_id.in_(some), Meeting.state == MeetingState.PLANNED)
        .group_by(Meeting.training_id)
        .subquery()
    )
    return (
        sa.select(whole.c.training_id, whole.c.last, whole.c.ended_at)
        .join(TrainingSession, TrainingSession.id == whole.c.training_id)
        .where(
            sa.func.date(whole.c.last) <= _day(asked.last), whole.c.ended_at <= asked.now,
            TrainingSession.programme_id.in_(asked.programme_ids), TrainingSession.state.in_(_RAN),
        )
        .cte("ended")
    )  # fmt: skip


def attended(asked: Asked) -> sa.CTE:
    """Person and training session with what was attended in the period."""
    return _attended(asked, begins_in(asked.span)).cte("attended")


def took_part(asked: Asked, over: sa.CTE) -> sa.CTE:
    """Person and ended training session, with what was attended of it, whenever it was."""
    whole = sa.and_(Meeting.state == MeetingState.PLANNED, Meeting.training_id.in_(sa.select(over.c.training_id)))
    return _attended(asked, whole).cte("took_part")


def _attended(asked: Asked, meetings: sa.ColumnElement[bool]) -> sa.Select[Any]:
    by_link = sa.case(
        (Meeting.modality != Modality.HYBRID, Meeting.modality),
        else_=sa.func.coalesce(SeatAtMeeting.modality, Seat.modality),
    )  # fmt: skip
    minutes = (sa.extract("epoch", Meeting.ends_at) - sa.extract("epoch", Meeting.starts_at)) / 60
    whose: tuple[Any, ...] = (
        TrainingSession.id.label("training_id"), TrainingSession.programme_id, TrainingSession.version_id,
        CurrentMark.person_id,
    )  # fmt: skip
    return (
        sa.select(
            *whose, sa.func.min(Seat.factory_id).label("factory_id"), sa.func.min(Meeting.starts).label("first"),
            sa.func.count().label("half_days"), sa.func.sum(minutes).label("minutes"),
            sa.func.sum(sa.case((by_link == Modality.VIRTUAL, 1), else_=0)).label("virtual"),
        )
        .select_from(Meeting)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(CurrentMark, CurrentMark.meeting_id == Meeting.id)
        .outerjoin(Seat, sa.and_(Seat.training_id == Meeting.training_id, Seat.person_id == CurrentMark.person_id))
        .outerjoin(SeatAtMeeting, sa.and_(SeatAtMeeting.seat_id == Seat.id, SeatAtMeeting.meeting_id == Meeting.id))
        .where(
            meetings, TrainingSession.programme_id.in_(asked.programme_ids), CurrentMark.mark.in_(ATTENDED),
            Meeting.starts_at <= asked.now,
        )
        .group_by(TrainingSession.id, TrainingSession.programme_id, TrainingSession.version_id, CurrentMark.person_id)
    )  # fmt: skip


def told(
    kind: FactKind, people: sa.CTE, tiers: sa.CTE, funding: sa.CTE, *, with_types: bool = True, **numbers: Any
) -> sa.Select[Any]:
    """Facts about these people: the columns of a fact, in their order. Types of people cost a look at their work, and
    are left out where nobody asks for them.
    """
    day = sa.func.date(people.c.first)
    role = (
        sa.select(Employment.role)
        .where(
            Employment.person_id == people.c.person_id, Employment.factory_id == people.c.factory_id,
            Employment.started_on <= day, sa.or_(Employment.ended_on.is_(None), Employment.ended_on > day),
        )
        .order_by(Employment.started_on.desc(), Employment.id.desc())
        .limit(1)
        .scalar_subquery()
    )  # fmt: skip
    way = sa.case(
        (people.c.virtual == 0, Way.IN_PERSON), (people.c.virtual == people.c.half_days, Way.VIRTUAL), else_=Way.BOTH
    )
    zero, nothing = sa.literal(0), sa.literal(0.0)
    return (
        sa.select(
            sa.literal(kind.value).label("kind"), people.c.programme_id, people.c.factory_id, people.c.training_id,
            people.c.person_id, sa.cast(sa.null(), sa.Integer).label("subject_id"), people.c.version_id,
            _word(sa.func.coalesce(_plain(Person.sex), NOT_SAID)).label("sex"),
            _word(_type(people, role, day) if with_types else sa.literal(NOT_SAID)).label("person_type"),
            _word(way).label("modality"),
            _word(sa.func.coalesce(tiers.c.tier, NOT_SAID)).label("tier"),
            _word(sa.func.coalesce(_plain(funding.c.funding), NOT_SAID)).label("funding"),
            _word(sa.literal(NOT_SAID)).label("word"),
            numbers.get("number", zero).label("number"), numbers.get("met", zero).label("met"),
            numbers.get("more", zero).label("more"),
            sa.cast(numbers.get("amount", zero), sa.BigInteger).label("amount"),
            sa.cast(numbers.get("before", nothing), sa.Float).label("before"),
            sa.cast(numbers.get("after", nothing), sa.Float).label("after"),
            *(_word(sa.literal(NOT_SAID)).label(name) for name in ("role", "language", "payer")),
            sa.cast(sa.null(), sa.Integer).label("group_id"),
        )
        .select_from(people)
        .join(Person, Person.id == people.c.person_id)
        .outerjoin(tiers, tiers.c.factory_id == people.c.factory_id)
        .outerjoin(funding, funding.c.training_id == people.c.training_id)
    )  # fmt: skip


def started(
    people: sa.CTE, over: sa.CTE, tiers: sa.CTE, funding: sa.CTE, *, with_types: bool = True
) -> sa.Select[Any]:
    """Facts about who took part in ended training sessions. met: 1 for whoever holds a completion of the course that
    comes of this session or was valid when it ended; more: 1 for whoever holds a certificate for such a one that is
    neither revoked nor replaced.
    """
    holds = (
        Completion.person_id == people.c.person_id, Completion.course_id == CourseVersion.course_id,
        Completion.withdrawn_at.is_(None),
        sa.or_(
            Completion.training_id == people.c.training_id,
            sa.and_(
                Completion.completed_at <= over.c.ended_at,
                sa.or_(Completion.valid_until.is_(None), Completion.valid_until > over.c.ended_at),
            ),
        ),
    )  # fmt: skip
    is_complete = sa.exists().where(*holds)
    is_certified = sa.exists().where(*holds, Certificate.completion_id == Completion.id, *IN_FORCE)
    met, more = sa.case((is_complete, 1), else_=0), sa.case((is_certified, 1), else_=0)
    return (
        told(FactKind.STARTED, people, tiers, funding, with_types=with_types, met=met, more=more)
        .join(over, over.c.training_id == people.c.training_id)
        .join(CourseVersion, CourseVersion.id == people.c.version_id)
    )


def _type(people: sa.CTE, role: Any, day: Any) -> sa.ColumnElement[str]:
    speaks = sa.exists().where(
        CommitteeMember.person_id == people.c.person_id, CommitteeMember.side == Side.WORKER,
        CommitteeMember.committee_id == Committee.id, Committee.factory_id == people.c.factory_id,
        CommitteeMember.starts_on <= day, sa.or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on > day),
    )  # fmt: skip
    of_role = sa.case({role_.value: kind.value for role_, kind in TYPE_OF.items()}, value=_plain(role), else_=NOT_SAID)
    return sa.case((speaks, PersonType.WORKER_REP.value), else_=of_role)


def _word(value: Any) -> sa.ColumnElement[str]:
    return sa.cast(value, sa.String(20))


def _plain(column: Any) -> sa.ColumnElement[str]:
    """A word as it is stored: what is compared and joined here is no longer one of a closed set."""
    return sa.type_coerce(column, sa.String)


def _day(day: Any) -> Any:
    return sa.literal(day, sa.Date)
