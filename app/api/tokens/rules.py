"""What a token may, and for how long. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.access.actor import Grant
from app.access.permissions import Permission
from app.access.roles import PLACED

LONGEST = timedelta(days=365)
USUAL = timedelta(days=90)
TOLD_BEFORE = (timedelta(days=14), timedelta(days=1))
"""So long before the end the owner is told."""
MOST_TOKENS = 20
"""Live ones of an account."""
MOST_FACTORIES = 100
SIGN = "swt"
"""Begins every token, so that scanners for leaked secrets know one when they see it."""
_TOKEN = re.compile(rf"{SIGN}_([0-9a-f]{{16}})_([0-9a-f]{{64}})")


class TokenScope(StrEnum):
    """One thing that a token may."""

    FACTORIES_READ = "factories:read"
    PEOPLE_READ = "people:read"
    SESSIONS_READ = "sessions:read"
    COMPLETIONS_READ = "completions:read"
    CERTIFICATES_READ = "certificates:read"
    COVERAGE_READ = "coverage:read"
    INDICATORS_READ = "indicators:read"
    STATEMENTS_READ = "statements:read"
    STATEMENTS_WRITE = "statements:write"


PERMISSIONS: Mapping[TokenScope, frozenset[Permission]] = {
    TokenScope.FACTORIES_READ: frozenset({Permission.FACTORIES_READ}),
    TokenScope.PEOPLE_READ: frozenset({Permission.FACTORIES_READ}),
    TokenScope.SESSIONS_READ: frozenset({Permission.SESSIONS_READ}),
    TokenScope.COMPLETIONS_READ: frozenset({Permission.FACTORIES_READ}),
    TokenScope.CERTIFICATES_READ: frozenset({Permission.CERTIFICATES_DOWNLOAD}),
    TokenScope.COVERAGE_READ: frozenset({Permission.COVERAGE_READ}),
    TokenScope.INDICATORS_READ: frozenset({Permission.REPORTS_READ}),
    TokenScope.STATEMENTS_READ: frozenset({Permission.FACTORIES_READ}),
    TokenScope.STATEMENTS_WRITE: frozenset({Permission.FACTORIES_READ}),
}
"""What its owner must hold, and at most what whoever acts by the token holds. A door asks for the scope as well: two
scopes may rest on one permission.
"""


@dataclass(frozen=True)
class Narrowing:
    """Where a token reaches, within what its owner reaches; everywhere there when it says nothing."""

    programme_id: int | None = None
    factories: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.programme_id is not None or bool(self.factories)


def permissions_of(scopes: Collection[TokenScope]) -> frozenset[Permission]:
    """All that these scopes allow together."""
    return frozenset().union(*(PERMISSIONS[scope] for scope in scopes))


def offered(held: Collection[Permission]) -> list[TokenScope]:
    """Scopes that mean something to somebody with these permissions."""
    return [scope for scope in TokenScope if PERMISSIONS[scope] <= frozenset(held)]


def narrowed(grants: Iterable[Grant], to: Narrowing, programme_of: Mapping[int, int]) -> tuple[Grant, ...]:
    """What is left of these grants. `programme_of` knows each factory that they or the narrowing name; a role in one
    training session reaches neither a factory nor a programme, and is left out.
    """
    return tuple(each for grant in grants if grant.training_id is None for each in _within(grant, to, programme_of))


def _within(grant: Grant, to: Narrowing, programme_of: Mapping[int, int]) -> Iterator[Grant]:
    if grant.factory_id is not None:
        if _is_inside(grant.factory_id, to, programme_of):
            yield grant
        return
    if grant.programme_id is None and grant.role in PLACED:
        return
    if not to.factories:
        if grant.programme_id in {None, to.programme_id}:
            yield Grant(grant.role, programme_id=to.programme_id)
        return
    for factory_id in to.factories:
        if grant.programme_id in {None, programme_of.get(factory_id)} and _is_inside(factory_id, to, programme_of):
            yield Grant(grant.role, factory_id=factory_id)


def _is_inside(factory_id: int, to: Narrowing, programme_of: Mapping[int, int]) -> bool:
    """A factory that is named, and still of the programme that is named: one that moved is not followed."""
    is_named = factory_id in to.factories or not to.factories
    return is_named and to.programme_id in {None, programme_of.get(factory_id)}


def text_of(key: str, secret: str) -> str:
    """The token as a program sends it."""
    return f"{SIGN}_{key}_{secret}"


def parts_of(text: str) -> tuple[str, str] | None:
    """The key and the secret of a token; None for what is no token."""
    found = _TOKEN.fullmatch(text)
    return (found[1], found[2]) if found else None


def is_too_long(last_day: date, day: date) -> bool:
    """Whether a token that works until the end of a day would live longer than a year."""
    return last_day > day + LONGEST


def due_reminder(created_at: datetime, expires_at: datetime, at: datetime) -> timedelta | None:
    """Which telling before the end is due now, the last one alone. Whoever made it later than that knows the end."""
    due = [each for each in TOLD_BEFORE if created_at < expires_at - each <= at < expires_at]
    return min(due, default=None)
