"""Certificates as completions make them."""

import json
from datetime import datetime

import sqlalchemy as sa

from app.certificates import operations
from app.certificates.credentials import queries as credentials
from app.certificates.credentials.models import StatusList
from app.certificates.models import Certificate
from app.courses.models import CourseVersion
from app.factories.models import Factory, Person
from app.platform.db import db
from app.platform.files import files
from tests.make import completions, courses, factories


def certificate(
    person: Person | None = None,
    factory: Factory | None = None,
    version: CourseVersion | None = None,
    *,
    at: datetime = completions.AT,
    **values: object,
) -> Certificate:
    """A certificate in force, its file still to be drawn; `values` are those of the completion."""
    factory = factory or factories.factory()
    person = person or factories.person(factory)
    completion = completions.completion(person, version or courses.version(), factory, at=at, **values)
    return operations.issue(completion.id)


def drawn(certificate: Certificate, pdf: bytes = b"%PDF-1.7 not really") -> Certificate:
    """The same certificate with a stored file."""
    operations.note_file(certificate.id, files().put(pdf + certificate.code.encode()), left_out=False)
    db.session.refresh(certificate)  # it is noted by a statement
    return certificate


def with_credential(certificate: Certificate) -> Certificate:
    """The same certificate with a stored credential and lists that are there, as the worker leaves them."""
    signed = json.dumps({"jwt": f"{certificate.code}.not.really", "embedded": {"id": certificate.code}})
    certificate.credential_key = files().put(signed.encode())
    place = credentials.place_of(certificate.id)
    db.session.execute(sa.update(StatusList).where(StatusList.number == place.number).values(revocation=signed, suspension=signed))
    return certificate
