"""Hostile logos and signatures: only a drawing is kept."""

import zlib

import pytest

from app.certificates.designs.uploads import DEEPEST, LARGEST_FILE, LONGEST_SIDE, UploadFault, UploadRefused, cleaned
from tests.make.designs import LOGO, chunk, png

NS = 'xmlns="http://www.w3.org/2000/svg"'


def svg(body: str, attributes: str = "") -> bytes:
    return f'<svg {NS} xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"{attributes}>{body}</svg>'.encode()


def fault_of(data: bytes) -> UploadFault:
    with pytest.raises(UploadRefused) as refused:
        cleaned(data)
    return refused.value.fault


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><svg {NS}><text>&i;</text></svg>"
).encode()
COPIES = "<g id='g0'><path d='M0 0h1'/></g>" + "".join(
    f"<g id='g{n}'>" + f"<use href='#g{n - 1}'/>" * 10 + "</g>" for n in range(1, 9)
)


@pytest.mark.parametrize(
    "data",
    [
        svg("<script>alert(1)</script>"),
        svg("<g onload='alert(1)'/>"),
        svg("", " onload='alert(1)'"),
        svg("<foreignObject><b/></foreignObject>"),
        svg("<image href='http://127.0.0.1/x.png'/>"),
        svg("<image xlink:href='file:///etc/passwd'/>"),
        svg("<image href='data:image/png;base64,AAAA'/>"),
        svg("<use href='http://evil.example/x.svg#a'/>"),
        svg("<use href='/etc/passwd'/>"),
        svg("<a href='javascript:alert(1)'><path d=''/></a>"),
        svg("<style>@import url(http://evil.example)</style>"),
        svg("<path fill='url(http://evil.example/#a)' d=''/>"),
        svg("<path style='fill:url(http://evil.example/#a)' d=''/>"),
        svg("<path style='fill:red;}*{x' d=''/>"),
        svg("<animate attributeName='href' values='javascript:1'/>"),
        svg("<set attributeName='onclick' to='1'/>"),
        svg("<filter id='f'><feImage href='http://evil.example'/></filter>"),
        LAUGHS,
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {NS}><text>&x;</text></svg>'.encode(),
    ],
)
def test_more_than_a_drawing_is_refused(data: bytes) -> None:
    assert fault_of(data) is UploadFault.NOT_ONLY_A_DRAWING


@pytest.mark.parametrize(
    "data",
    [
        svg(COPIES),
        svg("<g id='a'><use href='#a'/></g>"),
        svg("<g>" * (DEEPEST + 1) + "</g>" * (DEEPEST + 1)),
        svg("<path d=''/>" * 3000),
        svg("<path stroke='red' stroke-dasharray='.0001' d='M0 0h999999999'/>"),
        svg("<path style='stroke-dasharray:0.0001 0.0001' d='M0 0h9'/>"),
        svg("<pattern id='p' width='.00001' height='.00001'/>"),
    ],
)
def test_what_would_take_for_ever_to_draw_is_refused(data: bytes) -> None:
    assert fault_of(data) is UploadFault.TOO_INVOLVED


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", UploadFault.UNKNOWN),
        (b"GIF89a", UploadFault.UNKNOWN),
        (b"\xff\xd8\xff\xe0 a JPEG", UploadFault.UNKNOWN),
        (b"%PDF-1.7 <svg", UploadFault.UNKNOWN),
        (b"<html><svg></svg></html>", UploadFault.UNKNOWN),
        (b"<svg/>", UploadFault.UNKNOWN),
        (b"<svg", UploadFault.BROKEN),
        (b"<svg \xff\xfe/>", UploadFault.BROKEN),
        (b"x" * (LARGEST_FILE + 1), UploadFault.TOO_LARGE),
        (png(LONGEST_SIDE + 1, 1), UploadFault.TOO_MANY_PIXELS),
        (png(60_000, 60_000, packed=zlib.compress(b"\0")), UploadFault.TOO_MANY_PIXELS),
        (png(2000, 2000, packed=zlib.compress(b"\0" * 9)), UploadFault.BROKEN),
        (png(8, 8, packed=zlib.compress(b"\0" * 50_000_000)), UploadFault.BROKEN),
        (png(8, 8, packed=b"nonsense"), UploadFault.BROKEN),
        (png(8, 8, packed=zlib.compress(b"\x09" * 72)), UploadFault.BROKEN),
        (png()[:-3], UploadFault.BROKEN),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, fault: UploadFault) -> None:
    assert fault_of(data) is fault


def test_a_page_hidden_in_a_picture_goes() -> None:
    hidden = png(extra=chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")) + b"<script>alert(2)</script>"
    assert cleaned(hidden).data == png()


def test_a_sound_drawing_stays_a_drawing() -> None:
    upload = cleaned(LOGO)
    assert upload.kind == "svg"
    assert b"circle" in upload.data
    assert cleaned(upload.data) == upload


def test_what_a_drawing_program_notes_for_itself_goes() -> None:
    noted = svg(
        "<metadata><rdf xmlns='urn:r'/></metadata><i:view xmlns:i='urn:ink'/>"
        "<path i:label='secret' xmlns:i='urn:ink' style='fill:#27346b; -ink-x:1;stroke-width:2' d='M0 0h9'/>"
    )
    kept = cleaned(noted).data.decode()
    assert 'fill="#27346b"' in kept
    assert 'stroke-width="2"' in kept
    assert not any(word in kept for word in ("metadata", "secret", "style", "urn:"))
