"""Marks and their evidence."""
