"""Roles and the one table that maps them to permissions."""

from enum import StrEnum

from app.access.permissions import Permission


class Role(StrEnum):
    """What an account or a person is to a programme or a factory."""

    ADMINISTRATOR = "administrator"
    PROGRAMME_MANAGER = "programme_manager"
    TRAINER = "trainer"
    ADVISOR = "advisor"
    FOCAL_POINT = "focal_point"
    PERSON = "person"


_READ = {
    Permission.CATALOGUE_READ,
    Permission.COVERAGE_READ,
    Permission.FACTORIES_READ,
    Permission.SESSIONS_READ,
}
_STAFF = frozenset(Permission) - {Permission.QUIZZES_TAKE}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _STAFF,
    Role.PROGRAMME_MANAGER: _STAFF - {Permission.ACCOUNTS_MANAGE, Permission.PROGRAMMES_CREATE},
    Role.TRAINER: frozenset(
        _READ
        | {
            Permission.ATTENDANCE_MARK,
            Permission.CERTIFICATES_DOWNLOAD,
            Permission.KIOSK_START,
            Permission.MAIL_READ,
            Permission.PEOPLE_PIN,
            Permission.QUIZZES_OPEN,
            Permission.SEATS_CONFIRM,
            Permission.SEATS_NOMINATE,
            Permission.SESSIONS_PLAN,
        }
    ),
    Role.ADVISOR: frozenset(
        _READ
        | {
            Permission.CERTIFICATES_DOWNLOAD,
            Permission.COMMITTEES_MANAGE,
            Permission.COMMITTEES_READ,
            Permission.COMMITTEES_SIDE,
            Permission.HEADCOUNTS_READ,
            Permission.SEATS_NOMINATE,
        }
    ),
    Role.FOCAL_POINT: frozenset(
        _READ
        | {
            Permission.CERTIFICATES_DOWNLOAD,
            Permission.COMMITTEES_READ,
            Permission.HEADCOUNTS_IMPORT,
            Permission.HEADCOUNTS_READ,
            Permission.KIOSK_START,
            Permission.PEOPLE_EDIT,
            Permission.PEOPLE_PIN,
            Permission.ROSTERS_IMPORT,
            Permission.SEATS_NOMINATE,
        }
    ),
    Role.PERSON: frozenset({Permission.CATALOGUE_READ, Permission.QUIZZES_TAKE}),
}
