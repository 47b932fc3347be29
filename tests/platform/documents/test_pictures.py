"""Words in vector pictures are printed, whatever font the picture asks for."""

import io
from pathlib import Path

import pypdf
import pytest

from app.platform.documents.pictures import with_our_fonts
from app.platform.documents.render import render
from tests.platform.documents.conftest import fonts

__all__ = ["fonts"]
LAYOUT = '#import "/data.typ": d\n#set document(title: "T", date: datetime(year: 2026, month: 1, day: 1))\n#image(bytes(d.svg), format: "svg", alt: "x", width: 50mm)'


@pytest.mark.parametrize(
    ("on_root", "on_text"), [("", ""), ("", 'font-family="sans-serif"'), ("", 'style="font-family: Arial, sans-serif; fill: red"'), ("font-family='Helvetica'", "")]
)
def test_numbers_of_areas_are_printed(on_root: str, on_text: str, tmp_path: Path, fonts: Path) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {on_root} viewBox="0 0 90 60"><text x="9" y="30" font-size="20" {on_text}>731</text></svg>'
    layout = tmp_path / "picture.typ"
    layout.write_text(LAYOUT)
    drawn = [render(layout, {"svg": each, "date": "2026-01-01"}, fonts=fonts) for each in (svg, with_our_fonts(svg))]
    used = [{name for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for name in _fonts(page)} for pdf in drawn]
    assert used[0] == set(), "without it nothing is drawn"
    assert any("NotoSans" in name for name in used[1]), used


def _fonts(page: pypdf.PageObject) -> set[str]:
    """The fonts of a page and of what is drawn on it."""
    found, waiting = set(), [page.get("/Resources", {})]
    while waiting:
        resources = waiting.pop().get_object()
        found |= {str(font.get_object().get("/BaseFont")) for font in resources.get("/Font", {}).values()}
        waiting += [form.get_object()["/Resources"] for form in resources.get("/XObject", {}).values() if "/Resources" in form.get_object()]
    return found
