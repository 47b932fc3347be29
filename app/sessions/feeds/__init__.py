"""Calendars that people subscribe to, and single half-days as files."""
