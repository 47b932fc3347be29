"""Logos and signatures are pictures and nothing else."""

import base64
import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.certificates.paper.drawing import draw, draw_surely
from app.certificates.paper.look import Look, Picture
from app.certificates.paper.pictures import MOST_BYTES, PictureRefused, svg_of
from app.certificates.rules import Form
from tests.certificates.faces import FACES

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"'
GOOD = f"<svg {NS}><defs><linearGradient id='g'><stop stop-color='#27346b'/></linearGradient></defs><path fill='url(#g)' d='M0 0h40v20z'/></svg>"


def svg(inside: str) -> Picture:
    return Picture("svg", f"<svg {NS}>{inside}</svg>", "A logo")


def png(width: int = 40, height: int = 20) -> Picture:
    file = io.BytesIO()
    Image.new("RGBA", (width, height), (39, 52, 107, 120)).save(file, "PNG")
    return Picture("png", base64.b64encode(file.getvalue()).decode(), "A logo")


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("picture", [Picture("svg", GOOD, "A logo"), png()], ids=["svg", "png"])
def test_logo_and_signature_are_drawn_and_named(picture: Picture, form: Form, fonts: Path) -> None:
    face = FACES["en"]
    hands = tuple(dataclasses.replace(one, picture=picture) for one in face.signatories)
    dressed = dataclasses.replace(face, look=Look(form=form, logo=picture), signatories=hands)
    bare = dataclasses.replace(face, look=Look(form=form))
    with pikepdf.open(io.BytesIO(draw(dressed, fonts=fonts))) as document:
        alternatives = figures(document.Root.StructTreeRoot)
    with pikepdf.open(io.BytesIO(draw(bare, fonts=fonts))) as document:
        before = figures(document.Root.StructTreeRoot)
    signed = [] if form is Form.CARD else ["Signature: Helena Duarte", "Signature: Samuel Okoth"]
    assert sorted(alternatives) == sorted([*before, "A logo", *signed])


def figures(element: object) -> list[str]:
    if isinstance(element, pikepdf.Array):
        return [said for part in element for said in figures(part)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own = [str(element.Alt)] if element.get("/S") == "/Figure" else []
    return own + (figures(element.K) if "/K" in element else [])


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        "<filter id='f'/>",
        "<g onload='x()'/>",
        "<a href='https://evil.example'/>",
        "<image href='file:///etc/passwd'/>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<use href='other.svg#a'/>",
        "<use xlink:href='https://evil.example/a.svg#a'/>",
        "<rect fill='url(https://evil.example/#a)'/>",
        "<rect style='fill: URL( \"file:///etc/passwd\")'/>",
        "<style>@import 'https://evil.example/a.css';</style>",
        "<g id='a'><use href='#a'/></g>",
        "<g",
        "\x00",
    ],
)
def test_what_is_more_than_a_picture_is_refused(inside: str) -> None:
    with pytest.raises(PictureRefused):
        svg_of(svg(inside))


@pytest.mark.parametrize(
    "picture",
    [
        Picture("svg", f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {NS}>&a;</svg>', ""),
        Picture("svg", "<html/>", ""),
        Picture("svg", "", ""),
        Picture("svg", "x" * (MOST_BYTES + 1), ""),
        Picture("gif", "R0lGOD", ""),
        Picture("png", "not base 64!", ""),
        Picture("png", png().data + '"/><script/>', ""),
        Picture("png", base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(), ""),
        Picture("png", base64.b64encode(base64.b64decode(png().data)[:-20]).decode(), ""),
        Picture("png", base64.b64encode(GOOD.encode()).decode(), ""),
        png(3000, 2500),
    ],
    ids=range(11),
)
def test_what_is_no_picture_is_refused(picture: Picture) -> None:
    with pytest.raises(PictureRefused):
        svg_of(picture)


def test_a_picture_whose_middle_is_broken_does_not_keep_the_certificate_back(fonts: Path) -> None:
    whole = bytearray(base64.b64decode(png().data))
    at = whole.index(b"IDAT") + 6
    whole[at : at + 8] = b"\xff" * 8
    broken = Picture("png", base64.b64encode(bytes(whole)).decode(), "A logo")
    face = dataclasses.replace(FACES["en"], look=Look(logo=broken))
    drawn = draw_surely(face, fonts=fonts)
    assert drawn.left_out == ("look",)
    assert drawn.pdf == draw(FACES["en"], fonts=fonts)


def test_words_in_a_logo_that_no_font_has_do_not_keep_the_certificate_back(fonts: Path) -> None:
    face = dataclasses.replace(FACES["en"], look=Look(logo=svg("<text x='2' y='12'>ทอง</text>")))
    drawn = draw_surely(face, fonts=fonts)
    assert drawn.left_out == ("look",)
    assert drawn.pdf == draw(FACES["en"], fonts=fonts)
