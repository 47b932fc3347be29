"""Contexts of the pages of mails that came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.platform.web import Page
from app.platform.web.paging import Slice
from app.sessions.replies.models import IncomingMail, MailboxVisit
from app.sessions.replies.queries import IncomingFilter
from app.sessions.replies.rules import Outcome, Reason
from app.sessions.replies.wording import OUTCOMES, REASONS


@dataclass(frozen=True)
class IncomingPage(Page):
    template: ClassVar[str] = "sessions/replies/incoming.html"
    slice: Slice[Any]
    chosen: IncomingFilter
    visits: Sequence[MailboxVisit]
    zone: str
    reasons: Mapping[Reason, Any]
    outcomes: Mapping[Outcome, tuple[Any, str]]

    @classmethod
    def of(
        cls, found: Slice[Any], chosen: IncomingFilter, visits: Sequence[MailboxVisit], zone: str
    ) -> "IncomingPage":
        return cls(found, chosen, visits, zone, REASONS, OUTCOMES)


@dataclass(frozen=True)
class IncomingMailPage(Page):
    template: ClassVar[str] = "sessions/replies/mail.html"
    mail: IncomingMail
    texts: Sequence[str]
    training_id: int | None
    zone: str
    reasons: Mapping[Reason, Any]
    outcomes: Mapping[Outcome, tuple[Any, str]]
