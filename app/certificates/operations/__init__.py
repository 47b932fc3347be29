"""The verbs of certificates."""

from app.certificates.operations.ending import revoke
from app.certificates.operations.filing import forget_drafts, note_drafts, note_file, put_away
from app.certificates.operations.issuing import issue

__all__ = ["forget_drafts", "issue", "note_drafts", "note_file", "put_away", "revoke"]
