"""Checking by the clock, drawing afterwards."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from flask import current_app

from app.certificates.of_factories import face, operations, paper
from app.certificates.of_factories.queries import certificates, ruling, weighing
from app.certificates.signing import rows
from app.certificates.signing.errors import SealFailed
from app.certificates.signing.waiting import keys_or_later
from app.certificates.verification.addresses import signed
from app.factories.queries import programme
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.fonts import ROOT
from app.platform.faults import point
from app.platform.files import files
from app.platform.jobs import Done, GiveUp, Later, Outcome, enqueue
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.making import sealed
else:
    sealed = late("app.certificates.making", "sealed")

log = structlog.get_logger()

EVERY = timedelta(minutes=30)
HOUR = 2
"""From this hour on, in the zone of the programme, a night's check is due."""


def find_due() -> Done:
    """By the clock: one check for each programme and night."""
    due = []
    for programme_id, zone in ruling.programmes_with_rules():
        there = now().astimezone(ZoneInfo(zone))
        if there.hour >= HOUR:
            due.append((programme_id, f"{there:%Y-%m-%d}"))
    return Done(partial(_enqueue, due))


def _enqueue(due: list[tuple[int, str]]) -> None:
    for programme_id, day in due:
        key = f"factory_certificates.check:{programme_id}:{day}"
        enqueue("factory_certificates.check", dedupe=key, programme_id=programme_id)


def check(programme_id: int) -> Done:
    """Count all factories of a programme; what follows is written afterwards, in one transaction."""
    asked = {rule.id: rule.asked for rule in weighing.rules_to_check(programme_id)}
    found = weighing.findings(programme(programme_id), asked, weighing.factories_to_check(programme_id))
    return Done(partial(operations.settle, programme_id, found))


def draw(factory_certificate_id: int) -> Outcome:
    """Draw, seal and store the file; nothing when there is one or the certificate ended meanwhile.

    Keys that cannot be used are waited for: no file goes out without the seal that it should have.
    """
    certificate = certificates.undrawn(factory_certificate_id)
    if certificate is None:
        return Done()
    if isinstance(keys := keys_or_later(), Later):
        return keys
    printed = face.thaw(certificate.face)
    said = face.claims(printed, face.thaw_facts(certificate.face))
    address = signed(printed.verify_url, certificate.code, said, keys) if keys else ""
    pdf, left_out = _drawn(printed, factory_certificate_id, address)
    point("factory_certificates.drawn")
    try:
        pdf = pdf if keys is None else sealed(pdf, keys, certificate.issued_at, rows.crl_now())
    except SealFailed as reason:
        return Later(str(reason), for_ever=True)
    point("factory_certificates.sealed")
    key, key_name = files().put(pdf), keys.name if keys else None
    point("factory_certificates.stored")
    return Done(partial(operations.note_file, factory_certificate_id, key, key_name, left_out=left_out))


def _drawn(printed: paper.FactoryFace, certificate_id: int, address: str) -> tuple[bytes, bool]:
    """The file, and whether the local name had to be left out: a box in place of a letter is never printed."""
    settings: Settings = current_app.extensions["settings"]
    fonts = ROOT / settings.fonts_dir
    try:
        return paper.draw(printed, fonts=fonts, address=address), False
    except DocumentRefused:
        log.warning("factory_certificate.local_name_left_out", certificate=certificate_id)
    try:
        return paper.draw(printed.in_latin(), fonts=fonts, address=address), True
    except DocumentRefused as refusal:
        raise GiveUp(f"certificate {certificate_id}: {refusal}") from refusal
