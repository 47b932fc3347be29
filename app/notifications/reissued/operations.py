"""Telling that certificates were issued anew: the person at once, the factory of all together."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import force_locale

from app.accounts import queries as accounts
from app.accounts.queries import FocalPoint
from app.certificates.models import Certificate
from app.certificates.shown import shown
from app.notifications.operations.certificates import Change, key_of, tell_certificate
from app.notifications.operations.telling import claim
from app.notifications.posting import post
from app.notifications.ready.operations import COLLECTING
from app.notifications.rules import TellingKind, Way
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import ngettext
from app.platform.i18n.languages import best
from app.platform.jobs import enqueue
from app.platform.jobs.rules import slot

LATEST = timedelta(days=1)
"""What was issued anew longer ago is told to nobody who came later."""


def tell_certificate_replaced(certificate_id: int) -> None:
    """Tell the person now, and have it told to the factory with what else is issued anew meanwhile."""
    tell_certificate(certificate_id, Change.REPLACED)
    factory_id = db.session.get_one(Certificate, certificate_id).factory_id
    if factory_id is not None:
        enqueue(
            "notifications.certificates_reissued",
            dedupe=f"notifications.certificates_reissued:{factory_id}:{slot(now(), COLLECTING)}",
            run_at=now() + 2 * COLLECTING,
            factory_id=factory_id,
        )


def tell_factory(factory_id: int) -> None:
    """One list to each of those who speak for the factory, of what they were not told of yet."""
    rows = db.session.scalars(
        sa.select(Certificate)
        .where(
            Certificate.factory_id == factory_id, Certificate.file_key.is_not(None), Certificate.file_key != "",
            Certificate.replaced_at > now() - LATEST, Certificate.revoked_at.is_(None),
        )
        .order_by(Certificate.id)
    ).all()  # fmt: skip
    for point in accounts.focal_points([factory_id]):
        new = [(one, row) for one in rows if (row := _claimed(one, point)) is not None]
        if new:
            _send(new, point)


def _claimed(certificate: Certificate, point: FocalPoint) -> int | None:
    return claim(
        key_of(certificate, Change.REPLACED, f"account:{point.account_id}"), TellingKind.CERTIFICATE, Way.MAIL,
        factory_id=certificate.factory_id, person_id=certificate.person_id, account_id=point.account_id,
    )  # fmt: skip


def _send(new: Sequence[tuple[Certificate, int]], to: FocalPoint) -> None:
    site, ids = settings().base_url, [certificate.replaced_by_id for certificate, _row in new]
    numbers = {
        one.id: one.number for one in db.session.scalars(sa.select(Certificate).where(Certificate.id.in_(ids)))
    }
    with force_locale(best([to.language])):
        rows = [
            (shown(one), shown(one).reason, numbers.get(one.replaced_by_id or 0, ""), f"{site}/certificates/{one.id}")
            for one, _row in new
        ]
    post(
        "certificates_reissued", to,
        lambda: ngettext("%(num)s certificate was issued anew", "%(num)s certificates were issued anew", len(new)),
        kind="certificates.changed", about=f"factory:{to.factory_id}", claimed=[row for _certificate, row in new],
        rows=rows,
    )  # fmt: skip
