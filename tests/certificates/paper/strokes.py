"""The strokes of a heading as a PDF draws them, and as HarfBuzz shapes the same text from the font file.

Read with pikepdf: which marks belong to the heading comes from the structure tree, where each letter stands from the
program of the page and the widths in the file, what it looks like from the font in the file.
"""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz

from tests.platform.documents.drawn import Glyph, outline

HAIR = 0.01
"""What two places may differ by, in ems."""


def shaped(text: str, font_file: Path, language: str, direction: str) -> list[Glyph]:
    """What HarfBuzz makes of `text`, in its order, from left to right."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.language = language
    buffer.direction = direction
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    em, pen, glyphs = font.face.upem, 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        assert info.codepoint, f"{font_file.name} has no glyph for a character of {text!r}"
        x, y = (pen + position.x_offset) / em, position.y_offset / em
        glyphs.append(Glyph(outline(font, info.codepoint), x, y, 1.0))
        pen += position.x_advance
    return [glyph for glyph in glyphs if glyph.outline]


def heading(pdf: bytes, level: int = 2) -> list[Glyph]:
    """Every letter with ink of the heading of this level, in the order in which the page draws them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marks = _marks(document.Root.StructTreeRoot, f"/H{level}")
        assert marks, "no such heading"
        glyphs = []
        for page in document.pages:
            wanted = {mark for mark, at in marks if at is None or at == page.obj.objgen}
            reader = _Reader(_fonts(page), wanted)
            for instruction in pikepdf.parse_content_stream(page):
                reader.step(str(instruction.operator), list(instruction.operands))
            glyphs += reader.glyphs
    assert glyphs, "nothing is drawn for the heading"
    return glyphs


def differ(found: list[Glyph], wanted: list[Glyph]) -> str:
    """In what the two drawings differ; empty when they are the same."""
    if len(found) != len(wanted):
        return f"{len(found)} letters for {len(wanted)}"
    for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
        if one.outline != other.outline:
            return f"letter {place} is another"
        across, up = one.x - found[0].x - other.x + wanted[0].x, one.y - found[0].y - other.y + wanted[0].y
        if max(abs(across), abs(up)) > HAIR:
            return f"letter {place} stands {across:.3f}, {up:.3f} em off"
    return ""


def _marks(element: Any, kind: str, *, inside: bool = False, at: Any = None) -> list[tuple[int, Any]]:
    """Numbers of the marks below the elements of a kind, with the page that they are on."""
    if isinstance(element, pikepdf.Array):
        return [mark for part in element for mark in _marks(part, kind, inside=inside, at=at)]
    if not isinstance(element, pikepdf.Dictionary):
        return [(int(element), at)] if inside else []
    at = element.Pg.objgen if "/Pg" in element else at
    if "/MCID" in element:
        return [(int(element.MCID), at)] if inside else []
    inside = inside or element.get("/S") == kind
    return _marks(element.K, kind, inside=inside, at=at) if "/K" in element else []


@dataclass
class _Font:
    face: uharfbuzz.Font
    widths: dict[int, float]
    default: float


def _fonts(page: pikepdf.Page) -> dict[str, _Font]:
    found = {}
    for name, font in page.Resources.get("/Font", {}).items():
        child = font.DescendantFonts[0]
        assert child.CIDToGIDMap == "/Identity"
        face = uharfbuzz.Font(uharfbuzz.Face(child.FontDescriptor.FontFile2.read_bytes()))
        found[name] = _Font(face, _widths(list(child.get("/W", []))), float(child.get("/DW", 1000)))
    return found


def _widths(listed: list[Any]) -> dict[int, float]:
    widths: dict[int, float] = {}
    while listed:
        first, second = int(listed.pop(0)), listed.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(listed.pop(0)))
    return widths


@dataclass
class _Reader:
    """What a page's machine knows of text; what it would not understand is an error."""

    fonts: dict[str, _Font]
    wanted: set[int]
    glyphs: list[Glyph] = field(default_factory=list)
    space: pikepdf.Matrix = field(default_factory=pikepdf.Matrix)
    saved: list[pikepdf.Matrix] = field(default_factory=list)
    text: pikepdf.Matrix = field(default_factory=pikepdf.Matrix)
    open_marks: list[int | None] = field(default_factory=list)
    font: _Font | None = None
    size: float = 0.0

    def step(self, operator: str, operands: list[Any]) -> None:
        assert operator not in {"Td", "TD", "T*", "Ts", "Tc", "Tw", "Tz", "'", '"'}, f"{operator} is not understood"
        match operator:
            case "q":
                self.saved.append(self.space)
            case "Q":
                self.space = self.saved.pop()
            case "cm":
                self.space = pikepdf.Matrix(*map(float, operands)) @ self.space
            case "BT":
                self.text = pikepdf.Matrix()
            case "Tf":
                self.font, self.size = self.fonts[str(operands[0])], float(operands[1])
            case "Tm":
                self.text = pikepdf.Matrix(*map(float, operands))
            case "BDC" | "BMC":
                named = operands[1] if len(operands) > 1 else {}
                self.open_marks.append(int(named["/MCID"]) if "/MCID" in named else None)
            case "EMC":
                self.open_marks.pop()
            case "Tj" | "TJ":
                self._show(operands[0] if operator == "TJ" else operands)

    def _show(self, parts: Any) -> None:
        for part in parts:
            if not isinstance(part, pikepdf.String):
                self._move(-float(part) / 1000)
                continue
            code = bytes(part)
            for at in range(0, len(code), 2):
                self._draw(int.from_bytes(code[at : at + 2], "big"))

    def _draw(self, glyph: int) -> None:
        assert self.font is not None
        assert glyph, "a box was drawn in place of a letter"
        place = self.text @ self.space
        size = self.size * abs(place.a)
        ink = outline(self.font.face, glyph)
        if ink and self.wanted.intersection(mark for mark in self.open_marks if mark is not None):
            self.glyphs.append(Glyph(ink, place.e / size, place.f / size, round(size, 2)))
        self._move(self.font.widths.get(glyph, self.font.default) / 1000)

    def _move(self, ems: float) -> None:
        self.text = pikepdf.Matrix(1, 0, 0, 1, ems * self.size, 0) @ self.text
