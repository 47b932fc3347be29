"""Logos and signatures are pictures and nothing else."""

import base64
import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.certificates.paper.drawing import draw
from app.certificates.paper.look import Look, Picture
from app.certificates.paper.pictures import MOST_BYTES, PictureRefused, check, svg_of
from app.certificates.rules import Form
from tests.certificates.faces import FACES

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"'
GOOD = f"<svg {NS}><defs><linearGradient id='g'><stop stop-color='#27346b'/></linearGradient></defs><style>.a{{fill:url(#g)}}</style><path class='a' d='M0 0h40v20z'/></svg>"


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
    ("inside", "reason"),
    [
        ("<script>alert(1)</script>", "forbidden"),
        ("<foreignObject/>", "forbidden"),
        ("<filter id='f'/>", "forbidden"),
        ("<g onload='x()'/>", "forbidden"),
        ("<a href='https://evil.example'/>", "forbidden"),
        ("<image href='file:///etc/passwd'/>", "forbidden"),
        ("<image href='data:image/png;base64,AAAA'/>", "forbidden"),
        ("<use href='other.svg#a'/>", "leads-away"),
        ("<use xlink:href='https://evil.example/a.svg#a'/>", "leads-away"),
        ("<rect fill='url(https://evil.example/#a)'/>", "leads-away"),
        ("<rect style='fill: URL( \"file:///etc/passwd\")'/>", "leads-away"),
        ("<style>@import 'https://evil.example/a.css';</style>", "leads-away"),
        ("<style>rect{fill:url(//evil.example)}</style>", "leads-away"),
        ("<g id='a'/><g id='b'><use href='#a'/></g><use href='#b'/>", "intricate"),
        ("<g id='a'><use href='#a'/></g>", "intricate"),
        ("<g id='a'>" + "<path/>" * 60 + "</g>" + "<use href='#a'/>" * 60, "intricate"),
        ("<path/>" * 5000, "intricate"),
        ("<g", "broken"),
        ("\x00", "broken"),
    ],
)
def test_what_is_more_than_a_picture_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        check(svg(inside))
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (Picture("svg", f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {NS}>&a;</svg>', ""), "forbidden"),
        (Picture("svg", "<html/>", ""), "broken"),
        (Picture("svg", "<svg/>", ""), "broken"),
        (Picture("svg", "", ""), "broken"),
        (Picture("svg", "x" * (MOST_BYTES + 1), ""), "large"),
        (Picture("gif", "R0lGOD", ""), "kind"),
        (Picture("png", "not base 64!", ""), "broken"),
        (Picture("png", base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(), ""), "broken"),
        (Picture("png", base64.b64encode(GOOD.encode()).decode(), ""), "broken"),
        (png(3000, 2500), "large"),
    ],
)
def test_what_is_no_picture_is_refused(picture: Picture, reason: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        check(picture)
    assert refused.value.reason == reason


def test_a_png_cut_short_is_refused() -> None:
    whole = base64.b64decode(png().data)
    with pytest.raises(PictureRefused):
        check(Picture("png", base64.b64encode(whole[:-20]).decode(), ""))


def test_quotes_in_a_png_do_not_leave_the_picture() -> None:
    with pytest.raises(PictureRefused):
        svg_of(Picture("png", png().data + '"/><script/>', ""))
