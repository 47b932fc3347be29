"""Contact data of people who left, and files that were handed in: kept for a time, then no more."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.factories.models import Employment, Factory, Person, RosterImport
from app.factories.rules import ImportState
from app.platform.clock import months_before, now
from app.platform.config import Settings
from app.platform.db import db

Programmes = Collection[int] | None
"""Programmes that are looked at; None for all."""


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = current_app.extensions["settings"]
    return found


def worked_in(programmes: Programmes) -> sa.ColumnElement[bool]:
    """People who ever worked in one of the programmes."""
    work = sa.exists().where(Employment.person_id == Person.id)
    if programmes is None:
        return work
    return work.where(Employment.factory_id == Factory.id, Factory.programme_id.in_(programmes))


def left_before(day: date) -> sa.ColumnElement[bool]:
    """People who work nowhere, and did not on or after a day."""
    stays = sa.exists().where(
        Employment.person_id == Person.id, sa.or_(Employment.ended_on.is_(None), Employment.ended_on > day)
    )
    return ~stays


def due_contacts(programmes: Programmes = None) -> sa.Select[Any]:
    """People who left long enough ago and of whom a telephone or address is still known."""
    before = months_before(now(), settings().keep_contacts_months).date()
    known = sa.or_(Person.phone.is_not(None), Person.email.is_not(None))
    return sa.select(Person.id).where(known, worked_in(programmes), left_before(before)).order_by(Person.id)


def forget_contacts(person_ids: Collection[int]) -> list[str]:
    """Take telephone and address out."""
    db.session.execute(sa.update(Person).where(Person.id.in_(person_ids)).values(phone=None, email=None))
    return []


def due_rosters(programmes: Programmes = None) -> sa.Select[Any]:
    """Staff lists that were read long enough ago and whose rows are still kept."""
    before: datetime = months_before(now(), settings().keep_evidence_months)
    old = sa.and_(RosterImport.created_at <= before, RosterImport.state != ImportState.WORKING)
    kept = sa.or_(RosterImport.file_key != "", RosterImport.state == ImportState.PREVIEWED)
    statement = sa.select(RosterImport.id).where(old, kept).order_by(RosterImport.id)
    if programmes is None:
        return statement
    here = sa.select(Factory.id).where(Factory.programme_id.in_(programmes))
    return statement.where(RosterImport.factory_id.in_(here))


def forget_rosters(import_ids: Collection[int]) -> list[str]:
    """Keep the counts of what was applied; drop what was only looked at. Answers the keys of the files."""
    mine = RosterImport.id.in_(import_ids)
    keys = list(db.session.scalars(sa.select(RosterImport.file_key).where(mine, RosterImport.file_key != "")))
    db.session.execute(sa.delete(RosterImport).where(mine, RosterImport.state == ImportState.PREVIEWED))
    db.session.execute(sa.update(RosterImport).where(mine).values(file_key="", undo=sa.null()))
    return keys
