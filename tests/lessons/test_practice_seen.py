"""Who sees what somebody logged of a practice task: trainers, managers and advisors of the factory of the time."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.models import CourseVersion
from app.factories.models import Employment, Factory, Person
from app.lessons.models import PracticeLog
from app.lessons.photos import keep
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from app.platform.files.photos import PhotoKind, clean
from tests.browse import Browse
from tests.make import accounts, factories, lessons
from tests.make.statements import counted

READERS = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TRAINER, Role.ADVISOR)


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return lessons.version("alone")


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


@pytest.fixture
def person(factory: Factory) -> Person:
    return factories.person(factory)


def logged(person: Person, version: CourseVersion, factory: Factory | None) -> PracticeLog:
    photo = keep(clean(lessons.photo()))
    return lessons.log(person, version, factory, text="I asked first.", photo_key=photo, photo_kind=PhotoKind.JPEG)


def staff(browse: Browse, role: Role, factory: Factory) -> Browse:
    places: dict[str, object] = {} if role is Role.ADMINISTRATOR else {"programme": factories.programme()}
    if role in {Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR}:
        places = {"factory": factory}
    return browse.as_account(accounts.account(role, **places))


@pytest.mark.parametrize("role", READERS)
def test_those_who_look_after_the_factory(version: CourseVersion, factory: Factory, person: Person, browse: Browse, role: Role) -> None:
    row, reader = logged(person, version, factory), staff(browse, role, factory)
    page = reader.get(f"/people/{person.id}")
    assert "I asked first." in page.text
    assert "Learn alone" in page.text
    address = f"/practice/{row.id}/photo"
    assert address in [image.get("src") for image in page.all("img")]
    answer = reader.get(address).response
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert b"zqcamera" not in answer.data
    assert "/withdrawal" not in str([form.get("action") for form in page.all("form")]), "only the person deletes"


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR])
def test_the_own_factory_does_not(version: CourseVersion, factory: Factory, person: Person, browse: Browse, role: Role) -> None:
    row, colleague = logged(person, version, factory), staff(browse, role, factory)
    page = colleague.get(f"/people/{person.id}")
    assert page.status == 200
    assert "I asked first." not in page.text
    assert colleague.get(f"/practice/{row.id}/photo").status == 404


def test_nobody_else(version: CourseVersion, factory: Factory, person: Person, browse: Browse) -> None:
    row = logged(person, version, factory)
    far = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD", zone="Asia/Dhaka")))
    other = browse.as_person(factories.person(factory).id)
    assert far.get(f"/practice/{row.id}/photo").status == 404
    for address in (f"/practice/{row.id}/photo", f"/learn/logs/{row.id}/photo"):
        assert other.get(address).status == 404
    assert browse.get(f"/practice/{row.id}/photo").location.startswith("/sign-in")


def test_the_factory_of_the_time_decides(version: CourseVersion, factory: Factory, person: Person, browse: Browse) -> None:
    """Whoever looks after the next factory does not see what was logged at the first."""
    abroad = factories.factory("F-2", programme_id=factories.programme("BD", zone="Asia/Dhaka").id)
    row = logged(person, version, factory)
    db.session.query(Employment).filter_by(person_id=person.id).update({"ended_on": now().date()})
    factories.employ(person, abroad, factories.JobRole.SUPERVISOR, number="N-1")
    there = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme("BD")))
    page = there.get(f"/people/{person.id}")
    assert page.status == 200
    assert "I asked first." not in page.text
    assert there.get(f"/practice/{row.id}/photo").status == 404
    assert "I asked first." in staff(browse, Role.ADVISOR, factory).get(f"/people/{person.id}").text


def test_what_was_withdrawn_is_seen_by_nobody(version: CourseVersion, factory: Factory, person: Person, browse: Browse) -> None:
    row, trainer = logged(person, version, factory), staff(browse, Role.TRAINER, factory)
    browse.as_person(person.id).post(f"/learn/logs/{row.id}/withdrawal")
    assert "I asked first." not in trainer.get(f"/people/{person.id}").text
    assert trainer.get(f"/practice/{row.id}/photo").status == 404


def test_a_photo_whose_file_is_gone_is_not_there(version: CourseVersion, factory: Factory, person: Person, browse: Browse) -> None:
    row = logged(person, version, factory)
    files().delete(row.photo_key)
    assert staff(browse, Role.TRAINER, factory).get(f"/practice/{row.id}/photo").status == 404


def test_all_of_a_factory_the_latest_first(version: CourseVersion, factory: Factory, person: Person, browse: Browse) -> None:
    trainer, address = staff(browse, Role.TRAINER, factory), f"/factories/{factory.code}/practice"
    assert trainer.get(address).status == 404, "nothing logged yet"
    colleague = factories.person(factory)
    for number in range(32):
        lessons.log(colleague, version, factory, text=f"Log {number:02d}.")
    logged(person, version, factory)
    page = trainer.get(address)
    assert page.text.index("I asked first.") < page.text.index("Log 31.") < page.text.index("Log 03.")
    assert f"/people/{colleague.id}" in [link.get("href") for link in page.all("a")]
    assert "Log 02." not in page.text
    assert "Log 00." in trainer.get(f"{address}?page=2").text
    assert address in [link.get("href") for link in trainer.get(f"/factories/{factory.code}/certificates?page=2").all("a")]
    for role in (Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR):
        assert staff(browse, role, factory).get(address).status == 404


def test_the_page_of_a_person_takes_one_statement_more(version: CourseVersion, factory: Factory, person: Person, browse: Browse) -> None:
    trainer = staff(browse, Role.TRAINER, factory)
    seen = []
    for _ in range(3):
        logged(person, version, factory)
        trainer.get(f"/people/{person.id}")
        with counted() as statements:
            trainer.get(f"/people/{person.id}")
        seen.append(len(statements))
    assert len(set(seen)) == 1
