"""Figures of reports and interfaces, one a file."""
