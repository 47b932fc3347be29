"""The timeline on the page of a factory."""

from datetime import timedelta

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.learning_record.models import EntryKind
from app.learning_record.operations import note
from app.learning_record.subscribers import on_completed
from tests.browse import Browse
from tests.make import accounts, completions, courses, factories
from tests.make.statements import counted


def test_newest_first_with_people_and_what_was_true(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version()
    for number, name in enumerate(["Earlier Person", "Later Person"]):
        person = factories.person(factory, name=name, line="Line 7")
        at = completions.AT + timedelta(days=number)
        on_completed(CourseCompleted(completions.completion(person, version, factory, at=at).id))
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    page = focal.get(f"/factories/{factory.code}")
    assert page.text.index("Later Person") < page.text.index("Earlier Person")
    assert "Supervisor · Line 7 · Woman" in page.text
    assert focal.get(f"/factories/{factory.code}/record").status == 200


def test_a_twin_factory_sees_nothing(browse: Browse) -> None:
    here, twin = factories.factory(), factories.factory()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=twin))
    assert focal.get(f"/factories/{here.code}/record").status == 404


def test_filters_and_pages(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version("sst")
    for number in range(40):
        note(
            factory_id=factory.id, kind=EntryKind.TRAINING_CONFIRMED, source=f"training:{number}:confirmed",
            at=completions.AT + timedelta(days=number), course_id=version.course_id, version_id=version.id,
        )
    note(factory_id=factory.id, kind=EntryKind.ROSTER_IMPORTED, source="roster:1", at=completions.AT)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    address = f"/factories/{factory.code}/record"
    counts = [len(focal.get(f"{address}{query}").all("time")) for query in ("", "?page=2", "?kind=roster_imported", "?course=sst&page=2")]
    assert counts == [30, 11, 1, 10]
    assert len(focal.get(f"{address}?kind=nonsense&course=nonsense&page=-3").all("time")) == 30
    assert "There is no such entry" in focal.get(f"{address}?kind=completion").text


def test_statements_do_not_grow_with_entries(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for number in (5, 25):
        for _ in range(number):
            made = completions.completion(factories.person(factory), version, factory)
            on_completed(CourseCompleted(made.id))
        with counted() as statements:
            focal.get(f"/factories/{factory.code}/record")
        costs.append(len(statements))
    assert costs[0] == costs[1]
