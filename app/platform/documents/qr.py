"""QR codes as SVG text, ready to travel in a document's data."""

import io

import segno

MASK = 2
"""Readers take any of the eight masks. Drawing all eight to choose the most even one takes four times as long, and our
addresses end in random signs, which make each of them even enough.
"""


def qr_svg(text: str) -> str:
    """Return the QR code of `text` as SVG, with the quiet zone of four modules that scanners ask for.

    Error correction is at least M (15 % of the code may be lost), for paper that is folded and photocopied.
    """
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=MASK).save(
        drawing, kind="svg", border=4, xmldecl=False, dark="#000", light="#fff"
    )
    return drawing.getvalue().decode("utf-8")
