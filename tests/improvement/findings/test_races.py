"""Several people apply findings at one moment, and a process dies in the middle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.improvement.findings import operations
from app.improvement.findings.models import Finding, FindingImport
from app.improvement.findings.rules import FileState
from app.learning_record.models import RecordEntry
from app.platform.db import db, transaction
from tests.make import factories, findings
from tests.make.findings import row

pytestmark = pytest.mark.every_run

TIMES = 4


def _at_once(app: Flask, work: Callable[[int], object]) -> None:
    barrier = Barrier(TIMES)

    def run(number: int) -> None:
        with app.app_context():
            barrier.wait()
            with transaction():
                work(number)

    with ThreadPoolExecutor(TIMES) as pool:
        list(pool.map(run, range(TIMES)))


def _counted(app: Flask) -> tuple[int, int]:
    with app.app_context():
        found = db.session.query(Finding).count(), db.session.query(Finding).filter(Finding.is_current).count()
        db.session.rollback()
        return found


def test_a_file_applied_at_once_is_applied_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
        found = findings.read(row("RACE"), row("RACE", "WT-01-Q01")).id
    _at_once(own_app, lambda _number: operations.apply(SYSTEM, found))
    assert _counted(own_app) == (2, 2)
    _at_once(own_app, lambda _number: operations.undo(SYSTEM, found))
    assert _counted(own_app) == (2, 0)
    with own_app.app_context():
        assert db.session.query(RecordEntry).count() == 2


def test_different_files_about_one_question_at_once_leave_one_that_counts(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
        ids = [findings.read(row("RACE", day=f"2026-0{number + 1}-01"), name=f"{number}.csv").id for number in range(TIMES)]
    _at_once(own_app, lambda number: operations.apply(SYSTEM, ids[number]))
    assert _counted(own_app) == (TIMES, 1)
    with own_app.app_context():
        assert db.session.query(Finding).filter(Finding.is_current).one().assessed_on.month == TIMES


@pytest.mark.parametrize("step", ["_settle", "publish", "counted"])
def test_what_dies_while_applying_has_applied_nothing(own_app: Flask, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
        found = findings.read(row("RACE")).id

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, own_app.app_context():
        patched.setattr(operations, step, die)
        with pytest.raises(KeyboardInterrupt), transaction():
            operations.apply(SYSTEM, found)
    assert _counted(own_app) == (0, 0)
    with own_app.app_context():
        assert db.session.get_one(FindingImport, found).state is FileState.PREVIEWED
        assert db.session.query(RecordEntry).count() == 0
    with own_app.app_context(), transaction():
        operations.apply(SYSTEM, found)
    assert _counted(own_app) == (1, 1)
