"""People are found by name in every script, in scope only, in a number of reads that a page bounds."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories import queries
from app.factories.search import find_people, places
from app.platform.db import db
from tests.make import accounts, factories

NAMES = [
    ("Sok Dara", "សុខ ដារា"), ("Nguyễn Thị Lan", None), ("Nguye\u0302\u0303n Van Nam", None), ("Đặng Văn Đức", None),
    ("Abdul Karim", "আব্দুল করিম"), ("Almaz Bekele", "አልማዝ በቀለ"), ("100% Name_", None), ("Chan ស្រី Mom", "ចាន់ស្រីមុំ"),
]
WANTED = {
    "nguyen": ["Nguyễn Thị Lan", "Nguye\u0302\u0303n Van Nam"], "Nguyễn": ["Nguyễn Thị Lan", "Nguye\u0302\u0303n Van Nam"],
    "dang duc": ["Đặng Văn Đức"], "ស្រី": ["Chan ស្រី Mom"], "ដារា": ["Sok Dara"], "করিম": ["Abdul Karim"], "በቀ": ["Almaz Bekele"],
    "%": ["100% Name_"], "e_": ["100% Name_"], "dara sok": ["Sok Dara"], "zzz": [], " ": [], "(a+)+$": [],
}


@pytest.mark.parametrize("has_index", [True, False])
def test_names_are_found(app: Flask, has_index: bool) -> None:
    factory = factories.factory()
    for name, local in NAMES:
        factories.person(factory, name=name, local_name=local)
    if not has_index:
        db.session.execute(sa.text("DROP INDEX ix_person_search_text"))
    for words, names in WANTED.items():
        found = [row.name for row in db.session.execute(find_people(SYSTEM, words))]
        assert sorted(found) == sorted(names), words
        assert [row.name for row in db.session.execute(queries.people(factory.id, words))] == found or not words.strip()


def test_only_in_scope(app: Flask) -> None:
    own, twin = factories.factory(), factories.factory()
    mine, theirs = factories.person(own, name="Twin Person"), factories.person(twin, name="Twin Person")
    both = factories.person(own, name="Twin Mover")
    factories.employ(both, twin, "manager", number="77").started_on = sa.func.current_date()
    focal = accounts.actor(accounts.account(Role.FOCAL_POINT, programme=own.programme, factory=own))
    assert [row.id for row in db.session.execute(find_people(focal, "twin"))] == [both.id, mine.id]
    assert places(focal, [mine.id, theirs.id, both.id]).keys() == {mine.id, both.id}
    assert places(focal, [both.id])[both.id].factory_code == own.code
    assert places(SYSTEM, [both.id])[both.id].factory_code == twin.code


def test_who_was_merged_or_erased_is_not_found(app: Flask) -> None:
    factory = factories.factory()
    one, other = (factories.person(factory, name="Twin Person") for _ in range(2))
    other.merged_into_id = one.id
    db.session.flush()
    assert [row.id for row in db.session.execute(find_people(SYSTEM, "twin"))] == [one.id]


def test_the_name_of_a_joined_entry_finds_the_person(app: Flask) -> None:
    factory, twin = factories.factory(), factories.factory()
    one, other = factories.person(factory, name="Sok Dara", local_name=None), factories.person(name="Chan Srey", local_name=None)
    other.merged_into_id = one.id
    db.session.flush()
    assert [row.name for row in db.session.execute(find_people(SYSTEM, "chan"))] == ["Sok Dara"]
    focal = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=twin))
    assert db.session.execute(find_people(focal, "chan")).all() == []


def test_sqlite_reads_names_in_order(app: Flask) -> None:
    """A page is full before every name was read: no sorting, and employments are asked for last."""
    if db.session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL looks trigrams up instead")
    asked = str(find_people(SYSTEM, "dara").limit(51).compile(db.engine, compile_kwargs={"literal_binds": True}))
    plan = [row.detail for row in db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {asked}"))]
    assert plan[0] == "SCAN person USING INDEX ix_person_search_text", plan
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan), plan
