"""Logs of practice tasks."""

import hashlib

from app.access.actor import Actor
from app.courses import queries as courses
from app.courses.rules import UnitKind
from app.factories.queries import open_employment
from app.lessons.models import PracticeLog
from app.lessons.operations.starting import start
from app.lessons.photos import keep
from app.lessons.policy import learner
from app.lessons.queries import log_of
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.files.photos import Photo
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused


def log_practice(
    actor: Actor, code: str, unit: str, number: str, *, log_id: str, text: str, photo: Photo | None
) -> PracticeLog:
    """Log what one tried, in words, with a photo or both. A repeat with the same `log_id` and the same content changes
    nothing; other content is another log, so that a form that the browser brought back loses nothing.

    It keeps at which factory the person works now. Raises NotFound, and Refused without words and photo.
    """
    if not text and photo is None:
        raise Refused(_("Write something or choose a photo."))
    person_id = learner(actor)
    version = start(person_id, code, number)
    task = courses.unit(version.id, unit)
    if task.kind is not UnitKind.PRACTICE:
        raise NotFound
    work = open_employment(person_id)
    log_id = _digest(person_id, log_id, text, photo)
    new = insert(PracticeLog).values(
        log_id=log_id, person_id=person_id, version_id=version.id, unit_id=task.id, text=text,
        factory_id=work.factory_id if work else None, created_at=now(),
    )  # fmt: skip
    is_new = db.session.scalar(new.on_conflict_do_nothing(index_elements=["log_id"]).returning(PracticeLog.id))
    row = log_of(person_id, log_id)
    if is_new is not None:
        if photo is not None:
            row.photo_key, row.photo_kind = keep(photo), photo.kind
        point("lessons.logged")
        audit.record(actor, "lessons.log_practice", f"practice:{row.id}", photo=photo is not None)
    return row


def withdraw(actor: Actor, log_id: int) -> PracticeLog:
    """Take an own log back for good: its words and photo are deleted; that there was one, and when, stays.

    Doing it again changes nothing. Raises NotFound.
    """
    person_id = learner(actor)
    row = db.session.get(PracticeLog, log_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NotFound
    if row.withdrawn_at is None:
        row.withdrawn_at = now()
        if row.photo_key:
            enqueue("privacy.delete_file", key=row.photo_key)
        row.text, row.photo_key, row.photo_kind = "", None, None
        audit.record(actor, "lessons.withdraw_practice", f"practice:{row.id}")
    return row


def _digest(person_id: int, log_id: str, text: str, photo: Photo | None) -> str:
    """The form, whose it is, and what stands in it, as the id of the log."""
    said = hashlib.sha256(f"{person_id} {log_id} {text}\0".encode())
    said.update(photo.data if photo else b"")
    return said.hexdigest()[:32]
