"""Doors to anonymous forms."""
