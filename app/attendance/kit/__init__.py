"""Marking without network: what a trainer's phone brings later (docs/offline.md)."""
