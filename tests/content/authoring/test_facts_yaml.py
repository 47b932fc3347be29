"""What is written as course.yaml reads as exactly the same facts, whatever people type."""

import json
import string
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.authoring.facts_yaml import facts_text
from app.content.folder import Folder, from_disk
from app.content.read import read_course
from app.content.schema import CourseFacts
from app.courses.rules import THEMES, AttendanceBy, Category, FormKind, QuizPhase, UnitKind
from app.factories.rules import JobRole
from app.sessions.rules import Modality
from tests.counts import examples
from tests.make import drafts

CONTENT = Path(__file__).resolve().parents[3] / "content"
LOCALES = ["km", "no", "ar", "zh-Hant"]
SURPRISES = ["no", "12:30", "0123", "1_0", "null", "~", "- a", "a: b", "# x", "{a}", "!x", "*a", "&a", "%a", "@", "'", '"', "\\", "a\nb", "\ta", "\u200ba", "\u2028", "\ufeffa", "�", "🔥"]

words = st.one_of(st.sampled_from(SURPRISES), st.text(max_size=200)).map(lambda text: f"x{text}x"[:2000])
printable = words.map(lambda text: "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc"))
names = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)
minutes, share = st.integers(1, 100_000), st.integers(0, 1000).map(lambda number: number / 1000)
locales = st.sets(st.sampled_from(LOCALES)).map(lambda found: ["en", *sorted(found)])


def by_locale(value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return locales.flatmap(lambda found: st.fixed_dictionaries(dict.fromkeys(found, value)))


titles = by_locale(printable)
sentences = by_locale(st.lists(printable, min_size=1, max_size=3))
units = st.fixed_dictionaries(
    {"id": names, "kind": st.sampled_from(UnitKind), "minutes": minutes, "titles": titles},
    optional={
        "objectives": sentences, "phase": st.sampled_from(QuizPhase), "months_after": st.integers(1, 60),
        "blueprint": st.dictionaries(names, st.integers(1, 100), min_size=1, max_size=3),
    },
)
layouts = st.fixed_dictionaries({
    "id": names, "titles": titles,
    "parts": st.lists(
        st.fixed_dictionaries({"titles": titles, "minutes": minutes, "units": st.lists(names, min_size=1, max_size=3)}),
        min_size=1, max_size=2,
    ),
})
validity = st.one_of(
    st.none(),
    st.fixed_dictionaries({"months": st.integers(1, 240), "counts_from": st.sampled_from(["completion", "expiry"])}),
    st.just({"months": 12, "counts_from": "fixed_day", "fixed_day": "12-31"}),
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
courses = st.fixed_dictionaries({
    "id": names, "version": st.sampled_from(["1", "1.10", "12", "0.1"]), "category": st.sampled_from(Category),
    "titles": titles, "summary": titles, "objectives": sentences,
    "audience": st.lists(st.sampled_from(JobRole), min_size=1, max_size=3),
    "themes": st.lists(st.sampled_from(THEMES), max_size=4),
    "hours": st.one_of(st.integers(1, 1000), st.integers(1, 9999).map(lambda number: number / 100), st.just(0.00001)),
    "group_size": st.fixed_dictionaries({"min": st.integers(1, 1000), "max": st.integers(1, 1000)}),
    "modalities": st.lists(st.sampled_from(Modality), min_size=1, max_size=3),
    "languages": by_locale(st.fixed_dictionaries({"reviewed": st.one_of(st.just(False), days)})),
    "pass_rule": st.fixed_dictionaries({
        "attendance": share, "evaluation": st.booleans(),
        "test": st.one_of(st.none(), st.fixed_dictionaries({"unit": names, "share": share})),
    }, optional={
        "attendance_by": st.sampled_from(AttendanceBy), "late_after": st.integers(0, 240),
        "present_from": st.integers(1, 100).map(lambda number: number / 100),
    }),
    "validity": validity, "refresher": st.one_of(st.none(), names),
    "sources": st.lists(printable, min_size=1, max_size=3), "review_by": days,
    "layouts": st.lists(layouts, max_size=2),
    "forms": st.lists(
        st.fixed_dictionaries({"id": names, "kind": st.sampled_from(FormKind), "titles": titles}), max_size=2
    ),
    "units": st.lists(units, min_size=1, max_size=3),
})  # fmt: skip


def read(text: str) -> tuple[CourseFacts | None, list[str]]:
    problems: list[Any] = []
    course = read_course(Folder(None, {"course.yaml": text.encode("utf-8", "surrogatepass")}), problems)
    return course.facts if course else None, [str(problem) for problem in problems]


@settings(max_examples=examples(40), deadline=None)
@given(courses)
def test_what_is_written_reads_as_the_same_facts(value: dict[str, Any]) -> None:
    facts = CourseFacts.model_validate_json(_json(value))
    assert read(facts_text(facts)) == (facts, [])


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value)


@pytest.mark.parametrize("folder", sorted(path for path in CONTENT.iterdir() if (path / "course.yaml").is_file()), ids=lambda path: path.name)
def test_the_courses_of_the_house_survive(folder: Path) -> None:
    course = read_course(from_disk(folder), [])
    assert course
    assert read(facts_text(course.facts)) == (course.facts, [])


def test_it_looks_as_one_would_write_it_by_hand() -> None:
    facts, _problems = read(drafts.YAML)
    assert facts
    text = facts_text(facts)
    assert text.startswith('id: fire-drill\nversion: "1"\ncategory: osh\ntitles: {en: "Fire drill", km: "សមយុទ្ធអគ្គិភ័យ"}\n')
    assert '\n  - {id: lesson, kind: lesson, minutes: 60, titles: {en: "Exits", km: "ច្រកចេញ"}}\n' in text
    assert max(len(line) for line in text.splitlines()) <= 120
    assert set(text) <= set(string.printable) | set("".join(drafts.YAML))
