"""Giving places in the status lists, and signing the lists anew when something in them changes.

How a change reaches a list: in the transaction that makes it true the list's row counts it - which also puts such
transactions in a row - and a job is enqueued under the number of changes that are signed so far. So all changes until
the job runs share one job, and none that comes after it is lost.
"""

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.certificates.credentials import queries, rules
from app.certificates.credentials.models import CredentialStatus, StatusList
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.jobs import enqueue


def place(certificate_id: int) -> None:
    """Give a new certificate its place in the lists. Harmless when it has one."""
    taken = sa.select(CredentialStatus.id).where(CredentialStatus.certificate_id == certificate_id)
    number, tries = 0, 0
    while db.session.scalar(taken) is None:
        if tries % rules.TRIES == 0:
            number = _open_list(after=number)
        tries += 1
        values = {"certificate_id": certificate_id, "number": number, "position": secrets.randbelow(rules.ENTRIES)}
        db.session.execute(insert(CredentialStatus).values(values).on_conflict_do_nothing())


def note_change(certificate_id: int) -> None:
    """The state of a certificate has changed: its lists are to be signed anew."""
    number = sa.select(CredentialStatus.number).where(CredentialStatus.certificate_id == certificate_id)
    row = db.session.execute(
        sa.update(StatusList)
        .where(StatusList.number == number.scalar_subquery())
        .values(changes=StatusList.changes + 1)
        .returning(StatusList.number, StatusList.signed_changes)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is not None:
        _order(row.number, row.signed_changes)
    point("credentials.changed")


def note_signed(number: int, changes: int, lists: dict[rules.Purpose, str], key_name: str, at: datetime) -> None:
    """Keep the signed lists, which know of so many changes, unless newer ones were kept meanwhile."""
    kept = db.session.scalar(
        sa.update(StatusList)
        .where(StatusList.number == number, StatusList.signed_changes <= changes)
        .values(
            signed_changes=changes,
            revocation=lists[rules.Purpose.REVOCATION],
            suspension=lists[rules.Purpose.SUSPENSION],
            signed_at=at,
            key_name=key_name,
        )
        .returning(StatusList.changes)
        .execution_options(synchronize_session=False)
    )
    if kept is not None and kept > changes:
        _order(number, changes)


def order_due() -> None:
    """Have every list signed that lags behind or is old. A job that died is made good by this."""
    for number in queries.to_sign(now()):
        enqueue("credentials.sign_list", number=number)


def _order(number: int, signed: int) -> None:
    enqueue("credentials.sign_list", dedupe=f"credentials.sign_list:{number}:{signed}", number=number)


def _open_list(*, after: int) -> int:
    """The number of the newest list, of a further one when that is not after the one that is full enough."""
    newest = db.session.scalar(sa.select(sa.func.max(StatusList.number))) or 1
    number = max(newest, after + 1)
    values: dict[str, Any] = {"number": number, "changes": 1, "signed_changes": 0}
    made = insert(StatusList).values(values).on_conflict_do_nothing(index_elements=["number"])
    if db.session.scalar(made.returning(StatusList.id)) is not None:
        _order(number, 0)
    return number
