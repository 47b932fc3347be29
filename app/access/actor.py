"""Who is acting. Built once a request, handed to every verb and query."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS, Role


@dataclass(frozen=True)
class Grant:
    """A role within a scope: one factory, one programme, or - with neither - everything."""

    role: Role
    programme_id: int | None = None
    factory_id: int | None = None


@dataclass(frozen=True)
class Scope:
    """Where a permission reaches. `everything` makes the sets irrelevant."""

    everything: bool = False
    programmes: frozenset[int] = frozenset()
    factories: frozenset[int] = frozenset()

    def reaches(self, programme_id: int, factory_id: int | None = None) -> bool:
        """Whether a thing of this programme - and factory, if it belongs to one - is inside."""
        return self.everything or programme_id in self.programmes or factory_id in self.factories


@dataclass(frozen=True)
class Actor:
    """A signed-in account, a signed-in person, the system itself, or nobody in particular."""

    name: str = ""
    account_id: int | None = None
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False
    language: str | None = None
    sign_in_id: int | None = None
    training_id: int | None = field(default=None)
    """The training session whose code a person used to sign in; None for accounts."""
    is_kiosk: bool = False
    """A person at a shared tablet, who is signed out after each task."""

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None or self.person_id is not None

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset(Permission) if self.is_system else _permissions(grant.role for grant in self.grants)

    def may(self, permission: Permission) -> bool:
        """Whether some role holds the permission, in whatever scope; the scope is `scope(permission)`."""
        return permission in self.permissions

    def scope(self, permission: Permission) -> Scope:
        """Where this actor holds the permission."""
        if self.is_system:
            return Scope(everything=True)
        grants = [grant for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role]]
        return Scope(
            everything=any(g.programme_id is None and g.factory_id is None for g in grants if g.role != Role.PERSON),
            programmes=frozenset(g.programme_id for g in grants if g.programme_id and g.factory_id is None),
            factories=frozenset(g.factory_id for g in grants if g.factory_id),
        )

    def has_role(self, role: Role) -> bool:
        return any(grant.role == role for grant in self.grants)


def _permissions(roles: Iterable[Role]) -> frozenset[Permission]:
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


ANONYMOUS = Actor()
SYSTEM = Actor(name="Seamwise", is_system=True)
