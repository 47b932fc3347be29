"""Who rules, who sees, who fetches, and what a stranger with the code is told."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates.of_factories import operations
from app.certificates.of_factories.models import FactoryCertificate, FactoryRule
from app.certificates.of_factories.rules import Count, Weighed
from app.certificates.rules import printed
from app.factories.models import Employment, Factory
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs.cli import worker_of
from tests.browse import Browse
from tests.make import accounts, coverage, factories
from tests.make import factory_certificates as make
from tests.make.statements import counted


def _form(version_course: int, **values: object) -> dict[str, object]:
    empty = {f"{part}_{n}": value for n in range(1, 4) for part, value in (("course", ""), ("share", "80"), ("least", "5"))}
    first = {"course_0": str(version_course), "roles_0": ["supervisor"], "share_0": "80", "least_0": "5"}
    return {"name_en": "Trained supervisors", "months": "12", "grace_days": "30", **empty, **first, **values}


def _manager(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


def test_a_rule_is_made_in_the_browser_and_changed(browse: Browse) -> None:
    programme, version, first = make.world()
    make.staffed(version, 9, name="Meets It")
    make.staffed(version, 7, 3, name="Nearly There")
    make.staffed(version, 1, 9, name="Far Away")
    manager = _manager(browse)
    address = f"/programmes/{programme.code}/factory-certificates"
    page = manager.get(address)
    assert "Trained supervisors" in page.text
    assert "At least 80% hold a valid certificate, and no fewer than 5 people." in page.text
    preview = manager.post(f"{address}/preview", data=_form(version.course_id))
    assert preview.status == 200
    for words in ("1 factory meets it", "Meets It", "1 factory nearly does", "Nearly There", "1 factory does not"):
        assert words in preview.text, words
    assert "Far Away" not in preview.text
    assert db.session.query(FactoryRule).count() == 1, "a preview saves nothing"
    made = manager.post(f"{address}/new", data=_form(version.course_id))
    assert (made.status, made.location) == (303, f"{address}/2")
    changed = manager.post(f"{address}/1", data=_form(version.course_id, share_0="70", each_sex_0="y"))
    assert changed.status == 303
    newest = db.session.query(FactoryRule).filter_by(number=first.number, ended_at=None).one()
    assert (newest.version, newest.asked[0].share, newest.asked[0].each_sex) == (2, 70, True)
    assert "Version 2" in manager.get(f"{address}/1").text
    assert manager.post(f"{address}/1/end").status == 303
    assert manager.get(f"{address}/1").status == 404
    assert db.session.query(AuditEntry).filter_by(action="factory_certificates.rule").count() == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"course_0": ""}, "Choose the course of one condition at least."),
        ({"roles_0": []}, "Choose one or more roles."),
        ({"share_0": "101"}, "Write a number from 1 to 100."),
        ({"least_0": "4"}, "fewer people could be recognised"),
        ({"months": ""}, "Write a number."),
        ({"grace_days": "-1"}, "Write a number from 0 to 180."),
        ({"name_en": ""}, "Write the name in English."),
        ({"course_0": "999999"}, "Choose one of the list."),
    ],
)
def test_a_wrong_rule_is_said(browse: Browse, wrong: dict[str, object], words: str) -> None:
    programme, version, _rule = make.world()
    reply = _manager(browse).post(f"/programmes/{programme.code}/factory-certificates/new", data=_form(version.course_id, **wrong))
    assert reply.status == 422
    assert words in reply.text
    assert db.session.query(FactoryRule).count() == 1


def test_a_programme_without_requirements_is_told_so(browse: Browse) -> None:
    programme = factories.programme()
    page = _manager(browse).get(f"/programmes/{programme.code}/factory-certificates")
    assert "A rule speaks of courses that are required in the programme." in page.text


class World:
    """A certificate here, one in the twin, one abroad."""

    def __init__(self) -> None:
        self.programme, self.version, self.rule = make.world()
        self.here = make.staffed(self.version, 9, 1, name="Lotus Ferry", local_name="ផ្កាឈូក")
        self.twin = factories.factory(name="Twin Mill")
        abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
        make.coverage.require(abroad, self.version)
        self.abroad = factories.factory(name="Abroad Ltd", programme_id=abroad.id)
        foreign = make.rule(abroad, self.version)
        self.own, self.other, self.foreign = (
            self._drawn(make.certificate(factory, rule))
            for factory, rule in ((self.here, self.rule), (self.twin, self.rule), (self.abroad, foreign))
        )

    def _drawn(self, certificate: FactoryCertificate) -> FactoryCertificate:
        operations.note_file(certificate.id, files().put(b"%PDF-1.7 " + certificate.code.encode()), None, left_out=False)
        return certificate

    def statuses(self, who: Browse, end: str = "") -> list[int]:
        return [who.get(f"/factory-certificates/{each.id}{end}").status for each in (self.own, self.other, self.foreign)]


def test_who_sees_and_fetches_which(browse: Browse) -> None:
    world = World()
    kh = world.programme
    expected = {
        Role.ADMINISTRATOR: (None, None, [200, 200, 200]),
        Role.PROGRAMME_MANAGER: (kh, None, [200, 200, 404]),
        Role.TRAINER: (kh, None, [200, 200, 404]),
        Role.ADVISOR: (None, world.here, [200, 404, 404]),
        Role.FOCAL_POINT: (None, world.here, [200, 404, 404]),
    }
    for role, (programme, factory, statuses) in expected.items():
        who = browse.as_account(accounts.account(role, programme=programme, factory=factory))
        assert world.statuses(who) == statuses, role
        assert world.statuses(who, "/file") == statuses, role
    assert world.statuses(browse) == [303, 303, 303], "nobody is asked to sign in"


def test_the_list_of_an_advisor_filters_and_is_a_table(browse: Browse) -> None:
    world = World()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, factory=world.here))
    page = advisor.get("/factory-certificates")
    assert "Lotus Ferry" in page.text
    assert "Twin Mill" not in page.text
    assert "9 of 10 (90%)" in page.text
    assert "There is no such certificate" in advisor.get("/factory-certificates?state=revoked").text
    assert "Lotus Ferry" in advisor.get("/factory-certificates?state=valid&programme=KH&rule=1").text
    table = advisor.get("/factory-certificates/table.csv").response.data.decode("utf-8-sig")
    assert world.own.number in table
    assert world.other.number not in table
    both = browse.as_account(accounts.account(Role.ADMINISTRATOR)).get("/factory-certificates?programme=VN")
    assert "Abroad Ltd" in both.text
    assert "Lotus Ferry" not in both.text


def test_the_panel_shows_holds_nearly_and_lost(browse: Browse) -> None:
    world = World()
    make.check(world.programme)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.here))
    page = focal.get(f"/factories/{world.here.code}/factory-certificates")
    for words in ("Trained supervisors", "Valid", "9 of 10 (90%)", world.own.number, "PDF"):
        assert words in page.text, words
    assert "Check now" not in page.text
    near = make.staffed(world.version, 7, 3)
    page = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=near)).get(f"/factories/{near.code}/factory-certificates")
    assert "Nearly" in page.text
    assert "At least 1 person more must be covered." in page.text
    assert focal.get(f"/factories/{near.code}/factory-certificates").status == 404


def test_staff_check_now_review_and_revoke(browse: Browse) -> None:
    world = World()
    manager = _manager(browse)
    good = make.staffed(world.version, 10)
    reply = manager.post(f"/factories/{good.code}/factory-certificates/check")
    assert (reply.status, reply.location) == (303, f"/factories/{good.code}/factory-certificates")
    certificate = db.session.query(FactoryCertificate).filter_by(factory_id=good.id).one()
    address = f"/factory-certificates/{certificate.id}"
    assert manager.post(f"{address}/review", data={"reason": ""}).status == 422
    assert manager.post(f"{address}/review", data={"reason": "A complaint."}).status == 303
    assert "A complaint." in browse.get(f"/verify/{certificate.code}").text
    assert manager.post(f"{address}/review/end").status == 303
    assert manager.post(f"{address}/revocation", data={"reason": " "}).status == 422
    assert manager.post(f"{address}/revocation", data={"reason": "Made up."}).status == 303
    ended = manager.get(address)
    assert "Made up." in ended.text
    assert f"/verify/{printed(certificate.code)}" in [link.get("href") for link in ended.all("a")]
    assert manager.post(f"{address}/revocation", data={"reason": "Again."}).status == 409
    assert manager.get(f"{address}/file").status == 409
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=good))
    for verb in ("revocation", "review", "review/end"):
        assert focal.post(f"{address}/{verb}", data={"reason": "x"}).status == 404
    assert focal.post(f"/factories/{good.code}/factory-certificates/check").status == 404


def _leave(factory: Factory) -> None:
    for job in db.session.query(Employment).filter_by(factory_id=factory.id).limit(6):
        job.ended_on = clock.today("Asia/Phnom_Penh")
    coverage.settle()


def test_a_stranger_with_the_code_is_told_what_it_is_worth(browse: Browse) -> None:
    world = World()
    address = f"/verify/{printed(world.own.code)}"
    page = browse.get(address)
    for words in (
        "This certificate is valid", "Lotus Ferry", "ផ្កាឈូក", "Trained supervisors", "9 of 10 (90%)",
        "At least 80% hold a valid certificate", world.own.number, "It names nobody", "http://localhost",
    ):  # fmt: skip
        assert words in page.text, words
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Sok Dara" not in page.response.text
    assert "This certificate is valid" in browse.get(f"/verify/{world.own.code}").text, "older paper has no check sign"
    mistyped = printed(world.own.code)[:-1] + ("0" if printed(world.own.code)[-1] != "0" else "1")
    assert "Lotus Ferry" not in browse.get(f"/verify/{mistyped}").text
    file = browse.get(f"/verify/file/{world.own.file_key}").text
    assert "This file is ours and nobody has changed it." in file
    assert world.own.number in file
    _leave(world.here)
    make.check(world.programme)
    assert "If it does not meet it again, the certificate ends on" in browse.get(address).text
    with clock.telling(clock.now() + timedelta(days=15)):
        make.check(world.programme)
        page = browse.get(address)
        assert "This certificate no longer holds" in page.text
        assert "No longer holds since" in page.text
        assert "fewer than 5 people" in page.text, "four are left: no number is about them"
    world.foreign.valid_until = clock.now() - timedelta(days=1)
    db.session.flush()
    assert "This certificate has expired" in browse.get(f"/verify/{world.foreign.code}").text


@pytest.mark.parametrize("language", ["vi", "km", "ar"])
def test_in_the_reader_s_language(browse: Browse, language: str) -> None:
    world = World()
    browse.client.set_cookie("language", language)
    assert browse.get(f"/verify/{world.own.code}").status == 200


def test_numbers_by_sex_under_five_are_not_shown(browse: Browse) -> None:
    programme, version, _rule = make.world()
    rule = make.rule(programme, version, make.condition(version, each_sex=True))
    factory = factories.factory()
    few, many = (Count(4, 4), Count(20, 20)), (Count(12, 12), Count(20, 20))
    for (women, men), told in ((few, False), (many, True)):
        sexes = ((make.Sex.F, women), (make.Sex.M, men))
        everybody = Count(women.covered + men.covered, women.active + men.active)
        weighed = (Weighed(rule.asked[0], everybody, sexes),)
        made = operations.issue(make.SYSTEM, factory, rule, weighed, {version.course_id: {"en": "Skills"}})
        assert made is not None
        page = browse.get(f"/verify/{made.code}")
        assert ("Women: 12 of 12 (100%)" in page.text) is told
        assert ("Women" in page.text) is told
        assert (made.face["lines"][0]["by_sex"] != "") is told
        operations.revoke(make.SYSTEM, made.id, "test")


def test_verification_costs_the_same_for_every_answer(browse: Browse) -> None:
    world = World()
    db.session.flush()
    costs = []
    for code in (world.own.code, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ"):
        with counted() as statements:
            browse.get(f"/verify/{code}")
        costs.append(statements)
    assert len(costs[0]) == len(costs[1]) <= 4, costs


def test_the_worker_draws_the_file_and_staff_fetch_it(app: Flask, browse: Browse, fonts: Path) -> None:
    programme, version, _rule = make.world()
    factory = make.staffed(version, 9, name="Lotus Ferry", local_name="ផ្កាឈូក")
    make.check(programme)
    certificate = db.session.query(FactoryCertificate).one()
    staff = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert staff.get(f"/factory-certificates/{certificate.id}/file").status == 409
    db.session.commit()
    worker_of(app).run_until_idle()
    db.session.expire_all()
    reply = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get(f"/factory-certificates/{certificate.id}/file")
    assert reply.response.data.startswith(b"%PDF")
    assert "Lotus%20Ferry" in reply.response.headers["Content-Disposition"] or "Lotus Ferry" in reply.response.headers["Content-Disposition"]


@pytest.mark.slow
def test_statements_of_the_list_do_not_grow(browse: Browse) -> None:
    world = World()
    staff = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    costs = []
    for number in (2, 20):
        for _ in range(number):
            make.certificate(factories.factory(), world.rule)
        db.session.commit()
        with counted() as statements:
            assert staff.get("/factory-certificates").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
