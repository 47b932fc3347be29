"""The signed word by which a digest can be stopped without signing in. It is good for that alone, and for a time."""

from datetime import date, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from app.platform.clock import now
from app.platform.config import settings

LASTS = timedelta(days=180)
LONGEST = 200
_PURPOSE = "notifications.digests.stop"


def stop_token(account_id: int) -> str:
    """For the digests of an account; it names the account by number, and who holds it learns nothing else."""
    return str(_signer().dumps([account_id, now().date().toordinal()]))


def account_of(token: str) -> int | None:
    """Whose digests it stops; None for anything forged, made for another purpose, or too old."""
    try:
        found = _signer().loads(token) if len(token) <= LONGEST else None
    except BadSignature:
        return None
    if not isinstance(found, list) or len(found) != 2 or not all(isinstance(part, int) for part in found):
        return None
    return found[0] if now().date() - date.fromordinal(found[1]) <= LASTS else None


def _signer() -> URLSafeSerializer:
    keys = [settings().secret_key, *settings().old_secret_keys]
    return URLSafeSerializer(list(reversed(keys)), salt=_PURPOSE)
