"""Who is acting. Built once a request, handed to every verb and query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from app.access.permissions import Permission
from app.access.roles import PLACED, ROLE_PERMISSIONS, Role


@dataclass(frozen=True)
class Grant:
    """A role within a scope: one training session, one factory, one programme, or - with none of them - everything.

    A role in a group of factories comes as one grant for each of its factories.
    """

    role: Role
    programme_id: int | None = None
    factory_id: int | None = None
    training_id: int | None = None

    @property
    def is_everywhere(self) -> bool:
        return self.programme_id is None and self.factory_id is None and self.training_id is None

    @property
    def is_in_programme(self) -> bool:
        """Whether it reaches a whole programme, and no less."""
        return self.programme_id is not None and self.factory_id is None and self.training_id is None


@dataclass(frozen=True)
class Scope:
    """Where a permission reaches. `everything` makes the sets irrelevant."""

    everything: bool = False
    programmes: frozenset[int] = frozenset()
    factories: frozenset[int] = frozenset()
    trainings: frozenset[int] = frozenset()

    def reaches(self, programme_id: int, factory_id: int | None = None, training_id: int | None = None) -> bool:
        """Whether a thing of this programme - and factory or training session, if it belongs to one - is inside."""
        if self.everything or programme_id in self.programmes:
            return True
        return factory_id in self.factories or training_id in self.trainings


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
    only: frozenset[Permission] | None = None
    """All that a program may which acts for an account, whatever the account holds; None for who acts in person."""

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None or self.person_id is not None

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        held = frozenset(Permission) if self.is_system else _permissions(grant.role for grant in self.grants)
        return held if self.only is None else held & self.only

    def may(self, permission: Permission) -> bool:
        """Whether some role holds the permission, in whatever scope; the scope is `scope(permission)`."""
        return permission in self.permissions

    def scope(self, permission: Permission) -> Scope:
        """Where this actor holds the permission."""
        if self.only is not None and permission not in self.only:
            return Scope()
        if self.is_system:
            return Scope(everything=True)
        grants = [grant for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role]]
        return Scope(
            everything=any(grant.is_everywhere for grant in grants if grant.role not in PLACED),
            programmes=frozenset(g.programme_id for g in grants if g.is_in_programme and g.programme_id),
            factories=frozenset(g.factory_id for g in grants if g.factory_id and g.training_id is None),
            trainings=frozenset(g.training_id for g in grants if g.training_id),
        )

    def has_role(self, role: Role) -> bool:
        return any(grant.role == role for grant in self.grants)


def _permissions(roles: Iterable[Role]) -> frozenset[Permission]:
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


ANONYMOUS = Actor()
SYSTEM = Actor(name="Seamwise", is_system=True)
