"""Who signs in with a password. One password for all: it guards nothing but invented people."""

from dataclasses import dataclass

from app.access.actor import SYSTEM, Actor, Grant
from app.access.roles import Role
from app.accounts import operations
from app.accounts.notices import note_read
from app.demo.places import BANGLADESH, CAMBODIA, ETHIOPIA, JORDAN, PLACES, SRI_LANKA, VIET_NAM, Place
from app.platform.i18n.languages import best

PASSWORD = "a stitch in time"  # noqa: S105 - printed on purpose, for the demo alone
STAFF_HOST = "selvedge.example"
_OF_FACTORIES = frozenset({Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR})
_AT_FACTORIES = _OF_FACTORIES | {Role.GROUP_VIEWER}


@dataclass(frozen=True)
class Member:
    """Somebody of the programme's staff, or who speaks for a factory."""

    role: Role
    name: str
    email: str
    places: tuple[Place, ...] = ()

    @property
    def scope(self) -> str:
        """Where the role reaches, in words."""
        names = (place.factory if self.role in _AT_FACTORIES else place.programme for place in self.places)
        return ", ".join(names) or "everything"

    @property
    def language(self) -> str:
        """Staff of several countries work in English, a factory in its own language where the site has it."""
        return best([self.places[0].language]) if self.role in _OF_FACTORIES else "en"


def _staff(role: Role, name: str, *places: Place) -> Member:
    return Member(role, name, f"{name.split(maxsplit=1)[0].lower()}@{STAFF_HOST}", places)


def _focal_point(name: str, place: Place) -> Member:
    return Member(Role.FOCAL_POINT, name, f"hr@{place.host}", (place,))


OWNED = (CAMBODIA, VIET_NAM)
"""Whose factories one manufacturer owns."""
HEAD_OFFICE = Member(Role.GROUP_VIEWER, "Ngoc Castelo", "ngoc@two-rivers.example", OWNED)
FUND = Member(Role.PARTNER, "Ines Aalto", "ines@fund.example", PLACES)
"""A donor of all programmes: of one alone there are too few factories here to say anything."""
EAST, SOUTH, WEST = (CAMBODIA, VIET_NAM), (BANGLADESH, SRI_LANKA), (JORDAN, ETHIOPIA)
MEMBERS = (
    _staff(Role.ADMINISTRATOR, "Noor Ellison"),
    _staff(Role.PROGRAMME_MANAGER, "Linh Marchetti", *EAST),
    _staff(Role.PROGRAMME_MANAGER, "Farida Osei", *SOUTH),
    _staff(Role.PROGRAMME_MANAGER, "Samir Lindqvist", *WEST),
    _staff(Role.TRAINER, "Vanna Okafor", *EAST, BANGLADESH),
    _staff(Role.TRAINER, "Yonas Pereira", *WEST, SRI_LANKA),
    _staff(Role.ADVISOR, "Mina Castellan", *EAST, BANGLADESH),
    _staff(Role.ADVISOR, "Tarek Novak", *WEST, SRI_LANKA),
    _focal_point("Chenda Prum", CAMBODIA),
    _focal_point("Rezaul Haque", BANGLADESH),
    _focal_point("Lina Sawalha", JORDAN),
    _focal_point("Hana Girma", ETHIOPIA),
    _focal_point("Trinh Thu Ha", VIET_NAM),
    _focal_point("Dilshan Amarasekara", SRI_LANKA),
    HEAD_OFFICE,
    FUND,
    Member(Role.PARTNER, "Sreyneang Touch", "sreyneang@ministry.example", (CAMBODIA,)),
    Member(Role.FACTORY_AMBASSADOR, "Sokha Nhem", f"sokha@{CAMBODIA.host}", (CAMBODIA,)),
)


def hire(programmes: dict[str, int], factories: dict[str, int]) -> dict[str, Actor]:
    """Create every account; answers the actors by address. The numbers are ids by code."""
    return {member.email: _hire(member, programmes, factories) for member in MEMBERS}


def _hire(member: Member, programmes: dict[str, int], factories: dict[str, int]) -> Actor:
    grants = [_grant(member.role, place, programmes, factories) for place in member.places] or [Grant(member.role)]
    if member is HEAD_OFFICE:
        grants = []  # the group is founded later
    account = operations.create_account(
        SYSTEM, email=member.email, name=member.name, language=member.language, password=PASSWORD, grants=grants
    )
    actor = Actor(name=member.name, account_id=account.id, grants=tuple(grants), language=member.language)
    note_read(actor, member.language)  # they have been working here for months
    return actor


def _grant(role: Role, place: Place, programmes: dict[str, int], factories: dict[str, int]) -> Grant:
    if role in _AT_FACTORIES:
        return Grant(role, factory_id=factories[place.factory_code])
    return Grant(role, programme_id=programmes[place.code])


def member_of(role: Role, place: Place) -> Member:
    """The first member in this role at this place."""
    return next(member for member in MEMBERS if member.role is role and place in member.places)
