"""Reads, within what a token reaches."""
