"""Consenting, ending it, and noting that somebody looked. Nobody consents in the stead of a factory."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.reports.rules.period import Span
from app.reports.sharing import queries, rules
from app.reports.sharing.counting import counted
from app.reports.sharing.models import SharingConsent, SharingVisit
from app.reports.sharing.rules import Aggregate, SharedFigure

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Wanted:
    """What a factory shows, to whom and until when."""

    buyer: str
    span: Span
    aggregates: Collection[Aggregate]
    last_day: date


@dataclass(frozen=True)
class Given:
    """A consent. `token` opens its page, is told once, and is kept nowhere; empty when the form was sent before."""

    consent: SharingConsent
    token: str


class Changed(Refused):
    """The figures are no longer those that were looked at."""


def preview(actor: Actor, code: str, wanted: Wanted) -> Sequence[SharedFigure]:
    """What the buyer would see. Raises NotFound for who cannot consent, Refused with the reason."""
    factory = factory_by_code(actor, code, Permission.SHARING_CONSENT)
    _refuse(factory, wanted)
    return counted(factory, wanted.span, wanted.aggregates)


def consent(actor: Actor, code: str, wanted: Wanted, seen: str, sent_id: str) -> Given:
    """Show a buyer what was looked at just now: `seen` is the `mark` of it. The same form again gives no second one.

    Raises NotFound for who cannot consent, Refused with the reason, Changed where something was entered meanwhile.
    """
    factory = factory_by_code(actor, code, Permission.SHARING_CONSENT)
    known = db.session.scalar(sa.select(SharingConsent).where(SharingConsent.sent_id == sent_id))
    if known is not None:
        if known.factory_id != factory.id:
            raise Refused(_("This form was sent before. Load the page again."))
        return Given(known, "")
    _refuse(factory, wanted)
    figures = counted(factory, wanted.span, wanted.aggregates)
    if mark(figures) != seen:
        raise Changed(_("The figures have changed since you looked. Look at them once more."))
    token = token_urlsafe(TOKEN_BYTES)
    given = SharingConsent(
        sent_id=sent_id, factory_id=factory.id, buyer=wanted.buyer, starts_on=wanted.span.first,
        ends_on=wanted.span.last, aggregates=[each.value for each in Aggregate if each in wanted.aggregates],
        figures=[rules.stored(each) for each in figures], token_hash=queries.digest(token), given_at=now(),
        given_by=actor.account_id, expires_at=rules.end_of(wanted.last_day, factory.programme.zone),
    )  # fmt: skip
    db.session.add(given)
    db.session.flush()  # the log needs the id
    audit.record(
        actor, "sharing.consent", f"factory:{factory.id}", consent=given.id, aggregates=given.aggregates,
        since=str(given.starts_on), until=str(given.ends_on), last_day=str(wanted.last_day),
    )  # fmt: skip
    return Given(given, token)


def end(actor: Actor, code: str, consent_id: int) -> None:
    """Its link opens nothing from now on. Doing it again changes nothing. Raises NotFound."""
    found = queries.consent(actor, code, consent_id, Permission.SHARING_CONSENT)
    ending = sa.update(SharingConsent).where(SharingConsent.id == found.id, SharingConsent.ended_at.is_(None))
    ended = db.session.execute(ending.values(ended_at=now(), ended_by=actor.account_id))
    db.session.refresh(found)
    if ended.rowcount:  # type: ignore[attr-defined] # it is a CursorResult
        audit.record(actor, "sharing.end", f"factory:{found.factory_id}", consent=found.id)


def note_visit(consent: SharingConsent) -> None:
    """Count that somebody looked."""
    _count(consent, times=1)


def note_file(consent: SharingConsent) -> None:
    """Count that somebody took the figures along."""
    _count(consent, files=1)


def mark(figures: Sequence[SharedFigure]) -> str:
    """Equal for figures that read alike."""
    kept = json.dumps([rules.stored(each) for each in figures], sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()


def _count(consent: SharingConsent, times: int = 0, files: int = 0) -> None:
    row = insert(SharingVisit).values(
        consent_id=consent.id, day=today(consent.factory.programme.zone), times=times, files=files
    )
    again = {"times": SharingVisit.times + times, "files": SharingVisit.files + files}
    db.session.execute(row.on_conflict_do_update(index_elements=["consent_id", "day"], set_=again))


def _refuse(factory: Factory, wanted: Wanted) -> None:
    day = today(factory.programme.zone)
    if not wanted.aggregates:
        raise Refused(_("Choose at least one figure."))
    if wanted.span not in rules.periods(day):
        raise Refused(_("Choose a period of the list."))
    if not rules.is_last_day_fine(wanted.last_day, day):
        raise Refused(_("Choose a day from today on, a year from now at most."))
