"""Taking out the list of what ends."""

from app.access.actor import Actor
from app.certificates.validity import renewals
from app.certificates.validity.renewals import Renewal, RenewalFilter
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused

MOST = 20_000
"""Rows of one table."""


def export_renewals(actor: Actor, chosen: RenewalFilter) -> list[Renewal]:
    """What a filter shows, to be taken out as a table. Raises Refused when there is none, or too many."""
    found = renewals.renewals(db.session.execute(renewals.listed(actor, chosen).limit(MOST + 1)).all())
    if not found:
        raise Refused(_("There is no such certificate."))
    if len(found) > MOST:
        raise Refused(_("This list is too long for one table. Choose fewer, for example one factory or one year."))
    audit.record(actor, "certificates.export_renewals", f"account:{actor.account_id}", certificates=len(found))
    return found
