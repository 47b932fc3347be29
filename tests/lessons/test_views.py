"""The pages of somebody who learns, on a shared phone."""

import io
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.models import CourseVersion
from app.factories.models import Person
from app.lessons.models import LessonProgress, PracticeLog
from app.lessons.photos import kept
from app.lessons.rules import LONGEST_TEXT
from app.lessons.views.learning import MOST_A_DAY
from app.platform.db import db
from app.sessions.rules import TrainingState
from tests.browse import Browse, Reply, fill
from tests.make import accounts, courses, factories, lessons, quizzes, sessions
from tests.make.statements import counted

CODE = "alone"


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return lessons.version(CODE)


@pytest.fixture
def person(app: Flask) -> Person:
    return factories.person(factories.factory(), language="en")


@pytest.fixture
def phone(browse: Browse, person: Person) -> Browse:
    return browse.as_person(person.id)


def main_action(page: Reply) -> str:
    """Where the one main button leads."""
    links = [link.get("href") for link in page.all("a") if "primary" in (link.get("class") or "").split()]
    forms = [
        form.get("action") for form in page.all("form")
        for button in form.iter("button") if "primary" in (button.get("class") or "").split() and form.get("method") == "post"
    ]  # fmt: skip
    found = [*links, *forms]
    assert len(found) <= 1, found
    return found[0] if found else ""


def badges(page: Reply) -> list[str]:
    return ["".join(each.itertext()).strip() for each in page.all("span") if "badge" in (each.get("class") or "").split()]


def article(page: Reply) -> Element:
    [found] = page.all("article")
    return found


def read(phone: Browse, unit: str) -> Reply:
    return phone.post(*fill(phone.get(f"/learn/{CODE}/{unit}"), "/reading"))


def log(phone: Browse, **values: object) -> Reply:
    return phone.post(*fill(phone.get(f"/learn/{CODE}/90-practice"), "/logs", **values))


