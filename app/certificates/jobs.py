"""Drawing: slow, outside any transaction, harmless when it happens twice."""

from functools import partial

import structlog
from flask import current_app

from app.certificates import face, operations, queries
from app.certificates.paper import drawing
from app.platform.config import Settings
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.fonts import ROOT
from app.platform.faults import point
from app.platform.files import files
from app.platform.jobs import Done, GiveUp, Outcome

log = structlog.get_logger()


def draw(certificate_id: int) -> Outcome:
    """Draw and store the file of a certificate; nothing when it has one or was revoked meanwhile.

    The same face gives the same bytes and those the same key, so a repeat stores nothing new.
    """
    certificate = queries.undrawn(certificate_id)
    if certificate is None:
        return Done()
    pdf, left_out = _drawn(face.thaw(certificate.face), certificate_id)
    point("certificates.drawn")
    key = files().put(pdf)
    point("certificates.stored")
    return Done(partial(operations.note_file, certificate_id, key, left_out=left_out))


def _drawn(printed: drawing.CertificateFace, certificate_id: int) -> tuple[bytes, bool]:
    """The file, and whether anything had to be left out: a box in place of a letter is never printed."""
    settings: Settings = current_app.extensions["settings"]
    try:
        drawn = drawing.draw_surely(printed, fonts=ROOT / settings.fonts_dir)
    except DocumentRefused as refusal:
        raise GiveUp(f"certificate {certificate_id}: {refusal}") from refusal
    if drawn.left_out:
        log.warning("certificate.text_left_out", certificate=certificate_id, fields=drawn.left_out)
    return drawn.pdf, bool(drawn.left_out)
