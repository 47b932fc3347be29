"""The latest entries on the page of a factory."""

from datetime import timedelta

from app.access.roles import Role
from app.completions.events import CourseCompleted
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
    assert f"/factories/{factory.code}/record" in [link.get("href") for link in page.all("a")]


def test_only_the_latest_are_shown_and_statements_do_not_grow(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for number in (5, 25):
        for _ in range(number):
            made = completions.completion(factories.person(factory), version, factory)
            on_completed(CourseCompleted(made.id))
        with counted() as statements:
            page = focal.get(f"/factories/{factory.code}")
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert len(page.all("time")) == 8
