"""Lists of earlier trainings, and what they can mean at a factory."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import Course, CourseVersion
from app.factories.models import Employment, Factory, Person
from app.factories.queries import visible_factories
from app.learning_record.earlier.matching import Someone
from app.learning_record.models import EarlierImport, EarlierTraining
from app.platform.db import db
from app.platform.refusal import NotFound

MOST_LISTS = 20


def earlier_import(actor: Actor, code: str, import_id: int) -> EarlierImport:
    """A list that was read for a factory where the actor may import. Raises NotFound."""
    factories = visible_factories(actor, Permission.ROSTERS_IMPORT).where(Factory.code == code)
    statement = sa.select(EarlierImport).where(
        EarlierImport.id == import_id, EarlierImport.factory_id.in_(factories.with_only_columns(Factory.id)))
    with_factory = joinedload(EarlierImport.factory).joinedload(Factory.programme)
    found = db.session.scalar(statement.options(with_factory).execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def imports(factory_id: int) -> Sequence[EarlierImport]:
    """The lists that were read last."""
    statement = sa.select(EarlierImport).where(EarlierImport.factory_id == factory_id)
    return db.session.scalars(statement.order_by(EarlierImport.id.desc()).limit(MOST_LISTS)).all()


def people(factory_id: int) -> list[Someone]:
    """Everybody who works or worked at the factory, under each number."""
    entry = aliased(Person)
    rows: sa.Result[Any] = db.session.execute(
        sa.select(Person.id, Person.name, Person.local_name, Employment.employee_number)
        .select_from(Employment)
        .join(entry, entry.id == Employment.person_id)
        .join(Person, Person.id == sa.func.coalesce(entry.merged_into_id, entry.id))
        .where(Employment.factory_id == factory_id, Person.erased_at.is_(None))
        .order_by(Employment.started_on.desc(), Employment.id.desc())
    )
    return [Someone(*tuple(row)) for row in rows]


def courses() -> list[tuple[int, str, dict[str, str]]]:
    """Every course that has an edition: id, code, titles."""
    rows = db.session.execute(
        sa.select(Course.id, Course.code, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .order_by(Course.code)
    )
    return [(course_id, code, titles) for course_id, code, titles in rows]


def trainings(import_id: int) -> Sequence[EarlierTraining]:
    """What was taken over of a list."""
    statement = sa.select(EarlierTraining).where(EarlierTraining.import_id == import_id)
    return db.session.scalars(statement.order_by(EarlierTraining.row)).all()


def known(factory_id: int) -> set[tuple[int, str, object]]:
    """Person, words for the course, and day of what was taken over already: a list that is sent twice adds nothing."""
    rows = db.session.execute(
        sa.select(EarlierTraining.person_id, EarlierTraining.course_text, EarlierTraining.taken_on).where(
            EarlierTraining.factory_id == factory_id, EarlierTraining.undone_at.is_(None))
    )
    return {(person_id, text, day) for person_id, text, day in rows}
