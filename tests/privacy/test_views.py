"""The notice at the first sign-in; the pages of privacy; twins that must not see each other."""

import io
import json
import zipfile

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts import notices as accounts_notices
from app.accounts.models import NoticeShown
from app.accounts.notices import NOTICE_VERSION
from app.factories.models import Person
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.privacy.views import notice as views
from tests.browse import Browse, fill
from tests.make import accounts, certificates, courses, factories, people, quizzes


@pytest.fixture
def manager(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


@pytest.fixture
def stranger(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("VN")))


def unread(browse: Browse) -> Browse:
    with browse.client.session_transaction() as cookie:
        cookie.pop("notice")
    return browse


def test_the_notice_comes_first_and_once(app: Flask, browse: Browse) -> None:
    person = factories.person(factories.factory(), language="en")
    phone = unread(browse.as_person(person.id))
    assert phone.get("/").location == "/notice"
    page = phone.get("/notice", headers={"Accept-Language": "km"})  # the person's own language wins
    assert "I have read it" in page.text
    assert phone.get("/").status == 303  # looking at it is not reading it
    assert phone.post("/notice", {"next": "/"}).location == "/"
    [shown] = db.session.query(NoticeShown).filter_by(person_id=person.id)
    assert (shown.version, shown.account_id) == (NOTICE_VERSION, None)
    assert phone.get("/").status == 200
    phone.post("/notice")
    assert db.session.query(NoticeShown).filter_by(person_id=person.id).count() == 1
    again = unread(browse.as_person(person.id))
    assert again.get("/").status == 200
    assert "I have read it" not in again.get("/notice").text


@pytest.mark.parametrize("language", ["km", "ar"])
def test_by_the_code_of_a_training_the_notice_leads_on_to_the_quiz(browse: Browse, language: str) -> None:
    """Once for each version, and never in the middle of a quiz."""
    room = quizzes.room(language=language)
    phone, other = Browse(browse.app), Browse(browse.app)
    for device in (phone, other):
        device.post(f"/join/{room.training.code}", {"person": str(room.person.id), "pin": quizzes.PIN})
    assert phone.get("/attempts").location == "/notice?next=/attempts"
    begun = phone.post("/attempts").location
    assert phone.get(begun).status == 200, "a quiz that was begun goes on"
    action, data = fill(phone.get("/notice?next=/attempts"), "/notice")
    assert phone.post(action, data).location == "/attempts"
    assert (phone.get("/attempts").status, other.get("/attempts").status) == (200, 200)
    [shown] = db.session.query(NoticeShown).filter_by(person_id=room.person.id)
    assert (shown.version, shown.language) == (NOTICE_VERSION, language)


