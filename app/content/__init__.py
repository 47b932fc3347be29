"""Reads, checks and publishes the content tree."""
