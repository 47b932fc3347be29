"""Who has a seat, and with whom they share a line."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.factories.models import Employment, Factory, Line, Person
from app.factories.queries import held_on
from app.factories.rules import JobRole
from app.platform.db import db
from app.sessions.conflicts.rules import Proposal
from app.sessions.conflicts.rules.known import Crew, Taker
from app.sessions.models import Seat

LEADERS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


def takers(proposal: Proposal) -> list[Taker]:
    """The seats of the training session that are looked at; none of one that is not stored yet."""
    if proposal.training_id is None:
        return []
    rows = db.session.execute(
        sa.select(Seat.factory_id, Seat.site_id, Seat.person_id, Person.name)
        .outerjoin(Person, Person.id == Seat.person_id)
        .where(Seat.training_id == proposal.training_id, Seat.state.in_(proposal.seat_states))
        .where(Person.merged_into_id.is_(None))
        .order_by(Seat.id)
    )
    return [Taker(factory_id, site_id, person_id, name or "") for factory_id, site_id, person_id, name in rows]


def crews(takers: Sequence[Taker], factories: Collection[int], at: datetime) -> dict[int, Crew]:
    """The supervisors of every line from which a supervisor has a seat, as of the first half-day."""
    people = {taker.person_id for taker in takers if taker.person_id is not None}
    if not people:
        return {}
    leads = (Employment.factory_id.in_(factories), Employment.role.in_(LEADERS), held_on(at.date()))
    lines = sa.select(Employment.line_id).where(*leads, Employment.person_id.in_(people))
    rows = db.session.execute(
        sa.select(Line.id, Line.name, Factory.name, Employment.person_id)
        .join(Employment, Employment.line_id == Line.id)
        .join(Factory, Factory.id == Line.factory_id)
        .where(*leads, Line.id.in_(lines))
    )
    named: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for line_id, name, factory, person_id in rows:
        named[line_id, name, factory].add(person_id)
    return {key: Crew(name, factory, frozenset(each)) for (key, name, factory), each in named.items()}
