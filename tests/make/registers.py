"""What a programme plans with."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import TypeVar

from app.accounts.models import Account
from app.courses.models import CourseVersion
from app.factories.models import Programme
from app.platform.db import db
from app.sessions.models import (
    HostAccount,
    Interpreter,
    MeetingInterpreter,
    MeetingSite,
    PlanningRules,
    Room,
    TrainingSession,
)
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages
from tests.make import factories

Row = TypeVar("Row")
_numbers = count(1)


def _added(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


def room(name: str = "", programme: Programme | None = None, **values: object) -> Room:
    """An open room of 30 places in Kandal."""
    defaults = {
        "name": name or f"Room {next(_numbers)}", "address": "Street 271", "province": "Kandal", "places": 30, "factory_id": None, "closed_on": None,
    }
    return _added(Room(programme_id=(programme or factories.programme()).id, **{**defaults, **values}))


def interpreter(name: str = "", programme: Programme | None = None, **values: object) -> Interpreter:
    """An interpreter of Khmer and English."""
    defaults = {"name": name or f"Interpreter {next(_numbers)}", "email": None, "languages": ["en", "km"], "retired_on": None}
    return _added(Interpreter(programme_id=(programme or factories.programme()).id, **{**defaults, **values}))


def host(name: str = "", programme: Programme | None = None, **values: object) -> HostAccount:
    """An open host account."""
    defaults = {"name": name or f"Host {next(_numbers)}", "provider": "Jitsi", "closed_on": None}
    return _added(HostAccount(programme_id=(programme or factories.programme()).id, **{**defaults, **values}))


def rules(programme: Programme | None = None, **values: object) -> PlanningRules:
    """Rules of a programme, as the columns say unless others are given."""
    return _added(PlanningRules(programme_id=(programme or factories.programme()).id, **values))


def speaks(account: Account, *languages: str) -> TrainerLanguages:
    return _added(TrainerLanguages(account_id=account.id, languages=list(languages)))


def away(account: Account, first: date, last: date | None = None) -> Absence:
    return _added(Absence(account_id=account.id, starts_on=first, ends_on=last or first))


def qualified(
    account: Account, version: CourseVersion, programme: Programme | None = None, first: date = date(2020, 1, 1), last: date | None = None
) -> Qualification:
    return _added(
        Qualification(
            programme_id=(programme or factories.programme()).id, account_id=account.id, course_id=version.course_id, starts_on=first, ends_on=last,
        )
    )


def interpreting(training: TrainingSession, who: Interpreter) -> None:
    """At every half-day."""
    for meeting in training.meetings:
        _added(MeetingInterpreter(meeting_id=meeting.id, interpreter_id=who.id))


def only_at(training: TrainingSession, number: int, sites: Sequence[object]) -> None:
    """A half-day that uses some of the sites."""
    meeting = next(each for each in training.meetings if each.number == number)
    for site in sites:
        _added(MeetingSite(meeting_id=meeting.id, site_id=site.id))
