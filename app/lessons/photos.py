"""Photos in the storage. Each is a file of its own, so that deleting one takes it from nobody else."""

import os

from app.platform.files import files
from app.platform.files.photos import Photo

_SALT = 16


def keep(photo: Photo) -> str:
    """Store and return the key."""
    return files().put(os.urandom(_SALT) + photo.data)


def kept(key: str) -> bytes:
    """The photo of a key. Raises FileMissing."""
    return files().get(key)[_SALT:]
