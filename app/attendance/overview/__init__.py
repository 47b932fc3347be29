"""Attendance seen from above: the register as a table for others, and the board of a half-day while it runs."""
