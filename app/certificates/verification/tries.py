"""Guessing is counted by device, at every door that a code opens together."""

import hashlib
import hmac
from datetime import timedelta

from flask import request

from app.platform.config import settings

TRIES, WINDOW = 30, timedelta(minutes=1)


def device() -> str:
    """The address of the device as a keyed digest: counting needs no personal data."""
    address = (request.remote_addr or "").encode()
    return hmac.new(settings().secret_key.encode(), address, hashlib.sha256).hexdigest()
