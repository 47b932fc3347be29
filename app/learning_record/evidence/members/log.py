"""What was done about the factory, as the log says it: verbs, days and numbers of accounts - no names, no details."""

import sqlalchemy as sa

from app.learning_record.evidence.source import Source, Table
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.i18n import _
from app.platform.tables.writing import Cell

_ROOMS = (
    "attendance", "cascade", "certificates", "committees", "coverage", "factories", "factory_certificates",
    "headcounts", "record", "evidence", "waivers", "service",
)  # fmt: skip
"""What else is logged of a factory is not evidence of its training."""


def table(source: Source) -> Table:
    """One statement."""
    about = source.about
    rows = db.session.execute(
        sa.select(AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.account_id)
        .where(
            AuditEntry.subject == f"factory:{about.factory_id}", AuditEntry.at >= about.begins,
            AuditEntry.at < min(about.ends, about.known),
        )
        .order_by(AuditEntry.id)
    )  # fmt: skip
    found: list[list[Cell]] = [
        [id_, about.moment(at), action, f"account:{account_id}" if account_id else _("the site itself")]
        for id_, at, action, account_id in rows if action.partition(".")[0] in _ROOMS
    ]  # fmt: skip
    return Table("log", _("Extract of the log"), [_("Entry"), _("At"), _("What was done"), _("Who")], found)
