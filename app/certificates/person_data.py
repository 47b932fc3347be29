"""What certificates hold of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.certificates import retention
from app.certificates.models import Certificate, CertificateNote
from app.completions.person_data import WithCompletion
from app.factories.merging.rows import Rows
from app.platform.db import db

_WHOSE = sa.select(Certificate.person_id).where(Certificate.id == CertificateNote.certificate_id).scalar_subquery()


class CertificatesData(WithCompletion):
    """Certificates go with their completions, as they were printed: the face names the person as it was named then.
    What the office noted of one stays with it.
    """

    tables = (Rows(Certificate, Certificate.person_id), Rows(CertificateNote, _WHOSE, moves=False))

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Only faces whose time has run out: a certificate is a record that others rely on (docs/decisions/0007)."""
        due = retention.due().where(Certificate.person_id.in_(person_ids))
        return retention.forget(list(db.session.scalars(due)))


PERSON_DATA = CertificatesData()
