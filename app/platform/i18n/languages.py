"""The languages of the product, in which direction they run and what they call themselves."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language that the product may speak or that content may be written in."""

    code: str
    own_name: str
    english_name: str
    is_rtl: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "English"),
        Language("vi", "Tiếng Việt", "Vietnamese"),
        Language("km", "ខ្មែរ", "Khmer"),
        Language("ar", "العربية", "Arabic", is_rtl=True),
        Language("bn", "বাংলা", "Bangla"),
        Language("am", "አማርኛ", "Amharic"),
        Language("si", "සිංහල", "Sinhala"),
        Language("ta", "தமிழ்", "Tamil"),
        Language("ur", "اردو", "Urdu", is_rtl=True),
        Language("id", "Bahasa Indonesia", "Indonesian"),
        Language("es", "Español", "Spanish"),
        Language("fr", "Français", "French"),
    )
}

SITE_LANGUAGES = ("en", "vi", "km", "ar")
"""Languages in which every word of the site itself is translated."""


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    return LANGUAGES[code].direction if code in LANGUAGES else "ltr"


def best(wanted: Iterable[str | None], offered: tuple[str, ...] = SITE_LANGUAGES) -> str:
    """The first wanted language that is offered, else the first offered."""
    return next((code for code in wanted if code in offered), offered[0])
