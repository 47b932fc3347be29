"""What has been kept long enough goes, the day it has, and nothing else."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.models import Certificate
from app.factories.models import Employment, Person, RosterImport
from app.factories.rules import ImportState
from app.platform.audit.models import AuditEntry
from app.platform.clock import months_before, telling
from app.platform.db import db
from app.platform.files import FileMissing, files
from app.privacy import jobs, retention
from app.quizzes.models import Answer, Attempt
from tests.make import certificates as make_certificates
from tests.make import completions, courses, factories, people

AT = completions.AT
DAY = timedelta(days=1)


def let_go() -> dict[str, int]:
    """Everything that is due, a few at a time, as the worker and the command do; how much of each kind."""
    return {kind.key: sum(iter(partial(retention.let_go, SYSTEM, kind), 0)) for kind in retention.KINDS}


def later(months: int) -> datetime:
    """So many months after the training."""
    year, month = divmod(AT.year * 12 + AT.month - 1 + months, 12)
    return AT.replace(year=year, month=month + 1)


def one(**values: object) -> Person:
    version = courses.version()
    return people.trained(factories.factory(), version, people.training(version), **values)


def left(person: Person, on: date) -> Person:
    db.session.query(Employment).filter_by(person_id=person.id).update({"ended_on": on})
    db.session.flush()
    return person


def test_answers(app: Flask) -> None:
    person = one()
    with telling(later(24) - DAY):
        assert let_go()["answers"] == 0
    with telling(later(24)):
        assert retention.report()["answers"] == 3
        assert let_go()["answers"] == 3
        assert let_go()["answers"] == 0
    assert db.session.query(Answer).count() == 0
    assert db.session.query(Attempt).filter_by(person_id=person.id).one().score == 3


def test_contacts_of_leavers_only(app: Flask) -> None:
    gone, here = left(one(phone="+85511111111"), AT.date()), one(phone="+85522222222")
    with telling(later(6) - DAY):
        assert let_go()["contacts"] == 0
    with telling(later(6) + DAY):
        assert let_go()["contacts"] == 1
    db.session.expire_all()
    assert (gone.phone, here.phone) == (None, "+85522222222")


def test_staff_lists(app: Flask) -> None:
    factory, key = factories.factory(), files().put(b"rows")
    for state in (ImportState.APPLIED, ImportState.PREVIEWED):
        db.session.add(
            RosterImport(
                factory_id=factory.id, file_name="a.xlsx", file_key=key, state=state, choices={}, counts={"applied": {}},
                account_id=None, created_at=AT, applied_at=AT, rows_done=None, undo={"people": [1]},
            )
        )
    db.session.flush()
    with telling(later(24)):
        assert let_go()["rosters"] == 2
    [kept] = db.session.query(RosterImport).all()
    assert (kept.file_key, kept.undo, kept.counts) == ("", None, {"applied": {}})
    jobs.delete_file(key).write()
    with pytest.raises(FileMissing):
        files().get(key)


def test_a_file_that_something_else_needs_stays(app: Flask) -> None:
    kept = make_certificates.drawn(make_certificates.certificate())
    jobs.delete_file(kept.file_key).write()
    assert files().get(kept.file_key)


def test_people_and_certificates_after_validity_and_five_years(app: Flask) -> None:
    gone, here = left(one(name="Gone Person"), AT.date()), one()
    ends = AT + timedelta(days=730)  # as the builder of completions has it
    due = ends.replace(year=ends.year + 5)
    with telling(due - DAY):
        counts = let_go()
        assert (counts["people"], counts["certificates"]) == (0, 0)
    with telling(due + DAY):
        counts = let_go()
    assert counts["people"] == 1
    db.session.expire_all()
    assert gone.name == f"P-{gone.id:06d}"
    assert here.erased_at is None
    assert [row.file_key for row in db.session.query(Certificate)] == ["", ""]  # of both: they ran out
    face = people.certificate_of(gone)
    assert (face.face["latin_name"], face.face["local_name"], face.file_key) == (gone.name, "", "")
    assert face.number in json.dumps(face.face)


def test_a_report_counts_the_own_programmes_only(app: Flask) -> None:
    left(one(phone="+85511111111"), AT.date())
    other = factories.programme("VN")
    with telling(later(7)):
        assert retention.report([factories.programme().id])["contacts"] == 1
        assert retention.report([other.id]) == dict.fromkeys(retention.report(), 0)


def test_what_went_is_logged_in_numbers(app: Flask) -> None:
    one()
    with telling(later(24)):
        jobs.retain().write()
    db.session.flush()
    entry = db.session.query(AuditEntry).filter_by(action="privacy.retain", subject="kind:answers").one()
    assert entry.details == {"rows": 3, "months": 24}


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 24, (2024, 1, 15)), ((2024, 2, 29), 12, (2023, 2, 28))],
)
def test_months_before(moment: tuple[int, int, int], months: int, before: tuple[int, int, int]) -> None:
    assert months_before(datetime(*moment, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)


def test_command(app: Flask) -> None:
    one()
    db.session.commit()
    run: Callable[..., object] = app.test_cli_runner().invoke
    with telling(later(24)):
        said = json.loads(run(args=["privacy", "retain", "--dry-run", "--json"]).output)
    assert said["kinds"]["answers"]["months"] == 24
    assert said["dry_run"] is True
