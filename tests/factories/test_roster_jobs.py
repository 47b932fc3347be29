"""Large rosters: sent in a request, read and applied by jobs, and the file itself kept no longer than that."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories import jobs, operations
from app.factories.models import Employment, Person, RosterImport
from app.factories.operations import receiving
from app.factories.roster.size import LARGE_ROWS, is_large
from app.factories.rules import ImportState
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from app.platform.files import uploads
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from app.platform.tables import write_xlsx
from tests.browse import Browse
from tests.factories.samples import ROSTERS
from tests.factories.test_views import manager, send
from tests.make import accounts, factories

pytestmark = pytest.mark.slow
HEADINGS = ["Employee No", "Name", "National ID", "Sex"]
ROWS = [[f"{number:05d}", f"Rina Begum {number}", f"88123456{number:05d}", "F"] for number in range(LARGE_ROWS + 100)]
LARGE = "\n".join(",".join(row) for row in [HEADINGS, *ROWS]).encode()


def files_of(app: Flask) -> list[Path]:
    return [path for path in Path(app.extensions["uploads"].folder).rglob("*") if path.is_file()]


def counted(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_what_is_large() -> None:
    assert is_large(LARGE) and is_large(LARGE.replace(b"\n", b"\r"))
    assert is_large(write_xlsx(HEADINGS, [[*row, "Line 1", "Operator", "2020-01-01", "01700000000"] for row in ROWS * 2]))
    assert not is_large(write_xlsx(HEADINGS, ROWS[:100])) and not is_large(b"Employee No,Name\n1,N\n")
    assert not is_large(b"PK\x03\x04 broken") and not is_large(b"")
    assert not any(is_large(path.read_bytes()) for path in ROSTERS), "what the samples hold is read at once"


def test_read_and_applied_by_jobs(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            factory = factories.factory("LARGE")
            account = accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme)
            actor = accounts.actor(account)
            import_id = operations.receive_roster(actor, factory, "list.csv", LARGE).id
        assert len(files_of(own_app)) == 1, "kept until it is read"
    worker_of(own_app).run_until_idle()
    with own_app.app_context():
        found = db.session.get_one(RosterImport, import_id)
        assert (found.state, found.counts["accepted"], found.rows_done) == (ImportState.PREVIEWED, len(ROWS), LARGE_ROWS)
        assert files_of(own_app) == [], "the file is forgotten once it is read"
        stored = [path.read_bytes() for path in Path(own_app.extensions["files"].folder).rglob("*") if path.is_file()]
        assert any(b"Rina Begum 77" in content for content in stored)
        assert not any(b"8812345600077" in content for content in stored)
        assert counted(Person) == 0
        db.session.remove()
        with transaction():
            assert operations.start_applying(actor, import_id, frozenset(), frozenset()).state == ImportState.WORKING
            assert operations.start_applying(actor, import_id, frozenset(), frozenset()).state == ImportState.WORKING
    worker_of(own_app).run_until_idle()
    with own_app.app_context():
        assert db.session.get_one(RosterImport, import_id).state == ImportState.APPLIED
        assert counted(Person) == counted(Employment) == len(ROWS)
        assert list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id))) == [
            "factories.preview_roster", "factories.apply_roster",
        ]
        assert set(db.session.scalars(sa.select(AuditEntry.account_id))) == {actor.account_id}
        assert set(db.session.scalars(sa.select(Job.done_at.is_not(None)))) == {True}
        db.session.remove()
        with transaction():
            assert operations.undo_roster(actor, import_id).counts["undone"] == {"removed": len(ROWS), "kept": 0}
        assert counted(Person) == counted(Employment) == 0


def test_a_page_shows_how_far_it_is(browse: Browse, app: Flask) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    sent = send(browser, factory, "list.csv", LARGE)
    assert sent.status == 303
    page = browser.get(sent.location)
    assert "is being read" in page.text and page.all("progress")
    assert "In work" in browser.get(f"/factories/{factory.code}/roster").text
    assert browser.post(f"{sent.location}/application").status == 303, "nothing to apply yet, nothing happens"
    row = db.session.scalar(sa.select(RosterImport))
    job = db.session.scalar(sa.select(Job).where(Job.kind == "rosters.read"))
    jobs._teller(row.id)(1000, 2100)
    asked = browser.get(f"{sent.location}/progress")
    assert asked.location == sent.location, "without script the whole page is asked for again"
    db.session.expire_all()
    jobs.read(**job.payload).write()
    db.session.flush()
    preview = browser.get(sent.location)
    assert "What the staff list changes" in preview.text and "2,100" in preview.text
    browser.post(f"{sent.location}/application")
    assert "is being applied" in browser.get(sent.location).text
    job = db.session.scalar(sa.select(Job).where(Job.kind == "rosters.apply"))
    jobs.apply(**job.payload).write()
    assert "Applied staff list" in browser.get(sent.location).text
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    assert advisor.get(f"{sent.location}/progress").status == 404


def test_a_large_file_that_cannot_be_used(browse: Browse) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    address = send(browser, factory, "list.csv", LARGE.replace(b"Employee No", b"Something").replace(b"Name", b"Other")).location
    job = db.session.scalar(sa.select(Job).where(Job.kind == "rosters.read"))
    jobs.read(**job.payload).write()
    page = browser.get(address)
    assert page.status == 200 and "Please check this" in page.text
    assert {"employee_number", "name"} <= {field.get("name") for field in page.all("select")}
    assert "Could not be read" in browser.get(f"/factories/{factory.code}/roster").text
    forget = db.session.scalar(sa.select(Job).where(Job.kind == "rosters.forget"))
    jobs.forget(**forget.payload)
    with pytest.raises(Exception, match=job.payload["upload"]):
        uploads().get(job.payload["upload"])
    jobs.forget(**forget.payload)


def test_an_upload_that_is_gone_is_said(app: Flask) -> None:
    factory = factories.factory()
    found = operations.receive_roster(SYSTEM, factory, "list.csv", LARGE)
    job = db.session.scalar(sa.select(Job))
    uploads().forget(job.payload["upload"])
    jobs.read(**job.payload).write()
    assert (found.state, found.counts["reason"]) == (ImportState.REFUSED, "not_read")


def test_overtaken_while_it_waited(app: Flask) -> None:
    factory = factories.factory()
    found = operations.preview_roster(SYSTEM, factory, "list.csv", LARGE)
    other = operations.preview_roster(SYSTEM, factory, "x.csv", b"Employee No,Name\n1,Rina Begum\n")
    operations.start_applying(SYSTEM, found.id, frozenset(), frozenset())
    operations.start_applying(SYSTEM, other.id, frozenset(), frozenset())
    jobs.apply(**db.session.scalar(sa.select(Job)).payload).write()
    db.session.expire_all()
    assert (found.state, found.applied_at) == (ImportState.PREVIEWED, None)
    assert counted(Person) == 1


def test_what_nobody_finished_is_swept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    unread = operations.receive_roster(SYSTEM, factory, "list.csv", LARGE)
    unapplied = operations.preview_roster(SYSTEM, factory, "list.csv", LARGE)
    operations.start_applying(SYSTEM, unapplied.id, frozenset(), frozenset())
    fresh = operations.receive_roster(SYSTEM, factory, "list.csv", LARGE)
    keys = {job.payload["import_id"]: job.payload["upload"] for job in db.session.scalars(sa.select(Job).where(Job.kind == "rosters.read"))}
    for row in (unread, unapplied):
        row.work_began_at -= receiving.LONGEST_WORK + timedelta(minutes=1)
    old = uploads().folder / keys[unread.id][:2] / keys[unread.id]
    os.utime(old, (time.time() - 90_000,) * 2)
    jobs.sweep().write()
    assert (unread.state, unapplied.state, fresh.state) == ("refused", "previewed", "working")
    assert not old.exists() and uploads().get(keys[fresh.id]) == LARGE


def test_an_old_preview_that_is_being_applied_is_not_given_up(app: Flask) -> None:
    found = operations.preview_roster(SYSTEM, factories.factory(), "list.csv", LARGE)
    found.created_at -= 2 * receiving.LONGEST_WORK
    operations.start_applying(SYSTEM, found.id, frozenset(), frozenset())
    jobs.sweep().write()
    jobs.apply(**db.session.scalar(sa.select(Job)).payload).write()
    db.session.expire_all()
    assert (found.state, counted(Person)) == (ImportState.APPLIED, len(ROWS))


@pytest.mark.every_run
def test_giving_up_takes_nothing_from_who_was_quicker(own_app: Flask) -> None:
    """Somebody applies while the sweep is about to give up."""
    with own_app.app_context(), transaction():
        found = operations.preview_roster(SYSTEM, factories.factory(), "list.csv", LARGE)
        import_id = found.id
        operations.start_applying(SYSTEM, import_id, frozenset(), frozenset())
        found.work_began_at -= 2 * receiving.LONGEST_WORK
    barrier = Barrier(2)

    def act(verb: Callable[[], None]) -> None:
        with own_app.app_context():
            barrier.wait()
            with transaction():
                verb()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, (lambda: operations.apply_kept(SYSTEM, import_id, [], []), operations.give_up)))
    with own_app.app_context():
        state = db.session.get_one(RosterImport, import_id).state
        assert (state, counted(Person)) in {(ImportState.APPLIED, len(ROWS)), (ImportState.PREVIEWED, 0)}


def test_reading_holds_no_write_lock(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a job reads, somebody else writes."""
    with own_app.app_context():
        with transaction():
            import_id = operations.receive_roster(SYSTEM, factories.factory("LARGE"), "list.csv", LARGE).id
        seen = []

        def tell(done: int, total: int) -> None:
            usual(done, total)
            with own_app.app_context(), transaction():
                factories.factory(f"W{done}")
                seen.append(db.session.get_one(RosterImport, import_id).rows_done)

        usual = jobs._teller(import_id)
        monkeypatch.setattr(jobs, "_teller", lambda _id: tell)
    worker_of(own_app).run_until_idle()
    assert seen == [0, 500, 1000, 1500, 2000]
