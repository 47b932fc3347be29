"""Who is erased takes along what was said of her, and nothing that was said of anybody else."""

import hashlib

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.api.xapi.models import OtherName, Statement, StatementText
from app.api.xapi.person_data import PERSON_DATA
from app.factories.models import Factory, Person
from app.factories.rules import JobRole
from app.platform.db import db
from tests.make import accounts, external
from tests.make import factories as make
from tests.make.speakers import BOTH, Speaker, account_of, speaker, statement, voiding

HR = "https://personnel.example.org"


@pytest.fixture
def factory(app: Flask) -> Factory:
    return make.factory()


@pytest.fixture
def everywhere(app: Flask) -> Speaker:
    """One key for all programmes."""
    return speaker(app, accounts.account(Role.ADMINISTRATOR))


def _seven(factory: Factory) -> Person:
    person = make.person()
    make.employ(person, factory, JobRole.OPERATOR, number="7")
    return person


def _mail(address: str, *, is_hash: bool) -> dict[str, str]:
    mbox = f"mailto:{address}"
    return {"mbox_sha1sum": hashlib.sha1(mbox.encode()).hexdigest()} if is_hash else {"mbox": mbox}


def _texts() -> str:
    return " ".join(db.session.scalars(sa.select(StatementText.text).join(Statement, Statement.id == StatementText.statement_id)))


def test_of_a_key_that_programmes_and_people_share_only_her_part_goes(everywhere: Speaker, factory: Factory) -> None:
    abroad = make.factory(programme=make.programme("BD"))
    people = [make.person(factory), make.person(factory), make.person(abroad)]
    names = [account_of(each) for each in people]
    said = [statement(actor=name) for name in names]
    of_nobody = statement()
    together = statement(actor={"objectType": "Group", "member": [names[0], names[2]]})
    assert everywhere.say(*said, of_nobody, together).status_code == 200
    PERSON_DATA.erase([people[0].id])
    assert set(everywhere.found()) == {said[1]["id"], said[2]["id"], of_nobody["id"]}
    assert names[0]["account"]["name"] not in _texts()


def test_a_number_that_factories_share_is_hers_where_she_is(app: Flask, everywhere: Speaker, factory: Factory) -> None:
    """In her factory and what was said of the whole programme; elsewhere it is somebody else's, known here or not."""
    other, abroad = make.factory(programme=factory.programme), make.factory(programme=make.programme("BD"))
    owner, seven = accounts.account(Role.ADMINISTRATOR), {"account": {"homePage": HR, "name": "7"}}
    she, colleague = _seven(factory), _seven(other)
    for each in (factory, other):
        external.numbering(each, HR)
    gone, kept = set[str](), set[str]()
    for place, ids in ((factory, gone), (other, kept), (abroad, kept)):
        writer = speaker(app, owner, *BOTH, factories=[place.code])
        about, taught = statement(actor=seven), statement(context={"instructor": seven})
        assert writer.say(about, taught).status_code == 200
        ids |= {about["id"], taught["id"]}
    PERSON_DATA.erase([she.id])
    assert set(everywhere.found()) == kept
    PERSON_DATA.erase([colleague.id])
    assert len(everywhere.found()) == 2


@pytest.mark.parametrize("written", ["Dara@example.org", "dara@example.org"])
@pytest.mark.parametrize("is_hash", [False, True])
def test_a_mail_address_is_hers_everywhere(everywhere: Speaker, factory: Factory, written: str, is_hash: bool) -> None:
    """As staff wrote it and in small letters; as a hash, too."""
    person, abroad = make.person(factory), make.person(make.factory(programme=make.programme("BD")))
    external.other_name(person, "Dara@example.org")
    taught = statement(actor=account_of(abroad), context={"instructor": _mail(written, is_hash=is_hash)})
    assert everywhere.say(taught).status_code == 200
    PERSON_DATA.erase([person.id])
    assert everywhere.found() == []


def test_names_that_were_given_are_erased_and_mean_nobody(everywhere: Speaker, factory: Factory) -> None:
    person, mail = make.person(factory), {"mbox": "mailto:dara@example.org"}
    external.other_name(person, "dara@example.org")
    external.other_name(person, "D-7", HR)
    said = statement(actor=mail)
    assert everywhere.say(said).status_code == 200
    assert {row["name"] for row in PERSON_DATA.export(person.id)["xapi_name"]} == {"dara@example.org", "D-7"}
    PERSON_DATA.erase([person.id])
    assert db.session.query(OtherName).count() == 0
    assert everywhere.say(said).status_code == 200  # sent again it is the one that there was
    assert everywhere.found() == []
    later = statement(actor=mail)
    assert everywhere.say(later).status_code == 200
    assert db.session.query(Statement).filter_by(uuid=later["id"]).one().person_id is None


@pytest.mark.parametrize("is_before", [True, False])
def test_what_was_taken_back_of_her_is_gone_and_the_taking_back_stays(everywhere: Speaker, factory: Factory, is_before: bool) -> None:
    person = make.person(factory)
    actor = account_of(person)
    said, stays = statement(actor=actor), statement()
    void = voiding(said["id"])
    assert everywhere.say(said, stays, *([void] if is_before else [])).status_code == 200
    PERSON_DATA.erase([person.id])
    if not is_before:
        assert everywhere.say(void).status_code == 200
    for name in ("statementId", "voidedStatementId"):
        assert everywhere.get("statements", **{name: said["id"]}).status_code == 404
    assert everywhere.get("statements", statementId=void["id"]).get_json()["object"]["id"] == said["id"]
    assert set(everywhere.found()) == {void["id"], stays["id"]}
    assert actor["account"]["name"] not in _texts()
