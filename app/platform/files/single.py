"""Files of which no two are the same one: forgetting one takes nothing from anybody else."""

import os

from app.platform.files.storage import files

_SALT = 16


def keep(data: bytes) -> str:
    """Store and return the key. The same bytes again are another file."""
    return files().put(os.urandom(_SALT) + data)


def kept(key: str) -> bytes:
    """What was stored. Raises FileMissing."""
    return files().get(key)[_SALT:]
