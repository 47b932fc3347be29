"""Which keys were revoked, and what that says of a thing that they signed: one rule for the rows of this site and for
lists that somebody hands in. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cryptography import x509

REVOKED_SEAL = "The keys of its seal were revoked: the seal alone proves nothing."


@dataclass(frozen=True)
class Revocation:
    """Since when keys are revoked, and whether somebody else may have them."""

    since: datetime
    is_stolen: bool


@dataclass(frozen=True)
class Revocations:
    """What is known of revoked keys, by their root and the serial number that it gave to their certificate."""

    keys: Mapping[tuple[x509.Certificate, int], Revocation] = field(default_factory=dict)
    as_of: Mapping[x509.Certificate, datetime] = field(default_factory=dict)
    """Of which moment it is, for each root of which it is known at all."""

    def against(self, seal: x509.Certificate, root: x509.Certificate, at: date | None) -> Revocation | None:
        """What takes away the worth of something that was signed on a day.

        Whoever has stolen keys writes any day into what he signs, so of those nothing is believed. Keys that were
        given up in good order keep what they signed before.
        """
        found = self.keys.get((root, seal.serial_number))
        if found and not found.is_stolen and at is not None and at < found.since.date():
            return None
        return found

    def day(self, root: x509.Certificate) -> date | None:
        """The day as of which it is known of the keys of a root, None when nothing was said of it."""
        found = self.as_of.get(root)
        return found.date() if found else None

    def with_more(self, other: "Revocations") -> "Revocations":
        """Both together; of two that speak of the same keys the harder one, of two days the later."""
        keys = dict(self.keys)
        for which, said in other.keys.items():
            keys[which] = min(said, keys.get(which, said), key=lambda each: (not each.is_stolen, each.since))
        later = {root: max(at, self.as_of.get(root, at)) for root, at in other.as_of.items()}
        return Revocations(keys, {**self.as_of, **later})
