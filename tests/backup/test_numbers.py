"""Every place where the number of a row may stand is known, so that it is another one elsewhere."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.backup import numbers, programmes
from app.backup.importing.arriving import ALWAYS
from app.backup.importing.met import KEYS, TAKEN
from app.platform.db import Base

PLAIN = """
active amount attempts capacity_in_person capacity_virtual certificate_wait_days changes committee_share completed counter
cut_off_days due due_90 ever facts files form grace_days group_max group_min headcount_months hours late_after least_people
lines lost mails men met migrants minutes months months_after more most_per_factory names_due_days number of offer_hours others
pace_months people period place places position rank release_one_in renewal_days reply_sequence revision row rule_version
seconds seed sequence sessions shifts signed_changes started strength times times_applied told totp_step travel_far_minutes
travel_near_minutes tries turn under_18 units valid validity_months version waived women
"""
"""Columns that count or measure. If yours holds the number of a row, it goes into numbers.SOFT."""

NUMBERLESS = """
answer choice
certificate face
certificate_signatory names roles signature
completion evidence
course_version titles summary objectives audience themes modalities languages sources layouts forms papers countries
diagnostic answers
drill learnt
earlier_import choices found counts
effect_result found
evidence_person texts
evidence_quarter figures
evidence_state head
factory rest_days products
factory_certificate_rule name
finding_import applied
frozen_report definitions committee_shares
headcount_import found applied
holiday name
interpreter languages
invitation told was proposal
key_change key
late_answer choice replaced
meeting_report parts
meeting_room details
pathway_version titles summary audience steps sources
planning_rules breaks reminder_days
programme name rest_days languages
question key texts
report_participant said
requirement title
requirement_draft title scope
requirement_version scope
roadmap_action roles
service_log notes
sharing_consent aggregates figures
survey_response answers
survey_window figures
trainer_languages languages
unit titles objectives blueprint rules
week_file found
"""
"""JSON without numbers of rows: table and columns. If yours has some, it goes into numbers.DOCUMENTS."""

TABLES = [table for table in Base.metadata.sorted_tables if table.name not in programmes.LEFT]


def columns(type_: type) -> set[tuple[str, str]]:
    return {
        (table.name, column.name) for table in TABLES for column in table.columns
        if isinstance(column.type, type_) and not column.primary_key
    }  # fmt: skip


def new(table: str, number: int) -> int:
    return number + 1000 + len(table)


def test_of_every_whole_number_somebody_said_whether_it_is_that_of_a_row() -> None:
    known = {(table.name, each.column) for table in TABLES for each in numbers.references(table.name)} | numbers.LISTS
    plain, there = set(PLAIN.split()), {name for _, name in columns(sa.Integer) - known}
    assert (sorted(there - plain), sorted(plain - there)) == ([], [])


def test_of_every_document_somebody_said_whether_numbers_stand_in_it() -> None:
    plain = {(table, name) for table, *names in map(str.split, NUMBERLESS.strip().splitlines()) for name in names}
    changed = {*numbers.DOCUMENTS, numbers.FIGURES, *numbers.MARK_LISTS}
    emptied = set(ALWAYS) & columns(sa.JSON)
    assert sorted(columns(sa.JSON) - changed - emptied - plain) == [], "into numbers.DOCUMENTS, or here: without numbers"
    assert sorted(plain - columns(sa.JSON)) == []


def test_what_is_listed_is_there() -> None:
    texts = {*numbers.WORDS, numbers.CONFLICTS, numbers.SUBSCRIPTION, *numbers.KEY_NAMES, *numbers.MARKS}
    assert texts <= columns(sa.String)
    assert {*numbers.DOCUMENTS, numbers.FIGURES, *numbers.MARK_LISTS} <= columns(sa.JSON)
    assert {*numbers.THINGS.values()} <= set(Base.metadata.tables)
    for name, names in [*((name, key.all) for name, key in KEYS.items()), *((name, each) for name, all_ in TAKEN.items() for each, _ in all_)]:
        assert {*names} <= {*Base.metadata.tables[name].columns.keys()}, name


@pytest.mark.parametrize("before, after", [
    ("completion:31:1", "completion:1041:1"), ("coverage:2026-05-31", "coverage:2026-05-31"), ("status:3", "status:3"),
    ("ready:45:account:11", "ready:1056:account:1018"), ("guest:3:1:account:5", "guest:1008:1:account:1012"),
    ("guest:3:left", "guest:1008:left"), ("room:24", "room:1028"), ("kit:A7", "kit:A7"), ("-", "-"),
    ("reminder:7:2026-11-20:1:trainer:2", "reminder:1023:2026-11-20:1:trainer:1009"),
    ("certificate:7:suspended:2026-11-20T00:00:00+00:00:person:2", "certificate:1018:suspended:2026-11-20T00:00:00+00:00:person:1008"),
])  # fmt: skip
def test_words(before: str, after: str) -> None:
    assert numbers.in_words(before, lambda table, number: str(new(table, number))) == after


@pytest.mark.parametrize("before, after", [
    ("trainer_away|6|2027-01-04", "trainer_away|1013|2027-01-04"), ("holiday|all|2027-01-04", "holiday|all|2027-01-04"),
    ("room_busy|3|20270104T0100Z/0400Z|9|20270104T0200Z/0500Z", "room_busy|1007|20270104T0100Z/0400Z|1016|20270104T0200Z/0500Z"),
    ("line_release|4 7 8|x", "line_release|1008 1013 1014|x"), ("people_busy|7 8|x", "people_busy|1013 1014|x"),
    ("room_small|venue 20 30|x", "room_small|venue 20 30|x"), ("room_small|3 20 30|x", "room_small|1007 20 30|x"),
    ("not_in_use|host 2|x", "not_in_use|host 1014|x"), ("travel|t6|x", "travel|t1013|x"), ("travel|own|x", "travel|own|x"),
    ("trainer_language|6 km|x", "trainer_language|1013 km|x"), ("break|2027-01-04 1200-1245|x", "break|2027-01-04 1200-1245|x"),
])  # fmt: skip
def test_conflicts(before: str, after: str) -> None:
    assert numbers.in_conflict(before, new) == after


@pytest.mark.parametrize("place, before, after", [
    (("attempt", "question_ids"), [1, 2], [1009, 1010]),
    (("quiz_booklet", "letters"), {"1": ["a"], "x": []}, {"1009": ["a"], "x": []}),
    (("record_entry", "details"), {"rule": 1, "number": "F-1", "rows": [{"requirement": 1, "active": 1}]},
     {"rule": 1025, "number": "F-1", "rows": [{"requirement": 1012, "active": 1}]}),
    (("roadmap_change", "details"), {"before": {"due_on": "2027-01-01", "course_id": None, "owner_id": 1}},
     {"before": {"due_on": "2027-01-01", "course_id": None, "owner_id": 1008}}),
    (("factory_certificate", "face"), {"facts": {"courses": {"3": {}}, "weighed": [{"course_id": 3, "share": 3}]}},
     {"facts": {"courses": {"1009": {}}, "weighed": [{"course_id": 1009, "share": 3}]}}),
])  # fmt: skip
def test_documents(place: tuple[str, str], before: Any, after: Any) -> None:
    assert numbers.in_document(before, numbers.DOCUMENTS[place], new) == after
    assert numbers.in_document([], numbers.DOCUMENTS[place], new) == []


def test_figures() -> None:
    figures = [{"split": split, "value": value} for split, value in (("", ""), ("sex", "F"), ("factory", "2"), ("course", "2"), ("run", ""))]
    assert [each["value"] for each in numbers.in_figures(figures, new)] == ["", "F", "1009", "1016", ""]
    assert numbers.in_subscription("0:month:sex:pdf", lambda _, number: number) == "0:month:sex:pdf"
