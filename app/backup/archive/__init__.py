"""The file of a backup: a ZIP with a seal at its end, written and read from front to back."""

from app.backup.archive.reading import Archive, opened
from app.backup.archive.writing import Writer, written

__all__ = ["Archive", "Writer", "opened", "written"]
