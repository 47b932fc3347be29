"""The Ethiopian calendar and the clock from dawn, against known days."""

from datetime import date, time

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.platform.i18n.ethiopian import format_dawn, format_ethiopian, from_ethiopian, to_ethiopian


@pytest.mark.parametrize(("day", "written"), [
    (date(2026, 9, 11), "1 Meskerem 2019"), (date(2026, 9, 10), "5 Pagume 2018"), (date(2023, 9, 11), "6 Pagume 2015"),
    (date(2023, 9, 12), "1 Meskerem 2016"), (date(2026, 1, 7), "29 Tahsas 2018"), (date(2000, 9, 11), "1 Meskerem 1993"),
])
def test_known_days(day: date, written: str) -> None:
    assert format_ethiopian(day, "en") == written


@given(st.dates(date(9, 1, 1), date(2900, 1, 1)))
def test_there_and_back(day: date) -> None:
    assert from_ethiopian(*to_ethiopian(day)) == day


@pytest.mark.parametrize(("clock", "said", "amharic"), [
    (time(9), "3:00 by day", "ከቀኑ 3:00"), (time(6, 30), "12:30 by day", "ከቀኑ 12:30"), (time(12), "6:00 by day", "ከቀኑ 6:00"),
    (time(18), "12:00 by night", "ከሌሊቱ 12:00"), (time(0, 5), "6:05 by night", "ከሌሊቱ 6:05"), (time(5, 59), "11:59 by night", "ከሌሊቱ 11:59"),
])
def test_the_clock_counts_from_dawn_and_from_dusk(app: Flask, clock: time, said: str, amharic: str) -> None:
    with force_locale("en"):
        assert format_dawn(clock) == said
    assert format_dawn(clock, "am") == amharic
    assert format_ethiopian(date(2026, 9, 11), "am") == "1 መስከረም 2019"
