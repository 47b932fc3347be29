"""Many authors at the same moment, with real commits: nobody overwrites unseen, a draft is published once."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.content.authoring import operations, queries
from app.courses.models import CourseVersion
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from tests.make import drafts

pytestmark = [pytest.mark.slow, pytest.mark.every_run]
AT_ONCE = 8


@pytest.fixture
def draft_id(own_app: Flask) -> int:
    with own_app.app_context(), transaction():
        return drafts.draft().id


def _at_once(app: Flask, work: Callable[[int], object]) -> Counter[str]:
    """How often what came of it, when all begin together."""
    gate = threading.Barrier(AT_ONCE)

    def one(number: int) -> str:
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    work(number)
            except Refused as refusal:
                return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(AT_ONCE)))


def test_of_many_who_saw_the_same_one_writes(own_app: Flask, draft_id: int) -> None:
    def write(number: int) -> None:
        operations.write_file(SYSTEM, draft_id, "en/lesson.md", f"# By {number}\n".encode(), seen=1)

    assert _at_once(own_app, write) == {"done": 1, "Stale": AT_ONCE - 1}
    with own_app.app_context():
        assert queries.file(draft_id, "en/lesson.md").revision == 2


def test_of_many_who_begin_the_same_file_one_does(own_app: Flask, draft_id: int) -> None:
    def write(number: int) -> None:
        operations.write_file(SYSTEM, draft_id, "en/guide.md", f"# By {number}\n".encode(), seen=0)

    assert _at_once(own_app, write) == {"done": 1, "Stale": AT_ONCE - 1}


def test_different_files_are_all_written(own_app: Flask, draft_id: int) -> None:
    def write(number: int) -> None:
        operations.write_file(SYSTEM, draft_id, f"media/{number}.svg", drafts.SVG.encode(), seen=0)

    assert _at_once(own_app, write) == {"done": AT_ONCE}
    with own_app.app_context():
        assert len(queries.file_rows(draft_id)) == len(drafts.FILES) + AT_ONCE


def test_a_draft_is_published_once(own_app: Flask, draft_id: int) -> None:
    found = _at_once(own_app, lambda _number: operations.publish_draft(SYSTEM, draft_id, "All at once."))
    assert found == {"done": 1, "Refused": AT_ONCE - 1}
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(CourseVersion.id))) == 1


def test_a_code_that_many_begin_with_is_given_once_by_version(own_app: Flask) -> None:
    """Two blank drafts may be begun at the same moment; only one of them becomes the course."""
    with own_app.app_context(), transaction():
        first, second = drafts.draft().id, drafts.draft().id
        operations.write_file(SYSTEM, second, "en/lesson.md", b"# Another\n", seen=1)
    both = [first, second]
    found = _at_once(own_app, lambda number: operations.publish_draft(SYSTEM, both[number % 2], "At once."))
    assert found["done"] == 1
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(CourseVersion.id))) == 1
