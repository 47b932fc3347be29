"""Stored files behind one interface; a disk folder by default."""

from app.platform.files.handouts import Handouts, handouts
from app.platform.files.storage import DiskStorage, FileMissing, Storage, files
from app.platform.files.uploads import Uploads, uploads

__all__ = ["DiskStorage", "FileMissing", "Handouts", "Storage", "Uploads", "files", "handouts", "uploads"]
