"""Taking trainings over from a list that were held before this record was kept, and taking that back."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions import operations as completions
from app.factories.models import Factory, Person
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code, open_employment
from app.factories.rules import ImportState, Sex
from app.learning_record.earlier import Problem, Row, Trainings, check
from app.learning_record.earlier.choices import choices_json
from app.learning_record.earlier.labels import reason
from app.learning_record.earlier.matching import By, match, match_courses
from app.learning_record.models import EarlierImport, EarlierTraining, EntryKind
from app.learning_record.operations.noting import note
from app.learning_record.queries import earlier as queries
from app.learning_record.rules import EvidenceLevel
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused

MOST_ROWS = 2000
KEPT_FOR = timedelta(days=14)
"""A list that nobody applied is forgotten after so long."""
_MAY, _MAY_COUNT = Permission.ROSTERS_IMPORT, Permission.FACTORIES_MANAGE


class ListRefused(Refused):
    """The file is no list of earlier trainings; `found` says what it offers to choose from."""

    def __init__(self, found: Trainings) -> None:
        super().__init__(reason(found.reason, found.missing))
        self.found = found


@dataclass(frozen=True)
class Decision:
    """What a person decided about a list: who the rows mean that were not sure, which course the words mean, and which
    of these words count for coverage."""

    people: Mapping[int, int] = field(default_factory=dict)
    courses: Mapping[str, int] = field(default_factory=dict)
    counts: Collection[str] = frozenset()


def preview_earlier(
    actor: Actor, code: str, file_name: str, data: bytes, choices: Mapping[str, Any] | None = None
) -> EarlierImport:
    """Read a list for a factory; nothing is taken over yet. Raises NotFound out of scope, Refused for no such list."""
    factory = factory_by_code(actor, code, _MAY)
    found = check(data, file_name, {"import_date": today(factory.programme.zone), **(choices or {})})
    if not found.accepted:
        raise ListRefused(found)
    if len(found.rows) > MOST_ROWS:
        raise Refused(_("The list is too long. Send it in parts of 2,000 rows at most."))
    row = EarlierImport(
        factory_id=factory.id, factory=factory, file_name=file_name, sha256=hashlib.sha256(data).hexdigest(),
        state=ImportState.PREVIEWED, choices=choices_json(found.choices), found=_kept(found),
        counts={"rows": len(found.rows), "problems": len(found.problems)}, account_id=actor.account_id,
        created_at=now(), applied_at=None, undone_at=None)
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(actor, "record.preview_earlier", f"factory:{factory.id}", earlier_import=row.id)
    return row


def apply_earlier(actor: Actor, code: str, import_id: int, decision: Decision) -> EarlierImport:
    """Take the rows over whose person is known, in one transaction; the others stay out and are counted.

    Which courses count is for whoever manages the factory to say; else nothing counts. A list that was applied before
    is answered as it is. Raises NotFound out of scope, Refused for a list that was forgotten.
    """
    found = queries.earlier_import(actor, code, import_id)
    hold(found.factory_id)
    found = queries.earlier_import(actor, code, import_id)
    if found.state is not ImportState.PREVIEWED:
        return found
    if not found.found:
        raise Refused(_("This list was kept for two weeks only. Send the file again."))
    factory, rows = found.factory, rows_of(found)
    may_count = actor.scope(_MAY_COUNT).reaches(factory.programme_id, factory.id)
    counting = frozenset(decision.counts) if may_count else frozenset()
    people, courses = _people(found, rows, decision), _courses(rows, decision)
    known, taken, counted = queries.known(factory.id), 0, 0
    for row in rows:
        person_id = people.get(row.row)
        if person_id is None or (person_id, row.course, row.taken_on) in known:
            continue
        known.add((person_id, row.course, row.taken_on))
        made = _take_over(actor, found, row, person_id, courses.get(row.course), counting)
        taken, counted = taken + 1, counted + (made.completion_id is not None)
    found.state, found.applied_at, found.found = ImportState.APPLIED, now(), {}
    found.counts = {**found.counts, "taken": taken, "counted": counted, "left": len(rows) - taken}
    audit.record(actor, "record.apply_earlier", f"factory:{factory.id}", earlier_import=found.id, taken=taken)
    return found


def undo_earlier(actor: Actor, code: str, import_id: int) -> EarlierImport:
    """Take back what was taken over of a list: by entries that correct those there are. Raises NotFound, Refused."""
    found = queries.earlier_import(actor, code, import_id)
    hold(found.factory_id)
    found = queries.earlier_import(actor, code, import_id)
    if found.state is ImportState.UNDONE:
        return found
    if found.state is not ImportState.APPLIED:
        raise Refused(_("Nothing of this list was taken over."))
    at = now()
    for training in queries.trainings(found.id):
        training.undone_at = at
        if training.completion_id is not None:
            completions.take_back_earlier(actor, training.completion_id)
        _note(training, EntryKind.EARLIER_TRAINING_UNDONE, at, corrects=f"earlier:{training.id}")
    found.state, found.undone_at = ImportState.UNDONE, at
    audit.record(actor, "record.undo_earlier", f"factory:{found.factory_id}", earlier_import=found.id)
    return found


def forget_lists() -> None:
    """Names in lists that nobody applied are not kept."""
    old = sa.update(EarlierImport).where(
        EarlierImport.state == ImportState.PREVIEWED, EarlierImport.created_at < now() - KEPT_FOR)
    db.session.execute(old.values(found={}).execution_options(synchronize_session=False))


def rows_of(found: EarlierImport) -> list[Row]:
    """The rows of a list that was read."""
    rows = found.found.get("rows", ())
    return [Row(**{**row, "taken_on": date.fromisoformat(row["taken_on"])}) for row in rows]


def problems_of(found: EarlierImport) -> list[Problem]:
    """What was wrong in a list that was read."""
    return [Problem(*each) for each in found.found.get("problems", ())]


def _kept(found: Trainings) -> dict[str, Any]:
    return {
        "rows": [{**asdict(row), "taken_on": row.taken_on.isoformat()} for row in found.rows],
        "problems": [[each.row, each.code, each.field, each.value] for each in found.problems],
        "headings": [list(each) for each in found.headings],
    }


def _people(found: EarlierImport, rows: list[Row], decision: Decision) -> dict[int, int]:
    """Row -> person: by the number alone, or by the word of whoever looked, among those who were proposed."""
    matches = match(rows, queries.people(found.factory_id))
    chosen = {}
    for row, one in matches.items():
        offered = {each.person_id for each in one.people}
        said = decision.people.get(row)
        if one.by is By.NUMBER:
            chosen[row] = one.people[0].person_id
        elif said in offered and said is not None:
            chosen[row] = said
    return chosen


def _courses(rows: list[Row], decision: Decision) -> dict[str, int]:
    """Words -> course of the catalogue: as found, or as said."""
    listed = queries.courses()
    exist, texts = {course_id for course_id, *_rest in listed}, {row.course for row in rows}
    said = {text: course_id for text, course_id in decision.courses.items() if course_id in exist and text in texts}
    return {**match_courses(texts, listed), **said}


def _take_over(
    actor: Actor, found: EarlierImport, row: Row, person_id: int, course_id: int | None, counting: Collection[str]
) -> EarlierTraining:
    at = _noon(found.factory, row.taken_on)
    completion_id, counts = None, row.course in counting and course_id is not None
    if counts and course_id is not None:
        completion_id = completions.take_over_earlier(actor, person_id, course_id, found.factory_id, at)
    training = EarlierTraining(
        import_id=found.id, row=row.row, person_id=person_id, factory_id=found.factory_id, course_id=course_id,
        course_text=row.course, taken_on=row.taken_on, hours=row.hours, provider=row.provider, result=row.result,
        certificate_number=row.certificate, proof=row.proof, completion_id=completion_id, undone_at=None)
    db.session.add(training)
    db.session.flush()  # the entry names it
    _note(training, EntryKind.EARLIER_TRAINING, at, counts=counts)
    return training


def _note(
    training: EarlierTraining, kind: EntryKind, at: datetime, *, counts: bool = False, corrects: str | None = None
) -> None:
    """What the programme vouches for is of level A; what only the list says is of level C."""
    work = open_employment(training.person_id, training.taken_on, training.factory_id)
    sex = db.session.get_one(Person, training.person_id).sex
    values: dict[str, Any] = {}
    if corrects is None:
        level = EvidenceLevel.A if counts else EvidenceLevel.C
        values = {"level": level, "people": 1, "women": int(sex is Sex.F), "details": {"counts": counts}}
    note(
        factory_id=training.factory_id,
        kind=kind,
        source=f"earlier_undone:{training.id}" if corrects else f"earlier:{training.id}",
        at=at,
        corrects=corrects,
        course_id=training.course_id,
        person_id=training.person_id,
        line=work.line.name if work and work.line else None,
        role=work.role if work else None,
        sex=sex,
        was_imported=True,
        **values,
    )


def _noon(factory: Factory, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(factory.programme.zone))
