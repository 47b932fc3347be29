"""The report to a factory: in its language, without a day of an assessment and without anybody's name."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.progress.drawing import draw
from app.improvement.progress.facts import facts
from app.improvement.progress.said import say
from app.improvement.roadmap import operations
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n.formats import format_date
from tests.browse import Browse
from tests.make import accounts, courses, factories, findings, roadmap, sessions
from tests.make.statements import counted

pytestmark = pytest.mark.usefixtures("app")
OWNER = "Zebedee Focal"


def _factory() -> Factory:
    """With findings, an action that an account looks after, one that is overdue, and a seat in a session."""
    factory = factories.factory("ONE", local_name=None)
    version = courses.version("fire-refresher")
    person = factories.person(factory, name="Quentin Quill", local_name=None)
    findings.finding(factory, "OS-08-Q01", day="2026-01-17")
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory, name=OWNER)
    mine = roadmap.action(factory, version, owner_title=None, owner_id=speaker.id, step_note="with every line")
    operations.mark_step(SYSTEM, mine.id, is_done=True)
    late = roadmap.action(factory, theme="WT", point="WT-02")
    late.due_on = today("Asia/Phnom_Penh") - timedelta(days=3)
    training = sessions.training(version=version, programme=factory.programme, rooms=[factory])
    sessions.seat(training, factory, person)
    db.session.flush()
    return factory


def _says(factory: Factory) -> str:
    report = say(factory, facts(factory))
    lines = [line for section in report.sections for line in section.lines]
    return "\n".join([report.period, *(f"{line.title}: {' | '.join(line.says)}" for line in lines)])


def test_it_says_what_was_found_is_done_moved_is_due_and_comes() -> None:
    text = _says(_factory())
    for words in ("Not closed: 1", "0 of 2 trained", "Step done", "Overtime: Overdue", "Still to be trained: 2"):
        assert words in text, words


def test_no_day_of_an_assessment_and_no_name_is_in_it() -> None:
    factory = _factory()
    text = _says(factory)
    assert format_date(findings.finding(factory, "OS-01-Q01", day="2026-02-19").assessed_on) not in text
    for words in ("2026-01-17", "January 17", "17 January", "2026-02-19", OWNER, "Quentin", "Trainer", "with every line"):
        assert words not in text + _says(factory), words


def test_the_page_speaks_the_language_of_the_factory(browse: Browse) -> None:
    factory = _factory()
    factory.language = "vi"
    db.session.flush()
    browser = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    page = browser.get("/factories/ONE/progress")
    assert page.all("html")[0].get("lang") == "vi"
    assert browser.get("/factories/ONE/progress?language=ar").all("html")[0].get("dir") == "rtl"
    assert "Progress report" in browser.get("/factories/ONE/progress?language=en").text
    assert browser.get("/factories/ONE/progress?language=xx").all("html")[0].get("lang") == "vi"


def test_another_factory_does_not_exist(browse: Browse) -> None:
    one = factories.factory("ONE")
    factories.factory("TWO")
    browser = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=one))
    for address in ("/factories/TWO/progress", "/factories/TWO/progress/paper"):
        assert browser.get(address).status == 404


def test_it_is_drawn_in_other_scripts(fonts: Path) -> None:
    factory = _factory()
    report = say(factory, facts(factory))
    data = draw(report, "en", day=now().date(), fonts=fonts)
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "Progress report" in text and "Overtime" in text and OWNER not in text
    for locale in ("ar", "km"):
        assert PdfReader(BytesIO(draw(report, locale, day=now().date(), fonts=fonts))).pages


def test_its_number_of_statements_is_fixed() -> None:
    factory, version = _factory(), courses.version("other")
    numbers = []
    for _ in range(2):
        for point in ("OS-01", "OS-02"):
            roadmap.action(factory, version, point=point)
        db.session.expire_all()
        db.session.refresh(factory)
        with counted() as statements:
            say(factory, facts(factory))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
