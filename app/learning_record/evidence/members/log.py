"""What was done about the factory, as the log says it: verbs, days and numbers of accounts, no details. An entry of the
log belongs to the factory when what it is about does; of a half-day that it shares with other factories, what was done
to the half-day as a whole, and what was done to its own people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.certificates.models import Certificate
from app.certificates.of_factories.models import FactoryCertificate
from app.completions.models import Completion
from app.courses.models import Course
from app.coverage.models import Requirement
from app.factories.models import Factory, Person
from app.improvement.cascade.models import CascadeSession
from app.improvement.drills.models import Drill
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.services.models import ServiceLog
from app.learning_record.evidence.source import About, Said, Source, Table, in_steps
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.i18n import _
from app.sessions.models import Meeting, Seat, TrainingSession

_ROOMS = {
    "attendance", "cascade", "certificates", "committees", "coverage", "drills", "evidence", "factories",
    "factory_certificates", "headcounts", "record", "requirements", "roadmap", "service", "services",
}  # fmt: skip
"""What else is logged of a factory is not evidence of its training."""
_WHOLE = {
    "attendance.close", "attendance.reopen", "attendance.keep_photo", "attendance.withdraw_photo", "reports.apply",
    "reports.receive", "sessions.add_half_day", "sessions.announce", "sessions.cancel", "sessions.cancel_meeting",
    "sessions.change_trainers", "sessions.close", "sessions.confirm", "sessions.edit_meeting", "sessions.move_meeting",
    "sessions.postpone", "sessions.reopen", "sessions.resume", "sessions.schedule", "sessions.switch",
}  # fmt: skip
"""What is done to a half-day or a training session as a whole, whoever takes part."""


@dataclass(frozen=True)
class _Entry:
    """An entry of the log, what it is about, and the own person to whom it was done."""

    id: int
    at: Any
    action: str
    account_id: int | None
    about: str
    person_id: int | None = None


def table(source: Source) -> Table:
    """A fixed number of statements, and one more for each five hundred half-days."""
    header = [_("Entry"), _("At"), _("What was done"), _("About"), _("Employee number"), _("Who")]
    found = sorted(
        [*_of_things(source), *_of_people(source), *_of_trainings(source)],
        key=lambda each: (each.id, each.person_id or 0))
    return Table("log", _("Extract of the log"), header, [_row(source, each) for each in found])


def _row(source: Source, each: _Entry) -> list[Said]:
    who = f"account:{each.account_id}" if each.account_id else str(_("the site itself"))
    number = source.people[each.person_id].number if each.person_id else ""
    return [each.id, source.about.moment(each.at), each.action, each.about, number, who]


def _entries(model: Any, kind: str, label: Any, person: Any = None) -> sa.Select[Any]:
    """Entries about rows of a table; the log names them as `<thing>:<id>`."""
    columns: list[Any] = [
        AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.account_id, label.label("about"),
        (sa.null() if person is None else person).label("whose"), AuditEntry.details, model.id.label("thing"),
    ]  # fmt: skip
    subject = sa.literal(f"{kind}:") + sa.cast(model.id, sa.String)
    return sa.select(*columns).select_from(model).join(AuditEntry, AuditEntry.subject == subject)


def _of_things(source: Source) -> Iterator[_Entry]:
    """What was done in the time to the factory itself, to what it does, and to what is asked of it."""
    about = source.about
    within = AuditEntry.at >= about.begins, AuditEntry.at < min(about.ends, about.known)
    statements = [
        _entries(Factory, "factory", sa.literal("")).where(Factory.id == about.factory_id),
        _entries(Requirement, "requirement", Requirement.code).where(Requirement.programme_id == about.programme_id),
        *(
            _entries(model, kind, sa.literal(kind) + " " + sa.cast(model.id, sa.String))
            .where(model.factory_id == about.factory_id)
            for kind, model in (
                ("roadmap_action", RoadmapAction), ("drill", Drill), ("cascade", CascadeSession),
                ("service", ServiceLog))
        ),
    ]  # fmt: skip
    for statement in statements:
        for row in db.session.execute(statement.where(*within)):
            if row.action.partition(".")[0] in _ROOMS:
                yield _entry(row, row.about)


def _of_people(source: Source) -> Iterator[_Entry]:
    """What was done until the day to seats, completions and certificates that this pack speaks of."""
    about = source.about
    whose = sa.func.coalesce(Person.merged_into_id, Person.id)
    issued = Certificate.issued_at >= about.begins, Certificate.issued_at < about.ends
    reached = Completion.completed_at >= about.begins, Completion.completed_at < about.ends
    of_factory = FactoryCertificate.issued_at >= about.begins, FactoryCertificate.issued_at < about.ends
    held = sa.exists().where(
        Meeting.training_id == Seat.training_id, Meeting.starts_at >= about.begins, Meeting.starts_at < about.ends)
    statements = [
        _entries(Certificate, "certificate", Certificate.number, whose)
        .join(Person, Person.id == Certificate.person_id)
        .where(Certificate.factory_id == about.factory_id, *issued),
        _entries(Completion, "completion", Course.code, whose)
        .join(Person, Person.id == Completion.person_id).join(Course, Course.id == Completion.course_id)
        .where(Completion.factory_id == about.factory_id, *reached),
        _entries(FactoryCertificate, "factory_certificate", FactoryCertificate.number)
        .where(FactoryCertificate.factory_id == about.factory_id, *of_factory),
        _entries(Seat, "seat", TrainingSession.code, whose)
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .outerjoin(Person, Person.id == Seat.person_id)
        .where(Seat.factory_id == about.factory_id, held),
    ]  # fmt: skip
    for statement in statements:
        for row in _known(about, statement):
            if row.whose is None or row.whose in source.people:
                yield _entry(row, row.about, row.whose)


def _of_trainings(source: Source) -> Iterator[_Entry]:
    """What was done to half-days and training sessions: as a whole, for this factory, and to its own people."""
    days = {row[0]: row for row in source.meetings}
    trainings = {row[1]: row[2] for row in source.meetings}
    own, alias = _seated(source, list(trainings)), _aliases(source)
    for ids in in_steps(list(days)):
        of = _entries(Meeting, "meeting", sa.literal("")).where(Meeting.id.in_(ids))
        for row in _known(source.about, of):
            day = days[row.thing]
            for person_id in _done_to(row.action, row.details, own.get(day[1], set()), alias):
                yield _entry(row, f"{day[2]} / {day[6]}", person_id)
    for ids in in_steps(list(trainings)):
        of = _entries(TrainingSession, "training", TrainingSession.code).where(TrainingSession.id.in_(ids))
        for row in _known(source.about, of):
            if row.action in _WHOLE or row.details.get("factory") == source.about.factory_id:
                yield _entry(row, row.about)


def _entry(row: Any, about: str, person_id: int | None = None) -> _Entry:
    return _Entry(row.id, row.at, row.action, row.account_id, about, person_id)


def _done_to(
    action: str, details: Mapping[str, Any], own: set[int], alias: Mapping[int, int]
) -> Sequence[int | None]:
    """The own people to whom something was done: nobody's name, once, where it was done to all."""
    if action in _WHOLE:
        return [None]
    named = [details["person"]] if "person" in details else details.get("people")
    people = named if isinstance(named, list) else []
    return sorted({alias.get(each, 0) for each in people} & own)


def _seated(source: Source, training_ids: Sequence[int]) -> dict[int, set[int]]:
    """Of each training session the people who had a seat of the factory and worked there."""
    found: dict[int, set[int]] = {}
    for ids in in_steps(training_ids):
        seats = sa.select(Seat.training_id, Seat.person_id).where(
            Seat.training_id.in_(ids), Seat.factory_id == source.about.factory_id, Seat.person_id.is_not(None))
        for training_id, person_id in db.session.execute(seats):
            if person_id in source.people:
                found.setdefault(training_id, set()).add(person_id)
    return found


def _aliases(source: Source) -> dict[int, int]:
    """Every entry of these people -> the person: the log names people as they were entered then."""
    joined = sa.select(Person.id, Person.merged_into_id).where(Person.merged_into_id.is_not(None))
    here = sa.exists().where(Seat.factory_id == source.about.factory_id, Seat.person_id == Person.merged_into_id)
    found = {person_id: person_id for person_id in source.people}
    return {**found, **{loser: winner for loser, winner in db.session.execute(joined.where(here)) if winner in found}}


def _known(about: About, statement: sa.Select[Any]) -> sa.Result[Any]:
    return db.session.execute(statement.where(AuditEntry.at < about.known))
