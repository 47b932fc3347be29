"""Who may deliver, and how often: generously, so that no honest phone is ever stopped for long, and none fills a disk.

Marking three groups of 60 in an hour, each tap sent by itself and half of them twice, makes some 300 requests; what
was kept for days comes in batches of 200. Whoever is stopped keeps everything and sends it later.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from app.attendance.kit.asking import Fault
from app.attendance.kit.models import KitDevice
from app.attendance.kit.queries import devices
from app.platform.db import read_aside
from app.platform.web.throttle import spend_each

IN_AN_HOUR, OF_AN_ACCOUNT = 1_000, 3_000
"""Deliveries of one phone, and of all phones of an account."""
PHOTOS_A_DAY = 300
"""Of an account, as many as may be sent from the page of the sheets."""
Allowed = Callable[[str], bool]


def for_records(code: str, is_allowed: Allowed) -> KitDevice:
    """The phone that delivers, given what says whether the sender has its pass. Call it before the request's own first
    statement. Raises Fault, and TooMany when it has delivered too often.
    """
    return _counted(
        code, is_allowed, lambda row: {_of_device(row): IN_AN_HOUR, _of_account(row): OF_AN_ACCOUNT}, timedelta(hours=1)
    )


def for_photo(code: str, is_allowed: Allowed) -> KitDevice:
    """The same for a photo."""
    return _counted(code, is_allowed, lambda row: {f"kit-photos:{row.account_id}": PHOTOS_A_DAY}, timedelta(days=1))


def _counted(
    code: str, is_allowed: Allowed, limits: Callable[[KitDevice], dict[str, int]], window: timedelta
) -> KitDevice:
    """Strangers are not counted: they write nothing at all."""
    spend_each(limits(read_aside(partial(_admitted, code=code, is_allowed=is_allowed))), window)
    device = devices.by_code(code)  # that of the request's own transaction
    if device is None:
        raise Fault("pass")
    return device


def _admitted(session: Session, code: str, is_allowed: Allowed) -> KitDevice:
    found = session.scalar(devices.named(code))
    if found is None or not is_allowed(found.pass_hash):
        raise Fault("pass")
    if found.revoked_at is not None:
        raise Fault("revoked")
    return found


def _of_device(row: KitDevice) -> str:
    return f"kit-phone:{hashlib.sha256(row.code.encode()).hexdigest()}"


def _of_account(row: KitDevice) -> str:
    return f"kit-account:{row.account_id}"
