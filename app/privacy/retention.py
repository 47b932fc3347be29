"""What has been kept long enough, kind by kind, and letting it go."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.addresses import own_addresses
from app.attendance.checkin import retention as check_ins
from app.attendance.guests import retention as guests
from app.attendance.kit import retention as kit
from app.attendance.reports import retention as reports
from app.attendance.sheets import retention as sheets
from app.certificates import retention as certificates
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.factories import retention as factories
from app.factories.merging.queries import entries
from app.factories.models import Person
from app.factories.retention import Programmes
from app.improvement import retention as improvement
from app.learning_record.evidence import retention as packs
from app.lessons import retention as practice
from app.notifications import retention as mails
from app.notifications.person_data import forget_mails_to
from app.platform import audit
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import lazy
from app.platform.jobs import enqueue
from app.privacy.erasing import erase, hold_people
from app.quizzes import retention as answers
from app.quizzes.sheets import retention as papers
from app.sessions.links import retention as visits
from app.sessions.models import Meeting, Seat
from app.sessions.person_data import forget_calendars
from app.sessions.replies import person_data as incoming

AT_ONCE, PEOPLE_AT_ONCE = 500, 50
"""Rows of one transaction: others write at the same time, and a worker has a minute."""


@dataclass(frozen=True)
class Kind:
    """One kind of data: `due` selects the ids of what has been kept long enough, `forget` lets them go.

    A transaction takes `at_once` of them, or the first few that `first` leaves of these. Of what `hold` has to wait for
    nothing is held before.
    """

    key: str
    label: Any
    what: Any
    setting: str
    due: Callable[[Programmes], sa.Select[Any]]
    forget: Callable[[Collection[int]], list[str]]
    at_once: int = AT_ONCE
    first: Callable[[Sequence[int]], Sequence[int]] = list
    hold: Callable[[Collection[int]], object] | None = None

    @property
    def months(self) -> int:
        """How long it is kept."""
        return int(getattr(settings(), self.setting))


def due_people(programmes: Programmes = None) -> sa.Select[Any]:
    """People who left, and whose last training, completion and certificate ended long enough ago."""
    before = months_before(now(), settings().keep_records_months)
    sat = sa.exists().where(
        Seat.person_id == Person.id, Meeting.training_id == Seat.training_id, Meeting.ends_at > before
    )
    holds = sa.exists().where(
        Completion.person_id == Person.id, sa.func.coalesce(Completion.valid_until, Completion.completed_at) > before
    )
    certified = sa.exists().where(
        Certificate.person_id == Person.id, sa.func.coalesce(Certificate.valid_until, Certificate.issued_at) > before
    )
    is_itself = sa.and_(Person.erased_at.is_(None), Person.merged_into_id.is_(None))
    left = sa.and_(factories.worked_in(programmes), factories.left_before(before.date()))
    return sa.select(Person.id).where(is_itself, left, ~sat, ~holds, ~certified).order_by(Person.id)


def forget_people(person_ids: Collection[int]) -> list[str]:
    """Pseudonymise: attendance stays countable and names nobody."""
    return erase(person_ids)


def forget_contacts(person_ids: Collection[int]) -> list[str]:
    """Telephone and address go, with what the logs of mails and calendars say of the address."""
    addresses = own_addresses(entries(person_ids))
    forget_mails_to(addresses)
    forget_calendars(addresses)
    return factories.forget_contacts(person_ids)


KINDS = (
    Kind(
        "answers", lazy("Answers of quizzes"), lazy("Deleted. Points and results stay."),
        "keep_answers_months", answers.due, answers.forget,
    ),
    Kind(
        "papers", lazy("Answers that were typed from papers"), lazy("Deleted. Points and results stay."),
        "keep_answers_months", papers.due, papers.forget,
    ),
    Kind(
        "contacts", lazy("Telephone and e-mail of people who left"), lazy("Deleted."),
        "keep_contacts_months", factories.due_contacts, forget_contacts,
    ),
    Kind(
        "rosters", lazy("Files of staff lists"), lazy("Deleted. The counts of what they changed stay."),
        "keep_evidence_months", factories.due_rosters, factories.forget_rosters,
    ),
    Kind(
        "practice", lazy("Notes and photos of practice tasks"), lazy("Deleted. That a task was logged stays."),
        "keep_evidence_months", practice.due, practice.forget,
    ),
    Kind(
        "sheets", lazy("Photos of sign-in sheets"), lazy("Deleted. The marks that were taken from them stay."),
        "keep_evidence_months", sheets.due, sheets.forget,
    ),
    Kind(
        "cascade", lazy("Photos of sessions of ambassadors"), lazy("Deleted. What was entered stays."),
        "keep_evidence_months", improvement.due_sessions, improvement.forget_sessions,
    ),
    Kind(
        "drills", lazy("Photos of drills"), lazy("Deleted. What was entered stays."),
        "keep_evidence_months", improvement.due_drills, improvement.forget_drills,
    ),
    Kind(
        "mails", lazy("Text of mails"), lazy("Deleted. That they were sent stays."),
        "keep_evidence_months", mails.due, mails.forget,
    ),
    Kind(
        "incoming", lazy("Mails that came in"), lazy("Who wrote what is deleted. That something came stays."),
        "keep_evidence_months", incoming.due, incoming.forget,
    ),
    Kind(
        "visits", lazy("Names of who joined by link"), lazy("Deleted. That somebody joined stays."),
        "keep_evidence_months", visits.due, visits.forget,
    ),
    Kind(
        "guests", lazy("Names of unknown people at a session"), lazy("Deleted. That somebody was there stays."),
        "keep_evidence_months", guests.due, guests.forget,
    ),
    Kind(
        "held", lazy("What phones brought and nobody could take down"),
        lazy("Deleted, with photos. That it came stays; what nobody has decided is set aside."),
        "keep_evidence_months", kit.due, kit.forget,
    ),
    Kind(
        "kit_sheets", lazy("Which lists phones took along"), lazy("Deleted. The marks stay."),
        "keep_evidence_months", kit.due_sheets, kit.forget_sheets,
    ),
    Kind(
        "check_ins", lazy("Phones with which people checked in"), lazy("Forgotten. That somebody checked in stays."),
        "keep_evidence_months", check_ins.due, check_ins.forget,
    ),
    Kind(
        "old_codes", lazy("Phones that came with an old code"), lazy("Deleted."),
        "keep_evidence_months", check_ins.due_old_codes, check_ins.forget_old_codes,
    ),
    Kind(
        "reports", lazy("Names in reports of meetings"), lazy("Deleted. Who was confirmed, and the minutes, stay."),
        "keep_evidence_months", reports.due, reports.forget,
    ),
    Kind(
        "people", lazy("Attendance of people who left"), lazy("Names become a code. What can be counted stays."),
        "keep_records_months", due_people, forget_people, PEOPLE_AT_ONCE, factories.in_one_go,
        hold_people,
    ),
    Kind(
        "certificates", lazy("Certificates that ran out"), lazy("Names become a code, files are deleted."),
        "keep_records_months", certificates.due, certificates.forget,
    ),
    Kind(
        "packs", lazy("What packs of evidence said"), lazy("Deleted, with all names. A pack of that day is made anew."),
        "keep_records_months", packs.due, packs.forget, PEOPLE_AT_ONCE,
    ),
)  # fmt: skip


def report(programmes: Programmes = None) -> dict[str, int]:
    """How much of each kind has been kept long enough now. Changes nothing."""
    return {kind.key: _count(kind, programmes) for kind in KINDS}


def let_go(actor: Actor, kind: Kind) -> int:
    """Let go of the next few that have been kept long enough, in the caller's transaction; answers how many.

    It is logged. None are left when it answers zero. What another worker has in hand is left to that one, or waited
    for.
    """
    ids = _held(kind, kind.hold) if kind.hold else _free(kind)
    if not ids:
        return 0
    for key in kind.forget(ids):
        enqueue("privacy.delete_file", key=key)
    db.session.flush()
    db.session.expire_all()
    audit.record(actor, "privacy.retain", f"kind:{kind.key}", rows=len(ids), months=kind.months)
    return len(ids)


def _free(kind: Kind) -> Sequence[int]:
    """The next few that nobody else has in hand."""
    due = kind.due(None).limit(kind.at_once)
    entity = due.column_descriptions[0]["entity"]
    return kind.first(list(db.session.scalars(due.with_for_update(skip_locked=True, key_share=True, of=entity))))


def _held(kind: Kind, hold: Callable[[Collection[int]], object]) -> Sequence[int]:
    """The next few, once everything is held that goes with them: those that are due still."""
    due = kind.due(None)
    key = due.selected_columns[0]
    while some := kind.first(list(db.session.scalars(due.limit(kind.at_once)))):
        hold(some)
        if left := list(db.session.scalars(due.where(key.in_(some)))):
            return left
    return []


def _count(kind: Kind, programmes: Programmes) -> int:
    due = kind.due(programmes).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(due)) or 0
