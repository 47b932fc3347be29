"""The page of one certificate: who sees it, and what its managers do there."""

import pytest

from app.access.roles import Role
from app.certificates import operations
from app.certificates.models import Certificate, CertificateNote
from app.certificates.rules import Reason, printed
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.certificates.test_operations import Story
from tests.certificates.test_views import World
from tests.make import accounts, certificates, factories


@pytest.fixture
def manager(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


def _links(reply: Reply) -> list[str]:
    return [a.get("href") or "" for a in reply.all("a")] + [form.get("action") or "" for form in reply.all("form")]


def _in_english(browse: Browse) -> Browse:
    browse.client.set_cookie("language", "en")
    return browse


def test_who_sees_which(browse: Browse) -> None:
    world = World()
    pages = [f"/certificates/{each.id}" for each in (world.own, world.other, world.foreign)]
    kh = factories.programme()
    expected = {
        Role.ADMINISTRATOR: (None, None, [200, 200, 200]),
        Role.PROGRAMME_MANAGER: (kh, None, [200, 200, 404]),
        Role.TRAINER: (kh, None, [200, 200, 404]),
        Role.ADVISOR: (None, world.here, [200, 404, 404]),
        Role.FOCAL_POINT: (None, world.here, [200, 404, 404]),
    }
    for role, (programme, factory, statuses) in expected.items():
        who = browse.as_account(accounts.account(role, programme=programme, factory=factory))
        assert [who.get(page).status for page in pages] == statuses, role
        may = role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}
        assert (f"{pages[0]}/revocation" in _links(who.get(pages[0]))) is may, role
        assert who.get(f"{pages[0]}/revocation").status == (200 if may else 404), role
    person = browse.as_person(world.other.person_id)
    assert [person.get(page).status for page in pages] == [404, 200, 404]


def test_a_review_from_the_page(manager: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    page = f"/certificates/{certificate.id}"
    assert "What it rests on is being checked." in manager.get(f"{page}/suspension").text
    data = {"reason": "checked", "note": "Somebody called us."}
    assert manager.post(f"{page}/suspension", data).location == page
    assert manager.post(f"{page}/suspension", data).location == page
    assert f"/verify/{printed(certificate.code)}" in _links(manager.get(page))
    text = manager.get(page).text
    for words in ("Under review since", "What it rests on is being checked.", "Somebody called us.", "Put under review"):
        assert words in text, words
    assert db.session.query(CertificateNote).count() == 1
    assert manager.post(f"{page}/reinstatement").location == page
    assert "The review ended, it holds" in manager.get(page).text


def test_revoking_asks_why(manager: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    page = f"/certificates/{certificate.id}"
    for data in ({}, {"reason": "corrected"}, {"reason": "asked", "note": "x" * 1001}):
        assert manager.post(f"{page}/revocation", data).status == 422
    assert manager.post(f"{page}/revocation", {"reason": "asked", "note": ""}).location == page
    shown = manager.get(page)
    assert "Revoked on" in shown.text
    assert f"{page}/file" not in _links(shown)
    assert f"{page}/revocation" not in _links(shown)
    assert manager.post(f"{page}/suspension", {"reason": "checked"}).status == 409


def test_what_was_revoked_by_mistake_is_issued_anew_knowingly(manager: Browse) -> None:
    Story("en").complete()
    certificate = certificates.drawn(db.session.query(Certificate).one())
    page = f"/certificates/{certificate.id}"
    manager.post(f"{page}/revocation", {"reason": "in_error"})
    assert "It stays revoked" in manager.get(f"{page}/reissue").text
    assert manager.post(f"{page}/reissue", {"reason": "contents"}).status == 409
    assert manager.post(f"{page}/reissue", {"reason": "contents", "of_revoked": "yes"}).status == 303
    assert "See the new certificate" in manager.get(page).text
    assert "need" not in manager.get(page).text.split()


def test_issuing_anew_leads_to_the_new_one_and_back(manager: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    page = f"/certificates/{certificate.id}"
    reply = manager.post(f"{page}/reissue", {"reason": "look"})
    new = db.session.query(Certificate).filter(Certificate.id != certificate.id).one()
    assert reply.location == f"/certificates/{new.id}"
    old = manager.get(page)
    assert reply.location in _links(old)
    assert f"{page}/file" in _links(old), "the old file stays"
    assert manager.get(f"{page}/file").status == 200


def test_factory_and_person_read_why_and_not_the_note(browse: Browse, manager: Browse) -> None:
    world = World()
    operations.suspend(accounts.actor(accounts.account(Role.ADMINISTRATOR)), world.own.id, Reason.CHECKED, "Zq a note")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.here))
    person = _in_english(browse.as_person(world.own.person_id))
    for who in (focal, person):
        text = who.get(f"/certificates/{world.own.id}").text
        assert "What it rests on is being checked." in text
        assert "Zq a note" not in text
    assert "Zq a note" in manager.get(f"/certificates/{world.own.id}").text
    assert "What it rests on is being checked." in focal.get(f"/factories/{world.here.code}/certificates").text
    assert "Under review" in person.get("/certificates").text


def test_the_own_list_shows_the_new_one_for_the_old(browse: Browse) -> None:
    old = certificates.drawn(certificates.certificate())
    new = certificates.drawn(operations.reissue(accounts.actor(accounts.account(Role.ADMINISTRATOR)), old.id, Reason.NAME))
    links = _links(browse.as_person(old.person_id).get("/certificates"))
    assert f"/certificates/{new.id}" in links
    assert f"/certificates/{old.id}" not in links


def test_the_day_on_which_the_file_is_made_is_said(browse: Browse, manager: Browse) -> None:
    factories.programme().certificate_wait_days = 3
    certificate = certificates.certificate()
    factory_page = manager.get(f"/certificates/{certificate.id}")
    assert "Its file is made on" in factory_page.text
    assert "is made on" in _in_english(browse.as_person(certificate.person_id)).get("/certificates").text
    assert "The file is made on" in manager.get(f"/certificates/{certificate.id}/file").text


def test_the_programme_says_how_long(manager: Browse) -> None:
    programme = factories.programme()
    assert "Days before its end" in manager.get(f"/programmes/{programme.code}").text
    assert (programme.renewal_days, programme.certificate_wait_days) == (90, 0)
