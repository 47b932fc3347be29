"""Papers of a course: what stands on them, in which direction, and what must never stand there."""

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.content.check import checked_folder
from app.content.folder import Folder
from app.content.printing.blocks import Block, markdown_blocks
from app.content.printing.documents import WORDING, Paper, PaperKind, papers_of
from app.content.printing.drawing import Head, draw
from app.content.read import Course
from app.platform.documents.errors import DocumentRefused
from app.platform.i18n.languages import LANGUAGES
from tests.counts import sampled
from tests.make.content import FORM, KEY, folder

KINDS = [(kind, "evaluation" if kind is PaperKind.FORM else "") for kind in PaperKind]


def paper(locale: str = "en", files: Folder | None = None) -> Paper:
    course, problems = checked_folder(files or folder())
    assert isinstance(course, Course), problems
    return Paper(course, locale)


def drawn(one: Paper, kind: PaperKind, form: str, fonts: Path) -> bytes:
    head = Head(one.name(kind, form), one.title, "foot", one.locale, date(2026, 11, 25))
    return draw(head, one.of(kind, form), fonts=fonts, compact=kind is PaperKind.SHEET)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def told(blocks: list[Block]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


@pytest.mark.parametrize(("kind", "form", "locale"), [(*each, locale) for each in KINDS for locale in sampled(["en", "km", "ar"], each[0])])
def test_every_paper_in_every_language_of_the_course(kind: PaperKind, form: str, locale: str, fonts: Path) -> None:
    data = drawn(paper(locale), kind, form, fonts)
    pdf = pypdf.PdfReader(io.BytesIO(data))
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert pdf.trailer["/Root"]["/Lang"] == locale
    assert data == drawn(paper(locale), kind, form, fonts)


def test_the_sheet_stands_on_one_page(fonts: Path) -> None:
    data = drawn(paper(), PaperKind.SHEET, "", fonts)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    text = words(data)
    for said in ("Leading a line", "I can plan my shift.", "4 hours", "8 to 25 people", "valid for 24 months", "60 minutes"):
        assert said in text
    assert "Attend at least 80% of the half-days. Reach at least 60% in the test. Hand in the evaluation." in text


@pytest.mark.parametrize("locale", ["en", "km", "ar"])
def test_the_sheet_of_a_course_that_counts_minutes_asks_for_minutes(locale: str) -> None:
    text = folder().files["lines/course.yaml"].decode() if "lines/course.yaml" in folder().files else folder().files["course.yaml"].decode()
    by_minutes = folder(course=text.replace("attendance: 0.8,", "attendance: 0.8, attendance_by: minutes,"))
    said = json.loads((WORDING / f"{locale}.json").read_text("utf-8"))
    asked = next(iter(paper(locale, by_minutes).asked()))
    assert asked == said["attend_minutes"].format(share=paper(locale).share(0.8)) != next(iter(paper(locale).asked()))


def test_the_guide_has_everything_to_teach_from_and_no_question_of_a_test(fonts: Path) -> None:
    text = words(drawn(paper(), PaperKind.GUIDE, "", fonts))
    for said in ("Whom to invite", "They plan.", "before the bell", "Who is absent?", "One half-day", "A public guide"):
        assert said in text
    for secret in (KEY, "Smoke?", "Leave."):
        assert secret not in text


@pytest.mark.parametrize(("kind", "form"), KINDS)
def test_no_paper_has_a_question_or_a_key_of_a_test(kind: PaperKind, form: str) -> None:
    assert not {secret for secret in (KEY, "Smoke?", "ផ្សែង") if secret in told(paper("km").of(kind, form))}


def test_what_is_not_translated_stands_there_in_english_from_left_to_right() -> None:
    blocks = paper("ar").guide()
    english = [block for block in blocks if block["k"] == "in"]
    assert english
    assert all(not block["rtl"] and block["script"]["lang"] == "en" for block in english)
    assert any("Whom to invite" in told(block["blocks"]) for block in english)
    assert "عشر دقائق" in told([block for block in blocks if block["k"] != "in"])


def test_a_course_without_handouts_has_no_such_paper() -> None:
    files = folder()
    assert paper("en", files.with_file("en/lesson.handout.md", None)).of(PaperKind.HANDOUTS) == []
    assert paper().of(PaperKind.FORM, "nothing") == []
    assert paper().of(PaperKind.FORM, "guide") == []


def test_a_version_knows_its_papers() -> None:
    files = folder()
    whole, without = (paper("en", each).course for each in (files, files.with_file("en/lesson.handout.md", None)))
    assert [each["kind"] for each in papers_of(whole)] == ["sheet", "guide", "handouts", "form"]
    assert papers_of(whole)[-1] == FORM
    assert [each["kind"] for each in papers_of(without)] == ["sheet", "guide", "form"]


def test_a_handout_leaves_room_to_write(fonts: Path) -> None:
    (table,) = (block for block in paper().handouts() if block["k"] == "table")
    assert table["widths"] == [0, 30]
    assert "What I do" in words(drawn(paper(), PaperKind.HANDOUTS, "", fonts))


def test_markdown_becomes_blocks() -> None:
    blocks = markdown_blocks(
        "# T\n\n## A\n\nText **bold** *soft*\n\n3. three\n4. four\n\n- [ ] tick\n\n> call\n\n---\n\n#### deep\n", {}
    )
    assert [block["k"] for block in blocks] == ["heading", "p", "list", "check", "callout", "rule", "heading"]
    assert blocks[1]["runs"] == [{"t": "Text "}, {"t": "bold", "b": True}, {"t": " "}, {"t": "soft", "i": True}]
    assert (blocks[2]["ordered"], blocks[2]["start"]) == (True, 3)
    assert blocks[3]["items"] == [[{"k": "p", "runs": [{"t": "tick"}]}]]
    assert blocks[6]["level"] == 3, "levels never jump"


@pytest.mark.parametrize("text", ["#panic()", "$x$", "\\ \" ' ` @ <a>", "#import \"x\": *", "{{ x }}", "{% x %}"])
def test_hostile_text_is_printed_as_it_is(text: str, fonts: Path) -> None:
    head = Head("Kind", "Course", "foot", "en", date(2026, 11, 25))
    data = draw(head, [{"k": "p", "runs": [{"t": text}]}], fonts=fonts)
    assert text.replace(" ", "") in words(data).replace(" ", "").replace("’", "'").replace("“", '"').replace("”", '"')


def test_a_sign_without_glyph_is_refused(fonts: Path) -> None:
    head = Head("Kind", "Course", "foot", "en", date(2026, 11, 25))
    with pytest.raises(DocumentRefused):
        draw(head, [{"k": "p", "runs": [{"t": "\U00013000"}]}], fonts=fonts)


@pytest.mark.parametrize("file", sorted(WORDING.glob("*.json")), ids=lambda file: file.stem)
def test_every_language_of_papers_has_every_phrase_with_its_places(file: Path) -> None:
    english = json.loads((WORDING / "en.json").read_text("utf-8"))
    phrases: dict[str, Any] = json.loads(file.read_text("utf-8"))
    assert file.stem in LANGUAGES
    assert set(phrases) == set(english)
    for key, phrase in english.items():
        if isinstance(phrase, str):
            assert set(re.findall(r"{\w+}", phrases[key])) == set(re.findall(r"{\w+}", phrase)), key
        else:
            assert len(phrases[key]) == len(phrase), key
