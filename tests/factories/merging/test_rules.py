"""When two entries are likely one person, and how employments fit together."""

from datetime import date
from itertools import count

import pytest
from flask import Flask

from app.factories import labels
from app.factories.merging.rows import Tables, person_data
from app.factories.merging.rules import (
    Known,
    Reason,
    Stint,
    bands,
    distance,
    is_like_name,
    is_same_name,
    suggest,
    untangle,
    why,
)
from app.factories.rules import Sex
from app.platform.i18n.folding import searchable

_numbers = count(1)
PHONE = "+85512345678"


def known(name: str, local: str = "", **values: object) -> Known:
    return Known(next(_numbers), searchable(name), searchable(local), **values)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sok Dara", "Dara Sok"), ("Nguyễn Thị Hoa", "Nguyen Thi Hoa"), ("Nguye\u0302\u0303n Hoa", "Nguy\u1ec5n Hoa"), ("SOK  DARA", "Sok\u200b Dara")],
)
def test_the_same_name(one: str, other: str) -> None:
    assert is_same_name(known(one), known(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sokha Chan", "Sokhaa Chan"), ("Mohammed Ali", "Mohammad Ali"), ("Sreymom Kim", "Sreymum Kim"), ("Kim Sreymom", "Sreymum Kim")],
)
def test_a_name_spelt_otherwise(one: str, other: str) -> None:
    assert is_like_name(known(one), known(other))
    assert not is_same_name(known(one), known(other))


def test_local_names_are_compared_in_their_own_script() -> None:
    assert is_same_name(known("Dara", "សុខ ដារា"), known("Tara", "ដារា សុខ"))
    assert is_like_name(known("Fatima", "فاطمة محمد"), known("Fatma", "فاطمه محمد"))


@pytest.mark.parametrize(("one", "other"), [("Li", "Lu"), ("Sok", "Som"), ("Dara", "Tara"), ("Sokha Chan", "Vanna Keo")])
def test_other_names(one: str, other: str) -> None:
    """In short names one sign makes another name."""
    assert not is_like_name(known(one), known(other))


def test_a_name_alone_says_nothing() -> None:
    assert why(known("Sok Dara"), known("Sok Dara")) is None
    assert why(known("Sok Dara", phone=PHONE), known("Sok Dara")) is None


def test_reasons() -> None:
    assert why(known("Sok Dara", phone=PHONE), known("Dara Sok", phone=PHONE)) is Reason.SAME_NAME_AND_PHONE
    assert why(known("Sok Dara", band="1990-1994"), known("Sok Dara", band="1990-1994")) is Reason.SAME_NAME_AND_BAND
    assert why(known("Sokha Chan", phone=PHONE), known("Sokhaa Chan", phone=PHONE)) is Reason.LIKE_NAME_AND_PHONE


@pytest.mark.parametrize(
    "other", [{"sex": Sex.M, "phone": PHONE}, {"band": "1985-1989", "phone": PHONE, "sex": Sex.F}, {"phone": "+85599999999", "band": "1990-1994"}]
)
def test_what_speaks_against(other: dict[str, object]) -> None:
    one = known("Sok Dara", sex=Sex.F, band="1990-1994", phone=PHONE)
    assert why(one, known("Sok Dara", **other)) is None


def test_a_sex_that_is_not_said_speaks_against_nothing() -> None:
    one = known("Sok Dara", sex=Sex.F, phone=PHONE)
    for unsaid in (None, Sex.UNDISCLOSED):
        assert why(one, known("Sok Dara", sex=unsaid, phone=PHONE)) is Reason.SAME_NAME_AND_PHONE
    assert why(one, known("Sok Dara", sex=Sex.OTHER, phone=PHONE)) is None


def test_suggestions_are_each_pair_once_and_leave_out_those_set_apart() -> None:
    people = [known("Sok Dara", phone=PHONE, band="1990-1994") for _ in range(3)]
    pairs = suggest(people)
    assert len(pairs) == 3
    first = (people[0].person_id, people[1].person_id)
    assert first not in [(pair.first_id, pair.second_id) for pair in suggest(people, [first])]


def test_every_single_change_of_a_name_is_found_among_many() -> None:
    """The parts that names are sorted by must not hide a pair."""
    name = "chan sokhalina"
    others = [known(f"person number {n} of many", band="1990-1994") for n in range(200)]
    for place in range(len(name)):
        if name[place] == " ":
            continue
        pair = [known(name, band="1990-1994"), known(name[:place] + "q" + name[place + 1 :], band="1990-1994")]
        if is_like_name(*pair):
            found = [(each.first_id, each.second_id) for each in suggest([*others, *pair])]
            assert (pair[0].person_id, pair[1].person_id) in found or place in {0, 5}, place


def test_a_telephone_of_an_office_says_nothing() -> None:
    assert suggest([known("Sok Dara", phone=PHONE) for _ in range(60)]) == []


@pytest.mark.parametrize(("one", "other", "most", "far"), [("kitten", "sitting", 5, 3), ("abc", "abc", 2, 0), ("abc", "xyz", 1, 2), ("a", "abcdef", 2, 3)])
def test_distance(one: str, other: str, most: int, far: int) -> None:
    assert distance(one, other, most) == far


def test_bands_are_five_years() -> None:
    assert bands()[0] == "2010-2014"
    assert all(int(band[5:]) - int(band[:4]) == 4 for band in bands())


def stint(start: int, end: int | None, *, wins: bool) -> Stint:
    return Stint(next(_numbers), date(start, 1, 1), date(end, 1, 1) if end else None, wins)


def test_stints_one_after_the_other_stay() -> None:
    assert untangle([stint(2020, 2022, wins=True), stint(2022, None, wins=False)]) == {}


def test_the_earlier_stint_ends_where_the_later_begins() -> None:
    early, late = stint(2020, None, wins=True), stint(2022, None, wins=False)
    assert untangle([late, early]) == {early.employment_id: date(2022, 1, 1)}


def test_nobody_leaves_by_a_merge() -> None:
    """A stint that lies inside a longer one never held; the longer one goes on."""
    long, inside = stint(2020, None, wins=True), stint(2021, 2022, wins=False)
    assert untangle([long, inside]) == {inside.employment_id: date(2021, 1, 1)}


def test_of_two_equal_stints_that_of_the_winner_holds() -> None:
    mine, other = stint(2020, None, wins=True), stint(2020, None, wins=False)
    assert untangle([mine, other]) == {other.employment_id: date(2020, 1, 1)}
    assert untangle([other, mine]) == {other.employment_id: date(2020, 1, 1)}


def test_every_table_of_a_person_has_words(app: Flask) -> None:
    """The page that shows what would be joined counts the rows of each."""
    held = {rows.name for room in person_data().values() if isinstance(room, Tables) for rows in room.tables}
    assert {"certificate_note", "survey_turn", "attempt_reopening"} <= held
    assert held <= set(labels.TABLES)
