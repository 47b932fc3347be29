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
from app.api.xapi.people.rules import MAILTO, sha1sum
from app.api.xapi.rules.keys import agent_key
from app.api.xapi.rules.reading import read_json
from app.factories.merging.rows import Rows, Tables
from app.factories.models import Employment, Factory
from app.platform.db import Base, db

_HASHES = frozenset({"key", "sha1sum"})


class StatementsData(Tables):
    """Statements are append-only and hold no names: they stay, and so do those that this system made. The texts of
    others may hold anything: they go when the person is erased.
    """

    tables = (
        Rows(Statement, Statement.person_id, moves=False),
        Rows(KnownAs, KnownAs.person_id),
        Rows(OtherName, OtherName.person_id, apart=(OtherName.key, OtherName.ended_at), hidden=_HASHES),
        Rows(Document, Document.person_id, hidden=frozenset({"key", "owner_key"})),
        Rows(ExternalResult, ExternalResult.person_id),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Other systems know the person no more, and what they said of her cannot be read by anybody."""
        about = sa.or_(Statement.person_id.in_(person_ids), Statement.id.in_(_naming(person_ids)))
        theirs = db.session.scalars(sa.select(Statement.id).where(about, Statement.account_id.is_not(None))).all()
        for model in (StatementText, StatementKey, StatementFile):
            _delete(model, model.statement_id.in_(theirs))
        _delete(Document, Document.person_id.in_(person_ids))
        _delete(KnownAs, KnownAs.person_id.in_(person_ids))
        _delete(OtherName, OtherName.person_id.in_(person_ids))
        return []


def _naming(person_ids: Collection[int]) -> sa.Select[int]:
    """Statements that name these people: by the names that were given here, and by whatever else others call them -
    unless that means somebody else there. An account is a name in their programmes alone, a mail address everywhere.
    """
    known = db.session.scalars(sa.select(KnownAs.name).where(KnownAs.person_id.in_(person_ids)))
    given = {agent_key(names.person(name)) for name in known}
    agents = [*_said_by_staff(person_ids), *_numbers(person_ids), *_actors(person_ids)]
    mails, accounts = ({agent_key(each) for each in agents if ("account" in each) is is_so} for is_so in (False, True))
    called, others = StatementKey.key, _of_others((mails | accounts) - given, person_ids)
    is_other = sa.or_(
        sa.tuple_(called, Statement.factory_id).in_(others),
        sa.and_(Statement.factory_id.is_(None), called.in_({name for name, _factory in others})),
    )
    is_theirs = sa.or_(called.in_(mails), sa.and_(called.in_(accounts), _in_programmes_of(person_ids)))
    return (
        sa.select(StatementKey.statement_id).join(Statement, Statement.id == StatementKey.statement_id)
        .where(sa.or_(called.in_(given), sa.and_(is_theirs, sa.not_(is_other))))
    )  # fmt: skip


def _in_programmes_of(person_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """What was said in a programme where they worked, or in none."""
    theirs = (
        sa.select(Factory.programme_id).join(Employment, Employment.factory_id == Factory.id)
        .where(Employment.person_id.in_(person_ids))
    )  # fmt: skip
    return sa.or_(Statement.programme_id.in_(theirs), Statement.programme_id.is_(None))


def _said_by_staff(person_ids: Collection[int]) -> Iterator[dict[str, Any]]:
    for row in db.session.scalars(sa.select(OtherName).where(OtherName.person_id.in_(person_ids))):
        if row.home_page:
            yield _account(row.home_page, row.name)
            continue
        for address in {row.name, row.name.lower()}:
            yield from ({"mbox": f"{MAILTO}{address}"}, {"mbox_sha1sum": sha1sum(address)})


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


def _of_others(keys: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int | None]]:
    """Names under which something is said of somebody else, with the factory. Numbers and mail addresses are given
    again, and factories count alike.
    """
    rows = db.session.execute(
        sa.select(StatementText.text, Statement.factory_id)
        .join(Statement, Statement.id == StatementText.statement_id)
        .join(StatementKey, StatementKey.statement_id == Statement.id)
        .where(StatementKey.key.in_(keys), StatementKey.is_main, Statement.person_id.not_in(person_ids))
    )  # fmt: skip
    return {(agent_key(read_json(text)["actor"]), factory_id) for text, factory_id in rows}


def _account(home_page: str, name: str) -> dict[str, Any]:
    return {"account": {"homePage": home_page, "name": name}}


def _delete(model: type[Base], condition: sa.ColumnElement[bool]) -> None:
    db.session.execute(sa.delete(model).where(condition).execution_options(synchronize_session=False))


PERSON_DATA = StatementsData()
