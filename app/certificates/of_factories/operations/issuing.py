"""Issuing to a factory: the row at once, the file by a job. The database decides who is first."""

import secrets
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import current_app

from app.access.actor import SYSTEM, Actor
from app.certificates import rules as codes
from app.certificates.of_factories import face, rules
from app.certificates.of_factories.events import FactoryCertified
from app.certificates.of_factories.models import IN_FORCE, FactoryCertificate, FactoryRule
from app.certificates.of_factories.rules import Weighed
from app.completions.rules import months_later
from app.coverage.rules import last_day
from app.factories.models import Factory
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.config import Settings
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.jobs import enqueue


def issue(
    actor: Actor, factory: Factory, rule: FactoryRule, weighed: tuple[Weighed, ...], titles: dict[int, dict[str, str]],
    replaced: FactoryCertificate | None = None,
) -> FactoryCertificate | None:
    """Issue what the caller has found to be earned; None when somebody else was first. Its file is drawn by a job.

    `replaced` is the certificate in force, by this version of the rule or an earlier one; it stays as replaced.
    """
    if replaced is not None and not _step_back(replaced):
        return None
    made = _claim(factory, rule)
    if made is None:
        return None
    point("factory_certificates.claimed")
    _freeze(made, factory, rule, weighed, titles)
    if replaced is not None:
        replaced.replaced_by_id = made.id
        db.session.flush()
    audit.record(
        actor, "factory_certificates.issue", f"factory_certificate:{made.id}", factory=factory.id, rule=rule.id,
        replaces=replaced.id if replaced else None,
    )  # fmt: skip
    key = f"factory_certificates.draw:{made.id}"
    enqueue("factory_certificates.draw", dedupe=key, factory_certificate_id=made.id)
    publish(FactoryCertified(made.id))
    point("factory_certificates.issued")
    return made


def note_file(certificate_id: int, file_key: str, key_name: str | None, *, left_out: bool) -> None:
    """Keep the drawn file, unless the certificate ended or was drawn in the meantime.

    `left_out`: the name in the local script could not be drawn and is not on the paper.
    """
    noted = db.session.scalar(
        sa.update(FactoryCertificate)
        .where(FactoryCertificate.id == certificate_id, *IN_FORCE, FactoryCertificate.file_key.is_(None))
        .values(file_key=file_key, rendered_at=now(), key_name=key_name)
        .returning(FactoryCertificate.id)
        .execution_options(synchronize_session="fetch")
    )
    if noted is not None:
        about = f"factory_certificate:{noted}"
        audit.record(SYSTEM, "factory_certificates.draw", about, file=file_key, local_name_left_out=left_out)
    point("factory_certificates.noted")


def _step_back(replaced: FactoryCertificate) -> bool:
    """The one in force makes room, unless it is under review; whoever did that first goes on."""
    found = db.session.scalar(
        sa.update(FactoryCertificate)
        .where(FactoryCertificate.id == replaced.id, *IN_FORCE, FactoryCertificate.suspended_at.is_(None))
        .values(replaced_at=now())
        .returning(FactoryCertificate.id)
        .execution_options(synchronize_session="fetch")
    )
    return found is not None


def _claim(factory: Factory, rule: FactoryRule) -> FactoryCertificate | None:
    code, at = codes.code_of(secrets.randbits(128)), now()
    values: dict[str, Any] = {
        "factory_id": factory.id,
        "rule_id": rule.id,
        "code": code,
        "number": code,  # until the key of the row is known
        "language": factory.language,
        "face": {},
        "issued_at": at,
        "valid_until": _end(rule),
    }
    in_force = sa.and_(*IN_FORCE)
    statement = insert(FactoryCertificate).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=["factory_id", "rule_id"], index_where=in_force)
    made: FactoryCertificate | None = db.session.scalar(statement.returning(FactoryCertificate))
    return made


def _end(rule: FactoryRule) -> datetime:
    """As a day begins in the zone of the programme, so that the day before is the last whole one."""
    zone = rule.programme.zone
    return datetime.combine(months_later(today(zone), rule.months), time(), ZoneInfo(zone)).astimezone(UTC)


def _freeze(
    made: FactoryCertificate, factory: Factory, rule: FactoryRule, weighed: tuple[Weighed, ...],
    titles: dict[int, dict[str, str]],
) -> None:
    settings: Settings = current_app.extensions["settings"]
    programme = rule.programme
    day = today(programme.zone)
    facts = face.Facts(
        rule=rule.name,
        factory=factory.name,
        courses=face.titles_of([each.condition for each in weighed], titles),
        weighed=weighed,
        counted_on=day,
        last_day=last_day(made.valid_until, programme.zone),
        zone=programme.zone,
    )
    made.number = rules.number(programme.code, day.year, made.id)
    address = codes.verify_address(settings.base_url, made.code)
    made.face = face.freeze(face.compose(facts, factory, rule, made.number, address), facts)
    db.session.flush()  # whoever hears of it reads the whole row
