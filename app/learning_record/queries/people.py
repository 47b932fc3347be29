"""Whose entries are wanted."""

import sqlalchemy as sa

from app.factories.matching import named, numbered
from app.factories.models import Employment, Person
from app.platform.db import db

MOST_FOUND = 20


def people_found(factory_id: int, words: str) -> list[tuple[int, str]]:
    """Who works or worked at the factory and is called so, or has such a number: id, name and last number."""
    latest = sa.func.row_number().over(
        partition_by=Person.id, order_by=(Employment.started_on.desc(), Employment.id.desc())).label("place")
    rows = (
        sa.select(Person.id, Person.name, Person.search_text, Employment.employee_number, latest)
        .join(Employment, Employment.person_id == Person.id)
        .where(Employment.factory_id == factory_id, sa.or_(named(words), numbered(words)))
        .subquery()
    )
    first = sa.select(rows).where(rows.c.place == 1).order_by(rows.c.search_text, rows.c.id).limit(MOST_FOUND)
    return [(row.id, f"{row.name} · {row.employee_number}") for row in db.session.execute(first)]


def name_of(factory_id: int, person_id: int) -> str:
    """What somebody is called who works or worked at the factory; empty for anybody else."""
    works = sa.exists().where(Employment.person_id == Person.id, Employment.factory_id == factory_id)
    return db.session.scalar(sa.select(Person.name).where(Person.id == person_id, works)) or ""
