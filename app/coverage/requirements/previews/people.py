"""The people behind a number of a preview, at one factory."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.coverage.requirements.previews import facts
from app.coverage.requirements.previews.counting import stands
from app.coverage.requirements.previews.facts import SEATED
from app.coverage.requirements.rules import Rule
from app.factories.models import Line, Person
from app.platform.db import db


@dataclass(frozen=True)
class Due:
    """Somebody who would be due."""

    person: Person
    part: str | None
    line: str | None
    since: date
    """Since when in this role or seat."""


def people_due(factory_id: int, zone: str, rule: Rule, day: date, requirement_id: int | None = None) -> list[Due]:
    """Everybody at one factory who is asked, holds too little and is not exempt, by name. The caller has checked."""
    if rule.kind in SEATED:
        placed = facts.seated(rule, [factory_id], day)
    else:
        placed = facts.working(facts.workers(rule, [factory_id], day), rule, all_of_them=True)
    known = facts.held(rule, [each.person_id for each in placed], zone)
    exempt = facts.waived(requirement_id, day)
    lacking = [each for each in placed if _is_due(stands(each, rule, known.get(each.person_id, ()), day, exempt))]
    people = {
        person.id: person
        for person in db.session.scalars(sa.select(Person).where(Person.id.in_([each.person_id for each in lacking])))
    }
    wanted = {each.line_id for each in lacking if each.line_id is not None}
    lines: dict[int, str] = {
        row[0]: row[1] for row in db.session.execute(sa.select(Line.id, Line.name).where(Line.id.in_(wanted)))}
    rows = [
        Due(people[each.person_id], each.part, lines.get(each.line_id or 0), each.place.start) for each in lacking]
    return sorted(rows, key=lambda row: (row.person.search_text, row.person.id))


def _is_due(counts: Any) -> bool:
    return bool(counts.active and not counts.valid)
