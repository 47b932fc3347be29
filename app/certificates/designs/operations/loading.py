"""Which design a verb works on."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.certificates.designs.models import CertificateSignatory, Design
from app.certificates.designs.queries import designs as queries
from app.platform.db import db


def hold(actor: Actor, design_id: int) -> Design:
    """The design, held until the end of the transaction: of two editors the second waits. Raises NotFound."""
    queries.design(actor, design_id)
    held = sa.select(Design).where(Design.id == design_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(held).one()


def hold_signatory(actor: Actor, signatory_id: int) -> CertificateSignatory:
    """Somebody who signs, held likewise. Raises NotFound."""
    queries.signatory(actor, signatory_id)
    held = sa.select(CertificateSignatory).where(CertificateSignatory.id == signatory_id).with_for_update()
    return db.session.scalars(held.execution_options(populate_existing=True)).one()
