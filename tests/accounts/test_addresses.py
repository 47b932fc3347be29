"""Whose an address is: of one alone, of an office that reads for many, of an account."""

import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.accounts.addresses import own_addresses
from app.platform.db import db
from tests.make import accounts, factories
from tests.make.statements import counted


def test_an_address_that_somebody_else_has_is_not_the_own(app: Flask) -> None:
    alone, shares, twin = (factories.person(email=each) for each in ("Dara@people.example", "office@mill.example", "Office@Mill.example"))
    signs_in = factories.person(email=accounts.account(Role.TRAINER).email)
    assert own_addresses([alone.id]) == {"Dara@people.example", "dara@people.example"}
    assert own_addresses([shares.id]) == own_addresses([signs_in.id]) == set()
    assert own_addresses([shares.id, twin.id]) != set()


def test_it_is_looked_up_by_an_index(app: Flask) -> None:
    person = factories.person(email="dara@people.example")
    with counted() as statements:
        own_addresses([person.id])
    [asked] = [each for each in statements if "lower(person.email)" in each]
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("x",) * asked.count("?")).all()
    else:
        db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))  # a page of rows is read whole otherwise
        plan = db.session.execute(sa.text("EXPLAIN SELECT id FROM person WHERE lower(email) IN ('a', 'b')")).all()
    assert "ix_person_lower_email" in str(plan)
