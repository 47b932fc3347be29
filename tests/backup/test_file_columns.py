"""A column that speaks of stored files is known to the backup, so that what is missing is said and a programme takes it along."""

import re

import sqlalchemy as sa

from app.backup.file_columns import DOCUMENTS, KEYS, SECRET
from app.platform.db import Base

LIKE_A_KEY = re.compile(r"(^|_)(key|file|photo|picture|image|pdf|scan)$")
NO_FILES = {
    ("accepted_conflict", "key"), ("api_token", "key"), ("course_blob", "key"), ("course_file", "blob_key"), ("draft_file", "blob_key"),
    ("employment", "number_key"), ("guest", "key"), ("line_training", "line_key"), ("line_week", "line_key"), ("meeting_room", "key"),
    ("rate_counter", "key"), ("report_alias", "key"), ("report_participant", "key"), ("telling", "key"), ("webhook_delivery", "key"),
    ("xapi_document", "key"), ("xapi_document", "owner_key"), ("xapi_key", "key"), ("xapi_name", "key"),
}  # fmt: skip
"""Keys of something else. Bytes of a course are rows."""

NO_FILES_IN = """
answer choice
api_token factories scopes
attempt question_ids
audit_entry details
certificate face
certificate_bundle certificates factories parts wanted
certificate_signatory names roles
completion evidence
course_version audience countries forms languages layouts modalities objectives papers sources summary themes titles
current_mark standing
diagnostic answers
draft titles
drill learnt
earlier_import choices counts found
effect_result found
evidence_person texts
evidence_quarter figures
evidence_state head
factory products rest_days
factory_certificate face lost
factory_certificate_check counts
factory_certificate_rule conditions name
finding_import applied found
frozen_report committee_shares definitions figures
guest_mark seen
headcount_import applied found
holiday name
interpreter languages
invitation proposal told was
job payload
key_change key
late_answer choice replaced
made_report programmes
mark_entry seen
meeting_report parts
meeting_room details
paper_entry choices
pathway_version audience sources steps summary titles
person_merge moved
planning_rules breaks reminder_days
print_order people
programme languages name rest_days
question key texts
quiz_booklet letters question_ids
record_entry details
report_participant candidates said
requirement title
requirement_draft rule scope title
requirement_version rule scope
roadmap_action roles
roadmap_change details
roll_call warned
roster_import choices counts undo
service_log notes
sharing_consent aggregates figures
survey_response answers
survey_window figures
trainer_languages languages
unit blueprint objectives rules titles
webhook happenings
week_file found
"""
"""JSON without keys of stored files: table and columns. If yours has some, it goes into DOCUMENTS."""


def columns(type_: type) -> set[tuple[str, str]]:
    return {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns if isinstance(column.type, type_)}


def test_every_text_that_is_called_like_a_key_is_known() -> None:
    found = {(table, name) for table, name in columns(sa.String) if LIKE_A_KEY.search(name)}
    assert sorted(found - {*KEYS, *SECRET} - NO_FILES) == [], "into file_columns.KEYS, or here: a key of something else"
    assert sorted(NO_FILES - found) == []


def test_of_every_document_somebody_said_whether_keys_stand_in_it() -> None:
    plain = {(table, name) for table, *names in map(str.split, NO_FILES_IN.strip().splitlines()) for name in names}
    assert sorted(columns(sa.JSON) - set(DOCUMENTS) - plain) == [], "into file_columns.DOCUMENTS, or here: without keys"
    assert sorted(plain - columns(sa.JSON)) == []


def test_what_is_listed_is_there() -> None:
    assert {*KEYS, *SECRET} <= columns(sa.String)
    assert set(DOCUMENTS) <= columns(sa.JSON)
