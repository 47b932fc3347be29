"""Who sits on a committee, and what no committee can be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Committee, Employment
from app.factories.rules import CommitteeKind, Side
from app.factories.structure import operations
from app.factories.structure.queries import factories as queries
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from tests.browse import Browse
from tests.make import accounts, factories

KIND = CommitteeKind.BIPARTITE
BEGIN, END = date(2020, 1, 1), date(2021, 12, 31)


def seated(committee: Committee, day: date) -> tuple[int, int]:
    """Members in the list of committees, and in the balance."""
    [number] = [number for each, number in queries.committees(committee.factory_id, day) if each.id == committee.id]
    listed = queries.members(committee.id)
    return number, queries.balance_on(committee, listed, queries.working(committee.factory_id, listed, day), day).members


def test_nobody_sits_beyond_the_term(app: Flask) -> None:
    factory = factories.factory()
    committee = operations.create_committee(SYSTEM, factory.code, KIND, BEGIN, END)
    operations.add_member(SYSTEM, factory.code, committee.id, factories.person(factory).id, Side.WORKER, BEGIN)
    assert (seated(committee, END), seated(committee, date(2022, 1, 1))) == ((1, 1), (0, 0))


def test_who_left_the_factory_sits_on_no_committee(browse: Browse) -> None:
    factory = factories.factory()
    committee = operations.create_committee(SYSTEM, factory.code, KIND, BEGIN, None)
    gone = factories.person(factory)
    operations.add_member(SYSTEM, factory.code, committee.id, gone.id, Side.WORKER, BEGIN)
    db.session.execute(sa.update(Employment).values(ended_on=date(2024, 7, 1)))
    factories.employ(gone, factories.factory(), "manager", number="elsewhere")
    assert (seated(committee, date(2024, 6, 30)), seated(committee, date(2024, 7, 1))) == ((1, 1), (0, 0))
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme)).get(
        f"/factories/{factory.code}/committees/{committee.id}")
    assert "no longer at the factory" in page.text


def test_a_membership_ends_within_the_term_and_before_the_next(browse: Browse) -> None:
    factory = factories.factory()
    committee = operations.create_committee(SYSTEM, factory.code, KIND, BEGIN, END)
    person = factories.person(factory).id
    first = operations.add_member(SYSTEM, factory.code, committee.id, person, Side.WORKER, BEGIN)
    operations.end_membership(SYSTEM, factory.code, committee.id, first.id, date(2020, 3, 31))
    operations.add_member(SYSTEM, factory.code, committee.id, person, Side.WORKER, date(2020, 6, 1))
    for day in (date(2022, 1, 1), date(2020, 6, 1), END):
        with pytest.raises(Refused):
            operations.end_membership(SYSTEM, factory.code, committee.id, first.id, day)
    operations.end_membership(SYSTEM, factory.code, committee.id, first.id, date(2020, 5, 31))
    assert seated(committee, date(2020, 7, 1)) == (1, 1)


def test_a_term_holds_whoever_joined_in_it(browse: Browse) -> None:
    factory = factories.factory()
    committee = operations.create_committee(SYSTEM, factory.code, KIND, BEGIN, None)
    operations.add_member(SYSTEM, factory.code, committee.id, factories.person(factory).id, Side.WORKER, date(2020, 6, 1))
    for begin, end in ((BEGIN, date(2020, 5, 31)), (date(2020, 6, 2), None)):
        with pytest.raises(Refused, match="outside this term"):
            operations.change_committee(SYSTEM, factory.code, committee.id, begin, end)
    operations.change_committee(SYSTEM, factory.code, committee.id, BEGIN, date(2020, 6, 1))
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    reply = advisor.post(f"/factories/{factory.code}/committees/{committee.id}", {"term-starts_on": "2020-01-01", "term-ends_on": "2020-02-01"})
    assert reply.status == 422 and "outside this term" in reply.text


def test_one_committee_of_a_kind_at_a_time(browse: Browse) -> None:
    factory, twin = factories.factory(), factories.factory()
    first = operations.create_committee(SYSTEM, factory.code, KIND, BEGIN, None)
    assert operations.create_committee(SYSTEM, factory.code, KIND, BEGIN, None).id == first.id, "a second click"
    for begin, end in ((date(2026, 1, 1), None), (date(2019, 1, 1), BEGIN)):
        with pytest.raises(Refused, match="in that time"):
            operations.create_committee(SYSTEM, factory.code, KIND, begin, end)
    operations.create_committee(SYSTEM, factory.code, CommitteeKind.SAFETY, BEGIN, None)
    operations.create_committee(SYSTEM, twin.code, KIND, date(2026, 1, 1), None)
    operations.change_committee(SYSTEM, factory.code, first.id, BEGIN, END)
    second = operations.create_committee(SYSTEM, factory.code, KIND, date(2022, 1, 1), None)
    with pytest.raises(Refused, match="in that time"):
        operations.change_committee(SYSTEM, factory.code, first.id, BEGIN, date(2022, 1, 1))
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    reply = advisor.post(f"/factories/{factory.code}/committees", {"kind": "bipartite", "starts_on": "2025-01-01", "ends_on": ""})
    assert reply.status == 422 and "in that time" in reply.text
    assert advisor.post(f"/factories/{factory.code}/committees/{second.id}", {"term-starts_on": "2021-01-01"}).status == 422


@pytest.mark.slow
@pytest.mark.every_run
def test_two_who_set_up_a_committee_at_once_set_up_one(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.factory("RACE")
    barrier = Barrier(3)

    def create(_number: int) -> int:
        with own_app.app_context():
            barrier.wait()
            with transaction():
                return operations.create_committee(SYSTEM, "RACE", KIND, BEGIN, None).id

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(create, range(3)))) == 1
    with own_app.app_context():
        assert db.session.query(Committee).count() == 1


def test_the_database_keeps_one_open_committee_of_a_kind(app: Flask) -> None:
    factory = factories.factory()
    for ends_on in (None, END):
        db.session.add(Committee(factory_id=factory.id, kind=KIND, starts_on=BEGIN, ends_on=ends_on))
    db.session.flush()
    db.session.add(Committee(factory_id=factory.id, kind=KIND, starts_on=END, ends_on=None))
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
