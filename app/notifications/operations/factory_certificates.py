"""What becomes of a factory's certificate, told to who speaks for the factory and who advises it."""

from collections.abc import Sequence
from enum import StrEnum

from app.accounts import queries as accounts
from app.accounts.queries import FocalPoint
from app.certificates.of_factories import rules
from app.certificates.of_factories.models import FactoryCertificate, FactoryCheck
from app.certificates.of_factories.queries.certificates import last_check
from app.certificates.of_factories.shown import Shown, ShownLine, lines, shown
from app.notifications.operations.telling import claim
from app.notifications.posting import post
from app.notifications.rules import TellingKind, Way
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _, text


class Change(StrEnum):
    """What happened."""

    CERTIFIED = "certified"
    AT_RISK = "at_risk"
    RECOVERED = "recovered"
    DOWNGRADED = "downgraded"
    REVOKED = "revoked"


def tell_factory_certificate(certificate_id: int, change: Change) -> None:
    """One mail for each change to each of them, however often it is said."""
    found = shown(db.session.get_one(FactoryCertificate, certificate_id))
    factory_id = found.certificate.factory_id
    check = _check(found) if change in {Change.AT_RISK, Change.RECOVERED} else None
    counted = lines([rules.weighed(kept) for kept in check.counts], found.facts.courses) if check else found.lines
    people = [*accounts.focal_points([factory_id]), *accounts.advisors([factory_id])]
    for one in {each.account_id: each for each in people}.values():
        # It may fall short and recover many times: then the check says which time it was.
        said = f"{change}:{check.id if check else ''}"
        key = f"factory_certificate:{certificate_id}:{said}:account:{one.account_id}"
        about = {"factory_id": factory_id, "account_id": one.account_id}
        if claim(key, TellingKind.REMINDER, Way.MAIL, **about) is not None:
            _send(found, one, change, counted)


def _check(found: Shown) -> FactoryCheck | None:
    """The check that brought the change."""
    certificate = found.certificate
    return last_check(certificate.factory_id, [certificate.rule_id]).get(certificate.rule_id)


def _send(found: Shown, to: FocalPoint, change: Change, counted: Sequence[ShownLine]) -> None:
    title, factory, certificate = text(found.facts.rule, to.language), found.facts.factory, found.certificate
    post(
        "factory_certificate", to, lambda: _subject(change, " ".join(f"{title} – {factory}".split())),
        kind="certificates.of_factory", about=f"factory_certificate:{certificate.id}", title=title, factory=factory,
        change=change.value, shown=found, lines=counted,
        page=f"{settings().base_url}/factory-certificates/{certificate.id}",
    )  # fmt: skip


def _subject(change: Change, title: str) -> str:
    return {
        Change.CERTIFIED: _("Certificate for the factory: %(title)s", title=title),
        Change.AT_RISK: _("Certificate at risk: %(title)s", title=title),
        Change.RECOVERED: _("Certificate safe again: %(title)s", title=title),
        Change.DOWNGRADED: _("Certificate no longer holds: %(title)s", title=title),
        Change.REVOKED: _("Certificate revoked: %(title)s", title=title),
    }[change]
