"""Who is meant by a name in a statement, within what a token reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from app.access.actor import Scope
from app.api.xapi.models import KnownAs, Numbering, OtherName
from app.api.xapi.people.rules import Job, Meant, Name
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.roster.numbers import number_key
from app.platform.db import db

_HOLDER = sa.func.coalesce(Person.merged_into_id, Person.id)
"""Whose an entry is: the person that it turned out to be."""
_JOB: tuple[Any, ...] = (
    _HOLDER, Factory.id, Factory.programme_id, Programme.zone, Employment.started_on, Employment.ended_on,
)  # fmt: skip
_LAST_LAST = (Employment.ended_on.is_(None), Employment.started_on, Employment.id)


def by_own_name(scope: Scope, names: Collection[str]) -> dict[str, list[Job]]:
    """Name that this system gave -> where the person works. One statement."""
    if not names:
        return {}
    return _of_people(scope, KnownAs.name, KnownAs.name.in_(names), KnownAs)


def by_other_name(scope: Scope, names: Collection[Name]) -> dict[Name, Meant]:
    """Name in another system -> who is meant by it. Three statements."""
    if not names:
        return {}
    hashes, keys = ({name.key for name in names if name.is_hash is is_so} for is_so in (True, False))
    said = _said(scope, OtherName.key, keys) | _said(scope, OtherName.sha1sum, hashes)
    numbered = _by_number(scope, names)
    return {
        name: Meant(said.get(name.key, []), numbered.get((name.home_page or "", number_key(name.name)), []))
        for name in names
    }


def _said(scope: Scope, column: Any, values: Collection[str]) -> dict[str, list[Job]]:
    mine = sa.and_(column.in_(values), OtherName.ended_at.is_(None))
    return _of_people(scope, column, mine, OtherName) if values else {}


def _of_people(scope: Scope, name: Any, mine: sa.ColumnElement[bool], model: Any) -> dict[str, list[Job]]:
    rows: sa.Select[Any] = (
        sa.select(name, *_JOB).select_from(model)
        .join(Person, Person.id == model.person_id)
        .join(Employment, Employment.person_id == _HOLDER)
        .join(Factory, Factory.id == Employment.factory_id).join(Programme, Programme.id == Factory.programme_id)
        .where(mine, Person.erased_at.is_(None)).order_by(*_LAST_LAST)
    )  # fmt: skip
    return _in_reach(scope, ((told, Job(*job)) for told, *job in db.session.execute(rows)))


def _by_number(scope: Scope, names: Collection[Name]) -> dict[tuple[str, str], list[Job]]:
    """Address and number -> where the person works who has it, at each factory whose numbers are names there."""
    accounts = [name for name in names if name.home_page]
    if not accounts:
        return {}
    rows: sa.Select[Any] = (
        sa.select(Numbering.home_page, Employment.number_key, *_JOB).select_from(Numbering)
        .join(Factory, Factory.id == Numbering.factory_id).join(Programme, Programme.id == Factory.programme_id)
        .join(Employment, Employment.factory_id == Factory.id).join(Person, Person.id == Employment.person_id)
        .where(
            Numbering.home_page.in_({name.home_page for name in accounts}), Numbering.ended_at.is_(None),
            Employment.number_key.in_({number_key(name.name) for name in accounts}), Person.erased_at.is_(None),
        )
        .order_by(*_LAST_LAST)
    )  # fmt: skip
    return _in_reach(scope, (((home, number), Job(*job)) for home, number, *job in db.session.execute(rows)))


def _in_reach(scope: Scope, rows: Iterable[tuple[Any, Job]]) -> dict[Any, list[Job]]:
    found: dict[Any, list[Job]] = defaultdict(list)
    for name, job in rows:
        if scope.reaches(job.programme_id, job.factory_id):
            found[name].append(job)
    return found
