"""Browsing the catalogue: filters with their counts, search in every script, pages, the archive."""

import re
import unicodedata

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.courses import labels
from app.courses.models import Course
from app.courses.rules import POINTS, Category, Length, length_of, with_theme
from app.courses.search import CatalogueFilter, find
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.make import accounts, courses, factories
from tests.make.statements import counted


@pytest.fixture
def reader(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))


def _shown(reply: Reply) -> list[str]:
    """The titles of the courses; a heading that leads nowhere is of another card."""
    return ["".join(each.itertext()) for each in reply.all("h2") if each.find("a") is not None]


def _shelf() -> None:
    courses.version("fire", category=Category.OSH, titles={"en": "Fire"}, themes=["osh/emergency-preparedness"], hours=3.0,
                    audience=["operator"], modalities=["virtual"], languages={"en": None, "vi": None})
    courses.version("chemicals", category=Category.OSH, titles={"en": "Chemicals"}, themes=["osh", "osh/chemicals"], hours=8.0,
                    audience=["manager"], modalities=["in_person", "virtual"], languages={"en": None})
    courses.version("sst", titles={"en": "Skills"}, themes=["working-time/overtime"], hours=18.0, modalities=["in_person"])


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["Skills", "Chemicals", "Fire"]),
        ("category=osh", ["Chemicals", "Fire"]),
        ("theme=osh", ["Chemicals", "Fire"]),
        ("theme=osh/chemicals", ["Chemicals"]),
        ("theme=working-time", ["Skills"]),
        ("audience=operator", ["Fire"]),
        ("language=vi", ["Fire"]),
        ("modality=virtual", ["Chemicals", "Fire"]),
        ("length=short", ["Fire"]),
        ("length=day", ["Chemicals"]),
        ("length=longer", ["Skills"]),
        ("theme=osh&modality=virtual&length=short&audience=operator&language=vi&q=fire", ["Fire"]),
        ("theme=osh&length=longer", []),
        ("theme=osh%25&audience=%27%3B--&modality=x&length=9&category=x", ["Skills", "Chemicals", "Fire"]),
        ("language=%25", []),
    ],
)
def test_each_filter_by_its_address(reader: Browse, asked: str, titles: list[str]) -> None:
    _shelf()
    reply = reader.get(f"/courses?{asked}")
    assert reply.status == 200 and _shown(reply) == titles
    if not titles:
        assert "No course fits" in reply.text and "Show all courses" in reply.text


def test_counts_say_what_a_filter_would_find(reader: Browse) -> None:
    """Each counts with all the other filters, but not with what is chosen of its own kind."""
    _shelf()
    words = reader.get("/courses?theme=osh&length=short").text
    for count in ("Safety and health (1)", "Up to 3 hours (1)", "Half a day to a day (1)", "All of this theme (1)", "Operator (1)", "Tiếng Việt (1)"):
        assert count in words, count
    assert "More than a day" not in words and "Manager" not in words  # they lead to nothing
    assert "Overtime (" not in words, "a point is counted only with the other filters"
    found = find(CatalogueFilter(theme="osh"))
    assert found.counts["theme"] == {"osh": 2, "osh/chemicals": 1, "osh/emergency-preparedness": 1, "working-time": 1, "working-time/overtime": 1}
    assert found.counts["length"] == {"short": 1, "day": 1}


def test_a_tab_keeps_the_other_filters(reader: Browse) -> None:
    _shelf()
    links = {"".join(each.itertext()): each.get("href") for each in reader.get("/courses?theme=osh&q=fire&_scheme=x").all("a")}
    assert links["Safety and health (1)"] == "/courses?theme=osh&q=fire&category=osh"
    assert links["Clear the filter"] == "/courses"


@pytest.mark.parametrize(
    "words",
    [
        "គ្រប់គ្រង", "អ្នកគ្រប់", "ជំនាញ\u200bអ្នក", "ky nang chuyen", "KỸ NĂNG", unicodedata.normalize("NFD", "kỹ năng"), "đốc công", "doc cong",
        "مهارات", "مهـــارات", "তদারকি", unicodedata.normalize("NFD", "দক্ষতা"), "SKILLS super", "sst",
    ],
)
def test_search_in_every_script(reader: Browse, words: str) -> None:
    """Khmer is written without spaces: what is searched lies inside a phrase."""
    titles = {
        "en": "Supervisory Skills", "km": "វគ្គជំនាញអ្នកគ្រប់គ្រងខ្សែផលិតកម្ម", "vi": unicodedata.normalize("NFD", "Kỹ năng chuyền trưởng, đốc công"),
        "ar": "مهارات الإشراف", "bn": "তদারকি দক্ষতা",
    }
    courses.version("sst", titles=titles)
    courses.version("fire", titles={"en": "Fire"})
    assert _shown(reader.get("/courses", query_string={"q": words})) == ["Supervisory Skills"]


