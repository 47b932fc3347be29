"""Telling that certificates are ready, each reader once of each."""

from collections.abc import Sequence
from datetime import timedelta

from app.accounts import queries as accounts
from app.accounts.addresses import own_addresses
from app.accounts.queries import FocalPoint
from app.certificates.models import Certificate
from app.certificates.shown import shown
from app.completions.models import Completion
from app.factories.models import Person
from app.notifications.operations.certificates import reachable
from app.notifications.operations.telling import claim
from app.notifications.posting import To, post
from app.notifications.ready import queries
from app.notifications.rules import TellingKind, Way
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _, ngettext
from app.platform.jobs import enqueue
from app.platform.jobs.rules import slot
from app.sessions.models import TrainingSession

COLLECTING = timedelta(minutes=30)
"""What is made within about an hour goes to the factory together: people finish their tests one after the other. Each
half hour has a job of its own, half an hour after it, so that nothing can be made too late for its job.
"""


def tell_certificate_ready(certificate_id: int) -> None:
    """Have it told to the person now, if there is an address, and to the factory with what else is made meanwhile."""
    training_id, factory_id, email = queries.concerned(certificate_id)
    if reachable(email):
        enqueue("notifications.certificate_ready", certificate_id=certificate_id)
    if factory_id is None:
        return
    enqueue(
        "notifications.certificates_ready",
        dedupe=f"notifications.certificates_ready:{training_id}:{factory_id}:{slot(now(), COLLECTING)}",
        run_at=now() + 2 * COLLECTING,
        training_id=training_id,
        factory_id=factory_id,
    )


def tell_holder(certificate_id: int) -> None:
    """One mail to the person, who has an address that nobody else reads; else none. A second time says nothing."""
    certificate = queries.certificate(certificate_id)
    person = db.session.get_one(Person, certificate.person_id) if certificate else None
    address = reachable(person.email) if person and person.erased_at is None else ""
    if not (certificate and person and address and address in own_addresses([person.id])):
        return
    training_id = _training_id(certificate)
    row = claim(
        f"ready:{certificate.id}:person:{person.id}", TellingKind.CERTIFICATE, Way.MAIL,
        training_id=training_id, factory_id=certificate.factory_id, person_id=person.id,
    )  # fmt: skip
    if row is not None:
        to = To(address, person.local_name or person.name, person.language)
        _send("certificate_ready", to, training_id, [(certificate, row)], f"{settings().base_url}/certificates")


def tell_factory(training_id: int, factory_id: int) -> None:
    """One list to each of those who speak for the factory, of what they were not told of yet."""
    made = queries.of_factory(training_id, factory_id)
    page = f"{settings().base_url}/certificates/bundles?training={training_id}"
    for point in accounts.focal_points([factory_id]):
        new = [(one, row) for one in made if (row := _claimed(one, training_id, point)) is not None]
        if new:
            _send("certificates_ready", To(point.email, point.name, point.language), training_id, new, page)


def _claimed(certificate: Certificate, training_id: int, point: FocalPoint) -> int | None:
    return claim(
        f"ready:{certificate.id}:account:{point.account_id}", TellingKind.CERTIFICATE, Way.MAIL,
        training_id=training_id, factory_id=certificate.factory_id, person_id=certificate.person_id,
        account_id=point.account_id,
    )  # fmt: skip


def _training_id(certificate: Certificate) -> int:
    return db.session.get_one(Completion, certificate.completion_id).training_id


def _send(
    template: str, to: To, training_id: int, told: Sequence[tuple[Certificate, int]], page: str
) -> None:
    rows = [shown(certificate) for certificate, _row in told]
    code = db.session.get_one(TrainingSession, training_id).code

    def subject() -> str:
        many = ngettext("%(num)s certificate is ready", "%(num)s certificates are ready", len(rows))
        return str(_("Your certificate is ready") if template == "certificate_ready" else many)

    post(
        template, to, subject, kind="certificates.ready", about=f"training:{training_id}",
        claimed=[row for _certificate, row in told], rows=rows, code=code, page=page,
    )  # fmt: skip
