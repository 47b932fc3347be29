"""Learning alone on a phone: from the start page lesson by lesson to a practice task with a photo, each one tap further."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.courses.markdown import render
from app.courses.models import LessonText
from app.lessons.models import LessonProgress, PracticeLog
from app.platform.db import db
from tests.browse import Browse
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import courses, factories, lessons

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]

LESSONS = {
    "en": """# My job

## Aims
- I can say what a supervisor does.
- I can plan the first hour of my shift.

## Key points
**Plan before the bell.** Who is here, which style, how many pieces: write it down where everybody sees it.

**Say thank you.** Who hears what went well does it again.

> A line without a plan makes the plan of the loudest.

## Try this week
- [ ] Stand at the line ten minutes before the bell.
- [ ] Ask one operator what she would change.
""",
    "ar": """# عملي

## الأهداف
- أستطيع أن أقول ما يفعله المشرف.
- أستطيع أن أخطط للساعة الأولى من ورديتي.

## النقاط الرئيسية
**خطّط قبل الجرس.** من حضر اليوم، وأي موديل، وكم قطعة: اكتب ذلك حيث يراه الجميع.

**قل شكرًا.** من يسمع ما أحسن فيه يفعله مرة أخرى.

> خط بلا خطة يتبع صاحب الصوت الأعلى.
""",
}


def set_up(site: Site, language: str) -> tuple[str, str, int]:
    """The code of a course, the cookie of a person who began it, and who that is."""

    def build() -> tuple[str, int]:
        version = lessons.version(f"phone-{language}")
        unit = courses.unit(version, "01-job")
        for locale, text in LESSONS.items():
            html = render(text)
            db.session.execute(sa.update(LessonText).where(LessonText.unit_id == unit.id, LessonText.locale == locale).values(html=html))
        person = factories.person(factories.factory(), language=language)
        lessons.begun(person, version)
        return version.course.code, person.id

    code, person_id = site.build(build)
    with site.app.app_context():
        phone = Browse(site.app).as_person(person_id)
    return code, phone.client.get_cookie("seamwise", domain="localhost").value, person_id


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "width", "has_script"), [("en", 360, False), ("ar", 320, True)])
def test_lesson_by_lesson_to_a_photo(site: Site, visit: Visit, tmp_path: Path, language: str, width: int, has_script: bool) -> None:
    code, cookie, person_id = set_up(site, language)
    phone = visit(width, language=language, has_script=has_script)
    phone.context.add_cookies([{"name": "seamwise", "value": cookie, "url": site.address}])
    phone.go("/")
    phone.follow("a.button.primary")
    for following in ("02-plan", "03-talk", "90-practice"):
        phone.follow(f"form[action^='/learn/{code}/'] button.primary")
        assert phone.path == f"/learn/{code}/{following}"
    log_with_photo(phone, tmp_path)
    assert site.look(lambda: counts(person_id)) == (3, 1)
    phone.go("/learn")
    phone.follow(f"a[href='/learn/{code}']")
    assert phone.page.locator(".badge.done").count() == 4
    phone.go(f"/learn/{code}/post-test")


def log_with_photo(phone: Visitor, folder: Path) -> None:
    """Words and a photo; the photo is fetched only when it is opened."""
    file = folder / "IMG_0001.jpg"
    file.write_bytes(lessons.photo(size=(640, 480)))
    phone.page.locator("textarea").fill("✓ 12 → 15")
    phone.page.locator("input[type=file]").set_input_files(file)
    phone.follow("form[action$='/logs'] button.primary")
    assert phone.page.locator("#logs .said").inner_text() == "✓ 12 → 15"
    phone.touch(phone.page.locator("#logs summary"))
    image = phone.page.locator("#logs img")
    image.scroll_into_view_if_needed()
    phone.page.wait_for_load_state("networkidle")
    if phone.has_script:
        assert image.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 640


def counts(person_id: int) -> tuple[int, int]:
    read = db.session.query(LessonProgress).filter_by(person_id=person_id).count()
    return read, db.session.query(PracticeLog).filter(PracticeLog.person_id == person_id, PracticeLog.photo_key.is_not(None)).count()
