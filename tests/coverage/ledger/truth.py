"""What coverage is, counted person by person from the rows of the facts: the definition, and nothing clever."""

from collections import defaultdict
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.coverage.ledger.rules import Asked, Counts, Facts, Held, Seat, Stretch, Work, standing
from app.coverage.models import Requirement
from app.coverage.requirements import documents
from app.coverage.requirements.models import RequirementVersion, RequirementWaiver
from app.coverage.requirements.rules import Kind, Rule, Scope
from app.factories.headcounts.queries import latest
from app.factories.models import Committee, CommitteeMember, Employment, Factory, FactoryTerm, Line, Person
from app.factories.rules import LineKind, Sex
from app.platform.db import db

Cells = dict[tuple[str | None, Sex | None], Counts]
DAY = timedelta(days=1)


def truth(factory: Factory, requirement: Requirement, day: date) -> Cells:
    """Counts by part and sex on a day; lines and events stand under (None, None)."""
    rule = said(factory, requirement, day)
    if rule is None:
        return {}
    found: Cells = defaultdict(Counts)
    on_line: dict[int, int] = defaultdict(int)
    for person in db.session.scalars(sa.select(Person)):
        stands = standing(_facts(factory, requirement, rule, person, day), day)
        if stands:
            cell, counts = stands
            found[str(cell.part) if cell.part else None, cell.sex] += counts
            on_line[cell.line_id or 0] += counts.valid
    if rule.kind is Kind.UNIT:
        for line in db.session.scalars(sa.select(Line).where(Line.factory_id == factory.id, Line.kind == LineKind.LINE)):
            since = db.session.scalar(sa.select(sa.func.min(Employment.started_on)).where(Employment.line_id == line.id))
            if since and since <= day and (line.closed_on is None or day < line.closed_on):
                found[None, None] += Counts(units=1, met=int(on_line[line.id] >= rule.per_unit))
    return {cell: counts for cell, counts in found.items() if counts}


def said(factory: Factory, requirement: Requirement, day: date) -> Rule | None:
    """What is asked of the factory on a day."""
    versions = sa.select(RequirementVersion).where(RequirementVersion.requirement_id == requirement.id, RequirementVersion.starts_on <= day)
    last = db.session.scalar(versions.order_by(RequirementVersion.number.desc()).limit(1))
    if last is None or (last.ends_on and last.ends_on <= day) or (factory.closed_on and factory.closed_on <= day):
        return None
    waivers = sa.select(RequirementWaiver).where(
        RequirementWaiver.requirement_id == requirement.id, RequirementWaiver.factory_id == factory.id,
        RequirementWaiver.person_id.is_(None), RequirementWaiver.starts_on <= day, RequirementWaiver.ends_on > day,
    )
    if db.session.scalar(waivers.limit(1)) or not _fits(factory, documents.scope(last.scope), day):
        return None
    return documents.rule(last.rule)


def _fits(factory: Factory, scope: Scope, day: date) -> bool:
    terms = sa.select(FactoryTerm.value).where(FactoryTerm.factory_id == factory.id, FactoryTerm.kind == "support_tier", FactoryTerm.starts_on <= day)
    tier = db.session.scalar(terms.order_by(FactoryTerm.starts_on.desc()).limit(1))
    heads = latest(factory.id, day)
    people = sum(each.people for each in heads.counts) if heads else None
    return scope.has(tier, factory.products, people)


def _facts(factory: Factory, requirement: Requirement, rule: Rule, person: Person, day: date) -> Facts:
    zone = ZoneInfo(factory.programme.zone)

    def local(moment):
        return moment.astimezone(zone).date() if moment else None

    here = sa.select(Employment).where(Employment.person_id == person.id, Employment.factory_id == factory.id)
    jobs = [each for each in db.session.scalars(here.order_by(Employment.started_on, Employment.id)) if each.ended_on is None or each.ended_on > each.started_on]
    seats = db.session.execute(
        sa.select(CommitteeMember, Committee).join(Committee, Committee.id == CommitteeMember.committee_id)
        .where(CommitteeMember.person_id == person.id, Committee.factory_id == factory.id).order_by(CommitteeMember.starts_on, CommitteeMember.id)
    )
    held = db.session.execute(
        sa.select(Completion, CourseVersion.hours).join(CourseVersion, CourseVersion.id == Completion.version_id)
        .where(Completion.person_id == person.id).order_by(Completion.completed_at, Completion.id)
    )
    waived = db.session.scalars(sa.select(RequirementWaiver).where(
        RequirementWaiver.requirement_id == requirement.id, RequirementWaiver.factory_id == factory.id, RequirementWaiver.person_id == person.id,
    ))
    sat = []
    for member, committee in seats:
        for begun, ended in _spells(jobs):
            start = max(member.starts_on, committee.starts_on, begun)
            end = min([each + DAY for each in (member.ends_on, committee.ends_on) if each] + [ended])
            if start < end:
                sat.append(Seat(start, None if end == date.max else end, member.side, committee.kind))
    return Facts(
        person.sex, [Asked(date.min, None, rule)],
        [Work(each.started_on, each.ended_on, each.role, each.line_id) for each in jobs], sat,
        [
            Held(each.course_id, local(each.completed_at), local(each.valid_until), local(each.withdrawn_at), each.factory_id == factory.id, each.role, hours)
            for each, hours in held
        ],
        [Stretch(each.starts_on, each.ends_on) for each in waived],
    )


def _spells(jobs: list[Employment]) -> list[tuple[date, date]]:
    """From when to when somebody worked here without a break."""
    found: list[tuple[date, date]] = []
    for job in jobs:
        end = job.ended_on or date.max
        if found and job.started_on <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((job.started_on, end))
    return found
