"""Words for the values of designs."""

from typing import Any

from app.certificates.designs.examples import Example
from app.certificates.designs.rules import LONGEST, Part, Refusal, TextFault
from app.certificates.designs.uploads import UploadFault
from app.certificates.rules import Form
from app.platform.i18n import _, lazy
from app.platform.i18n.formats import format_number

FORMS: dict[Form, Any] = {
    Form.LANDSCAPE: lazy("Sheet, landscape"),
    Form.PORTRAIT: lazy("Sheet, portrait"),
    Form.CARD: lazy("Wallet card"),
    Form.RECORD_PAGE: lazy("Page of a record book"),
}

PARTS: dict[Part, Any] = {
    Part.TITLE: lazy("Title"),
    Part.STATEMENT: lazy("Statement below the name"),
    Part.PROVES: lazy("What it proves"),
    Part.LEGAL_NOTE: lazy("Legal note"),
}

EXAMPLES: dict[Example, Any] = {
    Example.USUAL: lazy("A usual name"),
    Example.LONGEST: lazy("The longest name"),
    Example.STRANGEST: lazy("The strangest name"),
}

UPLOAD_FAULTS: dict[UploadFault, Any] = {
    UploadFault.TOO_LARGE: lazy("The file is too large. Choose one of at most 200 kB."),
    UploadFault.TOO_MANY_PIXELS: lazy("The picture has too many pixels. Choose one of at most 2400 on each side."),
    UploadFault.UNKNOWN: lazy("Choose an SVG or a PNG."),
    UploadFault.BROKEN: lazy("This file cannot be read as a picture. Save it once more, without interlacing."),
    UploadFault.NOT_ONLY_A_DRAWING: lazy(
        "This SVG holds more than a drawing: scripts, links, style sheets, pictures from elsewhere or a document type. "
        "Save it as plain SVG."
    ),
    UploadFault.TOO_INVOLVED: lazy("This SVG would take too long to draw. Make it simpler."),
}


def refusal(found: Refusal, part: Part) -> str:
    """What is wrong with a text, and where."""
    place = format_number(found.place)
    match found.fault:
        case TextFault.TOO_LONG:
            return _("The text is too long. It may have %(number)s signs.", number=format_number(LONGEST[part]))
        case TextFault.CONTROL:
            return _("Sign %(place)s is one that no paper shows. Delete it and write it again.", place=place)
        case TextFault.OPEN:
            return _("At sign %(place)s a brace has no partner.", place=place)
    return _("At sign %(place)s stands %(found)s, which nothing can be filled in for.", place=place, found=found.found)
