"""Issuing: the row in the transaction of the completion, the file by a job."""

import secrets
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.access.actor import SYSTEM
from app.certificates import face, rules
from app.certificates.events import CertificateIssued
from app.certificates.models import IN_FORCE, Certificate
from app.completions import queries as completions
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.config import Settings
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import Refused


def issue(completion_id: int) -> Certificate:
    """Issue the certificate of a completion, or answer the one in force. Its file is drawn by a job.

    Raises Refused when the completion was withdrawn.
    """
    completion = completions.completion(completion_id)
    if completion.withdrawn_at is not None:
        raise Refused(_("This completion was withdrawn. It has no certificate."))
    source = face.source(completion)
    made = _claim(source)
    if made is None:
        return db.session.scalars(_in_force(completion_id)).one()
    point("certificates.claimed")
    _freeze(made, source)
    audit.record(SYSTEM, "certificates.issue", f"certificate:{made.id}", completion=completion_id)
    enqueue("certificates.draw", dedupe=f"certificates.draw:{made.id}", run_at=made.draw_from, certificate_id=made.id)
    point("certificates.issued")
    publish(CertificateIssued(made.id))
    return made


def _in_force(completion_id: int) -> sa.Select[Certificate]:
    return sa.select(Certificate).where(Certificate.completion_id == completion_id, *IN_FORCE)


def _claim(source: face.Source) -> Certificate | None:
    """The row that makes this the one certificate in force, or None when there is one already."""
    completion, code = source.completion, rules.code_of(secrets.randbits(128))
    programme = source.training.programme
    values: dict[str, Any] = {
        "completion_id": completion.id,
        "person_id": completion.person_id,
        "factory_id": completion.factory_id,
        "course_id": completion.course_id,
        "code": code,
        "number": code,  # until the key of the row is known
        "language": source.language,
        "face": {},
        "issued_at": now(),
        "draw_from": rules.draw_from(now(), programme.certificate_wait_days, programme.zone),
        "valid_until": completion.valid_until,
    }
    made: Certificate | None = db.session.scalar(
        insert(Certificate)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["completion_id"], index_where=sa.and_(*IN_FORCE))
        .returning(Certificate)
    )
    return made


def _freeze(certificate: Certificate, source: face.Source) -> None:
    programme, facts = source.training.programme, face.facts(source)
    settings: Settings = current_app.extensions["settings"]
    certificate.number = rules.number(programme.code, today(programme.zone).year, certificate.id)
    address = rules.verify_address(settings.base_url, certificate.code)
    certificate.face = face.freeze(face.compose(source, facts, certificate.number, address), facts)
    certificate.design_version_id = source.design.version_id
    db.session.flush()  # whoever hears of it reads the whole row
