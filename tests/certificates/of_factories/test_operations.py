"""Issued when the rule is met, warned before it ends, ended, and issued anew: each once."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.certificates.of_factories import jobs, operations
from app.certificates.of_factories.models import FactoryCertificate, FactoryCheck, FactoryRule
from app.certificates.of_factories.operations.ruling import Settings
from app.certificates.of_factories.queries import weighing
from app.certificates.of_factories.rules import State
from app.certificates.of_factories.shown import shown
from app.completions.events import CompletionWithdrawn
from app.completions.models import Completion
from app.coverage.subscribers import on_withdrawn
from app.factories.models import Employment, Factory
from app.factories.rules import FactoryStatus, JobRole
from app.notifications.reading import read
from app.platform import clock
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from tests.make import accounts, courses, coverage, factories
from tests.make import factory_certificates as make
from tests.make.statements import counted

SUPERVISORS = (JobRole.SUPERVISOR,)


def _issued(factory: Factory) -> list[FactoryCertificate]:
    db.session.expire_all()
    return db.session.query(FactoryCertificate).filter_by(factory_id=factory.id).order_by(FactoryCertificate.id).all()


def _states(factory: Factory) -> list[State]:
    return [shown(row).state for row in _issued(factory)]


def _leave(factory: Factory, number: int) -> None:
    """So many covered people leave."""
    held = db.session.query(Completion.person_id).filter_by(factory_id=factory.id)
    jobs_ = db.session.query(Employment).filter(Employment.person_id.in_(held), Employment.ended_on.is_(None))
    for job in jobs_.limit(number):
        job.ended_on = clock.today("Asia/Phnom_Penh")
    coverage.settle()


def _mails() -> list[MailMessage]:
    return db.session.query(MailMessage).filter_by(kind="certificates.of_factory").order_by(MailMessage.id).all()


def test_a_factory_that_meets_the_rule_gets_one_certificate(app: Flask) -> None:
    programme, version, rule = make.world()
    good, short = make.staffed(version, 9, 1), make.staffed(version, 6, 4)
    for _night in range(3):
        make.check(programme)
    [certificate] = _issued(good)
    assert _issued(short) == []
    assert certificate.rule_id == rule.id
    assert certificate.number == f"KH-F-{clock.today('Asia/Phnom_Penh').year}-{certificate.id:05d}"
    facts = shown(certificate).facts
    assert (facts.weighed[0].everybody.covered, facts.weighed[0].everybody.active) == (9, 10)
    assert db.session.query(Job).filter_by(kind="factory_certificates.draw").count() == 1
    assert db.session.query(FactoryCheck).filter_by(factory_id=good.id).count() == 3
    assert db.session.query(FactoryCheck).filter_by(factory_id=short.id).count() == 0


def test_people_leave_then_come_back_then_leave_for_good(app: Flask) -> None:
    programme, version, _rule = make.world()
    factory = make.staffed(version, 8, 2)
    accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@lotus.example", name="Hr Person")
    accounts.account(Role.ADVISOR, factory=factory, email="advisor@office.example", name="Advisor")
    make.check(programme)
    _leave(factory, 1)
    for _night in range(2):
        make.check(programme)
    assert _states(factory) == [State.AT_RISK]
    [certificate] = _issued(factory)
    assert certificate.downgrade_on == clock.today("Asia/Phnom_Penh") + timedelta(days=14)
    make.complete(factories.person(factory), factory, version)
    make.check(programme)
    assert _states(factory) == [State.VALID]
    _leave(factory, 2)
    make.check(programme)
    with clock.telling(clock.now() + timedelta(days=15)):
        make.check(programme)
        make.check(programme)
    assert _states(factory) == [State.DOWNGRADED]
    lost = shown(_issued(factory)[0]).lines[0]
    assert lost.counted == "6 of 8 (75%)"
    for _number in range(3):
        make.complete(factories.person(factory), factory, version)
    with clock.telling(clock.now() + timedelta(days=16)):
        make.check(programme)
        make.check(programme)
        assert _states(factory) == [State.DOWNGRADED, State.VALID]
    subjects = [(mail.recipient, mail.subject.partition(":")[0]) for mail in _mails()]
    expected = ["Certificate for the factory", "Certificate at risk", "Certificate safe again"]
    expected += ["Certificate at risk", "Certificate no longer holds", "Certificate for the factory"]
    for address in ("hr@lotus.example", "advisor@office.example"):
        told = [subject for recipient, subject in subjects if recipient == address]
        assert told == expected


def test_the_words_of_the_letters(app: Flask) -> None:
    programme, version, _rule = make.world()
    factory = make.staffed(version, 8, 2, name="Lotus Ferry")
    accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@lotus.example", name="Hr Person")
    make.check(programme)
    _leave(factory, 1)
    make.check(programme)
    first, second = (read(mail.raw) for mail in _mails())
    assert "Dear Hr Person, the factory has met this rule and holds a certificate." in " ".join(first.text.split())
    assert "8 of 10 (80%)" in first.text
    said = " ".join(second.text.split())
    assert "Dear Hr Person, the factory no longer meets this rule. If it does not meet it again by" in said
    assert "7 of 9 (78%)" in said, "what was counted now, not then"
    assert "http://localhost/factory-certificates/" in said


def test_an_expired_or_withdrawn_holding_counts_no_longer(app: Flask) -> None:
    programme, version, rule = make.world()
    factory = make.staffed(version, 7)
    short = make.complete(factories.person(factory), factory, version, valid_until=clock.now() + timedelta(days=30))
    withdrawn = make.complete(factories.person(factory), factory, version)
    make.check(programme)
    [found] = weighing.findings(programme, {rule.id: rule.asked}, [factory.id])
    assert found.weighed[0].everybody.covered == 9
    db.session.get_one(Completion, withdrawn).withdrawn_at = clock.now()
    db.session.flush()
    on_withdrawn(CompletionWithdrawn(withdrawn))
    with clock.telling(clock.now() + timedelta(days=31)):
        [found] = weighing.findings(programme, {rule.id: rule.asked}, [factory.id])
        assert (found.weighed[0].everybody.covered, found.weighed[0].everybody.active) == (7, 9)
        make.check(programme)
    assert short
    assert [row.downgrade_on is not None for row in _issued(factory)] == [True]


def test_what_was_revoked_by_hand_does_not_come_back_by_itself(app: Flask) -> None:
    programme, version, _rule = make.world()
    factory = make.staffed(version, 9)
    make.check(programme)
    operations.revoke(SYSTEM, _issued(factory)[0].id, "A roster was made up.")
    make.check(programme)
    assert _states(factory) == [State.REVOKED]
    with pytest.raises(Refused):
        operations.revoke(SYSTEM, _issued(factory)[0].id, "again")
    operations.check_factory(SYSTEM, factory.code)
    assert _states(factory) == [State.REVOKED, State.VALID]


def test_review_and_back(app: Flask) -> None:
    programme, version, _rule = make.world()
    factory = make.staffed(version, 9)
    make.check(programme)
    [certificate] = _issued(factory)
    operations.suspend(SYSTEM, certificate.id, "A complaint.")
    assert _states(factory) == [State.SUSPENDED]
    with pytest.raises(Refused):
        operations.suspend(SYSTEM, certificate.id, "Again.")
    operations.reinstate(SYSTEM, certificate.id)
    assert _states(factory) == [State.VALID]
    with pytest.raises(Refused):
        operations.reinstate(SYSTEM, certificate.id)


def test_nothing_takes_the_place_of_what_is_under_review(app: Flask) -> None:
    programme, version, rule = make.world()
    factory = make.staffed(version, 10)
    make.check(programme)
    [certificate] = _issued(factory)
    operations.suspend(SYSTEM, certificate.id, "A complaint.")
    stricter = Settings(make.NAME, (make.condition(version, share=95),), 12, 14)
    newer = operations.change_rule(SYSTEM, programme.code, rule.number, stricter)
    with clock.telling(certificate.valid_until - timedelta(days=3)):
        make.check(programme)
        operations.check_factory(SYSTEM, factory.code)
        found = weighing.findings(programme, {newer.id: newer.asked}, [factory.id])
        [certificate] = _issued(factory)
        assert operations.issue(SYSTEM, factory, newer, found[0].weighed, {}, certificate) is None, "suspended meanwhile"
        assert _states(factory) == [State.SUSPENDED]
        operations.reinstate(SYSTEM, certificate.id)
        make.check(programme)
        assert _states(factory) == [State.REPLACED, State.VALID]


def test_before_its_end_the_next_one_follows(app: Flask) -> None:
    programme, version, _rule = make.world()
    factory = make.staffed(version, 9)
    make.check(programme)
    with clock.telling(_issued(factory)[0].valid_until - timedelta(days=3)):
        make.check(programme)
        make.check(programme)
        old, new = _issued(factory)
        assert (shown(old).state, shown(new).state) == (State.REPLACED, State.VALID)
        assert old.replaced_by_id == new.id


def test_a_new_version_judges_new_certificates_only(app: Flask) -> None:
    programme, version, rule = make.world()
    factory, better = make.staffed(version, 8, 2), make.staffed(version, 10)
    make.check(programme)
    stricter = Settings(make.NAME, (make.condition(version, share=95),), 12, 14)
    newer = operations.change_rule(SYSTEM, programme.code, rule.number, stricter)
    assert (newer.number, newer.version) == (rule.number, 2)
    assert operations.change_rule(SYSTEM, programme.code, rule.number, stricter).id == newer.id
    make.check(programme)
    assert [row.rule_id for row in _issued(factory)] == [rule.id]
    assert _states(factory) == [State.VALID], "it still meets the version by which it was earned"
    assert [row.rule_id for row in _issued(better)] == [rule.id, newer.id]
    assert _states(better) == [State.REPLACED, State.VALID]
    operations.end_rule(SYSTEM, programme.code, newer.number)
    _leave(factory, 3)
    make.check(programme)
    assert _states(factory) == [State.AT_RISK], "an ended rule still judges what it issued"
    with pytest.raises(NotFound):
        operations.end_rule(SYSTEM, programme.code, newer.number)


def test_a_condition_speaks_of_what_is_required(app: Flask) -> None:
    programme, version, _rule = make.world()
    foreign = courses.version("other")
    for asked in (make.condition(foreign), make.condition(version, roles=(JobRole.OPERATOR,)), make.condition(version, roles=())):
        with pytest.raises(Refused):
            make.rule(programme, version, asked)
    with pytest.raises(Refused):
        operations.make_rule(SYSTEM, programme.code, Settings(make.NAME, (), 12, 14))


def test_out_of_scope_is_not_found(app: Flask) -> None:
    programme, version, rule = make.world()
    abroad = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    actor = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=abroad))
    factory = make.staffed(version, 9)
    certificate = make.certificate(factory, rule)
    settings = Settings(make.NAME, (make.condition(version),), 12, 14)
    for attempt in (
        lambda: operations.make_rule(actor, programme.code, settings),
        lambda: operations.change_rule(actor, programme.code, 1, settings),
        lambda: operations.end_rule(actor, programme.code, 1),
        lambda: operations.check_factory(actor, factory.code),
        lambda: operations.revoke(actor, certificate.id, "x"),
        lambda: operations.suspend(actor, certificate.id, "x"),
        lambda: operations.reinstate(actor, certificate.id),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_factory_that_takes_no_part_gets_none_and_keeps_what_it_has(app: Flask) -> None:
    programme, version, _rule = make.world()
    paused = make.staffed(version, 9, status=FactoryStatus.PAUSED)
    make.check(programme)
    operations.check_factory(SYSTEM, paused.code)
    assert _issued(paused) == []
    paused.status = FactoryStatus.ACTIVE
    db.session.flush()
    make.check(programme)
    for status in (FactoryStatus.PAUSED, FactoryStatus.CLOSED):
        paused.status = status
        db.session.flush()
        with clock.telling(_issued(paused)[0].valid_until - timedelta(days=3)):
            make.check(programme)
            operations.check_factory(SYSTEM, paused.code)
            assert _states(paused) == [State.VALID], "it runs to its end, and none follows"
    with clock.telling(_issued(paused)[0].valid_until + timedelta(days=1)):
        make.check(programme)
        assert _states(paused) == [State.EXPIRED]


def test_the_clock_asks_once_a_night_in_the_zone_of_the_programme(app: Flask) -> None:
    programme, _version, _rule = make.world()
    day = clock.now().replace(hour=18, minute=30)  # 1:30 in Phnom Penh
    for moment, due in ((day, 0), (day + timedelta(hours=1), 1), (day + timedelta(hours=9), 1), (day + timedelta(hours=25), 2)):
        with clock.telling(moment):
            jobs.find_due().write()
        found = db.session.query(Job).filter_by(kind="factory_certificates.check").all()
        assert len(found) == due, moment
    assert {job.payload["programme_id"] for job in found} == {programme.id}
    jobs.check(programme.id).write()


def test_rules_are_dated_and_numbered(app: Flask) -> None:
    programme, version, rule = make.world()
    second = make.rule(programme, version)
    assert (rule.number, second.number) == (1, 2)
    assert isinstance(clock.today(programme.zone), date)
    assert db.session.query(FactoryRule).count() == 2


@pytest.mark.slow
def test_statements_of_a_night_do_not_grow_with_factories(app: Flask) -> None:
    programme, version, _rule = make.world()
    coverage.require(programme, version, SUPERVISORS)
    costs = []
    for number in (3, 30):
        for _ in range(number):
            make.staffed(version, 5)
        make.check(programme)  # issues
        db.session.expire_all()
        with counted() as statements:
            make.check(programme)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 14, costs
