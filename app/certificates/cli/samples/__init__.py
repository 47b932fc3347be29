"""A sample certificate in each language: for looking at, and for judging the files. Needs no database."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from app.certificates import rules
from app.certificates.face import Facts, freeze
from app.certificates.models import Certificate
from app.certificates.paper.phrases import wording
from app.certificates.paper.printed import CertificateFace, Signatory
from app.platform.i18n.calendars import own_date

_FOLDER = Path(__file__).parent
LANGUAGES = ("en", "km", "bn", "my", "si", "ta", "ur", "ar", "am", "vi", "uz-Cyrl")
ALIASES = {"uz": "uz-Cyrl"}
COURSE = "sst"
_CODE = rules.code_of(0)
ISSUED = datetime(2026, 11, 12, 9, tzinfo=UTC)
_DAYS = (date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 10), date(2026, 11, 11))
_LAST = date(2028, 11, 11)
_THEMES = ("osh", "contract-and-hr")


def sample(language: str, base_url: str) -> Certificate:
    """A certificate of nobody, in one of `LANGUAGES`; no database knows it, and its code is all noughts."""
    told = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    number = rules.number("DEMO", ISSUED.year, 1 + LANGUAGES.index(language))
    signatories = tuple(Signatory(*one) for one in told.pop("signatories"))
    words, country = wording(language), "ET" if language == "am" else ""
    face = CertificateFace(
        **told | {"half_days": tuple(told["half_days"])},
        locale=language,
        issued_on=ISSUED.date(),
        number=number,
        verify_url=rules.verify_address(base_url, _CODE),
        signatories=signatories,
        role=words["role_supervisor"],
        version="1",
        themes=tuple(words[f"theme_{theme}"] for theme in _THEMES),
        issued_beside=own_date(country, ISSUED.date(), language),
        valid_until_beside=own_date(country, _LAST, language),
    )
    facts = Facts(
        attended=4, planned=4, score=0.8, hours=16, half_days=_DAYS, version="1", last_day=_LAST, zone="UTC",
    )  # fmt: skip
    return Certificate(
        code=_CODE, number=number, language=language, face=freeze(face, facts), issued_at=ISSUED,
        valid_until=datetime(2028, 11, 12, tzinfo=UTC),
    )  # fmt: skip
