"""Making and changing the keys: the private half in files, the public half in the database."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from cryptography import x509
from flask import current_app

from app.access.actor import Actor
from app.certificates.models import SigningKey
from app.certificates.signing import crl, rows
from app.certificates.signing import keys as sets
from app.certificates.signing.in_use import folder
from app.certificates.signing.keys import Keys
from app.platform import audit
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db
from app.platform.refusal import Refused


def create(actor: Actor) -> SigningKey:
    """Make the first keys, or take up those that are in the folder and not known here.

    Raises Refused when there are keys already, KeysUnusable when the folder cannot be used.
    """
    known = rows.signs_now()
    if known is not None:
        raise Refused(f"There are keys already: {known.name}. `flask certificates keys rotate` makes newer ones.")
    return _store(actor, _found(folder()) or _made(now()))


def take_up(actor: Actor) -> None:
    """Let the keys sign that lie in the folder, when this site knows none. Raises KeysUnusable."""
    found = _found(folder())
    if found is not None and rows.signs_now() is None:
        _store(actor, found)


def rotate(actor: Actor) -> SigningKey:
    """Make newer keys, which sign from now on. What the older ones signed stays good.

    Raises Refused when there are none yet, KeysUnusable when the key of the root is not there.
    """
    known = rows.signs_now()
    if known is None:
        raise Refused("There are no keys yet: `flask certificates keys create`.")
    made = _made(now())
    for older in db.session.scalars(sa.select(SigningKey).where(SigningKey.retired_at.is_(None))):
        older.retired_at = now()
    return _store(actor, made)


def revoke(actor: Actor, name: str, reason: str = "") -> SigningKey:
    """These keys are in strange hands: nothing that they signed proves anything any more, whenever it was signed.

    Lists of revoked keys of the same root name them. A second time changes nothing. Raises Refused for keys that are
    not known and for those that sign now, KeysUnusable when the key of their root is not there.
    """
    key = rows.by_name(name)
    if key is None:
        raise Refused(f"There are no keys {name}: `flask certificates keys list`.")
    if key == rows.signs_now():
        raise Refused("These keys sign now. Make newer ones first: `flask certificates keys rotate`.")
    if key.revoked_at is None:
        key.revoked_at, key.revoked_reason = now(), " ".join(reason.split()) or None
        _list_revoked(key)
        audit.record(actor, "certificates.revoke_keys", f"signing_key:{key.id}", name=key.name)
    return key


def _list_revoked(key: SigningKey) -> None:
    """Lists of the root of these keys, made anew."""
    root = rows.chain(key)[-1]
    made = crl.make(sets.root_behind(folder(), root), now(), int(now().timestamp()), _revoked(root))
    for each in _of_root(root):
        each.crl = made


def _of_root(root: x509.Certificate) -> list[SigningKey]:
    return [key for key in rows.all_keys() if rows.chain(key)[-1] == root]


def _revoked(root: x509.Certificate) -> dict[int, datetime]:
    return {rows.chain(key)[0].serial_number: key.revoked_at for key in _of_root(root) if key.revoked_at}


def _made(at: datetime) -> Keys:
    settings: Settings = current_app.extensions["settings"]
    day = f"{at:%Y-%m-%d}"
    taken = {*sets.names(folder()), *(key.name for key in rows.all_keys())}
    name = next(name for name in (day, *(f"{day}-{count}" for count in range(2, 1000))) if name not in taken)
    address = f"{settings.base_url}/certificates/keys/{name}.crl"
    return sets.create(folder(), name, settings.organisation, address, at)


def _found(place: Path) -> Keys | None:
    known = {key.name for key in rows.all_keys()}
    unknown = [name for name in sets.names(place) if name not in known]
    return sets.load(place, unknown[-1]) if unknown else None


def _store(actor: Actor, keys: Keys) -> SigningKey:
    made_at, revoked = now(), _revoked(keys.chain[-1])
    row = SigningKey(
        name=keys.name, seal_chain=keys.seal_chain, credential_public=keys.credential_public, made_at=made_at,
        crl=crl.make(sets.root(folder()), made_at, int(made_at.timestamp()), revoked),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # its id names it in the log
    audit.record(actor, "certificates.keys", f"signing_key:{row.id}", name=keys.name)
    return row
