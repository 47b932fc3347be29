"""How a certificate is dressed. Every text is data: nothing of it is ever read as typesetting."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.certificates.rules import Form

INDIGO, SAFFRON = "#27346b", "#c9781a"


@dataclass(frozen=True)
class Picture:
    """A logo or a signature: SVG as its text, PNG in base 64."""

    kind: str
    """`svg` or `png`."""
    data: str
    alt: str
    key: str = ""
    """Where it is stored, when it is: then a face keeps this in place of the data."""


@dataclass(frozen=True)
class Look:
    """Form, colours, logo and texts of a certificate. An empty text means: the phrase of the language."""

    form: Form = Form.LANDSCAPE
    ink: str = INDIGO
    """The colour of titles and cloth, as #rrggbb."""
    thread: str = SAFFRON
    """The colour of stitches and hearts, as #rrggbb."""
    logo: Picture | None = None
    title: str = ""
    statement: str = ""
    """A sentence below the name: what was achieved."""
    proves: str = ""
    """What the small print says the certificate proves."""
    legal_note: str = ""
    """A line that a law asks for."""

    def saying(self, change: Callable[[str], str]) -> "Look":
        """The same look with each text changed."""
        texts: dict[str, Any] = {name: change(getattr(self, name)) for name in TEXTS}
        return replace(self, **texts)


TEXTS = ("title", "statement", "proves", "legal_note")
"""The fields of a look that are texts."""


def thaw_picture(stored: dict[str, Any] | None) -> Picture | None:
    return Picture(**stored) if stored else None


def thaw_look(stored: dict[str, Any] | None) -> Look:
    """The look of a stored certificate; that of one from before there were looks is the default."""
    if not stored:
        return Look()
    return Look(**stored | {"form": Form(stored["form"]), "logo": thaw_picture(stored["logo"])})
