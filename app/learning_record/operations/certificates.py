"""Certificates of people and of the factory itself: issued, looked into, replaced, ended."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.certificates.labels import REASONS
from app.certificates.models import Certificate
from app.certificates.of_factories.models import FactoryCertificate
from app.completions.models import Completion
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import note, rounds
from app.platform.clock import now
from app.platform.db import db


def note_issued(certificate_id: int) -> None:
    """A certificate was issued to a person."""
    one = db.session.get_one(Certificate, certificate_id)
    _note(one, EntryKind.CERTIFICATE_ISSUED, "issued", one.issued_at)


def note_suspended(certificate_id: int) -> None:
    """A certificate of a person is under review, for the first time or once more."""
    one = db.session.get_one(Certificate, certificate_id)
    round_ = _rounds(one, "reinstated") + 1
    _note(one, EntryKind.CERTIFICATE_SUSPENDED, f"suspended:{round_}", one.suspended_at, one.suspended_reason)


def note_reinstated(certificate_id: int) -> None:
    """The review of a certificate of a person is over."""
    one = db.session.get_one(Certificate, certificate_id)
    round_ = _rounds(one, "suspended")
    _note(one, EntryKind.CERTIFICATE_REINSTATED, f"reinstated:{round_}", None)


def note_replaced(certificate_id: int) -> None:
    """Another certificate stands in the place of one of a person."""
    one = db.session.get_one(Certificate, certificate_id)
    _note(one, EntryKind.CERTIFICATE_REPLACED, "replaced", one.replaced_at, one.replaced_reason)


def note_revoked(certificate_id: int) -> None:
    """A certificate of a person no longer holds."""
    one = db.session.get_one(Certificate, certificate_id)
    _note(one, EntryKind.CERTIFICATE_REVOKED, "revoked", one.revoked_at, one.revoked_reason)


def note_certified(factory_certificate_id: int) -> None:
    """The factory itself was certified; the certificate that it had until then was replaced."""
    one = db.session.get_one(FactoryCertificate, factory_certificate_id)
    _note_factory(one, EntryKind.FACTORY_CERTIFIED, "issued", one.issued_at)
    before = sa.select(FactoryCertificate).where(FactoryCertificate.replaced_by_id == one.id)
    for replaced in db.session.scalars(before):
        _note_factory(replaced, EntryKind.FACTORY_CERTIFICATE_REPLACED, "replaced", replaced.replaced_at)


def note_factory_suspended(factory_certificate_id: int) -> None:
    """The certificate of the factory is under review, for the first time or once more."""
    one = db.session.get_one(FactoryCertificate, factory_certificate_id)
    round_ = rounds(one.factory_id, f"factory_certificate:{one.id}:reinstated:") + 1
    _note_factory(one, EntryKind.FACTORY_CERTIFICATE_SUSPENDED, f"suspended:{round_}", one.suspended_at)


def note_factory_reinstated(factory_certificate_id: int) -> None:
    """The review of the certificate of the factory is over."""
    one = db.session.get_one(FactoryCertificate, factory_certificate_id)
    round_ = rounds(one.factory_id, f"factory_certificate:{one.id}:suspended:")
    _note_factory(one, EntryKind.FACTORY_CERTIFICATE_REINSTATED, f"reinstated:{round_}", None)


def note_factory_revoked(factory_certificate_id: int) -> None:
    """Somebody revoked the certificate of the factory."""
    one = db.session.get_one(FactoryCertificate, factory_certificate_id)
    _note_factory(one, EntryKind.FACTORY_CERTIFICATE_REVOKED, "revoked", one.revoked_at)


def note_factory_ended(factory_certificate_id: int) -> None:
    """The certificate of the factory ended, because its rule is no longer met."""
    one = db.session.get_one(FactoryCertificate, factory_certificate_id)
    _note_factory(one, EntryKind.FACTORY_CERTIFICATE_ENDED, "ended", one.downgraded_at)


def _rounds(one: Certificate, word: str) -> int:
    return rounds(one.factory_id, f"certificate:{one.id}:{word}:") if one.factory_id else 0


def _note(
    one: Certificate, kind: EntryKind, word: str, at: datetime | None, reason: str | None = None
) -> None:
    if one.factory_id is None:
        return
    completion = db.session.get_one(Completion, one.completion_id)
    note(
        factory_id=one.factory_id,
        kind=kind,
        source=f"certificate:{one.id}:{word}",
        at=at or now(),
        course_id=one.course_id,
        version_id=completion.version_id,
        training_id=completion.training_id,
        person_id=one.person_id,
        line=completion.line,
        role=completion.role,
        sex=completion.sex,
        details=_details(one.number, reason),
    )


def _details(number: str, reason: str | None) -> dict[str, Any]:
    """A reason that somebody wrote in own words may name people, and stays where it can be erased."""
    return {"number": number, **({"reason": reason} if reason in REASONS else {})}


def _note_factory(one: FactoryCertificate, kind: EntryKind, word: str, at: datetime | None) -> None:
    note(
        factory_id=one.factory_id,
        kind=kind,
        source=f"factory_certificate:{one.id}:{word}",
        at=at or now(),
        details={"number": one.number, "rule": one.rule_id},
    )
