"""What stands on the sheets of a half-day."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.attendance.queries.roll_call import Row, roll_call
from app.attendance.sheets.facts import Sheet, Signer
from app.attendance.sheets.policy import may_print, own_factories
from app.attendance.sheets.rules import Printed, Reference, token
from app.factories.models import Factory
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Site
from app.sessions.policy import may_take_roll
from app.sessions.queries.joining import used_sites


@dataclass(frozen=True)
class Printable:
    """A place whose sheet the actor may print, and who would stand on it."""

    site: Site
    rows: Sequence[Row]


def meeting_for(actor: Actor, training_id: int, number: int) -> Meeting:
    """A half-day that the actor sees. Raises NotFound."""
    training = sessions.training_for(actor, training_id)
    found = next((meeting for meeting in training.meetings if meeting.number == number), None)
    if found is None:
        raise NotFound
    return found


def printable(actor: Actor, meeting: Meeting) -> list[Printable]:
    """The sheets that the actor may print: of all people, or of a factory's own."""
    rows = {group.site.id: group.rows for group in roll_call(meeting).groups}
    used = {site.id for site in used_sites(meeting)} | set(rows)
    return [
        Printable(site, _own(actor, meeting, rows.get(site.id, ())))
        for site in meeting.training.sites
        if site.id in used and may_print(actor, meeting.training, site)
    ]


def sheet_of(actor: Actor, meeting: Meeting, site_id: int, address: str, key: str) -> Sheet:
    """The sheet of one place. `address` is where codes lead, `key` what seals them. Raises NotFound."""
    training = meeting.training
    found = next((each for each in printable(actor, meeting) if each.site.id == site_id), None)
    if found is None:
        raise NotFound
    teaching = accounts.accounts_by_id([trainer.account_id for trainer in training.trainers])
    site, meeting_id = found.site, meeting.id
    return Sheet(
        titles=training.version.titles,
        code=training.code,
        half_day=meeting.number,
        starts=meeting.starts,
        ends=meeting.ends,
        country=training.programme.country,
        place=", ".join(part for part in (site.name, site.room.address if site.room else "") if part),
        trainers=[teaching[each.account_id].name for each in training.trainers if each.account_id in teaching],
        language=_language(meeting, site),
        people=[
            _signer(row, address + token(Reference(Printed.ROW, meeting_id, row.seat.id), key)) for row in found.rows
        ],
        sheet_code=address + token(Reference(Printed.SHEET, meeting_id, site.id), key),
    )


def _own(actor: Actor, meeting: Meeting, rows: Sequence[Row]) -> Sequence[Row]:
    if may_take_roll(actor, meeting.training):
        return rows
    return [row for row in rows if row.seat.factory_id in own_factories(actor)]


def _language(meeting: Meeting, site: Site) -> str:
    """That of the factory whose room it is, else that in which the half-day is held."""
    factory = db.session.get(Factory, site.factory_id) if site.factory_id else None
    return (factory.language if factory else None) or meeting.language or meeting.training.language


def _signer(row: Row, code: str) -> Signer:
    person = row.seat.person
    return Signer(person.name, person.local_name or "", person.language, row.number, row.seat.factory.name, code)
