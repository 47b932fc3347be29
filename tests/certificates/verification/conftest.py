"""Each test has rate counters of its own: those of the product live in transactions that stay."""

from itertools import count

import pytest

from app.platform.web import throttle

_tests = count()


@pytest.fixture(autouse=True)
def fresh_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    number, real = next(_tests), throttle._count
    monkeypatch.setattr(throttle, "_count", lambda session, key, window: real(session, f"{key}:{number}", window))
