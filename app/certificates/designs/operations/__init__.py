"""The verbs of designs. None of them commits."""

from app.certificates.designs.operations.designs import archive, create, rename, restore
from app.certificates.designs.operations.drafts import Stale, discard, publish, remove_logo, save, set_logo
from app.certificates.designs.operations.previews import ask, note_drawn
from app.certificates.designs.operations.signatories import (
    SignatoryFacts,
    add_signatory,
    change_signatory,
    remove_signature,
    set_signature,
)

__all__ = [
    "SignatoryFacts",
    "Stale",
    "add_signatory",
    "archive",
    "ask",
    "change_signatory",
    "create",
    "discard",
    "note_drawn",
    "publish",
    "remove_logo",
    "remove_signature",
    "rename",
    "restore",
    "save",
    "set_logo",
    "set_signature",
]
