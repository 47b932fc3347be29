"""Words, dates and numbers in the reader's language."""

from app.platform.i18n.counting import ngettext
from app.platform.i18n.speaking import gettext as _
from app.platform.i18n.speaking import lazy
from app.platform.i18n.texts import text

__all__ = ["_", "lazy", "ngettext", "text"]
