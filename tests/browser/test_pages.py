"""Every page that links lead to, for each role: narrow and wide, from left to right and, in the dark, from right to left."""

import re
from collections import deque

import pytest

from app.access.actor import SYSTEM
from app.content.publish import publish
from app.courses.models import CourseVersion, LessonText
from app.platform.db import db
from tests import story
from tests.browser.conftest import Visit
from tests.browser.site import ROOT, Site
from tests.browser.visitor import Visitor
from tests.make import courses

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
WIDTHS = (320, 1280)
ROLES = ("manager", "trainer", "focal_point", "advisor")
FILES = re.compile(r"^/certificates/\d+/file$")
"""Addresses that answer no page."""


def tell() -> dict[str, str]:
    """A programme with something past, something today and something to come; with which address each role signs in."""
    told = story.begin()
    story.furnish(told)
    publish(SYSTEM, ROOT / "content" / "seminar-working-time")
    lesson = courses.unit(db.session.get_one(CourseVersion, told.version_id), "lesson")
    db.session.add(LessonText(unit_id=lesson.id, locale="en", html="<p>One stitch after another.</p>"))
    story.held(told)
    today = story.schedule(told, first=0)
    story.nominate(told, today, told.leaders[:3])
    story.confirm(told, today)
    story.open_test(told, today)
    coming = story.schedule(told, first=7)
    story.nominate(told, coming, told.leaders[3:])
    return {role: told.email(getattr(told, role)) for role in ROLES}


@pytest.fixture(scope="module")
def told(site: Site) -> dict[str, str]:
    return site.build(tell)


@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("ar", "dark")])
def test_every_page_of_every_role(told: dict[str, str], visit: Visit, language: str, light: str) -> None:
    judged: set[tuple[str, int, str]] = set()  # roles see much that is built alike
    faults = []
    for role, email in told.items():
        visitor = visit(WIDTHS[-1], language=language, light=light)
        visitor.choose_language(language)
        visitor.judged = judged
        visitor.sign_in(email)
        if visitor.path.endswith("/notice"):
            visitor.follow("form[action='/notice'] button")
        found, count = walk(visitor)
        faults += [f"{role}: {fault}" for fault in found]
        assert count > 15, role
    assert not faults, "\n".join(faults)


def walk(visitor: Visitor) -> tuple[list[str], int]:
    """Open one page of each kind that can be reached from the start page; what is wrong with them, and how many there are."""
    waiting, known, faults = deque(["/"]), {"/"}, []
    while waiting:
        visitor.page.goto(visitor.address + waiting.popleft())
        for width in WIDTHS:
            visitor.resize(width)
            faults += visitor.faults()
        for link in visitor.links():
            if kind_of(link) not in known and not FILES.search(link):
                known.add(kind_of(link))
                waiting.append(link)
    return faults, len(known)


def kind_of(path: str) -> str:
    """Pages that differ only in numbers and the values of a filter are of one kind, but past, present and future look different."""
    if re.search(r"^/sessions(/\d+(/quizzes/\d+)?$|\?when=)", path):
        return path
    return re.sub(r"=[^&]*", "", re.sub(r"\d+", "0", path))
