"""QR codes are SVG with a quiet zone."""

from xml.etree import ElementTree as ET

from app.platform.documents.qr import qr_svg


def test_is_svg_text_with_four_modules_of_quiet() -> None:
    drawing = ET.fromstring(qr_svg("https://seamwise.example/verify/ABC"))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    # Version 3 has 29 modules; four on each side stay empty.
    assert drawing.get("width") == str(29 + 2 * 4)


def test_the_same_text_gives_the_same_code() -> None:
    assert qr_svg("a") == qr_svg("a") != qr_svg("b")
