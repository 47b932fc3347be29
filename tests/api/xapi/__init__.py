"""Statements of other systems and our own."""
