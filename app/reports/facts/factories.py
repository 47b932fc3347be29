"""Facts about factories: which were reached, how behaviour changed there, what ambassadors passed on."""

import sqlalchemy as sa

from app.courses.rules import QuizPhase
from app.factories.models import Factory
from app.factories.rules import Sex
from app.improvement.cascade.models import CascadeSession
from app.improvement.cascade.queries import standing
from app.improvement.cascade.rules import Level
from app.improvement.roadmap.models import RoadmapAction
from app.platform.db import db
from app.quizzes.results.queries import by_factory, shares
from app.reports.facts import people
from app.reports.facts.asked import Asked
from app.reports.facts.pairs import paired
from app.reports.rules.facts import FEWEST_OF_FACTORY, NOT_SAID, Fact, FactKind
from app.sessions.models import TrainingSession


def roadmaps(asked: Asked) -> list[Fact]:
    """Factories with an action of the roadmap that was begun, and neither closed nor dropped, on the last day. One
    statement, and that of the zones.
    """
    tiers = people.tiers(asked)
    rows = db.session.execute(
        sa.select(Factory.programme_id, Factory.id, tiers.c.tier)
        .join(RoadmapAction, RoadmapAction.factory_id == Factory.id)
        .outerjoin(tiers, tiers.c.factory_id == Factory.id)
        .where(
            asked.factories, RoadmapAction.starts_on <= asked.last,
            sa.or_(RoadmapAction.ended_at.is_(None), RoadmapAction.ended_at >= asked.ends(Factory.programme_id)),
        )
        .distinct()
        .order_by(Factory.id)
    )  # fmt: skip
    return [Fact(FactKind.ROADMAP, row.programme_id, row.id, tier=row.tier or NOT_SAID) for row in rows]


def cascades(asked: Asked) -> list[Fact]:
    """Sessions that ambassadors held in the period, as they were last said to be: people by sex. One statement."""
    tiers = people.tiers(asked)
    rows = db.session.execute(
        sa.select(CascadeSession, Factory.programme_id, tiers.c.tier)
        .join(Factory, Factory.id == CascadeSession.factory_id)
        .outerjoin(tiers, tiers.c.factory_id == Factory.id)
        .where(
            asked.factories, standing(),
            CascadeSession.held_on.between(asked.first, asked.last),
        )
        .order_by(CascadeSession.id)
    ).all()
    found = []
    for held, programme_id, tier in rows:
        kind = FactKind.CASCADE_B if held.level is Level.B else FactKind.CASCADE_C
        heads = {Sex.F.value: held.women, Sex.M.value: held.men, NOT_SAID: held.others}
        found += [
            Fact(
                kind, programme_id, held.factory_id, subject_id=held.root_id, sex=sex, tier=tier or NOT_SAID,
                number=number,
            )
            for sex, number in heads.items() if number
        ]  # fmt: skip
    return found


def behaviour(asked: Asked) -> list[Fact]:
    """Factories in which at least five people took the test months after, in the period, and five the test before, of
    the same course version: their mean shares. One statement, and that of the zones.
    """
    programmes = sa.select(TrainingSession.id).where(asked.trainings)
    after = _in_period(shares(programmes, QuizPhase.FOLLOW_UP, "months_after"), asked)
    trainings = sa.select(after.c.training_id)
    before = shares(trainings, QuizPhase.PRE, "before")
    late, early = by_factory(after, "late"), by_factory(before, "early")
    both = paired(early, late, ("factory_id", "version_id"), ("people", "mean"), "both")
    tiers = people.tiers(asked)
    rows = db.session.execute(
        sa.select(Factory.programme_id, both, tiers.c.tier)
        .join(both, both.c.factory_id == Factory.id)
        .outerjoin(tiers, tiers.c.factory_id == Factory.id)
        .where(
            asked.factories, both.c.people_after >= FEWEST_OF_FACTORY, both.c.people_before >= FEWEST_OF_FACTORY
        )
        .order_by(Factory.id, both.c.version_id)
    )
    return [
        Fact(
            FactKind.BEHAVIOUR, row.programme_id, row.factory_id, version_id=row.version_id, tier=row.tier or NOT_SAID,
            number=row.people_after, met=row.people_before, before=row.mean_before, after=row.mean_after,
        )
        for row in rows
    ]  # fmt: skip


def _in_period(taken: sa.CTE, asked: Asked) -> sa.CTE:
    """By the walls of the programme: a test at home has none."""
    own = taken.c.programme_id
    inside = taken.c.at >= asked.starts(own), taken.c.at < asked.ends(own)
    return sa.select(taken).where(*inside).cte("months_after_in_period")
