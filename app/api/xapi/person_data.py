"""What the store holds of a person."""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from app.api.xapi import names
from app.api.xapi.models import (
    Document,
    ExternalResult,
    KnownAs,
    Numbering,
    OtherName,
    Statement,
    StatementFile,
    StatementKey,
    StatementText,
)
from app.api.xapi.people.rules import MAILTO
from app.api.xapi.rules.keys import agent_key
from app.api.xapi.rules.reading import read_json
from app.factories.merging.rows import Rows, Tables
from app.factories.models import Employment
from app.platform.db import Base, db


class StatementsData(Tables):
    """Statements are append-only and hold no names: they stay, and so do those that this system made. The texts of
    others may hold anything: they go when the person is erased.
    """

    tables = (
        Rows(Statement, Statement.person_id, moves=False),
        Rows(KnownAs, KnownAs.person_id),
        Rows(OtherName, OtherName.person_id, apart=(OtherName.key, OtherName.ended_at), hidden=frozenset({"key"})),
        Rows(Document, Document.person_id, hidden=frozenset({"key", "owner_key"})),
        Rows(ExternalResult, ExternalResult.person_id),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Other systems know the person no more, and what they said of her cannot be read by anybody."""
        naming = sa.select(StatementKey.statement_id).where(StatementKey.key.in_(_keys(person_ids)))
        about = sa.or_(Statement.person_id.in_(person_ids), Statement.id.in_(naming))
        theirs = db.session.scalars(sa.select(Statement.id).where(about, Statement.account_id.is_not(None))).all()
        for model in (StatementText, StatementKey, StatementFile):
            _delete(model, model.statement_id.in_(theirs))
        _delete(Document, Document.person_id.in_(person_ids))
        _delete(KnownAs, KnownAs.person_id.in_(person_ids))
        _delete(OtherName, OtherName.person_id.in_(person_ids))
        return []


def _keys(person_ids: Collection[int]) -> set[str]:
    """By which statements are found that name these people: the names that were given here, and whatever else others
    call them - unless somebody else is called so, too.
    """
    known = db.session.scalars(sa.select(KnownAs.name).where(KnownAs.person_id.in_(person_ids)))
    given = {agent_key(names.person(name)) for name in known}
    called = {agent_key(agent) for agent in (*_said_by_staff(person_ids), *_numbers(person_ids), *_actors(person_ids))}
    return given | (called - _of_others(called - given, person_ids))


def _said_by_staff(person_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    for row in db.session.scalars(sa.select(OtherName).where(OtherName.person_id.in_(person_ids))):
        yield _account(row.home_page, row.name) if row.home_page else {"mbox": f"{MAILTO}{row.name}"}


def _numbers(person_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    """Employee numbers, as they are written here and as they are compared."""
    rows = db.session.execute(
        sa.select(Numbering.home_page, Employment.employee_number, Employment.number_key)
        .join(Employment, Employment.factory_id == Numbering.factory_id)
        .where(Employment.person_id.in_(person_ids)).distinct()
    )  # fmt: skip
    for home_page, *numbers in rows:
        yield from (_account(home_page, number) for number in numbers)


def _actors(person_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    """As others wrote of them before."""
    texts = db.session.scalars(
        sa.select(StatementText.text).join(Statement, Statement.id == StatementText.statement_id)
        .where(Statement.person_id.in_(person_ids), Statement.account_id.is_not(None))
    )  # fmt: skip
    return (read_json(text)["actor"] for text in texts)


def _of_others(keys: Collection[str], person_ids: Collection[int]) -> set[str]:
    """Those under which something is said of somebody else. Numbers and mail addresses are given again."""
    texts = db.session.scalars(
        sa.select(StatementText.text).join(Statement, Statement.id == StatementText.statement_id)
        .join(StatementKey, StatementKey.statement_id == Statement.id)
        .where(StatementKey.key.in_(keys), StatementKey.is_main, Statement.person_id.not_in(person_ids))
    )  # fmt: skip
    return {agent_key(read_json(text)["actor"]) for text in texts}


def _account(home_page: str, name: str) -> dict[str, Any]:
    return {"account": {"homePage": home_page, "name": name}}


def _delete(model: type[Base], condition: sa.ColumnElement[bool]) -> None:
    db.session.execute(sa.delete(model).where(condition).execution_options(synchronize_session=False))


PERSON_DATA = StatementsData()
