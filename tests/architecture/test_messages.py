"""Every message of the site is translated into every language of the site."""

from app.platform.i18n import catalogues


def test_nothing_is_untranslated_stale_or_wrong() -> None:
    assert catalogues.faults() == []
