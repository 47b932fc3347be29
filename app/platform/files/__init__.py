"""Stored files behind one interface; a disk folder by default."""

from app.platform.files.storage import DiskStorage, FileMissing, Storage, files

__all__ = ["DiskStorage", "FileMissing", "Storage", "files"]
