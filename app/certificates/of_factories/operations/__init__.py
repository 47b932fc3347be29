"""The verbs of factories' certificates."""

from app.certificates.of_factories.operations.checking import check_factory, settle
from app.certificates.of_factories.operations.ending import reinstate, revoke, suspend
from app.certificates.of_factories.operations.issuing import issue, note_file
from app.certificates.of_factories.operations.ruling import change_rule, end_rule, make_rule

__all__ = [
    "change_rule",
    "check_factory",
    "end_rule",
    "issue",
    "make_rule",
    "note_file",
    "reinstate",
    "revoke",
    "settle",
    "suspend",
]
