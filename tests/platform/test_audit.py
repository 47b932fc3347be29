"""Logs only grow: the database itself refuses to change them."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.access.actor import SYSTEM
from app.platform import audit
from app.platform.audit.models import AuditEntry
from app.platform.db import db


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_log_refuses_changes(app: Flask, change: str) -> None:
    audit.record(SYSTEM, "tests.do", "thing:1", count=3)
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(sa.text(change))
    db.session.rollback()
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.action, entry.details) == ("tests.do", {"count": 3})


def test_what_somebody_did_is_found_without_reading_the_whole_log(own_app: Flask) -> None:
    with own_app.app_context():
        indexes = sa.inspect(db.engine).get_indexes("audit_entry")
        assert ["person_id"] in [index["column_names"] for index in indexes]
