"""Facts about how things stand on the last day of a period: who is covered, which committees are trained, who rose."""

from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.coverage.queries import required
from app.coverage.queries.summing import Within, summed, sums, until
from app.coverage.requirements.rules import Kind
from app.factories.models import Committee, CommitteeMember, Employment, Factory, Person
from app.factories.queries import sits
from app.factories.rules import Sex, Side
from app.platform.clock import today
from app.platform.db import db
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.facts.row import ONCE
from app.reports.models import PromotionCourse
from app.reports.rules.facts import (
    COMMITTEE_SHARE,
    NOT_SAID,
    PROMOTED_TO,
    PROMOTED_WITHIN_MONTHS,
    Fact,
    FactKind,
    below,
)
from app.reports.rules.period import months_later

_BY_SEX = ("factory_id", "requirement_id", "sex")
_TOGETHER, _BY_PART = (sums(cell, Within.PROGRAMMES) for cell in (_BY_SEX, (*_BY_SEX, "part")))
_OF_PEOPLE = frozenset(Kind) - {Kind.UNIT, Kind.CADENCE}


def covered(asked: Asked, *, with_roles: bool = True) -> list[Fact]:
    """Every requirement in every factory by sex, and by role, which makes several times as many; as printed when the
    last day of the period ended, or now where that day has not ended; people known by name. Eight statements.
    """
    zones = asked.zones
    if not zones:
        return []
    on = asked.last if all(asked.last < today(zone) for zone in zones.values()) else None
    asks = {each.id: each for each in required(zones, on) if each.kind in _OF_PEOPLE}
    tiers, groups, found = _tiers(asked), _groups(asked), []
    for row in summed(_BY_PART if with_roles else _TOGETHER, Within.PROGRAMMES, list(zones), until(zones, on)):
        requirement = asks.get(row.requirement_id)
        if requirement and row.active:
            found.append(
                Fact(
                    FactKind.COVERED, requirement.programme_id, row.factory_id, subject_id=row.requirement_id,
                    sex=str(row.sex or NOT_SAID), tier=tiers.get(row.factory_id, NOT_SAID), number=row.active,
                    met=row.valid, role=str(row.part or NOT_SAID) if with_roles else NOT_SAID,
                    group_id=groups.get(row.factory_id),
                )
            )
    return found


def _tiers(asked: Asked) -> dict[int, str]:
    known = people.tiers(asked)
    return {row[0]: row[1] for row in db.session.execute(sa.select(known.c.factory_id, known.c.tier))}


def _groups(asked: Asked) -> dict[int, int | None]:
    rows = sa.select(Factory.id, Factory.group_id).where(Factory.programme_id.in_(asked.programme_ids))
    return {row[0]: row[1] for row in db.session.execute(rows)}


def committees(asked: Asked) -> list[Fact]:
    """Committees that there are on the last day, with their members of that day: trained is who holds a completion of a
    course for committees that is valid through that day. Two statements, and that of the zones.
    """
    tiers, end = _tiers(asked), asked.ends(Factory.programme_id)
    holds = sa.exists().where(
        Completion.person_id == CommitteeMember.person_id, Completion.version_id == CourseVersion.id,
        Completion.course_id == CourseVersion.course_id,
        CourseVersion.category == Category.COMMITTEE, Completion.withdrawn_at.is_(None),
        Completion.completed_at < end, sa.or_(Completion.valid_until.is_(None), Completion.valid_until >= end),
    )  # fmt: skip
    each = (
        sa.select(
            Committee.id, Committee.factory_id, Factory.programme_id, CommitteeMember.side, CommitteeMember.person_id,
            Person.sex, sa.case((holds, 1), else_=0).label("trained"),
        )
        .join(Factory, Factory.id == Committee.factory_id)
        .join(CommitteeMember, CommitteeMember.committee_id == Committee.id)
        .join(Person, Person.id == CommitteeMember.person_id)
        .where(
            Factory.programme_id.in_(asked.programme_ids), sits(asked.last), Person.merged_into_id.is_(None),
        )
        .distinct()
        .cte("members")
        .prefix_with(ONCE)
    )  # fmt: skip
    women = sa.func.sum(sa.case((each.c.sex == Sex.F, each.c.trained), else_=0))
    side = (each.c.id, each.c.factory_id, each.c.programme_id, each.c.side)
    numbers = sa.func.count().label("members"), sa.func.sum(each.c.trained).label("trained"), women.label("women")
    sides: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(sa.select(*side, *numbers).group_by(*side).order_by(each.c.id, each.c.side)):
        sides[row.id].append(row)
    return [_committee(of, tiers.get(of[0].factory_id, NOT_SAID)) for of in sides.values()]


def _committee(sides: list[Any], tier: str) -> Fact:
    members, trained, women = (sum(getattr(row, name) for row in sides) for name in ("members", "trained", "women"))
    enough = [row for row in sides if row.trained >= COMMITTEE_SHARE * row.members]
    return Fact(
        FactKind.COMMITTEE, sides[0].programme_id, sides[0].factory_id, subject_id=sides[0].id, tier=tier,
        number=int(members), met=int(trained), more=int(len(enough) == len(Side)), amount=int(women),
    )  # fmt: skip


def promoted(asked: Asked) -> list[Fact]:
    """Women who completed a course that leads to promotion in the period, and who of them rose within twelve months: to
    a role above the one that she had on that day. Each counts once in a programme, with the first that she completed.
    Two statements, and that of the zones.
    """
    tiers = _tiers(asked)
    later = aliased(Employment)
    rows = db.session.execute(
        sa.select(
            Completion.id, Completion.person_id, Completion.factory_id, Completion.version_id, Completion.training_id,
            Completion.role, Completion.completed_at, Factory.programme_id, later.role.label("risen"),
            later.started_on,
        )
        .join(Factory, Factory.id == Completion.factory_id)
        .join(
            PromotionCourse,
            sa.and_(
                PromotionCourse.course_id == Completion.course_id, PromotionCourse.programme_id == Factory.programme_id
            ),
        )
        .join(Person, Person.id == Completion.person_id)
        .outerjoin(later, sa.and_(later.person_id == Completion.person_id, later.role.in_(PROMOTED_TO)))
        .where(
            Factory.programme_id.in_(asked.programme_ids), Completion.withdrawn_at.is_(None), Person.sex == Sex.F,
            Completion.completed_at >= asked.starts(Factory.programme_id),
            Completion.completed_at < asked.ends(Factory.programme_id),
        )
        .order_by(Completion.completed_at, Completion.id)
    )  # fmt: skip
    women: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        women[row.programme_id, row.person_id].append(row)
    return [
        Fact(
            FactKind.PROMOTED, of[0].programme_id, of[0].factory_id, of[0].training_id, of[0].person_id, of[0].id,
            of[0].version_id, sex=Sex.F.value, tier=tiers.get(of[0].factory_id, NOT_SAID),
            met=int(any(_rose(row, asked.zones[row.programme_id]) for row in of)),
        )
        for of in women.values()
    ]  # fmt: skip


def _rose(row: Any, zone: str) -> bool:
    """Whoever's role on that day is not known has not risen."""
    if row.risen is None or row.role is None:
        return False
    done = row.completed_at.astimezone(ZoneInfo(zone)).date()
    in_time = done <= row.started_on <= months_later(done, PROMOTED_WITHIN_MONTHS)
    return in_time and row.role in below(row.risen)
