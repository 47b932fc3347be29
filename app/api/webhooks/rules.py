"""What is told, signatures, and addresses to which nothing may be sent. Pure."""

import base64
import hmac
import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from app.api.tokens.rules import TokenScope

MOST_WEBHOOKS = 20
"""Live ones of an account."""
GIVE_UP_AFTER = timedelta(days=3)
"""A receiver that fails for so long is not sent anything any more, until its owner says so."""
FIRST_HOLD, LONGEST_HOLD = timedelta(seconds=10), timedelta(minutes=15)
LAST_WORD = timedelta(days=1)
"""Who is tried at all, is tried more often."""
KEEP = timedelta(days=30)
"""Deliveries are listed for so long."""
BOTH_SECRETS = timedelta(days=1)
"""So long after a change messages are signed with the secret before, too."""
SIGN = "whsec_"
HTTPS = 443


_RESOURCES = {
    "completion": "completions", "certificate": "certificates", "session": "sessions", "person": "people",
    "factory": "factories",
}  # fmt: skip


class Happening(StrEnum):
    """Something that is told."""

    COMPLETION_MADE = "completion.made"
    COMPLETION_WITHDRAWN = "completion.withdrawn"
    CERTIFICATE_ISSUED = "certificate.issued"
    CERTIFICATE_SUSPENDED = "certificate.suspended"
    CERTIFICATE_REINSTATED = "certificate.reinstated"
    CERTIFICATE_REPLACED = "certificate.replaced"
    CERTIFICATE_REVOKED = "certificate.revoked"
    SESSION_CONFIRMED = "session.confirmed"
    SESSION_POSTPONED = "session.postponed"
    SESSION_CANCELLED = "session.cancelled"
    SESSION_CLOSED = "session.closed"
    SESSION_CHANGED = "session.changed"
    """Anything of it: state, half-days, seats, who teaches; with each of those above, too."""
    PERSON_CHANGED = "person.changed"
    """Where somebody works, or her sex; two entries are one person, or two again. Not for a whole staff list."""
    ROSTER_APPLIED = "factory.roster_applied"
    """A staff list was applied to a factory, or taken back: all its people may be others."""
    PING = "ping"
    """A test that its owner asked for; it is about nothing."""

    @property
    def resource(self) -> str:
        """The list of the read API in which the thing stands; empty for a test."""
        return _RESOURCES.get(self.value.partition(".")[0], "")


TOLD = tuple(happening for happening in Happening if happening.resource)
"""What somebody can ask to be told."""


class DeliveryState(StrEnum):
    """What became of telling one receiver of one happening."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """It is tried again."""
    DROPPED = "dropped"
    """The webhook was ended or paused, or its owner does not see the thing any more, or it failed for too long."""


class Unfit(StrEnum):
    """Why an address cannot be a receiver."""

    NO_ADDRESS = "no_address"
    NOT_HTTPS = "not_https"
    PORT = "port"
    SECRET = "secret"  # noqa: S105 - a reason
    PRIVATE = "private"


@dataclass(frozen=True)
class Receiver:
    """An address taken apart."""

    is_https: bool
    host: str
    port: int
    path: str
    is_named: bool
    """The operator of the site has named it: it may lie in the own network."""


def receiver(url: str, named: Collection[str]) -> Receiver | Unfit:
    """Where an address leads, as far as its text tells. `named` are `host:port` that the operator allows."""
    if len(url) > 500 or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return Unfit.NO_ADDRESS
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return Unfit.NO_ADDRESS
    if not host or parts.scheme not in {"http", "https"}:
        return Unfit.NO_ADDRESS
    if parts.username is not None or parts.password is not None or parts.fragment:
        return Unfit.SECRET
    is_https = parts.scheme == "https"
    port = port if port is not None else HTTPS if is_https else 80
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    is_named = f"{host}:{port}" in named
    if not is_named and not is_https:
        return Unfit.NOT_HTTPS
    if not is_named and port != HTTPS:
        return Unfit.PORT
    if not is_named and _is_private_literal(host):
        return Unfit.PRIVATE
    return Receiver(is_https, host, port, path, is_named)


def _is_private_literal(host: str) -> bool:
    """What a resolver reads as an IPv4 address is one, too: 127.1, 0x7f.1, 0177.0.0.1, 2130706433."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host if ":" in host else socket.inet_ntoa(socket.inet_aton(host)))
    except (ValueError, OSError):
        return False


_LEADS_TO_IPV4 = "2001::/32 2002::/16"
_NOT_PUBLIC = tuple(ipaddress.ip_network(each) for each in f"192.0.0.0/24 {_LEADS_TO_IPV4}".split())
_UNICAST = ipaddress.ip_network("2000::/3")
"""All that is routed in IPv6. What is mapped from or translated to IPv4 (NAT64), local or a tunnel lies outside."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet. Raises ValueError for what is no IP address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if any(found in network for network in _NOT_PUBLIC) or (found.version == 6 and found not in _UNICAST):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def shown(state: DeliveryState, happened_at: datetime, tried_at: datetime | None, at: datetime) -> DeliveryState:
    """A delivery as its owner sees it: what failed for days, and for a day not even that, is tried no more."""
    is_old = at - happened_at > GIVE_UP_AFTER and (tried_at is None or at - tried_at > LAST_WORD)
    return DeliveryState.DROPPED if state is DeliveryState.FAILED and is_old else state


def is_held_back(failing_since: datetime | None, tried_at: datetime | None, at: datetime) -> bool:
    """Whether a receiver that fails is left alone for now: as long as it has failed already, a quarter of an hour at
    most. So one dead receiver costs a try now and then, however many deliveries wait for it.
    """
    if failing_since is None or tried_at is None:
        return False
    return at < tried_at + min(max(tried_at - failing_since, FIRST_HOLD), LONGEST_HOLD)


def signature(secret: str, delivery: str, at: int, body: bytes) -> str:
    """As Standard Webhooks has it: HMAC-SHA256 of id, moment and body, so that neither can be changed or sent later."""
    key = base64.b64decode(secret.removeprefix(SIGN))
    digest = hmac.new(key, f"{delivery}.{at}.".encode() + body, "sha256").digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def new_secret(random: bytes) -> str:
    """The secret as its owner copies it."""
    return f"{SIGN}{base64.b64encode(random).decode()}"


SCOPES = {
    "completions": TokenScope.COMPLETIONS_READ,
    "certificates": TokenScope.CERTIFICATES_READ,
    "sessions": TokenScope.SESSIONS_READ,
    "people": TokenScope.PEOPLE_READ,
    "factories": TokenScope.FACTORIES_READ,
}
"""What whoever is told must be allowed to read."""
