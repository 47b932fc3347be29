"""From a written designation to a role of the programme."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.factories.roster.text import clean, fold
from app.factories.roster.vocabulary import languages_of, words

# lowest to highest; from supervisor on, a rise is a promotion
ROLES = ("helper", "operator", "quality", "mechanic", "office", "supervisor", "indirect_supervisor", "manager")
_RANK_WORDS = re.compile(r"\b(?:sr|jr|senior|junior|asst|assistant|grade|gr|[a-d]|i{1,3}|iv|\d)\b")


def rank(role: str | None) -> int:
    """Place in the order of roles, -1 for an unknown one."""
    return ROLES.index(role) if role in ROLES else -1


def is_supervisor_or_higher(role: str | None) -> bool:
    """True for roles that the programme's courses for supervisors are about."""
    return rank(role) >= ROLES.index("supervisor")


class RoleMap:
    """Designation to role. A map that a person confirmed is followed to the letter; without one the words that
    ship with the importer are used, a little more freely."""

    def __init__(self, confirmed: Mapping[str, Any] | None, country: str | None) -> None:
        # a map that says nothing about the country is no map for it
        self.confirmed = (_of_country(confirmed, country) or None) if confirmed is not None else None
        self.country = country
        self.seen: dict[str, str | None] = {}

    def role(self, designation: str) -> str | None:
        """The role, or None for a designation nobody has mapped. `designation` is clean."""
        if designation not in self.seen:
            self.seen[designation] = self._find(designation)
        return self.seen[designation]

    def _find(self, designation: str) -> str | None:
        if self.confirmed is not None:
            return self.confirmed.get(_key(designation))
        shipped, folded = _shipped(self.country), fold(designation)
        plain = " ".join(_RANK_WORDS.sub(" ", folded).split())
        return next((shipped[word] for word in (_key(designation), folded, plain) if word in shipped), None)


def _key(designation: str) -> str:
    return unicodedata.normalize("NFC", clean(designation)).casefold()


def _of_country(confirmed: Mapping[str, Any], country: str | None) -> dict[str, str]:
    """The part for the country; without a country all of them; a map without countries as it is."""
    nested = [part for part in confirmed.values() if isinstance(part, Mapping)]
    own = confirmed.get(country or "")
    parts = [own] if isinstance(own, Mapping) else nested if country is None else []
    flat = {key: role for key, role in confirmed.items() if isinstance(role, str)}
    return {_key(key): str(role) for part in [flat, *parts] for key, role in part.items()}


@cache
def _shipped(country: str | None) -> dict[str, str]:
    """As written and folded; the written form wins, since accents can tell roles apart (thợ máy, thợ may)."""
    written: dict[str, str] = {}
    for language in (*languages_of(country), "en"):
        for role, listed in words("roles").get(language, {}).items():
            for word in listed:
                written.setdefault(_key(word), role)
    folded: dict[str, set[str]] = {}
    for word, role in written.items():
        folded.setdefault(fold(word), set()).add(role)
    clear = {word: roles.pop() for word, roles in folded.items() if len(roles) == 1}
    return clear | written
