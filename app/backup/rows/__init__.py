"""Rows as lines that are the same on both engines, byte for byte: the same rows have the same hash everywhere."""

from app.backup.rows.dumping import blocks, content_of, snapshot
from app.backup.rows.kinds import tables
from app.backup.rows.loading import fill

__all__ = ["blocks", "content_of", "fill", "snapshot", "tables"]
