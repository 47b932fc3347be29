"""What is printed on a certificate of a person, as one frozen value."""

import datetime
from dataclasses import dataclass

from app.certificates.paper.look import Look, Picture

MOST_SIGNATORIES = 2
"""So many have room."""


@dataclass(frozen=True)
class Signatory:
    """Who signs: a name and what the person is."""

    name: str
    role: str
    picture: Picture | None = None
    """The drawn signature."""


@dataclass(frozen=True)
class CertificateFace:
    """Everything that is printed on a certificate of a person. Empty text means: not on this certificate."""

    locale: str
    programme: str
    latin_name: str
    course: str
    hours: str
    half_days: tuple[str, ...]
    factory: str
    attended: str
    planned: str
    issued: str
    issued_on: datetime.date
    number: str
    verify_url: str
    local_name: str = ""
    # The language of the local name, when it is not the certificate's: a Bangla name on an Arabic certificate.
    name_locale: str = ""
    course_english: str = ""
    place: str = ""
    score: str = ""
    valid_until: str = ""
    signatories: tuple[Signatory, ...] = ()
    version: str = ""
    role: str = ""
    """What the person worked as at the time, in the language of the certificate."""
    themes: tuple[str, ...] = ()
    issued_beside: str = ""
    """The day of issue in the calendar of the country, where that is another one than ours."""
    valid_until_beside: str = ""
    second_locale: str = ""
    """A second language whose phrases stand beside; left empty, English does."""
    course_second: str = ""
    factory_latin: str = ""
    """Printed in place of `factory` when no font has the letters of that."""
    look: Look = Look()
