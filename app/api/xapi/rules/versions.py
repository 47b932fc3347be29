"""Which edition of the standard a sender speaks: what it says in its header decides about the answer too."""

import re
from enum import StrEnum

_NEW = re.compile(r"2\.0(\.\d+)?")
_OLD = re.compile(r"1\.0(\.\d+)?")


class Version(StrEnum):
    """The two editions that are spoken here."""

    NEW = "2.0.0"
    OLD = "1.0.3"


HEADER = "X-Experience-API-Version"


def version_of(header: str | None) -> Version | None:
    """The edition that a header asks for; None when it asks for none that is spoken here."""
    said = (header or "").strip()
    if _NEW.fullmatch(said):
        return Version.NEW
    return Version.OLD if _OLD.fullmatch(said) else None
