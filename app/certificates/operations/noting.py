"""What somebody writes for the office about a certificate."""

from app.access.actor import Actor
from app.certificates.models import Certificate, CertificateNote
from app.platform.clock import now
from app.platform.db import db


def keep_note(actor: Actor, certificate: Certificate, text: str) -> None:
    """Keep a note; none for no words."""
    if words := text.strip():
        made = {"certificate_id": certificate.id, "account_id": actor.account_id, "at": now(), "text": words}
        db.session.add(CertificateNote(**made))
