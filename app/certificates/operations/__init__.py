"""The verbs of certificates."""

from app.certificates.operations.correcting import correct
from app.certificates.operations.ending import revoke, revoke_one
from app.certificates.operations.filing import forget_drafts, note_drafts, note_file, put_away
from app.certificates.operations.issuing import issue
from app.certificates.operations.reissuing import reissue
from app.certificates.operations.reviewing import reinstate, suspend

__all__ = [
    "correct",
    "forget_drafts",
    "issue",
    "note_drafts",
    "note_file",
    "put_away",
    "reinstate",
    "reissue",
    "revoke",
    "revoke_one",
    "suspend",
]
