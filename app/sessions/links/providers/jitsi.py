"""Jitsi: a room exists as soon as somebody enters it with a token that we signed. The server is never asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

from app.sessions.links.providers.interface import Attendee, Wanted
from app.sessions.links.rules import Holder, Provider

LASTS = timedelta(minutes=5)
"""A link is made when somebody comes in, and only for that: who loses the line comes in by our door again."""
SLACK = timedelta(minutes=1)
"""Clocks of two servers differ."""


@dataclass(frozen=True)
class Jitsi:
    """A server with token authentication. `signing_key` is a shared secret (HS256) or a private key in PEM (RS256)."""

    url: str
    app_id: str
    signing_key: str
    algorithm: str = "HS256"
    key_id: str = ""
    subject: str = ""
    audience: str = ""

    @property
    def kind(self) -> Provider:
        return Provider.JITSI

    @property
    def maker(self) -> str:
        return f"{self.url} {self.app_id}"

    def open(self, wanted: Wanted) -> dict[str, Any]:
        return {}

    def close(self, wanted: Wanted) -> None:
        """Nobody gets in any more: tokens are short-lived and no new one is made."""

    def attendees(self, wanted: Wanted) -> Sequence[Attendee]:
        """Jitsi tells nobody; our own door knows who came in."""
        return ()

    def address(self, wanted: Wanted, details: Mapping[str, Any], holder: Holder, at: datetime) -> str:
        claims = {
            "aud": self.audience or self.app_id,
            "iss": self.app_id,
            "sub": self.subject or urlsplit(self.url).hostname,
            "room": wanted.key,
            "nbf": at - SLACK,
            "exp": at + LASTS,
            "moderator": holder.moderates,
            "context": {
                "user": {
                    "id": holder.mark,
                    "name": holder.name,
                    "moderator": holder.moderates,
                    "affiliation": "owner" if holder.moderates else "member",
                }
            },
        }
        headers = {"kid": self.key_id} if self.key_id else None
        signed = jwt.encode(claims, self.signing_key, algorithm=self.algorithm, headers=headers)
        return f"{self.url.rstrip('/')}/{quote(wanted.key)}?{urlencode({'jwt': signed})}"
