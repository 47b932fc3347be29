"""Headcounts as factories declare them: read and checked. Pure: bytes and values in, values out."""

from app.factories.headcounts.output import as_json, exit_code
from app.factories.headcounts.read import check
from app.factories.headcounts.results import Count, Headcounts, Snapshot

__all__ = ["Count", "Headcounts", "Snapshot", "as_json", "check", "exit_code"]
