"""Days and times of countries that have a calendar and a clock of their own."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.i18n.calendars import own_date, own_language, own_span, own_time
from app.platform.i18n.ethiopian import (
    EthiopianDay,
    dawn_hour,
    days_in_ethiopian_month,
    from_ethiopian,
    to_ethiopian,
)

DAYS = st.dates(date(8, 8, 27), date(9000, 1, 1))


@pytest.mark.parametrize(("day", "ethiopian"), [
    (date(2026, 9, 11), (2019, 1, 1)), (date(2026, 9, 10), (2018, 13, 5)), (date(2023, 9, 11), (2015, 13, 6)),
    (date(2023, 9, 12), (2016, 1, 1)), (date(2027, 9, 11), (2019, 13, 6)), (date(2027, 9, 12), (2020, 1, 1)),
    (date(2026, 1, 7), (2018, 4, 29)), (date(2026, 1, 19), (2018, 5, 11)), (date(2026, 3, 2), (2018, 6, 23)),
    (date(2024, 2, 29), (2016, 6, 21)), (date(8, 8, 27), (1, 1, 1)),
])  # fmt: skip
def test_days_that_everybody_knows(day: date, ethiopian: tuple[int, int, int]) -> None:
    assert to_ethiopian(day) == ethiopian
    assert from_ethiopian(*ethiopian) == day


@given(DAYS)
def test_there_and_back(day: date) -> None:
    assert from_ethiopian(*to_ethiopian(day)) == day


@given(DAYS)
def test_the_next_day_is_the_next_day_there(day: date) -> None:
    year, month, number = to_ethiopian(day)
    if number < days_in_ethiopian_month(year, month):
        following = EthiopianDay(year, month, number + 1)
    else:
        following = EthiopianDay(year, month + 1, 1) if month < 13 else EthiopianDay(year + 1, 1, 1)
    assert to_ethiopian(day + timedelta(days=1)) == following


@given(st.integers(1, 8999))
def test_pagume_has_six_days_in_the_year_before_every_fourth(year: int) -> None:
    assert days_in_ethiopian_month(year, 13) == (6 if year % 4 == 3 else 5)
    assert (from_ethiopian(year, 13, 6) is not None) == (year % 4 == 3)


def test_nothing_was_before_the_first_day() -> None:
    with pytest.raises(ValueError, match="had not begun"):
        to_ethiopian(date(8, 8, 26))


@pytest.mark.parametrize(("hour", "said"), [(9, 3), (6, 12), (7, 1), (12, 6), (17, 11), (18, 12), (19, 1), (0, 6), (5, 11)])
def test_the_clock_counts_from_dawn_and_from_dusk(hour: int, said: int) -> None:
    assert dawn_hour(datetime(2026, 9, 11, hour)) == said


@given(st.integers(0, 23))
def test_day_and_night_say_the_same_hour_twelve_hours_apart(hour: int) -> None:
    here, there = datetime(2026, 9, 11, hour), datetime(2026, 9, 11, (hour + 12) % 24)
    assert dawn_hour(here) == dawn_hour(there)
    assert own_time("ET", here, "en") != own_time("ET", there, "en")


@pytest.mark.parametrize(("language", "said"), [
    ("en", "1 Meskerem 2019 E.C."), ("am", "መስከረም 1 ቀን 2019 ዓ.ም"), ("om", "Fulbaana 1, 2019 A.L.I"), ("ar", "1 Meskerem 2019 E.C."),
])
def test_the_new_year_in_words(language: str, said: str) -> None:
    assert own_date("ET", date(2026, 9, 11), language) == said


@pytest.mark.parametrize(("language", "said"), [
    ("en", "3:00 of the day, counted from dawn"), ("am", "ከጠዋቱ 3:00 ሰዓት"), ("om", "sa'aatii 3:00 ganama"),
])
def test_nine_in_the_morning_in_words(language: str, said: str) -> None:
    assert own_time("ET", datetime(2026, 9, 11, 9), language) == said


def test_a_morning_until_noon_is_all_morning() -> None:
    nine, noon, late = (datetime(2026, 9, 11, hour) for hour in (9, 12, 19))
    assert own_span("ET", nine, noon, "am") == "ከጠዋቱ 3:00–6:00 ሰዓት"
    assert own_span("ET", nine, late, "en") == (
        "3:00 of the day, counted from dawn – 1:00 of the night, counted from dusk"
    )


def test_every_language_names_thirteen_months_and_four_quarters() -> None:
    for language in ("en", "am", "om"):
        months = {own_date("ET", date.fromordinal(ordinal), language) for ordinal in range(739_000, 739_366)}
        assert len(months) == 366
        assert own_language("ET", language) == language


@pytest.mark.parametrize("country", ["KH", "BD", "", "xx"])
def test_other_countries_go_by_our_calendar_alone(country: str) -> None:
    moment = datetime(2026, 9, 11, 9)
    assert own_date(country, moment.date(), "am") == own_time(country, moment, "am") == ""
    assert own_span(country, moment, moment + timedelta(hours=3), "am") == ""
    assert own_language(country, "am") == "en"
