"""What roles, fields and findings are called, in plain words."""

from collections.abc import Sequence
from typing import Any

from app.factories.merging.rules import Reason
from app.factories.rules import EndReason, JobRole, Sex
from app.platform.i18n import _, lazy

REASONS = {
    "file_empty": lazy("The file is empty."),
    "file_encrypted": lazy("The file has a password. Save it without a password, then send it again."),
    "file_damaged": lazy("The file is damaged or incomplete. Save it again in your spreadsheet program and send it."),
    "file_unsafe": lazy("The file holds more than a list, such as links to other files. Copy the list to a new file."),
    "not_a_spreadsheet": lazy("This is not a spreadsheet. Send an .xlsx, .ods or .csv file."),
    "no_rows": lazy("The list has headings, but no people below them."),
    "not_read": lazy("The file was not read in time. Send it again."),
    "file_too_large": lazy("The file is too large. A list may have 20,000 people and 200 columns."),
}
PROBLEMS = {
    "missing_employee_number": lazy("The employee number is missing."),
    "missing_name": lazy("The name is missing."),
    "cell_error": lazy("A cell shows an error instead of a value."),
    "duplicate_employee_number": lazy("Several people have this employee number."),
    "duplicate_row": lazy("This row stands in the file twice. It counts once."),
    "unknown_sex": lazy("The sex is not clear. It stays open."),
    "unknown_role": lazy("The role of this designation is not known. It stays open."),
    "phone_invalid": lazy("This is not a phone number of the country. It is left out."),
    "phone_damaged": lazy("The spreadsheet program has damaged this phone number. It is left out."),
    "date_invalid": lazy("This is not a date. It is left out."),
    "joined_in_future": lazy("The joining date lies in the future."),
    "date_order_differs": lazy("Day and month stand the other way round here. It was read so."),
    "leading_zeros_restored": lazy("Zeros in front of the employee number were missing. They were added."),
    "formula_text": lazy("This name begins like a formula. It is kept as text."),
}
FIELDS = {
    "employee_number": lazy("Employee number"),
    "name": lazy("Name in Latin letters"),
    "local_name": lazy("Name in the local script"),
    "sex": lazy("Sex"),
    "line": lazy("Line"),
    "designation": lazy("Designation"),
    "joined": lazy("Joining date"),
    "phone": lazy("Phone"),
}
ROLES = {
    JobRole.HELPER: lazy("Helper"),
    JobRole.OPERATOR: lazy("Operator"),
    JobRole.QUALITY: lazy("Quality"),
    JobRole.MECHANIC: lazy("Mechanic"),
    JobRole.OFFICE: lazy("Office"),
    JobRole.SUPERVISOR: lazy("Supervisor"),
    JobRole.INDIRECT_SUPERVISOR: lazy("Indirect supervisor"),
    JobRole.MANAGER: lazy("Manager"),
    None: lazy("Role not known"),
}
SEXES = {
    Sex.F: lazy("Women"),
    Sex.M: lazy("Men"),
    Sex.OTHER: lazy("Other"),
    Sex.UNDISCLOSED: lazy("Undisclosed"),
    None: lazy("Not said"),
}
ONE_SEX: dict[Sex | None, Any] = {
    Sex.F: lazy("Woman"),
    Sex.M: lazy("Man"),
    Sex.OTHER: lazy("Other"),
    Sex.UNDISCLOSED: lazy("Undisclosed"),
    None: lazy("Not said"),
}
"""For one person among those that figures count."""
END_REASONS = {
    EndReason.LEFT: lazy("Left"),
    EndReason.MOVED_ROLE: lazy("Other role"),
    EndReason.MOVED_FACTORY: lazy("Other factory"),
    None: lazy("Ended"),
}
PERSON_FIELDS = {
    "name": lazy("Name in Latin letters"),
    "local_name": lazy("Name in the local script"),
    "sex": lazy("Sex"),
    "birth_band": lazy("Born in the years"),
    "language": lazy("Language"),
    "phone": lazy("Telephone"),
    "email": lazy("E-mail"),
}
REASONS_TO_MERGE = {
    Reason.SAME_NAME_AND_PHONE: lazy("Same name and telephone"),
    Reason.SAME_NAME_AND_BAND: lazy("Same name and years of birth"),
    Reason.LIKE_NAME_AND_PHONE: lazy("Similar name, same telephone"),
    Reason.LIKE_NAME_AND_BAND: lazy("Similar name, same years of birth"),
}
TABLES = {
    "ambassador": lazy("Ambassadors"),
    "answer": lazy("Answers"),
    "attempt": lazy("Quizzes taken"),
    "attempt_reopening": lazy("The attempt was opened again"),
    "audit_entry": lazy("Entries of the log"),
    "cascade_person": lazy("What was passed on"),
    "cascade_sample_item": lazy("Sample visits"),
    "cascade_session": lazy("Sessions of ambassadors"),
    "certificate": lazy("Certificates"),
    "certificate_note": lazy("Note for the office"),
    "check_in": lazy("Check-ins"),
    "committee_member": lazy("Places in committees"),
    "completion": lazy("Completed courses"),
    "coverage_movement": lazy("Changes in coverage"),
    "current_mark": lazy("Attendance marks"),
    "earlier_training": lazy("Earlier trainings taken over from lists"),
    "employment": lazy("Employments"),
    "evidence_person": lazy("Names in packs of evidence"),
    "guest": lazy("Guests who were this person"),
    "guest_mark": lazy("Entries in the log of attendance"),
    "held_mark": lazy("Records of phones that wait for a decision"),
    "history_consent": lazy("Consents to show what was learned before"),
    "kit_receipt": lazy("Receipts for records of phones"),
    "lesson_progress": lazy("Lessons read"),
    "mail_message": lazy("Mails"),
    "mark_entry": lazy("Entries in the log of attendance"),
    "notice_shown": lazy("Privacy notices read"),
    "paper_entry": lazy("Tests on paper that were typed"),
    "paper_score": lazy("Scores of tests on paper"),
    "quiz_allowance": lazy("More time or attempts in quizzes"),
    "late_answer": lazy("Answers that came too late"),
    "manual_grade": lazy("Grades given by a person"),
    "grade_change": lazy("Grades that changed"),
    "person_card": lazy("Cards"),
    "person_pin": lazy("PIN"),
    "reported_fact": lazy("Figures of reporting periods"),
    "practice_log": lazy("Practice tasks logged"),
    "record_entry": lazy("Entries in learning records"),
    "record_participant": lazy("Training sessions in learning records"),
    "requirement_waiver": lazy("Exemptions from a requirement"),
    "report_alias": lazy("Remembered names in reports of meetings"),
    "report_participant": lazy("Names in reports of meetings"),
    "seat": lazy("Seats"),
    "seat_move": lazy("Moves of seats"),
    "sign_in": lazy("Sign-ins"),
    "study": lazy("Courses learned alone"),
    "survey_turn": lazy("Evaluation and surveys"),
    "task_verdict": lazy("Tasks confirmed"),
    "telling": lazy("What was told"),
    "unit_result": lazy("Results of parts of a course"),
    "external_result": lazy("Courses of others that were passed"),
    "xapi_document": lazy("Notes of connected systems"),
    "xapi_name": lazy("Names that other systems use"),
    "xapi_person": lazy("Names in connected systems"),
    "xapi_statement": lazy("Statements of connected systems"),
}
"""What the rows of a table are, for people."""
CHANGES = {
    "joined": lazy("Joined"),
    "left": lazy("Left"),
    "renumbered": lazy("New employee number"),
    "moved": lazy("Other line"),
    "role_changed": lazy("Other role"),
    "lines_renamed": lazy("Lines with a new name"),
    "corrected": lazy("Name, sex or phone corrected"),
}


def reason(code: str | None, missing: Sequence[str] = ()) -> str:
    """Why a file is refused, and what to do."""
    if code == "columns_not_found":
        fields = ", ".join(str(FIELDS[name]) for name in missing if name in FIELDS)
        return str(_("The list has no column for: %(fields)s. If it is the staff list, choose them.", fields=fields))
    return str(REASONS.get(code or "", "") or _("The file cannot be read as a staff list."))


def problem(code: str) -> str:
    """What is wrong in a row."""
    return str(PROBLEMS.get(code, "") or _("Something is wrong in this row."))
