"""Reminders before training sessions, counted in working days of each factory."""
