"""The start page of a focal point: what to keep up to date, and who is due."""

from datetime import timedelta

from app.access.roles import Role
from app.completions.events import CourseCompleted
from app.coverage.subscribers import on_completed
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, completions, courses, coverage, factories
from tests.make.statements import counted


def test_what_to_keep_up_to_date_and_who_is_due(browse: Browse) -> None:
    programme, version = factories.programme(), courses.version("sst")
    coverage.require(programme, version)
    here, other = factories.factory(name="Lotus Lane"), factories.factory(name="Twin Mill")
    covered, _due = factories.person(here, name="Covered Person"), factories.person(here, name="Due Person")
    factories.person(other, name="Strange Person")
    made = completions.completion(covered, version, here, at=clock.now() - timedelta(days=3))
    on_completed(CourseCompleted(made.id))
    coverage.settle()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=here))
    page = focal.get("/")
    for words in ("No staff list was sent yet", "No headcount was declared yet", "Who is due for training", "Due Person"):
        assert words in page.text, words
    assert "Covered Person" not in page.text and "Strange Person" not in page.text
    assert f"/coverage/{here.code}/people?requirement=sst" in [a.get("href") for a in page.all("a")]
    with counted() as few:
        focal.get("/")
    for _number in range(9):
        factories.person(here)
    coverage.settle()
    db.session.expire_all()
    with counted() as many:
        focal.get("/")
    assert len(few) == len(many)
