"""The verbs of certificates."""

from app.certificates.operations.ending import revoke, revoke_one
from app.certificates.operations.issuing import issue, note_file
from app.certificates.operations.reissuing import reissue
from app.certificates.operations.reviewing import reinstate, suspend

__all__ = ["issue", "note_file", "reinstate", "reissue", "revoke", "revoke_one", "suspend"]
