"""The page of a factory: ordered, waited for, fetched by one account for a day."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import RoleGrant
from app.learning_record.evidence import jobs
from app.learning_record.evidence.models import EvidencePack
from app.learning_record.evidence.rules import Failure
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, evidence, factories
from tests.make.evidence import Site

ASKED = {"since": "2024-01-01", "until": "2024-06-30", "at": "2024-07-31"}


def _only() -> EvidencePack:
    [found] = db.session.query(EvidencePack).populate_existing()
    return found


def _made() -> EvidencePack:
    jobs.pack(_only().id).write()
    db.session.flush()
    return _only()


def test_ordered_waited_for_and_fetched(browse: Browse, site: Site) -> None:
    factory = site.factory
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    here = f"/factories/{factory.code}/record/evidence"
    page = focal.get(here)
    assert "Evidence of training" in page.text
    reply = focal.post(here, ASKED)
    pack = _only()
    assert (reply.status, reply.location) == (303, f"{here}/{pack.id}")
    assert focal.post(here, ASKED).location == reply.location
    waits = focal.get(reply.location)
    assert "The file is being made" in waits.text
    [link] = [each for each in waits.all("a") if each.get("href") == f"{here}/{pack.id}/progress"]
    assert focal.get(str(link.get("href"))).location == reply.location  # so it goes on where there is no script
    assert "is being made" in focal.get(here).text
    assert focal.post(f"{here}/{pack.id}/file").status == 409
    waiting = focal.fragment(f"{here}/{pack.id}/progress")
    [box] = [each for each in waiting.all("div") if each.get("id") == f"evidence-{pack.id}"]
    assert box.get("hx-get") == f"{here}/{pack.id}/progress"
    _made()
    ready = focal.get(reply.location)
    sent = focal.post(*fill(ready, "/file"))
    assert sent.response.data == evidence.made(factory)
    assert f"evidence-{factory.code}-2024-01-01-2024-06-30-as-of-2024-07-31.zip" in sent.response.headers["Content-Disposition"]
    assert "is ready" in focal.get(here).text
    done = [entry.action for entry in db.session.query(AuditEntry).filter_by(subject=f"factory:{factory.id}") if "evidence" in entry.action]
    assert done == ["evidence.order", "evidence.export"]


def test_only_who_ordered_it_and_only_while_the_factory_is_hers(browse: Browse, site: Site) -> None:
    mine, other = (accounts.account(Role.FOCAL_POINT, factory=site.factory) for _ in range(2))
    own, here = browse.as_account(mine), f"/factories/{site.factory.code}/record/evidence"
    own.post(here, ASKED)
    one = f"{here}/{_made().id}"
    for who in (other, accounts.account(Role.ADMINISTRATOR)):
        foreign = browse.as_account(who)
        assert foreign.get(one).status == foreign.post(f"{one}/file").status == foreign.get(f"{one}/progress").status == 404
    assert own.get(one).status == 200
    elsewhere = factories.factory()
    assert own.get(f"/factories/{elsewhere.code}/record/evidence").status == 404
    assert own.post(f"/factories/{elsewhere.code}/record/evidence", ASKED).status == 404
    trainer = browse.as_account(accounts.account(Role.TRAINER))
    assert trainer.get(here).status in {403, 404}
    db.session.query(RoleGrant).filter_by(account_id=mine.id).delete()
    accounts.grant(mine, Role.FOCAL_POINT, factory=elsewhere)
    assert own.get(one).status == own.post(f"{one}/file").status == 404


def test_after_its_day_it_is_gone(browse: Browse, site: Site) -> None:
    account = accounts.account(Role.FOCAL_POINT, factory=site.factory)
    own, here = browse.as_account(account), f"/factories/{site.factory.code}/record/evidence"
    own.post(here, ASKED)
    pack = _made()
    later = clock.now() + timedelta(hours=25)
    with clock.telling(later):
        jobs.sweep().write()
    db.session.expire_all()
    assert _only().file_key is None
    assert own.post(f"{here}/{pack.id}/file").status == 409


def test_what_is_no_time_is_said_in_the_form(browse: Browse, site: Site) -> None:
    own = browse.as_account(accounts.account(Role.ADVISOR))
    here = f"/factories/{site.factory.code}/record/evidence"
    for wrong, said in (
        ({"until": "2023-01-01"}, "must not lie before"), ({"at": "2024-06-01"}, "ends after the day"),
        ({"at": f"{clock.now() + timedelta(days=1):%Y-%m-%d}"}, "a day that is over"), ({"since": "2010-01-01"}, "three years"),
        ({"since": "0001-01-01", "until": "0001-01-02"}, "years 2000 to 2099"), ({"since": "1979-01-01", "until": "1979-02-01"}, "years 2000 to 2099"),
        ({"since": ""}, "Choose a day."),
    ):
        reply = own.post(here, {**ASKED, **wrong})
        assert reply.status == 422
        assert said in reply.text
    assert db.session.query(EvidencePack).count() == 0


@pytest.mark.usefixtures("app")
def test_without_keys_nothing_is_made(browse: Browse) -> None:
    factory = factories.factory()
    own = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    own.post(f"/factories/{factory.code}/record/evidence", ASKED)
    assert _made().failed is Failure.NO_KEYS
    assert "no keys to sign it with" in own.get(f"/factories/{factory.code}/record/evidence/{_only().id}").text


def test_a_disk_that_is_full_is_said(app: Flask, browse: Browse, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    own = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=site.factory))
    own.post(f"/factories/{site.factory.code}/record/evidence", ASKED)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.learning_record.evidence.packing.container.Writer.add", full)
    assert _made().failed is Failure.NO_ROOM
    assert not list(app.extensions["handouts"].folder.glob(".*"))
