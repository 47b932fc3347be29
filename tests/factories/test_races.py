"""Two people apply at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.factories import operations, queries
from app.factories.models import Employment, Person
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from tests.make import factories

pytestmark = pytest.mark.every_run

TIMES = 4


def _preview(app: Flask, rows: str) -> int:
    with app.app_context(), transaction():
        factory = queries.factory_by_code(SYSTEM, "RACE")
        data = f"Employee No,Name\n{rows}".encode()
        return operations.preview_roster(SYSTEM, factory, "list.csv", data).id


def _apply_at_once(app: Flask, import_ids: list[int]) -> list[str]:
    barrier = Barrier(len(import_ids))

    def apply(import_id: int) -> str:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    return str(operations.apply_roster(SYSTEM, import_id).state)
            except Refused:
                return "refused"

    with ThreadPoolExecutor(len(import_ids)) as pool:
        return sorted(pool.map(apply, import_ids))


def _begin(app: Flask) -> None:
    with app.app_context(), transaction():
        factories.factory("RACE")


def _counts(app: Flask) -> list[int]:
    with app.app_context():
        return [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (Person, Employment)]


def test_one_preview_applied_at_once_is_applied_once(own_app: Flask) -> None:
    _begin(own_app)
    found = _preview(own_app, "1,Rina Begum\n2,Abdul Karim\n")
    assert _apply_at_once(own_app, [found] * TIMES) == ["applied"] * TIMES
    assert _counts(own_app) == [2, 2]
    with own_app.app_context():
        applied = sa.select(sa.func.count()).where(AuditEntry.action == "factories.apply_roster")
        assert db.session.scalar(applied) == 1


@pytest.mark.slow
def test_of_several_previews_one_wins(own_app: Flask) -> None:
    _begin(own_app)
    found = [_preview(own_app, f"1,Rina Begum\n{number},Somebody Else\n") for number in range(2, 2 + TIMES)]
    assert _apply_at_once(own_app, found) == ["applied", *["refused"] * (TIMES - 1)]
    assert _counts(own_app) == [2, 2]
