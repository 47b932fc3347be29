"""What no font can draw gives way field by field, and is named; a box is never printed."""

import dataclasses
import io
from pathlib import Path

import pypdf
import pytest

from app.certificates.paper import drawing, fallbacks
from app.certificates.paper.drawing import CertificateFace, Drawn, draw, draw_all, draw_surely
from app.certificates.paper.look import Look, Picture
from app.platform.documents.errors import DocumentRefused
from tests.certificates.faces import FACES

THAI = "ทองดี"


def surely(fonts: Path, locale: str = "km", **changed: object) -> tuple[CertificateFace, Drawn]:
    face = dataclasses.replace(FACES[locale], **changed)  # type: ignore[arg-type]
    return face, draw_surely(face, fonts=fonts)


def test_nothing_is_left_out_of_what_can_be_drawn(fonts: Path) -> None:
    face, drawn = surely(fonts)
    assert drawn == Drawn(draw(face, fonts=fonts))


def test_a_local_name_gives_way_to_the_latin_one(fonts: Path) -> None:
    face, drawn = surely(fonts, local_name=THAI)
    assert drawn.left_out == ("local_name",)
    assert drawn.pdf == draw(dataclasses.replace(face, local_name=""), fonts=fonts)


def test_a_latin_name_that_cannot_be_drawn_leaves_the_local_one_alone(fonts: Path) -> None:
    face, drawn = surely(fonts, latin_name="Sok 😀")
    assert drawn.left_out == ("latin_name",)
    assert drawn.pdf == draw(dataclasses.replace(face, latin_name=""), fonts=fonts)


@pytest.mark.parametrize("local", ["", THAI])
def test_the_only_name_is_never_cut(local: str, fonts: Path) -> None:
    with pytest.raises(DocumentRefused):
        surely(fonts, "en", latin_name=f"Grace {THAI}", local_name=local)


def test_each_field_has_its_own_way_out(fonts: Path) -> None:
    face, drawn = surely(
        fonts, factory=f"រោងចក្រ {THAI}", factory_latin="Lotus", course=THAI, place="Hall 😀 2", role=THAI,
        themes=("A\u0378", "សុខភាព"), version="2\ue000.1",
        look=Look(title=THAI, legal_note=f"§ {THAI}", proves="ទ"),
    )  # fmt: skip
    assert set(drawn.left_out) == {"factory", "course", "place", "role", "themes", "version", "look"}
    instead = dataclasses.replace(
        face, factory="Lotus", course=face.course_english, place="Hall 2", role="", themes=("សុខភាព",), version="2.1",
        look=Look(proves="ទ"),
    )  # fmt: skip
    assert drawn.pdf == draw(instead, fonts=fonts)


def test_quotes_and_backslashes_among_the_complaints() -> None:
    complaint = 'PDF/A-3a error: the text `"\\"\\\\\\u{378}"` could not be displayed with font `"Noto Sans"`'
    assert fallbacks.undrawable(DocumentRefused(complaint)) == '"\\\u0378'
    assert fallbacks.undrawable(DocumentRefused("something else")) == ""


def test_a_picture_that_may_not_be_printed_is_left_out_and_named(fonts: Path) -> None:
    bad = Picture("svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "x")
    face, drawn = surely(fonts, "en", look=Look(logo=bad))
    assert drawn.left_out == ("look",)
    assert drawn.pdf == draw(dataclasses.replace(face, look=Look()), fonts=fonts)


def test_one_of_many_does_not_spoil_the_others(fonts: Path) -> None:
    bad = dataclasses.replace(FACES["km"], local_name=THAI)
    pdf = draw_all([FACES["en"], bad, FACES["ur"]], fonts=fonts)
    assert pdf == draw_all([FACES["en"], dataclasses.replace(bad, local_name=""), FACES["ur"]], fonts=fonts)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 3


def test_a_typesetter_that_complains_for_ever_is_not_asked_for_ever(
    fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def refuse(*_: object, **__: object) -> bytes:
        asked.append(1)
        raise DocumentRefused('the text `"q"` could not be displayed with font `"x"`')

    monkeypatch.setattr(drawing, "render", refuse)
    with pytest.raises(DocumentRefused):
        surely(fonts, "en", place="q")
    assert len(asked) == 2, "once with the sign and once without"
