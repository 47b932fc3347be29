"""What is on a certificate, and what absurd and hostile text does to it. Letters: test_glyphs.py, files: test_judges.py."""

import dataclasses
import io
import json
import string
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from app.certificates.paper.drawing import (
    LAYOUT,
    WORDING,
    CertificateFace,
    Signatory,
    draw,
    draw_picture,
    draw_surely,
    wording,
)
from app.certificates.paper.look import Look
from app.certificates.rules import Form
from app.platform.documents.errors import DocumentFailed, DocumentRefused
from app.platform.documents.scripts import LATIN, SCRIPTS
from tests.certificates.faces import FACES
from tests.certificates.paper.strokes import differ, heading, shaped

pytestmark = pytest.mark.slow

LANGUAGES = list(FACES)


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def large_name(face: CertificateFace) -> str:
    return face.local_name or face.latin_name


def font_file(locale: str, fonts: Path) -> Path:
    family = SCRIPTS.get(locale, LATIN).font.replace(" ", "")
    return fonts / f"{family}_400Regular.ttf"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_says_who_what_and_in_which_language(locale: str, fonts: Path) -> None:
    face = FACES[locale]
    pdf = reader(draw(face, fonts=fonts))
    assert pdf.metadata is not None
    assert large_name(face) in pdf.metadata.title
    assert face.latin_name in pdf.metadata.title
    assert face.course in pdf.metadata.title
    assert pdf.metadata.author == face.programme
    assert pdf.trailer["/Root"]["/Lang"] == locale.partition("-")[0]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(pdf.pages) == 1


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_picture_has_ink_where_the_name_stands(locale: str, fonts: Path) -> None:
    picture = Image.open(io.BytesIO(draw_picture(FACES[locale], fonts=fonts))).convert("L")
    width, height = picture.size
    assert (width, height) == (1123, 794)
    rest_starts_right = locale in {"ar", "ur"}
    column = (width * 0.55, width * 0.87) if rest_starts_right else (width * 0.13, width * 0.45)
    name = picture.crop((int(column[0]), int(height * 0.28), int(column[1]), int(height * 0.40)))
    dark = sum(name.histogram()[:128]) / (name.size[0] * name.size[1])
    assert 0.01 < dark < 0.4


def test_the_same_face_gives_the_same_bytes(fonts: Path) -> None:
    assert draw(FACES["ar"], fonts=fonts) == draw(FACES["ar"], fonts=fonts)


def test_one_name_stands_alone(fonts: Path) -> None:
    face = dataclasses.replace(FACES["vi"], local_name="Nguyen Thi Anh Tuyet")
    title = reader(draw(face, fonts=fonts)).metadata.title  # type: ignore[union-attr]
    assert title.count("Nguyen Thi Anh Tuyet") == 1
    assert reader(draw(face, fonts=fonts)).pages[0].extract_text().count("Nguyen Thi Anh Tuyet") == 1


def test_a_name_in_another_script_than_the_certificate(fonts: Path) -> None:
    name = "কৃষ্ণা শ্রেষ্ঠা"
    face = dataclasses.replace(FACES["ar"], local_name=name, name_locale="bn", latin_name="Krishna Shrestha")
    assert differ(heading(draw(face, fonts=fonts)), shaped(name, font_file("bn", fonts), "bn", "ltr")) == ""


@pytest.mark.parametrize("name", ["王小明", "Grace 😀", "A\u0378", "A\ue000"])
def test_a_name_without_glyphs_is_refused_and_the_latin_one_stands_in(name: str, fonts: Path) -> None:
    face = dataclasses.replace(FACES["en"], local_name=name)
    with pytest.raises(DocumentRefused):
        draw(face, fonts=fonts)
    assert draw(dataclasses.replace(face, local_name=""), fonts=fonts) == draw(FACES["en"], fonts=fonts)


def test_nobody_gets_no_certificate(fonts: Path) -> None:
    with pytest.raises(DocumentFailed, match="name"):
        draw(dataclasses.replace(FACES["en"], latin_name=" \u202e"), fonts=fonts)


def test_hostile_text_is_printed_as_it_is(fonts: Path) -> None:
    hostile = '#read("/etc/passwd") *_$<a> `x` {{config}} ${7*7} \\input{x} @b // --- ~'
    face = dataclasses.replace(FACES["en"], latin_name=hostile, course='#import "@preview/x:0.1.0" = *bold*')
    pdf = reader(draw(face, fonts=fonts))
    text = pdf.pages[0].extract_text()
    assert "".join(hostile.split()) in "".join(text.split())
    assert '#import "@preview/x:0.1.0" = *bold*' in text
    assert hostile in pdf.metadata.title  # type: ignore[union-attr,operator]


def test_layouts_never_evaluate_text() -> None:
    for layout in LAYOUT.parent.glob("*.typ"):
        assert "eval(" not in layout.read_text(encoding="utf-8"), layout.name


@pytest.mark.parametrize(
    "invisible", ["\u202e", "\u2066", "\x00", "\x07", "\ud800", "\u2028", "\n", "\t", "\ufeff", "\xad"]
)
def test_characters_that_control_or_reorder_are_dropped(invisible: str, fonts: Path) -> None:
    face = dataclasses.replace(FACES["en"], latin_name=f"Grace{invisible} Mwangi-O’Connor{invisible}")
    assert draw(face, fonts=fonts) == draw(FACES["en"], fonts=fonts)


