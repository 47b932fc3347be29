"""The list and its bundles in the browser: ordered, waited for, fetched by one account for a day."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import RoleGrant
from app.certificates import operations as certificates_verbs
from app.certificates.bundles import archive, jobs
from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.rules import BundleKind, Failure
from app.completions.models import Completion
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.tables import Limits, read_tables
from tests.browse import Browse, fill
from tests.make import accounts, bundles, certificates, courses, factories
from tests.make.statements import counted


def _only() -> CertificateBundle:
    [found] = db.session.query(CertificateBundle).populate_existing()
    return found


def test_the_door_of_a_factory(browse: Browse) -> None:
    factory, twin = factories.factory(), factories.factory()
    drawn = bundles.certified(factory, "Sok Dara", "Chan Thida")
    certificates.certificate(factory=factory)
    bundles.certified(twin, "Twin Person")
    revoked = bundles.certified(factory, "Revoked One")[0]
    certificates_verbs.revoke(revoked.completion_id, "test")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    page = focal.get(f"/factories/{factory.code}/certificates")
    assert "Download all 2 certificates" in page.text
    assert "1 certificate is still being made and not in the download." in page.text
    reply = focal.post(f"/factories/{factory.code}/certificates.zip")
    bundle = _only()
    assert (reply.status, reply.location) == (303, f"/certificates/bundles/{bundle.id}")
    assert revoked.id not in bundle.certificates
    assert "0 of 3" in focal.get(reply.location).text
    bundles.packed(bundle)
    ready = focal.get(reply.location)
    assert "1 certificate has no file in it." in ready.text
    sent = focal.post(*fill(ready, "/file"))
    assert sent.response.data == bundles.content(bundle)
    headers = sent.response.headers
    assert headers["Content-Type"] == "application/zip"
    assert int(headers["Content-Length"]) == len(sent.response.data)
    assert f"certificates-{factory.code}-{bundle.id}.zip" in headers["Content-Disposition"]
    assert "sandbox" in headers["Content-Security-Policy"]
    with bundles.opened(bundle) as archive:
        packed = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert packed == [f"{c.number} - {n}.pdf" for c, n in zip(drawn, ["Sok Dara", "Chan Thida"], strict=True)]
    entries = {entry.action: entry for entry in db.session.query(AuditEntry).filter(AuditEntry.action.like("certificates.%"))}
    assert entries["certificates.order_zip"].subject == entries["certificates.export"].subject == f"factory:{factory.id}"
    assert entries["certificates.export"].details["certificates"] == bundle.certificates


def test_a_foreign_door_does_not_exist_and_an_empty_one_is_said(browse: Browse) -> None:
    factory, twin = factories.factory(), factories.factory()
    bundles.certified(twin, "Twin Person")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert focal.post(f"/factories/{twin.code}/certificates.zip").status == 404
    assert focal.post(f"/factories/{factory.code}/certificates.zip").status == 409
    assert browse.post(f"/factories/{twin.code}/certificates.zip").status == 401
    assert db.session.query(CertificateBundle).count() == 0


def test_only_who_ordered_it_and_only_while_the_factory_is_hers(browse: Browse) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    mine, other = (accounts.account(Role.FOCAL_POINT, factory=factory) for _ in range(2))
    bundle = bundles.packed(bundles.ordered(mine))
    here = f"/certificates/bundles/{bundle.id}"
    administrator = accounts.account(Role.ADMINISTRATOR)
    for who in (other, administrator):
        foreign = browse.as_account(who)
        assert foreign.get(here).status == foreign.post(f"{here}/file").status == foreign.get(f"{here}/progress").status == 404
    own = browse.as_account(mine)
    assert own.get(here).status == 200
    assert own.post(f"{here}/file").response.data == bundles.content(bundle)
    assert own.post(f"{here}/file", {"part": "2"}).status == own.post(f"{here}/file", {"part": "x"}).status == 404
    assert own.get(f"/certificates/bundles/{bundle.id + 1}").status == 404
    db.session.query(RoleGrant).filter_by(account_id=mine.id).delete()
    accounts.grant(mine, Role.FOCAL_POINT, factory=factories.factory())
    assert own.get(here).status == own.post(f"{here}/file").status == 404


def test_it_polls_until_it_is_made_and_works_without_a_script(browse: Browse) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account)
    own, here = browse.as_account(account), f"/certificates/bundles/{bundle.id}/progress"
    waiting = own.fragment(here)
    [box] = [each for each in waiting.all("div") if each.get("id") == f"bundle-{bundle.id}"]
    assert box.get("hx-get") == here
    assert own.get(here).location == f"/certificates/bundles/{bundle.id}"
    assert own.post(f"/certificates/bundles/{bundle.id}/file").status == 409
    bundles.packed(bundle)
    [box] = [each for each in own.fragment(here).all("div") if each.get("id") == f"bundle-{bundle.id}"]
    assert box.get("hx-get") is None
    assert "The file is ready" in own.fragment(here).text


def test_after_its_day_it_is_gone(app: Flask, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.packed(bundles.ordered(account))
    made, key = clock.now(), bundle.parts[0]["key"]
    own, here = browse.as_account(account), f"/certificates/bundles/{bundle.id}"
    jobs.sweep().write()
    assert key in bundles.kept()
    bundle.expires_at = made
    db.session.commit()
    assert own.post(f"{here}/file").status == 409
    assert "This file was deleted" in own.get(here).text
    jobs.sweep().write()
    assert key not in bundles.kept()
    assert (_only().deleted_at is None, _only().parts) == (False, [])


def test_what_is_not_made_within_its_day_is_given_up(browse: Browse) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account)
    bundle.ordered_at = clock.now() - timedelta(hours=25)
    db.session.commit()
    jobs.sweep().write()
    db.session.commit()
    assert _only().failed is Failure.GIVEN_UP
    reply = browse.as_account(account).get(f"/certificates/bundles/{bundle.id}")
    assert "It was not finished within a day." in reply.text
    jobs.pack(bundle.id).write()
    assert _only().parts == []


def test_revoked_since_it_was_packed_is_not_handed_out(browse: Browse) -> None:
    factory = factories.factory()
    [certificate] = bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.packed(bundles.ordered(account))
    certificates_verbs.revoke(certificate.completion_id, "test")
    reply = browse.as_account(account).post(f"/certificates/bundles/{bundle.id}/file")
    assert reply.status == 409
    assert "was revoked since" in reply.text


@pytest.mark.parametrize("kind", BundleKind)
def test_revoked_while_it_was_packed_is_not_handed_out(browse: Browse, monkeypatch: pytest.MonkeyPatch, kind: BundleKind) -> None:
    factory = factories.factory()
    certificate, _other = bundles.certified(factory, "Sok Dara", "Chan Thida")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account, kind=kind)
    monkeypatch.setattr(jobs, "draw_all", lambda *_, **__: b"%PDF")
    outcome = jobs.pack(bundle.id)
    certificates_verbs.revoke(certificate.completion_id, "test")  # what was read of it says nothing yet
    outcome.write()
    reply = browse.as_account(account).post(f"/certificates/bundles/{bundle.id}/file")
    assert (reply.status, "was revoked since" in reply.text) == (409, True)


def test_revoked_before_it_was_packed_keeps_nobody_from_the_others(browse: Browse) -> None:
    factory = factories.factory()
    certificate, _other = bundles.certified(factory, "Sok Dara", "Chan Thida")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.ordered(account)
    certificates_verbs.revoke(certificate.completion_id, "test")
    bundles.packed(bundle)
    assert browse.as_account(account).post(f"/certificates/bundles/{bundle.id}/file").status == 200


def test_a_lost_file_is_said(browse: Browse, app: Flask) -> None:
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    account = accounts.account(Role.FOCAL_POINT, factory=factory)
    bundle = bundles.packed(bundles.ordered(account))
    app.extensions["handouts"].forget(bundle.parts[0]["key"])
    assert "The file is missing" in browse.as_account(account).post(f"/certificates/bundles/{bundle.id}/file").text


def test_the_list_filters_by_its_address(browse: Browse) -> None:
    here, twin = factories.factory(), factories.factory()
    abroad = factories.factory(programme_id=factories.programme("VN", zone="Asia/Ho_Chi_Minh").id)
    dara, thida = (certificates.drawn(certificates.certificate(factories.person(here, name=name, line=line), here, line=line)) for name, line in (("Sok Dara", "Line 7"), ("Chan Thida", "Line 8")))
    other, foreign = bundles.certified(twin, "Other Person") + bundles.certified(abroad, "Foreign Person")
    certificates_verbs.revoke(thida.completion_id, "test")
    everybody = [dara, thida, other, foreign]
    training = db.session.get_one(Completion, dara.completion_id).training_id
    today = date.fromisoformat(dara.face["issued_on"])
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    shown = {
        "": [dara, thida, other],
        f"factory={here.code}": [dara, thida],
        f"factory={abroad.code}": [],
        "factory=NOWHERE": [],
        f"training={training}": [dara],
        "training=99999999999999": [],
        f"factory={here.code}&line=Line+8": [thida],
        "state=revoked": [thida],
        "state=in_force": [dara, other],
        "state=nonsense": [dara, thida, other],
        "course=nonsense": [],
        f"since={today}&until={today}": [dara, thida, other],
        f"since={today + timedelta(days=1)}": [],
        f"until={today - timedelta(days=1)}": [],
        "since=nonsense": [dara, thida, other],
        f"q={dara.number}": [dara],
        f"q={dara.code}": [dara],
        "q=thida": [thida],
        "q=Foreign": [],
        "q=%25": [],
        "q=%27%3B+DROP": [],
    }
    for query, expected in shown.items():
        text = manager.get(f"/certificates/bundles?{query}").text
        assert [each.number in text for each in everybody] == [each in expected for each in everybody], query


def test_an_order_and_a_table_hold_what_the_filter_shows_and_no_words(browse: Browse) -> None:
    factory = factories.factory()
    dara, _thida = bundles.certified(factory, "Sok Dara", "=Chan Thida")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    page = focal.get("/certificates/bundles?q=Dara")
    assert focal.post(*fill(page, "/certificates/bundles?")).status == 303
    assert _only().certificates == [dara.id]
    assert "Dara" not in str(_only().wanted)
    everything = focal.get("/certificates/bundles")
    csv = focal.post("/certificates/bundles/table", {"ending": "csv"}).response.data.decode("utf-8-sig")
    assert dara.number in csv
    assert "'=Chan Thida" in csv
    xlsx = focal.post("/certificates/bundles/table", {"ending": "xlsx"}).response.data
    assert len(read_tables(xlsx, Limits()).sheets[0].rows) == 3
    assert focal.post("/certificates/bundles/table", {"ending": "exe"}).status == 409
    assert focal.post("/certificates/bundles", {"kind": "exe"}).status == 409
    assert "Your downloads of the last day" in everything.text
    assert db.session.query(AuditEntry).filter_by(action="certificates.export_list").count() == 2
    assert "Dara" not in str([entry.details for entry in db.session.query(AuditEntry)])


def test_the_same_order_twice_is_one_and_many_at_once_are_refused(browse: Browse) -> None:
    factory = factories.factory()
    names = [f"Person {number}" for number in range(6)]
    drawn = bundles.certified(factory, *names)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    first, again = (focal.post("/certificates/bundles", {"kind": "zip"}).location for _ in range(2))
    assert first == again
    replies = [focal.post(f"/certificates/bundles?q={row.number}", {"kind": "zip"}).status for row in drawn]
    assert replies == [303] * 4 + [409] * 2


def test_all_that_is_mine_at_once(browse: Browse) -> None:
    factory = factories.factory()
    [certificate] = bundles.certified(factory, "Sok Dara")
    person = db.session.get_one(factories.Person, certificate.person_id)
    certificates.drawn(certificates.certificate(person, factory, courses.version("second-course")))
    bundles.certified(factory, "Somebody Else")
    own = browse.as_person(person.id)
    assert any(link.get("href") == "/certificates/own.zip" for link in own.get("/certificates").all("a"))
    with zipfile.ZipFile(io.BytesIO(own.get("/certificates/own.zip").response.data)) as archive:
        assert [name for name in archive.namelist() if "Sok Dara" in name] == archive.namelist()[:2]
        assert archive.namelist()[2:] == ["index.xlsx"]
    nobody = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert nobody.get("/certificates/own.zip").status == 404
    assert browse.as_person(factories.person(factory).id).get("/certificates/own.zip").status == 409


@pytest.mark.slow
def test_statements_do_not_grow_with_certificates(browse: Browse) -> None:
    factory = factories.factory()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for number in (5, 45):
        bundles.certified(factory, *["Sok Dara"] * number)
        with counted() as statements:
            assert focal.get(f"/certificates/bundles?factory={factory.code}&q=Dara").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_packing_reads_and_notes_once_for_each_step(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    bundles.certified(factory, *["Sok Dara"] * 6)
    bundle = bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for step in (1, 2, 3):
        monkeypatch.setattr(archive, "STEP", step)
        with counted() as statements:
            jobs.pack(bundle.id)
        costs.append(len(statements))
    assert costs[0] - costs[1] == (costs[1] - costs[2]) * 3 > 0
