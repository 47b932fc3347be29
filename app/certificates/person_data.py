"""What certificates hold of a person."""

from collections.abc import Collection

from app.certificates import retention
from app.certificates.models import Certificate
from app.completions.person_data import WithCompletion
from app.factories.merging.rows import Rows
from app.platform.db import db


class CertificatesData(WithCompletion):
    """Certificates go with their completions, as they were printed: the face names the person as it was named then."""

    tables = (Rows(Certificate, Certificate.person_id),)

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Only faces whose time has run out: a certificate is a record that others rely on (docs/decisions/0007)."""
        due = retention.due().where(Certificate.person_id.in_(person_ids))
        return retention.forget(list(db.session.scalars(due)))


PERSON_DATA = CertificatesData()
