"""Pages of duplicates and of one person."""

from datetime import date

import pytest
from flask import Flask

from app.access.roles import Role
from app.factories.models import Employment, Person, PersonMerge
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts, courses, factories, people
from tests.make.statements import counted

PHONE = "+85512345678"


@pytest.fixture
def manager(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


@pytest.fixture
def stranger(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("VN")))


def doubles(name: str = "Sok Dara") -> tuple[Person, Person]:
    factory = factories.factory()
    one, other = (factories.person(factory, name=name, local_name=None, phone=PHONE, language=code) for code in ("km", "en"))
    return one, other


def test_from_the_list_to_one_person_and_back(app: Flask, manager: Browse) -> None:
    one, other = doubles()
    page = manager.get("/programmes/KH/duplicates")
    assert "Same name and telephone" in page.text
    look = manager.get(f"/people/{one.id}/merge/{other.id}")
    action, data = fill(look, f"/merge/{other.id}", language="other")
    assert manager.post(action, data).location == f"/people/{one.id}"
    assert db.session.get_one(Person, one.id).language == "en"
    assert manager.get(f"/people/{other.id}").location == f"/people/{one.id}"
    assert "Nobody seems" in manager.get("/programmes/KH/duplicates").text
    action, data = fill(manager.get(f"/people/{one.id}"), "/undo")
    assert manager.post(action, data).status == 303
    assert manager.get(f"/people/{other.id}").status == 200
    assert db.session.get_one(Person, one.id).language == "km"


def test_not_the_same(app: Flask, manager: Browse) -> None:
    doubles()
    action, data = fill(manager.get("/programmes/KH/duplicates"), "/apart")
    assert manager.post(action, data).status == 303
    assert "Nobody seems" in manager.get("/programmes/KH/duplicates").text


def test_a_preview_tells_what_moves_and_what_stays(app: Flask, manager: Browse) -> None:
    factory, version = factories.factory(), courses.version()
    training = people.training(version)
    one, other = (people.trained(factory, version, training) for _ in range(2))
    text = manager.get(f"/people/{one.id}/merge/{other.id}").text
    assert "Stays" in text
    assert "Certificates" in text


def test_twins_of_another_programme(app: Flask, manager: Browse, stranger: Browse) -> None:
    one, other = doubles("Secret Twin")
    for address in (f"/people/{one.id}/merge/{other.id}", "/programmes/KH/duplicates", f"/people/{one.id}", f"/people/{one.id}/details"):
        assert stranger.get(address).status == 404
    assert "Secret Twin" not in stranger.get("/programmes/VN/duplicates").text
    assert stranger.post(f"/people/{one.id}/merge/{other.id}").status == 404
    assert stranger.post("/programmes/VN/duplicates/apart", {"first": one.id, "second": other.id}).status == 404
    assert manager.post("/programmes/KH/duplicates/apart", {"first": "9" * 30, "second": other.id}).status == 404
    manager.post(f"/people/{one.id}/merge/{other.id}")
    [made] = db.session.query(PersonMerge).all()
    assert stranger.post(f"/merges/{made.id}/undo").status == 404
    assert stranger.get(f"/people/{other.id}").status == 404


def test_the_list_costs_the_same_for_many(app: Flask, manager: Browse) -> None:
    doubles("Chan Sokha")
    with counted() as few:
        manager.get("/programmes/KH/duplicates")
    for number in range(12):
        doubles(f"Name Of {chr(97 + number) * 6}")
    with counted() as many:
        manager.get("/programmes/KH/duplicates")
    assert len(many) == len(few)


def test_history_across_factories_only_to_those_in_scope(app: Flask, browse: Browse, manager: Browse) -> None:
    old, new = factories.factory(name="Old Mill"), factories.factory(name="New Mill")
    person = factories.person(old)
    db.session.query(Employment).filter_by(person_id=person.id).update({"ended_on": date(2024, 1, 1)})
    factories.employ(person, new, None, number="X1")
    both = manager.get(f"/people/{person.id}").text
    assert "Old Mill" in both
    assert "New Mill" in both
    for factory, other, edits in ((old, "New Mill", 404), (new, "Old Mill", 200)):
        focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
        assert other not in focal.get(f"/people/{person.id}").text
        assert focal.get(f"/people/{person.id}/details").status == edits


def test_correcting_a_person(app: Flask, manager: Browse) -> None:
    person = factories.person(factories.factory())
    address = f"/people/{person.id}/details"
    action, data = fill(
        manager.get(address), "/details", name="  Sok   Vanna ", birth_band="1990-1994", phone="012 345 678", email="a@Example.org"
    )
    assert manager.post(action, data).status == 303
    db.session.expire_all()
    assert (person.name, person.birth_band, person.phone, person.email) == ("Sok Vanna", "1990-1994", PHONE, "a@example.org")
    assert "sok vanna" in person.search_text
    entry = db.session.query(AuditEntry).filter_by(action="factories.correct_person").one()
    assert entry.details == {"fields": ["birth_band", "email", "name", "phone"]}


@pytest.mark.parametrize("wrong", [{"name": " "}, {"phone": "12"}, {"email": "no"}, {"birth_band": "1991"}, {"sex": "X"}, {"name": "A\u202eB"}])
def test_what_cannot_be_is_refused(app: Flask, manager: Browse, wrong: dict[str, str]) -> None:
    person = factories.person(factories.factory())
    before = people.everything()["person"]
    action, data = fill(manager.get(f"/people/{person.id}/details"), "/details", **wrong)
    assert manager.post(action, data).status == 422
    assert people.everything()["person"] == before


def test_forged_fields_change_nothing(app: Flask, manager: Browse) -> None:
    person = factories.person(factories.factory())
    action, data = fill(manager.get(f"/people/{person.id}/details"), "/details", id="1", merged_into_id="1", erased_at="2020-01-01")
    assert manager.post(action, data).status == 303
    db.session.expire_all()
    assert (person.merged_into_id, person.erased_at) == (None, None)


def test_completed_courses_on_the_page_of_a_person(app: Flask, browse: Browse, manager: Browse) -> None:
    factory, version = factories.factory(), courses.version()
    person = people.trained(factory, version, people.training(version))
    number = people.certificate_of(person).number
    assert number in manager.get(f"/people/{person.id}").text
    new = factories.factory()
    factories.employ(person, new, None, number="N1")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=new))
    assert number not in focal.get(f"/people/{person.id}").text  # completed at a factory out of scope


def test_the_people_of_a_factory_lead_to_the_duplicates_of_the_programme(app: Flask, browse: Browse, manager: Browse) -> None:
    factory = factories.factory()
    assert "may be there twice" in manager.get(f"/factories/{factory.code}/people").text
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert "may be there twice" not in focal.get(f"/factories/{factory.code}/people").text
