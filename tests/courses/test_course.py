"""The page of a course, its editions and its media."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.courses.models import Pathway, Unit
from app.courses.rules import QuizPhase, UnitKind, ValidFrom
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, courses, factories, lessons
from tests.make import sessions as make
from tests.make.statements import counted

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"
NOTE = {"topic": "Exits", "text": {"en": "Two exits.", "bn": "দুটি পথ।"}, "source": "Labour Rules 2015, rule 54", "checked": "2025-11-25", "review_by": "2025-12-01"}
LAYOUT = {
    "id": "days", "titles": {"en": "Three days"},
    "parts": [{"titles": {"en": "Morning"}, "minutes": 195, "units": ["lesson", "post-test"]}, {"titles": {"en": "Noon"}, "minutes": 60, "units": ["gone"]}],
}


@pytest.fixture
def reader(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))


def test_the_questions_are_answered_in_their_order(reader: Browse) -> None:
    courses.version("renewal", titles={"en": "The refresher"})
    courses.version("sst", refresher="renewal", evaluation_required=True, themes=["osh/chemicals"], layouts=[LAYOUT], sources=["Convention No. 155"],
                    review_by=date(2020, 1, 1), languages={"en": "2026-11-20", "km": None})
    courses.pathway("way", [{"course": "other"}, {"choose": 1, "of": ["sst", "x"]}], titles={"en": "The way"})
    courses.pathway("elsewhere", [{"course": "sst-2"}], titles={"en": "Another way"})
    reply = reader.get("/courses/sst")
    order = [
        "How to lead a line.", "What will I be able to do?", "I can plan my shift.", "Who is it for?", "Supervisor", "8 to 25 people", "How long does it take?",
        "18 hours", "1 way to run it", "What is asked of me?", "at least 80% of the half-days", "at least 60% in the test", "what you think of the course",
        "Which themes?", "Chemicals", "What comes after?", "valid for 24 months", "renewed by another course: The refresher", "A step of: The way",
        "When is it next?", "How do we get it to our factory?", "Units", "Three days", "4 h 15 min", "3 h 15 min", "Languages", "reviewed on Nov 20, 2026",
        "not yet reviewed", "Convention No. 155", "To be reviewed by January 1, 2020.", "review is due", "Version 1",
    ]
    at = 0
    for words in order:
        assert words in reply.text[at:], words
        at = reply.text.index(words, at)
    assert "Another way" not in reply.text
    assert "All versions" not in reply.text
    assert {"/courses/renewal", "/pathways/way", "/courses?theme=osh/chemicals"} <= {a.get("href") for a in reply.all("a")}


@pytest.mark.parametrize(
    ("values", "words", "never"),
    [
        ({"validity_months": None}, "The certificate does not expire.", "renewed by"),
        ({"valid_from": ValidFrom.EXPIRY}, "loses no day", "another course"),
        ({"valid_from": ValidFrom.FIXED_DAY, "valid_to_day": "12-31", "validity_months": 12}, "up to 31 December, at most 12 months", "loses"),
        ({}, "renewed by taking this course again", "another course"),
        ({"refresher": "not-published"}, "renewed by another course: not-published", "again"),
        ({"attendance_share": 0.0, "test_share": None}, "Nothing but to take part.", "Attend at least"),
    ],
)
def test_rules_are_said_in_words(reader: Browse, values: dict[str, object], words: str, never: str) -> None:
    courses.version("sst", **values)
    text = reader.get("/courses/sst").text
    assert words in text and never not in text


def test_units_say_when_a_quiz_is_taken(reader: Browse) -> None:
    version = courses.version("sst")
    db.session.add(Unit(version_id=version.id, position=9, code="later", kind="quiz", minutes=20, titles={"en": "Later"}, objectives={}, phase=QuizPhase.FOLLOW_UP, months_after=6))
    db.session.flush()
    courses.unit(version, "post-test").phase = QuizPhase.POST
    text = reader.get("/courses/sst").text
    assert "Quiz, after the training · 1 hour" in text and "Quiz, 6 months later · 20 minutes" in text


def test_country_notes_are_dated_and_sourced(reader: Browse) -> None:
    courses.version("fire", countries=[{"country": "BD", "notes": [NOTE]}])
    text = reader.get("/courses/fire").text
    for words in ("What national law says", "Bangladesh", "Exits", "Two exits.", "Labour Rules 2015, rule 54", "November 25, 2025", "to be looked up again"):
        assert words in text


def test_the_next_dates_are_those_that_the_reader_may_see(browse: Browse) -> None:
    version = courses.version("sst")
    far = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD")
    for days in (40, 5, 20, 30, 50):
        make.training(version=version, days=(days,))
    make.training(version=version, programme=far, days=(1,), code="FARFAR")
    make.training(version=courses.version("other"), days=(1,), code="OTHERS")
    make.training(version=version, days=(-5,), code="PASTPA")
    reader = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))
    reply = reader.get("/courses/sst")
    links = [a.get("href") for a in reply.all("a") if (a.get("href") or "").startswith("/sessions/")]
    assert len(links) == 4 and "/sessions?course=sst" in {a.get("href") for a in reply.all("a")}
    starts = [date.today() + timedelta(days=days) for days in (5, 20, 30, 40)]
    assert [f"{day:%b} {day.day}, {day.year}" in reply.text for day in starts] == [True] * 4
    learner = browse.as_person(factories.person(factories.factory()).id)
    assert "When is it next?" not in learner.get("/courses/sst").text


def test_an_old_edition_stays_as_it_was(reader: Browse) -> None:
    courses.version("sst", summary={"en": "The first words."})
    courses.edition("sst", "2", summary={"en": "The second words."}, note="New law on heat.")
    latest = reader.get("/courses/sst").text
    assert "The second words." in latest and "not the latest" not in latest and "All versions" in latest
    old = reader.get("/courses/sst/versions/1")
    assert "The first words." in old.text and "This is version 1, not the latest one" in old.text
    assert "/courses/sst" in {a.get("href") for a in old.all("a")}
    assert "How do we get it" not in old.text, "nobody asks for an old edition"
    assert "not the latest" not in reader.get("/courses/sst/versions/2").text
    listed = reader.get("/courses/sst/versions").text
    assert listed.index("Version 2") < listed.index("latest", listed.index("Version 2")) < listed.index("New law on heat.") < listed.index("Version 1")
    for address in ("/courses/sst/versions/3", "/courses/nothing/versions/1", "/courses/nothing/versions", "/courses/nothing"):
        assert reader.get(address).status == 404, address


def test_what_is_archived_leads_nowhere(reader: Browse) -> None:
    courses.version("sst")
    courses.pathway("way", [{"course": "sst"}], titles={"en": "The way"})
    assert "A step of: The way" in reader.get("/courses/sst").text
    db.session.execute(sa.update(Pathway).values(archived_at=now(), archived_why="Two are enough."))
    assert "The way" not in reader.get("/courses/sst").text
    assert "There is no pathway yet" in reader.get("/pathways").text
    assert "Two are enough." in reader.get("/pathways/way").text


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ADVISOR, Role.PROGRAMME_MANAGER, Role.TRAINER])
def test_the_page_takes_six_statements(app: Flask, browse: Browse, role: Role) -> None:
    """Signing in included; many dates, factories, pathways and editions cost nothing more."""
    version = courses.version("sst", refresher="other", layouts=[LAYOUT], countries=[{"country": "BD", "notes": [NOTE]}])
    courses.version("other")
    factory = factories.factory()
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factories.programme()}
    somebody = browse.as_account(accounts.account(role, **place))
    counts = []
    for more in (1, 6):
        for _ in range(more):
            courses.pathway(f"way-{len(counts)}-{_}", [{"course": "sst"}])
            make.training(version=version)
            factories.factory()
        somebody.get("/courses/sst")
        with counted() as statements:
            assert somebody.get("/courses/sst").status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6, statements


def test_media_are_served_as_what_their_name_says_and_never_run(reader: Browse, browse: Browse) -> None:
    version = courses.version("sst")
    for name in ("a.svg", "a.png", "a.jpg", "a.jpeg", "a.webp", "a.mp3", "a.m4a", "a.ogg", "a.opus"):
        courses.media(version, name, SVG)
    at = "/courses/sst/versions/1/media/"
    types = {name: reader.get(at + name).response.headers["Content-Type"] for name in ("a.svg", "a.png", "a.jpg", "a.jpeg", "a.webp", "a.mp3", "a.m4a", "a.ogg", "a.opus")}
    assert types == {
        "a.svg": "image/svg+xml", "a.png": "image/png", "a.jpg": "image/jpeg", "a.jpeg": "image/jpeg", "a.webp": "image/webp",
        "a.mp3": "audio/mpeg", "a.m4a": "audio/mp4", "a.ogg": "audio/ogg", "a.opus": "audio/ogg",
    }
    answer = reader.get(at + "a.svg").response
    assert answer.data == SVG
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    learner = browse.as_person(factories.person(factories.factory()).id)
    assert learner.get(at + "a.mp3").response.data == SVG
    part = learner.get(at + "a.mp3", headers={"Range": "bytes=1-3"}).response
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, SVG[1:4], f"bytes 1-3/{len(SVG)}")
    assert browse.get(at + "a.svg").location.startswith("/sign-in")


@pytest.mark.parametrize(
    "name",
    [
        "b.svg", "a.html", "a.svg.html", "a.js", "a", ".svg", "a.SVG", "..%2Fcourse.yaml", "../course.yaml", "..%2F..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2fen%2flesson.md", "a.svg%00", "a.svg%00.png", "a.svg/", "media%2Fa.svg", "%5c..%5ca.svg", "a.svg?x=../../b", "en%2Flesson.svg",
    ],
)
def test_nothing_else_is_served(reader: Browse, name: str) -> None:
    version = courses.version("sst")
    courses.media(version, "a.svg", SVG)
    courses.media(version, "a.html", b"<script>alert(1)</script>")
    courses.media(version, "../en/lesson.svg", SVG)
    reply = reader.get(f"/courses/sst/versions/1/media/{name}")
    assert reply.status == (200 if name.startswith("a.svg?") else 404), reply.response.data
    assert b"script>alert" not in reply.response.data


def test_media_belong_to_their_version(reader: Browse) -> None:
    courses.media(courses.version("sst"), "a.svg", SVG)
    courses.edition("sst", "2")
    courses.version("other")
    assert reader.get("/courses/sst/versions/1/media/a.svg").status == 200
    for address in ("/courses/sst/versions/2/media/a.svg", "/courses/other/versions/1/media/a.svg", "/courses/no/versions/1/media/a.svg"):
        assert reader.get(address).status == 404, address


def test_units_are_those_of_the_edition_in_the_language_of_each_reader(browse: Browse) -> None:
    """What is drawn once is not shown to somebody else, nor after the next edition."""
    first = lessons.version("drawn")
    english, arabic = (browse.as_account(accounts.account(Role.GROUP_VIEWER, language=code)) for code in ("en", "ar"))
    for _ in range(2):
        assert "Unit 02-plan" in english.get("/courses/drawn").text
        assert "الوحدة 02-plan" in arabic.get("/courses/drawn").text
    assert "/courses/drawn/lessons/02-plan" in english.get("/courses/drawn").response.text
    lessons.newer(first, (("01-job", UnitKind.LESSON), ("09-new", UnitKind.LESSON)))
    current, old = (english.get(f"/courses/drawn{tail}") for tail in ("", "/versions/1"))
    assert "Unit 09-new" in current.text and "Unit 02-plan" not in current.text
    assert "Unit 02-plan" in old.text and "/lessons/02-plan" not in old.response.text


def test_a_part_of_a_picture_is_that_part(browse: Browse) -> None:
    version = lessons.version("drawn")
    data = b"<svg>" + b"x" * 3000 + b"</svg>"
    lessons.media(version, "plan.svg", data)
    client = browse.as_account(accounts.account(Role.GROUP_VIEWER)).client
    part = client.get("/courses/drawn/versions/1/media/plan.svg", headers={"Range": "bytes=0-999", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, data[:1000], f"bytes 0-999/{len(data)}")
    beyond = client.get("/courses/drawn/versions/1/media/plan.svg", headers={"Range": "bytes=9999-"})
    assert beyond.status_code == 416
