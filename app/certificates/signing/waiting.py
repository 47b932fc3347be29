"""The keys for a job, or what it answers while they cannot be used: then it waits, however long."""

from functools import partial

from app.access.actor import SYSTEM
from app.certificates.signing import in_use, operations
from app.certificates.signing.keys import Keys, KeysUnknown, KeysUnusable
from app.platform.jobs import Later


def keys_or_later() -> Keys | Later | None:
    """The keys that sign; None where nothing is signed. Those that this site does not know are taken up first."""
    try:
        return in_use.keys_in_use()
    except KeysUnknown as reason:
        return Later(str(reason), partial(operations.take_up, SYSTEM), for_ever=True)
    except KeysUnusable as reason:
        return Later(str(reason), for_ever=True)
