"""What each room holds of a person."""

from app.accounts import person_data as account_data
from app.api.xapi import person_data as statement_data
from app.attendance import person_data as attendance_data
from app.attendance.kit import person_data as kit_data
from app.certificates import person_data as certificate_data
from app.completions import person_data as completion_data
from app.coverage.ledger import person_data as ledger_data
from app.factories import person_data as factory_data
from app.factories.merging.rows import PersonData
from app.improvement import person_data as improvement_data
from app.learning_record import person_data as record_data
from app.learning_record.evidence import person_data as evidence_data
from app.lessons import person_data as lesson_data
from app.notifications import person_data as mail_data
from app.privacy import person_data as log_data
from app.quizzes import person_data as quiz_data
from app.reports import person_data as report_data
from app.sessions import person_data as session_data

PERSON_DATA: dict[str, PersonData] = {
    "factories": factory_data.PERSON_DATA,
    "accounts": account_data.PERSON_DATA,
    "completions": completion_data.PERSON_DATA,
    "lessons": lesson_data.PERSON_DATA,
    "sessions": session_data.PERSON_DATA,
    "quizzes": quiz_data.PERSON_DATA,
    "attendance": attendance_data.PERSON_DATA,
    "kit": kit_data.PERSON_DATA,
    "improvement": improvement_data.PERSON_DATA,
    "ledger": ledger_data.PERSON_DATA,
    "certificates": certificate_data.PERSON_DATA,
    "learning_record": record_data.PERSON_DATA,
    "evidence": evidence_data.PERSON_DATA,
    "reports": report_data.PERSON_DATA,
    "notifications": mail_data.PERSON_DATA,
    "statements": statement_data.PERSON_DATA,
    "privacy": log_data.PERSON_DATA,
}
"""Room -> what it holds of a person, from the ground floor up: for merge, export and erasure."""
