"""What became of a certificate that people have: told to who speaks for its factory, and to whom it names."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import force_locale

from app.accounts import queries as accounts
from app.certificates.models import Certificate
from app.certificates.rules import verify_address
from app.certificates.shown import Shown, shown
from app.completions.models import Completion
from app.factories.models import Person
from app.notifications.operations.telling import claim
from app.notifications.posting import post
from app.notifications.rules import TellingKind, Way
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import lazy, text
from app.platform.i18n.languages import best
from app.platform.mail.address import AddressError, single_address


class Change(StrEnum):
    """What happened to it."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REPLACED = "replaced"
    REVOKED = "revoked"


SUBJECTS: dict[Change, Any] = {
    Change.SUSPENDED: lazy("Certificate %(number)s is under review"),
    Change.REINSTATED: lazy("Certificate %(number)s holds again"),
    Change.REPLACED: lazy("Certificate %(number)s was issued anew"),
    Change.REVOKED: lazy("Certificate %(number)s was revoked"),
}


class Reader(NamedTuple):
    """Somebody with an address."""

    key: str
    email: str
    name: str
    language: str
    is_holder: bool
    account_id: int | None


def tell_certificate(certificate_id: int, change: Change) -> None:
    """One mail for each change and reader. Nothing of a certificate whose file was never made: nobody has it. What is
    issued anew is told to the factory by `reissued`, in one list.
    """
    certificate = db.session.get_one(Certificate, certificate_id)
    if not certificate.file_key:
        return
    for reader in _readers(certificate):
        if change is Change.REPLACED and not reader.is_holder:
            continue
        about = {
            "factory_id": certificate.factory_id, "person_id": certificate.person_id, "account_id": reader.account_id,
        }  # fmt: skip
        row = claim(key_of(certificate, change, reader.key), TellingKind.CERTIFICATE, Way.MAIL, **about)
        if row is not None:
            _send(row, certificate, change, reader)


def key_of(certificate: Certificate, change: Change, reader: str) -> str:
    """What is told once."""
    return f"certificate:{certificate.id}:{_when(certificate, change)}:{reader}"


def _when(certificate: Certificate, change: Change) -> str:
    """What ends is told once; a review may begin and end several times."""
    moment = {Change.SUSPENDED: certificate.suspended_at, Change.REINSTATED: now()}.get(change)
    return f"{change}:{moment.isoformat()}" if moment else change.value


def _readers(certificate: Certificate) -> Iterator[Reader]:
    addresses = set()
    for point in accounts.focal_points([certificate.factory_id] if certificate.factory_id else []):
        addresses.add(point.email)
        key = f"account:{point.account_id}"
        yield Reader(key, point.email, point.name, point.language, is_holder=False, account_id=point.account_id)
    person = db.session.get_one(Person, certificate.person_id)
    address = reachable(person.email)
    if address and address not in addresses and person.erased_at is None:
        name = person.local_name or person.name
        yield Reader(f"person:{person.id}", address, name, person.language, is_holder=True, account_id=None)


def reachable(email: str | None) -> str:
    """The address, or nothing when a roster holds what is none."""
    try:
        return single_address((email or "").strip()).lower()
    except AddressError:
        return ""


def _send(row: int, certificate: Certificate, change: Change, reader: Reader) -> None:
    said: Shown = shown(certificate)
    language, site, other = best([reader.language]), settings().base_url, certificate.replaced_by_id
    training_id = db.session.get_one(Completion, certificate.completion_id).training_id
    with force_locale(language):
        reason = said.reason
    post(
        "certificate_changed", reader, lambda: str(SUBJECTS[change]) % {"number": certificate.number},
        kind="certificates.changed", about=f"training:{training_id}", claimed=[row], change=change.value,
        number=certificate.number, holder=said.face.latin_name, course=text(said.course, language), reason=reason,
        is_holder=reader.is_holder, new=db.session.get_one(Certificate, other).number if other else "",
        page=verify_address(site, certificate.code) if reader.is_holder else f"{site}/certificates/{certificate.id}",
    )  # fmt: skip
