"""Stored files behind one interface; a disk folder by default."""

from app.platform.files.handouts import Handouts, handouts
from app.platform.files.storage import DiskStorage, FileMissing, Storage, files, key_of
from app.platform.files.uploads import Uploads, uploads

__all__ = [
    "DiskStorage",
    "FileMissing",
    "Handouts",
    "Storage",
    "Uploads",
    "files",
    "handouts",
    "key_of",
    "uploads",
]
