"""Plurals in the reader's language and digits."""

from datetime import UTC, datetime

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

from app.platform.i18n import ngettext
from app.platform.i18n.formats import format_datetime


@pytest.mark.parametrize(("locale", "digits"), [("en", "1,234"), ("km", "១,២៣៤"), ("ar", "١٬٢٣٤"), ("vi", "1.234")])
def test_numbers_are_written_as_the_reader_writes(app: Flask, locale: str, digits: str) -> None:
    with app.test_request_context(), force_locale(locale):
        assert ngettext("%(num)s thread", "%(num)s threads", 1234).startswith(digits)
        shown = render_template_string("{{ ngettext('%(num)s thread', '%(num)s threads', 1234) }}")
        assert shown.startswith(digits)


def test_moments_are_told_to_the_minute() -> None:
    moment = datetime(2026, 11, 25, 2, 5, 33, tzinfo=UTC)
    assert format_datetime(moment, "Asia/Phnom_Penh", "en").replace("\u202f", " ") == "Nov 25, 2026, 9:05 AM"
    assert format_datetime(moment, "Asia/Ho_Chi_Minh", "vi") == "09:05 25 thg 11, 2026"
