"""QR codes that the phone draws, sign for sign those of another maker."""

import pytest
import segno

from tests.browser.kit.conftest import Take
from tests.browser.kit.stage import half_day
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
FULL = (17, 78, 154, 230, 718, 1091, 1273)
"""So many bytes fill a version to the last one: with room left, makers fill it differently."""


def test_the_same_modules_as_another_maker(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.go_to("#codes")
    phone.page.get_by_text("Nothing waits").last.wait_for()
    address = phone.page.evaluate("performance.getEntriesByType('resource').map((each) => each.name).find((each) => each.includes('/kit-qr.'))")
    for length in FULL:
        text = ("d.Ab-9_" * 200)[:length]
        drawn = phone.page.evaluate(
            "async ([address, text]) => (await import(address)).qr(text).map((row) => row.map(Number).join('')).join(' ')", [address, text]
        )
        theirs = [
            " ".join("".join(map(str, row)) for row in segno.make(text, error="l", boost_error=False, mode="byte", micro=False, mask=mask).matrix)
            for mask in range(8)
        ]
        assert drawn in theirs, length
    with pytest.raises(Exception, match="too long"):
        phone.page.evaluate("async ([address, text]) => (await import(address)).qr(text)", [address, "x" * 1274])
