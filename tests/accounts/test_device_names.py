"""The list of devices is read by people."""

import pytest

from app.accounts.device_names import kept_name, short_name

NAMES = {
    "Mozilla/5.0 (Linux; Android 11; SM-A037F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36": "Chrome, Android",
    "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/20.0 Chrome/106.0.5249.126 Mobile Safari/537.36": "Samsung Internet, Android",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0": "Edge, Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1": "Safari, iPhone",
    "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0": "Firefox, Linux",
    "curl/8.5.0": "curl/8.5.0",
    "x" * 200: "x" * 40,
    "": "",
}


@pytest.mark.parametrize("said", NAMES)
def test_browser_and_system(said: str) -> None:
    assert short_name(said) == NAMES[said]


def test_the_phones_of_people_are_told_apart_by_their_mark() -> None:
    agent = next(iter(NAMES))
    assert kept_name(f"0123456789abcdef {agent}") == "Chrome, Android, 012345"
    assert kept_name(agent) == "Chrome, Android"
    assert kept_name("test") == "test"
