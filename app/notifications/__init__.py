"""Wording and recipients of every message."""
