"""How long something takes, in words."""

from functools import lru_cache

from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number
from app.platform.i18n.texts import current_language


def duration(minutes: int) -> str:
    """Minutes as hours and minutes in the reader's language."""
    return _said(minutes, current_language())


@lru_cache(maxsize=4096)
def _said(minutes: int, _language: str) -> str:
    """A course page says many of them, and most of them again and again. The language is the reader's."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(num)s minute", "%(num)s minutes", rest)
    if not rest:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return str(_("%(hours)s h %(minutes)s min", hours=format_number(hours), minutes=format_number(rest)))
