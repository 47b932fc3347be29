"""What `pages.typ` makes the numbers of pages of: one rule for all documents."""

from app.platform.i18n import _
from app.platform.i18n.formats import format_number
from app.platform.i18n.texts import current_language


def page_words(words: str = "", locale: str = "") -> dict[str, object]:
    """Page numbers in a language: its `words` with {page} and {pages} in them, and its digits. Without: in the language
    in force.
    """
    words = words or _("Page %(number)s of %(pages)s", number="{page}", pages="{pages}")
    locale = locale or current_language()
    return {"page": words, "digits": [format_number(digit, locale) for digit in range(10)]}