def test_words_are_never_a_pattern(reader: Browse) -> None:
    courses.version("sst", titles={"en": "All of it, 100 %"})
    assert _shown(reader.get("/courses?q=100+%25")) == ["All of it, 100 %"]
    assert _shown(reader.get("/courses?q=_ll")) == []
    assert reader.get("/courses", query_string={"q": "x " * 5000}).status == 200


def test_pages_are_stable_and_count_right(reader: Browse) -> None:
    for number in range(50):
        courses.version(f"course-{number:02d}", titles={"en": f"Course {number:02d}"})
    pages = [_shown(reader.get(f"/courses?page={page}&category=supervisory_skills")) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [24, 24, 2]
    assert [title for page in pages for title in page] == [f"Course {number:02d}" for number in range(50)]
    first = reader.get("/courses?category=supervisory_skills")
    assert "50 courses" in first.text
    assert [a.get("href") for a in first.all("a") if a.get("rel") == "next"] == ["/courses?category=supervisory_skills&page=2"]
    assert "There is no such page" in reader.get("/courses?page=9").text
    for strange in ("0", "-3", "x", "9" * 30):
        assert _shown(reader.get(f"/courses?page={strange}"))[:1] in (["Course 00"], [])


def test_what_is_archived_is_for_authors(browse: Browse, reader: Browse) -> None:
    courses.version("old", titles={"en": "Old course"})
    db.session.execute(sa.update(Course).values(archived_at=now(), archived_why="The law changed."))
    assert "There is no course yet" in reader.get("/courses").text
    assert _shown(reader.get("/courses?archived=yes")) == [], "a reader does not see what is not offered"
    author = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))
    assert _shown(author.get("/courses")) == []
    assert _shown(author.get("/courses?archived=yes")) == ["Old course"]
    page = reader.get("/courses/old").text
    assert "no longer offered" in page and "The law changed." in page


def test_cards_say_what_they_lead_to_in_the_language_of_the_reader(reader: Browse) -> None:
    courses.version("sst", themes=["osh/chemicals", "working-time"], hours=3.5)
    text = reader.get("/courses").text
    for words in ("How to lead a line.", "3 h 30 min", "2 languages", "In person", "Safety and health at work, Working time"):
        assert words in text
    reader.post("/language", {"language": "km"})
    reply = reader.get("/courses")
    assert _shown(reply) == ["ជំនាញអ្នកគ្រប់គ្រង"]
    [summary] = [each for each in reply.all("p") if each.get("class") == "summary"]
    assert summary.get("lang") == "en", "there is no Khmer summary"


def test_the_catalogue_costs_the_same_with_many_courses(reader: Browse) -> None:
    counts = []
    for more in (3, 40):
        for _ in range(more):
            courses.version(themes=["osh"])
        reader.get("/courses?theme=osh")
        with counted() as statements:
            reader.get("/courses?theme=osh")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 4, counts


def test_a_stranger_has_to_sign_in_and_a_learner_may_look(browse: Browse) -> None:
    courses.version("sst")
    courses.pathway("way", [{"course": "sst"}])
    learner = browse.as_person(factories.person(factories.factory()).id)
    for address in ("/courses", "/courses/sst", "/courses/sst/versions", "/courses/sst/versions/1", "/pathways", "/pathways/way"):
        assert browse.get(address).location.startswith("/sign-in?next="), address
        assert learner.get(address).status == 200, address


@pytest.mark.parametrize("language", ["ar", "km"])
def test_pages_speak_other_directions(reader: Browse, language: str) -> None:
    courses.version("sst", titles={"en": "Skills", "ar": "مهارات"})
    reader.post("/language", {"language": language})
    for address in ("/courses", "/courses/sst", "/pathways"):
        page = reader.get(address).page
        assert page.get("lang") == language and page.get("dir") == ("rtl" if language == "ar" else "ltr")


def test_lengths_and_themes() -> None:
    assert [length_of(hours) for hours in (0.5, 3, 3.1, 8, 8.5)] == [Length.SHORT, Length.SHORT, Length.DAY, Length.DAY, Length.LONGER]
    assert with_theme(["osh/chemicals", "leave"]) == {"osh", "osh/chemicals", "leave"}


def test_every_point_has_a_label() -> None:
    assert list(labels.POINTS) == [f"{theme}/{point}" for theme, points in POINTS.items() for point in points]
    assert all(re.fullmatch(r"[A-Z][\w ,'-]+", str(label)) for label in labels.POINTS.values())


def test_after_the_last_page_the_first_is_one_tap_away(reader: Browse) -> None:
    courses.version("one", titles={"en": "The one course"})
    reply = reader.get("/courses?page=1000&q=one")
    [way] = [link.get("href") for link in reply.all("a") if "first page" in "".join(link.itertext())]
    assert "The one course" in reader.get(way).text
