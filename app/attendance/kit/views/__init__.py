"""Doors: what phones without network ask, and the page of what could not be taken down."""
