"""The private keys that sign now. Only the worker and commands come here; web processes never read the folder."""

from pathlib import Path

from flask import current_app

from app.certificates.signing import keys as sets
from app.certificates.signing import rows
from app.certificates.signing.keys import Keys, KeysUnknown, KeysUnusable
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.documents.fonts import ROOT


def folder() -> Path:
    """Where the private keys are."""
    settings: Settings = current_app.extensions["settings"]
    return ROOT / settings.certificate_keys_dir


def keys_in_use() -> Keys | None:
    """The keys that sign; None where there are none: then nothing is signed. Raises KeysUnusable, and
    KeysUnknown for those that `operations.take_up` has to take up first.

    Once this site has keys nothing is issued without them, whatever happens to the files.
    """
    row, place = rows.signs_now(), folder()
    if row is None:
        if found := sets.names(place):
            raise KeysUnknown(f"The keys {found[-1]} in {place} were not known here and are taken up.")
        return None
    keys = sets.load(place, row.name)
    if keys.seal_chain != row.seal_chain or keys.credential_public != row.credential_public:
        raise KeysUnusable(f"The keys in {place / row.name} are not those of this site. Put the right ones back.")
    if now() >= keys.chain[0].not_valid_after_utc:
        raise KeysUnusable(f"The keys {row.name} have run out: `flask certificates keys rotate`.")
    return keys
