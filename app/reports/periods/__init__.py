"""Periods whose figures stay as they were told, and what has changed since."""
