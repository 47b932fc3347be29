"""The verbs of certificates."""

from app.certificates.operations.ending import revoke
from app.certificates.operations.issuing import issue, note_file

__all__ = ["issue", "note_file", "revoke"]
