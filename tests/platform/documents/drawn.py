"""What a PDF really draws: every glyph's outline and place, read with pypdf and HarfBuzz, neither of which wrote it."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdf
import uharfbuzz
from pypdf.generic import ContentStream

Matrix = tuple[float, float, float, float, float, float]
Outline = tuple[tuple[Any, ...], ...]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Glyph:
    """One glyph with ink: its outline in font units, its origin in ems of its own size, the size in points."""

    outline: Outline
    x: float
    y: float
    size: float


class RecordingPen:
    """Keeps the drawing commands of an outline."""

    def __init__(self) -> None:
        self.commands: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *points: self.commands.append((name, *points))


def outline(font: uharfbuzz.Font, glyph: int) -> Outline:
    """The drawing commands of a glyph; empty for a space."""
    pen = RecordingPen()
    font.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.commands)


def shaped(text: str, font_file: Path, language: str) -> list[Glyph]:
    """What HarfBuzz makes of `text`, from left to right, at one em from the origin."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.language = language
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    em, pen, glyphs = font.face.upem, 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        assert info.codepoint, f"{font_file.name} has no glyph for a character of {text!r}"
        x, y = (pen + position.x_offset) / em, position.y_offset / em
        glyphs.append(Glyph(outline(font, info.codepoint), x, y, 1.0))
        pen += position.x_advance
    return [glyph for glyph in glyphs if glyph.outline]


def drawn(pdf: bytes) -> list[Glyph]:
    """Every glyph with ink on the first page, in the order of the page's program."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    page = reader.pages[0]
    machine = _Machine(_fonts(page))
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        machine.step(operator.decode(), operands)
    return machine.glyphs


def _fonts(page: pypdf.PageObject) -> dict[str, uharfbuzz.Font]:
    found = {}
    for name, reference in page["/Resources"]["/Font"].items():  # type: ignore[index]
        child = reference.get_object()["/DescendantFonts"][0].get_object()
        assert child["/CIDToGIDMap"] == "/Identity"
        found[name] = uharfbuzz.Font(uharfbuzz.Face(child["/FontDescriptor"]["/FontFile2"].get_data()))
    return found


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


@dataclass
class _Machine:
    """The part of a PDF page's machine that text needs; anything it does not know about text is an error."""

    fonts: dict[str, uharfbuzz.Font]
    glyphs: list[Glyph] = field(default_factory=list)
    space: Matrix = IDENTITY
    saved: list[Matrix] = field(default_factory=list)
    text: Matrix = IDENTITY
    font: uharfbuzz.Font | None = None
    size: float = 0.0

    def step(self, operator: str, operands: list[Any]) -> None:
        assert operator not in {"Td", "TD", "T*", "Ts", "Tc", "Tw", "Tz", "Do"}, f"{operator} is not understood"
        known = {"q": self._save, "Q": self._restore, "cm": self._transform, "BT": self._begin, "Tf": self._choose,
                 "Tm": self._place, "Tj": self._show, "TJ": self._show_all}  # fmt: skip
        if operator in known:
            known[operator](*operands)

    def _save(self) -> None:
        self.saved.append(self.space)

    def _restore(self) -> None:
        self.space = self.saved.pop()

    def _transform(self, *numbers: float) -> None:
        self.space = _times(tuple(map(float, numbers)), self.space)  # type: ignore[arg-type]

    def _begin(self) -> None:
        self.text = IDENTITY

    def _choose(self, name: str, size: float) -> None:
        self.font, self.size = self.fonts[name], float(size)

    def _place(self, *numbers: float) -> None:
        self.text = tuple(map(float, numbers))  # type: ignore[assignment]

    def _show_all(self, parts: list[Any]) -> None:
        for part in parts:
            if isinstance(part, (int, float)):
                self._move(-float(part) / 1000)
            else:
                self._show(part)

    def _show(self, string: Any) -> None:
        code = string.original_bytes
        for at in range(0, len(code), 2):
            self._draw(int.from_bytes(code[at : at + 2], "big"))

    def _draw(self, glyph: int) -> None:
        assert self.font is not None
        assert glyph, "a box was drawn in place of a letter"
        matrix = _times(self.text, self.space)
        size = self.size * abs(matrix[0])
        ink = outline(self.font, glyph)
        if ink:
            self.glyphs.append(Glyph(ink, matrix[4] / size, matrix[5] / size, round(size, 2)))
        self._move(self.font.get_glyph_h_advance(glyph) / self.font.face.upem)

    def _move(self, ems: float) -> None:
        self.text = _times((1.0, 0.0, 0.0, 1.0, ems * self.size, 0.0), self.text)
