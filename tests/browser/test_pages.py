"""Every page that links lead to, for each role: narrow and wide, from left to right and, in the dark, from right to left.

Usually a fixed third of the kinds of pages is opened, each once, in one of these four ways, for the first role that reaches
it; the others are fetched for their links. `./dev test long` opens each page in all four, as each role.
"""

import re
from collections import deque
from zlib import crc32

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.accounts.operations import create_account
from app.content.publish import publish
from app.courses.models import CourseVersion, LessonText
from app.factories.models import Factory
from app.platform.db import db
from app.sessions.models import TrainingSession
from tests import story
from tests.browser.conftest import Light, Visit
from tests.browser.site import ROOT, Site
from tests.browser.visitor import Visitor
from tests.counts import IS_LONG, sampled
from tests.make import accounts, courses, demand, structure

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
WIDTHS = (320, 1280)
LIGHT: dict[str, Light] = {"en": "light", "ar": "dark"}
SCREENS = [(language, width) for language in LIGHT for width in WIDTHS]
STAFF = ("manager", "trainer", "focal_point", "advisor")
LEAST = {"head_office": 3, "partner": 2, "helper": 4, "ambassador": 8}
"""So many pages at least does somebody find who sees only a part; everybody else more than 15."""
FAR = 60
"""So many kinds of pages at least do all roles find together."""
PART = 3
"""Of so many kinds of pages one is opened usually."""
FILES = re.compile(r"^/(factories/\w[\w-]*/(cascade|drills)/\d+/photo$|kit/|verify/offline|(factory-)?certificates/\d+/(file|credential)$|c/\w+/credential\.|credentials/status/|\.well-known/|demand/table\.|authoring/\d+/media/|certificate-designs/\d+/versions/\d+/logo$)|/paper(\?.*)?$|\.(zip|ics|csv|xlsx|pem|crl|pdf)(\?.*)?$")
"""Addresses that answer no page, or one that knows nobody and speaks the language of its address: tests/browser/kit."""

SPOKEN = re.compile(r"^/factories/[\w-]+/progress$")
"""Addresses that answer a page in the language of the factory, which here runs from left to right, whoever reads it."""


def tell() -> dict[str, str]:
    """A programme with something past, something today and something to come; with which address each role signs in."""
    told = story.begin()
    story.furnish(told)
    publish(SYSTEM, ROOT / "content" / "seminar-working-time")
    lesson = courses.unit(db.session.get_one(CourseVersion, told.version_id), "lesson")
    db.session.add(LessonText(unit_id=lesson.id, locale="en", html="<p>One stitch after another.</p>"))
    wanted = db.session.get_one(CourseVersion, told.version_id)
    courses.pathway("way", [{"course": wanted.course.code}, {"choose": 1, "of": ["seminar-working-time", "later"]}])
    courses.edition(wanted.course.code, "0.9", titles=wanted.titles, note="First words.")
    wanted.course.current_version_id = wanted.id
    story.held(told)
    today = story.schedule(told, first=0)
    story.nominate(told, today, told.leaders[:3])
    story.confirm(told, today)
    story.open_test(told, today)
    demand.interest(db.session.scalars(sa.select(Factory)).one(), wanted.course, note="Two shifts.")
    coming = story.schedule(told, first=7)
    story.nominate(told, coming, told.leaders[3:])
    return {role: told.email(getattr(told, role)) for role in STAFF} | _placed(today)


def _placed(training_id: int) -> dict[str, str]:
    """A head office, a helper and an ambassador: with which address each signs in."""
    training = db.session.get_one(TrainingSession, training_id)
    [factory] = db.session.scalars(sa.select(Factory)).all()
    accounts_of = {role: _account(role) for role in LEAST}
    accounts.grant(accounts_of["head_office"], Role.GROUP_VIEWER, group=structure.group("LOTUS", factory))
    accounts.grant(accounts_of["partner"], Role.PARTNER, programme=factory.programme)
    accounts.grant(accounts_of["helper"], Role.CHECK_IN_HELPER, training=training)
    accounts.grant(accounts_of["ambassador"], Role.FACTORY_AMBASSADOR, factory=factory)
    accounts.grant(accounts_of["ambassador"], Role.FACTORY_AMBASSADOR, training=training)
    return {role: account.email for role, account in accounts_of.items()}


def _account(name: str) -> Account:
    email = f"{name}@story.example"
    return create_account(SYSTEM, email=email, name=name, language="en", password=story.PASSWORD, grants=[])


@pytest.fixture(scope="module")
def told(site: Site) -> dict[str, str]:
    return site.build(tell)


def test_every_page_of_every_role(told: dict[str, str], visit: Visit) -> None:
    faults, known = [], {"/"}
    for role, email in told.items():
        readers = {language: reader(visit, email, language) for language in LIGHT}
        faults += [f"{role}: {fault}" for fault in walk(readers, known)]
        if IS_LONG:  # else only what no other role has seen
            assert len(known) >= LEAST.get(role, 16), role
            known = {"/"}
    assert IS_LONG or len(known) >= FAR, "the walk did not come far"
    assert not faults, "\n".join(faults)


def reader(visit: Visit, email: str, language: str) -> Visitor:
    visitor = visit(WIDTHS[-1], language=language, light=LIGHT[language])
    visitor.choose_language(language)
    visitor.sign_in(email)
    return visitor


def walk(readers: dict[str, Visitor], known: set[str]) -> list[str]:
    """Go to one page of each kind, beside those known, that can be reached from the start page; what is wrong with them."""
    waiting, faults = deque(["/"]), []
    while waiting:
        path = waiting.popleft()
        screens = [screen for screen in SCREENS if screen[0] == "en" or not SPOKEN.search(path)]
        links = readers["en"].links_of(path) if not is_opened(path) else []
        for language, width in sampled(screens, kind_of(path)) if is_opened(path) else []:
            visitor = readers[language]
            visitor.show(path, width)
            faults += visitor.faults()
            links += visitor.links()
        for link in links:
            if kind_of(link) not in known and not FILES.search(link):
                known.add(kind_of(link))
                waiting.append(link)
    return faults


def is_opened(path: str) -> bool:
    """Whether the browser shows it, too."""
    return IS_LONG or path == "/" or crc32(kind_of(path).encode()) % PART == 0


def kind_of(path: str) -> str:
    """Pages that differ only in numbers and the values of a filter are of one kind, but past, present and future look different."""
    if re.search(r"^/sessions(/\d+(/quizzes/\d+)?$|\?when=)", path):
        return path
    return re.sub(r"=[^&]*", "", re.sub(r"\d+", "0", path))
