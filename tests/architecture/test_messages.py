"""Every message of the site is translated into every language of the site."""

import pytest

from app.platform.i18n import catalogues


@pytest.mark.slow
def test_nothing_is_untranslated_stale_or_wrong() -> None:
    assert catalogues.faults() == []
