"""Who signs. A certificate copies the name and the signature when it is issued."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from app.access.actor import Actor
from app.certificates.designs.models import CertificateSignatory
from app.certificates.designs.operations.drafts import Stale
from app.certificates.designs.operations.loading import hold_signatory
from app.certificates.designs.pictures import keep
from app.certificates.designs.queries.designs import MAY
from app.certificates.designs.uploads import cleaned
from app.factories.queries import programme_by_code
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


@dataclass(frozen=True)
class SignatoryFacts:
    """Names and roles by language, English at least; the days on which somebody signs, both included."""

    names: Mapping[str, str]
    roles: Mapping[str, str]
    valid_from: date
    valid_to: date | None = None


def add_signatory(actor: Actor, programme_code: str, facts: SignatoryFacts) -> CertificateSignatory:
    """Somebody who signs from a day on. Raises NotFound out of scope, and Refused for an end before the beginning."""
    programme = programme_by_code(actor, programme_code, MAY)
    _refuse_unsound(facts)
    row = CertificateSignatory(
        programme_id=programme.id, names=dict(facts.names), roles=dict(facts.roles), signature=None,
        valid_from=facts.valid_from, valid_to=facts.valid_to,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "designs.add_signatory", f"signatory:{row.id}", programme=programme.id)
    return row


def change_signatory(actor: Actor, signatory_id: int, revision: int, facts: SignatoryFacts) -> CertificateSignatory:
    """Correct names and days: for certificates that are still to come. Raises NotFound, Stale and Refused."""
    row = _seen(actor, signatory_id, revision)
    _refuse_unsound(facts)
    changed = [name for name in asdict(facts) if getattr(row, name) != getattr(facts, name)]
    for name in changed:
        value = getattr(facts, name)
        setattr(row, name, dict(value) if isinstance(value, Mapping) else value)
    if changed:
        row.revision += 1
        audit.record(actor, "designs.change_signatory", f"signatory:{row.id}", changed=changed)
    db.session.flush()
    return row


def set_signature(actor: Actor, signatory_id: int, revision: int, data: bytes) -> CertificateSignatory:
    """Keep a drawn signature. Raises NotFound, Stale, and UploadRefused for what is no sound PNG or SVG."""
    row, upload = _seen(actor, signatory_id, revision), cleaned(data)
    row.signature = asdict(keep(upload.kind, upload.data, row.names["en"]))
    row.revision += 1
    audit.record(actor, "designs.set_signature", f"signatory:{row.id}")
    db.session.flush()
    return row


def remove_signature(actor: Actor, signatory_id: int, revision: int) -> CertificateSignatory:
    """Sign with the name alone from now on. Raises NotFound and Stale."""
    row = _seen(actor, signatory_id, revision)
    if row.signature is not None:
        row.signature = None
        row.revision += 1
        audit.record(actor, "designs.remove_signature", f"signatory:{row.id}")
    db.session.flush()
    return row


def _seen(actor: Actor, signatory_id: int, revision: int) -> CertificateSignatory:
    row = hold_signatory(actor, signatory_id)
    if row.revision != revision:
        raise Stale(_("Somebody else changed this entry meanwhile. Load the page again and look at what they did."))
    return row


def _refuse_unsound(facts: SignatoryFacts) -> None:
    if not facts.names.get("en") or not facts.roles.get("en"):
        raise Refused(_("Write the name and the role in English at least."))
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        raise Refused(_("The last day is before the first."))
