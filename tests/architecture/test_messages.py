"""Every message of the site is translated into every language of the site: `./dev check` says so in every run."""

import pytest

from app.platform.i18n import catalogues


@pytest.mark.long
def test_nothing_is_untranslated_stale_or_wrong() -> None:
    assert catalogues.faults() == []
