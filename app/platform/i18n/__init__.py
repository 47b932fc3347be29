"""Words, dates and numbers in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from app.platform.i18n.counting import ngettext
from app.platform.i18n.texts import text

__all__ = ["_", "lazy", "ngettext", "text"]
