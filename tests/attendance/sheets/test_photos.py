"""Photos of signed sheets: kept once, clean, with who and when, and let go."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance.sheets.models import SheetPhoto
from app.attendance.sheets.operations import MOST_OF_A_HALF_DAY, PhotoClash, keep_photo, withdraw_photo
from app.platform.audit.models import AuditEntry
from app.platform.clock import telling
from app.platform.db import db, transaction
from app.platform.files import FileMissing, single
from app.platform.files.photos import PhotoFault, PhotoKind, PhotoRefused
from app.platform.jobs.models import Job
from app.platform.refusal import NotFound, Refused
from app.privacy import jobs, operations, retention
from app.sessions import operations as sessions
from app.sessions.rules import TrainingState
from tests.attendance.conftest import Hall
from tests.make import accounts, attendance, factories, lessons
from tests.platform.photos.test_clean import png

PHOTO_ID = "ab" * 16
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)


def test_a_photo_is_kept_with_who_and_when_and_without_what_the_camera_tells(hall: Hall) -> None:
    sent, site = lessons.photo(), hall.training.sites[0]
    row = keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, sent, site_id=site.id, device_at=AT)
    assert (row.meeting_id, row.site_id, row.account_id) == (hall.meetings[0].id, site.id, hall.account.id)
    assert (row.kind, row.sha, row.device_at) == (PhotoKind.JPEG, hashlib.sha256(sent).hexdigest(), AT)
    stored = single.kept(row.file_key)
    assert stored.startswith(b"\xff\xd8\xff")
    assert b"zqcamera" not in stored
    [logged] = db.session.query(AuditEntry).filter_by(action="attendance.keep_photo")
    assert logged.details == {"photo": row.id}


def test_the_same_again_is_one_and_another_under_its_id_is_refused(hall: Hall) -> None:
    first, other = lessons.photo(), lessons.photo(mark="zqother")
    row = keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, first)
    key = row.file_key
    assert keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, first).id == row.id
    for meeting, data in ((hall.meetings[0], other), (hall.meetings[1], first)):
        with pytest.raises(PhotoClash):
            keep_photo(hall.trainer, meeting.id, PHOTO_ID, data)
    assert (db.session.query(SheetPhoto).count(), row.file_key) == (1, key)
    assert db.session.query(AuditEntry).filter_by(action="attendance.keep_photo").count() == 1


def test_two_equal_photos_are_two_files(hall: Hall) -> None:
    rows = [keep_photo(hall.trainer, hall.meetings[0].id, token_hex(16), lessons.photo()) for _ in range(2)]
    assert rows[0].file_key != rows[1].file_key


def test_somebody_signed_whatever_became_of_the_half_day(hall: Hall) -> None:
    sessions.cancel_meeting(SYSTEM, hall.training.id, 1)
    keep_photo(hall.trainer, hall.meetings[0].id, token_hex(16), lessons.photo())
    hall.training.state = TrainingState.CLOSED
    keep_photo(hall.trainer, hall.meetings[1].id, token_hex(16), lessons.photo())
    assert db.session.query(SheetPhoto).count() == 2


def test_a_foreign_site_is_left_open(hall: Hall) -> None:
    elsewhere = attendance.training().sites[0]
    for site_id in (elsewhere.id, 10**6, None):
        assert keep_photo(hall.trainer, hall.meetings[0].id, token_hex(16), lessons.photo(), site_id=site_id).site_id is None


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PhotoFault.UNKNOWN), (b"<svg onload=alert(1)>", PhotoFault.UNKNOWN), (b"GIF89a;", PhotoFault.UNKNOWN),
        (b"\xff\xd8\xff<html><script>alert(1)</script>", PhotoFault.BROKEN), (png(50_000, 50_000), PhotoFault.TOO_MANY_PIXELS),
        (b"\x89PNG\r\n\x1a\n<html>", PhotoFault.BROKEN), (b"\xff\xd8\xff" + bytes(13 << 20), PhotoFault.TOO_LARGE),
        (lessons.photo("WEBP"), PhotoFault.UNKNOWN), (lessons.photo()[:-40], PhotoFault.BROKEN), (b"%PDF-1.7", PhotoFault.UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_no_photo_leaves_nothing(hall: Hall, data: bytes, fault: PhotoFault) -> None:
    with pytest.raises(PhotoRefused) as refusal:
        keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, data)
    assert refusal.value.fault is fault
    assert db.session.query(SheetPhoto).count() == 0


@pytest.mark.parametrize("photo_id", ["", "AB" * 16, "ab" * 15, "zz" * 16, "ab" * 16 + "\n"])
def test_an_id_that_is_none_is_refused(hall: Hall, photo_id: str) -> None:
    with pytest.raises(Refused):
        keep_photo(hall.trainer, hall.meetings[0].id, photo_id, lessons.photo())


def test_only_who_marks_keeps_photos_and_takes_them_back(hall: Hall) -> None:
    row = keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, lessons.photo())
    other_trainer = accounts.actor(accounts.account(Role.TRAINER, programme=hall.programme))
    speaker = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=hall.factory))
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme))
    for actor in (other_trainer, speaker):
        with pytest.raises(NotFound):
            keep_photo(actor, hall.meetings[0].id, token_hex(16), lessons.photo())
        with pytest.raises(NotFound):
            withdraw_photo(actor, hall.meetings[0].id, row.id)
    keep_photo(manager, hall.meetings[0].id, token_hex(16), lessons.photo())


def test_taken_back_it_is_gone_and_that_it_was_there_stays(hall: Hall) -> None:
    row = keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, lessons.photo())
    key = row.file_key
    with pytest.raises(NotFound):
        withdraw_photo(hall.trainer, hall.meetings[1].id, row.id)
    for _ in range(2):
        withdraw_photo(hall.trainer, hall.meetings[0].id, row.id)
    [job] = db.session.query(Job).filter_by(kind="privacy.delete_file")
    jobs.delete_file(job.payload["key"]).write()
    with pytest.raises(FileMissing):
        single.kept(key)
    assert row.file_key is None
    assert db.session.query(AuditEntry).filter_by(action="attendance.withdraw_photo").count() == 1
    assert keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, lessons.photo()).file_key is None, "a late repeat brings nothing back"


def test_a_disk_is_not_filled(hall: Hall) -> None:
    rows = [
        {"sent_id": token_hex(16), "sha": "0" * 64, "meeting_id": hall.meetings[0].id, "kind": PhotoKind.PNG, "at": AT}
        for _ in range(MOST_OF_A_HALF_DAY)
    ]
    db.session.execute(SheetPhoto.__table__.insert(), rows)
    with pytest.raises(Refused, match="too many photos"):
        keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, lessons.photo())


def test_kept_long_enough_they_are_let_go(hall: Hall) -> None:
    with telling(AT):
        row = keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, lessons.photo())
    with telling(AT + timedelta(days=36 * 31)):
        assert retention.report([hall.programme.id])["sheets"] == 1
        assert retention.report([factories.programme("VN").id])["sheets"] == 0
        [kind] = [kind for kind in retention.KINDS if kind.key == "sheets"]
        assert (retention.let_go(SYSTEM, kind), retention.let_go(SYSTEM, kind)) == (1, 0)
    assert (row.file_key, db.session.query(Job).filter_by(kind="privacy.delete_file").count()) == (None, 1)


def test_photos_go_with_the_last_person_on_them(hall: Hall) -> None:
    row = keep_photo(hall.trainer, hall.meetings[0].id, PHOTO_ID, lessons.photo())
    first, *others = (person.id for person in hall.people)
    operations.pseudonymise(SYSTEM, first)
    assert row.file_key
    for person_id in others:
        operations.pseudonymise(SYSTEM, person_id)
    db.session.expire_all()
    assert row.file_key is None


@pytest.mark.slow
def test_many_posts_at_once_are_one_photo(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        made = Hall()
        actor, meeting_id = made.trainer, made.meetings[0].id
    sent, ids, gate = lessons.photo(), [], threading.Barrier(8)

    def post() -> None:
        with own_app.app_context():
            gate.wait()
            with transaction():
                ids.append(keep_photo(actor, meeting_id, PHOTO_ID, sent).id)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with own_app.app_context():
        assert (len(ids), len(set(ids)), db.session.query(SheetPhoto).count()) == (8, 1, 1)
        assert db.session.query(AuditEntry).filter_by(action="attendance.keep_photo").count() == 1