@pytest.mark.sampled(each="locale", number=2)
@pytest.mark.parametrize(
    "name",
    [
        "Ravindra Venkatanarasimha " * 8,
        "W" * 200,
        "Zal" + "\u0301" * 300 + "go",
        "សុខស្រីនាង" * 20,
        "محمد ذیشان قریشی " * 12,
    ],
    ids=["many words", "one word", "piled marks", "Khmer", "Nastaliq"],
)
@pytest.mark.parametrize("locale", ["en", "km", "ur"])
def test_absurd_text_stays_on_one_page_and_leaves_the_rest_alone(locale: str, name: str, fonts: Path) -> None:
    longest = {"course": name[:160], "programme": name[:160], "factory": name[:120], "place": name[:120]}
    absurd = dataclasses.replace(FACES[locale], local_name=name, **longest)
    assert len(reader(draw(absurd, fonts=fonts)).pages) == 1
    assert footer(absurd, fonts) == footer(FACES[locale], fonts)


HOSTILE = {
    "two hundred signs": "Ravindra Venkatanarasimha " * 8,
    "one word": "W" * 200,
    "piled marks": "Zal" + "\u0301" * 300 + "go",
    "overridden direction": "Grace \u202eignawM\u202c",
    "emoji": "Grace 😀 👩🏽‍🏭",
    "unassigned": "Grace \u0378\U000e0fff\uffff",
    "mixed scripts": "សុខ ذیشان কৃষ্ණා Ўғил ተስፋ Ng",
    "markup": '#read("/etc/passwd") #import "@preview/x:0.1.0": * \\input{/etc/passwd} $x$ <a> {{7*7}}',
}


@pytest.mark.sampled(each="form", number=4)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("locale", ["en", "my", "ur"])
def test_whatever_is_written_there_is_one_sheet(locale: str, form: Form, text: str, fonts: Path) -> None:
    strange = dict.fromkeys(("programme", "course", "factory", "place", "role", "number", "version", "score"), text)
    face = dataclasses.replace(
        FACES[locale], local_name=text, latin_name="Grace", themes=(text, text), half_days=(text,) * 12, **strange,
        signatories=(Signatory(text, text),) * 2,
        look=Look(form=form, title=text, statement=text, proves=text, legal_note=text, ink=text, thread=text),
    )  # fmt: skip
    drawn = reader(draw_surely(face, fonts=fonts).pdf)
    assert len(drawn.pages) == (2 if form is Form.CARD else 1)
    assert all(sign not in drawn.metadata.title for sign in "\u202e\u0378")  # type: ignore[union-attr,operator]


@pytest.mark.parametrize("form", Form)
def test_no_latin_name_and_no_markup_read(form: Form, fonts: Path) -> None:
    text = HOSTILE["markup"]
    face = dataclasses.replace(FACES["en"], local_name=text, latin_name="", look=Look(form=form))
    read = "".join(reader(draw(face, fonts=fonts)).pages[0].extract_text().split())
    assert "".join(text.split()) in read
    assert "root:" not in read


def footer(face: CertificateFace, fonts: Path) -> bytes:
    """The picture of everything from the signatures' roles down: it does not move, whatever stands above."""
    picture = Image.open(io.BytesIO(draw_picture(face, fonts=fonts)))
    return picture.crop((0, 712, picture.size[0], picture.size[1])).tobytes()


def test_marks_piled_on_marks_print_over_nothing_else(fonts: Path) -> None:
    piled = dataclasses.replace(FACES["en"], latin_name="Zal" + "\u0301" * 300 + "go")
    plain = dataclasses.replace(FACES["en"], latin_name="Zalgo")

    def head(face: CertificateFace) -> bytes:
        return Image.open(io.BytesIO(draw_picture(face, fonts=fonts))).crop((0, 0, 1123, 205)).tobytes()

    assert head(piled) == head(plain)


def test_what_does_not_apply_is_left_out(fonts: Path) -> None:
    bare = dataclasses.replace(
        FACES["en"], half_days=(), factory="", place="", score="", valid_until="", signatories=(), hours=""
    )
    text = reader(draw(bare, fonts=fonts)).pages[0].extract_text()
    for label in ("Hours", "Half-days", "Place", "Valid until", "post-test"):
        assert label not in text
    assert "Attended 4 of 4 half-days" in text


@pytest.mark.parametrize("file", sorted(WORDING.glob("*.json")), ids=lambda file: file.stem)
def test_every_language_has_every_phrase_with_its_places(file: Path) -> None:
    english, phrases = wording("en"), json.loads(file.read_text(encoding="utf-8"))
    assert phrases.keys() == english.keys()
    for key, phrase in phrases.items():
        assert phrase.strip() == phrase != ""
        assert places(phrase) == places(english[key]), key


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", sorted(file.stem for file in WORDING.glob("*.json")))
def test_every_phrase_has_glyphs_and_fits(language: str, fonts: Path) -> None:
    face = dataclasses.replace(FACES["en"], locale=language, local_name="")
    assert len(reader(draw(face, fonts=fonts)).pages) == 1


def test_a_language_falls_back_to_its_base_then_to_english() -> None:
    assert wording("ar-JO") == wording("ar")
    assert wording("uz_Cyrl") == wording("uz-Cyrl") != wording("en")
    assert wording("ht") == wording("en")
