"""Dates in all the ways people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factories.roster.dates import read_date
from app.platform.i18n.ethiopian import days_in_ethiopian_month, from_ethiopian
from app.platform.tables import Value


def _read(value: Value, *, ethiopian: bool = False, date_1904: bool = False) -> date | str | None:
    read = read_date(value, ethiopian=ethiopian, date_1904=date_1904)
    return read.code if read.day is None else read.day


@pytest.mark.parametrize("value", [
    date(2021, 3, 4), 44259.0, 44259.75, "44259", "2021-03-04", "2021/3/4", "04/03/2021", "4.3.2021", "4-3-21", "04 Mar 2021",
    "4-Mar-21", "04Mar2021", "March 4, 2021", "4th March 2021", "2021-03-04 00:00:00", "2021-03-04T08:15:00Z", "20210304",
    "٠٤/٠٣/٢٠٢١", "০৪/০৩/২০২১", "۴/۳/۲۰۲۱", "៤/៣/២០២១", "４/３/２０２１", "4 mars 2021", "4 de marzo de 2021", "4 Maret 2021",
    "ngày 4 tháng 3 năm 2021", "ថ្ងៃទី៤ ខែមីនា ឆ្នាំ២០២១", "٤ آذار ٢٠٢١", "4 مارس 2021", "4 মার্চ 2021", "4 مارچ 2021", "4 март 2021",
    "4 மார்ச் 2021", "4 මාර්තු 2021", "4 mas 2021", "4 ማርች 2021", "\u200f04/03/2021", "25/06/2013 E.C.", "25 የካቲት 2013", "25/06/2013 ዓ.ም",
])
def test_the_fourth_of_march(value: Value) -> None:
    assert _read(value) == date(2021, 3, 4)


@pytest.mark.parametrize("value", [
    "31/02/2022", 0.0, 5.0, "0", "32/05/2012", "soon", "غير معروف", "2019", 2019.0, "03/2021", "13/13/2020", "1/1/1800",
    "31/04/2020 x", "12-34", "99999999", "1/2/3/4", "Mar Apr 2020", "--"])
def test_no_date(value: Value) -> None:
    assert _read(value) == "date_invalid"


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b"])
def test_blank_is_no_problem(value: Value) -> None:
    assert _read(value) is None


def test_month_before_day_only_when_nothing_else_is_possible() -> None:
    read = read_date("04/20/2016", ethiopian=False, date_1904=False)
    assert (read.day, read.code) == (date(2016, 4, 20), "date_order_differs")
    assert read_date("04/12/2016", ethiopian=False, date_1904=False).day == date(2016, 12, 4)


@pytest.mark.parametrize(("written", "day"), [
    ("05/13/2014", date(2022, 9, 10)), ("06/13/2014", "date_invalid"), ("06/13/2015", date(2023, 9, 11)),
    ("01/01/2018", date(2025, 9, 11)), ("01/01/2016", date(2023, 9, 12)), ("03/11/2025 G.C.", date(2025, 11, 3)),
    ("14/03/2026 (G.C)", date(2026, 3, 14)), ("5 ጳጉሜ 2014", date(2022, 9, 10)), ("32/05/2012", "date_invalid")])
def test_ethiopian_column(written: str, day: date | str) -> None:
    assert _read(written, ethiopian=True) == day


def test_cell_dates_are_never_ethiopian() -> None:
    assert _read(date(2018, 1, 1), ethiopian=True) == date(2018, 1, 1)


def test_1904_serials() -> None:
    assert _read(44259.0 - 1462, date_1904=True) == date(2021, 3, 4)


@given(st.integers(1900, 2100), st.integers(1, 13), st.integers(1, 30))
def test_ethiopian_days_follow_one_another(year: int, month: int, day: int) -> None:
    here = from_ethiopian(year, month, day)
    if day > days_in_ethiopian_month(year, month):
        assert here is None
    elif day < days_in_ethiopian_month(year, month):
        following = from_ethiopian(year, month, day + 1)
        assert here is not None
        assert following == here + timedelta(days=1)
    else:
        new = from_ethiopian(year + (month == 13), month % 13 + 1, 1)
        assert here is not None
        assert new == here + timedelta(days=1)


@given(st.dates(date(1941, 1, 1), date(2098, 12, 31)))
def test_every_day_in_the_usual_forms(day: date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%d.%m.%Y"):
        assert _read(day.strftime(form)) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    read = read_date(text, ethiopian=False, date_1904=False)
    assert read.day is None or read.code in {None, "date_order_differs"}
