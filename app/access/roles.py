"""Roles and the one table that maps them to permissions."""

from enum import StrEnum

from app.access.permissions import Permission


class Role(StrEnum):
    """What an account or a person is to a programme or a factory."""

    ADMINISTRATOR = "administrator"
    PROGRAMME_MANAGER = "programme_manager"
    TRAINER = "trainer"
    ADVISOR = "advisor"
    GROUP_VIEWER = "group_viewer"
    """The head office of a manufacturer: the factories of its group, in numbers."""
    PARTNER = "partner"
    """A ministry, a donor or another partner: a programme in numbers, never a factory or a person."""
    FOCAL_POINT = "focal_point"
    FACTORY_AMBASSADOR = "factory_ambassador"
    """Trains colleagues in the own factory; calls the roll in the training sessions that were given."""
    CHECK_IN_HELPER = "check_in_helper"
    """Calls the roll and looks after the tablet in one training session, on its days."""
    PERSON = "person"


PLACED = frozenset(
    {
        Role.GROUP_VIEWER, Role.PARTNER, Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR, Role.CHECK_IN_HELPER, Role.PERSON,
    }
)
"""Roles that are nothing without their place: a grant of them that names none reaches nothing."""

_READ = {
    Permission.CATALOGUE_READ,
    Permission.COVERAGE_READ,
    Permission.FACTORIES_READ,
    Permission.RESULTS_READ,
    Permission.SESSIONS_READ,
}
_OWN = {Permission.LESSONS_LEARN, Permission.QUIZZES_TAKE, Permission.SEATS_OWN}
"""What somebody does with what is the own."""
_TEACHING = {Permission.CASCADE_READ, Permission.CASCADE_WRITE}
"""What a person does in the factory of which she is an ambassador: without a term these reach nothing."""
_OF_OTHERS = {
    Permission.AGGREGATES_READ, Permission.ATTENDANCE_DECLARE, Permission.GROUP_FIGURES_READ,
    Permission.SHARING_CONSENT,
}
"""What only those do whom it concerns: nobody of the staff consents in the stead of a factory."""
_STAFF = frozenset(Permission) - _OF_OTHERS - _OWN

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _STAFF,
    Role.PROGRAMME_MANAGER: _STAFF - {Permission.ACCOUNTS_MANAGE, Permission.PROGRAMMES_CREATE},
    Role.TRAINER: frozenset(
        _READ
        | {
            Permission.AMBASSADORS_READ,
            Permission.ATTENDANCE_MARK,
            Permission.CASCADE_READ,
            Permission.CERTIFICATES_DOWNLOAD,
            Permission.COURSES_AUTHOR,
            Permission.HELPERS_APPOINT,
            Permission.ITEMS_READ,
            Permission.KIOSK_START,
            Permission.MAIL_READ,
            Permission.PEOPLE_PIN,
            Permission.PRACTICE_CONFIRM,
            Permission.PRACTICE_READ,
            Permission.QUIZZES_GRADE,
            Permission.QUIZZES_OPEN,
            Permission.REQUIREMENTS_READ,
            Permission.SEATS_CONFIRM,
            Permission.SEATS_NOMINATE,
            Permission.SERVICE_READ,
            Permission.SESSIONS_PLAN,
        }
    ),
    Role.ADVISOR: frozenset(
        _READ
        | {
            Permission.AMBASSADORS_APPOINT,
            Permission.AMBASSADORS_READ,
            Permission.CASCADE_READ,
            Permission.CASCADE_VALIDATE,
            Permission.CERTIFICATES_DOWNLOAD,
            Permission.COMMITTEES_MANAGE,
            Permission.COMMITTEES_READ,
            Permission.COMMITTEES_SIDE,
            Permission.DIAGNOSTICS_FILL,
            Permission.DIAGNOSTICS_READ,
            Permission.FINDINGS_IMPORT,
            Permission.FINDINGS_READ,
            Permission.DRILLS_WRITE,
            Permission.EFFECT_IMPORT,
            Permission.EFFECT_READ,
            Permission.EVIDENCE_TAKE,
            Permission.HEADCOUNTS_READ,
            Permission.INTEREST_DECLARE,
            Permission.PRACTICE_CONFIRM,
            Permission.PRACTICE_READ,
            Permission.REPORTS_READ,
            Permission.REQUIREMENTS_READ,
            Permission.ROADMAP_CLOSE,
            Permission.ROADMAP_READ,
            Permission.ROADMAP_WRITE,
            Permission.SEATS_NOMINATE,
            Permission.SERVICE_READ,
            Permission.SHARING_READ,
            Permission.TOKENS_MANAGE,
            Permission.VISITS_LOG,
            Permission.VISITS_READ,
            Permission.WAIVERS_MANAGE,
        }
    ),
    Role.FOCAL_POINT: frozenset(
        _READ
        | {
            Permission.AMBASSADORS_READ,
            Permission.ATTENDANCE_DECLARE,
            Permission.CASCADE_READ,
            Permission.CASCADE_WRITE,
            Permission.CERTIFICATES_DOWNLOAD,
            Permission.COMMITTEES_READ,
            Permission.DIAGNOSTICS_FILL,
            Permission.DIAGNOSTICS_READ,
            Permission.FINDINGS_READ,
            Permission.DRILLS_WRITE,
            Permission.EFFECT_IMPORT,
            Permission.EFFECT_READ,
            Permission.EVIDENCE_TAKE,
            Permission.HEADCOUNTS_IMPORT,
            Permission.HEADCOUNTS_READ,
            Permission.INTEREST_DECLARE,
            Permission.KIOSK_START,
            Permission.PEOPLE_EDIT,
            Permission.PEOPLE_PIN,
            Permission.ROADMAP_READ,
            Permission.ROADMAP_WRITE,
            Permission.ROSTERS_IMPORT,
            Permission.SEATS_NOMINATE,
            Permission.SHARING_CONSENT,
            Permission.SHARING_READ,
            Permission.TOKENS_MANAGE,
            Permission.VISITS_READ,
        }
    ),
    Role.GROUP_VIEWER: frozenset({Permission.CATALOGUE_READ, Permission.GROUP_FIGURES_READ}),
    Role.PARTNER: frozenset({Permission.AGGREGATES_READ}),
    Role.FACTORY_AMBASSADOR: frozenset(
        {
            Permission.AMBASSADORS_READ,
            Permission.ATTENDANCE_MARK,
            Permission.CASCADE_READ,
            Permission.CASCADE_WRITE,
            Permission.CATALOGUE_READ,
            Permission.DRILLS_WRITE,
            Permission.FACTORIES_READ,
            Permission.SESSIONS_READ,
        }
    ),
    Role.CHECK_IN_HELPER: frozenset({Permission.ATTENDANCE_MARK, Permission.KIOSK_START, Permission.SESSIONS_READ}),
    Role.PERSON: frozenset({Permission.CATALOGUE_READ, *_OWN, *_TEACHING}),
}