def test_a_new_version_is_shown_again(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    room = quizzes.room(language="km")
    phone = browse.as_person(room.person.id, room.training.id)
    phone.post("/notice")
    for module in (accounts_notices, views):
        monkeypatch.setattr(module, "NOTICE_VERSION", "2030-01")
    assert phone.get("/attempts").location == "/notice?next=/attempts"
    phone.post("/notice", {"next": "/attempts"})
    assert phone.get("/attempts").status == 200
    assert [row.version for row in db.session.query(NoticeShown).order_by(NoticeShown.id)] == [NOTICE_VERSION, "2030-01"]


def test_on_a_kiosk_the_notice_is_shown_to_each_person_and_locks_like_every_page(browse: Browse) -> None:
    room = quizzes.room(language="km")
    tablet = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    tablet.post(f"/sessions/{room.training.id}/kiosk")
    for person in (room.person, room.another(language="ar")):
        assert tablet.post("/kiosk", {"person": str(person.id), "pin": quizzes.PIN}).location == "/"
        assert tablet.get("/").location == "/notice"
        page = tablet.get("/notice").response.text
        assert 'id="idle-lock"' in page
        assert "url=/kiosk" in page
        tablet.post("/notice")
        assert tablet.get("/").status == 200
        tablet.post("/handover")
    assert [row.language for row in db.session.query(NoticeShown).order_by(NoticeShown.id)] == ["km", "ar"]


def test_the_notice_is_noted_in_the_language_in_which_it_was_read(app: Flask, browse: Browse) -> None:
    account = accounts.account(Role.TRAINER, programme=factories.programme(), language="vi")
    desk = unread(browse.as_account(account))
    assert desk.get("/").location == "/notice"
    desk.post("/notice", {"next": "https://evil.example/"})
    assert db.session.query(NoticeShown).filter_by(account_id=account.id).one().language == "vi"


def test_anybody_may_read_the_notice(browse: Browse) -> None:
    page = browse.get("/notice")
    assert page.status == 200
    assert "I have read it" not in page.text
    assert browse.post("/notice").status == 401


def test_what_is_kept_for_how_long(manager: Browse) -> None:
    page = manager.get("/privacy")
    assert page.status == 200
    assert "24 months" in page.text


def test_all_data_of_a_person(app: Flask, manager: Browse, stranger: Browse) -> None:
    person = people.trained(factories.factory(), (version := courses.version()), people.training(version))
    certificates.drawn(people.certificate_of(person))
    address = f"/people/{person.id}/data"
    assert manager.get(address).status == 200
    found = json.loads(manager.post(address, {"form": "json"}).response.data)
    assert found["entries"][0]["rooms"]["factories"]["person"][0]["name"] == person.name
    archive = zipfile.ZipFile(io.BytesIO(manager.post(address, {"form": "zip"}).response.data))
    names = sorted(name.partition("/")[0] for name in archive.namelist())
    assert names == ["certificates", "person.json", "practice"]
    [photo] = [name for name in archive.namelist() if name.startswith("practice/")]
    assert archive.read(photo) == person.name.encode()
    assert db.session.query(AuditEntry).filter_by(action="privacy.export_person").count() == 2
    assert stranger.get(address).status == stranger.post(address).status == 404


def test_reading_many_is_logged_with_who_and_from_which_device(app: Flask, manager: Browse) -> None:
    factory, version = factories.factory("KH-BULK"), courses.version()
    person = people.trained(factory, version, people.training(version))
    certificates.drawn(people.certificate_of(person))
    for address, form in (
        (f"/people/{person.id}/data", {"form": "json"}),
        ("/factories/KH-BULK/certificates.zip", {}),
        ("/factories/KH-BULK/cards", {"cards-line": "0", "cards-who": "all"}),
        ("/factories/KH-BULK/cards/pins", {"pins-line": "0", "pins-who": "all"}),
    ):
        assert manager.post(address, form).status in {200, 303}, address
    rows = [{each.get("data-label"): "".join(each.itertext()).strip() for each in row.iter("td")} for row in manager.get("/log").all("tr")]
    logged = {row["Action"]: (row["Who"], row["Device"]) for row in rows if row}
    for action in ("privacy.export_person", "certificates.order_zip", "accounts.order_cards", "accounts.order_pins"):
        assert logged[action][0].startswith("programme_manager"), action
        assert logged[action][1] == "test", action


def test_pseudonymising_takes_two_steps(app: Flask, manager: Browse, stranger: Browse) -> None:
    person = factories.person(factories.factory(), phone="+85512345678")
    address = f"/people/{person.id}/pseudonymisation"
    assert stranger.post(address, {"sure": "yes"}).status == 404
    assert manager.get(address).status == 200
    assert manager.post(address).status == 422
    assert db.session.get_one(Person, person.id).phone == "+85512345678"
    assert manager.post(address, {"sure": "yes"}).status == 303
    page = manager.get(f"/people/{person.id}")
    assert f"P-{person.id:06d}" in page.text
    assert db.session.get_one(Person, person.id).phone is None
    assert manager.get(f"/people/{person.id}/details").status == 404


def test_a_factory_exports_nobody(app: Flask, browse: Browse) -> None:
    factory = factories.factory()
    person = factories.person(factory)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert focal.post(f"/people/{person.id}/data").status == 404
    assert focal.get("/privacy").status == 404