def photo(data: bytes | None = None, name: str = "IMG_1.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(data or lessons.photo()), name


def test_whoever_learns_nothing_is_led_to_the_courses(phone: Browse) -> None:
    page = phone.get("/learn")
    assert "You learn nothing yet" in page.text
    assert main_action(page) == "/courses"


def test_from_the_catalogue_to_the_last_task(version: CourseVersion, phone: Browse) -> None:
    """The next thing is one tap away from every page."""
    assert main_action(phone.get(f"/courses/{CODE}")) == f"/learn/{CODE}"
    for unit, following in (("01-job", "02-plan"), ("02-plan", "03-talk"), ("03-talk", "90-practice")):
        assert main_action(phone.get(f"/learn/{CODE}")) == f"/learn/{CODE}/{unit}"
        answer = read(phone, unit)
        assert (answer.status, answer.location) == (303, f"/learn/{CODE}/{following}")
        for start in ("/learn", f"/learn/{CODE}", "/"):
            assert main_action(phone.get(start)) == f"/learn/{CODE}/{following}"
    assert log(phone, text="I tried it.").status == 303
    page = phone.get(f"/learn/{CODE}")
    assert main_action(page) == ""
    assert "everything that you can do alone" in page.text
    assert badges(page) == ["Read", "Read", "Read", "Done"]
    assert page.text.count("With your trainer") == 3
    assert "4 of 4 done" in page.text
    assert read(phone, "03-talk").location == f"/learn/{CODE}"


def test_reading_twice_is_reading_once(version: CourseVersion, phone: Browse) -> None:
    action, data = fill(phone.get(f"/learn/{CODE}/01-job"), "/reading")
    assert [phone.post(action, data).status for _ in range(2)] == [303, 303]
    assert db.session.query(LessonProgress).count() == 1
    page = phone.get(f"/learn/{CODE}/01-job")
    assert "I have read this again" in page.text
    assert main_action(page) == f"/learn/{CODE}/02-plan", "who looks back goes on with what is new"


def test_a_lesson_in_the_language_of_the_person(version: CourseVersion, browse: Browse) -> None:
    for language, shown, says in (("ar", "ar", False), ("en", "en", False), ("km", "en", True)):
        person = factories.person(factories.factory(), language=language)
        page = browse.as_person(person.id).get(f"/learn/{CODE}/01-job")
        assert (article(page).get("lang"), "01-job in " + shown in page.text) == (shown, True), language
        assert bool([p for p in page.all("p") if p.get("class") == "muted small" and "lang" not in p.attrib]) == says, language
    assert article(page).get("dir") == "ltr"


def test_changing_the_language_keeps_the_place(version: CourseVersion, phone: Browse) -> None:
    page = phone.get(f"/learn/{CODE}/01-job")
    offered = [button.get("value") for button in page.all("button") if button.get("name") == "language"]
    assert offered == ["en", "ar"]
    answer = phone.post(*fill(page, "/language", language="ar"))
    assert answer.location == f"/learn/{CODE}/01-job"
    page = phone.get(answer.location)
    assert (article(page).get("lang"), article(page).get("dir")) == ("ar", "rtl")
    assert "الوحدة 01-job" in page.text


def test_read_aloud_where_there_is_sound(version: CourseVersion, phone: Browse) -> None:
    lessons.media(version, "01-job.en.ogg", b"OggSsound")
    lessons.media(version, "01-job.en.mp3", b"ID3sound")
    lessons.media(version, "02-plan.ar.ogg", b"OggSsound")
    page = phone.get(f"/learn/{CODE}/01-job")
    [audio] = page.all("audio")
    address = f"/courses/{CODE}/versions/1/media/01-job.en.mp3"
    assert (audio.get("src"), audio.get("preload"), "controls" in audio.attrib) == (address, "none", True)
    assert address in [link.get("href") for link in page.all("a")], "a plain link, without script and player"
    assert phone.get(f"/learn/{CODE}/02-plan").all("audio") == [], "no sound in this language"


def test_half_days_and_tests_say_when_they_come(version: CourseVersion, person: Person, phone: Browse) -> None:
    assert "comes with your trainer" in phone.get(f"/learn/{CODE}/post-test").text
    training = sessions.training(version=version, state=TrainingState.CONFIRMED)
    sessions.seat(training, factories.factory(), person)
    page = phone.get(f"/learn/{CODE}/meetings")
    assert "together with your trainer" in page.text
    assert "Your next half-day" in page.text
    assert training.meetings[0].starts_at.isoformat() in [time.get("datetime") for time in page.all("time")]
    assert main_action(page) == f"/learn/{CODE}/01-job"


def test_an_open_test_is_the_next_thing(version: CourseVersion, person: Person, phone: Browse) -> None:
    training = sessions.training(version=version, state=TrainingState.CONFIRMED)
    sessions.seat(training, factories.factory(), person)
    unit = courses.unit(version, "post-test")
    quizzes.bank(unit.id)
    quizzes.operations.open_window(quizzes.SYSTEM, training.id, unit.id, 30)
    page = phone.get(f"/learn/{CODE}")
    assert main_action(page) == f"/learn/{CODE}/post-test"
    assert "Open now" in badges(page)
    page = phone.get(f"/learn/{CODE}/post-test")
    assert main_action(page).startswith(f"/attempts/sessions/{training.id}?unit=")
    assert (phone.post(main_action(page)).location or "").startswith("/attempts?unit=")
    assert main_action(phone.get("/")) != f"/learn/{CODE}/01-job", "the test goes first on the start page"


def test_a_newer_version_is_offered_and_taken(version: CourseVersion, phone: Browse) -> None:
    read(phone, "01-job")
    assert "newer version" not in phone.get(f"/learn/{CODE}").text
    lessons.newer(version)
    page = phone.get(f"/learn/{CODE}")
    assert main_action(page) == f"/learn/{CODE}/02-plan", "the offer is not the main thing"
    answer = phone.post(*fill(page, "/version"))
    page = phone.get(answer.location)
    assert "You go on with the newer version" in page.text
    assert badges(page) == ["Read"]
    assert not [form for form in page.all("form") if "/version" in (form.get("action") or "")]


def test_practice_with_words_and_photo(version: CourseVersion, phone: Browse) -> None:
    assert log(phone, text="  I asked first.\r\nThen I planned.  ", photo=photo()).status == 303
    [row] = db.session.query(PracticeLog).all()
    assert row.text == "I asked first.\nThen I planned."
    assert b"zqcamera" not in kept(row.photo_key)
    page = phone.get(f"/learn/{CODE}/90-practice")
    assert "Your practice is logged" in page.text
    assert "I asked first." in page.text
    [image] = [image for image in page.all("img") if "/logs/" in (image.get("src") or "")]
    assert image.get("loading") == "lazy"
    answer = phone.get(image.get("src") or "").response
    headers = answer.headers
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.data == kept(row.photo_key)


def test_several_logs_the_latest_first_each_can_be_deleted(version: CourseVersion, phone: Browse) -> None:
    log(phone, text="Monday")
    log(phone, photo=photo(lessons.photo("PNG"), "a.png"))
    log(phone, text="Friday")
    page = phone.get(f"/learn/{CODE}/90-practice")
    assert page.text.index("Friday") < page.text.index("Monday")
    form = next(form for form in page.all("form") if "/withdrawal" in (form.get("action") or ""))
    answer = phone.post(form.get("action") or "")
    page = phone.get(answer.location)
    assert "Friday" not in page.text
    assert "Monday" in page.text
    assert phone.post(form.get("action") or "").status == 303, "a second tap does no harm"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Write something or choose a photo"),
        ({"text": " \n "}, "Write something or choose a photo"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "too long"),
        ({"text": "kept words", "photo": photo(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg")}, "not a photo"),
        ({"photo": photo(b"<script>alert(1)</script>", "x.jpg")}, "not a photo"),
        ({"photo": photo(lessons.photo()[:400], "x.jpg")}, "damaged"),
    ],
)
def test_what_cannot_be_logged_is_said(version: CourseVersion, phone: Browse, sent: dict[str, object], sentence: str) -> None:
    page = log(phone, **sent)
    assert page.status == 422
    assert sentence in page.text
    assert str(sent.get("text", "")).strip()[:20] in page.text
    assert db.session.query(PracticeLog).count() == 0


def test_a_photo_that_is_too_large(version: CourseVersion, phone: Browse) -> None:
    edge, head = "zqedge", 'Content-Disposition: form-data; name="photo"; filename="x.jpg"'
    body = f"--{edge}\r\n{head}\r\n\r\n".encode() + b"\xff\xd8\xff" + bytes(12 * 1024 * 1024) + f"\r\n--{edge}--\r\n".encode()
    page = phone.post(f"/learn/{CODE}/90-practice/logs", body, content_type=f"multipart/form-data; boundary={edge}")
    assert page.status == 422
    assert "too large" in page.text


def test_the_longest_text_with_many_lines_fits(version: CourseVersion, phone: Browse) -> None:
    text = "a\r\n" * (LONGEST_TEXT // 2)
    assert log(phone, text=text).status == 303


def test_a_form_sent_twice_logs_once(version: CourseVersion, phone: Browse) -> None:
    action, data = fill(phone.get(f"/learn/{CODE}/90-practice"), "/logs", text="once")
    assert [phone.post(action, data).status for _ in range(2)] == [303, 303]
    assert db.session.query(PracticeLog).count() == 1


def test_a_phone_that_logs_without_end_is_stopped(version: CourseVersion, phone: Browse) -> None:
    action = f"/learn/{CODE}/90-practice/logs"
    answers = [phone.post(action, {"version": "1"}).status for _ in range(MOST_A_DAY + 1)]
    assert answers == [422] * MOST_A_DAY + [429]


def test_a_forged_form_does_nothing_strange(version: CourseVersion, phone: Browse) -> None:
    action = f"/learn/{CODE}/90-practice/logs"
    for log_id in ("", "x" * 500, "Z" * 32):
        assert phone.post(action, {"text": "a", "version": "1", "log_id": log_id, "person_id": "1"}).status == 303
    assert phone.post(action, {"text": "a", "version": "7"}).status == 404
    assert phone.post(f"/learn/{CODE}/01-job/reading", {"version": ""}).status == 404
    assert phone.post(f"/learn/{CODE}/01-job/logs", {"text": "a", "version": "1"}).status == 404
    assert phone.post(f"/learn/{CODE}/01-job/logs", {"version": "1"}).status == 404
    for address in ("/learn/nothing", f"/learn/{CODE}/nothing", "/learn/logs/99/photo"):
        assert phone.get(address).status == 404


def test_words_are_words(version: CourseVersion, phone: Browse) -> None:
    log(phone, text="<script>alert(1)</script> {{ 7*7 }}")
    page = phone.get(f"/learn/{CODE}/90-practice")
    assert "<script>alert(1)</script> {{ 7*7 }}" in page.text


def test_nothing_personal_stays_on_the_phone(version: CourseVersion, phone: Browse) -> None:
    read(phone, "01-job")
    for address in ("/learn", f"/learn/{CODE}", f"/learn/{CODE}/01-job", f"/learn/{CODE}/90-practice"):
        assert phone.get(address).response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "most"),
    [("/learn", 10), (f"/learn/{CODE}", 12), (f"/learn/{CODE}/01-job", 14), (f"/learn/{CODE}/90-practice", 15), ("/", 14)],
)
def test_statements_do_not_grow(version: CourseVersion, person: Person, phone: Browse, address: str, most: int) -> None:
    lessons.begun(person, version, "01-job")
    lessons.log(person, version, None)
    seat_in(version, person)
    before = statements(phone, address)
    for _ in range(3):
        other = lessons.version()
        lessons.begun(person, other, "01-job", "02-plan")
        lessons.log(person, version, None)
        lessons.log(person, other, None)
        seat_in(other, person)
    assert statements(phone, address) == before <= most


def seat_in(version: CourseVersion, person: Person) -> None:
    training = sessions.training(version=version, state=TrainingState.CONFIRMED)
    sessions.seat(training, factories.factory(), person)


def statements(phone: Browse, address: str) -> int:
    phone.get(address)
    with counted() as seen:
        assert phone.get(address).status == 200
    return len(seen)


def test_staff_do_not_learn(version: CourseVersion, browse: Browse) -> None:
    assert browse.get("/learn").location.startswith("/sign-in")
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))
    for address in ("/learn", f"/learn/{CODE}", f"/learn/{CODE}/01-job"):
        assert trainer.get(address).status == 404
    assert "Learn by yourself" not in trainer.get(f"/courses/{CODE}").text


def test_words_outlive_the_sign_in(browse: Browse) -> None:
    """Written at length, sent when the time had run out: the page that asks to sign in keeps them. A photo it cannot."""
    version = lessons.version("late")
    form = {"version": version.number, "log_id": "a" * 32, "text": "I planned my shift."}
    sent = {**form, "photo": (io.BytesIO(b""), "")}
    late = Browse(browse.app).post("/learn/late/90-practice/logs", sent)
    assert late.status == 401
    kept = {field.get("name"): field.get("value") for field in late.all("input") if field.get("type") == "hidden"}
    assert form.items() <= kept.items()
    with_photo = Browse(browse.app).post("/learn/late/90-practice/logs", {**form, "photo": (io.BytesIO(lessons.photo()), "a.jpg")})
    assert with_photo.status == 401 and "I planned my shift." not in with_photo.response.text
