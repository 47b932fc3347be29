"""Headcounts that were there before corrections had numbers, and back again, on both engines."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.platform.db import db, migrate, transaction
from tests.make import factories

BEFORE, WITH_NUMBERS = "0006", "0007"
ROW = "INSERT INTO headcount (factory_id, as_of, source, received_at) VALUES (:factory, '2026-01-31', :source, '2026-02-01 00:00:00')"


def _rows(columns: str) -> list[tuple[object, ...]]:
    found = [tuple(row) for row in db.session.execute(sa.text(f"SELECT {columns} FROM headcount ORDER BY id"))]
    db.session.rollback()
    return found


@pytest.mark.slow
def test_earlier_headcounts_get_their_numbers_and_keep_them_apart(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory().id
    with own_app.app_context():
        migrate.downgrade(db.engine, BEFORE)
        with db.engine.begin() as connection:
            connection.execute(sa.text(ROW), [{"factory": factory, "source": source} for source in ("declared", "revised")])
        migrate.upgrade(db.engine, WITH_NUMBERS)
        assert [(number, bool(revised)) for number, revised in _rows("number, is_revision")] == [(1, False), (2, True)]
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE headcount SET source = 'payroll'"))
        migrate.downgrade(db.engine, BEFORE)
        assert _rows("source") == [("payroll 1",), ("payroll",)], "nothing is lost on the way back"
        migrate.upgrade(db.engine)
        assert len(_rows("number")) == 2 and migrate.differences(db.engine) == []
