"""Signing the lists: outside any transaction, harmless when it happens twice."""

from functools import partial
from typing import TYPE_CHECKING

from app.certificates.credentials import document, operations, queries
from app.certificates.credentials.making import organisation
from app.certificates.credentials.rules import LISTS_ARE_RENEWED, Purpose
from app.certificates.signing.keys import Keys
from app.certificates.signing.waiting import keys_or_later
from app.platform.clock import now
from app.platform.faults import point
from app.platform.jobs import Done, Later, Outcome
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.credentials.proofs import signed
else:
    signed = late("app.certificates.credentials.proofs", "signed")


def sign_list(number: int) -> Outcome:
    """Sign the lists of a number, unless what is signed is new and says everything. Nothing where there are no keys."""
    row, at = queries.status_list(number), now()
    if row is None or (
        row.signed_at is not None and row.signed_changes >= row.changes and row.signed_at > at - LISTS_ARE_RENEWED
    ):
        return Done()
    changes = row.changes  # read before the places: what changes in between is at worst counted twice
    if isinstance(keys := keys_or_later(), Later):
        return keys
    if keys is None:
        return Done()
    lists = {purpose: _signed(number, purpose, keys) for purpose in Purpose}
    point("credentials.list_signed")
    return Done(partial(operations.note_signed, number, changes, lists, keys.name, at))


def find_due() -> Outcome:
    """By the clock: lists that lag behind, or that verifiers will soon hold to be too old."""
    return Done(operations.order_due)


def _signed(number: int, purpose: Purpose, keys: Keys) -> str:
    at, positions = now(), queries.set_positions(number, purpose)
    return signed(document.status_list(organisation(), number, purpose, positions, at), keys, at).decode()
