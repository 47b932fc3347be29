"""Facts about how things stand on the last day of a period: who is covered, which committees are trained, who rose."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.courses.rules import Category
from app.coverage.queries import required
from app.coverage.queries.places import Key, Places, places
from app.coverage.requirements.rules import WHOLE
from app.factories.models import Committee, CommitteeMember, Employment, Factory, Person, Programme
from app.factories.queries import in_term, works_there
from app.factories.rules import Sex, Side
from app.platform.clock import today
from app.platform.db import db
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.facts.row import ONCE
from app.reports.models import PromotionCourse
from app.reports.rules.facts import (
    NOT_SAID,
    PROMOTED_TO,
    PROMOTED_WITHIN_MONTHS,
    Fact,
    FactKind,
    Split,
    below,
)
from app.reports.rules.period import months_later

_NEEDED_BY = {"factory_id": {Split.FACTORY, Split.TIER, Split.GROUP}, "part": {Split.ROLE}}
"""What coverage is kept apart by: the splits that cannot be told without it."""


def covered(asked: Asked, splits: Collection[Split] = tuple(Split)) -> list[Fact]:
    """Every requirement by sex, and by factory and role where one of these splits needs it: of all factories together
    there are a thousandth of as many. As printed when the last day of the period ended, or now where that day has not
    ended; measured against what the page of each factory measures it against. Twenty statements at most.
    """
    zones = asked.zones
    if not zones:
        return []
    on = asked.last if all(asked.last < today(zone) for zone in zones.values()) else None
    asks = [each for each in required(zones, on) if each.kind not in WHOLE]
    keys = tuple(name for name, those in _NEEDED_BY.items() if not those.isdisjoint(splits))
    tiers, groups = (_tiers(asked), _groups(asked)) if "factory_id" in keys else ({}, {})
    programmes = {each.id: each.programme_id for each in asks}
    found = places(asks, zones, on, keys, asked.factory_id)
    return [
        Fact(
            FactKind.COVERED, programmes[key.requirement_id], key.factory_id, subject_id=key.requirement_id,
            sex=str(key.sex or NOT_SAID), tier=tiers.get(key.factory_id or 0, NOT_SAID), number=each.active,
            met=each.covered, more=each.declared, role=str(key.part or NOT_SAID),
            group_id=groups.get(key.factory_id or 0),
        )
        for key, each in sorted(found.items(), key=_in_order)
    ]  # fmt: skip


def _in_order(each: tuple[Key, Places]) -> tuple[Any, ...]:
    """Of what is behind a figure two pages never show the same."""
    key = each[0]
    return key.factory_id or 0, key.requirement_id, key.part or "", key.sex or ""


def _tiers(asked: Asked) -> dict[int, str]:
    known = people.tiers(asked)
    return {row[0]: row[1] for row in db.session.execute(sa.select(known.c.factory_id, known.c.tier))}


def _groups(asked: Asked) -> dict[int, int | None]:
    rows = sa.select(Factory.id, Factory.group_id).where(asked.factories)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def committees(asked: Asked) -> list[Fact]:
    """Committees that there are on the last day, with their members of that day: trained is who holds a completion of a
    course for committees that is valid through that day, and how many of each side must be the programme says. Two
    statements, and that of the zones.
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
        .join(Employment, works_there(asked.last))  # as a part of the condition it would be found for everybody first
        .where(asked.factories, in_term(asked.last), Person.merged_into_id.is_(None))
        .distinct()
        .cte("members")
        .prefix_with(ONCE)
    )  # fmt: skip
    women = sa.func.sum(sa.case((each.c.sex == Sex.F, each.c.trained), else_=0))
    own = each.c.id, each.c.factory_id, each.c.programme_id
    numbers = sa.func.count().label("members"), sa.func.sum(each.c.trained).label("trained"), women.label("women")
    side = sa.select(*own, *numbers).group_by(*own, each.c.side).subquery().c
    is_enough = 100 * side.trained >= Programme.committee_share * side.members
    enough = sa.func.sum(sa.case((is_enough, 1), else_=0))
    totals = (sa.func.sum(column) for column in (side.members, side.trained, side.women))
    whole = sa.select(side.id, side.factory_id, side.programme_id, enough, *totals).join(
        Programme, Programme.id == side.programme_id
    )
    rows = db.session.execute(whole.group_by(side.id, side.factory_id, side.programme_id).order_by(side.id))
    both = len(Side)
    return [
        Fact(
            FactKind.COMMITTEE, programme_id, factory_id, subject_id=number, tier=tiers.get(factory_id, NOT_SAID),
            number=int(members), met=int(trained), more=int(sides == both), amount=int(women),
        )
        for number, factory_id, programme_id, sides, members, trained, women in rows
    ]  # fmt: skip


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
            asked.factories, Completion.withdrawn_at.is_(None), Person.sex == Sex.F,
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
